"""Our public holidays against two libraries that other people wrote: every difference is known and explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays
import pytest
from jours_feries_france import JoursFeries

from pex.law import read_law

YEARS = range(1990, 2061)
HOLIDAYS, ETALAB = "holidays", "jours-feries-france"
# Our place, and its name in each library; None: the library does not know it.
PLACES: dict[str | None, tuple[str | None, str | None]] = {
    None: ("", "Métropole"),
    "71": ("", "Métropole"),
    "2A": ("", "Métropole"),
    "57": ("57", "Alsace-Moselle"),
    "67": ("6AE", "Alsace-Moselle"),
    "68": ("6AE", "Alsace-Moselle"),
    "971": ("971", "Guadeloupe"),
    "972": ("972", "Martinique"),
    "973": ("973", "Guyane"),
    "974": ("974", "La Réunion"),
    "975": ("PM", "Saint-Pierre-et-Miquelon"),
    "976": ("976", "Mayotte"),
    "977": ("BL", "Saint-Barthélémy"),
    "978": ("MF", "Saint-Martin"),
    "984": ("TF", None),
    "986": ("WF", "Wallis-et-Futuna"),
    "987": ("PF", "Polynésie Française"),
    "988": ("NC", "Nouvelle-Calédonie"),
}
EVERYWHERE = tuple(PLACES)
DayOfYear = Callable[[int], date]


def fixed(month: int, day: int) -> DayOfYear:
    return lambda year: date(year, month, day)


def from_easter(days: int) -> DayOfYear:
    # Etalab's own calculation: the two libraries would differ from each other if it were wrong.
    return lambda year: JoursFeries.paques(year) + timedelta(days=days)


@dataclass(frozen=True)
class Difference:
    """A day that is a public holiday for one side only; `ours` where it is for us."""

    library: str
    places: tuple[str | None, ...]
    day: DayOfYear
    ours: bool
    why: str
    years: range = YEARS


COMMUNES = (
    "Le Vendredi saint n'est férié que dans les communes qui ont un temple protestant ou une église mixte : nous ne "
    "le comptons pas, et la date la plus proche est montrée."
)
USAGE = "Chômé par usage ou par accord local ; le code du travail ne le cite pas (art. L. 3133-1 et L. 3422-2)."
LOCAL_LAW = "Fixé par le droit du travail de la collectivité, que notre liste ne reprend pas : la date la plus proche est montrée."
SINCE_2012 = "Le décret n° 2012-553 n'a ajouté cette île à la liste qu'en 2012 ; notre liste n'a pas d'histoire."
SAINT_MARTIN = "Le décret n° 2012-553 disait le 27 mai ; le 28 mai est retenu depuis 2018. Notre liste ne connaît que la date actuelle."
DIFFERENCES = [
    Difference(
        HOLIDAYS, EVERYWHERE, from_easter(50), True,
        "Journée de solidarité de 2005 à 2007, le lundi de Pentecôte était travaillé mais restait férié (loi n° 2004-626).",
        range(2005, 2008),
    ),
    Difference(HOLIDAYS, ("57", "67", "68"), from_easter(-2), False, COMMUNES),
    Difference(ETALAB, ("57", "67", "68"), from_easter(-2), False, COMMUNES),
    Difference(HOLIDAYS, ("971",), from_easter(-2), False, f"Vendredi saint. {USAGE}"),
    Difference(HOLIDAYS, ("971",), from_easter(-24), False, f"Mi-carême. {USAGE}"),
    Difference(HOLIDAYS, ("971", "972"), fixed(7, 21), False, f"Fête de Victor Schœlcher. {USAGE}"),
    Difference(
        HOLIDAYS, ("978",), fixed(7, 21), False, f"Fête de Victor Schœlcher. {USAGE}", range(2012, 2061)
    ),
    Difference(HOLIDAYS, ("977",), fixed(10, 9), True, SINCE_2012, range(1990, 2012)),
    Difference(HOLIDAYS, ("978",), fixed(5, 28), True, SINCE_2012, range(1990, 2012)),
    Difference(ETALAB, ("978",), fixed(5, 27), False, SAINT_MARTIN, range(1990, 2018)),
    Difference(ETALAB, ("978",), fixed(5, 28), True, SAINT_MARTIN, range(1990, 2018)),
    Difference(HOLIDAYS, ("986",), fixed(4, 28), False, f"Saint Pierre Chanel. {LOCAL_LAW}"),
    Difference(HOLIDAYS, ("986",), fixed(6, 29), False, f"Saints Pierre et Paul. {LOCAL_LAW}"),
    Difference(HOLIDAYS, ("986",), fixed(7, 29), False, f"Fête du Territoire. {LOCAL_LAW}"),
    Difference(HOLIDAYS, ("987",), fixed(3, 5), False, f"Arrivée de l'Évangile. {LOCAL_LAW}"),
    Difference(HOLIDAYS, ("987",), from_easter(-2), False, f"Vendredi saint. {LOCAL_LAW}"),
    Difference(
        HOLIDAYS, ("987",), fixed(6, 29), False, f"Fête de l'autonomie, jusqu'en 2024. {LOCAL_LAW}", range(1990, 2025)
    ),
    Difference(
        HOLIDAYS, ("987",), fixed(11, 20), False, f"Matari'i, depuis 2025. {LOCAL_LAW}", range(2025, 2061)
    ),
    Difference(HOLIDAYS, ("988",), fixed(9, 24), False, f"Fête de la Citoyenneté. {LOCAL_LAW}"),
]  # fmt: skip


def _days_of(library: str, place: str | None) -> set[date] | None:
    theirs = PLACES[place][0 if library == HOLIDAYS else 1]
    if theirs is None:
        return None
    if library == HOLIDAYS:
        return set(holidays.country_holidays("FR", subdiv=theirs or None, years=YEARS))
    return {day for year in YEARS for day in JoursFeries.for_year(year, theirs).values()}


Found = set[tuple[str | None, date, bool]]


@lru_cache(maxsize=2)
def _differences(library: str) -> Found:
    """(place, day, whether it is a holiday for us), day by day, for each day that only one side calls a holiday."""
    name_of = read_law().holidays.name_of
    found = set()
    for place in PLACES:
        theirs = _days_of(library, place)
        if theirs is None:
            continue
        day = date(YEARS[0], 1, 1)
        while day.year <= YEARS[-1]:
            ours = name_of(day, place) is not None
            if ours != (day in theirs):
                found.add((place, day, ours))
            day += timedelta(days=1)
    return found


def _explained_by(item: Difference) -> Found:
    return {(place, item.day(year), item.ours) for place in item.places for year in item.years}


@pytest.mark.parametrize("library", [HOLIDAYS, ETALAB])
def test_no_difference_is_left_unexplained(library: str) -> None:
    explained = {found for item in DIFFERENCES if item.library == library for found in _explained_by(item)}
    left = sorted(_differences(library) - explained, key=lambda item: (str(item[0]), item[1]))
    assert not left, f"{len(left)} différences sans explication : {left[:10]}"


@pytest.mark.parametrize("item", [pytest.param(i, id=f"{i.library} {i.places[0]} {i.day(2024)}") for i in DIFFERENCES])
def test_no_explanation_is_left_unused(item: Difference) -> None:
    found = _differences(item.library)
    for place in item.places:
        if PLACES[place][0 if item.library == HOLIDAYS else 1] is None:
            continue
        of_place = {(place, item.day(year), item.ours) for year in item.years}
        assert of_place & found, f"{place} : cette différence n'existe plus"
    # A few of these days are holidays for another reason (Whit Monday is sometimes 28 May); no more than that.
    assert len(_explained_by(item) - found) <= len(item.years) // 9


@pytest.mark.parametrize("place", [place for place, names in PLACES.items() if None not in names])
def test_both_libraries_agree_with_us_on_the_days_of_the_labour_code(place: str | None) -> None:
    """Since 2018 the only days that we leave out are usages, local law and Good Friday; none is ours alone."""
    for library in (HOLIDAYS, ETALAB):
        assert not [item for item in _differences(library) if item[0] == place and item[1].year >= 2018 and item[2]]


def test_a_day_of_another_territory_is_no_holiday_here() -> None:
    name_of = read_law().holidays.name_of
    assert name_of(date(2026, 12, 26), "67") and not name_of(date(2026, 12, 26), "71")
    assert name_of(date(2026, 5, 22), "972") and not name_of(date(2026, 5, 22), "971")
    assert not name_of(date(2026, 5, 22), None)
