"""How wide words are in the letters' font, read from its own tables: Word finds its lines only when it opens a file."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pex.folders import FONTS
from pex.letters.blocks import Spans

UNKNOWN = 0.65
"""Ems, for a letter that another font draws."""


@lru_cache(maxsize=2048)
def word_widths(spans: Spans) -> tuple[float, ...]:
    """The width in ems of each word: what stands between two spaces at which a line may break."""
    widths = [0.0]
    for span in spans:
        known = advances("Bold" if span.strong else "Regular")
        for char in span.text:
            if char == " ":
                widths.append(0.0)
            else:
                widths[-1] += known.get(ord(char), UNKNOWN)
    return tuple(widths)


def line_width(spans: Spans) -> float:
    """The width in ems of these words on one line."""
    widths = word_widths(spans)
    return sum(widths) + advances("Regular")[ord(" ")] * (len(widths) - 1)


def count_lines(widths: Iterable[float], room: float) -> int:
    """How many lines of `room` ems these words take, each put where it fits first."""
    lines, used, space = 1, 0.0, advances("Regular")[ord(" ")]
    for width in widths:
        if used and used + space + width > room:
            lines, used = lines + 1, width
        else:
            used += (space if used else 0.0) + width
    return lines


@lru_cache(maxsize=2)
def advances(face: str) -> Mapping[int, float]:
    """Ems by code point, from the tables « cmap », « hhea », « hmtx » and « head » of a face of the font."""
    font = (FONTS / f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
    count = int.from_bytes(font[4:6], "big")
    tables = {
        font[12 + 16 * i : 16 + 16 * i]: int.from_bytes(font[20 + 16 * i : 24 + 16 * i], "big") for i in range(count)
    }
    (em,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    widths = struct.unpack_from(f">{measured * 2}H", font, tables[b"hmtx"])[::2]
    glyphs = _glyphs(font, tables[b"cmap"])
    return {code: widths[min(glyph, measured - 1)] / em for code, glyph in glyphs.items()}


def _glyphs(font: bytes, cmap: int) -> Mapping[int, int]:
    """The glyph of each code point, from the subtable of format 4."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * i)[0] for i in range(count)]
    start = next(at for at in starts if struct.unpack_from(">H", font, at)[0] == 4)
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    firsts = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", font, start + 16 + 4 * segments)
    offsets_at = start + 16 + 6 * segments
    offsets = struct.unpack_from(f">{segments}H", font, offsets_at)
    glyphs: dict[int, int] = {}
    for index, (first, end, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (code - first))
            if glyph or not offset:
                glyphs[code] = (glyph + delta) & 0xFFFF
    return glyphs
