"""What the commands that take a FICHIER have in common: reading it, working on it with a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pex.batch import Order, Outcome
    from pex.dossier import Dossier, Reading

LONG_WORK = 20
"""From this many households on, a terminal shows a progress bar."""


def read_file(path: Path, columns: Path | None, today: date, named: bool = False) -> Reading:
    """Read the dossiers and tell the refused ones on the error stream, after the file's name where `named`."""
    from pex.dossier import read_column_mapping, read_dossiers
    from pex.law import read_law

    mapping = read_column_mapping(columns) if columns else None
    reading = read_dossiers(path, law_events=read_law().events, columns=mapping, today=today)
    if named and reading.problems:
        click.echo(f"« {path.name} » :", err=True)
    for problem in reading.problems:
        click.echo(str(problem), err=True)
    refused = reading.count - len(reading.dossiers)
    if refused:
        click.echo(
            f"{count(refused, 'ménage refusé', 'ménages refusés')} sur {write_number(reading.count)}.",
            err=True,
        )
    return reading


def run(dossiers: tuple[Dossier, ...], order: Order, processes: int | None, label: str) -> list[Outcome]:
    """Produce the files; Ctrl-C stops between two households and keeps what is done.

    Raises click.Abort after saying how many are done.
    """
    from pex.batch import produce

    outcomes: list[Outcome] = []
    done = 0
    try:
        with progress(len(dossiers), label) as advance:
            for of_household in produce(dossiers, order, processes):
                outcomes.extend(of_household)
                done += 1
                advance()
    except KeyboardInterrupt:
        click.echo(
            f"\nAu moins {write_number(done)} sur {count(len(dossiers), 'ménage', 'ménages')} : c'est fait et gardé. "
            "Relancez la même commande pour finir.",
            err=True,
        )
        raise click.Abort from None
    return outcomes


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal when the work is long; gives the function to call after each household."""
    if total < LONG_WORK or not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) as bar:
        yield lambda: bar.update(1)


def count(number: int, one: str, many: str) -> str:
    """« 1 ménage », « 1 200 ménages »."""
    return f"{write_number(number)} {one if number < 2 else many}"


def write_number(number: int) -> str:
    """« 1 200 », with the narrow space of French numbers."""
    return f"{number:,}".replace(",", "\u202f")
