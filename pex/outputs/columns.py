"""How wide the columns of a table are, next to one another: by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pex.letters.blocks import Block, Table

NARROWEST, WIDEST = 6, 36
ROW_CHARACTERS = 76
"""About how many characters a row of a form holds."""
TICK_BOX = "☐"


def weigh_columns(blocks: Sequence[Block], raw_blocks: Sequence[dict[str, Any]]) -> None:
    """Give each wide table of `raw_blocks`, the same blocks as JSON-ready values, the weights of its columns."""
    for block, raw_block in zip(blocks, raw_blocks, strict=True):
        for content, raw in zip(block.contents, raw_block["contents"], strict=True):
            if isinstance(content, Table) and len(content.header) > 2:
                raw["weights"] = column_weights(content)


def show_forms(blocks: Sequence[Block], raw_blocks: Sequence[dict[str, Any]]) -> None:
    """Mark each table of `raw_blocks`, the same blocks as JSON-ready values, that people fill in by hand."""
    for block, raw_block in zip(blocks, raw_blocks, strict=True):
        for content, raw in zip(block.contents, raw_block["contents"], strict=True):
            if isinstance(content, Table) and _is_form(content):
                raw["to_fill"] = True
                raw["weights"] = _form_weights(content.header)


def _is_form(table: Table) -> bool:
    """True where a whole column is left empty, or holds only boxes to tick."""
    columns = zip(*table.rows, strict=True)
    return any(all("".join(span.text for span in cell) in ("", TICK_BOX) for cell in column) for column in columns)


def _form_weights(header: Sequence[str]) -> list[int]:
    """Columns to tick, or to write a few words in, are as wide as their heading; the first takes the rest."""
    others = [len(name) + 2 for name in header[1:]]
    return [max(ROW_CHARACTERS - sum(others), len(header[0])), *others]


def column_weights(table: Table) -> tuple[float, ...]:
    """One weight a column, in characters: wide enough for its longest word, and for a fair share of its text."""
    columns = zip(
        table.header,
        *(["".join(span.text for span in cell) for cell in row] for row in table.rows),
        strict=True,
    )
    return tuple(_weight(cells) for cells in columns)


def _weight(cells: tuple[str, ...]) -> float:
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=0)
    longest_text = max(map(len, cells), default=0)
    return float(min(WIDEST, max(NARROWEST, longest_word + 2, longest_text / 2)))
