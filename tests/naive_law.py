"""The main rules of the law a second time, counted one day after another: an oracle for the tests.

Nothing here is shared with pex but the facts of a dossier. Every number of the law is a literal next to its
article, so that a mistake in `dated_rules.yaml` or in the way of counting shows as a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from pex.dossier.facts import Dossier, Evenement

Answer = tuple[date, date | None] | None
"""The last day shown and, where the law is disputed, the extended one; None where there is no date."""

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


# Counting, one day after another.


def days_after(start: date, count: int) -> date:
    """CPC, art. 641, al. 1: the day of the act does not count."""
    day = start
    for _ in range(count):
        day += DAY
    return day


def months_after(start: date, count: int) -> date:
    """CPC, art. 641, al. 2: the day with the same number, or else the last day of the month."""
    day, left = start, count
    while left:
        day += DAY
        if day.day == 1:
            left -= 1
    while day.day != start.day and (day + DAY).day != 1:
        day += DAY
    return day


def months_before(end: date, count: int) -> date:
    """The same day of an earlier month, or else its last day."""
    day, left = end, count
    while left:
        if day.day == 1:
            left -= 1
        day -= DAY
    while day.day > end.day:
        day -= DAY
    return day


def working_days_from(start: date, count: int, step: timedelta, place: str | None) -> date:
    """Décret n° 2021-8 counts « jours ouvrés »: Monday to Friday, public holidays left out."""
    day = start
    while count:
        day += step
        if day.weekday() < SATURDAY and not is_holiday(day, place):
            count -= 1
    return day


def next_working_day(day: date, place: str | None) -> date:
    """CPC, art. 642, al. 2: not a Saturday, not a Sunday, not a public holiday."""
    while day.weekday() >= SATURDAY or is_holiday(day, place):
        day += DAY
    return day


# The calendar.


def easter_sunday(year: int) -> date:
    """Meeus, Jones and Butcher's algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=8192)
def holidays_of(year: int, place: str | None) -> frozenset[date]:
    """Good Friday, a holiday in some communes of Alsace-Moselle only, is left out: the earlier date is shown."""
    easter = easter_sunday(year)
    # Code du travail, art. L. 3133-1.
    found = {
        date(year, 1, 1), easter + 1 * DAY, date(year, 5, 1), date(year, 5, 8), easter + 39 * DAY, easter + 50 * DAY,
        date(year, 7, 14), date(year, 8, 15), date(year, 11, 1), date(year, 11, 11), date(year, 12, 25),
    }  # fmt: skip
    if place in ("57", "67", "68"):
        found.add(date(year, 12, 26))  # art. L. 3134-13
    abolition = {  # art. L. 3422-2
        "976": (4, 27), "972": (5, 22), "971": (5, 27), "978": (5, 28), "973": (6, 10), "977": (10, 9), "974": (12, 20),
    }  # fmt: skip
    if place in abolition:
        found.add(date(year, *abolition[place]))
    return frozenset(found)


def is_holiday(day: date, place: str | None) -> bool:
    return day in holidays_of(day.year, place)


def in_national_truce(day: date) -> bool:
    """CPCE, art. L. 412-6, as it stood on the day itself."""
    if date(2020, 4, 1) <= day <= date(2020, 7, 10):  # ordonnance n° 2020-331, then loi n° 2020-546
        return True
    if date(2021, 4, 1) <= day <= date(2021, 5, 31):  # ordonnance n° 2021-141
        return True
    if day.month == 3:  # until 15 March before the loi ALUR came into force, on 27 March 2014
        return day.day <= 15 or day >= date(2014, 3, 27)
    return day.month in (11, 12, 1, 2)


def in_truce(day: date, dossier: Dossier) -> bool | None:
    """None where the préfet's dates (CPCE, art. L. 611-1 and others) are not known for that season."""
    if dossier.territoire.departement not in ("971", "972", "973", "974", "975", "976", "977", "978", "986"):
        return in_national_truce(day)
    local = dossier.territoire.treve_hivernale
    if local is None or day <= local.au - 365 * DAY or day >= local.du + 365 * DAY:
        return None
    return local.du <= day <= local.au


# The facts.


