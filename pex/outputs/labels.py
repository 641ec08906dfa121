"""Addresses on A4 sheets of labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels: how many across and down, and the size of one, in millimetres."""

    columns: int = 3
    rows: int = 8
    width: float = 70.0
    height: float = 37.0


def write_labels(addresses: Sequence[Sequence[str]], sheet: LabelSheet = LabelSheet()) -> bytes:
    """A PDF of these addresses, in order, as many sheets as they need."""
    from pex.outputs.typst_engine import compile_pages, printable

    data = {"labels": {"sheet": asdict(sheet), "addresses": [list(lines) for lines in addresses]}}
    return compile_pages("labels", printable(data))
