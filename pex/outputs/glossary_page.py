"""The whole glossary, all versions and sources, as one Markdown page: for a jurist to read and to mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pex.dates import write_date
from pex.law import Reference
from pex.law.wording import CERTAINTIES
from pex.letters.glossary import CATEGORIES, Entry, Term

HEAD = """# Le glossaire de pex

Cette page est écrite par `pex lisibilite --glossaire docs/glossaire.md`, à partir de
`letter_templates/fr/glossary.yaml`. Ne la corrigez pas à la main : corrigez le glossaire, puis écrivez la page de
nouveau (`make docs`).

Ces explications simplifient : elles laissent des exceptions de côté. Elles n'ont pas encore été relues par un juriste,
ni essayées avec des lecteurs. **certaine** : le sens du mot est établi. **à confirmer** : règle générale, avec des
exceptions ou des usages locaux, à relire d'abord.
Un mot marqué ✎ est toujours expliqué dans un courrier à un ménage.
"""


def write_glossary_page(entries: Sequence[Entry], sources: Mapping[str, Reference]) -> str:
    """The page: a table for each category, a row for each version of a term. LawError for an unknown source."""
    lines = [HEAD]
    for category, title in CATEGORIES.items():
        lines += [f"## {title}\n", "| Mot | Explication | Valable | Certitude | Textes |", "|---|---|---|---|---|"]
        lines += [row for entry in entries if entry.versions[0].category == category for row in _rows(entry, sources)]
        lines.append("")
    return "\n".join(lines)


def _rows(entry: Entry, sources: Mapping[str, Reference]) -> Iterator[str]:
    for place, term in enumerate(entry.versions):
        following = entry.versions[place + 1].since if place + 1 < len(entry.versions) else None
        mark = " ✎" if term.must_be_explained else ""
        cited = " ; ".join(_cited(sources[source]) for source in term.sources) or "—"
        certainty = CERTAINTIES[term.certainty]
        lasts = _lasts(term, bool(following))
        yield f"| **{term.title}**{mark} | {term.explanation} | {lasts} | {certainty} | {cited} |"


def _lasts(term: Term, is_past: bool) -> str:
    if term.since is None:
        return "avant" if is_past else "—"
    return f"depuis le {write_date(term.since)}"


def _cited(reference: Reference) -> str:
    return f"[{reference.title}]({reference.href})" if reference.href else reference.title
