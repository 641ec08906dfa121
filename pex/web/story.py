"""The events of a dossier as a page tells them: in order, today among them, each with its details in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pex.dates import Period, write_date
from pex.law import read_law
from pex.tracker.assess import event_of
from pex.web.forms.fields import WORDS_OF_CHOICES, words_of


@dataclass(frozen=True, slots=True)
class Chapter:
    """An event as it is told; `state` is done, planned, unknown (no date) or today (not an event)."""

    state: str
    name: str
    day: date | None
    details: tuple[tuple[str, str], ...] = ()
    row: Any = None


def tell(rows: Iterable[Any], today: date) -> list[Chapter]:
    """Oldest first, those of unknown day at the end, a mark where today is."""
    dated: list[Chapter] = []
    unknown: list[Chapter] = []
    for row in rows:
        (unknown if row.date is None else dated).append(_chapter(row, today))
    dated.sort(key=lambda item: item.day or date.min)
    place = len([item for item in dated if item.state == "done"])
    return [*dated[:place], Chapter("today", "Aujourd'hui", today), *dated[place:], *unknown]


def _chapter(row: Any, today: date) -> Chapter:
    kind = read_law().events.get(row.type)
    state = "unknown" if row.date is None else "done" if row.date <= today else "planned"
    return Chapter(state, kind.name if kind else row.type, row.date, tuple(_details(event_of(row).precisions)), row)


def _details(details: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in details.items():
        yield words_of(name), _write(value)


def _write(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, time):
        return f"{value.hour}\u00a0h\u00a0{value.minute:02d}" if value.minute else f"{value.hour}\u00a0h"
    if isinstance(value, Period):
        return str(value)
    text = str(value)
    return WORDS_OF_CHOICES.get(text, text)
