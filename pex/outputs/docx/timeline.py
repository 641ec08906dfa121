"""The body of a timeline page: five steps along a rail, the endings side by side, notes, whom to call.

Everything is text that can be edited and read out: the rail is the border between two columns, thick where
a step is done, dashed where it may happen; the current step stands in a thick double frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from pex.letters.blocks import Ending, Milestone, Note, Step, StepState, TimelinePage
from pex.outputs.docx import markup
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.fit import STATE_WIDTH
from pex.outputs.docx.letter import block_body

STATE_MARKS: dict[StepState, str] = {
    "done": "fait",
    "here": "vous_etes_ici",
    "may_happen": "peut_arriver",
}

_STATE_MARK = 4.5
_NOTE_MARK = 7.0
_THICK, _DASHED, _FRAME = ("single", 36), ("dashed", 24), ("double", 12)
_PALE = "EEF2F7"
_SPACE_BEFORE = markup.spacing(before=6)
_NO_SPACE = markup.spacing(before=0)
_SPACE_AFTER = markup.spacing(after=6)

# The borders of the two cells of a step: the rail is the line between them.
_BORDERS: dict[StepState, tuple[str, str]] = {
    "done": (markup.sides(right=_THICK), markup.sides(left=_THICK)),
    "here": (
        markup.sides(top=_FRAME, left=_FRAME, bottom=_FRAME, right=_THICK),
        markup.sides(top=_FRAME, left=_THICK, bottom=_FRAME, right=_FRAME),
    ),
    "may_happen": (markup.sides(right=_DASHED), markup.sides(left=_DASHED)),
}


def timeline_body(draft: Draft, page: TimelinePage, *, overleaf: bool) -> Iterator[str]:
    """The paragraphs and tables of the page, in reading order; `overleaf` starts a page for it."""
    yield draft.paragraph("Heading 1", markup.run(page.title), page_break=overleaf)
    if page.household:
        yield draft.paragraph("Texte de la frise", draft.strong(page.household))
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
    yield draft.paragraph("Texte de la frise", markup.run(page.printed_on))


def _step(draft: Draft, step: Step, page: TimelinePage, widths: list[float]) -> list[str]:
    """Two cells: where the step stands, then what it is and what can be done."""
    drawing = draft.pictogram(step.pictogram, draft.densities.timeline.drawing)
    number = markup.run(f"\u00a0{page.label('step').format(number=step.number)}")
    state = [
        draft.paragraph("État de l’étape", drawing + number, keep_next=True),
        draft.paragraph("État de l’étape", _state(draft, step.state, step.state_label), space=_NO_SPACE),
    ]
    content = [
        draft.paragraph("Titre d’étape", markup.run(step.label)),
        draft.paragraph("Texte de la frise", draft.runs(step.sentence)),
        *_dated(draft, page.label("milestones"), step.milestones),
        *_dated(draft, page.label("deadlines"), step.deadlines),
        *_ways_out(draft, page.label("ways_out"), step),
    ]
    if step.help:
        lead = draft.strong(f"{page.label('help')} ")
        content.append(draft.paragraph("Texte de la frise", lead + draft.runs(step.help)))
    fill = _PALE if step.state == "here" else ""
    return [
        markup.cell(paragraphs, width, borders=borders, fill=fill)
        for paragraphs, width, borders in zip((state, content), widths, _BORDERS[step.state], strict=True)
    ]


def _dated(draft: Draft, title: str, milestones: tuple[Milestone, ...]) -> Iterator[str]:
    """The dated things inside the current step, each with its state in words and as a mark."""
    if milestones:
        yield draft.paragraph("Heading 3", markup.run(title))
    for milestone in milestones:
        content = _state(draft, milestone.state, milestone.state_label)
        if milestone.date is None:
            content += markup.run(f" · {milestone.label}")
        else:
            content += markup.run(f" · {milestone.label}\u00a0: ") + draft.strong(milestone.date)
        yield draft.paragraph("Jalon", content)


def _ways_out(draft: Draft, label: str, step: Step) -> Iterator[str]:
    """A list where the household stands; at the other steps they go on after « Vous pouvez encore : »."""
    if not step.ways_out:
        return
    if step.state != "here":
        dot = markup.run(" · ")
        ways_out = dot.join(draft.runs(way_out) for way_out in step.ways_out)
        yield draft.paragraph("Texte de la frise", draft.strong(f"{label} ") + ways_out)
        return
    yield draft.paragraph("Heading 3", markup.run(label))
    numbering = draft.new_list("puces de la frise")
    for way_out in step.ways_out:
        yield draft.paragraph("Puce de la frise", draft.runs(way_out), numbering=numbering)


def _state(draft: Draft, state: StepState, words: str) -> str:
    return draft.pictogram(STATE_MARKS[state], _STATE_MARK) + draft.strong(f"\u00a0{words}")


def _endings(draft: Draft, endings: tuple[Ending, ...], caption: str) -> str:
    """Cells of one size: no ending is greater than the other."""
    widths = [draft.base.text_width / len(endings)] * len(endings)
    labels, sentences = [], []
    for ending, width in zip(endings, widths, strict=True):
        drawing = draft.pictogram(ending.pictogram, draft.densities.timeline.drawing)
        label = draft.paragraph("Heading 3", drawing + markup.run(f"\u00a0{ending.label}"))
        labels.append(markup.cell([label], width))
        sentence = draft.paragraph("Texte de la frise", draft.runs(ending.sentence), space=_SPACE_AFTER)
        sentences.append(markup.cell([sentence], width))
    rows = [markup.row(labels, header=True), markup.row(sentences)]
    line = ("single", 8)
    borders = markup.sides(top=line, left=line, bottom=line, right=line, insideV=line)
    return markup.table(rows, widths, caption=caption, borders=borders, header=True)


def _note(draft: Draft, note: Note) -> str:
    drawing = draft.pictogram(note.pictogram, _NOTE_MARK, down=1.5)
    title = draft.strong(f"{note.title}. ")
    return draft.paragraph("Note", drawing + title + draft.runs(note.spans))
