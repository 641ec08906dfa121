"""`pex web`: the application, on this PC only."""

from __future__ import annotations

from pathlib import Path

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import Count, Target
from pex.errors import PexError


@click.command("web", cls=FrenchCommand)
@click.option("--exemple", "example", is_flag=True, help="Ouvre 200 ménages inventés, pour essayer.")
@click.option("--sans-navigateur", "quiet", is_flag=True, help="Affiche l'adresse sans ouvrir le navigateur.")
@click.option("--port", metavar="N", type=Count(), help="Port d'écoute. Sans cette option : un port libre est choisi.")
@click.option(
    "--donnees", "folder", metavar="DIR", type=Target(),
    help="Dossier des données. Sans cette option : celui de votre session, ou PEX_DONNEES.",
)  # fmt: skip
def command(example: bool, quiet: bool, port: int | None, folder: Path | None) -> None:
    """Ouvre pex dans le navigateur : dossiers, courriers, frises, commission. Tout reste sur ce PC.

    \b
    Exemples :
      pex web
      pex web --exemple
      pex web --donnees D:\\pex --sans-navigateur
    """
    try:
        import django  # noqa: F401
        import waitress  # noqa: F401
    except ImportError as error:
        raise PexError("Il manque l'application : installez-la avec « pip install pex-expulsions[web] ».") from error
    from pex.folders import data_folder
    from pex.web.serve import Wish, serve

    place = (folder or data_folder()).resolve()
    serve(
        Wish(place / "exemple" if example else place, port or 0, browser=not quiet, example=example),
        lambda sentence: click.echo(sentence),
    )
