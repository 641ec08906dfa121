"""`pex courriers`: the letter that fits each household of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.files import count, read_file, run
from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import (
    Formats,
    OneOf,
    Target,
    columns_option,
    day_option,
    file_argument,
    folder_option,
    overwrite_option,
    processes_option,
    profile_option,
)

if TYPE_CHECKING:
    from pex.batch import Order, Outcome
    from pex.dossier import Dossier
    from pex.errors import Problem

MOST_TOLD = 20
"""Refusals told one by one on the screen; the bordereau holds them all."""
NO_PROFILE = (
    "Il manque --profil : le dossier où sont l'adresse, les téléphones et le signataire de votre service. "
    "Sans lui, les courriers n'auraient pas de numéro à appeler. "
    "Copiez le profil d'exemple, {example}, complétez son fichier profil.yaml, "
    "puis ajoutez --profil et le nom de votre copie."
)


def _list_letters(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the catalogue and leave."""
    if not wanted:
        return
    from pex.letters import letter_ids
    from pex.letters.review import read_review
    from pex.letters.templates import FAMILIES, read_template
    from pex.letters.wording import FAMILY_NAMES

    templates = sorted((read_template(letter_id) for letter_id in letter_ids()), key=lambda t: FAMILIES.index(t.family))
    family = None
    for template in templates:
        if template.family != family:
            family = template.family
            click.echo(f"\n{FAMILY_NAMES[family]}")
        sure = "" if template.certainty == "certaine" else " · droit à confirmer"
        click.echo(f"  {template.id:<36} {template.subject:<40} {read_review(template.id).status}{sure}")
    click.echo("\nPour en écrire un : pex courriers FICHIER --courrier NOM --sortie DOSSIER --profil PROFIL")
    context.exit(0)


def _show_letter(context: click.Context, _option: click.Parameter, letter_id: str | None) -> None:
    """Print all that is known of one letter, and leave."""
    if letter_id is None:
        return
    from pex.cli.letter_card import letter_card
    from pex.letters import letter_ids

    if letter_id not in letter_ids():
        hint = did_you_mean(letter_id, letter_ids())
        raise click.UsageError(f"Le courrier « {letter_id} » n'existe pas. {hint}", context)
    for line in letter_card(letter_id):
        click.echo(line)
    context.exit(0)


@click.command("courriers", cls=FrenchCommand)
@click.option(
    "--montrer", metavar="ID", is_eager=True, expose_value=False, callback=_show_letter,
    help="Montre un courrier : qui écrit à qui, les faits qu'il demande, ses textes de loi, sa relecture.",
)  # fmt: skip
@click.option(
    "--liste", is_flag=True, is_eager=True, expose_value=False, callback=_list_letters,
    help="Montre tous les courriers, leur objet et leur relecture, puis s'arrête.",
)  # fmt: skip
@file_argument()
@folder_option()
@click.option(
    "--formats", metavar="F,F", type=Formats(("docx", "pdf", "html", "txt")), default="docx,pdf",
    help="docx, pdf, html ou txt, séparés par des virgules. Sans cette option : docx,pdf.",
)  # fmt: skip
@click.option("--courrier", "letter_id", metavar="ID", help="Ce courrier-là, au lieu de celui qui convient à l'étape.")
@click.option(
    "--registre", "register", metavar="R", type=OneOf("standard", "simple", "complet"), default="standard",
    help="standard ; simple : grand, une idée par ligne ; complet : avec les calculs et les articles.",
)  # fmt: skip
@click.option("--langue", "language", metavar="L", default="fr", help="Langue des courriers. Sans cette option : fr.")
@profile_option("Dossier de votre département : adresse, téléphones, signataire, logo. Obligatoire.")
@click.option("--fusion", "merged", metavar="F.pdf", type=Target(), help="En plus, un seul PDF pour l'imprimante.")
@processes_option()
@day_option()
@columns_option()
@overwrite_option()
def command(
    file: Path,
    folder: Path,
    formats: tuple[str, ...],
    letter_id: str | None,
    register: str,
    language: str,
    profile: Path | None,
    merged: Path | None,
    processes: int | None,
    day: date | None,
    columns: Path | None,
    overwrite: bool,
) -> int:
    """Écrit, pour chaque ménage de FICHIER, le courrier qui convient à son étape, avec sa frise.

    Les fichiers s'appellent REFERENCE_COURRIER.docx, et un bordereau (bordereau.csv) dit ce qui a
    été fait. Un ménage refusé n'arrête pas les autres. Si le travail est interrompu, relancez la
    même commande : ce qui est déjà fait n'est pas refait.

    \b
    Exemples :
      pex courriers menages.xlsx --sortie courriers --profil mon_profil
      pex courriers menages.xlsx --sortie courriers --profil mon_profil --fusion a_imprimer.pdf
      pex courriers dossier.yaml --sortie courriers --profil mon_profil --courrier assignation
      pex courriers --liste
      pex courriers --montrer assignation
    """
    from pex.batch import REFUSED, Order, write_bordereau

    _check(letter_id, language, profile)
    today = day or date.today()
    reading = read_file(file, columns, today)
    order = Order("courrier", folder, formats, today, profile, letter_id, language, register, overwrite)
    outcomes = run(reading.dossiers, order, processes, "Courriers")
    bordereau = write_bordereau([*outcomes, *refused_at_reading(reading.problems)], folder)
    tell("Courriers", outcomes, folder)
    click.echo(f"Bordereau : {bordereau}")
    if merged:
        _merge(reading.dossiers, order, merged, processes)
    return 1 if reading.problems or any(outcome.state == REFUSED for outcome in outcomes) else 0


