"""`pex droit`: the law as pex knows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import Day

if TYPE_CHECKING:
    from pex.law import Law, Rule, Version


@click.command("droit", cls=FrenchCommand)
@click.argument("rule_id", metavar="[REGLE]", required=False)
@click.option("--le", "day", metavar="DATE", type=Day(), help="Seulement la version en vigueur ce jour-là.")
def command(rule_id: str | None, day: date | None) -> None:
    """Montre les règles de droit que pex connaît, ou une seule, avec ses versions, ses articles,
    ce qui est sûr et ce qui est à confirmer, et le jour de la dernière vérification.

    \b
    Exemples :
      pex droit
      pex droit delai_pour_payer
      pex droit treve_hivernale --le 15/01/2027
    """
    from pex.law import read_law

    law = read_law()
    if rule_id is None:
        click.echo(_list(law, day))
    else:
        click.echo(_one(law.rule(rule_id), law, day))


def _list(law: Law, day: date | None) -> str:
    lines = []
    for rule in law.rules.values():
        versions = _shown(rule, day)
        length = _length(versions[-1]) if versions else "pas encore en vigueur"
        lines.append(f"{rule.id:<42} {length:<28} {rule.name}")
    return "\n".join([*lines, "", "Pour une règle, ses articles et ses versions : pex droit REGLE"])


def _one(rule: Rule, law: Law, day: date | None) -> str:
    from pex.cli.show import BOUND, CERTAINTIES
    from pex.dates import write_date

    starts = ", ".join(law.events[event].name for event in rule.runs_from)
    lines = [
        rule.name,
        "=" * len(rule.name),
        f"Nom dans pex : {rule.id}",
        f"Pour : {BOUND.get(rule.binds, rule.binds)}",
        f"À partir de : {starts}",
        f"Certitude : {CERTAINTIES[rule.certainty]}",
        f"Dernière vérification : {write_date(rule.last_checked)}",
    ]
    versions = _shown(rule, day)
    if not versions and day:
        lines += ["", f"Aucune version connue le {write_date(day)}."]
    for version in versions:
        lines += ["", *_version(version)]
    return "\n".join(lines)


def _shown(rule: Rule, day: date | None) -> list[Version]:
    from pex.errors import LawError

    if day is None:
        return list(rule.versions)
    try:
        return [rule.version_at(day)]
    except LawError:
        return []


def _version(version: Version) -> list[str]:
    from pex.cli.show import CERTAINTIES
    from pex.dates import write_date

    lines = [f"Depuis le {write_date(version.since)} : {_length(version)}"]
    if version.certainty:
        lines.append(f"  Certitude : {CERTAINTIES[version.certainty]}")
    if version.note:
        lines.append(f"  {version.note.strip()}")
    for reference in version.references:
        lines.append(f"  {reference.title}" + (f"\n    {reference.href}" if reference.href else ""))
    return lines


def _length(version: Version) -> str:
    if version.durations:
        return ", ".join(f"{choice} : {period}" for choice, period in version.durations.items())
    if version.window:
        first, last = (_day_month(day) for day in (version.window.first_day, version.window.last_day))
        return f"du {first} au {last}"
    return str(version.duration) if version.duration else "durée non écrite ici"


def _day_month(text: str) -> str:
    """« 11-01 » → « 01/11 »."""
    month, day = text.split("-")
    return f"{day}/{month}"
