"""`pex frise`: the timeline of each household of a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pex.cli.files import read_file, run
from pex.cli.french import FrenchCommand
from pex.cli.options import (
    Formats,
    OneOf,
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
@click.option(
    "--version", "version", metavar="V", type=OneOf("complete", "peu_de_mots", "images"), default="complete",
    help="complete ; peu_de_mots ; images : sans mots, à montrer en parlant. Sans cette option : complete.",
)  # fmt: skip
@click.option(
    "--papier", "paper", metavar="P", type=OneOf("a4", "a3", "bande"), default="a4",
    help="a4 ; a3, pour un entretien ; bande : un A4 à plier en trois (pdf, svg, png). Sans cette option : a4.",
)  # fmt: skip
@click.option(
    "--gros-caracteres",
    "large",
    is_flag=True,
    help="Lettres de 16 points (14 s'il y a beaucoup à dire), sur deux pages au plus.",
)
@day_option()
@profile_option("Dossier de votre département : il donne le numéro à appeler.")
@columns_option()
@processes_option()
@overwrite_option()
def command(
    file: Path,
    folder: Path,
    formats: tuple[str, ...],
    version: str,
    paper: str,
    large: bool,
    day: date | None,
    profile: Path | None,
    columns: Path | None,
    processes: int | None,
    overwrite: bool,
) -> int:
    """Dessine la frise de chaque ménage de FICHIER : où il en est, ce qui peut suivre, ce qu'il
    peut faire. Les fichiers s'appellent REFERENCE_frise.pdf ; le nom dit aussi la version et le
    papier. Une page html se lit sur un téléphone : le papier ne change que son impression.

    \b
    Exemples :
      pex frise menages.xlsx --sortie frises
      pex frise dossier.yaml --sortie frises --formats png,svg --profil mon_profil
      pex frise dossier.yaml --sortie frises --papier a3 --version peu_de_mots
      pex frise dossier.yaml --sortie frises --gros-caracteres
    """
    from pex.batch import REFUSED, Order
    from pex.cli.courriers import tell
    from pex.errors import PexError
    from pex.outputs.timeline_sheet import Sheet

    sheet = Sheet(paper, large)
    try:
        for kind in formats:
            sheet.check(kind)
    except PexError as error:
        raise click.UsageError(str(error), click.get_current_context()) from None
    today = day or date.today()
    reading = read_file(file, columns, today)
    order = Order("frise", folder, formats, today, profile, overwrite=overwrite, version=version, sheet=sheet)
    outcomes = run(reading.dossiers, order, processes, "Frises")
    tell("Frises", outcomes, folder)
    return 1 if reading.problems or any(outcome.state == REFUSED for outcome in outcomes) else 0
