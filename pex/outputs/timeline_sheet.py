"""The sheets a timeline is drawn on: A4, A3 for talking around a table, a strip to fold into the pocket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pex.errors import PexError
from pex.letters.blocks import TimelinePage
from pex.letters.timeline_page import timeline_lines
from pex.letters.timeline_page.versions import COMPLETE, IN_PICTURES

A4, A3, STRIP = "a4", "a3", "bande"
PAPERS = (A4, A3, STRIP)
ANY_PAPER = ("html", "txt")
"""Formats that have no paper: the page on a screen, plain words."""
ON_PAPER = {A4: ("pdf", "svg", "png", "docx"), A3: ("pdf", "svg", "png"), STRIP: ("pdf", "svg", "png")}

Density = dict[str, float]
"""Size of letters and gap in points, between lines in ems, endings and pictograms in millimetres."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper of PAPERS, in standard print or in large: 16 points, 14 where there is much to say, over two pages."""

    paper: str = A4
    large: bool = False

    def check(self, format: str) -> None:
        """Raises PexError for a paper that does not exist, or that this format or large print does not go with."""
        if self.paper not in PAPERS:
            raise PexError(f"Le papier « {self.paper} » n'existe pas. Papiers possibles : {', '.join(PAPERS)}.")
        if format not in ANY_PAPER and format not in ON_PAPER[self.paper]:
            *others, last = ON_PAPER[self.paper]
            possible = f"{', '.join(others)} ou {last}"
            raise PexError(f"Le format {format} n'existe pas sur le papier {self.paper} : choisissez {possible}.")
        if self.paper == STRIP and self.large:
            raise PexError("La bande de poche est trop petite pour de gros caractères : choisissez a4 ou a3.")

    @property
    def most_pages(self) -> int:
        """How many pages it should take."""
        return 2 if self.large else 1


ORDINARY = Sheet()

BACKS: tuple[Density, ...] = (
    {"size": 13, "gap": 5, "leading": 0.52, "ending": 20, "picto": 10},
    {"size": 12.5, "gap": 5, "leading": 0.5, "ending": 20, "picto": 10},
    {"size": 12, "gap": 4, "leading": 0.5, "ending": 19, "picto": 10},
    {"size": 11.5, "gap": 4, "leading": 0.48, "ending": 18, "picto": 10},
    {"size": 11, "gap": 3, "leading": 0.46, "ending": 16, "picto": 10},
    {"size": 10.5, "gap": 2, "leading": 0.44, "ending": 15, "picto": 10},
    {"size": 10, "gap": 1.5, "leading": 0.42, "ending": 14, "picto": 9},
    {"size": 9.5, "gap": 1, "leading": 0.4, "ending": 13, "picto": 8.5},
    {"size": 9, "gap": 1, "leading": 0.38, "ending": 11, "picto": 7},
)
"""The A4 page, which is also the back of a letter, from airy to dense."""
_LARGE: tuple[Density, ...] = (
    {"size": 18, "gap": 6, "leading": 0.5, "ending": 20, "picto": 13},
    {"size": 17, "gap": 4, "leading": 0.45, "ending": 18, "picto": 12},
    {"size": 16, "gap": 3, "leading": 0.4, "ending": 16, "picto": 11},
    {"size": 16, "gap": 1.5, "leading": 0.35, "ending": 12, "picto": 10},
    {"size": 15, "gap": 1.5, "leading": 0.35, "ending": 12, "picto": 10},
    {"size": 14, "gap": 1, "leading": 0.35, "ending": 12, "picto": 9},
)
_A3: tuple[Density, ...] = (
    {"size": 18, "gap": 9, "leading": 0.55, "ending": 30, "picto": 16},
    {"size": 16.5, "gap": 7, "leading": 0.5, "ending": 28, "picto": 15},
    {"size": 15, "gap": 5, "leading": 0.48, "ending": 24, "picto": 14},
    {"size": 14, "gap": 3, "leading": 0.45, "ending": 22, "picto": 13},
    {"size": 13, "gap": 2, "leading": 0.42, "ending": 20, "picto": 12},
)
_LARGE_A3: tuple[Density, ...] = (
    {"size": 24, "gap": 8, "leading": 0.5, "ending": 42, "picto": 20},
    {"size": 22, "gap": 6, "leading": 0.48, "ending": 38, "picto": 18},
    {"size": 20, "gap": 5, "leading": 0.45, "ending": 34, "picto": 17},
    {"size": 18, "gap": 4, "leading": 0.42, "ending": 30, "picto": 15},
)
_STRIP: tuple[Density, ...] = (
    {"size": 11, "gap": 4, "leading": 0.48, "ending": 17, "picto": 10},
    {"size": 10.5, "gap": 3, "leading": 0.45, "ending": 16, "picto": 10},
    {"size": 10, "gap": 2.5, "leading": 0.42, "ending": 15, "picto": 10},
    {"size": 9.5, "gap": 2, "leading": 0.4, "ending": 14, "picto": 10},
    {"size": 9, "gap": 1.5, "leading": 0.4, "ending": 13, "picto": 8},
)
_PICTURES: tuple[Density, ...] = (
    {"size": 13, "gap": 6, "leading": 0.5, "ending": 24, "picto": 14},
    {"size": 13, "gap": 5, "leading": 0.5, "ending": 22, "picto": 12.5},
    {"size": 12, "gap": 4, "leading": 0.5, "ending": 20, "picto": 11},
    {"size": 11, "gap": 2, "leading": 0.5, "ending": 18, "picto": 10},
    {"size": 10, "gap": 1, "leading": 0.5, "ending": 15, "picto": 9},
    {"size": 9, "gap": 1, "leading": 0.5, "ending": 12, "picto": 8},
)
"""The same on A4 without words; on the other papers in proportion."""
_SCALES = {(A4, False): 1.0, (A4, True): 1.3, (A3, False): 1.4, (A3, True): 1.8, (STRIP, False): 0.72}
_DENSITIES: dict[tuple[str, bool], tuple[Density, ...]] = {
    (A4, False): BACKS,
    (A4, True): _LARGE,
    (A3, False): _A3,
    (A3, True): _LARGE_A3,
    (STRIP, False): _STRIP,
}


