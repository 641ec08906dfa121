"""A working paper as a Word file, to go on writing in: native headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator

from pex.outputs.docx import markup
from pex.outputs.docx.base import open_base
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.fit import Densities, Density
from pex.outputs.docx.letter import block_body
from pex.outputs.report import Part, Report
from pex.profile import Profile

# Closer than a letter: these pages are for people who read all day, and hold wide tables.
_DENSITIES = Densities(letter=Density(10.5, 13, 3, 9.5))
_PAGE = "Page {page} sur {pages}"
_BELOW_TITLE = markup.spacing(after=8)


def write_report(report: Report, profile: Profile) -> bytes:
    """The .docx of a report; the same report always gives the same bytes."""
    draft = Draft(open_base(profile, report.language, _DENSITIES), _DENSITIES)
    draft.body.append(draft.paragraph("Heading 1", markup.run(report.title)))
    draft.body.extend(_lines(draft, report.lines))
    for part in report.parts:
        draft.body.extend(_part(draft, part))
    draft.fill_header(report.mention)
    draft.fill_footer("pex", report.footer, _PAGE, pages=1)
    author = profile.expediteur.nom if profile.expediteur else ""
    return draft.save(title=report.title, subject=report.footer, author=author, language=report.language)


def _lines(draft: Draft, lines: tuple[str, ...]) -> Iterator[str]:
    for index, line in enumerate(lines):
        space = _BELOW_TITLE if index == len(lines) - 1 else ""
        yield draft.paragraph("Expéditeur", markup.run(line), space=space)


def _part(draft: Draft, part: Part) -> Iterator[str]:
    if part.title:
        yield draft.paragraph("Heading 1", markup.run(part.title), page_break=part.starts_page)
    yield from _lines(draft, part.lines)
    gap = 2 * draft.densities.letter.gap
    for block in part.blocks:
        yield from block_body(draft, block, above=0.0, below=gap)
