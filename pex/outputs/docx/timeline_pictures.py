"""The body of a timeline without words: each drawing has its words as alternative text, dates and numbers in digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pex.letters.blocks import MilestoneState, Step, StepState, TimelinePage
from pex.letters.timeline_page.text import helper_text, milestone_text, note_text, step_text
from pex.outputs.docx import markup
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.pictures import pictogram
from pex.outputs.docx.timeline_fit import PICTURE_WIDTH
from pex.outputs.phones import phone_in

_GAP = markup.run("\u2003")
_SINGLE = markup.spacing(before=3, natural=True)


def pictures_body(
    draft: Draft,
    page: TimelinePage,
    marks: Mapping[StepState, str | None],
    small_marks: Mapping[MilestoneState, str],
    borders: Mapping[StepState, tuple[str, str]],
) -> Iterator[str]:
    """The steps, the endings, whom to call; `marks`, `small_marks` and `borders` are those of states."""
    widths = [PICTURE_WIDTH, draft.base.text_width - PICTURE_WIDTH]
    rows = []
    for step in page.steps:
        edges = borders[step.state]
        first = _picture(draft, step.pictogram, step_text(page, step), 1.6) + draft.pictogram(marks[step.state], 6)
        cells = [[draft.paragraph("État de l’étape", first, space=_SINGLE)], _tiles(draft, step, small_marks)]
        rows.append(markup.row(markup.cell(c, w, borders=b) for c, w, b in zip(cells, widths, edges, strict=True)))
    yield markup.table(rows, widths, caption=page.title, header=False)
    endings = _GAP.join(_picture(draft, ending.pictogram, ending.label, 1.8) for ending in page.endings)
    remarks = _GAP.join(_picture(draft, note.pictogram, note_text(note), 1.0) for note in page.notes)
    for pictures in (endings, remarks):
        if pictures:
            yield draft.paragraph("Texte de la frise", pictures, space=markup.spacing(before=8, natural=True))
    if page.contact:
        title = page.contact.title or ""
        number = draft.strong(f"\u00a0{phone_in(title) or ''}")
        picture = _picture(draft, page.contact.pictogram, title, 1.0)
        yield draft.paragraph(
            "Texte de la frise", picture + number, space=markup.spacing(before=8, after=6, natural=True)
        )


def _tiles(draft: Draft, step: Step, marks: Mapping[MilestoneState, str]) -> list[str]:
    """A line for what has a date, one for the ways out, one for who helps."""
    dated = [_tile(draft, note.pictogram, note_text(note), note.numerals) for note in step.bands]
    dated += [
        _tile(draft, item.pictogram, milestone_text(item), item.numerals, marks[item.state])
        for item in (*step.milestones, *step.deadlines)
    ]
    ways = [_tile(draft, way.pictogram, way.short) for way in step.ways_out]
    helpers = [_tile(draft, helper.pictogram, helper_text(helper), helper.phone) for helper in step.help]
    lines = [
        draft.paragraph("Texte de la frise", _GAP.join(tiles), space=_SINGLE)
        for tiles in (dated, ways, helpers)
        if tiles
    ]
    return lines or [draft.paragraph("Texte de la frise", "")]


def _tile(draft: Draft, name: str | None, words: str, digits: str | None = None, mark: str | None = None) -> str:
    number = draft.strong(f"\u00a0{digits}") if digits else ""
    return _picture(draft, name, words, 1.0) + draft.pictogram(mark, 3.5) + number


def _picture(draft: Draft, name: str | None, words: str, times: float) -> str:
    """A drawing that says these words; the words themselves where there is no drawing."""
    if name is None:
        return markup.run(words)
    size = draft.densities.timeline.drawing * times
    return draft.picture(pictogram(name), size, size, alt=words)
