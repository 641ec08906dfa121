"""`pex situation`: where each household of a file stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.files import count, read_file
from pex.cli.french import FrenchCommand
from pex.cli.options import columns_option, day_option, file_argument, json_option, profile_option

if TYPE_CHECKING:
    from pex.timeline import Timeline

FEW = 5
"""Up to this many households, everything is shown; beyond, one line each."""


@click.command("situation", cls=FrenchCommand)
@file_argument()
@day_option()
@json_option()
@click.option("--detail", is_flag=True, help=f"Tout montrer, même s'il y a plus de {FEW} ménages.")
@columns_option()
@profile_option("Dossier de votre département : il donne le territoire (jours fériés, trêve locale).")
def command(
    file: Path, day: date | None, as_json: bool, detail: bool, columns: Path | None, profile: Path | None
) -> int:
    """Dit où en est chaque ménage de FICHIER : l'étape, les échéances et pourquoi, les alertes,
    ce qui peut suivre, ce qui peut encore être fait.

    FICHIER est un fichier YAML ou JSON, ou un tableau CSV, XLSX ou ODS (une ligne par ménage).

    \b
    Exemples :
      pex situation menages.xlsx
      pex situation menages.xlsx --le 01/03/2027 --detail
      pex situation export.csv --colonnes mes_colonnes.yaml --json
    """
    from pex.law import read_law
    from pex.profile import Profile, read_profile
    from pex.timeline import build_timeline

    today = day or date.today()
    law, place = read_law(), read_profile(profile) if profile else Profile()
    reading = read_file(file, columns, today)
    timelines = [build_timeline(place.place(dossier), law, today) for dossier in reading.dossiers]
    show(timelines, as_json=as_json, in_full=detail or len(timelines) <= FEW)
    return 1 if reading.problems else 0


def show(timelines: Sequence[Timeline], *, as_json: bool, in_full: bool) -> None:
    """Print the timelines: the JSON contract, everything in words, or one line each."""
    from pex.law import read_law
    from pex.letters import letters_for

    if as_json:
        click.echo(to_json(timelines))
        return
    from pex.cli.show import full_report, one_line

    law = read_law()
    if in_full:
        click.echo("\n\n\n".join(full_report(timeline, law, letters_for(timeline)) for timeline in timelines))
        return
    for timeline in timelines:
        click.echo(one_line(timeline, law))
    click.echo(f"\n{count(len(timelines), 'ménage', 'ménages')}. Pour tout voir, avec les motifs : --detail")


def to_json(timelines: Sequence[Timeline]) -> str:
    """The contract that other software reads: {"dossiers": […]}."""
    import json

    from pex.letters import letters_for
    from pex.timeline import timeline_to_mapping

    mappings = [timeline_to_mapping(timeline, letters_for(timeline)) for timeline in timelines]
    return json.dumps({"dossiers": mappings}, ensure_ascii=False, indent=2)
