"""What changed between two timelines of one household: after an event, between two days, under another law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pex.dates import write_date
from pex.dossier.facts import Dossier, Evenement
from pex.law import Law
from pex.timeline.values import Timeline


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is etape, echeance, suspension, alerte or recours; `id` says which; both sides as French words."""

    what: str
    id: str
    name: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.name} : {self.after} (nouveau)"
        if self.after is None:
            return f"{self.name} : {self.before} (ne compte plus)"
        return f"{self.name} : {self.before} → {self.after}"


def with_events(dossier: Dossier, events: Iterable[Evenement]) -> Dossier:
    """The same dossier with these events too: « et si ? »."""
    return replace(dossier, evenements=(*dossier.evenements, *events))


def compare_timelines(before: Timeline, after: Timeline, law: Law) -> tuple[Change, ...]:
    """Every difference that matters to the household, in a steady order; none where nothing changed."""
    return tuple(_changes(before, after, law))


def _changes(before: Timeline, after: Timeline, law: Law) -> Iterator[Change]:
    if before.stage != after.stage:
        old, new = law.stages[before.stage].name, law.stages[after.stage].name
        yield Change("etape", after.stage, "Étape", old, new)
    parts = (
        ("echeance", _deadlines(before), _deadlines(after)),
        ("suspension", _suspensions(before), _suspensions(after)),
        ("alerte", _alerts(before), _alerts(after)),
        ("recours", _remedies(before, law), _remedies(after, law)),
    )
    for what, old_ones, new_ones in parts:
        for key in (*old_ones, *(key for key in new_ones if key not in old_ones)):
            old_one, new_one = old_ones.get(key), new_ones.get(key)
            if old_one != new_one:
                name = (old_one or new_one or ("", ""))[0]
                yield Change(what, key, name, old_one and old_one[1], new_one and new_one[1])


def _deadlines(timeline: Timeline) -> dict[str, tuple[str, str]]:
    return {
        item.rule: (item.name, f"{_day(item.last_day)}, {item.status.replace('_', ' ')}") for item in timeline.deadlines
    }


def _suspensions(timeline: Timeline) -> dict[str, tuple[str, str]]:
    return {item.id: (item.name, f"jusqu'au {_day(item.until)}") for item in timeline.suspensions}


def _alerts(timeline: Timeline) -> dict[str, tuple[str, str]]:
    return {f"{item.id} {item.message}": ("À savoir", item.message) for item in timeline.alerts}


def _remedies(timeline: Timeline, law: Law) -> dict[str, tuple[str, str]]:
    return {
        item.action: (law.actions[item.action].name, f"avant le {_day(item.last_useful_day)}")
        if item.last_useful_day
        else (law.actions[item.action].name, "possible")
        for item in timeline.remedies
    }


def _day(day: date | None) -> str:
    return write_date(day) if day else "sans date"