def densities(sheet: Sheet, version: str = COMPLETE) -> Sequence[Density]:
    """How closely the page may be set on this sheet, from airy to dense."""
    if version != IN_PICTURES:
        return _DENSITIES[sheet.paper, sheet.large]
    scale = _SCALES[sheet.paper, sheet.large]
    return [{name: value * scale if name != "leading" else value for name, value in d.items()} for d in _PICTURES]


def first_to_try(page: TimelinePage) -> int:
    """Where in BACKS the airiest setting that fits should be: each one tried in vain costs a layout.

    Found by least squares on the invented households; at worst, the page is set a little closer than it could be.
    """
    here = next((step for step in page.steps if step.state == "here"), None)
    if here is None or page.version != COMPLETE:
        return 0
    characters = sum(len(line.text) for line in timeline_lines(page))
    bands = sum(len(step.bands) for step in page.steps)
    beside = sum(step.state == "beside" for step in page.steps)
    place = 0.004 * characters + 0.55 * bands + 1.15 * beside + 0.64 * len(here.deadlines) + 0.26 * len(here.milestones)
    return min(max(0, round(place - 7.03)), len(BACKS) - 1)


def paper_data(sheet: Sheet) -> dict[str, Any]:
    """What the drawing needs to know of the paper: size and margins in millimetres, columns, letters of its foot."""
    if sheet.paper == STRIP:
        return {"width": 297, "height": 210, "x": 7, "top": 8, "bottom": 12, "columns": 3, "foot": 9}
    if sheet.paper == A3:
        foot = 16 if sheet.large else 12
        return {"width": 297, "height": 420, "x": 22, "top": 18, "bottom": 20, "columns": 1, "foot": foot}
    if sheet.large:
        return {"width": 210, "height": 297, "x": 12, "top": 11, "bottom": 14, "columns": 1, "foot": 12}
    return {"width": 210, "height": 297, "x": 14, "top": 14, "bottom": 15, "columns": 1, "foot": 9}
