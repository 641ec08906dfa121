"""The pictogram bank, as the tests read it: names, cards, drawings, and what a printer makes of them."""

import io
from functools import cache
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

import typst
import yaml
from PIL import Image

from pex.folders import PICTOGRAMS

NAMES = sorted(path.stem for path in PICTOGRAMS.glob("*.svg"))


@cache
def read_card(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PICTOGRAMS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def read_drawing(name: str) -> ElementTree.Element:
    return ElementTree.parse(PICTOGRAMS / f"{name}.svg").getroot()


@cache
def rasterise(pixels: int) -> dict[str, Image.Image]:
    """Each drawing as typst prints it, in grey, on a square of that many pixels."""
    page = f"#set page(width: {pixels}pt, height: {pixels}pt, margin: 0pt, fill: white)\n"
    drawings = "#pagebreak()\n".join(f'#image("{name}.svg", width: {pixels}pt)\n' for name in NAMES)
    pages = typst.compile((page + drawings).encode(), root=str(PICTOGRAMS), format="png", ppi=72)
    assert isinstance(pages, list)
    return {name: Image.open(io.BytesIO(png)).convert("L") for name, png in zip(NAMES, pages, strict=True)}


def areas(image: Image.Image, smallest: float) -> tuple[int, int]:
    """How many separate pieces of black, and of white, of at least that many pixels; corners join black only."""
    width = image.width
    ink = [grey < 128 for grey in image.tobytes()]
    above: list[tuple[int, int, bool, int]] = []
    parent: list[int] = []
    size: list[int] = []
    colours: list[bool] = []
    for start in range(0, len(ink), width):
        row: list[tuple[int, int, bool, int]] = []
        left = 0
        for black, run in groupby(ink[start : start + width]):
            right = left + len(list(run))
            own = len(parent)
            parent.append(own)
            size.append(right - left)
            colours.append(black)
            reach = 1 if black else 0
            for first, last, colour, other in above:
                if colour == black and first < right + reach and left < last + reach:
                    one, two = _root(parent, own), _root(parent, other)
                    if one != two:
                        parent[one] = two
                        size[two] += size[one]
            row.append((left, right, black, own))
            left = right
        above = row
    whole = [piece for piece in range(len(parent)) if parent[piece] == piece and size[piece] >= smallest]
    return sum(colours[piece] for piece in whole), sum(not colours[piece] for piece in whole)


def _root(parent: list[int], piece: int) -> int:
    while parent[piece] != piece:
        piece = parent[piece]
    return piece
