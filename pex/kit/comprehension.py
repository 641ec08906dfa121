"""The comprehension test of the pictograms, after ISO 9186: booklets, the judged test, and the scoring sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pex.letters.blocks import Block, Span, Table
from pex.letters.review import interval
from pex.letters.tools import ToolSheet
from pex.outputs.pictograms import card, names, svg

BOOKLET = 12
"""Pictograms that one person can be asked about without tiring."""
PAGE = 4
READERS = (5, 10, 20, 50)
SHARES = (0.5, 0.67, 0.85, 1.0)


def comprehension_form(words: Mapping[str, Any], foot: str) -> dict[str, Any]:
    """The values of the form: booklets whose drawings stand without their words, then the judged test with them."""
    entry = words["test"]
    booklets = in_booklets(names())
    books = []
    for number, chosen in enumerate(booklets, 1):
        title = entry["cahier"].format(numero=number, total=len(booklets))
        for start in range(0, len(chosen), PAGE):
            items = [
                {"svg": svg(name), "number": f"{number}.{place}"}
                for place, name in enumerate(chosen[start : start + PAGE], start + 1)
            ]
            books.append({"title": title, "items": items})
    judged = [
        {
            "svg": svg(name),
            "alt": card(name)["alt_fr"],
            "label": card(name)["concept_fr"],
            "definition": card(name)["definition_fr"],
        }
        for name in names()
    ]
    return {"title": words["test"]["cahier"], "words": entry, "books": books, "judged": judged, "foot": foot}


def in_booklets(chosen: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Booklets of at most BOOKLET names, as even as can be; neighbours in the bank are apart, none gives a hint."""
    count = -(-len(chosen) // BOOKLET)
    return [chosen[start::count] for start in range(count)]


def scoring_sheet(sheet: ToolSheet, words: Mapping[str, Any]) -> ToolSheet:
    """The sheet with the table to fill in, one row a pictogram, and what a count is worth."""
    entry = words["depouillement"]
    worth = Block("valeur", "section", entry["titre_valeur"], (_worth(entry),), "information")
    rows = tuple(
        (
            _cell(f"{number}.{place} {card(name)['concept_fr']}"),
            *(_cell(""),) * (len(entry["colonnes"]) - 1),
        )
        for number, booklet in enumerate(in_booklets(names()), 1)
        for place, name in enumerate(booklet, 1)
    )
    counts = Block("comptes", "section", entry["titre_tableau"], (Table(tuple(entry["colonnes"]), rows),), None)
    return replace(sheet, blocks=(*sheet.blocks, worth, counts))


def _worth(entry: Mapping[str, Any]) -> Table:
    """For a few counts, the 95 % Wilson interval: how little a small test proves."""
    rows = []
    for readers in READERS:
        for found in sorted({round(share * readers) for share in SHARES}):
            low, high = interval(found, readers)
            span = entry["de_a"].format(bas=round(low * 100), haut=round(high * 100))
            rows.append(
                (_cell(str(readers)), _cell(f"{found} ({found / readers:.0%})".replace("%", "\u00a0%")), _cell(span))
            )
    return Table(tuple(entry["valeur"]), tuple(rows))


def _cell(text: str) -> tuple[Span, ...]:
    return (Span(text),) if text else ()
