"""Take the slash out of Atkinson Hyperlegible's zero: `python plain_zero.py AtkinsonHyperlegible-*.ttf`, in place.

The slash tells « 0 » from « O ». In a letter it does harm: a weak reader takes « 2027 » for a misprint. The
counter that the slash cuts in two is made whole again with the designer's own points; the width stays.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]
ON_CURVE = 1
NOTE = "Version 1.006; zero without slash (pex)"
VERSION = 5


def main(paths: list[str]) -> None:
    """Rewrite each font."""
    for path in map(Path, paths):
        font = TTFont(path)
        if font["glyf"]["zero"].numberOfContours == 3:
            font["glyf"]["zero"] = plain_zero(font)
            for record in font["name"].names:
                if record.nameID == VERSION:
                    font["name"].setName(NOTE, VERSION, record.platformID, record.platEncID, record.langID)
            font.save(path)


def plain_zero(font: TTFont) -> object:
    """The zero as its outer shape and one counter, the two halves of it joined where the slash was."""
    outer, right, left = _contours(font)
    above = [right[-2][0], right[-1][0], left[_first_left(left)][0], left[_first_left(left) + 1][0]]
    start = _first_left(left)
    left = [*left[start:], *left[:start]]
    below = [left[-2][0], left[-1][0], right[0][0], right[1][0]]
    counter = [*right, (_meeting(*above), 0), *left, (_meeting(*below), 0)]
    pen = TTGlyphPen(None)
    for contour in (outer, counter):
        _draw(pen, contour)
    return pen.glyph()


def _contours(font: TTFont) -> list[list[tuple[Point, int]]]:
    glyph = font["glyf"]["zero"]
    points = list(zip(glyph.coordinates, glyph.flags, strict=True))
    ends = [0, *(end + 1 for end in glyph.endPtsOfContours)]
    return [points[a:b] for a, b in pairwise(ends)]


def _first_left(left: list[tuple[Point, int]]) -> int:
    """Where the left half leaves the slash: the second of the two points on the curve that a straight edge joins."""
    edges = [i for i in range(1, len(left)) if left[i - 1][1] & ON_CURVE and left[i][1] & ON_CURVE]
    return edges[0]


def _meeting(before: Point, first: Point, last: Point, after: Point) -> Point:
    """Where the tangents at both ends of the gap meet: the curve goes on as if it had never been cut."""
    (ax, ay), (bx, by) = (first[0] - before[0], first[1] - before[1]), (last[0] - after[0], last[1] - after[1])
    step = ((last[0] - first[0]) * by - (last[1] - first[1]) * bx) / (ax * by - ay * bx)
    return round(first[0] + step * ax), round(first[1] + step * ay)


def _draw(pen: TTGlyphPen, contour: list[tuple[Point, int]]) -> None:
    """A contour that starts on the curve, of quadratic curves."""
    pen.moveTo(contour[0][0])
    pending: list[Point] = []
    for point, flag in [*contour[1:], contour[0]]:
        pending.append(point)
        if flag & ON_CURVE:
            pen.qCurveTo(*pending)
            pending = []
    pen.closePath()


if __name__ == "__main__":
    main(sys.argv[1:])
