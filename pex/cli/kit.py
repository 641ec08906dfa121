"""`pex kit`: cards, poster, guide, sheets and tests for a conversation around a table."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import day_option, folder_option, overwrite_option, profile_option


@click.command("kit", cls=FrenchCommand)
@folder_option()
@profile_option("Dossier de votre département : il donne les numéros locaux. Sans lui : les numéros nationaux.")
@day_option()
@overwrite_option()
def command(folder: Path, profile: Path | None, day: date | None, overwrite: bool) -> None:
    """Fabrique la mallette : cartes à découper, affiches, guide d'animation, page d'entretien, test des
    pictogrammes, numéros à garder. Des PDF prêts à imprimer, avec leurs repères de coupe.

    Le fichier lisez_moi.pdf dit à quoi sert chaque feuille, sur quel papier et comment l'imprimer.

    \b
    Exemples :
      pex kit --sortie mallette --profil mon_profil
      pex kit --sortie mallette --le 01/01/2027
    """
    from pex.batch import prepare_folder, save
    from pex.cli.files import count
    from pex.kit import make_kit
    from pex.law import read_law
    from pex.profile import Profile, read_profile

    kit = make_kit(read_profile(profile) if profile else Profile(), read_law(), day or date.today())
    prepare_folder(folder)
    save(folder, kit.contents, overwrite=overwrite)
    click.echo(f"{count(len(kit.contents), 'fichier', 'fichiers')} : {folder}. Commencez par lisez_moi.pdf.")
    for reason in kit.left_out:
        click.echo(f"Non fait. {reason}", err=True)
