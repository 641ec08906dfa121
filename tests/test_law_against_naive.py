"""pex against a second, naive reading of the law: the vectors of our legal research, then thousands of dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from random import Random

import pytest
from naive_law import RULES, Answer, in_national_truce, is_holiday, naive_deadlines

from pex.dates import Period
from pex.dossier.facts import Bail, Bailleur, Dette, Dossier, Evenement, Territoire, TreveLocale
from pex.law import read_law
from pex.timeline import Timeline, build_timeline

TODAY = date(2026, 11, 24)
SEED, DOSSIERS = 20261124, 6000
NEW_LEASE, OLD_LEASE = {"signe_le": date(2024, 1, 1)}, {"signe_le": date(2020, 1, 1)}
REFERE, FOND = {"forme": "refere"}, {"forme": "fond"}

# Vector, events (a day, or a day and its details), facts, rule, day shown, extended day where the law is disputed.
Vector = tuple[str, dict[str, str | tuple[str | None, dict[str, object]]], dict[str, object], str, str, str | None]

TO_PAY, TO_LEAVE = "delai_pour_payer", "delai_commandement_de_quitter_les_lieux"
EVICTION = "premiere_expulsion_possible"


def _to_pay(name: str, act: str, shown: str, other: str | None, bail: Mapping[str, date]) -> Vector:
    return name, {"commandement_de_payer": act}, {"bail": bail}, TO_PAY, shown, other


def _hearing(name: str, day: str, rule: str, shown: str) -> Vector:
    return name, {"assignation": "2025-11-20", "audience": day}, {}, rule, shown, None


def _appeal(name: str, day: str, details: dict[str, object], shown: str) -> Vector:
    events = {"signification_jugement": day, "jugement": (None, details)}
    return name, events, {}, "opposition_ou_appel", shown, None


def _eviction(name: str, day: str, rule: str, shown: str) -> Vector:
    return name, {"commandement_de_quitter_les_lieux": day, "notification_cql_prefet": day}, {}, rule, shown, None


VECTORS: list[Vector] = [
    _to_pay("V1", "2026-11-23", "2027-01-04", None, NEW_LEASE),
    _to_pay("V2", "2026-10-10", "2026-11-21", "2026-11-23", NEW_LEASE),
    _to_pay("V3", "2026-09-30", "2026-11-11", "2026-11-12", NEW_LEASE),
    _to_pay("V4", "2026-04-02", "2026-05-14", "2026-05-15", NEW_LEASE),
    _to_pay("V5", "2026-03-27", "2026-05-08", "2026-05-11", NEW_LEASE),
    _to_pay("V6", "2026-11-13", "2026-12-25", "2026-12-28", NEW_LEASE),
    _to_pay("V7", "2026-11-14", "2026-12-26", "2026-12-28", NEW_LEASE),
    _to_pay("V8", "2028-01-18", "2028-02-29", None, NEW_LEASE),
    _to_pay("V9", "2025-12-31", "2026-02-28", "2026-03-02", OLD_LEASE),
    _to_pay("V10", "2026-12-31", "2027-02-28", "2027-03-01", OLD_LEASE),
    _to_pay("V11", "2027-12-31", "2028-02-29", None, OLD_LEASE),
    _to_pay("V12", "2027-12-30", "2028-02-29", None, OLD_LEASE),
    _to_pay("V13", "2027-12-29", "2028-02-29", None, OLD_LEASE),
    _to_pay("V14", "2026-02-28", "2026-04-28", None, OLD_LEASE),
    _to_pay("V15", "2026-07-31", "2026-09-30", None, OLD_LEASE),
    _to_pay("V16", "2026-09-11", "2026-11-11", "2026-11-12", OLD_LEASE),
    _to_pay("V17", "2026-11-23", "2027-01-23", "2027-01-25", OLD_LEASE),
    _hearing("V18", "2027-02-09", "notification_assignation_au_prefet", "2026-12-28"),
    _hearing("V18, DSF", "2027-02-09", "transmission_dsf", "2027-02-02"),
    _hearing("V19", "2027-01-18", "notification_assignation_au_prefet", "2026-12-06"),
    _hearing("V19, DSF", "2027-01-18", "transmission_dsf", "2027-01-11"),
    _hearing("V20", "2026-06-15", "notification_assignation_au_prefet", "2026-05-03"),
    _hearing("V20, DSF", "2026-06-15", "transmission_dsf", "2026-06-08"),
    _hearing("V21", "2027-05-11", "notification_assignation_au_prefet", "2027-03-29"),
    _hearing("V21, DSF", "2027-05-11", "transmission_dsf", "2027-05-03"),
    _appeal("V22", "2026-01-31", FOND, "2026-03-02"),
    _appeal("V23", "2028-01-31", FOND, "2028-02-29"),
    _appeal("V24", "2026-04-08", FOND, "2026-05-11"),
    _appeal("V25", "2026-11-25", FOND, "2026-12-28"),
    _appeal("V26", "2026-03-30", FOND, "2026-04-30"),
    _appeal("V27", "2026-11-23", REFERE, "2026-12-08"),
    _appeal("V28", "2026-12-10", REFERE, "2026-12-28"),
    _appeal("V29", "2026-07-31", REFERE, "2026-08-17"),
    _eviction("V30, délai", "2026-04-30", TO_LEAVE, "2026-06-30"),
    _eviction("V30", "2026-04-30", EVICTION, "2026-07-01"),
    _eviction("V31, délai", "2026-03-14", TO_LEAVE, "2026-05-14"),
    _eviction("V31", "2026-03-14", EVICTION, "2026-05-15"),
    _eviction("V32, délai", "2026-08-28", TO_LEAVE, "2026-10-28"),
    _eviction("V32", "2026-08-28", EVICTION, "2026-10-29"),
    _eviction("V33, délai", "2026-08-31", TO_LEAVE, "2026-10-31"),
    _eviction("V33", "2026-08-31", EVICTION, "2027-04-01"),
    _eviction("V34, délai", "2026-09-25", TO_LEAVE, "2026-11-25"),
    _eviction("V34", "2026-09-25", EVICTION, "2027-04-01"),
    _eviction("V35, délai", "2025-12-31", TO_LEAVE, "2026-02-28"),
    _eviction("V35", "2025-12-31", EVICTION, "2026-04-01"),
    _eviction("V36, délai", "2023-12-30", TO_LEAVE, "2024-02-29"),
    _eviction("V36", "2023-12-30", EVICTION, "2024-04-02"),
    _eviction("V37, délai", "2027-01-30", TO_LEAVE, "2027-03-30"),
    _eviction("V37", "2027-01-30", EVICTION, "2027-04-01"),
    _eviction("V38, délai", "2029-01-30", TO_LEAVE, "2029-03-30"),
    _eviction("V38", "2029-01-30", EVICTION, "2029-04-03"),
    (
        "préfet prévenu plus tard",
        {"commandement_de_quitter_les_lieux": "2026-04-30", "notification_cql_prefet": "2026-05-20"},
        {}, EVICTION, "2026-07-21", None,
    ),
    (
        "mauvaise foi",
        {"commandement_de_quitter_les_lieux": "2026-11-23", "jugement": (None, {"mauvaise_foi": True})},
        {}, EVICTION, "2027-04-01", None,
    ),
    ("V39", {"requisition_force_publique": "2026-09-08"}, {}, "reponse_du_prefet", "2026-11-08", None),
    ("V40", {"requisition_force_publique": "2026-12-31"}, {}, "reponse_du_prefet", "2027-02-28", None),
    ("V41", {"requisition_force_publique": "2026-12-30"}, {}, "reponse_du_prefet", "2027-02-28", None),
    (
        "V42",
        {"saisine_ccapex": "2026-12-31"},
        {"bailleur": "personne_morale"}, "saisine_ccapex_avant_assignation", "2027-02-28", None,
    ),
    ("V43", {"commandement_de_payer": "2026-11-23"}, {}, "denonciation_a_la_caution", "2026-12-08", None),
    ("V47", {"proces_verbal_expulsion": "2026-04-14"}, {}, "retrait_des_meubles", "2026-06-14", "2026-06-15"),
    ("V48", {"proces_verbal_expulsion": "2026-04-14"}, {}, "contestation_des_meubles", "2026-05-15", None),
    ("V50", {"impaye_constitue": "2026-01-31"}, {}, "signalement_impaye_par_le_bailleur", "2026-03-31", None),
    ("V51", {"signalement_caf": "2026-08-31"}, {}, "plan_apurement_caf", "2027-02-28", None),
    ("V54", {"saisine_dsf": "2026-12-14"}, {}, "entretien_dsf", "2027-01-06", None),
    ("V55", {"saisine_dsf": "2026-04-20"}, {}, "entretien_dsf", "2026-05-13", None),
    ("V58", {"jugement": ("2026-08-31", {"par_defaut": True})}, {}, "jugement_par_defaut_non_signifie", "2027-02-28", None),
]  # fmt: skip


def _dossier_of(vector: Vector) -> Dossier:
    name, events, facts, _, _, _ = vector
    found = []
    for kind, what in events.items():
        day, details = what if isinstance(what, tuple) else (what, {})
        found.append(Evenement(kind, date.fromisoformat(day) if day else None, details))
    return Dossier(
        name,
        bail=Bail(**facts.get("bail", {})),  # type: ignore[arg-type]
        bailleur=Bailleur(type=facts.get("bailleur")),  # type: ignore[arg-type]
        territoire=Territoire("71"),
        evenements=tuple(found),
    )


def _as_pair(timeline: Timeline, rule: str) -> Answer:
    deadline = timeline.deadline(rule)
    if deadline is None or deadline.last_day is None:
        return None
    return deadline.last_day, deadline.last_day_extended


@pytest.mark.parametrize("vector", [pytest.param(vector, id=f"{vector[0]} {vector[3]}") for vector in VECTORS])
def test_both_readings_of_the_law_give_the_vector(vector: Vector) -> None:
    _, _, _, rule, shown, other = vector
    expected = date.fromisoformat(shown), date.fromisoformat(other) if other else None
    dossier = _dossier_of(vector)
    assert naive_deadlines(dossier, TODAY)[rule] == expected
    assert _as_pair(build_timeline(dossier, read_law(), TODAY), rule) == expected


@pytest.mark.parametrize(
    ("year", "last_before", "first_after"),
    [
        (2022, "2022-10-31", "2022-04-01"),
        (2023, "2023-10-31", "2023-04-01"),
        (2024, "2024-10-31", "2024-04-02"),
        (2025, "2025-10-31", "2025-04-01"),
        (2026, "2026-10-31", "2026-04-01"),
        (2027, "2027-10-30", "2027-04-01"),
        (2028, "2028-10-31", "2028-04-01"),
        (2029, "2029-10-31", "2029-04-03"),
        (2030, "2030-10-31", "2030-04-01"),
    ],
)
def test_an_eviction_stops_before_the_truce_and_resumes_after_it(year: int, last_before: str, first_after: str) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    lawful = [day for day in days if not in_national_truce(day) and day.weekday() != 6 and not is_holiday(day, "71")]
    assert (lawful[-1], lawful[0]) == (date.fromisoformat(last_before), date.fromisoformat(first_after))


# Random dossiers.

DEPARTEMENTS = ("71", "57", "67", "2A", "974", "971", "972", "973", "976", None)
LANDLORDS = ("bailleur_social", "personne_morale", "personne_physique", "sci_familiale", None)
# In the order of a procedure; what starts or stops a rule of the naive law, and nothing that suspends it.
KINDS = (
    "premier_impaye", "impaye_constitue", "signalement_caf", "saisine_ccapex", "plan_apurement", "commandement_de_payer",
    "assignation", "notification_assignation_prefet", "saisine_dsf", "entretien_dsf", "dsf_transmis", "audience",
    "jugement", "signification_jugement", "appel", "commandement_de_quitter_les_lieux", "notification_cql_prefet",
    "requisition_force_publique", "octroi_concours", "refus_concours", "proces_verbal_expulsion", "contestation_meubles",
    "recours_dalo", "rejet_dalo", "decision_aide_logement", "notification_decision_organisme",
)  # fmt: skip
ENDS = ("dette_soldee", "relogement", "depart_volontaire")
STATED = (Period(6, "weeks"), Period(2, "months"), Period(3, "months"), Period(15, "days"), Period(1, "years"))
# Days around which the law changes, or months are short.
TURNS = (
    date(2012, 6, 1), date(2014, 3, 27), date(2015, 1, 1), date(2016, 9, 1), date(2019, 9, 1), date(2020, 1, 1),
    date(2020, 3, 31), date(2021, 1, 8), date(2021, 3, 31), date(2023, 7, 29), date(2024, 2, 29), date(2027, 1, 1),
    date(2028, 2, 29),
)  # fmt: skip


def _random_day(random: Random, first: date = date(2012, 1, 1)) -> date:
    if random.random() < 0.2:
        return max(first, random.choice(TURNS) + timedelta(days=random.randint(-3, 3)))
    return first + timedelta(days=random.randrange((date(2035, 12, 31) - first).days))


def _random_details(random: Random, kind: str) -> dict[str, object]:
    details: dict[str, object] = {}
    match kind:
        case "commandement_de_payer" if random.random() < 0.25:
            details["delai_indique"] = random.choice(STATED)
        case "jugement":
            if random.random() < 0.7:
                details["forme"] = random.choice(("refere", "fond"))
            if random.random() < 0.3:
                details["decision"] = random.choice(("expulsion", "expulsion", "rejet"))
            for name in ("mauvaise_foi", "delai_supprime", "par_defaut"):
                if random.random() < 0.15:
                    details[name] = random.random() < 0.6
        case "decision_aide_logement":
            details["decision"] = random.choice(("suspension", "suspension", "maintien", "levee"))
    return details


def _random_events(random: Random) -> list[Evenement]:
    kinds = [kind for kind in KINDS if random.random() < random.choice((0.3, 0.9))]
    kinds += [kind for kind in kinds if random.random() < 0.15]  # two of a kind
    kinds += [kind for kind in ENDS if random.random() < 0.05]
    in_order = random.random() < 0.6
    day = _random_day(random)
    found: dict[tuple[str, date | None], Evenement] = {}
    for kind in kinds:
        if in_order and kind not in ENDS:
            day += timedelta(days=random.choice((0, 1, 7, 30, 61, random.randint(0, 200))))
        else:
            day = _random_day(random)
        known = day if random.random() < 0.93 else None
        # Two events of one kind on one day are one event.
        found.setdefault((kind, known), Evenement(kind, known, _random_details(random, kind)))
    events = list(found.values())
    random.shuffle(events)
    return events


def _random_truce(random: Random) -> TreveLocale | None:
    if random.random() < 0.3:
        return None
    first = _random_day(random)
    return TreveLocale(first, first + timedelta(days=random.randint(100, 135)))


def _random_dossier(random: Random, number: int) -> tuple[Dossier, date]:
    reform = date(2023, 7, 29)
    signed = random.choice((reform + timedelta(days=random.randint(-3, 3)), _random_day(random), None))
    renewed = random.choice((None, None, reform + timedelta(days=random.randint(-3, 3)), _random_day(random)))
    departement = random.choice(DEPARTEMENTS)
    overseas = departement is not None and departement.startswith("97")
    dossier = Dossier(
        f"HASARD-{number}",
        bail=Bail(signe_le=signed, renouvele_le=renewed),
        bailleur=Bailleur(type=random.choice(LANDLORDS)),
        dette=Dette(regime_aide_logement=random.choice((None, None, None, "avant_2027", "depuis_2027"))),
        territoire=Territoire(departement, _random_truce(random) if overseas else None),
        evenements=tuple(_random_events(random)),
    )
    return dossier, _random_day(random, date(2015, 1, 1))


@lru_cache(maxsize=1)
def _compared() -> list[tuple[Dossier, date, dict[str, Answer], Timeline]]:
    random, law = Random(SEED), read_law()
    found = []
    for number in range(DOSSIERS):
        dossier, today = _random_dossier(random, number)
        found.append((dossier, today, naive_deadlines(dossier, today), build_timeline(dossier, law, today)))
    return found


def _tell(dossier: Dossier, today: date, rule: str, naive: Answer, ours: Answer) -> str:
    lines = [
        f"{rule} le {today}: naive {_write(naive)}, pex {_write(ours)}",
        f"  {dossier.bail} {dossier.bailleur} {dossier.territoire} régime {dossier.dette.regime_aide_logement}",
    ]
    events = sorted(dossier.evenements, key=lambda event: event.date or date.max)
    lines += [f"  {event.date} {event.type} {dict(event.precisions) or ''}" for event in events]
    return "\n".join(lines)


def _write(answer: Answer) -> str:
    if answer is None:
        return "None"
    return f"{answer[0]}" + (f" or {answer[1]}" if answer[1] else "")


@pytest.mark.parametrize("rule", RULES)
def test_random_dossiers_have_the_same_deadline_in_both_readings_of_the_law(rule: str) -> None:
    different = []
    for dossier, today, naive, timeline in _compared():
        ours = _as_pair(timeline, rule)
        if naive[rule] != ours:
            different.append(_tell(dossier, today, rule, naive[rule], ours))
    assert not different, f"{len(different)} of {DOSSIERS} dossiers differ\n" + "\n".join(different[:3])


@pytest.mark.parametrize("rule", RULES)
def test_enough_random_dossiers_have_a_date_and_enough_have_none(rule: str) -> None:
    dated = sum(naive[rule] is not None for _, _, naive, _ in _compared())
    assert DOSSIERS // 50 < dated < DOSSIERS


def test_contradictory_and_incomplete_dossiers_are_among_them() -> None:
    events = [dossier.evenements for dossier, _, _, _ in _compared()]
    assert sum(any(event.date is None for event in found) for found in events) > DOSSIERS // 4
    assert sum(len({event.type for event in found}) < len(found) for found in events) > DOSSIERS // 4
    judged_first = 0
    for found in events:
        days = {event.type: event.date for event in found if event.date}
        judged_first += days.get("jugement", date.max) < days.get("assignation", date.min)
    assert judged_first > DOSSIERS // 50
