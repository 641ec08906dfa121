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
    Paragraph,
    Table,
    TimelinePage,
)
from pex.letters.timeline_page.text import plain, timeline_lines

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
    """The timeline page as UTF-8 text in reading order: its list of sentences, a heading before each group."""
    groups: list[list[str]] = []
    for line in timeline_lines(page):
        if line.level in (1, 2):
            groups.append([_underline(line.text, "=" if line.level == 1 else "-")])
        elif line.text in (page.fictitious, page.printed_on):
            groups.append([line.text])
        else:
            groups[-1].append(f"- {line.text}" if line.level == -1 else line.text)
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
    """Every sentence of the timeline page, once each, in the order a reader meets them."""
    return tuple(line.text for line in timeline_lines(page))


def block_words(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of the blocks, in the order a reader meets them."""
    return chain.from_iterable(map(_block_texts, blocks))


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
