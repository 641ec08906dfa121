"""Any text as a text to check: a paragraph typed, an e-mail, a letter pasted from a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pex.plain_language.text import HOUSEHOLD, PartMaker, SentenceMaker, Text, is_locked

HEADING = re.compile(r"#+\s+(.*)")
UNDERLINE = re.compile(r"(=|-){3,}")
ITEM = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+(.*)")
SUBJECT = re.compile(r"Objet ?: ?(.+)")
WRAPPED = 55
"""A line at least so long, that does not end a sentence, was cut by the width of a page: the next one goes on."""


def read_plain(content: str, name: str, reader: str = HOUSEHOLD, register: str = "standard") -> Text:
    """Any text: an empty line ends a part; « # », an underlined line or « Texte de la loi » starts one.

    A line that starts with a dash, a star or a number is an item. Lines cut by the width of a page are joined.
    """
    maker = SentenceMaker()
    made, subject = PartMaker(maker), None
    lines = list(_joined(content.splitlines()))
    for place, (number, words) in enumerate(lines):
        underlined = UNDERLINE.fullmatch(lines[place + 1][1]) if words and place + 1 < len(lines) else None
        if UNDERLINE.fullmatch(words):
            continue
        if marked := HEADING.match(words):
            made.start(marked[1], number, title=words.startswith("# ") and made.title is None and not made.parts)
        elif underlined:
            made.start(words, number, title=underlined[1] == "=" and made.title is None)
        elif is_locked(words):
            made.start(words, number)
        elif not words:
            made.close()
        elif item := ITEM.match(words):
            made.add(item[1], "item", number)
        elif found := SUBJECT.match(words):
            subject = maker.make(found[1], "subject", number)
        else:
            made.add(words, line=number)
    made.close()
    return Text(name, "texte", reader, register, title=made.title, subject=subject, parts=tuple(made.parts))


def _joined(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each line with its number, those that a page's width cut put together again."""
    start, held = 1, ""
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if held and _goes_on(held, words):
            held += " " + words
            continue
        if number > 1:
            yield start, held
        start, held = number, words
    yield start, held


def _goes_on(before: str, words: str) -> bool:
    last = before.rsplit("\n", 1)[-1]
    starts_anew = not words or ITEM.match(words) or HEADING.match(words) or UNDERLINE.fullmatch(words)
    return not starts_anew and len(last) >= WRAPPED and last[-1] not in ".!?…:;»" and not HEADING.match(before)
