"""How closely a timeline must be set in Word to stay on one page; see `fit`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from pex.letters.blocks import Helper, Milestone, Note, Span, Spans, Step, TimelinePage
from pex.letters.timeline_page.text import state_after
from pex.letters.timeline_page.versions import COMPLETE, IN_PICTURES
from pex.outputs.docx.fit import POINT, Density, Room, airiest, block_height, lines_of

STATE_WIDTH = 25.0
"""The first column of the timeline, in mm."""
PICTURE_WIDTH = 32.0
"""The first column in pictures."""
DENSITIES = (
    Density(12.5, 16.25, 6, 12),
    Density(12, 15.5, 4, 11),
    Density(12, 15, 3, 10),
    Density(11.5, 14.5, 3, 10),
    Density(11.5, 14.25, 2, 9),
    Density(11, 14, 2, 9),
    Density(11, 13.75, 1.5, 8),
    Density(10.5, 13.5, 1.5, 8),
    Density(10.5, 13.25, 1, 8),
    Density(10, 12.5, 1, 8),
    Density(9.5, 12, 1, 7),
    Density(9, 11.25, 0.5, 7),
    Density(8.5, 10.5, 0.5, 6),
)
LARGE = (
    Density(18, 22, 5, 14),
    Density(17, 20.5, 4, 13),
    Density(16, 19, 2, 12),
    Density(15, 17.5, 1.5, 11),
    Density(14, 16.5, 1, 10),
)
IN_DRAWINGS = (Density(12, 15, 4, 15), Density(12, 15, 3, 13), Density(11, 14, 2, 11), Density(10, 13, 1, 9.5))
_SPARE = 18.0  # points kept free: Word and LibreOffice do not break every line alike
_BAND = 14.0
"""Points that a band adds to its lines: its drawing is taller than one line."""


def timeline_density(page: TimelinePage, room: Room, letter: Density | None = None, *, large: bool = False) -> Density:
    """The airiest setting in which the timeline should fit one page, or two in large print.

    Its contact box is set as the letter is, where there is one.
    """
    if page.version == IN_PICTURES:
        return airiest(IN_DRAWINGS, lambda density: _pictures_height(page, density), room, _SPARE)
    # A step is never cut: in large print, some of the first page stays free.
    pages = replace(room, height=room.height * 1.5) if large else room
    return airiest(
        LARGE if large else DENSITIES,
        lambda density: _height(page, density, pages) + _contact(page, letter or density, room),
        pages,
        _SPARE,
    )


def _contact(page: TimelinePage, density: Density, room: Room) -> float:
    return block_height(page.contact, density, room) + 10 if page.contact else 0


def _height(page: TimelinePage, density: Density, room: Room) -> float:
    line = density.line
    steps = sum(_step_height(step, page, density, room.width - STATE_WIDTH - 4, room.font_width) for step in page.steps)
    half = room.width / max(1, len(page.endings)) - 4
    endings = max((lines_of(item.sentence, density.size, half, room.font_width) for item in page.endings), default=0)
    notes = sum(
        max(22.0, lines_of(note.spans, density.size, room.width - 30, room.font_width) * line) + 3
        for note in page.notes
    )
    intro = 40 + line * (2 + lines_of(page.intro, density.size, room.width, room.font_width))
    return intro + steps + line * (endings + 1.3) + density.drawing * POINT + density.gap * 3 + notes


def _step_height(step: Step, page: TimelinePage, density: Density, width: float, font_width: float) -> float:
    def lines(spans: Spans, narrower: float = 0) -> int:
        return lines_of(spans, density.size, width - narrower, font_width)

    dated = (*step.milestones, *step.deadlines)
    count: float = lines(step.sentence) if step.sentence else 0
    count += sum(lines(_words_of(item), narrower=8) + bool(item.reason) for item in dated)
    if step.state == "here":
        count += bool(step.milestones) + bool(step.deadlines)
    count += _ways_lines(step, page, lines)
    if step.help:
        count += lines((Span(page.label("help"), strong=True), *chain.from_iterable(map(_helper_words, step.help))))
    bands = sum(lines(_band_words(band), narrower=10) * density.line + _BAND for band in step.bands)
    marks = 2 * len(step.milestones) + 4 * len(step.deadlines)  # these lines hold a small pictogram, some a frame
    text = count * density.line + marks + (density.size + 1) * 1.3 + 4 + bands
    state = density.drawing * POINT + density.line
    return max(text, state) + density.gap


def _ways_lines(step: Step, page: TimelinePage, lines: Callable[..., int]) -> float:
    if not step.ways_out:
        return 0
    if page.version != COMPLETE and step.state != "done":
        return 3.2  # a title, and a line as tall as its drawings
    if step.state == "here":
        return 1 + sum(lines(way.spans, 6) for way in step.ways_out)
    words = chain.from_iterable(way.spans for way in step.ways_out)
    return lines((Span(step.ways_label, strong=True), *words))


def _pictures_height(page: TimelinePage, density: Density) -> float:
    tall = density.drawing * POINT
    rows = sum(
        max(1.7 * tall, sum(bool(items) for items in _picture_lines(step)) * (tall + 6)) + density.gap
        for step in page.steps
    )
    wrapped = sum(len(items) > 4 for step in page.steps for items in _picture_lines(step)) * (tall + 6)
    return rows + wrapped + tall * (1.8 + 1 + bool(page.notes)) + 110


def _picture_lines(step: Step) -> tuple[tuple[object, ...], ...]:
    return (*step.bands, *step.milestones, *step.deadlines), step.ways_out, step.help


def _words_of(milestone: Milestone) -> Spans:
    return Span(milestone.label + state_after(milestone)), Span(milestone.date or "", strong=True)


def _helper_words(helper: Helper) -> Spans:
    return Span(f"{helper.name} · "), Span(helper.phone or "", strong=True)


def _band_words(band: Note) -> Spans:
    return Span(band.title, strong=True), *band.spans
