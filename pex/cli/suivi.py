"""`pex suivi`: the maintenance of the application's data, without opening it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import Existing, Target
from pex.errors import PexError


class Group(FrenchCommand, click.Group):
    """The group of maintenance commands, listed and corrected in French."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes "):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(70)) for name in self.list_commands(ctx)])
        super().format_options(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            ctx.fail(f"La commande « suivi {args[0]} » n'existe pas. {did_you_mean(args[0], list(self.commands))}")
        return super().resolve_command(ctx, args)


@click.group(
    "suivi", cls=Group, subcommand_metavar="COMMANDE [ARGUMENTS]", options_metavar="[OPTIONS]", no_args_is_help=True
)
@click.option(
    "--donnees", "folder", metavar="DIR", type=Target(),
    help="Dossier des données. Sans cette option : celui de votre session, ou PEX_DONNEES.",
)  # fmt: skip
@click.pass_context
def command(ctx: click.Context, folder: Path | None) -> None:
    """Entretient les données de l'application : sauvegardes, purge, journal, lots interrompus.

    \b
    Exemples :
      pex suivi sauvegarder
      pex suivi purger
      pex suivi restaurer sauvegardes/sauvegarde-20261126-080000-000000.sqlite3
    """
    ctx.obj = folder


def _with_data(*, alone: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """A command that works on the database; `alone`: not while the application is open on the same data."""

    def decorate(work: Callable[..., Any]) -> Any:
        @click.pass_context
        @wraps(work)
        def run(ctx: click.Context, *args: Any, **options: Any) -> Any:
            with _data(ctx.obj, alone=alone):
                return work(*args, **options)

        return run

    return decorate


@contextmanager
def _data(folder: Path | None, *, alone: bool) -> Iterator[None]:
    try:
        import django
    except ImportError as error:
        raise PexError("Il manque l'application : installez-la avec « pip install pex-expulsions[web] ».") from error
    from pex.folders import data_folder

    place = (folder or data_folder()).resolve()
    if not (place / "pex.sqlite3").is_file():
        raise PexError(f"Le dossier « {place} » ne contient pas de données de pex. Vérifiez --donnees.")
    os.umask(0o077)
    os.environ["PEX_DONNEES"] = str(place)
    os.environ["DJANGO_SETTINGS_MODULE"] = "pex.web.settings.local"
    django.setup()
    from pex.web.database import prepare
    from pex.web.instance import AlreadyOpen, only_one

    if not alone:
        prepare(place / "pex.sqlite3")
        yield
        return
    try:
        with only_one(place):
            prepare(place / "pex.sqlite3")
            yield
    except AlreadyOpen:
        raise PexError("pex est ouvert sur ces données. Fermez-le, puis recommencez.") from None


@command.command("sauvegarder", cls=FrenchCommand, short_help="Copie la base et vérifie la copie.")
@_with_data()
def sauvegarder() -> None:
    """Copie toute la base et vérifie la copie. Les anciennes sauvegardes sont triées : une par jour pendant
    une semaine, une par semaine pendant un mois, une par mois pendant trois mois."""
    from pex.tracker.backup import back_up, forget_old_backups

    made = back_up()
    gone = forget_old_backups(date.today())
    click.echo(f"Sauvegarde faite et vérifiée ({made.dossiers} dossiers) : {made.path}")
    if gone:
        click.echo(f"Anciennes sauvegardes supprimées : {gone}.")


@command.command("sauvegardes", cls=FrenchCommand, short_help="Liste les sauvegardes et les relit.")
@_with_data()
def sauvegardes() -> int:
    """Liste les sauvegardes et les relit une par une."""
    from pex.tracker.backup import backups, check

    found = [check(item.path) for item in backups()]
    for item in found:
        click.echo(f"{item.path.name} : {item.problem or f'bonne, {item.dossiers} dossiers'}")
    if not found:
        click.echo("Il n'y a pas de sauvegarde. Tapez « pex suivi sauvegarder ».")
    return 1 if any(item.problem for item in found) else 0


@command.command("restaurer", cls=FrenchCommand, short_help="Remet une sauvegarde à la place des données.")
@click.argument("path", metavar="FICHIER", type=Existing())
@_with_data(alone=True)
def restaurer(path: Path) -> None:
    """Remet une sauvegarde à la place des données. L'état présent est d'abord sauvegardé.

    Les ménages purgés depuis ne reviennent pas.
    """
    from pex.tracker.backup import restore

    done = restore(path, date.today())
    click.echo(f"Sauvegarde remise : {done['dossiers']} dossiers, dont {done['purges_refaites']} purgés de nouveau.")


@command.command("verifier-journal", cls=FrenchCommand, short_help="Vérifie que rien n'a été changé dans le journal.")
@_with_data()
def verifier_journal() -> int:
    """Relit le journal : aucune ligne changée, aucune enlevée, pas même à la fin (d'après les sauvegardes)."""
    from pex.tracker.backup import journal_heads
    from pex.tracker.journal import holds, verify

    state = verify()
    if not state.intact:
        click.echo(f"Le journal a été modifié : la ligne {state.broken_at} n'est pas celle qui a été écrite.", err=True)
        return 1
    cut = [path.name for path, head in sorted(journal_heads().items()) if not holds(head)]
    if cut:
        click.echo(f"Le journal a perdu des lignes qui étaient dans la sauvegarde {cut[0]}.", err=True)
        return 1
    click.echo(f"Le journal est intact : {state.count} lignes.")
    return 0


@command.command("purger", cls=FrenchCommand, short_help="Montre ou supprime ce qui a dépassé sa durée.")
@click.option("--faire", "really", is_flag=True, help="Purge. Sans cette option : montre seulement ce qui partirait.")
@click.option("--horloge-juste", "sure", is_flag=True, help="La date du PC est juste, même si elle surprend pex.")
@_with_data(alone=True)
def purger(really: bool, sure: bool) -> None:
    """Montre ce qui a dépassé sa durée de conservation ; avec --faire, le supprime et donne un certificat.

    Un dossier ouvert n'est jamais purgé. Une purge ne se défait pas.
    """
    from pex.tracker.office import titulaire
    from pex.tracker.retention import certificate_text, due, purge

    account = titulaire()
    if really:
        click.echo(certificate_text(purge(account, date.today(), sure_of_the_day=sure)))
        return
    found = due(account, date.today())
    for item in found.dossiers:
        click.echo(f"{item.reference} : à supprimer, dernier contact ou clôture le {item.since:%d/%m/%Y}.")
    for item in found.soon:
        click.echo(f"{item.reference} : à supprimer à partir du {item.due_on:%d/%m/%Y}.")
    click.echo(
        f"Dossiers : {len(found.dossiers)}. Notes : {found.notes}. Courriers : {found.letters}. "
        f"Lignes du journal : {found.journal}. Gardés pour un motif : {found.held}."
    )
    click.echo("Rien n'est supprimé. Pour purger : pex suivi purger --faire")


@command.command("reprendre", cls=FrenchCommand, short_help="Finit les lots de courriers interrompus.")
@_with_data()
def reprendre() -> None:
    """Finit les lots de courriers interrompus : ce qui est fait n'est pas refait."""
    from pex.tracker.batches import work_once

    count = 0
    while work_once():
        count += 1
    click.echo(f"Lots terminés : {count}." if count else "Aucun lot n'attend.")


@command.command("recalculer", cls=FrenchCommand, short_help="Calcule de nouveau toutes les échéances.")
@_with_data()
def recalculer() -> None:
    """Calcule de nouveau toutes les échéances, par exemple après un changement du droit."""
    from pex.tracker.assess import reassess

    *_, done = (0, *reassess(date.today(), everything=True))
    click.echo(f"Dossiers calculés : {done}.")