def _check(letter_id: str | None, language: str, profile: Path | None) -> None:
    """Refuse at once what would refuse every household."""
    from pex.folders import EXAMPLES, LETTER_TEMPLATES
    from pex.letters import letter_ids

    context = click.get_current_context()
    if profile is None:
        raise click.UsageError(NO_PROFILE.format(example=EXAMPLES / "profil"), context)
    known = letter_ids(language)
    if not known:
        languages = sorted(path.name for path in LETTER_TEMPLATES.iterdir() if letter_ids(path.name))
        raise click.UsageError(
            f"Il n'y a pas de courrier dans la langue « {language} ». {did_you_mean(language, languages)}",
            context,
        )
    if letter_id is not None and letter_id not in known:
        raise click.UsageError(f"Le courrier « {letter_id} » n'existe pas. {did_you_mean(letter_id, known)}", context)


def _merge(dossiers: Sequence[Dossier], order: Order, path: Path, processes: int | None) -> None:
    from pex.batch import merge

    number = merge(dossiers, order, path.resolve(), processes)
    if number:
        click.echo(f"À imprimer recto verso : {path} ({count(number, 'courrier', 'courriers')})")
    else:
        click.echo("Aucun courrier à mettre dans le PDF à imprimer : il n'est pas écrit.")


def refused_at_reading(problems: Iterable[Problem]) -> list[Outcome]:
    """A line of bordereau for each household that could not be read; the value, maybe a name, is left out."""
    from pex.batch import REFUSED, Outcome

    places: dict[str, list[str]] = {}
    for problem in problems:
        line = f"ligne {problem.line}" if problem.line else ""
        where = ", ".join(part for part in (line, f"« {problem.column} »" if problem.column else "") if part)
        places.setdefault(problem.reference or line, []).append(where or "fichier")
    return [
        Outcome("" if key.startswith("ligne ") else key, "", REFUSED, reason=f"À corriger : {' ; '.join(where)}.")
        for key, where in places.items()
    ]


def tell(label: str, outcomes: Sequence[Outcome], folder: Path) -> None:
    """The summary on the output, and on the error stream each refusal and what to do about it."""
    from pex.batch import ALREADY, MADE, NO_LETTER, REFUSED

    refused = [outcome for outcome in outcomes if outcome.state == REFUSED]
    for outcome in refused[:MOST_TOLD]:
        click.echo(f"{outcome.reference} : {outcome.reason}", err=True)
    if len(refused) > MOST_TOLD:
        click.echo(f"… et {count(len(refused) - MOST_TOLD, 'autre refus', 'autres refus')}.", err=True)
    states = Counter(outcome.state for outcome in outcomes)
    parts = [
        count(states[state], one, many)
        for state, one, many in (
            (MADE, "fait", "faits"),
            (ALREADY, "déjà fait", "déjà faits"),
            (NO_LETTER, "sans courrier à cette étape", "sans courrier à leur étape"),
            (REFUSED, "refusé", "refusés"),
        )
        if states[state]
    ]
    click.echo(f"{label} : {', '.join(parts) or 'rien à faire'}. Dossier : {folder}")
