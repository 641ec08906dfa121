"""How closely a letter must be set to stay on one page: Word finds its pages only when it opens the file.

Lines are counted with the widths of the font, heights added up; Typst, which measures, needs none of this.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pex.letters.blocks import (
    Block,
    Content,
    ItemList,
    Letter,
    Paragraph,
    Span,
    Spans,
    Table,
)
from pex.letters.registers import SIMPLE
from pex.outputs.docx.advances import count_lines, line_width, word_widths

GUTTER = 15.0
"""The column of the pictograms: text starts this far (mm) from the margin, as in `look/word/word/styles.xml`."""
IN_BOX = 9.5
"""How much narrower (mm) than a section a framed block is: its words hang further in, and end before its frame."""

_DRAWN_PAPER = 205.0  # points, for the 70 mm of a drawn paper
NATURAL_LINE = 1.24  # the height of a line of Atkinson Hyperlegible, in ems

POINT = 72 / 25.4
"""Points in a millimetre."""

_ADDRESS, _SMALLEST_ADDRESS = 11.0, 9.0
_SPARE = 9.0  # points kept free: Word and LibreOffice do not break every line alike
_OFFICE_FONT = 1.1
"""Offices' own fonts (Arial, Marianne…) are wider than Atkinson Hyperlegible."""


@dataclass(frozen=True, slots=True)
class Density:
    """Font size, height of a line and gap between paragraphs in points, size of the pictograms in mm."""

    size: float
    line: float
    gap: float
    drawing: float


# From airy to close.
LETTER_DENSITIES = (
    Density(13, 17, 6, 9.5),
    Density(12.5, 16.25, 5, 9.5),
    Density(12, 16, 5, 9.5),
    Density(12, 15.5, 4, 9.5),
    Density(12, 15, 3, 9.5),
    Density(12, 14.5, 2.5, 9.5),
    Density(12, 14, 2, 9.5),
    Density(11.5, 14.25, 3.5, 9.5),
    Density(11.5, 13.75, 2.5, 9.5),
    Density(11.5, 13.25, 1.5, 9.5),
    Density(11.5, 13, 1, 9.5),
    Density(11.5, 12.75, 0.5, 9),
    Density(11, 12.25, 0.5, 9),
    Density(10.5, 12.25, 1, 9),
)
LARGE = Density(14, 19.5, 6, 11)
"""The simple register: never below 14 points, over as many pages as it takes."""


@dataclass(frozen=True, slots=True)
class Densities:
    """How closely each page of a document is set; by default as `look/word` says."""

    letter: Density = LETTER_DENSITIES[3]
    timeline: Density = Density(12, 15.5, 4, 11)


@dataclass(frozen=True, slots=True)
class Room:
    """The width and height, in mm, that text has on a page, and whether it is set in our own font."""

    width: float
    height: float
    own_font: bool = True

    @property
    def font_width(self) -> float:
        return 1.0 if self.own_font else _OFFICE_FONT


def letter_density(letter: Letter, room: Room) -> Density:
    """The airiest setting in which the letter's blocks should fit the room under its address."""
    if letter.register == SIMPLE:
        return LARGE
    return airiest(LETTER_DENSITIES, lambda density: letter_height(letter, density, room), room, _SPARE)


def address_size(lines: Sequence[str], width: float) -> float | None:
    """The size, in points, at which the longest line of an address fits `width` mm; None where its style's does."""
    widest = max((line_width((Span(line),)) for line in lines), default=0)
    size = 0.99 * width * POINT / max(1.0, widest)
    return None if size >= _ADDRESS else max(_SMALLEST_ADDRESS, math.floor(size * 2) / 2)


def airiest(densities: Sequence[Density], height: Callable[[Density], float], room: Room, spare: float) -> Density:
    available = room.height * POINT - spare
    fits = (density for density in densities if height(density) <= available)
    return next(fits, densities[-1])


def letter_height(letter: Letter, density: Density, room: Room) -> float:
    """The height of a letter under its address, in points."""
    title = 3 + 21.2 * _lines_of(letter.title, 17, room.width, room.font_width, strong=True)
    signature = letter.signature
    role_lines = _lines_of(signature.role or "", 11, room.width - 80, room.font_width)
    signed = 13.5 * (bool(signature.formula) + bool(signature.name) + role_lines)
    gutter = GUTTER if any(block.pictogram for block in letter.blocks) else 0.0
    blocks = sum(block_height(block, density, room, gutter) for block in letter.blocks)
    return title + blocks + signed + 28


def block_height(block: Block, density: Density, room: Room, gutter: float = GUTTER) -> float:
    """The height of a block in points, with the space below it."""
    width = room.width - gutter - (0 if block.kind == "section" else IN_BOX)
    height = density.gap + (0 if block.kind == "section" else 17)
    if block.title:
        lines = _lines_of(block.title, density.size + 1, width, room.font_width, strong=True)
        height += lines * (density.size + 1) * NATURAL_LINE
    return height + sum(_content_height(content, density, width, room.font_width) for content in block.contents)


def _content_height(content: Content, density: Density, width: float, font_width: float) -> float:
    def lines(spans: Spans, narrower: float = 0) -> int:
        return lines_of(spans, density.size, width - narrower, font_width)

    match content:
        case Paragraph(spans):
            return lines(spans) * density.line + density.gap
        case ItemList(items, ordered, paper):
            between = density.gap * (len(items) if ordered else 1) + (_DRAWN_PAPER if paper else 0)
            return sum(lines(item, narrower=6) for item in items) * density.line + between
        case Table(header, rows):
            columns = [width / 3, width * 2 / 3] if len(header) == 2 else [width / len(header)] * len(header)
            heights = [
                1,
                *(
                    max(lines(cell, width - column + 4) for cell, column in zip(row, columns, strict=True))
                    for row in rows
                ),
            ]
            return sum(heights) * density.line + 2 * len(heights) + density.gap


def lines_of(spans: Spans, size: float, width: float, font_width: float) -> int:
    """How many lines of `width` mm these words take at that size."""
    return count_lines(word_widths(spans), width * POINT / size / font_width)


def _lines_of(words: str, size: float, width: float, font_width: float, *, strong: bool = False) -> int:
    return lines_of((Span(words, strong=strong),), size, width, font_width)
