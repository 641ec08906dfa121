"""The command `pex`: reads, calls and shows. A file of this folder for each command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from pex import __version__
from pex.cli.french import FrenchCommand, did_you_mean, explain
from pex.errors import PexError

# The help of `pex` is printed from here, so that it starts without importing any command.
COMMANDS = {
    "demo": "Fabrique les courriers et les frises des ménages d'exemple.",
    "situation": "Dit où en est chaque ménage d'un fichier : étape, échéances, solutions.",
    "calculer": "Calcule des échéances sans fichier, par exemple au téléphone.",
    "courriers": "Écrit le courrier qui convient à chaque ménage d'un fichier.",
    "frise": "Dessine la frise de chaque ménage d'un fichier.",
    "entretien": "Prépare la page d'entretien de chaque ménage, sa frise au dos.",
    "verifier": "Vérifie un fichier sans rien produire.",
    "profil": "Vérifie le profil d'un département : services, papier à en-tête, textes.",
    "lisibilite": "Relit un texte en langage clair : quoi changer, pourquoi, quoi écrire.",
    "essai": "Prépare l'essai d'un courrier avec des lecteurs.",
    "pictogrammes": "Montre les pictogrammes, en cherche, en exporte.",
    "kit": "Fabrique la mallette : cartes, affiches, guide d'animation, tests.",
    "reforme": "Montre quelles dates changent avec un nouveau texte ou un jour donné.",
    "web": "Ouvre l'application : dossiers, courriers, frises, sur ce PC seulement.",
    "suivi": "Entretient les données de l'application : sauvegardes, purge, journal.",
    "droit": "Montre les règles de droit que pex connaît, et leurs articles.",
}

DONE, REFUSED, WRONG_USE = 0, 1, 2


class LazyGroup(FrenchCommand, click.Group):
    """The group of commands: imports the one that is called, and tells every problem in French."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pex.cli.{name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(f"La commande « {args[0]} » n'existe pas. {did_you_mean(args[0], list(COMMANDS))}")
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes "):
            formatter.write_dl(list(COMMANDS.items()))
        super().format_options(ctx, formatter)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line, and leave with 0 (done), 1 (some input refused) or 2 (wrong use)."""
        extra["standalone_mode"] = False
        sys.exit(_run(lambda: super(LazyGroup, self).main(args, *rest, **extra)))


def _run(command: Any) -> int:
    try:
        return command() or DONE
    except click.UsageError as error:
        click.echo(explain(error), err=True)
        return WRONG_USE
    except PexError as error:
        click.echo(str(error), err=True)
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        click.echo("Arrêté. Rien n'est laissé à moitié écrit.", err=True)
        return REFUSED
    except OSError as error:
        return _tell(error, f"Un fichier ou un dossier ne peut pas être utilisé : {error.strerror} ({error.filename}).")
    except Exception as error:
        return _tell(
            error,
            f"pex s'est arrêté à cause d'une erreur de programmation ({type(error).__name__}). "
            "Dites aux auteurs de pex quelle commande vous avez tapée, sans donnée personnelle. "
            "Pour leur donner le détail : relancez avec PEX_TRACE=1.",
        )


def _tell(error: Exception, sentence: str) -> int:
    if os.environ.get("PEX_TRACE") == "1":
        raise error
    click.echo(sentence, err=True)
    return REFUSED


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    subcommand_metavar="COMMANDE [ARGUMENTS]",
    options_metavar="[OPTIONS]",
    context_settings={"max_content_width": 100},
)
@click.version_option(__version__, prog_name="pex", message="pex %(version)s", help="Affiche la version de pex.")
@click.pass_context
def main(ctx: click.Context) -> None:
    """pex aide à prévenir les expulsions : à partir des dates d'un dossier, il calcule les
    échéances et écrit des courriers et des frises faciles à lire.

    \b
    Pour commencer :
      pex demo                                      des exemples, dans le dossier out
      pex verifier menages.xlsx                     ce fichier peut-il être lu ?
      pex situation menages.xlsx                    où en est chaque ménage
      pex courriers menages.xlsx --sortie courriers --profil profil

    \b
    Chaque commande a son aide, avec des exemples :
      pex courriers --help

    Rien n'est envoyé sur Internet. Code de retour : 0 si tout est fait, 1 si une partie
    du fichier est refusée, 2 si la commande est mal écrite.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