class Facts:
    """The events of the procedure under way: what came before its last end is forgotten."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self.dossier = dossier
        self.today = today
        self.place = dossier.territoire.departement
        self.events: tuple[Evenement, ...] = dossier.evenements
        ends = [event.date for event in self.events if event.date and event.date <= today and self.closes(event)]
        if ends:
            self.events = tuple(event for event in self.events if event.date is None or event.date > max(ends))

    def closes(self, event: Evenement) -> bool:
        """A claim that the judge refuses always; a solution only where another procedure came after it."""
        if event.type == "jugement":
            return event.precisions.get("decision") == "rejet"
        if event.type not in ("relogement", "depart_volontaire", "dette_soldee"):
            return False
        assert event.date is not None
        if event.type == "dette_soldee" and not self.paid_in_time(event.date):
            return False
        moves_on = (
            "premier_impaye", "impaye_constitue", "signalement_caf", "saisine_ccapex", "commandement_de_payer",
            "assignation", "audience", "jugement", "signification_jugement", "commandement_de_quitter_les_lieux",
            "requisition_force_publique", "octroi_concours", "refus_concours", "proces_verbal_expulsion",
        )  # fmt: skip
        return any(other.date and other.date > event.date and other.type in moves_on for other in self.events)

    def paid_in_time(self, day: date) -> bool:
        """Loi n° 89-462, art. 24, I: the clause has no effect where all is paid within the delay."""
        if not any(
            event.type == "commandement_de_payer" for event in self.events if event.date is None or event.date <= day
        ):
            return True
        orders = [e for e in self.events if e.type == "commandement_de_payer" and e.date and e.date <= day]
        answer = to_pay(orders, self.dossier, day)
        return answer is not None and day <= answer[0]

    def days(self, *types: str) -> list[date]:
        return sorted(event.date for event in self.events if event.type in types and event.date is not None)

    def first(self, *types: str) -> date | None:
        return min(self.days(*types), default=None)

    def last(self, *types: str) -> date | None:
        return max(self.days(*types), default=None)

    def known(self, kind: str) -> bool:
        return any(event.type == kind for event in self.events)

    def said(self, kind: str, name: str) -> object:
        """What the latest event that says it says; one of unknown date is taken as the latest."""
        sayings = [event for event in self.events if event.type == kind and name in event.precisions]
        if not sayings:
            return None
        return max(sayings, key=lambda event: event.date or date.max).precisions[name]


def extended(day: date, place: str | None) -> date | None:
    """The other reading of a disputed delay: CPC, art. 642, al. 2 applies."""
    moved = next_working_day(day, place)
    return moved if moved > day else None


# The rules.


def to_pay(orders: Iterable[Evenement], dossier: Dossier, today: date) -> Answer:
    """From the last order; but no text says that it wipes out an older one whose delay has not ended yet."""
    dated = sorted((event for event in orders if event.date is not None), key=lambda event: event.date)
    if not dated:
        return None
    answers = [to_pay_from(order, dossier) for order in dated]
    newest = answers[-1]
    running = [item for item in answers[:-1] if item is not None and newest and today <= item[0] < newest[0]]
    if not running or newest is None:
        return newest
    return min(running)[0], newest[1] or newest[0]


def to_pay_from(order: Evenement, dossier: Dossier) -> Answer:
    """The delay that the commandement states; or else that of the lease, the shorter one where it was renewed."""
    start = order.date
    assert start is not None
    stated = order.precisions.get("delai_indique")
    signed, renewed = dossier.bail.signe_le, dossier.bail.renouvele_le
    if stated is not None:
        count, unit = stated.count, stated.unit
        if unit in ("days", "weeks"):
            day = days_after(start, count * (7 if unit == "weeks" else 1))
        else:
            day = months_after(start, count * (12 if unit == "years" else 1))
    elif signed is None:
        return None
    elif signed >= date(2023, 7, 29) or (renewed is not None and renewed >= date(2023, 7, 29)):
        day = days_after(start, 6 * 7)  # loi n° 89-462, art. 24, I, since 29 July 2023: six weeks
    else:
        day = months_after(start, 2)  # before: two months; Cass. 3e civ., avis, 13 June 2024, n° 24-70.002
    return day, extended(day, dossier.territoire.departement)


def delai_pour_payer(facts: Facts) -> Answer:
    orders = [event for event in facts.events if event.type == "commandement_de_payer"]
    return to_pay(orders, facts.dossier, facts.today)


def denonciation_a_la_caution(facts: Facts) -> Answer:
    start = facts.last("commandement_de_payer")
    if start is None:
        return None
    day = days_after(start, 15)  # loi n° 89-462, art. 24, I
    return day, extended(day, facts.place)  # an act to accomplish: CPC, art. 642, if the code applies at all


def notification_assignation_au_prefet(facts: Facts) -> Answer:
    hearing = facts.first("audience")
    if hearing is None:
        return None
    if (facts.last("assignation") or hearing) >= date(2023, 7, 29):
        # Loi n° 89-462, art. 24, III ; avis n° 25-70.018: done before 0h of the 42nd day, so on the 43rd at the latest.
        day = hearing
        for _ in range(43):
            day -= DAY
        return day, None
    return months_before(hearing, 2) - DAY, None  # two months before the loi n° 2023-668


def entretien_dsf(facts: Facts) -> Answer:
    if facts.known("saisine_dsf"):
        start = facts.last("saisine_dsf")
    else:
        start = facts.last("notification_assignation_prefet")
    if start is None or start < date(2021, 1, 8):  # décret n° 2021-8, in force on 8 January 2021
        return None
    return working_days_from(start, 15, DAY, facts.place), None


def seconde_proposition_dsf(facts: Facts) -> Answer:
    return _before_hearing(facts, 15)


def transmission_dsf(facts: Facts) -> Answer:
    return _before_hearing(facts, 5)


def _before_hearing(facts: Facts, count: int) -> Answer:
    hearing = facts.last("audience")
    if hearing is None or hearing < date(2021, 1, 8):  # décret n° 2021-8
        return None
    return working_days_from(hearing, count, -DAY, facts.place), None


def saisine_ccapex_avant_assignation(facts: Facts) -> Answer:
    start = facts.first("saisine_ccapex", "signalement_caf")
    if facts.dossier.bailleur.type not in ("bailleur_social", "personne_morale"):
        return None
    if start is None or start < date(2015, 1, 1):  # loi ALUR: since 1 January 2015
        return None
    return months_after(start, 2), None  # loi n° 89-462, art. 24, II: a waiting period


def opposition_ou_appel(facts: Facts) -> Answer:
    start, form = facts.last("signification_jugement"), facts.said("jugement", "forme")
    if start is None or form is None:
        return None
    day = days_after(start, 15) if form == "refere" else months_after(start, 1)  # CPC, art. 490 and 538
    return next_working_day(day, facts.place), None


def jugement_par_defaut_non_signifie(facts: Facts) -> Answer:
    start = facts.last("jugement")
    if start is None or not facts.said("jugement", "par_defaut"):
        return None
    return months_after(start, 6), None  # CPC, art. 478


def _order_to_leave(facts: Facts) -> date | None:
    """CE, 12 Dec. 2014, n° 363372: the day the préfet is told of the act, where it comes after the act."""
    act = facts.last("commandement_de_quitter_les_lieux")
    if act is None:
        return None
    return min([day for day in facts.days("notification_cql_prefet") if day >= act], default=act)


def _no_delay_to_leave(facts: Facts, start: date) -> bool:
    """CPCE, art. L. 412-1: the judge took it away, or since 29 July 2023 found the household of bad faith."""
    if facts.said("jugement", "delai_supprime"):
        return True
    return start >= date(2023, 7, 29) and bool(facts.said("jugement", "mauvaise_foi"))


def delai_commandement_de_quitter_les_lieux(facts: Facts) -> Answer:
    start = _order_to_leave(facts)
    if start is None or start < date(2012, 6, 1) or _no_delay_to_leave(facts, start):
        return None
    return months_after(start, 2), None  # CPCE, art. L. 412-1, since 1 June 2012


def premiere_expulsion_possible(facts: Facts) -> Answer:
    """As if nothing suspended the procedure but the truce."""
    start = _order_to_leave(facts)
    if start is None or start < date(2012, 6, 1):
        return None
    if _no_delay_to_leave(facts, start):
        # CPCE, art. L. 412-5 suspends a delay until the préfet is told; without a delay the act itself counts.
        day = facts.last("commandement_de_quitter_les_lieux")
        assert day is not None
    else:
        day = months_after(start, 2) + DAY
    while True:
        truce = in_truce(day, facts.dossier)
        if truce is None:
            return None
        if not truce and day.weekday() != SUNDAY and not is_holiday(day, facts.place):  # CPCE, art. L. 141-1
            return day, None
        day += DAY


def reponse_du_prefet(facts: Facts) -> Answer:
    start = facts.last("requisition_force_publique")
    if start is None or start < date(2012, 6, 1):
        return None
    return months_after(start, 2), None  # CPCE, art. R. 153-1


def retrait_des_meubles(facts: Facts) -> Answer:
    start = facts.last("proces_verbal_expulsion")
    if start is None or start < date(2012, 6, 1):
        return None
    day = months_after(start, 2 if start >= date(2020, 1, 1) else 1)  # CPCE, art. R. 433-1
    return day, extended(day, facts.place)


def contestation_des_meubles(facts: Facts) -> Answer:
    start = facts.last("proces_verbal_expulsion")
    if start is None or start < date(2020, 1, 1):
        return None
    return next_working_day(months_after(start, 1), facts.place), None  # CPCE, art. R. 433-1, 4° and R. 433-3


def signalement_impaye_par_le_bailleur(facts: Facts) -> Answer:
    start = facts.last("impaye_constitue")
    if start is None or start < date(2015, 1, 1):
        return None
    return months_after(start, 2 if start >= date(2016, 9, 1) else 3), None  # CCH, art. R. 824-4


def plan_apurement_caf(facts: Facts) -> Answer:
    """The texts before 1 September 2019 and from 1 January 2027 (décret n° 2026-84) were not read."""
    start, report = facts.last("signalement_caf"), facts.first("signalement_caf")
    if start is None or report is None:
        return None
    regime = facts.dossier.dette.regime_aide_logement
    if regime == "depuis_2027":
        return None
    if regime == "avant_2027":
        applies = start >= date(2019, 9, 1)
    else:
        applies = date(2019, 9, 1) <= report < date(2027, 1, 1)
    return (months_after(start, 6), None) if applies else None  # CCH, art. R. 824-7, 1°


def effet_suspension_aide_logement(facts: Facts) -> Answer:
    start = facts.last("notification_decision_organisme")
    if start is None or start < date(2027, 1, 1) or facts.said("decision_aide_logement", "decision") != "suspension":
        return None
    day = start + DAY  # décret n° 2026-84: the first day of the next month
    while day.day != 1:
        day += DAY
    return day, None


def recours_dalo_commission(facts: Facts) -> Answer:
    start = facts.last("recours_dalo")
    if start is None:
        return None
    return months_after(start, 3), None  # CCH, art. L. 441-2-3, II and R. 441-15


def treve_hivernale(facts: Facts) -> Answer:
    """The last day of the truce under way, or of the next one."""
    start = facts.first("jugement", "commandement_de_quitter_les_lieux")
    if start is None:
        return None
    day = max(start, facts.today)
    while True:
        truce = in_truce(day, facts.dossier)
        if truce is None:
            return None
        if truce and not in_truce(day + DAY, facts.dossier):
            return day, None
        day += DAY


RULES: dict[str, Callable[[Facts], Answer]] = {
    rule.__name__: rule
    for rule in (
        delai_pour_payer,
        denonciation_a_la_caution,
        notification_assignation_au_prefet,
        entretien_dsf,
        seconde_proposition_dsf,
        transmission_dsf,
        saisine_ccapex_avant_assignation,
        opposition_ou_appel,
        jugement_par_defaut_non_signifie,
        delai_commandement_de_quitter_les_lieux,
        premiere_expulsion_possible,
        treve_hivernale,
        reponse_du_prefet,
        retrait_des_meubles,
        contestation_des_meubles,
        signalement_impaye_par_le_bailleur,
        plan_apurement_caf,
        effet_suspension_aide_logement,
        recours_dalo_commission,
    )
}


def naive_deadlines(dossier: Dossier, today: date) -> dict[str, Answer]:
    """The answer of every rule above for a dossier without suspension."""
    facts = Facts(dossier, today)
    return {name: rule(facts) for name, rule in RULES.items()}
