"""Sheets for the office, cards to cut and test forms as PDF: values in, a print-ready file out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pex.letters.tools import ToolSheet
from pex.outputs.columns import show_forms, weigh_columns
from pex.outputs.papers import give_drawings
from pex.outputs.pictograms import svg
from pex.outputs.typst_engine import compile_pages, printable

LAYOUTS = ("steps", "solutions", "questions", "magnets")


def write_tool(sheet: ToolSheet, page_label: str) -> bytes:
    """The sheet on A4, over as many pages as it takes; `page_label` is « Page {page} sur {pages} »."""
    return compile_pages("tool", tool_data(sheet, page_label))


def tool_data(sheet: ToolSheet, page_label: str) -> dict[str, Any]:
    """A sheet as JSON-ready values that the fonts can write."""
    data = asdict(sheet)
    weigh_columns(sheet.blocks, data["blocks"])
    show_forms(sheet.blocks, data["blocks"])
    give_drawings(sheet.blocks, data["blocks"])
    drawn = {block.pictogram for block in sheet.blocks if block.pictogram}
    return {
        "sheet": printable(data),
        "page": page_label,
        "pictograms": {name: svg(name) for name in sorted(drawn)},
    }


def write_cards(
    title: str, layout: str, cards: Sequence[Mapping[str, Any]], labels: Mapping[str, str] | None = None
) -> bytes:
    """Cards to cut, several on an A4 sheet with crop marks; what is behind is mirrored for the long edge.

    `layout` is one of LAYOUTS: each says in `look/cards.typ` how large its cards are and what they show.
    Each card gives `pictogram` and the words that its layout shows.
    """
    drawn = [{**card, "svg": svg(card["pictogram"])} for card in cards]
    return compile_pages(
        "cards", printable({"title": title, "layout": layout, "cards": drawn, "labels": dict(labels or {})})
    )


def write_form(data: Mapping[str, Any]) -> bytes:
    """The comprehension test: booklets to fill in, then the judged test."""
    return compile_pages("form", dict(data))
