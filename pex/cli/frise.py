"""`pex frise`: the timeline of each household of a file."""

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


@click.command("frise", cls=FrenchCommand)
@file_argument()
@folder_option()
@click.option(
    "--formats", metavar="F,F", type=Formats(("pdf", "svg", "png", "html", "docx", "txt")), default="pdf",
    help="pdf, svg, png, html, docx ou txt, séparés par des virgules. Sans cette option : pdf.",
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
    """Dessine la frise de chaque ménage de FICHIER : où il en est, ce qui peut suivre, ce qu'il
    peut faire. Les fichiers s'appellent REFERENCE_frise.pdf.

    \b
    Exemples :
      pex frise menages.xlsx --sortie frises
      pex frise dossier.yaml --sortie frises --formats png,svg --profil mon_profil
    """
    from pex.batch import REFUSED, Order
    from pex.cli.courriers import tell

    today = day or date.today()
    reading = read_file(file, columns, today)
    order = Order("frise", folder, formats, today, profile, overwrite=overwrite)
    outcomes = run(reading.dossiers, order, processes, "Frises")
    tell("Frises", outcomes, folder)
    return 1 if reading.problems or any(outcome.state == REFUSED for outcome in outcomes) else 0
