"""The letter and the timeline as plain words: for e-mail, for reading on a screen, for comparing formats."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain

from pex.letters.blocks import (
    Block,
    Content,
    ItemList,
    Letter,
    Milestone,
    Paragraph,
    Spans,
    Step,
    Table,
    TimelinePage,
)

WIDTH = 78
"""Longest line, in characters; a longer word is never cut."""


def write_letter(letter: Letter) -> bytes:
    """The letter, then its timeline, as UTF-8 text in reading order."""
    groups = [
        [letter.fictitious or ""],
        [*letter.sender],
        [letter.label("our_contact"), *letter.sender_contact] if letter.sender_contact else [],
        [*letter.recipient],
        [letter.place_and_date, *_about(letter)],
        [_underline(letter.title, "=")],
        *(_block_lines(block) for block in letter.blocks),
        _signature_texts(letter),
    ]
    text = _join(groups)
    return text + b"\n\n" + write_timeline(letter.timeline) if letter.timeline else text


def write_timeline(page: TimelinePage) -> bytes:
    """The timeline page as UTF-8 text in reading order."""
    groups = [
        [page.fictitious or ""],
        [_underline(page.title, "=")],
        [page.household, f"{page.label('reference')} : {page.reference}"],
        [plain(page.intro)],
        *(_step_lines(page, step) for step in page.steps),
        [_underline(page.label("endings"), "-")],
        *([ending.label, plain(ending.sentence)] for ending in page.endings),
        *([_underline(note.title, "-"), plain(note.spans)] for note in page.notes),
        _block_lines(page.contact) if page.contact else [],
        [page.printed_on],
    ]
    return _join(groups)


def words(letter: Letter) -> tuple[str, ...]:
    """Every text of the letter and of its timeline, once each, in the order a reader meets them.

    What all formats must say. Page numbers are left out: they belong to the paper.
    """
    texts = [
        letter.fictitious,
        *letter.sender,
        letter.label("our_contact") if letter.sender_contact else None,
        *letter.sender_contact,
        *letter.recipient,
        letter.place_and_date,
        letter.label("subject"),
        letter.subject,
        letter.label("reference"),
        letter.reference,
        letter.title,
        *block_words(letter.blocks),
        *_signature_texts(letter),
        *(timeline_words(letter.timeline) if letter.timeline else ()),
    ]
    return tuple(text for text in texts if text)


def timeline_words(page: TimelinePage) -> tuple[str, ...]:
    """Every text of the timeline page, once each, in the order a reader meets them."""
    texts = [
        page.fictitious,
        page.title,
        page.household,
        page.label("reference"),
        page.reference,
        plain(page.intro),
        *(text for step in page.steps for text in _step_texts(page, step)),
        page.label("endings") if page.endings else None,
        *(text for ending in page.endings for text in (ending.label, plain(ending.sentence))),
        *(text for note in page.notes for text in (note.title, plain(note.spans))),
        *(_block_texts(page.contact) if page.contact else ()),
        page.printed_on,
    ]
    return tuple(text for text in texts if text)


def block_words(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of the blocks, in the order a reader meets them."""
    return chain.from_iterable(map(_block_texts, blocks))


def plain(spans: Spans) -> str:
    """The words of the spans, without their style."""
    return "".join(span.text for span in spans)


def _about(letter: Letter) -> list[str]:
    return [
        f"{letter.label('subject')} : {letter.subject}",
        f"{letter.label('reference')} : {letter.reference}",
    ]


def _signature_texts(letter: Letter) -> list[str]:
    sign = letter.signature
    return [text for text in (sign.formula, sign.name, sign.role) if text]


def _block_lines(block: Block) -> list[str]:
    lines = [_underline(block.title, "-")] if block.title else []
    for content in block.contents:
        lines += _content_lines(content)
    return lines


def _content_lines(content: Content) -> list[str]:
    if isinstance(content, Paragraph):
        return [plain(content.spans)]
    if isinstance(content, ItemList):
        marks = (f"{number}." if content.ordered else "-" for number in range(1, len(content.items) + 1))
        return [f"{mark} {plain(item)}" for mark, item in zip(marks, content.items, strict=True)]
    head = [" | ".join(content.header)]
    return head + [f"- {plain(row[0])} : {' '.join(plain(cell) for cell in row[1:])}" for row in content.rows]


def _block_texts(block: Block) -> Iterator[str]:
    if block.title:
        yield block.title
    for content in block.contents:
        if isinstance(content, Paragraph):
            yield plain(content.spans)
        elif isinstance(content, ItemList):
            yield from (plain(item) for item in content.items)
        elif isinstance(content, Table):
            yield from content.header
            yield from (plain(cell) for row in content.rows for cell in row)


def _step_lines(page: TimelinePage, step: Step) -> list[str]:
    lines = [_underline(f"{step.number}. {step.label} ({step.state_label})", "-"), plain(step.sentence)]
    for name, items in (("milestones", step.milestones), ("deadlines", step.deadlines)):
        if items:
            lines.append(page.label(name))
            lines += [f"- {_milestone_line(item)}" for item in items]
    if step.ways_out:
        lines.append(page.label("ways_out"))
        lines += [f"- {plain(way)}" for way in step.ways_out]
    if step.help and step.state == "here":
        lines.append(f"{page.label('help')} {plain(step.help)}")
    return lines


def _milestone_line(item: Milestone) -> str:
    maybe = f" ({item.state_label.lower()})" if item.state == "may_happen" else ""
    return f"{item.label} : {item.date}" if item.date else f"{item.label}{maybe}"


def _step_texts(page: TimelinePage, step: Step) -> Iterator[str]:
    yield step.label
    yield step.state_label
    yield plain(step.sentence)
    for name, items in (("milestones", step.milestones), ("deadlines", step.deadlines)):
        if items:
            yield page.label(name)
        for item in items:
            yield item.label
            if item.date:
                yield item.date
    if step.ways_out:
        yield page.label("ways_out")
        yield from (plain(way) for way in step.ways_out)
    if step.help and step.state == "here":
        yield page.label("help")
        yield plain(step.help)


def _underline(title: str, mark: str) -> str:
    lines = textwrap.wrap(title, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, mark * min(WIDTH, max(map(len, lines), default=0))])


def _join(groups: list[list[str]]) -> bytes:
    """Groups of lines, an empty line between two, each line wrapped at WIDTH."""
    kept = ["\n".join(_wrapped(line) for line in group) for group in groups if any(group)]
    return ("\n\n".join(kept) + "\n").encode("utf-8")


def _wrapped(line: str) -> str:
    if "\n" in line:
        return line
    mark = re.match(r"\d+\. |- ", line)
    indent = " " * len(mark[0]) if mark else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
