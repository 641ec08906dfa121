"""Every rule of the law data as one Markdown page, for a lawyer to read and to mark."""

from __future__ import annotations

from collections.abc import Iterator

from pex.dates import write_date
from pex.law import Law, Reference, Rule, Version
from pex.law.wording import (
    BOUND,
    CERTAINTIES,
    CHOSEN_BY,
    COUNTED,
    LANDLORDS,
    MOVES,
    write_choice_of_length,
    write_condition,
    write_length,
)

HEAD = """# Le droit dans pex

Cette page est écrite par `pex droit --page docs/droit.md` à partir de `pex/law/`. Ne la corrigez pas à la main :
corrigez les données, puis écrivez la page de nouveau (`make docs`). Elle n'est pas un conseil juridique.

**certaine** : le texte a été lu, ou plusieurs sources s'accordent. **discutée** : les juges ou les auteurs ne sont pas
d'accord ; la date la plus proche est montrée. **à confirmer** : une seule source, ou un texte qui n'a pas pu être lu.
"""


def write_law_page(law: Law) -> str:
    """The page: a table of the rules, then each rule with its versions, suspensions, and checks."""
    return "\n".join((HEAD, *_table(law), *_rules(law), *_suspensions(law), *_tracks(law), *_checks(law), ""))


def _table(law: Law) -> Iterator[str]:
    yield "| Règle | Pour | Dernière version connue | Certitude |"
    yield "|---|---|---|---|"
    for rule in law.rules.values():
        version = rule.versions[-1]
        certainty = CERTAINTIES[version.certainty or rule.certainty]
        says = f"{write_choice_of_length(rule, version)}, depuis le {version.since:%d/%m/%Y}"
        yield f"| [{rule.name}](#{rule.id}) | {BOUND[rule.binds]} | {says} | {certainty} |"


def _rules(law: Law) -> Iterator[str]:
    yield "\n## Les règles"
    for rule in law.rules.values():
        yield f'\n<a id="{rule.id}"></a>\n### {rule.name}\n'
        yield from (f"- {line}" for line in _facts(rule, law))
        yield "\n| Depuis le | Ce que dit la règle | Certitude | Articles |"
        yield "|---|---|---|---|"
        for version in rule.versions:
            yield _version(rule, version)


def _facts(rule: Rule, law: Law) -> Iterator[str]:
    yield f"Nom dans pex : `{rule.id}`"
    yield f"Qui doit agir ou attendre : {BOUND[rule.binds]}"
    starts = " ; ".join(f"« {law.events[event].name} »" for event in rule.runs_from)
    yield f"À partir de : {starts}" if starts else "Citée : aucune date n'en part."
    yield f"Façon de compter : {COUNTED[rule.counted]}" + _other_rule(rule, law)
    yield f"Ce qui choisit la version : {CHOSEN_BY[rule.version_chosen_by]}"
    if rule.runs_from:
        yield f"Prolongée si elle finit un samedi, un dimanche ou un jour férié : {MOVES[rule.moves_off_holidays]}"
    if rule.landlords:
        yield f"Seulement pour : {', '.join(LANDLORDS[kind] for kind in rule.landlords)}"
    if rule.only_when:
        yield f"Seulement si : {write_condition(rule.only_when, law)} (`{rule.only_when}`)"
    if rule.overtaken_by:
        yield f"Sans objet après : {', '.join(law.events[event].name for event in rule.overtaken_by)}"
    yield f"Dernière vérification : {write_date(rule.last_checked)}"


def _other_rule(rule: Rule, law: Law) -> str:
    return f" ; {law.rules[rule.after_rule].name}" if rule.after_rule else ""


def _version(rule: Rule, version: Version) -> str:
    says = write_length(rule, version) + (f". {version.note}" if version.note else "")
    certainty = CERTAINTIES[version.certainty or rule.certainty]
    return f"| {write_date(version.since)} | {says} | {certainty} | {_cited(version.references)} |"


def _suspensions(law: Law) -> Iterator[str]:
    yield "\n## Ce qui suspend la procédure, et ce qui y met fin\n"
    for item in law.suspensions.values():
        yield f"- **{item.name}** ({CERTAINTIES[item.certainty]}). {item.ends_when} {_cited(item.references)}"


def _tracks(law: Law) -> Iterator[str]:
    yield "\n## Ce qui avance à côté de la procédure\n"
    for item in law.tracks.values():
        events = ", ".join(law.events[event].name for event in item.events)
        ends = ", ".join(law.events[event].name for event in item.ends)
        yield f"- **{item.name}** : {events}." + (f" Se termine par : {ends}." if ends else "")


def _checks(law: Law) -> Iterator[str]:
    yield "\n## Ce que pex signale\n"
    yield "| Nom | Message | Ce que cela peut changer | Articles |"
    yield "|---|---|---|---|"
    for check in law.checks.values():
        yield f"| `{check.id}` | {check.message} | {check.effect or ''} | {_cited(check.references)} |"


def _cited(references: tuple[Reference, ...]) -> str:
    return " ; ".join(f"[{item.title}]({item.href})" if item.href else item.title for item in references)
