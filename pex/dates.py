"""The ways of counting a period (code de procédure civile, articles 640 to 642) and writing a day.

Pure functions: no clock, no law data. Which way applies to which deadline is a field of the rule.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pex.errors import PexError

HolidayName = Callable[[date], str | None]
"""Given a day, the French name of the public holiday it is, or None."""

SATURDAY, SUNDAY = 5, 6
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

_UNITS = {
    "day": "days", "days": "days", "jour": "days", "jours": "days",
    "week": "weeks", "weeks": "weeks", "semaine": "weeks", "semaines": "weeks",
    "month": "months", "months": "months", "mois": "months",
    "year": "years", "years": "years", "an": "years", "ans": "years",
}  # fmt: skip
_FRENCH_UNITS = {
    "days": ("jour", "jours"),
    "weeks": ("semaine", "semaines"),
    "months": ("mois", "mois"),
    "years": ("an", "ans"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as the law writes it: 2 months is not 60 days, 6 weeks is 42 days."""

    count: int
    unit: str

    def __str__(self) -> str:
        singular, plural = _FRENCH_UNITS[self.unit]
        return f"{self.count} {singular if self.count == 1 else plural}"

    @property
    def in_days(self) -> int | None:
        """Number of days of a period of days or weeks; None for months and years."""
        if self.unit == "days":
            return self.count
        return 7 * self.count if self.unit == "weeks" else None


def read_period(text: str) -> Period:
    """Read « 2 months », « 2 mois », « 6 weeks », « 6 semaines », « 15 jours »…

    Raises PexError, in French, for anything else.
    """
    match = re.fullmatch(r"\s*([0-9]{1,3})\s+([a-zà-ÿ]+)\s*", str(text).lower())
    unit = _UNITS.get(match.group(2)) if match else None
    if match is None or unit is None or int(match.group(1)) == 0:
        raise PexError(f"« {text} » n'est pas une durée. Écrivez par exemple « 2 months » ou « 6 semaines ».")
    return Period(int(match.group(1)), unit)


def add_period(start: date, period: Period) -> date:
    """Last day of a period that starts on `start`, the day of the act not being counted.

    Months and years end on the day with the same number, or else on the last day of the month
    (CPC, art. 641 al. 2). Days and weeks are counted from the day after the act (art. 641 al. 1).
    """
    return _shift(start, period, 1)


def day_before_period(end: date, period: Period) -> date:
    """Last safe day for an act to be done `period` before `end`, `end` not being counted.

    Weeks are days counted back from the eve of `end`; the period expires at 0h of its first day, so
    the act must be done the day before that one (Cass. 3e civ., avis, 6 nov. 2025, n° 25-70.018).
    """
    return _shift(end, period, -1) - timedelta(days=1)


def add_working_days(start: date, count: int, holiday_name: HolidayName) -> date:
    """The `count`-th working day (Monday to Friday, no public holiday) after `start`, or before if negative."""
    step = timedelta(days=1 if count > 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        if day.weekday() < SATURDAY and holiday_name(day) is None:
            left -= 1
    return day


def is_working_day(day: date, holiday_name: HolidayName) -> bool:
    """True from Monday to Friday, public holidays excepted."""
    return day.weekday() < SATURDAY and holiday_name(day) is None


def move_to_working_day(day: date, holiday_name: HolidayName) -> date:
    """`day`, or the next day that is no Saturday, Sunday or public holiday (CPC, art. 642 al. 2)."""
    while not is_working_day(day, holiday_name):
        day += timedelta(days=1)
    return day


def why_not_working(day: date, holiday_name: HolidayName) -> str | None:
    """« samedi », « dimanche » or the name of the holiday; None for a working day."""
    name = holiday_name(day)
    if name is not None:
        return name
    return {SATURDAY: "samedi", SUNDAY: "dimanche"}.get(day.weekday())


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    from dateutil.easter import easter as western_easter

    return western_easter(year)


def read_date(text: str) -> date:
    """Read a day typed by a person: « 2026-11-23 » or « 23/11/2026 ».

    Raises PexError, in French, for two-digit years, impossible days and any other writing.
    """
    if not (match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())):
        french = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text.strip())
        if french is None:
            raise PexError(f"« {text} » n'est pas une date. Écrivez-la jj/mm/aaaa, par exemple 23/11/2026.")
        parts = french.group(3), french.group(2), french.group(1)
    else:
        parts = match.group(1), match.group(2), match.group(3)
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        raise PexError(
            f"« {text} » n'existe pas dans le calendrier. Vérifiez le jour et le mois (jj/mm/aaaa)."
        ) from None
    if not EARLIEST <= day <= LATEST:
        raise PexError(
            f"« {text} » : l'année doit être comprise entre {EARLIEST.year} et {LATEST.year}. Vérifiez l'année."
        )
    return day


@lru_cache(maxsize=4096)
def write_date(day: date, weekday: bool = False, language: str = "fr") -> str:
    """« 1er mars 2027 », or « lundi 1er mars 2027 » with its weekday."""
    from babel.dates import format_date

    text = format_date(day, "EEEE d MMMM y" if weekday else "d MMMM y", locale=language)
    if language == "fr" and day.day == 1:
        # Babel writes « 1 mars »; French letters need the ordinal for the first of the month.
        text = re.sub(r"\b1 ", "1er ", text, count=1)
    return text


def first_of_next_month(day: date) -> date:
    """The first day of the month after the one `day` is in."""
    return _shift_months(day.replace(day=1), 1)


def _shift(day: date, period: Period, sign: int) -> date:
    try:
        if period.in_days is not None:
            return day + timedelta(days=sign * period.in_days)
        return _shift_months(day, sign * period.count * (12 if period.unit == "years" else 1))
    except (ValueError, OverflowError):
        raise PexError(f"La date {day.isoformat()} est trop loin pour un calcul. Vérifiez l'année.") from None


def _shift_months(day: date, months: int) -> date:
    """The day with the same number, or else the last day of that month (CPC, art. 641 al. 2)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
