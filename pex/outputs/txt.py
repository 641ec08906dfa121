"""The letter and the timeline as plain words: for e-mail, for reading on a screen, for comparing formats."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

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
        [*letter.sender, "", letter.label("our_contact"), *letter.sender_contact],
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
        *(text for block in letter.blocks for text in _block_texts(block)),
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


def plain(spans: Spans) -> str:
    """The words of the spans, without their style."""
    return "".join(span.text for span in spans)
