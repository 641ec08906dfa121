"""The page of an interview as pdf or docx, the household's timeline overleaf; and its papers, drawn."""

from __future__ import annotations

from pex.errors import PexError
from pex.law import read_law
from pex.letters.blocks import ItemList, TimelinePage
from pex.letters.papers import read_paper
from pex.letters.tools import ToolSheet
from pex.outputs.papers import write_papers
from pex.outputs.tools import tool_data
from pex.outputs.typst_engine import compile_pages, timeline_data
from pex.profile import Profile

INTERVIEW_FORMATS = ("pdf", "docx")


def write_interview(
    sheet: ToolSheet, overleaf: TimelinePage | None, profile: Profile, page_label: str, format: str
) -> bytes:
    """One sheet: the page to fill in, then the timeline where there is one.

    Raises PexError for another format than INTERVIEW_FORMATS, UnreadableFile for a damaged letterhead.
    """
    if format == "docx":
        from pex.outputs.docx.tool import write_tool

        return write_tool(sheet, overleaf, profile, page_label)
    if format == "pdf":
        data = tool_data(sheet, page_label) | {"overleaf": timeline_data(overleaf) if overleaf else None}
        return compile_pages("interview", data)
    raise _unknown(format)


def write_household_papers(sheet: ToolSheet, profile: Profile, page_label: str, format: str) -> bytes:
    """The papers that the sheet's blocks draw: a page each in pdf, one after the other in docx.

    Raises the same errors as `write_interview`.
    """
    if format == "docx":
        from pex.outputs.docx.tool import write_tool

        return write_tool(sheet, None, profile, page_label)
    if format == "pdf":
        drawn = [content.paper for block in sheet.blocks for content in block.contents if isinstance(content, ItemList)]
        return write_papers([read_paper(paper_id) for paper_id in drawn if paper_id], read_law(), sheet.language)
    raise _unknown(format)


def _unknown(format: str) -> PexError:
    return PexError(f"Le format « {format} » n'existe pas ici. Formats possibles : {', '.join(INTERVIEW_FORMATS)}.")
