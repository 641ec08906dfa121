"""Sheets for the office: a title, an introduction, named blocks; their words are in `outils/` of each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pex.dates import write_date
from pex.dossier.facts import Dossier, Territoire
from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES
from pex.law import Law
from pex.law.wording import say_length
from pex.letters.blocks import Block, Spans
from pex.letters.marks import Marks
from pex.letters.templates import compile_text, fill_in, parse_blocks, parse_spans, read_tool_words
from pex.timeline.place import Place, TruceNotSet
from pex.timeline.suspensions import TRUCE

NATIONAL = Territoire()
"""Nowhere in particular: the rules of the whole country."""


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


def law_blanks(law: Law, day: date, territory: Territoire = NATIONAL, language: str = "fr") -> dict[str, str]:
    """What a sentence of a tool may name: each rule's length on `day` where it has one, each national number.

    The winter truce is that of the territory, whose préfet may set it.
    """
    lengths = {rule.id: length for rule in law.rules.values() if (length := say_length(rule, day))}
    numbers = {line.id: line.number.replace(" ", "\u00a0") for line in law.helplines.values()}
    return lengths | numbers | {TRUCE: _truce(law, day, territory, language)}


def _truce(law: Law, day: date, territory: Territoire, language: str) -> str:
    """« du 1er novembre au 31 mars », or the season that the préfet set, or that he sets it."""
    rule = law.rules[TRUCE]
    usual = say_length(rule, day)
    if territory.departement not in rule.set_locally and usual is not None:
        return usual
    try:
        truce = Place(Dossier(reference="", territoire=territory), law).current_or_next_truce(day)
    except TruceNotSet:
        return str(read_tool_words("affiche", language)["treve"]["locale"])
    return f"du {write_date(truce.first_day, language=language)} au {write_date(truce.last_day, language=language)}"
