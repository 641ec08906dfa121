"""The calendar of the dwelling's place: public holidays, the winter truce, the days when an eviction is lawful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pex.dates import SUNDAY, write_date
from pex.dossier.facts import Dossier
from pex.dossier.values import departement_of_postcode
from pex.law import Law, Rule
from pex.timeline.values import Reason, Suspension

# The dates of one season say nothing of the seasons before and after it.
ONE_YEAR = timedelta(days=365)
ONE_DAY = timedelta(days=1)


def departement_of(dossier: Dossier) -> str | None:
    """The département as stated, or else as the postcode says (Corsica and overseas included)."""
    if dossier.territoire.departement:
        return dossier.territoire.departement
    adresse = dossier.menage.adresse
    postcode = adresse.code_postal if adresse else None
    return departement_of_postcode(postcode) if postcode else None


@dataclass(frozen=True, slots=True)
class Truce:
    """One season of the winter truce, both days included."""

    first_day: date
    last_day: date
    certainty: str | None = None
    """Where a text moved its end, how sure that is."""


class TruceNotSet(Exception):
    """The préfet sets the truce of this territory and the dossier does not say it."""


class SuspendedWithoutEnd(Exception):
    """The eviction is suspended and the day this ends is not known; `suspension` says why."""

    def __init__(self, suspension: Suspension) -> None:
        super().__init__(suspension.name)
        self.suspension = suspension


class Place:
    """The calendar where the dwelling is; the national one where the place is not known.

    `holiday_name` gives the public holiday that a day is, or None.
    """

    __slots__ = ("departement", "holiday_name", "law", "local_truce", "truce_rule")

    def __init__(self, dossier: Dossier, law: Law) -> None:
        self.law = law
        self.departement = departement_of(dossier)
        self.holiday_name = law.holidays.calendar(self.departement)
        self.truce_rule = law.rules["treve_hivernale"]
        self.local_truce = dossier.territoire.treve_hivernale

    def why_no_act(self, day: date) -> str | None:
        """« dimanche » or the name of the public holiday: no act and no eviction then (Saturday is lawful).

        CPC, art. 664; CPCE, art. L. 141-1.
        """
        return self.holiday_name(day) or ("dimanche" if day.weekday() == SUNDAY else None)

    def truce_holding(self, day: date) -> Truce | None:
        """The truce that `day` is in, or None. Raises TruceNotSet where the territory's dates are not given."""
        if self.departement in self.truce_rule.set_locally:
            local = self.local_truce
            if local is None or not local.au - ONE_YEAR < day < local.du + ONE_YEAR:
                raise TruceNotSet
            return Truce(local.du, local.au) if local.du <= day <= local.au else None
        return _national_truce(self.truce_rule, day)

    def current_or_next_truce(self, day: date) -> Truce:
        """The truce that `day` is in, or the next one. Raises TruceNotSet as `truce_holding`."""
        if self.departement in self.truce_rule.set_locally:
            local = self.local_truce
            if local is None or not local.au - ONE_YEAR < day <= local.au:
                raise TruceNotSet
            return Truce(local.du, local.au)
        return _next_national_truce(self.truce_rule, day)

    def first_execution_day(self, day: date, suspensions: Sequence[Suspension]) -> tuple[date, list[Reason]]:
        """The first day from `day` on when an eviction may be carried out, and why each later day was passed.

        No Sunday, no public holiday (CPCE, art. L. 141-1), no winter truce (art. L. 412-6), no suspension.
        Raises TruceNotSet and SuspendedWithoutEnd where the end of what forbids it is not known.
        """
        reasons: list[Reason] = []
        counting = self.law.counting
        while True:
            held = next((item for item in suspensions if item.holds_on(day)), None)
            if held is not None:
                if held.until is None:
                    raise SuspendedWithoutEnd(held)
                moved = held.until + ONE_DAY
                words = {"day": day, "until": held.until, "why": held.name, "moved": moved}
                reasons.append(Reason(counting["execution_suspended"], words))
            elif truce := self.truce_holding(day):
                moved = truce.last_day + ONE_DAY
                words = {"day": day, "truce_end": truce.last_day, "moved": moved}
                reasons.append(Reason(counting["execution_truce"], words))
            elif why := self.why_no_act(day):
                moved = day + ONE_DAY
                reasons.append(Reason(counting["execution_holiday"], {"day": day, "why": why, "moved": moved}))
            else:
                return day, reasons
            day = moved


@lru_cache(maxsize=65536)
def _national_truce(rule: Rule, day: date) -> Truce | None:
    for usual_end, exception in rule.exceptional_ends.items():
        if usual_end < day <= exception.last_day:
            return _national_truce(rule, usual_end)
    # The version in force on the day itself: 16 to 26 March 2014 fell between two texts.
    version = rule.version_at(max(day, rule.versions[0].since))
    season = version.window.season_holding(day) if version.window else None
    if season is None:
        return None
    first, last = season
    special = rule.exceptional_ends.get(last)
    return Truce(first, special.last_day, special.certainty) if special else Truce(first, last)


@lru_cache(maxsize=65536)
def _next_national_truce(rule: Rule, day: date) -> Truce:
    holding = _national_truce(rule, day)
    if holding is not None:
        return holding
    version = rule.version_at(max(day, rule.versions[0].since))
    assert version.window is not None
    seasons = (version.window.season_of(year) for year in (day.year, day.year + 1))
    first = next(first for first, _ in seasons if first > day)
    truce = _national_truce(rule, first)
    assert truce is not None
    return truce


def write_days(days: Sequence[date]) -> str:
    """« 3 mars 2026 et 4 avril 2026 »."""
    words = [write_date(day) for day in days]
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
