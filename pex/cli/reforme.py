"""`pex reforme`: which computed dates change with a new text, or from one day to the next."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from pex.cli.files import read_file
from pex.cli.french import FrenchCommand
from pex.cli.options import Day, Existing, columns_option, json_option, profile_option

READABLE = (".yaml", ".yml", ".json", ".csv", ".xlsx", ".ods")


class Files(Existing):
    """A file, or a folder of files."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "chemin"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value)).expanduser()
        return path if path.is_dir() else super().convert(value, param, ctx)


@click.command("reforme", cls=FrenchCommand)
@click.argument("paths", metavar="CHEMIN…", nargs=-1, required=True, type=Files())
@click.option(
    "--texte", "draft", metavar="F.yaml", type=Existing(),
    help="Versions nouvelles de règles, écrites comme dans le droit de pex.",
)  # fmt: skip
@click.option(
    "--le", "day", metavar="DATE", type=Day(),
    help="Jour du calcul ; sans --texte, les dates de la veille et de ce jour sont comparées.",
)  # fmt: skip
@json_option()
@columns_option()
@profile_option("Dossier de votre département : il donne le territoire (jours fériés, trêve locale).")
def command(
    paths: tuple[Path, ...],
    draft: Path | None,
    day: date | None,
    as_json: bool,
    columns: Path | None,
    profile: Path | None,
) -> int:
    """Répète une réforme sur vos dossiers : quelles dates changent avec un nouveau texte, ou un jour donné.

    CHEMIN est un fichier de dossiers, ou un dossier qui en contient. Rien n'est modifié.

    \b
    Exemples :
      pex reforme dossiers/ --le 01/01/2027
      pex reforme menages.xlsx --texte projet_de_decret.yaml --le 01/03/2027

    \b
    Un texte à essayer s'écrit ainsi :
      delai_pour_payer:
        versions:
          2027-03-01: {duration: 1 month, note: "Projet"}
    """
    from pex.cli.situation import show_hypothesis
    from pex.errors import UnreadableFile
    from pex.law import read_law
    from pex.profile import Profile, read_profile
    from pex.timeline import build_timeline

    if draft is None and day is None:
        raise click.UsageError("Donnez un texte à essayer (--texte), ou un jour (--le).", click.get_current_context())
    law, place = read_law(), read_profile(profile) if profile else Profile()
    today = day or date.today()
    eve = today if draft is not None else today - timedelta(days=1)
    changed_law = read_law(draft=draft) if draft is not None else law
    pairs, refused = [], False
    files = _files(paths)
    for path in files:
        try:
            reading = read_file(path, columns, today, named=len(files) > 1)
        except UnreadableFile as error:
            if len(files) == 1:
                raise
            # One file that is not a list of households does not stop the others.
            click.echo(str(error), err=True)
            refused = True
            continue
        refused = refused or bool(reading.problems)
        for dossier in map(place.place, reading.dossiers):
            pairs.append((build_timeline(dossier, law, eve), build_timeline(dossier, changed_law, today)))
    show_hypothesis(pairs, as_json)
    return 1 if refused else 0


def _files(paths: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(item for item in path.rglob("*") if item.suffix.lower() in READABLE)
        else:
            found.append(path)
    if not found:
        raise click.UsageError("Aucun fichier de dossiers ici. Donnez un fichier, ou un dossier qui en contient.")
    return found
