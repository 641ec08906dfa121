"""Whether a deadline still runs, is past, is held up, or no longer matters on the day of the calculation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pex.dossier.facts import Evenement
from pex.law import Rule
from pex.timeline.case import Case
from pex.timeline.values import MOOT, PAST, RUNNING, SUSPENDED, Suspension


def status_of(rule: Rule, case: Case, since: date | None, last_day: date, suspensions: Sequence[Suspension]) -> str:
    """The status of a deadline that runs from `since` to `last_day`."""
    today, events = case.today, case.events
    for kind in rule.overtaken_by:
        for event in events.get(kind, ()):
            if _overtakes(event, rule, since, last_day, today):
                return MOOT
    for item in suspensions:
        if rule.id in item.suspends and item.holds_on(today):
            return SUSPENDED
    return PAST if last_day < today else RUNNING


def _overtakes(event: Evenement, rule: Rule, since: date | None, last_day: date, today: date) -> bool:
    """True where the awaited act was done in time; a late act does not hide that the day was missed.

    A deadline counted from its start is not overtaken by an older act. A day that is not known is taken as
    in time, except for a payment.
    """
    if event.date is None:
        return event.type != "dette_soldee"
    if event.date > today:
        return False
    if rule.counted in ("execution_day", "season", "day_before_rule"):
        # An eviction, or a request, of an older procedure says nothing of this one.
        return rule.counted == "season" or since is None or event.date >= since
    backward = rule.counted in ("backward", "working_days_before")
    return event.date <= last_day and (backward or since is None or event.date >= since)
