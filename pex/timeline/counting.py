"""From a starting day and a length, the last day of a rule, and why: the arithmetic of a deadline."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pex.dates import SATURDAY, Period, add_period, add_working_days, day_before_period, move_to_working_day
from pex.law import Law, Rule
from pex.timeline.values import Reason


class Counted(NamedTuple):
    """`last_day` is the day shown, `other` the other reading where the move off a holiday is disputed."""

    last_day: date
    other: date | None
    steps: tuple[Reason, ...]


def why_not_working(law: Law, departement: str | None, day: date) -> str | None:
    """« samedi », « dimanche » or the name of the holiday; None for a working day (CPC, art. 642)."""
    name = law.holidays.calendar(departement)(day)
    if name is not None:
        return name
    weekday = day.weekday()
    return None if weekday < SATURDAY else ("samedi" if weekday == SATURDAY else "dimanche")


# A département's dossiers share their dates: those of a session, of a hearing, of a month.
@lru_cache(maxsize=32768)
def count_days(law: Law, rule: Rule, departement: str | None, start: date, period: Period) -> Counted:
    """The last day of a period counted as the rule says, and its moves off a Saturday, Sunday or holiday.

    Raises PexError where the day would be out of the calendar.
    """
    last_day, reason = _raw_last_day(law, rule, departement, start, period)
    why = None if rule.counted.startswith("working_days") else why_not_working(law, departement, last_day)
    if why is None:
        return Counted(last_day, None, (reason,))
    extended = move_to_working_day(last_day, law.holidays.calendar(departement))
    words = {"last_day": last_day, "why": why, "moved": extended}
    match rule.moves_off_holidays:
        case "always":
            return Counted(extended, None, (reason, Reason(law.counting["moved"], words)))
        case "disputed":
            return Counted(last_day, extended, (reason, Reason(law.counting["maybe_moved"], words)))
    name = "backward_not_moved" if rule.counted == "backward" else "not_moved"
    return Counted(last_day, None, (reason, Reason(law.counting[name], words)))


def _raw_last_day(law: Law, rule: Rule, departement: str | None, start: date, period: Period) -> tuple[date, Reason]:
    """The last day of the rule's way of counting, before any move, and the sentence that tells it."""
    counting = law.counting
    if rule.counted == "backward":
        last_day = day_before_period(start, period)
        # Only the six weeks of art. 24, III have their own ruling on the way to count back.
        name = f"backward_{'months' if period.in_days is None else period.unit}"
        words = {
            "start": start, "period": period, "days": period.in_days,
            "first_day": last_day + timedelta(days=1), "last_day": last_day,
        }  # fmt: skip
        return last_day, Reason(counting[name], words)
    if rule.counted in ("working_days_after", "working_days_before"):
        sign = -1 if rule.counted == "working_days_before" else 1
        last_day = add_working_days(start, sign * period.count, law.holidays.calendar(departement))
        words = {"start": start, "count": period.count, "last_day": last_day}
        return last_day, Reason(counting[rule.counted], words)
    last_day = add_period(start, period)
    kind = "months" if period.in_days is None else period.unit
    words = {"start": start, "period": period, "days": period.in_days, "last_day": last_day}
    return last_day, Reason(counting[kind], words)
