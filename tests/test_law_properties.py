"""What must be true of every timeline, whatever the dossier: hypothesis looks for one that breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from naive_law import in_truce, is_holiday

from pex.dates import Period
from pex.dossier.facts import Bail, Bailleur, Dette, Dossier, Evenement, Territoire, TreveLocale
from pex.law import Rule, read_law
from pex.timeline import Deadline, Timeline, build_timeline

LAW = read_law()
TODAY = date(2026, 11, 24)
RULES = [pytest.param(rule, id=rule.id) for rule in LAW.dated_rules]
FORWARD = ("forward", "working_days_after", "first_of_next_month")
# Dates given by one event alone; « after_rule » and « maximum » rest on others.
COUNTED_FROM_ONE_DAY = (*FORWARD, "backward", "working_days_before", "execution_day")
SUNDAY = 6

quick = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
for_each_rule = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

any_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
likely_days = st.dates(date(2012, 6, 1), date(2040, 12, 31))
days = st.one_of(likely_days, any_days)
places = st.sampled_from(["71", "57", "67", "2A", "971", "972", "973", "974", "975", "976", "977", "978", "986", None])
landlords = st.sampled_from(["bailleur_social", "personne_morale", "personne_physique", "sci_familiale", None])
amounts = st.decimals(0, 99999, places=2)
kinds_of_detail = {
    "texte": st.text(max_size=20),
    "date": days,
    "heure": st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
    "duree": st.builds(Period, st.integers(1, 99), st.sampled_from(["days", "weeks", "months", "years"])),
    "montant": amounts,
    "oui_non": st.booleans(),
}


def values_of(kind: str) -> st.SearchStrategy[object]:
    if kind.startswith("choix:"):
        return st.sampled_from(kind.removeprefix("choix:").split("|"))
    return kinds_of_detail[kind]


def details_of(event_type: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {}, optional={name: values_of(kind) for name, kind in LAW.events[event_type].details.items()}
    )


def events_of(event_type: str) -> st.SearchStrategy[Evenement]:
    return st.builds(Evenement, st.just(event_type), st.none() | days, details_of(event_type))


any_event = st.sampled_from(sorted(LAW.events)).flatmap(events_of)
truces = st.builds(lambda du, length: TreveLocale(du, du + timedelta(days=length)), days, st.integers(0, 140))


@st.composite
def dossiers(draw: st.DrawFn, events: st.SearchStrategy[list[Evenement]] | None = None) -> Dossier:
    """Any dossier that the file could hold, contradictory ones too."""
    found = draw(st.lists(any_event, max_size=14) if events is None else events)
    return Dossier(
        "HASARD",
        bail=draw(st.builds(Bail, signe_le=st.none() | days, renouvele_le=st.none() | days)),
        bailleur=Bailleur(type=draw(landlords)),
        dette=draw(
            st.builds(
                Dette,
                montant=st.none() | amounts,
                constatee_le=st.none() | days,
                loyer=st.none() | amounts,
                charges=st.none() | amounts,
                aide_logement=st.none() | amounts,
                tiers_payant=st.none() | st.booleans(),
                regime_aide_logement=st.sampled_from([None, None, "avant_2027", "depuis_2027"]),
            )
        ),
        territoire=draw(st.builds(Territoire, places, st.none() | truces)),
        evenements=tuple(found),
    )


def one_of_each_day(events: list[Evenement]) -> list[Evenement]:
    """Without two events of one kind on one day, or both of unknown day, that say different things."""
    return list({(event.type, event.date): event for event in events}.values())


def dossier_for(rule: Rule, day: date | None, place: str | None = "71", **facts: object) -> Dossier:
    """The smallest dossier in which the rule runs from `day`."""
    details: dict[str, dict[str, object]] = {rule.runs_from[0]: {}}
    for path in (rule.only_when, rule.depends_on):
        if path is None:
            continue
        name, _, value = path.partition("=")
        event_type, detail = name.split(".")
        options = LAW.events[event_type].details[detail].removeprefix("choix:").split("|")
        details.setdefault(event_type, {})[detail] = value or (options[0] if len(options) > 1 else True)
    events = [Evenement(kind, day if kind in rule.runs_from else None, found) for kind, found in details.items()]
    landlord = rule.landlords[0] if rule.landlords else "personne_physique"
    given_facts: dict[str, object] = {"bail": Bail(signe_le=date(2024, 1, 1)), **facts}
    return Dossier(
        "REGLE",
        bailleur=Bailleur(type=landlord),
        territoire=Territoire(place, TreveLocale(date(2030, 11, 1), date(2031, 2, 15))),
        evenements=tuple(events),
        **given_facts,  # type: ignore[arg-type]
    )


def deadline_from(
    rule: Rule, day: date | None, today: date, place: str | None = "71", **facts: object
) -> Deadline | None:
    return build_timeline(dossier_for(rule, day, place, **facts), LAW, today).deadline(rule.id)


def all_written(timeline: Timeline) -> Mapping[str, tuple[str, ...]]:
    """Every sentence, so that one that cannot be written shows."""
    return {deadline.rule: (*deadline.reasons, deadline.in_short or "") for deadline in timeline.deadlines}


@quick
@given(dossiers(), days)
def test_no_dossier_makes_the_timeline_raise(dossier: Dossier, today: date) -> None:
    timeline = build_timeline(dossier, LAW, today)
    assert timeline.stage in LAW.stages
    all_written(timeline)


@quick
@given(
    dossiers(st.permutations(sorted(LAW.events)).flatmap(lambda kinds: st.tuples(*map(events_of, kinds)).map(list))),
    days,
)
def test_a_dossier_with_every_event_does_not_make_the_timeline_raise(dossier: Dossier, today: date) -> None:
    all_written(build_timeline(dossier, LAW, today))


@quick
@given(dossiers(), days)
def test_no_deadline_comes_before_its_start(dossier: Dossier, today: date) -> None:
    for deadline in build_timeline(dossier, LAW, today).deadlines:
        if deadline.last_day is None or deadline.since is None:
            continue
        counted = LAW.rules[deadline.rule].counted
        if counted in FORWARD or counted == "after_rule":
            assert deadline.since < deadline.last_day, deadline
        elif counted in ("execution_day", "season"):
            assert deadline.since <= deadline.last_day, deadline
        elif counted in ("backward", "working_days_before"):
            assert deadline.last_day < deadline.since, deadline


@pytest.mark.parametrize("rule", RULES)
@for_each_rule
@given(day=likely_days, place=places)
def test_no_rule_on_its_own_gives_a_day_before_its_start(rule: Rule, day: date, place: str | None) -> None:
    deadline = deadline_from(rule, day, TODAY, place)
    assert deadline is not None and deadline.since == day
    if deadline.last_day is not None and rule.counted in FORWARD:
        assert day < deadline.last_day


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.values[0].counted in COUNTED_FROM_ONE_DAY])
@for_each_rule
@given(
    day=likely_days, later_by=st.one_of(st.integers(0, 5), st.integers(0, 2000)), place=places, lease=st.none() | days
)
@example(day=date(2025, 12, 30), later_by=1, place="71", lease=date(2020, 1, 1))
@example(day=date(2027, 12, 29), later_by=2, place="67", lease=date(2020, 1, 1))
def test_a_later_start_never_gives_an_earlier_deadline(
    rule: Rule, day: date, later_by: int, place: str | None, lease: date | None
) -> None:
    """Under one version of the law: a reform may shorten a delay."""
    first = deadline_from(rule, day, TODAY, place, bail=Bail(signe_le=lease))
    second = deadline_from(rule, day + timedelta(days=later_by), TODAY, place, bail=Bail(signe_le=lease))
    assert first is not None and second is not None
    if first.version != second.version or first.last_day is None or second.last_day is None:
        return
    assert first.last_day <= second.last_day
    assert (first.last_day_extended or first.last_day) <= (second.last_day_extended or second.last_day)


@quick
@given(dossiers(), days)
def test_a_deadline_that_moves_off_holidays_ends_on_a_working_day(dossier: Dossier, today: date) -> None:
    place = dossier.territoire.departement
    for deadline in build_timeline(dossier, LAW, today).deadlines:
        moves = LAW.rules[deadline.rule].moves_off_holidays
        day = deadline.last_day if moves == "always" else deadline.last_day_extended
        if day is not None:
            assert day.weekday() < 5 and not is_holiday(day, place), deadline


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.values[0].moves_off_holidays == "always"])
@for_each_rule
@given(day=likely_days, place=places)
def test_a_rule_that_always_moves_ends_on_a_working_day(rule: Rule, day: date, place: str | None) -> None:
    deadline = deadline_from(rule, day, TODAY, place)
    assert deadline is not None
    if deadline.last_day is not None:
        assert deadline.last_day.weekday() < 5 and not is_holiday(deadline.last_day, place)
        assert deadline.last_day_extended is None


@pytest.mark.parametrize("rule", RULES)
def test_an_unknown_start_gives_an_unknown_deadline(rule: Rule) -> None:
    deadline = deadline_from(rule, None, TODAY)
    assert deadline is not None
    assert deadline.last_day is None and deadline.last_day_extended is None and deadline.since is None
    assert deadline.missing


@quick
@given(dossiers(), days)
def test_a_rule_whose_events_have_no_day_has_no_day_either(dossier: Dossier, today: date) -> None:
    undated = tuple(replace(event, date=None) for event in dossier.evenements)
    for deadline in build_timeline(replace(dossier, evenements=undated), LAW, today).deadlines:
        assert deadline.last_day is None and deadline.last_day_extended is None and deadline.at_most is None, deadline


@quick
@given(dossiers(st.lists(any_event, max_size=14).map(one_of_each_day)), days, st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_written_does_not_matter(dossier: Dossier, today: date, random: Random) -> None:
    events = list(dossier.evenements)
    random.shuffle(events)
    shuffled = build_timeline(replace(dossier, evenements=tuple(events)), LAW, today)
    written = build_timeline(dossier, LAW, today)
    # The order in which alerts are told has its own test.
    assert sorted(map(repr, shuffled.alerts)) == sorted(map(repr, written.alerts))
    assert replace(shuffled, dossier=dossier, alerts=()) == replace(written, alerts=())


def test_the_order_in_which_events_are_written_does_not_change_the_order_of_alerts() -> None:
    events = tuple(
        Evenement(kind) for kind in ("premier_impaye", "signalement_caf", "commandement_de_payer", "jugement")
    )
    orders = [build_timeline(Dossier("ORDRE", evenements=order), LAW, TODAY).alerts for order in permutations(events)]
    assert all(alerts == orders[0] for alerts in orders)


@pytest.mark.parametrize(
    ("event_type", "day", "details"),
    [
        ("commandement_de_payer", date(2026, 9, 14), [{"delai_indique": Period(6, "weeks")}, {"delai_indique": Period(2, "months")}]),
        ("commandement_de_payer", date(2026, 9, 14), [{}, {"delai_indique": Period(3, "months")}]),
        ("jugement", date(2026, 9, 14), [{"forme": "refere"}, {"forme": "fond"}]),
        ("jugement", None, [{"forme": "refere"}, {"forme": "fond"}]),
        ("jugement", date(2026, 9, 14), [{"mauvaise_foi": True}, {"mauvaise_foi": False}]),
        ("jugement", date(2026, 9, 14), [{"decision": "rejet"}, {"decision": "expulsion"}]),
        ("decision_jex", date(2026, 9, 14), [{"delais_accordes": True, "jusqu_au": date(2027, 3, 1)}, {"delais_accordes": False}]),
    ],
)  # fmt: skip
def test_the_order_of_two_events_of_one_day_that_disagree_does_not_matter(
    event_type: str, day: date | None, details: list[dict[str, object]]
) -> None:
    others = (
        Evenement("signification_jugement", date(2026, 9, 30)),
        Evenement("commandement_de_quitter_les_lieux", date(2026, 10, 5)),
    )
    pair = tuple(Evenement(event_type, day, found) for found in details)
    lease = Bail(signe_le=date(2020, 1, 1))
    written = Dossier("ORDRE", bail=lease, territoire=Territoire("71"), evenements=(*pair, *others))
    turned = replace(written, evenements=(*others, *reversed(pair)))
    assert replace(build_timeline(turned, LAW, TODAY), dossier=written) == build_timeline(written, LAW, TODAY)


@quick
@given(dossiers(), days)
def test_the_extended_day_is_later_than_the_day_shown(dossier: Dossier, today: date) -> None:
    for deadline in build_timeline(dossier, LAW, today).deadlines:
        if deadline.last_day_extended is not None:
            assert deadline.last_day is not None and deadline.last_day < deadline.last_day_extended, deadline
            assert deadline.certainty == "discutee"


@quick
@given(dossiers(), events_of("commandement_de_quitter_les_lieux"), days)
def test_no_eviction_is_announced_on_a_sunday_a_holiday_or_in_the_truce(
    dossier: Dossier, order: Evenement, today: date
) -> None:
    dossier = replace(dossier, evenements=(*dossier.evenements, order))
    deadline = build_timeline(dossier, LAW, today).deadline("premiere_expulsion_possible")
    if deadline is None or deadline.last_day is None:
        return
    day = deadline.last_day
    assert day.weekday() != SUNDAY
    assert not is_holiday(day, dossier.territoire.departement)
    assert in_truce(day, dossier) is False


@quick
@given(likely_days, st.integers(0, 60), places, truces)
def test_no_eviction_is_announced_before_two_months_and_a_day(
    act: date, told_after: int, place: str | None, truce: TreveLocale
) -> None:
    told = act + timedelta(days=told_after)
    events = (Evenement("commandement_de_quitter_les_lieux", act), Evenement("notification_cql_prefet", told))
    dossier = Dossier("CQL", territoire=Territoire(place, truce), evenements=events)
    deadline = build_timeline(dossier, LAW, act).deadline("premiere_expulsion_possible")
    assert deadline is not None
    if deadline.last_day is not None:
        assert deadline.last_day > told + timedelta(days=58)
        assert deadline.last_day.weekday() != SUNDAY and not is_holiday(deadline.last_day, place)
        assert in_truce(deadline.last_day, dossier) is False


@quick
@given(dossiers(), days)
def test_the_same_dossier_gives_the_same_timeline_twice(dossier: Dossier, today: date) -> None:
    first, second = build_timeline(dossier, LAW, today), build_timeline(dossier, LAW, today)
    assert first == second
    assert all_written(first) == all_written(second)


def test_every_kind_of_detail_is_tried() -> None:
    found = {kind for event in LAW.events.values() for kind in event.details.values() if not kind.startswith("choix:")}
    assert found == set(kinds_of_detail)
