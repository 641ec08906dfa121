"""Questions asked of a dossier's events: which happened, on which day, which one counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pex.dossier.facts import Dossier, Evenement


def events_of(dossier: Dossier, types: Iterable[str]) -> tuple[Evenement, ...]:
    """Events of these types, oldest first, those of unknown date last."""
    wanted = set(types)
    found = [event for event in dossier.evenements if event.type in wanted]
    return tuple(sorted(found, key=lambda event: (event.date is None, event.date or date.max)))


def last_event(dossier: Dossier, event_type: str) -> Evenement | None:
    """The latest dated event of that type, or one of unknown date, or None."""
    found = events_of(dossier, [event_type])
    dated = [event for event in found if event.date is not None]
    return dated[-1] if dated else (found[0] if found else None)


def happened(event: Evenement, today: date) -> bool:
    """True for an event of the past or of today; one of unknown date is taken as past."""
    return event.date is None or event.date <= today


def starting_event(dossier: Dossier, types: tuple[str, ...], which: str) -> Evenement | None:
    """The event a rule runs from.

    `which`: « last » or « first » of all; « later_of » the last of each type, then the latest of them;
    « earlier_of » the first of each type, then the earliest. Events of unknown date never hide a date.
    """
    found = events_of(dossier, types)
    dated = [event for event in found if event.date is not None]
    if not dated:
        return found[0] if found else None
    if which == "later_of" and types[0] not in {event.type for event in dated}:
        # The notification without the act it notifies: the act's own day is not known.
        return next((event for event in found if event.type == types[0]), None)
    return dated[0] if which in ("first", "earlier_of") else dated[-1]
