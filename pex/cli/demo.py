"""`pex demo`: the letters and timelines of the invented households."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.files import count, read_file, run
from pex.cli.french import FrenchCommand
from pex.cli.options import Day, Target

if TYPE_CHECKING:
    from pex.batch import Outcome
    from pex.dossier import Dossier


@click.command("demo", cls=FrenchCommand)
@click.option(
    "--sortie", "folder", metavar="DIR", type=Target(), default="out",
    help="Dossier où écrire. Sans cette option : out.",
)  # fmt: skip
@click.option(
    "--le", "day", metavar="DATE", type=Day(),
    help="Jour du calcul. Sans cette option : le jour prévu pour les exemples.",
)  # fmt: skip
def command(folder: Path, day: date | None) -> int:
    """Fabrique les courriers (docx, pdf, html) et les frises (pdf, svg, png, html, docx) des
    ménages d'exemple, et une page index.html pour les regarder. Tout y est inventé.

    \b
    Exemples :
      pex demo
      pex demo --sortie essai --le 01/02/2027
    """
    from pex.batch import REFUSED, Order
    from pex.cli.courriers import tell
    from pex.folders import EXAMPLES

    today = day or _day_of_examples(EXAMPLES / "demo.yaml")
    reading = read_file(EXAMPLES / "menages.yaml", None, today)
    profile = EXAMPLES / "profil"
    letters = Order("courrier", folder, ("docx", "pdf", "html"), today, profile, overwrite=True)
    timelines = Order("frise", folder, ("pdf", "svg", "png", "html", "docx"), today, profile, overwrite=True)
    made = run(reading.dossiers, letters, None, "Courriers")
    drawn = run(reading.dossiers, timelines, None, "Frises")
    index = _write_index(reading.dossiers, [*made, *drawn], folder, today)
    tell("Courriers (docx, pdf, html)", made, folder)
    tell("Frises (pdf, svg, png, html, docx)", drawn, folder)
    _say_where_to_look(count(len(reading.dossiers), "ménage", "ménages"), index, profile)
    return 1 if any(outcome.state == REFUSED for outcome in (*made, *drawn)) else 0


def _day_of_examples(path: Path) -> date:
    import yaml

    day: date = yaml.safe_load(path.read_text(encoding="utf-8"))["le"]
    return day


def _say_where_to_look(households: str, index: Path, profile: Path) -> None:
    click.echo(
        f"\n{households} d'exemple. Tout est inventé (FICTIF).\n"
        f"Pour regarder : ouvrez {index.resolve()} dans un navigateur.\n\n"
        "Pour vos propres ménages :\n"
        f"  1. copiez le profil d'exemple, {profile}, et complétez son fichier profil.yaml ;\n"
        "  2. pex verifier menages.xlsx\n"
        "  3. pex courriers menages.xlsx --sortie courriers --profil mon_profil"
    )


def _write_index(dossiers: Sequence[Dossier], outcomes: Sequence[Outcome], folder: Path, today: date) -> Path:
    from pex.batch import write_file
    from pex.dates import write_date
    from pex.law import read_law
    from pex.letters.compose import person_line
    from pex.outputs.index_page import IndexEntry, write_index
    from pex.timeline import build_timeline

    law = read_law()
    entries = []
    for dossier in dossiers:
        files = [name for item in outcomes if item.reference == dossier.reference for name in item.files]
        entries.append(
            IndexEntry(
                reference=dossier.reference,
                household=", ".join(person_line(person) for person in dossier.menage.personnes),
                stage_label=law.stages[build_timeline(dossier, law, today).stage].name,
                files=tuple((_file_label(name), name) for name in files),
                thumbnail=next((name for name in files if name.endswith("_frise.svg")), None),
            )
        )
    index = folder / "index.html"
    write_file(index, write_index(f"Exemples de pex, au {write_date(today)}", entries))
    return index


def _file_label(name: str) -> str:
    """« EX-1_frise.pdf » → « Frise, pdf »."""
    stem, _, kind = name.rpartition(".")
    return f"{'Frise' if stem.endswith('_frise') else 'Courrier'}, {kind}"
