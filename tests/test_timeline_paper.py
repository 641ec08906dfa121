"""Timelines on paper: nothing overflows, no step is cut, the count of pages is the one that was promised."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from readback import bare
from timelines import NAMES, page_of

from pex.letters.blocks import Step
from pex.outputs import write_timeline
from pex.outputs.timeline_sheet import Sheet, paper_data
from pex.profile import Profile

pytestmark = pytest.mark.requires("pdftotext")

POINTS = 72 / 25.4
SHEETS = {
    "a4": Sheet(), "a3": Sheet("a3"), "bande": Sheet("bande"), "a4 gros": Sheet(large=True),
    "a3 gros": Sheet("a3", large=True),
}  # fmt: skip
SAME = 1.0
"""Points by which two words may touch: the boxes of a font are higher than its letters."""


@dataclass(frozen=True)
class Word:
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: Word) -> bool:
        return (
            self.page == other.page
            and self.left < other.right - SAME
            and other.left < self.right - SAME
            and self.top + 0.3 * (self.bottom - self.top) < other.bottom - 0.3 * (other.bottom - other.top)
            and other.top + 0.3 * (other.bottom - other.top) < self.bottom - 0.3 * (self.bottom - self.top)
        )


def words_on(content: bytes, folder: Path) -> list[Word]:
    """Every word with its box in points."""
    path = folder / "frise.pdf"
    path.write_bytes(content)
    boxes = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    found = []
    for page, part in enumerate(boxes.split("<page ")[1:]):
        for corners in re.findall(
            r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>', part
        ):
            found.append(Word(page, *map(float, corners[:4]), corners[4]))
    return found


def pages_of(content: bytes) -> list[str]:
    from pypdf import PdfReader

    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def first_and_last(step: Step) -> tuple[str, str]:
    """How the step begins, and the last thing it says."""
    last = (
        step.help[-1].phone or step.help[-1].name
        if step.help
        else step.milestones[-1].label
        if step.milestones
        else step.label
    )
    return bare(step.label), bare(last)


HARDEST = ("nom le plus long", "huit événements", "aide au logement arrêtée", "quinze solutions")
CASES = [(name, sheet) for name in NAMES for sheet in SHEETS if sheet in ("a4", "bande") or name in HARDEST]


@pytest.mark.parametrize(("name", "sheet"), CASES)
def test_nothing_overflows_and_the_pages_are_as_many_as_promised(name: str, sheet: str, tmp_path: Path) -> None:
    on = SHEETS[sheet]
    content = write_timeline(page_of(name), Profile(), "pdf", on)
    paper = paper_data(on)
    words = words_on(content, tmp_path)
    assert len(words) > 80
    for word in words:
        assert word.left >= paper["x"] * POINTS - SAME, word
        assert word.right <= (paper["width"] - paper["x"]) * POINTS + SAME, word
        assert word.bottom <= (paper["height"] - 3) * POINTS, word
    clashes = [
        (one.text, other.text) for index, one in enumerate(words) for other in words[index + 1 :] if one.overlaps(other)
    ]
    assert clashes == []
    assert len(pages_of(content)) <= on.most_pages
    if paper["columns"] > 1:
        panel = paper["width"] / paper["columns"] * POINTS
        body = [word for word in words if word.bottom < (paper["height"] - paper["bottom"]) * POINTS]
        assert [word.text for word in body if word.left // panel != (word.right - SAME) // panel] == []


@pytest.mark.parametrize("name", [*HARDEST, "temps pour partir"])
def test_large_print_never_cuts_a_step(name: str) -> None:
    page = page_of(name)
    texts = pages_of(write_timeline(page, Profile(), "pdf", Sheet(large=True)))
    for step in page.steps:
        start, end = first_and_last(step)
        assert any(start in text and end in text[text.index(start) :] for text in texts), step.label


@pytest.mark.parametrize("version", ["peu_de_mots", "images"])
@pytest.mark.parametrize("sheet", ["a4", "bande"])
@pytest.mark.parametrize("name", ["huit événements", "aide au logement arrêtée", "temps pour payer"])
def test_shorter_versions_hold_on_one_side(name: str, sheet: str, version: str) -> None:
    assert len(pages_of(write_timeline(page_of(name, version), Profile(), "pdf", SHEETS[sheet]))) == 1


@pytest.mark.parametrize(("on", "least"), [(Sheet(), 7.6), (Sheet("bande"), 7.6), (Sheet(large=True), 11.5)])
def test_no_letter_is_smaller_than_nine_points_and_large_print_not_than_fourteen(on: Sheet, least: float) -> None:
    """The line under a date, which says where it comes from, is a little smaller."""
    from pypdf import PdfReader

    content = write_timeline(page_of("huit événements"), Profile(), "pdf", on)
    sizes: set[float] = set()

    def keep(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.add(abs(size * matrix[3]))

    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=keep)
    assert min(sizes) >= least
