"""The words of the procedure, each with its plain explanation; `glossary.yaml` read in one place.

A word and its explanation have versions in time: « huissier de justice » until 30 June 2022, « commissaire de
justice » since. `read_glossary` gives those of a day; what is asked for a day must be told with that day's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES

ALWAYS = date.min
CATEGORIES = {
    "logement": "Le logement",
    "argent": "L'argent",
    "acte": "Les papiers officiels",
    "justice": "Le juge et le tribunal",
    "etape": "Quitter le logement",
    "acteur": "Qui agit",
    "aide": "Les aides",
}
ENTRY_KEYS = {
    "terme", "sigle", "formes", "cherche", "categorie", "explication", "versions", "a_expliquer", "reperes", "sources",
    "certitude", "pictogramme",
}  # fmt: skip
VERSION_KEYS = {"valable_du", "terme", "sigle", "formes", "explication"}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the procedure as one day's law has it.

    `name` is the official word, `acronym` its letters, `forms` the other ways to write it, without accents of style:
    the plural is understood. `must_be_explained` where a letter to a household explains it; `hints` are words that
    show that an explanation is there, whatever its wording. `sources` are ids of the law's sources.
    """

    id: str
    name: str
    explanation: str
    category: str
    acronym: str | None = None
    forms: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    must_be_explained: bool = False
    hints: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    certainty: str = "a_confirmer"
    pictogram: str | None = None
    since: date | None = None

    @property
    def title(self) -> str:
        """« diagnostic social et financier (DSF) »."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name


@dataclass(frozen=True, slots=True)
class Entry:
    """All the versions of a term, oldest first."""

    id: str
    versions: tuple[Term, ...] = field(default_factory=tuple)

    def on(self, day: date) -> Term:
        """The version in force that day; the first one before any."""
        return next((term for term in reversed(self.versions) if (term.since or ALWAYS) <= day), self.versions[0])


@lru_cache(maxsize=64)
def read_glossary(day: date, language: str = "fr", folder: Path = LETTER_TEMPLATES) -> Mapping[str, Term]:
    """Every term, by id, with the words of that day. Raises TemplateError where the file cannot be used."""
    return MappingProxyType({entry.id: entry.on(day) for entry in read_entries(language, folder)})


def explain(term_id: str, day: date, language: str = "fr") -> Term:
    """One term with the words of that day. Raises TemplateError, naming it, where the glossary does not hold it."""
    terms = read_glossary(day, language)
    if term_id not in terms:
        raise TemplateError(
            f"Le mot « {term_id} » n'est pas dans le glossaire (letter_templates/{language}/glossary.yaml)."
        )
    return terms[term_id]


@lru_cache(maxsize=8)
def read_entries(language: str = "fr", folder: Path = LETTER_TEMPLATES) -> tuple[Entry, ...]:
    """The whole glossary with every version, in the file's order.

    Raises TemplateError, naming the term, for an unknown key, an absent explanation or versions out of order.
    """
    import yaml

    path = folder / language / "glossary.yaml"
    if not path.is_file():
        raise TemplateError(f"La langue « {language} » n'a pas de glossaire (glossary.yaml).")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_entry(key, entry) for key, entry in raw.items())


def _entry(key: str, raw: Mapping[str, Any]) -> Entry:
    _refuse_unknown(key, raw, ENTRY_KEYS)
    if raw.get("categorie") not in CATEGORIES:
        raise TemplateError(f"glossary.yaml, « {key} » : la catégorie doit être l'une de : {', '.join(CATEGORIES)}.")
    versions = raw.get("versions") or [{"explication": raw.get("explication")}]
    terms = tuple(_term(key, raw, version) for version in versions)
    starts = [term.since or ALWAYS for term in terms]
    if starts != sorted(set(starts)):
        raise TemplateError(f"glossary.yaml, « {key} » : les versions ne sont pas dans l'ordre de « valable_du ».")
    return Entry(key, terms)


def _term(key: str, raw: Mapping[str, Any], version: Mapping[str, Any]) -> Term:
    _refuse_unknown(key, version, VERSION_KEYS)
    if not version.get("explication"):
        raise TemplateError(f"glossary.yaml, « {key} » : il manque l'explication.")
    name = version.get("terme", raw["terme"])
    acronym = version.get("sigle", raw.get("sigle"))
    forms = tuple(version.get("formes", raw.get("formes", ())))
    searched = {"formes": forms, "sigle": (acronym or name,)}.get(
        raw.get("cherche", ""), tuple(word for word in (name, acronym, *forms) if word)
    )
    return Term(
        id=key,
        name=name,
        explanation=version["explication"],
        category=raw["categorie"],
        acronym=acronym,
        forms=forms,
        searched=searched,
        must_be_explained=raw.get("a_expliquer", False),
        hints=tuple(raw.get("reperes", ())),
        sources=tuple(raw.get("sources", ())),
        certainty=raw.get("certitude", "a_confirmer"),
        pictogram=raw.get("pictogramme"),
        since=version.get("valable_du"),
    )


def _refuse_unknown(key: str, raw: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise TemplateError(f"glossary.yaml, « {key} » : « {unknown[0]} » n'est pas une clé connue.")
