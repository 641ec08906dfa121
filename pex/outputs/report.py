"""Working papers of an office: an agenda, a file of one page, minutes, a yearly report; in docx and pdf.

They speak to professionals, so they have no window address and no timeline: a title, then parts, each of the
same named blocks as a letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pex.errors import PexError
from pex.letters.blocks import Block, Content, ItemList, Paragraph, Span, Spans, Table
from pex.outputs.columns import weigh_columns
from pex.profile import Profile

REPORT_FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report. `lines` stand under its title; `starts_page` puts it on a page of its own."""

    title: str | None
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A working paper. `mention` (« FICTIF », « Confidentiel ») is printed at the top of every page, `footer` below."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    footer: str
    mention: str | None = None
    language: str = "fr"


def words(text: str, *, strong: bool = False) -> Spans:
    """A run of plain words."""
    return (Span(text, strong=strong),)


def paragraph(text: str, *, strong: bool = False) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(words(text, strong=strong))


def bullets(*items: str) -> ItemList:
    """A list of plain words."""
    return ItemList(tuple(words(item) for item in items))


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], caption: str | None = None) -> Table:
    """A table of plain words; the first cell names the row."""
    return Table(header, tuple(tuple(words(cell) for cell in row) for row in rows), caption)


def section(name: str, title: str | None, *contents: Content) -> Block:
    """An ordinary block without a drawing."""
    return Block(name, "section", title, contents)


def write_report(report: Report, profile: Profile, format: str) -> bytes:
    """The report in one of REPORT_FORMATS.

    Raises PexError for another format, UnreadableFile for a damaged letterhead.
    """
    if format == "docx":
        from pex.outputs.docx.report import write_report as write

        return write(report, profile)
    if format == "pdf":
        from pex.outputs.typst_engine import compile_pages, printable

        return compile_pages("report", {"report": printable(_data(report))})
    raise PexError(f"Le format « {format} » n'existe pas ici. Formats possibles : {', '.join(REPORT_FORMATS)}.")


def _data(report: Report) -> dict[str, Any]:
    """The report as JSON-ready values, each wide table with the weights of its columns."""
    data = asdict(report)
    for part, raw_part in zip(report.parts, data["parts"], strict=True):
        weigh_columns(part.blocks, raw_part["blocks"])
    return data
