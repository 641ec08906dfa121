"""The kit to test a letter with readers: consent, questions, teach-back, scoring; as blocks of words."""

from __future__ import annotations

import re
from dataclasses import replace

from pex.folders import LETTER_TEMPLATES
from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Spans
from pex.letters.marks import Marks
from pex.letters.no_breaks import MONTHS
from pex.letters.registers import COMPLETE
from pex.letters.review import fingerprint
from pex.letters.templates import compile_text, fill_in, parse_blocks

DATE = re.compile(rf"\d{{1,2}}(?:er)?[ \u00a0](?:{MONTHS})[ \u00a0]\d{{4}}")
PHONE = re.compile(r"0(?:[ \u00a0]?\d)(?:\d\d)?(?:[ \u00a0]\d\d){3,4}|\b115\b")


def reader_test(letter: Letter) -> Letter:
    """The kit for that letter, its expected answers read from the letter itself."""
    action = letter.blocks[0]
    words = " ".join(_words(block) for block in letter.blocks)
    facts = {
        "lettre": {
            "titre": letter.title,
            "expediteur": letter.sender[0] if letter.sender else "le service qui écrit",
            "premiere_action": _first_action(action),
            "dates": ", ".join(dict.fromkeys(DATE.findall(f"{letter.title} {_words(action)}"))) or "aucune date",
            "telephones": ", ".join(dict.fromkeys(PHONE.findall(words))) or "aucun numéro",
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
