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
