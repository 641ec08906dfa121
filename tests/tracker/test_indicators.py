"""Figures of a year: what is counted, and what is hidden."""

from dataclasses import replace
from datetime import date

import pytest

from pex.dossier.facts import Adresse, Bailleur, Dossier, Evenement, Menage
from pex.tracker import indicators
from pex.tracker.keeping import keep_new
from pex.tracker.models import PastDossier
from pex.tracker.office import set_setting

TODAY = date(2026, 11, 26)


@pytest.fixture
def user(account):
    set_setting(account.structure, indicators.THRESHOLD_SETTING, 5)
    base = Dossier("X", menage=Menage(adresse=Adresse(("1 rue Fictive",), "00100", "BRUMEVILLE")))
    dossiers = []
    for number in range(12):
        events = [Evenement("commandement_de_payer", date(2026, 1 + number % 6, 10))]
        if number < 8:
            events.append(Evenement("assignation", date(2026, 7, 10)))
        if number < 6:
            events.append(Evenement("entretien_dsf", date(2026, 8, 20)))
        if number < 8:
            events.append(Evenement("audience", date(2026, 9, 1 + number)))
        kind = "bailleur_social" if number % 2 else "personne_physique"
        dossiers.append(
            replace(base, reference=f"F-{number}", bailleur=Bailleur("Fictif", kind), evenements=tuple(events))
        )
    keep_new(dossiers, account.structure, opened_on=date(2026, 2, 1))
    return account


def figure(user, name, year=2026, today=TODAY):
    return next(item for item in indicators.year_figures(user, year, today) if item.id == name)


def row(figure, label):
    return next(row for row in figure.rows if row[0] == label)[1:]


def test_acts_are_counted_by_quarter_up_to_today(user):
    acts = figure(user, "actes")
    assert row(acts, "Commandement de payer") == ("6", "6", "0", "0", "12")
    assert row(acts, "Assignation") == ("0", "0", "8", "0", "8")
    early = figure(user, "actes", today=date(2026, 2, 1))
    assert row(early, "Assignation") == ("0", "0", "0", "0", "0")


def test_the_share_with_a_diagnosis_before_the_hearing_is_hidden_when_few_have_none(user):
    assert row(figure(user, "dsf"), "Part")[2] == "s"
    set_setting(user.structure, indicators.THRESHOLD_SETTING, 5)
    extra = [Dossier(f"G-{n}", evenements=(Evenement("audience", date(2026, 9, 20)),)) for n in range(6)]
    keep_new(extra, user.structure, opened_on=date(2026, 2, 1))
    assert row(figure(user, "dsf"), "Part")[2] == "43 %"
    assert row(figure(user, "dsf"), "Dossiers")[2] == "14"


def test_the_time_between_stages_is_a_median_of_enough_dossiers(user):
    times = figure(user, "durees")
    assert row(times, "Commandement de payer → Assignation")[1] == "8"
    assert row(times, "Audience → Jugement") == ("s", "0")


def test_a_breakdown_hides_small_numbers_and_what_would_give_them_back(user):
    keep_new(
        [
            Dossier(
                "PETIT", menage=Menage(adresse=Adresse((), "00410", "LA FICTIVE")),
                evenements=(Evenement("commandement_de_payer", date(2026, 3, 3)),),
            )
        ],
        user.structure,
        opened_on=date(2026, 2, 1),
    )  # fmt: skip
    table = indicators.breakdown(user, 2026, "commandement_de_payer", "commune", TODAY)
    assert "s" in row(table, "LA FICTIVE")
    assert row(table, "BRUMEVILLE").count("s") >= 1
    assert table.hidden >= 4


def test_purged_dossiers_still_count_without_a_commune(user):
    for _ in range(6):
        PastDossier.objects.create(
            structure=user.structure, opened_month="2026-02", landlord_type="bailleur_social",
            months={"commandement_de_payer": "2026-02"},
        )  # fmt: skip
    assert row(figure(user, "actes"), "Commandement de payer") == ("12", "6", "0", "0", "18")
    by_landlord = indicators.breakdown(user, 2026, "commandement_de_payer", "bailleur", TODAY)
    assert row(by_landlord, "bailleur social")[-1] == "12"
    by_commune = indicators.breakdown(user, 2026, "commandement_de_payer", "commune", TODAY)
    assert row(by_commune, "Non précisé")[-1] == "6"


def test_the_threshold_never_goes_under_the_lowest(user):
    set_setting(user.structure, indicators.THRESHOLD_SETTING, 1)
    assert indicators.threshold_of(user.structure) == indicators.LOWEST_THRESHOLD


def test_every_figure_has_its_definition(user):
    for item in indicators.year_figures(user, 2026, TODAY):
        assert item.title
        assert item.definition.endswith(".")
        assert all(len(line) == len(item.header) for line in item.rows)
