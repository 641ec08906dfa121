"""A sheet for the office as a Word file, to fill in on a screen: native tables, a timeline overleaf."""

from __future__ import annotations

from dataclasses import replace

from pex.letters.blocks import Block, Table, TimelinePage
from pex.letters.tools import ToolSheet
from pex.outputs.docx import markup
from pex.outputs.docx.base import open_base
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.fit import Densities, Density, Room
from pex.outputs.docx.letter import block_body
from pex.outputs.docx.timeline import timeline_body
from pex.outputs.docx.timeline_fit import timeline_density
from pex.profile import Profile

_TO_FILL = Densities(letter=Density(12, 19, 5, 9.5))
"""High lines: people also print the page, and write on it."""
_TO_READ = Densities(letter=Density(11.5, 14, 2.5, 9.5))
_BELOW_INTRO = markup.spacing(after=8)


def write_tool(sheet: ToolSheet, overleaf: TimelinePage | None, profile: Profile, page_label: str) -> bytes:
    """The .docx of the sheet and of the timeline, where there is one; the same ones always give the same bytes."""
    densities = _TO_FILL if any(map(_has_table, sheet.blocks)) else _TO_READ
    if overleaf is not None:
        base = open_base(profile, sheet.language)
        room = Room(base.text_width, base.bottom - base.top_margin, own_font=not base.is_letterhead)
        densities = replace(densities, timeline=timeline_density(overleaf, room, densities.letter))
    draft = Draft(open_base(profile, sheet.language, densities), densities)
    draft.body.append(draft.paragraph("Heading 1", markup.run(sheet.title)))
    draft.body.append(draft.paragraph("Expéditeur", draft.runs(sheet.intro), space=_BELOW_INTRO))
    above, gap = 0.0, 2 * densities.letter.gap
    for block in map(_without_frame, sheet.blocks):
        draft.body.extend(block_body(draft, block, above=above, below=gap))
        above = gap if isinstance(block.contents[-1], Table) else 0.0
    if overleaf is not None:
        draft.body.extend(timeline_body(draft, overleaf, overleaf=True))
    draft.fill_header(overleaf.fictitious if overleaf else None)
    named = (overleaf.label("reference"), overleaf.reference) if overleaf else ("pex", sheet.foot)
    draft.fill_footer(*named, page_label, pages=2 if overleaf else 1)
    author = profile.expediteur.nom if profile.expediteur else ""
    return draft.save(title=sheet.title, subject=sheet.foot, author=author, language=sheet.language)


def _without_frame(block: Block) -> Block:
    """A frame is made of the borders of its paragraphs: a table would cut it in two."""
    return replace(block, kind="section") if _has_table(block) else block


def _has_table(block: Block) -> bool:
    return any(isinstance(content, Table) for content in block.contents)
