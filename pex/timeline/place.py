"""The calendar of the dwelling's place: public holidays, and the winter truce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pex.dates import SUNDAY, HolidayName, write_date
from pex.dossier.facts import Dossier
from pex.law import Law, Rule

# The dates of one season say nothing of the seasons before and after it.
ONE_YEAR = timedelta(days=365)


def departement_of(dossier: Dossier) -> str | None:
    """The département as stated, or else as the postcode says (Corsica and overseas included)."""
    if dossier.territoire.departement:
        return dossier.territoire.departement
    adresse = dossier.menage.adresse
    postcode = adresse.code_postal if adresse else None
    if not postcode:
        return None
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2]


def holidays_of(dossier: Dossier, law: Law) -> HolidayName:
    """The public holidays where the dwelling is; the national ones where the place is not known."""
    departement = departement_of(dossier)
    return lambda day: law.holidays.name_of(day, departement)


@dataclass(frozen=True, slots=True)
class Truce:
    """One season of the winter truce, both days included."""

    first_day: date
    last_day: date


class TruceNotSet(Exception):
    """The préfet sets the truce of this territory and the dossier does not say it."""


def truce_holding(day: date, dossier: Dossier, rule: Rule) -> Truce | None:
    """The truce that `day` is in, or None. Raises TruceNotSet for a territory whose dates are not given."""
    if departement_of(dossier) in rule.set_locally:
        local = dossier.territoire.treve_hivernale
        if local is None or not local.au - ONE_YEAR < day < local.du + ONE_YEAR:
            raise TruceNotSet
        return Truce(local.du, local.au) if local.du <= day <= local.au else None
    return next((truce for truce in _truces_around(day, rule) if truce.first_day <= day <= truce.last_day), None)


def current_or_next_truce(day: date, dossier: Dossier, rule: Rule) -> Truce:
    """The truce that `day` is in, or the next one. Raises TruceNotSet as `truce_holding`."""
    if departement_of(dossier) in rule.set_locally:
        local = dossier.territoire.treve_hivernale
        if local is None or not local.au - ONE_YEAR < day <= local.au:
            raise TruceNotSet
        return Truce(local.du, local.au)
    return next(truce for truce in _truces_around(day, rule) if truce.last_day >= day)


def _truces_around(day: date, rule: Rule) -> tuple[Truce, ...]:
    truces = []
    for year in (day.year - 1, day.year):
        version = rule.version_at(date(year, 11, 1)) if year > rule.versions[0].since.year else rule.versions[0]
        window = version.window
        if window is None:
            continue
        first, last = window.season_of(year)
        exception = rule.exceptional_ends.get(last)
        truces.append(Truce(first, exception.last_day if exception else last))
    return tuple(truces)


def why_no_execution(day: date, holiday_name: HolidayName) -> str | None:
    """« dimanche » or the name of the public holiday; None where an execution is lawful (Saturday is)."""
    return holiday_name(day) or ("dimanche" if day.weekday() == SUNDAY else None)


def first_execution_day(day: date, dossier: Dossier, law: Law, rule: Rule) -> tuple[date, tuple[str, ...]]:
    """The first day from `day` on when an eviction may be carried out, and why each later day was passed.

    No Sunday, no public holiday (CPCE, art. L. 141-1), no winter truce (art. L. 412-6).
    Raises TruceNotSet where the truce of the place is not known.
    """
    holiday_name = holidays_of(dossier, law)
    reasons: list[str] = []
    while True:
        truce = truce_holding(day, dossier, rule)
        why = None if truce else why_no_execution(day, holiday_name)
        if truce is None and why is None:
            return day, tuple(reasons)
        moved = truce.last_day + timedelta(days=1) if truce else day + timedelta(days=1)
        name = "execution_truce" if truce else "execution_holiday"
        reasons.append(
            law.counting[name].write(
                day=write_date(day),
                why=why,
                moved=write_date(moved),
                truce_end=write_date(truce.last_day) if truce else None,
            )
        )
        day = moved
