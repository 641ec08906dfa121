"""One source, three registers: standard, simple (one idea a line, large), complet (with the law and the reasons)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from pex.errors import TemplateError
from pex.letters.blocks import NEW_LINE, Block, Content, ItemList, Paragraph, Span, Spans, Table
from pex.letters.marks import write_day
from pex.letters.no_breaks import bind
from pex.timeline import Timeline
from pex.timeline.values import RUNNING

STANDARD, SIMPLE, COMPLETE = "standard", "simple", "complet"
REGISTERS = (STANDARD, SIMPLE, COMPLETE)
# A full stop that ends a sentence: another one starts after it. « M. Durand » and « 9 h. » do not end here.
SENTENCE = re.compile(r"(?<=[.?!])(?<!\bM\.)\s+(?=[A-ZÀ-Ý0-9«])")


def check_register(register: str) -> None:
    """Raises TemplateError for a register that does not exist."""
    if register not in REGISTERS:
        raise TemplateError(f"Le registre « {register} » n'existe pas. Registres : {', '.join(REGISTERS)}.")


def in_register(blocks: Iterable[Block], register: str) -> tuple[Block, ...]:
    """The same blocks; in the simple register, a new line for each sentence."""
    if register != SIMPLE:
        return tuple(blocks)
    return tuple(
        Block(block.id, block.kind, block.title, tuple(_lines(block.contents)), block.pictogram) for block in blocks
    )


def law_blocks(timeline: Timeline, words: Mapping[str, Any], language: str) -> tuple[Block, ...]:
    """The dates that run, how each was counted and on which text: the administrative part of « complet »."""
    items = []
    for deadline in timeline.deadlines:
        if deadline.status != RUNNING or deadline.last_day is None:
            continue
        day = write_day(deadline.last_day, weekday=True, language=language)
        texts = " ; ".join(reference.title for reference in deadline.references)
        reasons = " ".join(f"{reason.rstrip('.')}." for reason in deadline.reasons)
        items.append((Span(bind(f"{deadline.name} : {day}."), strong=True), Span(bind(f" {reasons} {texts}."))))
    if not items:
        return ()
    return (Block("textes", "law", words["labels"]["law_texts"], (ItemList(tuple(items)),)),)


def _lines(contents: Iterable[Content]) -> Iterator[Content]:
    for content in contents:
        if isinstance(content, Paragraph):
            yield from (Paragraph(sentence) for sentence in split_sentences(content.spans))
        elif isinstance(content, ItemList):
            yield ItemList(tuple(map(_line_a_sentence, content.items)), content.ordered)
        else:
            rows = tuple(tuple(map(_line_a_sentence, cells)) for cells in content.rows)
            yield Table(content.header, rows, content.caption)


def _line_a_sentence(spans: Spans) -> Spans:
    """The same words, with a new line between two sentences."""
    sentences = split_sentences(spans)
    return tuple(chain.from_iterable((*((NEW_LINE,) if index else ()), *each) for index, each in enumerate(sentences)))


def split_sentences(spans: Spans) -> tuple[Spans, ...]:
    """The sentences of a paragraph, each with its own spans."""
    text = "".join(span.text for span in spans)
    cuts = [(0, 0), *(match.span() for match in SENTENCE.finditer(text)), (len(text), len(text))]
    pieces = ((before[1], after[0]) for before, after in pairwise(cuts))
    return tuple(_slice(spans, start, end) for start, end in pieces if text[start:end].strip())


def _slice(spans: Spans, start: int, end: int) -> Spans:
    """The part of these spans from one character to another."""
    found = []
    position = 0
    for span in spans:
        part = span.text[max(0, start - position) : max(0, end - position)]
        if part:
            found.append(Span(part, span.strong, span.lang))
        position += len(span.text)
    return tuple(found)
