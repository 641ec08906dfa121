"""The pictogram bank, read once: a name → its drawing and its words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pex.errors import TemplateError
from pex.folders import PICTOGRAMS

FAMILIES = {
    "logement": "Le logement",
    "argent": "L’argent",
    "papiers": "Les papiers",
    "justice": "La justice",
    "administration": "L’État et les services",
    "aide": "Les aides",
    "interface": "Les repères",
}
"""The families of ideas, in the order that a sheet shows them: the `categorie` of a card → its title."""


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all pictograms, sorted."""
    return tuple(sorted(path.stem for path in PICTOGRAMS.glob("*.svg")))


@lru_cache(maxsize=256)
def svg(name: str) -> str:
    """The SVG of that pictogram. Raises TemplateError for a name the bank does not hold."""
    if name not in names():
        raise TemplateError(f"Le pictogramme « {name} » n'existe pas. Voyez le dossier pictograms.")
    return (PICTOGRAMS / f"{name}.svg").read_text(encoding="utf-8")


def label(name: str) -> str:
    """The words that always stand beside it, in French. Raises TemplateError for an unknown name."""
    return str(_card(name)["concept_fr"])


def alt(name: str) -> str:
    """What the drawing shows, in French. Raises TemplateError for an unknown name."""
    return str(_card(name)["alt_fr"])


def card(name: str) -> Mapping[str, Any]:
    """All that is known of it: label, definition, alternative text, confusions, status. TemplateError if unknown."""
    return _card(name)


def search(words: str) -> tuple[str, ...]:
    """The names whose words hold these, accents and case aside; all of them for no word."""
    wanted = [_plain(word) for word in words.split()]
    return tuple(name for name in names() if all(word in _plain(_all_words(name)) for word in wanted))


def draw_sheet(chosen: Sequence[str], layout: str = "sheet") -> bytes:
    """A PDF of these pictograms: « sheet » with their words under them, or « cards » to cut, words behind.

    Raises TemplateError for a name the bank does not hold.
    """
    from pex.outputs.typst_engine import compile_pages

    found = [_sheet_card(name) for name in chosen]
    families = [
        {"title": title, "cards": [shown for shown in found if shown["family"] == family]}
        for family, title in FAMILIES.items()
    ]
    data = {
        "title": "Les pictogrammes de pex",
        "credit": "Pictogrammes : pex, CC BY 4.0. Aucun n’a encore été essayé avec des lecteurs, sauf s’il le dit.",
        "short-credit": "pex, CC BY 4.0",
        "layout": layout,
        "families": [family for family in families if family["cards"]],
    }
    return compile_pages("pictograms", data)


def _sheet_card(name: str) -> dict[str, str]:
    found = _card(name)
    return {
        "family": found["categorie"],
        "svg": svg(name),
        "label": label(name),
        "definition": found["definition_fr"],
        "alt": alt(name),
        "note": name if found["statut"] == "brouillon" else f"{name} ({found['statut']})",
    }


@lru_cache(maxsize=256)
def rasterise(name: str, pixels: int) -> bytes:
    """A square PNG on a transparent ground, made once. Raises TemplateError for a name the bank does not hold."""
    from pex.outputs.typst_engine import compile_pages

    data = {"svg": svg(name), "format": "svg"}
    return compile_pages("pictogram", data, "png", pixels * 25.4 / 20)


def _all_words(name: str) -> str:
    found = _card(name)
    return " ".join((name, found["concept_fr"], found["definition_fr"], *found.get("termes", ())))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("_", " ")


@lru_cache(maxsize=256)
def _card(name: str) -> Mapping[str, Any]:
    import yaml

    svg(name)
    return MappingProxyType(yaml.safe_load((PICTOGRAMS / f"{name}.yaml").read_text(encoding="utf-8")))
