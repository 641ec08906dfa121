"""Sheets for the office: a title, an introduction, named blocks; their words are in `outils/` of each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES
from pex.letters.blocks import Block, Spans
from pex.letters.marks import Marks
from pex.letters.templates import compile_text, fill_in, parse_blocks, parse_spans


@dataclass(frozen=True, slots=True)
class ToolSheet:
    """A tool for the office, in no format yet. `foot` stands at the bottom of each page."""

    id: str
    language: str
    title: str
    intro: Spans
    blocks: tuple[Block, ...]
    foot: str = ""


def compose_tool(tool_id: str, facts: Mapping[str, Any], foot: str = "", language: str = "fr") -> ToolSheet:
    """`outils/<tool_id>.md` with these facts in its blanks: « # Titre », one paragraph, then blocks.

    Raises TemplateError for a sheet that does not exist or has no title, MissingFacts for a blank nobody can fill.
    """
    path = LETTER_TEMPLATES / language / "outils" / f"{tool_id}.md"
    if not path.is_file():
        raise TemplateError(f"La feuille « {tool_id} » n'existe pas en « {language} ».")
    marks = Marks()
    text = fill_in(compile_text(path), facts, marks)
    head, _, body = text.partition("\n## ")
    title, _, intro = head.partition("\n")
    if not title.startswith("# "):
        raise TemplateError(f"{path.name} : la première ligne doit être un titre, « # … ».")
    return ToolSheet(
        id=tool_id,
        language=language,
        title=marks.insert(title.removeprefix("# ").strip()),
        intro=parse_spans(intro.strip(), marks),
        blocks=parse_blocks(f"## {body}", marks),
        foot=foot,
    )
