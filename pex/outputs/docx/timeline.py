"""The body of a timeline page: five steps along a rail, the endings side by side, notes, whom to call.

Everything is text that can be edited and read out: the rail is the border between two columns, thick where
a step is done, dashed where it may happen; the current step stands in a thick double frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from pex.letters.blocks import (
    Ending,
    Helper,
    Milestone,
    MilestoneState,
    Note,
    Step,
    StepState,
    TimelinePage,
    WayOut,
)
from pex.letters.timeline_page.text import state_after, step_name
from pex.letters.timeline_page.versions import COMPLETE, IN_PICTURES
from pex.outputs.docx import markup
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.letter import block_body
from pex.outputs.docx.markup import Box
from pex.outputs.docx.timeline_fit import STATE_WIDTH
from pex.outputs.docx.timeline_pictures import pictures_body

STATE_MARKS: dict[StepState, str | None] = {
    "done": "fait",
    "here": "vous_etes_ici",
    "may_happen": "peut_arriver",
    "beside": None,
}
MILESTONE_MARKS: dict[MilestoneState, str] = {
    "done": "fait",
    "here": "date_limite",
    "may_happen": "peut_arriver",
    "paused": "juge_delais",
}

_MARK = 0.28
"""Millimetres of a mark for each point of the words beside it: no taller than their line."""
_NOTE_MARK = 7.0
_WAY_MARK = 8.0
_BAND_MARK = 6.5
_THICK, _DASHED, _FRAME, _LINE = ("single", 36), ("dashed", 24), ("double", 12), ("single", 8)
_PALE = "EEF2F7"
_SPACE_BEFORE = markup.spacing(before=6)
_NO_SPACE = markup.spacing(before=0)
_SPACE_AFTER = markup.spacing(after=6)
_AROUND = markup.spacing(before=3, after=3, natural=True)
_SINGLE = markup.spacing(natural=True)
_BREAK = "<w:r><w:br/></w:r>"
_BANDS = {
    "truce": Box(f"<w:pBdr>{markup.sides(top=_LINE, bottom=_LINE)}</w:pBdr>", ""),
    "pause": Box(f"<w:pBdr>{markup.sides(left=_THICK)}</w:pBdr>", '<w:ind w:left="120"/>'),
    "note": None,
}
_DEADLINE = Box(
    f"<w:pBdr>{markup.sides(top=_LINE, left=_LINE, bottom=_LINE, right=_LINE)}</w:pBdr>",
    '<w:ind w:left="400" w:right="60" w:hanging="340"/>',
)

# The borders of the two cells of a step: the rail is the line between them.
_BORDERS: dict[StepState, tuple[str, str]] = {
    "done": (markup.sides(right=_THICK), markup.sides(left=_THICK)),
    "here": (
        markup.sides(top=_FRAME, left=_FRAME, bottom=_FRAME, right=_THICK),
        markup.sides(top=_FRAME, left=_THICK, bottom=_FRAME, right=_FRAME),
    ),
    "may_happen": (markup.sides(right=_DASHED), markup.sides(left=_DASHED)),
    "beside": (
        markup.sides(top=_LINE, left=_LINE, bottom=_LINE),
        markup.sides(top=_LINE, bottom=_LINE, right=_LINE),
    ),
}


def timeline_body(draft: Draft, page: TimelinePage, *, overleaf: bool) -> Iterator[str]:
    """The paragraphs and tables of the page, in reading order; `overleaf` starts a page for it."""
    yield draft.paragraph("Heading 1", markup.run(page.title), page_break=overleaf)
    if page.household:
        yield draft.paragraph("Texte de la frise", draft.strong(page.household))
    if page.version == IN_PICTURES:
        yield from pictures_body(draft, page, STATE_MARKS, MILESTONE_MARKS, _BORDERS)
    else:
        yield from _words(draft, page)
    yield draft.paragraph("Texte de la frise", markup.run(page.printed_on))
    if page.mention:
        yield draft.paragraph("Texte de la frise", markup.run(page.mention))


def _words(draft: Draft, page: TimelinePage) -> Iterator[str]:
    if page.intro:
        yield draft.paragraph("Texte de la frise", draft.runs(page.intro), space=_SPACE_AFTER)
    if page.steps:
        widths = [STATE_WIDTH, draft.base.text_width - STATE_WIDTH]
        rows = [markup.row(_step(draft, step, page, widths)) for step in page.steps]
        yield markup.table(rows, widths, caption=page.title, header=False)
    if page.endings:
        yield draft.paragraph("Titre d’étape", markup.run(page.label("endings")), space=_SPACE_BEFORE)
        yield _endings(draft, page.endings, page.label("endings"))
    for note in page.notes:
        yield _note(draft, note)
    if page.contact:
        yield from block_body(draft, page.contact, above=0 if page.notes else 8, below=6)


def _step(draft: Draft, step: Step, page: TimelinePage, widths: list[float]) -> list[str]:
    """Two cells: which step, then what it is, where it stands and what can be done."""
    drawing = draft.pictogram(step.pictogram, draft.densities.timeline.drawing)
    which = [draft.paragraph("État de l’étape", drawing, space=_SINGLE)]
    lead = step_name(page, step)
    if lead:
        which.append(draft.paragraph("État de l’étape", markup.run(lead), space=_NO_SPACE))
    title = markup.run(step.label if lead else f"{step.state_label}\u00a0: {step.label}")
    if lead:
        title += markup.run("  ") + _mark(draft, STATE_MARKS[step.state]) + markup.run(f"\u00a0{step.state_label}")
    content = [draft.paragraph("Titre d’étape", title)]
    if step.sentence:
        content.append(draft.paragraph("Texte de la frise", draft.runs(step.sentence)))
    content += [_band(draft, band) for band in step.bands]
    titles = {name: page.label(name) if step.state == "here" else "" for name in ("milestones", "deadlines")}
    content += _dated(draft, titles["milestones"], step.milestones)
    content += _dated(draft, titles["deadlines"], step.deadlines)
    content += _ways_out(draft, step, page.version)
    content += _help(draft, step.help, page.label("help"))
    fill = _PALE if step.state == "here" else ""
    return [
        markup.cell(paragraphs, width, borders=borders, fill=fill)
        for paragraphs, width, borders in zip((which, content), widths, _BORDERS[step.state], strict=True)
    ]


def _mark(draft: Draft, name: str | None) -> str:
    return draft.pictogram(name, draft.densities.timeline.size * _MARK)


def _dated(draft: Draft, title: str, milestones: tuple[Milestone, ...]) -> Iterator[str]:
    """The dated things of a step, each behind the mark of its state, and where its date comes from."""
    if milestones and title:
        yield draft.paragraph("Heading 3", markup.run(title))
    for milestone in milestones:
        is_deadline = milestone.state == "here" and not milestone.state_label
        name = milestone.pictogram if is_deadline else None
        content = _mark(draft, name or MILESTONE_MARKS[milestone.state]) + markup.run(f"\u00a0{milestone.label}")
        if milestone.date is not None:
            content += markup.run("\u00a0: ") + draft.strong(milestone.date)
        content += markup.run(state_after(milestone)) if state_after(milestone) else ""
        if milestone.reason:
            content += _BREAK + markup.run(milestone.reason)
        yield draft.paragraph("Jalon", content, box=_DEADLINE if is_deadline else None)


def _ways_out(draft: Draft, step: Step, version: str) -> Iterator[str]:
    """A list where the household stands, with drawings in few words; at the other steps, a run of words."""
    if not step.ways_out:
        return
    if version != COMPLETE and step.state != "done":
        yield draft.paragraph("Heading 3", markup.run(step.ways_label))
        yield draft.paragraph(
            "Texte de la frise", markup.run("   ").join(_drawn(draft, way) for way in step.ways_out), space=_SINGLE
        )
        return
    if step.state != "here":
        words = markup.run(", ").join(draft.runs(way.spans) for way in step.ways_out)
        yield draft.paragraph("Texte de la frise", draft.strong(f"{step.ways_label} ") + words)
        return
    yield draft.paragraph("Heading 3", markup.run(step.ways_label))
    numbering = draft.new_list("puces de la frise")
    for way in step.ways_out:
        yield draft.paragraph("Puce de la frise", draft.runs(way.spans), numbering=numbering)


def _drawn(draft: Draft, way: WayOut) -> str:
    return draft.pictogram(way.pictogram, _WAY_MARK) + markup.run("\u00a0") + draft.runs(way.spans)


def _help(draft: Draft, helpers: tuple[Helper, ...], title: str) -> Iterator[str]:
    if not helpers:
        return
    names = markup.run(" · ").join(
        markup.run(f"{helper.name}\u00a0: ") + draft.strong(helper.phone) if helper.phone else markup.run(helper.name)
        for helper in helpers
    )
    yield draft.paragraph("Texte de la frise", draft.strong(f"{title} ") + names)


def _band(draft: Draft, band: Note) -> str:
    drawing = draft.pictogram(band.pictogram, _BAND_MARK)
    words = draft.strong(f"\u00a0{band.title}. ") + draft.runs(band.spans)
    return draft.paragraph("Texte de la frise", drawing + words, box=_BANDS[band.kind], space=_AROUND)


def _endings(draft: Draft, endings: tuple[Ending, ...], caption: str) -> str:
    """Cells of one size: no ending is greater than the other."""
    widths = [draft.base.text_width / len(endings)] * len(endings)
    cells = []
    for ending, width in zip(endings, widths, strict=True):
        drawing = draft.pictogram(ending.pictogram, draft.densities.timeline.drawing)
        words = [draft.paragraph("Heading 3", drawing + markup.run(f"\u00a0{ending.label}"), space=_SINGLE)]
        if ending.sentence:
            words.append(draft.paragraph("Texte de la frise", draft.runs(ending.sentence), space=_SPACE_AFTER))
        cells.append(markup.cell(words, width))
    borders = markup.sides(top=_LINE, left=_LINE, bottom=_LINE, right=_LINE, insideV=_LINE)
    return markup.table([markup.row(cells, header=True)], widths, caption=caption, borders=borders, header=True)


def _note(draft: Draft, note: Note) -> str:
    drawing = draft.pictogram(note.pictogram, _NOTE_MARK, down=1.5)
    title = draft.strong(f"{note.title}. ")
    return draft.paragraph("Note", drawing + title + draft.runs(note.spans))
