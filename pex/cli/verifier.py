"""`pex verifier`: can this file be read, and what must be corrected in it?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pex.cli.files import count, read_file
from pex.cli.french import FrenchCommand
from pex.cli.options import columns_option, day_option, file_argument


@click.command("verifier", cls=FrenchCommand)
@file_argument()
@columns_option()
@day_option()
def command(file: Path, columns: Path | None, day: date | None) -> int:
    """Vérifie FICHIER sans rien produire : comment il est lu, ce qui est refusé et comment
    le corriger, ce qui est accepté mais bizarre.

    \b
    Exemples :
      pex verifier menages.xlsx
      pex verifier export.csv --colonnes mes_colonnes.yaml
    """
    reading = read_file(file, columns, day or date.today())
    click.echo(reading.description())
    if reading.warnings:
        click.echo("\nAccepté, mais à vérifier :")
        for warning in reading.warnings:
            click.echo(f"  - {warning}")
    if reading.problems:
        problems = count(len(reading.problems), "valeur", "valeurs")
        click.echo(f"\n{problems} à corriger (voir plus haut). Les autres ménages peuvent être traités.")
        return 1
    click.echo("\nRien à corriger.")
    return 0
