"""The words of the procedure as a leaflet to print and to give: PDF, one word after the other, never cut by a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pex import __version__
from pex.letters.blocks import Paragraph
from pex.letters.glossary import CATEGORIES, Term
from pex.letters.templates import read_words
from pex.letters.timeline_page import help_block
from pex.outputs.pictograms import names, svg
from pex.outputs.typst_engine import compile_pages, picture, printable
from pex.profile import Profile

TITLE, TITLE_OF_LETTER = "Les mots de vos papiers", "Les mots de votre lettre"
INTRO = (
    "Ces mots sont écrits sur les lettres et les papiers officiels. Ici, ils sont expliqués. "
    "Cette feuille ne remplace pas un conseil : appelez, c'est gratuit."
)


def write_leaflet(terms: Sequence[Term], profile: Profile, title: str = TITLE, language: str = "fr") -> bytes:
    """A PDF of these terms, by category in the order of the glossary; the national free number at the end."""
    words = read_words(language)
    data: dict[str, Any] = {
        "title": title,
        "intro": INTRO,
        "groups": [group for category in CATEGORIES if (group := _group(category, terms))],
        "contact": _contact(words),
        "pictograms": {name: svg(name) for term in terms if (name := _drawn(term))},
        "logo": picture(profile.logo),
        "fictitious": words["labels"]["fictitious"] if profile.fictif else None,
        "edition": f"pex {__version__}, textes et dessins CC BY 4.0",
        "page": words["labels"]["page"],
    }
    return compile_pages("leaflet", printable(data))


def _group(category: str, terms: Sequence[Term]) -> dict[str, Any] | None:
    chosen = [term for term in terms if term.category == category]
    if not chosen:
        return None
    written = [
        {"name": term.title, "explanation": term.explanation, "pictogram": _drawn(term)}
        for term in chosen
    ]  # fmt: skip
    return {"title": CATEGORIES[category], "terms": written}


def _drawn(term: Term) -> str | None:
    """The term's drawing, where the bank holds it."""
    return term.pictogram if term.pictogram in names() else None


def _contact(words: Any) -> dict[str, Any]:
    block = help_block(words)
    (paragraph,) = block.contents
    assert isinstance(paragraph, Paragraph)
    return {"title": block.title, "runs": [asdict(span) for span in paragraph.spans]}
