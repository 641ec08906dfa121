"""`pex droit`: the law as pex knows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import Day, Target, overwrite_option
from pex.law.wording import BOUND, CERTAINTIES, write_length

if TYPE_CHECKING:
    from pex.law import Law, Rule, Version


@click.command("droit", cls=FrenchCommand)
@click.argument("rule_id", metavar="[REGLE]", required=False)
@click.option("--le", "day", metavar="DATE", type=Day(), help="Seulement la version en vigueur ce jour-là.")
@click.option("--graphe", "drawing", metavar="F.svg", type=Target(), help="Dessine la procédure et ses délais.")
@click.option("--page", "page", metavar="F.md", type=Target(), help="Écrit toutes les règles dans une page Markdown.")
@overwrite_option()
def command(rule_id: str | None, day: date | None, drawing: Path | None, page: Path | None, overwrite: bool) -> None:
    """Montre les règles de droit que pex connaît, ou une seule, avec ses versions, ses articles,
    ce qui est sûr et ce qui est à confirmer, et le jour de la dernière vérification.

    \b
    Exemples :
      pex droit
      pex droit delai_pour_payer
      pex droit treve_hivernale --le 15/01/2027
      pex droit --graphe procedure.svg
    """
    from pex.batch import save
    from pex.law import read_law

    law = read_law()
    if drawing is not None:
        from pex.outputs.law_graph import draw_law

        save(drawing.parent, {drawing.name: draw_law(law, day or date.today())}, overwrite=overwrite)
        click.echo(f"Dessin écrit : {drawing}")
    if page is not None:
        from pex.outputs.law_page import write_law_page

        save(page.parent, {page.name: write_law_page(law).encode()}, overwrite=overwrite)
        click.echo(f"Page écrite : {page}")
    if drawing is not None or page is not None:
        return
    if rule_id is None:
        click.echo(_list(law, day))
    else:
        click.echo(_one(law.rule(rule_id), law, day))


def _list(law: Law, day: date | None) -> str:
    lines = []
    for rule in law.rules.values():
        versions = _shown(rule, day)
        length = write_length(versions[-1]) if versions else "pas encore en vigueur"
        lines.append(f"{rule.id:<42} {length:<28} {rule.name}")
    lines += ["", "Pour une règle, ses articles et ses versions : pex droit REGLE"]
    if stale := law.rules_to_check(day or date.today()):
        lines += [
            "",
            f"À vérifier de nouveau : ces règles n'ont pas été relues depuis plus d'un an ({len(stale)}).",
            *(f"  {rule.id} (vérifiée le {rule.last_checked:%d/%m/%Y})" for rule in stale),
            "Relisez les articles cités, corrigez pex/law/dated_rules.yaml s'il le faut, puis changez last_checked.",
        ]
    return "\n".join(lines)


def _one(rule: Rule, law: Law, day: date | None) -> str:
    from pex.dates import write_date

    starts = (
        ", ".join(law.events[event].name for event in rule.runs_from) or "cette règle est citée, aucune date n'en part"
    )
    lines = [
        rule.name,
        "=" * len(rule.name),
        f"Nom dans pex : {rule.id}",
        f"Pour : {BOUND.get(rule.binds, rule.binds)}",
        f"À partir de : {starts}",
        f"Certitude : {CERTAINTIES[rule.certainty]}",
        f"Dernière vérification : {write_date(rule.last_checked)}",
    ]
    if rule in law.rules_to_check(day or date.today()):
        lines.append("À vérifier de nouveau : plus d'un an depuis la dernière vérification.")
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
    from pex.dates import write_date

    lines = [f"Depuis le {write_date(version.since)} : {write_length(version)}"]
    if version.certainty:
        lines.append(f"  Certitude : {CERTAINTIES[version.certainty]}")
    if version.note:
        lines.append(f"  {version.note.strip()}")
    for reference in version.references:
        lines.append(f"  {reference.title}" + (f"\n    {reference.href}" if reference.href else ""))
    return lines
