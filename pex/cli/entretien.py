"""`pex entretien`: the page to fill in with each household of a file, its timeline overleaf."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pex.cli.files import read_file, run
from pex.cli.french import FrenchCommand
from pex.cli.options import (
    Formats,
    columns_option,
    day_option,
    file_argument,
    folder_option,
    overwrite_option,
    processes_option,
    profile_option,
)


@click.command("entretien", cls=FrenchCommand)
@file_argument()
@folder_option()
@click.option(
    "--formats", metavar="F,F", type=Formats(("pdf", "docx")), default="pdf",
    help="pdf ou docx, séparés par une virgule. Sans cette option : pdf.",
)  # fmt: skip
@day_option()
@profile_option("Dossier de votre département : il donne le numéro à appeler.")
@columns_option()
@processes_option()
@overwrite_option()
def command(
    file: Path,
    folder: Path,
    formats: tuple[str, ...],
    day: date | None,
    profile: Path | None,
    columns: Path | None,
    processes: int | None,
    overwrite: bool,
) -> int:
    """Prépare l'entretien avec chaque ménage de FICHIER : une page à remplir ensemble (ce qui est expliqué,
    ce qui est redit, ce que le ménage décide, le prochain rendez-vous), et sa frise au dos.

    À côté, « À quoi ressemble ce papier ? » : les papiers de son étape, dessinés, avec les endroits où regarder.
    Les fichiers s'appellent REFERENCE_entretien.pdf et REFERENCE_papiers.pdf. Ce qui est coché reste sur le
    papier : pex ne le lit pas.

    \b
    Exemples :
      pex entretien menages.xlsx --sortie entretiens --profil mon_profil
      pex entretien dossier.yaml --sortie entretiens --formats pdf,docx
    """
    from pex.batch import REFUSED, Order
    from pex.cli.courriers import tell

    today = day or date.today()
    reading = read_file(file, columns, today)
    order = Order("entretien", folder, formats, today, profile, overwrite=overwrite)
    outcomes = run(reading.dossiers, order, processes, "Entretiens")
    tell("Pages d'entretien", outcomes, folder)
    return 1 if reading.problems or any(outcome.state == REFUSED for outcome in outcomes) else 0
