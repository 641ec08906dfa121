"""A dossier goes into the database and comes out the same; what is computed of it is computed again the same."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_law_properties import dossiers

from pex.dates import Period
from pex.dossier import dossier_to_mapping, read_dossiers
from pex.dossier.facts import Adresse, Bail, Dette, Dossier, Evenement, Menage, Personne
from pex.dossier.mapping import MappingReader
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.timeline import build_timeline
from pex.tracker import demo
from pex.tracker.assess import CACHED, dossier_of, law_version, reassess, refresh, timeline_of
from pex.tracker.keeping import forget, keep_again, keep_new
from pex.tracker.models import Dossier as Row
from pex.tracker.models import Event, Landlord, Said, SearchVariant, SearchWord
from pex.tracker.models.declared import declaration_of

TODAY = date(2026, 11, 26)
EXAMPLE_DOSSIERS = read_dossiers(EXAMPLES / "menages.yaml", law_events=read_law().events).dossiers

words = st.text("abcdeéÉ'- œ", min_size=1, max_size=12).filter(lambda text: text == text.strip() and text)
people = st.builds(Personne, st.none() | st.sampled_from(["Mme", "M."]), st.none() | words, st.none() | words).filter(
    lambda person: person != Personne()
)
addresses = st.builds(
    Adresse, st.lists(words, max_size=4).map(tuple), st.none() | st.just("00100"), st.none() | words
).filter(lambda address: address != Adresse())
households = st.builds(
    Menage,
    st.lists(people, max_size=4).map(tuple),
    st.none() | st.integers(0, 12),
    st.sampled_from(["fr", "ar"]),
    st.none() | addresses,
    st.none() | st.booleans(),
)


@contextmanager
def undone():
    """What an example of hypothesis writes is undone before the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_a_file_gives_it(facts: Dossier) -> Dossier:
    """Text cleaned as every reader cleans it."""
    return MappingReader(read_law().events, {}).dossier(dossier_to_mapping(facts))


def read_again(row):
    return dossier_of(Row.objects.with_facts().get(pk=row.pk))


@pytest.mark.parametrize("facts", EXAMPLE_DOSSIERS, ids=lambda facts: facts.reference)
def test_each_example_comes_out_as_it_went_in(account, facts):
    (row,) = keep_new([facts], account.structure, opened_on=TODAY)
    assert read_again(row) == facts
    assert timeline_of(row, TODAY).deadlines == build_timeline(facts, read_law(), TODAY).deadlines


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=dossiers(), menage=households)
def test_any_dossier_comes_out_as_it_went_in(account, facts, menage):
    whole = as_a_file_gives_it(replace(facts, menage=menage))
    with undone():
        (row,) = keep_new([whole], account.structure, opened_on=None)
        assert read_again(row) == whole


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=dossiers(), after=dossiers())
def test_facts_given_again_replace_the_others(account, before, after):
    before, after = as_a_file_gives_it(before), as_a_file_gives_it(after)
    with undone():
        (row,) = keep_new([before], account.structure, opened_on=None)
        assert keep_again(row, after) is (before != after)
        assert read_again(row) == after
        assert keep_again(row, after) is False


def test_the_delay_written_in_the_lease_and_an_hour_keep_their_kind(account):
    facts = Dossier(
        "A-1",
        bail=Bail(delai_clause_resolutoire=Period(2, "months")),
        evenements=(
            Evenement(
                "commandement_de_payer", TODAY, {"delai_indique": Period(6, "weeks"), "montant": Decimal("12.50")}
            ),
        ),
    )
    (row,) = keep_new([facts], account.structure, opened_on=None)
    assert read_again(row) == facts


def test_an_event_that_did_not_change_keeps_who_said_it(account):
    act, summons = Evenement("commandement_de_payer", TODAY), Evenement("assignation", TODAY + timedelta(90))
    (row,) = keep_new([Dossier("A-1", evenements=(act,))], account.structure, opened_on=None, said_by=Said.COMMISSAIRE)
    first = Event.objects.get(dossier=row)
    keep_again(row, Dossier("A-1", evenements=(act, summons)), said_by=Said.HOUSEHOLD)
    assert list(row.events.values_list("type", "said_by")) == [
        ("commandement_de_payer", Said.COMMISSAIRE),
        ("assignation", Said.HOUSEHOLD),
    ]
    assert row.events.first().pk == first.pk


def test_older_debts_stay_when_a_newer_one_comes(account):
    old, new = Dette(Decimal(900), date(2026, 9, 1)), Dette(Decimal(1200), date(2026, 11, 1))
    (row,) = keep_new([Dossier("A-1", dette=old)], account.structure, opened_on=None)
    keep_again(row, Dossier("A-1", dette=new))
    assert list(row.debts.values_list("amount", flat=True)) == [Decimal(900), Decimal(1200)]
    assert read_again(row).dette == new


def test_what_is_cached_is_what_is_computed(account):
    demo.fill(TODAY)
    kept = {row.pk: [getattr(row, name) for name in CACHED] for row in Row.objects.all()}
    deadlines = {
        (item.dossier_id, item.rule, item.last_day) for row in Row.objects.all() for item in row.deadlines.all()
    }
    assert len(kept) == demo.HOUSEHOLDS and deadlines
    assert list(reassess(TODAY)) == []
    for _ in reassess(TODAY, everything=True):
        pass
    assert {row.pk: [getattr(row, name) for name in CACHED] for row in Row.objects.all()} == kept
    for row in Row.objects.with_facts():
        timeline = timeline_of(row, TODAY)
        assert row.stage == timeline.stage and row.law_version == law_version()
        running = [
            item.last_day
            for item in timeline.deadlines
            if item.status == "en_cours" and item.last_day and item.binds != "commissaire_de_justice"
        ]
        assert row.next_deadline == min(running, default=None)


def test_a_deadline_that_passed_is_no_longer_the_next_one(account):
    demo.fill(TODAY)
    row = (
        Row.objects.filter(stage="commandement_de_payer").exclude(next_deadline=None).order_by("next_deadline").first()
    )
    day_after = row.next_deadline + timedelta(days=1)
    refresh(row, day_after)
    assert row.assessed_on == day_after
    assert row.next_deadline is None or row.next_deadline >= day_after


def test_no_word_of_a_forgotten_household_is_left(account):
    facts = Dossier("A-1", menage=Menage((Personne("Mme", "IMAGINAIRE", "Zoé"),)))
    other = Dossier("A-2", menage=Menage((Personne("M.", "MARTIN", "Zoé"),)))
    row, _ = keep_new([facts, other], account.structure, opened_on=None)
    assert SearchVariant.objects.filter(word="imaginaire").exists()
    forget([row])
    assert not SearchVariant.objects.filter(word="imaginaire").exists()
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"a", "2", "a2", "martin", "zoe"}
    assert not Landlord.objects.exists()


def test_the_demonstration_is_the_same_each_time(account):
    import random

    assert list(demo.households(TODAY, random.Random(1))) == list(demo.households(TODAY, random.Random(1)))


def test_every_field_declares_what_it_holds_and_what_a_purge_does_with_it():
    undeclared = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("tracker").get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if declaration_of(field) is None
    ]
    assert not undeclared


def test_the_migrations_are_one_line_and_say_all_that_the_models_hold(migrated):
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader

    assert MigrationLoader(None).detect_conflicts() == {}
    call_command("makemigrations", "tracker", check=True, dry_run=True, verbosity=0)
