"""The page that shows what was made: one card per household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A household's files: (label, address relative to the page); `thumbnail` is a picture's address."""

    reference: str
    household: str
    stage_label: str
    files: tuple[tuple[str, str], ...]
    thumbnail: str | None = None


def write_index(title: str, entries: Sequence[IndexEntry]) -> bytes:
    """The overview, with relative links only."""
    from pex.outputs.html import render_page

    return render_page("index.html", title=title, entries=entries)
