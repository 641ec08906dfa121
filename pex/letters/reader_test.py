"""The kit to test a letter with readers: consent, questions, teach-back, scoring; as blocks of words."""

from __future__ import annotations

import re
from dataclasses import replace

from pex.folders import LETTER_TEMPLATES
from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Span, Spans
from pex.letters.marks import Marks
from pex.letters.no_breaks import MONTHS
from pex.letters.registers import COMPLETE
from pex.letters.review import fingerprint
from pex.letters.templates import compile_text, fill_in, parse_blocks
from pex.letters.tools import ToolSheet

DATE = re.compile(rf"\d{{1,2}}(?:er)?[ \u00a0](?:{MONTHS})[ \u00a0]\d{{4}}")
HOUR = re.compile(r"\d{1,2}\u00a0h(?:\u00a0\d\d)?(?= du | de l'|$|\b)")
SUM = re.compile(r"\d[\d\u00a0]*(?:,\d\d)?\u00a0€")
PHONE = re.compile(r"0(?:[ \u00a0]?\d)(?:\d\d)?(?:[ \u00a0]\d\d){3,4}|\b115\b")
PAPERS = ("papiers", "pieces")
"""The blocks that list papers."""


def reader_test(letter: Letter) -> Letter:
    """The kit for that letter, its expected answers read from the letter itself."""
    action = next(block for block in letter.blocks if block.title)
    words = " ".join(_words(block) for block in letter.blocks)
    facts = {
        "lettre": {
            "titre": letter.title,
            "expediteur": letter.sender[0] if letter.sender else "le service qui écrit",
            "premiere_action": _first_action(action),
            "dates": ", ".join(dict.fromkeys(DATE.findall(f"{letter.title} {_words(action)}"))) or "aucune date",
            "telephones": ", ".join(dict.fromkeys(PHONE.findall(words))) or "aucun numéro",
            "heure": ", ".join(dict.fromkeys(HOUR.findall(f"{letter.title} {_first_action(action)}"))),
            "somme": ", ".join(dict.fromkeys(SUM.findall(_words(action)))),
            "papiers": _papers(letter),
            "frise": letter.timeline is not None,
            "fichier": f"{letter.id}.review.yaml",
            "empreinte": fingerprint(letter.id, letter.language),
        }
    }
    path = LETTER_TEMPLATES / letter.language / "outils" / "essai_lecteurs.md"
    marks = Marks()
    blocks = parse_blocks(fill_in(compile_text(path), facts, marks), marks)
    return replace(
        letter,
        title="Essai de la lettre avec des lecteurs",
        subject="essai de lecture",
        recipient=(),
        blocks=blocks,
        signature=replace(letter.signature, formula=None, name=None, role=None),
        timeline=None,
        register=COMPLETE,
    )


def as_sheet(kit: Letter) -> ToolSheet:
    """The kit laid out to be filled in by hand, for the printer."""
    intro = (Span("Pour la lettre essayée, une feuille par lecteur. Aucun nom n'est noté."),)
    return ToolSheet("essai_lecteurs", kit.language, kit.title, intro, kit.blocks, kit.fictitious or "")


def _papers(letter: Letter) -> str:
    """What the letter asks to keep or to bring."""
    lists = (
        content
        for block in letter.blocks
        if block.id in PAPERS
        for content in block.contents
        if isinstance(content, ItemList)
    )
    return " ; ".join(_text(item) for content in lists for item in content.items)


def _first_action(block: Block) -> str:
    for content in block.contents:
        if isinstance(content, ItemList) and content.items:
            strong = "".join(span.text for span in content.items[0] if span.strong)
            return (strong or _text(content.items[0])).strip(" :.")
    return block.title or ""


def _words(block: Block) -> str:
    found = []
    for content in block.contents:
        match content:
            case Paragraph(spans):
                found.append(_text(spans))
            case ItemList(items):
                found += [_text(item) for item in items]
            case _:
                found += [_text(cell) for row in content.rows for cell in row]
    return " ".join((block.title or "", *found))


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)
