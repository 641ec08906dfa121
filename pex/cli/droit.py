"""`pex droit`: the law as pex knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import Day, Target, overwrite_option
from pex.law.wording import BOUND, CERTAINTIES, write_choice_of_length, write_length

if TYPE_CHECKING:
    from pex.law import Law, Rule, Version


@click.command("droit", cls=FrenchCommand)
@click.argument("wanted", metavar="[REGLE]", required=False)
@click.option("--le", "day", metavar="DATE", type=Day(), help="Seulement la version en vigueur ce jour-là.")
@click.option("--graphe", "drawing", metavar="F.svg", type=Target(), help="Dessine la procédure et ses délais.")
@click.option("--page", "page", metavar="F.md", type=Target(), help="Écrit toutes les règles dans une page Markdown.")
@click.option("--affiche", "poster", metavar="F.pdf", type=Target(), help="Une affiche de la procédure, à imprimer.")
@click.option(
    "--papier", "paper", type=click.Choice(("a3", "a2")), default="a3", show_default=False,
    help="Avec --affiche : le papier, a3 ou a2. Sans cette option : a3.",
)  # fmt: skip
@overwrite_option()
def command(
    wanted: str | None,
    day: date | None,
    drawing: Path | None,
    page: Path | None,
    poster: Path | None,
    paper: str,
    overwrite: bool,
) -> None:
    """Montre les règles de droit que pex connaît, ou une seule, avec ses versions, ses articles,
    ce qui est sûr et ce qui est à confirmer, et le jour de la dernière vérification.

    REGLE est le nom d'une règle, ou un mot ou un article à chercher.

    \b
    Exemples :
      pex droit
      pex droit delai_pour_payer
      pex droit treve_hivernale --le 15/01/2027
      pex droit meubles
      pex droit "L. 412-6"
      pex droit --graphe procedure.svg
      pex droit --affiche affiche.pdf --papier a2
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
    if poster is not None:
        from pex.outputs.law_poster import draw_poster

        save(poster.parent, {poster.name: draw_poster(law, day or date.today(), paper)}, overwrite=overwrite)
        click.echo(f"Affiche écrite : {poster} ({paper.upper()}). Imprimez-la sans réduire, « taille réelle ».")
    if drawing is not None or page is not None or poster is not None:
        return
    rules = _found(wanted, law) if wanted else list(law.rules.values())
    click.echo(_one(rules[0], law, day) if len(rules) == 1 else _list(rules, law, day))


def _found(wanted: str, law: Law) -> list[Rule]:
    """The rule of that name, or those that hold the word in their name or cite the article.

    Raises LawError, with close names, where there is none.
    """
    from pex.dossier.text import folded

    if wanted in law.rules or not (word := folded(wanted)):
        return [law.rule(wanted)]
    found = [rule for rule in law.rules.values() if word in folded(f"{rule.id} {rule.name}")]
    for rule in law.rules.values():
        cited = (folded(reference.title) for version in rule.versions for reference in version.references)
        if rule not in found and any(word in title for title in cited):
            found.append(rule)
    return found or [law.rule(wanted)]


def _list(rules: Sequence[Rule], law: Law, day: date | None) -> str:
    lines = []
    for rule in rules:
        versions = _shown(rule, day or date.today())
        lines.append(f"{rule.id:<42} {rule.name} : {write_choice_of_length(rule, versions[-1] if versions else None)}")
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
        lines += ["", *_version(rule, version)]
    return "\n".join(lines)


def _shown(rule: Rule, day: date | None) -> list[Version]:
    from pex.errors import LawError

    if day is None:
        return list(rule.versions)
    try:
        return [rule.version_at(day)]
    except LawError:
        return []


def _version(rule: Rule, version: Version) -> list[str]:
    from pex.dates import write_date

    lines = [f"Depuis le {write_date(version.since)} : {write_length(rule, version)}"]
    if version.certainty:
        lines.append(f"  Certitude : {CERTAINTIES[version.certainty]}")
    if version.note:
        lines.append(f"  {version.note.strip()}")
    for reference in version.references:
        lines.append(f"  {reference.title}" + (f"\n    {reference.href}" if reference.href else ""))
    return lines
