"""The body of a timeline page: five steps along a rail, the endings side by side, notes, whom to call.

Everything is text that can be edited and read out: the rail is the border between two columns, thick where
a step is done, dashed where it may happen; the current step stands in a thick double frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from pex.letters.blocks import Ending, Milestone, Note, Step, StepState, TimelinePage
from pex.outputs.docx import markup
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.letter import GUTTER, PICTOGRAM_SIZE, block_body

_STATE_WIDTH = 47.0
_STATE_MARK = 4.5
_STATE_MARKS: dict[StepState, str] = {
    "done": "fait",
    "here": "vous_etes_ici",
    "may_happen": "peut_arriver",
}
_NO_INDENT = '<w:spacing w:before="0" w:after="0"/><w:ind w:left="0"/>'
_BULLETS = "puces de la frise"


def timeline_body(draft: Draft, page: TimelinePage, *, overleaf: bool) -> Iterator[str]:
    """The paragraphs and tables of the page, in reading order; `overleaf` starts a page for it."""
    yield draft.paragraph("Heading 1", markup.run(page.title), page_break=overleaf)
    yield draft.paragraph("Texte de la frise", draft.strong(page.household))
    yield draft.paragraph("Texte de la frise", draft.runs(page.intro), layout=_SPACE_AFTER)
    widths = [_STATE_WIDTH, draft.base.text_width - _STATE_WIDTH]
    rows = [markup.row(_step(draft, step, page, widths)) for step in page.steps]
    yield markup.table(rows, widths, indent=0, caption=page.title, header=False)
    if page.endings:
        yield draft.paragraph("Heading 2", markup.run(page.label("endings")), layout=_FLUSH)
        yield _endings(draft, page.endings, page.label("endings"))
    for note in page.notes:
        yield from _note(draft, note)
    if page.contact:
        yield from block_body(draft, page.contact)
    yield draft.paragraph("Texte de la frise", markup.run(page.printed_on), layout=_SPACE_BEFORE)


def _step(draft: Draft, step: Step, page: TimelinePage, widths: list[float]) -> list[str]:
    """Two cells: where the step stands, then what it is and what can be done."""
    state = [
        draft.paragraph(
            "État de l’étape",
            draft.pictogram(step.pictogram, PICTOGRAM_SIZE, floating=True)
            + markup.run(page.label("step").format(number=step.number)),
            keep_next=True,
        ),
        draft.paragraph("État de l’étape", _state(draft, step.state, step.state_label)),
    ]
    content = [
        draft.paragraph("Heading 2", markup.run(step.label), layout=_NO_INDENT),
        draft.paragraph("Texte de la frise", draft.runs(step.sentence)),
        *_zoom(draft, step, page),
        *_ways_out(draft, step, page),
    ]
    if step.help:
        content.append(
            draft.paragraph("Texte de la frise", draft.strong(f"{page.label('help')} ") + draft.runs(step.help))
        )
    state_borders, content_borders = _RAIL[step.state]
    return [
        markup.cell(state, widths[0], state_borders),
        markup.cell(content, widths[1], content_borders),
    ]


def _zoom(draft: Draft, step: Step, page: TimelinePage) -> Iterator[str]:
    """The dated things inside the current step."""
    for label, milestones in (("milestones", step.milestones), ("deadlines", step.deadlines)):
        if milestones:
            yield draft.paragraph("Heading 3", markup.run(page.label(label)))
        for milestone in milestones:
            yield draft.paragraph("Jalon", _milestone(draft, milestone))


def _milestone(draft: Draft, milestone: Milestone) -> str:
    content = _state(draft, milestone.state, milestone.state_label) + markup.TAB
    if milestone.date is None:
        return content + markup.run(milestone.label)
    return content + markup.run(f"{milestone.label}\u00a0: ") + draft.strong(milestone.date)


def _ways_out(draft: Draft, step: Step, page: TimelinePage) -> Iterator[str]:
    """One way out goes on after « Vous pouvez encore : »; several are a list."""
    if len(step.ways_out) == 1:
        lead = draft.strong(f"{page.label('ways_out')} ")
        yield draft.paragraph("Texte de la frise", lead + draft.runs(step.ways_out[0]))
    elif step.ways_out:
        yield draft.paragraph("Heading 3", markup.run(page.label("ways_out")))
        numbering = draft.new_list(_BULLETS)
        for way in step.ways_out:
            yield draft.paragraph("List Bullet", draft.runs(way), numbering=numbering)


def _state(draft: Draft, state: StepState, words: str) -> str:
    return draft.pictogram(_STATE_MARKS[state], _STATE_MARK) + draft.strong(f"\u00a0{words}")


def _endings(draft: Draft, endings: tuple[Ending, ...], caption: str) -> str:
    """Cells of one size: no ending is greater than the other."""
    widths = [draft.base.text_width / len(endings)] * len(endings)
    borders = markup.sides("single", 8, "top", "left", "bottom", "right", "insideV")
    labels, sentences = [], []
    for ending, width in zip(endings, widths, strict=True):
        drawing = draft.pictogram(ending.pictogram, PICTOGRAM_SIZE, floating=True)
        label = draft.paragraph("Heading 3", drawing + markup.run(ending.label), layout=_BESIDE_DRAWING)
        labels.append(markup.cell([label], width))
        sentence = draft.paragraph("Texte de la frise", draft.runs(ending.sentence), layout=_BESIDE_DRAWING)
        sentences.append(markup.cell([sentence], width))
    rows = [markup.row(labels, header=True), markup.row(sentences)]
    return markup.table(rows, widths, indent=0, caption=caption, borders=borders, header=True)


def _note(draft: Draft, note: Note) -> Iterator[str]:
    drawing = draft.pictogram(note.pictogram, PICTOGRAM_SIZE, floating=True)
    yield draft.paragraph("Heading 2", drawing + markup.run(note.title))
    yield draft.paragraph("Texte", draft.runs(note.spans))


_FRAME = ("double", 18)
_RAIL: dict[StepState, tuple[str, str]] = {
    "done": (markup.sides("single", 36, "right"), markup.sides("single", 36, "left")),
    "here": (
        markup.sides(*_FRAME, "top", "left", "bottom") + markup.sides("single", 36, "right"),
        markup.sides(*_FRAME, "top") + markup.sides("single", 36, "left") + markup.sides(*_FRAME, "bottom", "right"),
    ),
    "may_happen": (markup.sides("dashed", 24, "right"), markup.sides("dashed", 24, "left")),
}
_SPACE_BEFORE = f'<w:spacing w:before="{markup.twips(2)}"/>'
_SPACE_AFTER = f'<w:spacing w:after="{markup.twips(2)}"/>'
_FLUSH = '<w:ind w:left="0"/>'
_BESIDE_DRAWING = f'<w:ind w:left="{markup.twips(GUTTER)}"/>'
