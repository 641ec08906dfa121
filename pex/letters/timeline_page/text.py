"""The page as the ordered list of what it says: the source of its text, and the text alternative of its drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pex.letters.blocks import Block, Helper, ItemList, Milestone, Note, Paragraph, Spans, Step, TimelinePage
from pex.letters.timeline_page.versions import IN_PICTURES


class Line(NamedTuple):
    """A sentence of the page. `level`: 1 title, 2 heading, 3 small heading, 0 words, -1 an item of a list."""

    level: int
    text: str


def timeline_lines(page: TimelinePage) -> tuple[Line, ...]:
    """All that the page says, once each, in the order a reader meets it."""
    return tuple(line for line in _lines(page) if line.text)


def plain(spans: Spans) -> str:
    """The words of the spans, without their style."""
    return "".join(span.text for span in spans)


def step_name(page: TimelinePage, step: Step) -> str:
    """« Étape 3 », or what goes on beside the steps, which has no number."""
    return page.label("step").format(number=step.number) if step.number is not None else ""


def milestone_text(item: Milestone) -> str:
    """« Rendez-vous au tribunal : mardi 9 février 2027 à 9 h 30 (prévu) »."""
    date = f"\u00a0: {item.date}" if item.date else ""
    return f"{item.label}{date}{state_after(item)}"


def state_after(item: Milestone) -> str:
    """« (prévu) »; nothing after what is done, whose words are in the past, or to do, which its heading says."""
    return f" ({item.state_label.lower()})" if item.state != "done" and item.state_label else ""


def helper_text(helper: Helper) -> str:
    """« L'ADIL (conseil gratuit) : 0 805 16 00 75 »."""
    return f"{helper.name}\u00a0: {helper.phone}" if helper.phone else helper.name


def _lines(page: TimelinePage) -> Iterator[Line]:
    yield Line(0, page.fictitious or "")
    yield Line(1, page.title)
    yield Line(0, page.household)
    yield Line(0, plain(page.intro))
    for step in page.steps:
        yield from _step_lines(page, step)
    drawn = page.version == IN_PICTURES
    if page.endings and not drawn:
        yield Line(2, page.label("endings"))
    for ending in page.endings:
        yield Line(3, ending.label)
        yield Line(0, plain(ending.sentence))
    for note in page.notes:
        yield from _note_lines(note, 2, drawn)
    if page.contact:
        yield from _block_lines(page.contact)
    yield Line(0, page.printed_on)
    yield Line(0, f"{page.label('reference')}\u00a0: {page.reference}")
    yield Line(0, page.mention or "")


def step_text(page: TimelinePage, step: Step) -> str:
    """« Étape 3 : Rendez-vous avec le juge (vous êtes ici) », « En même temps : Votre aide au logement »."""
    name = step_name(page, step)
    return (
        f"{name}\u00a0: {step.label} ({step.state_label.lower()})"
        if name
        else f"{step.state_label}\u00a0: {step.label}"
    )


def note_text(note: Note) -> str:
    """A remark in one breath, as a picture says it."""
    return f"{note.title}. {plain(note.spans)}" if note.spans else note.title


def _step_lines(page: TimelinePage, step: Step) -> Iterator[Line]:
    drawn = page.version == IN_PICTURES  # headings are not drawn
    yield Line(2, step_text(page, step))
    yield Line(0, plain(step.sentence))
    for band in step.bands:
        yield from _note_lines(band, 3, drawn)
    for heading, items in (("milestones", step.milestones), ("deadlines", step.deadlines)):
        if items and step.state == "here" and not drawn:
            yield Line(3, page.label(heading))
        for item in items:
            yield Line(-1, milestone_text(item))
            yield Line(0, item.reason or "")
    if step.ways_out and not drawn:
        yield Line(3, step.ways_label)
    for way in step.ways_out:
        yield Line(-1, plain(way.spans))
    if step.help and not drawn:
        yield Line(3, page.label("help"))
    for helper in step.help:
        yield Line(-1, helper_text(helper))


def _note_lines(note: Note, level: int, drawn: bool) -> Iterator[Line]:
    if drawn:
        yield Line(0, note_text(note))
    else:
        yield Line(level, note.title)
        yield Line(0, plain(note.spans))


def _block_lines(block: Block) -> Iterator[Line]:
    yield Line(2, block.title or "")
    for content in block.contents:
        if isinstance(content, Paragraph):
            yield Line(0, plain(content.spans))
        elif isinstance(content, ItemList):
            yield from (Line(-1, plain(item)) for item in content.items)
