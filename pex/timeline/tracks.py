"""What goes on beside the procedure: housing aid, CCAPEX, FSL, surendettement, judge, DALO, and where each stands."""

from __future__ import annotations

from datetime import date

from pex.dossier.facts import Evenement
from pex.law.values import TrackRule
from pex.timeline.case import Case
from pex.timeline.values import Deadline, Track

UNDER_WAY, OVER, PLANNED = "en_cours", "terminee", "prevue"


def find_tracks(case: Case, deadlines: tuple[Deadline, ...]) -> tuple[Track, ...]:
    """Every track of which an event is known, in the order of the law."""
    track_of = case.law.track_of
    known = {track_of[kind].id for kind in case.events if kind in track_of}
    if not known:
        return ()
    return tuple(_track(rule, case, deadlines) for rule in case.law.tracks.values() if rule.id in known)


def _track(rule: TrackRule, case: Case, deadlines: tuple[Deadline, ...]) -> Track:
    place = {kind: number for number, kind in enumerate(rule.events) if kind in case.events}
    events = case.all_of(place)
    coming = [event for event in events if event.date is not None and event.date > case.today]
    last = _last(events, place, case.today)
    planned = coming[0] if coming else None
    names = [case.law.events[kind].name for kind in place]
    return Track(
        id=rule.id,
        name=rule.name,
        state=PLANNED if last is None else OVER if last.type in rule.ends else UNDER_WAY,
        last=last.type if last else None,
        since=last.date if last else None,
        planned=planned.type if planned else None,
        planned_on=planned.date if planned else None,
        rules=tuple(deadline.rule for deadline in deadlines if deadline.event in names),
    )


def _last(events: list[Evenement], place: dict[str, int], today: date) -> Evenement | None:
    """The latest event until today; one of unknown date only where it usually comes after it."""
    dated = [event for event in events if event.date is not None and event.date <= today]
    latest = max(dated, key=lambda event: (event.date or date.min, place[event.type]), default=None)
    unknown = max((event for event in events if event.date is None), key=lambda event: place[event.type], default=None)
    if unknown is not None and (latest is None or place[unknown.type] > place[latest.type]):
        return unknown
    return latest
