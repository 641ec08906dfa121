"""The page that shows what was made: one card per household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A household's files: (label, address relative to the page); `thumbnail` is a picture's address.

    In a label such as « Frise, pdf », the words before the comma say what it is, and head a line of the card.
    """

    reference: str
    household: str
    stage_label: str
    files: tuple[tuple[str, str], ...]
    thumbnail: str | None = None


def write_index(title: str, entries: Sequence[IndexEntry]) -> bytes:
    """The overview, as one UTF-8 page with relative links only."""
    from pex.outputs.html import render_page

    cards = [(entry, _documents(entry), quote(entry.thumbnail or "")) for entry in entries]
    return render_page("index.html", title=title, language="fr", cards=cards)


def _documents(entry: IndexEntry) -> dict[str, list[tuple[str, str]]]:
    """For each document of the card, its formats with their addresses."""
    documents: dict[str, list[tuple[str, str]]] = {}
    for label, address in entry.files:
        document, _, kind = label.partition(", ")
        documents.setdefault(document, []).append((kind or document, quote(address)))
    return documents
