"""PDF by Typst: PDF/A-2a and PDF/UA-1 in one file, the letter and its timeline overleaf."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import Any

from pex.letters.blocks import Letter, TimelinePage
from pex.letters.registers import STANDARD
from pex.outputs.timeline_sheet import BACKS, ORDINARY, Density, Sheet, densities, first_to_try
from pex.outputs.typst_engine import compile_pages, fronts_for, letter_data, timeline_data
from pex.profile import Profile

MOST_IN_A_LOT = 50
HEIGHTS, HEIGHTS_ALONE = (597, 665), (528, 565, 640)
"""Points, over which a letter needs the next density of `FRONTS`, or of `ALONE` where nothing is overleaf."""
USUAL_FOOT = 94
"""Millimetres, where what the usual envelope shows ends."""
PAGE = re.compile(rb"/Type\s*/Page\b")


def write_letter(letter: Letter, profile: Profile) -> bytes:
    """The letter on one sheet: recto the letter, verso the timeline.

    Each side is set as airily as it can be; where the likely settings do not fit, the recto is tried alone, which
    is faster, to know which side was too long. A letter that never fits runs on.
    """
    fronts, data = fronts_for(letter), letter_data(letter, profile)
    for front, back in _pairs(letter, data, fronts[_first_front(letter, profile) :]):
        content = _laid_out(data, [front], [back])
        if count_pages(content) <= _sides(letter):
            return content
    return _laid_out(data, fronts, BACKS)


def count_pages(content: bytes) -> int:
    """The pages of a PDF made here."""
    return len(PAGE.findall(content))


def _sides(letter: Letter) -> int:
    """How many pages it should take: recto and timeline, or a long letter on both sides, or one page."""
    return 2 if letter.timeline is not None or letter.register != STANDARD else 1


def _first_front(letter: Letter, profile: Profile) -> int:
    """Where to start among the densities of the front: each one tried in vain costs a layout.

    The height is counted as for Word and compared with those of the letters of the catalogue; at worst, the page
    is set a little closer than it could be.
    """
    from pex.outputs.docx.fit import POINT, Room, letter_height
    from pex.outputs.docx.fit import Density as WordDensity

    if letter.register != STANDARD:
        return 0
    below = (profile.fenetre.seen.bas - USUAL_FOOT) * POINT
    height = letter_height(letter, WordDensity(12, 14.6, 4.6, 10), Room(170, 188)) + below
    return bisect(HEIGHTS if letter.timeline is not None else HEIGHTS_ALONE, height)


def _pairs(letter: Letter, data: dict[str, Any], fronts: Sequence[Density]) -> Iterator[tuple[Density, Density]]:
    """The densities of the two sides to try, likely ones first, then airy ones first."""
    if letter.timeline is None:
        yield from ((front, BACKS[0]) for front in fronts)
        return
    backs = BACKS[first_to_try(letter.timeline) :]
    yield fronts[0], backs[0]
    alone = data | {"letter": data["letter"] | {"timeline": None}}
    fits = (front for front in fronts if count_pages(_laid_out(alone, [front], BACKS[:1])) == 1)
    front = next(fits, fronts[-1])
    yield from ((front, back) for back in backs if (front, back) != (fronts[0], backs[0]))


def _laid_out(data: dict[str, Any], front: Sequence[Density], back: Sequence[Density]) -> bytes:
    return compile_pages("letters", {"letters": [data | {"front": front, "back": back}], "lot": False})


def write_timeline(page: TimelinePage, profile: Profile, sheet: Sheet = ORDINARY) -> bytes:
    """The timeline on one sheet, in large print on two pages at most; as airy as it can be.

    No step is ever cut; one that could not fit runs on.
    """
    return fitted(page, sheet)[0]


def fitted(page: TimelinePage, sheet: Sheet) -> tuple[bytes, Density]:
    """The timeline as PDF, and the airiest setting in which it holds on that sheet."""
    choices = densities(sheet, page.version)
    content, density = b"", choices[0]
    for density in choices[first_to_try(page) :] if sheet == ORDINARY else choices:
        content = compile_pages("timeline", timeline_data(page, sheet, [density]))
        if len(PAGE.findall(content)) <= sheet.most_pages:
            break
    return content, density


def write_lot(letters: Sequence[Letter], profile: Profile) -> bytes:
    """Several letters in one file for the printer, pages numbered per letter.

    Each starts on a recto, unless the profile prints on one side only. Compiled by lots of MOST_IN_A_LOT, because
    one compilation's memory grows with its pages, and joined.
    """
    lots = [
        compile_pages(
            "letters",
            {
                "letters": [letter_data(letter, _paper(letter, profile)) for letter in letters[i : i + MOST_IN_A_LOT]],
                "lot": profile.recto_verso,
            },
        )
        for i in range(0, len(letters), MOST_IN_A_LOT)
    ]
    return lots[0] if len(lots) == 1 else _joined(lots, profile.recto_verso)


def _paper(letter: Letter, profile: Profile) -> Profile:
    return profile.on_plain_paper() if letter.is_personal else profile


def _joined(files: Sequence[bytes], two_sided: bool) -> bytes:
    """The files one after the other; on two sides, none starts on the back of another's last sheet."""
    import io

    from pypdf import PdfWriter

    writer = PdfWriter()
    for content in files:
        if two_sided and len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(io.BytesIO(content))
    joined = io.BytesIO()
    writer.write(joined)
    return joined.getvalue()
