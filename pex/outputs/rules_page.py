"""The fifty rules of plain language as one Markdown page: what each asks, why, and who checks it."""

from __future__ import annotations

from collections.abc import Iterator

from pex.plain_language.rules.registry import Rule, read_rules

HEAD = """# Les cinquante règles de langage clair

Cette page est écrite par `pex lisibilite --regles docs/langage_clair.md`, à partir de
`pex/plain_language/fr/rules.yaml`. Ne la corrigez pas à la main : corrigez les règles, puis écrivez la page de nouveau
(`make docs`).

**bloquant** : le texte ne part pas ainsi. **à voir** : une personne décide. **information** : à savoir. Chaque règle a
un bon et un mauvais exemple dans `tests/plain_language/`. Une règle à voir se trompe parfois : c'est pour cela qu'elle
ne bloque pas. Aucune ne dit si un lecteur comprend ; seuls des lecteurs le montrent (`pex essai`).
"""
LEVELS = {"bloquant": "bloquant", "a_voir": "à voir", "information": "information"}
READERS = {"menage": "ménage", "signataire": "ménage qui signe", "professionnel": "professionnel"}
LIMITS = {
    "a_voir": "à voir au-delà de", "bloquant": "bloquant au-delà de", "moyenne": "mots en moyenne, au plus",
    "mots_avant": "mots avant, au plus", "mots_objet": "mots dans l'objet, au plus", "mots": "mots, au plus",
    "mots_du_titre": "mots dans le titre, au plus", "points": "points", "sigles": "sigles, au plus",
    "rappels": "rappels de la même date, au plus", "phrases": "phrases après, au plus", "virgules": "virgules, au plus",
    "subordonnants": "« qui », « que », « si »…, moins de", "part_negative": "part de phrases négatives, au plus",
    "sommes": "sommes, au plus", "dessins": "dessins, au plus", "jours": "jours, au plus",
}  # fmt: skip
CONTROLS = {"texte": "`pex lisibilite`", "document": "`pex lisibilite`, sur un fichier Word"}


def write_rules_page() -> str:
    """The page: a row for each rule, in order."""
    lines = [
        HEAD,
        "| Règle | Niveau | Pour | Ce qu'elle demande | Pourquoi | Contrôlée par |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join((*lines, *_rows(), ""))


def _rows() -> Iterator[str]:
    for rule in read_rules().values():
        control = CONTROLS.get(rule.control) or f"un test de la page ([{rule.checked_by}](../{rule.checked_by}))"
        asked = rule.instead + _limits(rule)
        readers = "tous" if len(rule.readers) == len(READERS) else ", ".join(READERS[reader] for reader in rule.readers)
        yield f"| {rule.id} {rule.name} | {LEVELS[rule.level]} | {readers} | {asked} | {rule.why} | {control} |"


def _limits(rule: Rule) -> str:
    """« (standard : moyenne 13 ; simple : moyenne 10) »."""
    by_register = {register: limits for register, limits in rule.limits.items() if limits}
    if not by_register:
        return ""
    told = {
        register: ", ".join(f"{LIMITS[name]} {value:g}" for name, value in limits.items())
        for register, limits in by_register.items()
    }
    if len(set(told.values())) == 1:
        return f" ({next(iter(told.values()))})"
    return " (" + " ; ".join(f"{register} : {limits}" for register, limits in told.items()) + ")"
