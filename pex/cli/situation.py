"""`pex situation`: where each household of a file stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.files import count, read_file
from pex.cli.french import FrenchCommand
from pex.cli.options import (
    Day,
    columns_option,
    day_option,
    file_argument,
    hypothesis_option,
    json_option,
    profile_option,
)
from pex.errors import PexError

if TYPE_CHECKING:
    from pex.timeline import Timeline

FEW = 5
"""Up to this many households, everything is shown; beyond, one line each."""


@click.command("situation", cls=FrenchCommand)
@file_argument()
@day_option()
@json_option()
@hypothesis_option()
@click.option(
    "--depuis", "since", metavar="DATE", type=Day(), help="Montre seulement ce qui a changé depuis ce jour-là."
)
@click.option("--detail", is_flag=True, help=f"Tout montrer, même s'il y a plus de {FEW} ménages.")
@columns_option()
@profile_option("Dossier de votre département : il donne le territoire (jours fériés, trêve locale).")
def command(
    file: Path,
    day: date | None,
    as_json: bool,
    hypotheses: tuple[str, ...],
    since: date | None,
    detail: bool,
    columns: Path | None,
    profile: Path | None,
) -> int:
    """Dit où en est chaque ménage de FICHIER : l'étape, les échéances et pourquoi, les alertes,
    ce qui peut suivre, ce qui peut encore être fait.

    FICHIER est un fichier YAML ou JSON, ou un tableau CSV, XLSX ou ODS (une ligne par ménage).

    \b
    Exemples :
      pex situation menages.xlsx
      pex situation menages.xlsx --le 01/03/2027 --detail
      pex situation export.csv --colonnes mes_colonnes.yaml --json
      pex situation menages.xlsx --depuis 01/11/2026
      pex situation menage.yaml --hypothese saisine_jex=01/12/2026
    """
    from pex.cli.events import read_events
    from pex.law import read_law
    from pex.profile import Profile, read_profile
    from pex.timeline import build_timeline, with_events

    today = day or date.today()
    law, place = read_law(), read_profile(profile) if profile else Profile()
    if since is not None and hypotheses:
        raise click.UsageError("--depuis et --hypothese ne vont pas ensemble : choisissez l'une des deux.")
    try:
        assumed = read_events(hypotheses, law)
    except PexError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    reading = read_file(file, columns, today)
    dossiers = [place.place(dossier) for dossier in reading.dossiers]
    timelines = [build_timeline(dossier, law, today) for dossier in dossiers]
    if since is not None:
        show_hypothesis([(build_timeline(d, law, since), t) for d, t in zip(dossiers, timelines, strict=True)], as_json)
        return 1 if reading.problems else 0
    if assumed:
        changed = [build_timeline(with_events(dossier, assumed), law, today) for dossier in dossiers]
        show_hypothesis(list(zip(timelines, changed, strict=True)), as_json)
        return 1 if reading.problems else 0
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


def show_hypothesis(pairs: Sequence[tuple[Timeline, Timeline]], as_json: bool) -> None:
    """Print what changes from the first timeline of each pair to the second."""
    import json

    from pex.law import read_law
    from pex.timeline import changes_to_mapping, compare_timelines

    law = read_law()
    compared = [(after, compare_timelines(before, after, law)) for before, after in pairs]
    if as_json:
        mappings = [changes_to_mapping(timeline, changes) for timeline, changes in compared]
        click.echo(json.dumps({"dossiers": mappings}, ensure_ascii=False, indent=2))
        return
    from pex.cli.show import changes_report

    changed = [changes_report(timeline, changes) for timeline, changes in compared if changes]
    click.echo("\n\n".join(changed) if changed else "Rien ne change.")
    if changed and len(compared) > 1:
        click.echo(f"\n{count(len(changed), 'ménage change', 'ménages changent')} sur {len(compared)}.")


def to_json(timelines: Sequence[Timeline]) -> str:
    """The contract that other software reads: {"dossiers": […]}."""
    import json

    from pex.letters import letters_for
    from pex.timeline import timeline_to_mapping

    mappings = [timeline_to_mapping(timeline, letters_for(timeline)) for timeline in timelines]
    return json.dumps({"dossiers": mappings}, ensure_ascii=False, indent=2)
