"""A dossier made ready for questions: the events of the procedure under way, by type; the place's calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from pex.dossier.facts import Dossier, Evenement
from pex.law import Law
from pex.timeline.events import happened
from pex.timeline.place import Place
from pex.timeline.values import Deadline

InTime = Callable[["Case", Evenement], bool]


class Case:
    """One dossier on one day. `events` maps a type to its events, oldest first, unknown dates last.

    Only the procedure under way is in `events`: what came before `ended_by`, the event that closed an earlier
    one, is left out. `computed` keeps the deadlines that others rest on.
    """

    __slots__ = ("computed", "dossier", "ended_by", "events", "law", "place", "today")

    def __init__(
        self,
        dossier: Dossier,
        law: Law,
        today: date,
        events: Iterable[Evenement],
        place: Place | None = None,
        ended_by: Evenement | None = None,
    ) -> None:
        self.dossier = dossier
        self.law = law
        self.today = today
        self.ended_by = ended_by
        self.computed: dict[tuple[str, bool], Deadline | None] = {}
        self.place = place or Place(dossier, law)
        self.events: dict[str, list[Evenement]] = {}
        for event in events:
            self.events.setdefault(event.type, []).append(event)
        for found in self.events.values():
            if len(found) > 1:
                found.sort(key=_day)

    def all_of(self, types: Iterable[str]) -> list[Evenement]:
        """Events of these types, oldest first, those of unknown date last."""
        events = self.events
        found = [event for kind in types if kind in events for event in events[kind]]
        if len(found) > 1:
            found.sort(key=_day)
        return found

    def last(self, event_type: str) -> Evenement | None:
        """The latest dated event of that type, or one of unknown date, or None."""
        found = self.events.get(event_type)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return next((event for event in reversed(found) if event.date is not None), found[0])

    def first_day(self, event_type: str) -> date | None:
        """The day of the first event of that type, where it is known."""
        found = self.events.get(event_type)
        return found[0].date if found else None

    def last_day(self, event_type: str) -> date | None:
        """The day of the last event of that type, where it is known."""
        event = self.last(event_type)
        return event.date if event else None

    def detail(self, path: str) -> object:
        """The value of « jugement.forme », of the last event that says it; None where none does."""
        event_type, name = path.split(".")
        for event in reversed(self.events.get(event_type, ())):
            if name in event.precisions:
                return event.precisions[name]
        return None

    def holds(self, condition: str) -> bool | None:
        """« jugement.par_defaut » or « jugement.decision=rejet »: true, false, or None where it is not known."""
        path, _, value = condition.partition("=")
        found = self.detail(path)
        if found is None:
            return None
        return str(found) == value if value else bool(found)


def open_case(dossier: Dossier, law: Law, today: date, paid_in_time: InTime) -> Case:
    """The procedure under way: what an earlier procedure left, once it ended and another began, is dropped.

    `paid_in_time` tells whether a payment ended the procedure that the case it is given holds.
    """
    events = dossier.evenements
    enders = [event for event in events if event.type in law.ending_events and _has_come(event, today)]
    if not enders:
        return Case(dossier, law, today, events)
    place = Place(dossier, law)
    for ender in sorted(enders, key=_day, reverse=True):
        day = ender.date
        assert day is not None
        if not _ends(ender, law):
            if law.events[ender.type].resolves != "before_lease_ends":
                continue
            before = Case(dossier, law, day, [e for e in events if e.date is None or e.date <= day], place)
            if not paid_in_time(before, ender):
                continue
        later = [event for event in events if event.date is None or event.date > day]
        restarted = any(event.date is not None and law.events[event.type].stage for event in later)
        if restarted or law.events[ender.type].restarts:
            return Case(dossier, law, today, later, place, ended_by=ender)
    return Case(dossier, law, today, events, place)


def _has_come(event: Evenement, today: date) -> bool:
    return event.date is not None and happened(event, today)


def _ends(event: Evenement, law: Law) -> bool:
    kind = law.events[event.type]
    if kind.restarts:
        name, _, value = kind.restarts.partition("=")
        return event.precisions.get(name) == value
    return kind.resolves == "always"


def _day(event: Evenement) -> tuple[date, str]:
    """By day, unknown days last; two events of one day that disagree always come in the same order."""
    return event.date or date.max, str(sorted(event.precisions.items(), key=str)) if event.precisions else ""
