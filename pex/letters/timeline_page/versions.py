"""The same page with all its words, with few, or as pictures alone."""

from __future__ import annotations

from dataclasses import replace

from pex.errors import TemplateError
from pex.letters.blocks import Block, Ending, Note, Span, Step, TimelinePage, WayOut

COMPLETE, FEW_WORDS, IN_PICTURES = "complete", "peu_de_mots", "images"
VERSIONS = (COMPLETE, FEW_WORDS, IN_PICTURES)
MOST_WAYS_OUT, MOST_HELPERS = 3, 2


def in_version(page: TimelinePage, version: str) -> TimelinePage:
    """The page in one of VERSIONS; pictures have the words of « peu_de_mots » as their alternative text.

    Nothing is said that the whole page does not say. Raises TemplateError for another version.
    """
    if version not in VERSIONS:
        raise TemplateError(f"La version « {version} » n'existe pas. Versions : {', '.join(VERSIONS)}.")
    if version == COMPLETE:
        return page
    return replace(
        page,
        version=version,
        intro=(),
        steps=tuple(_step(step) for step in page.steps),
        endings=tuple(Ending(ending.label, ending.pictogram, ()) for ending in page.endings),
        notes=tuple(_note(note) for note in page.notes),
        contact=_contact(page.contact) if page.contact else None,
    )


def _step(step: Step) -> Step:
    is_here = step.state in ("here", "beside")
    ways_out = step.ways_out[: 1 if step.state == "done" else MOST_WAYS_OUT]
    return replace(
        step,
        sentence=(),
        milestones=tuple(replace(item, reason=None) for item in step.milestones),
        deadlines=tuple(replace(item, reason=None) for item in step.deadlines),
        ways_out=tuple(_way_out(way) for way in ways_out),
        help=step.help[: MOST_HELPERS if is_here else 1],
        bands=tuple(_note(band) for band in step.bands),
    )


def _way_out(way: WayOut) -> WayOut:
    return replace(way, spans=(Span(way.short),))


def _note(note: Note) -> Note:
    return replace(note, spans=note.short or note.spans)


def _contact(block: Block) -> Block:
    return replace(block, contents=())
