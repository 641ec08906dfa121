"""The law, case by case: `tests/law/*.yaml` hold dates a jurist can redo by hand, each side of every reform."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from law_cases import TODAY, all_cases, dossier_of

from pex.dossier.facts import Bail, Dossier, Evenement
from pex.law import read_law
from pex.timeline import Timeline, build_timeline, timeline_to_mapping

CASES = [pytest.param(case, id=name) for name, case in all_cases()]


@pytest.mark.parametrize("case", CASES)
def test_the_law_says(case: dict[str, Any]) -> None:
    timeline = build_timeline(dossier_of(case), read_law(), case.get("le", TODAY))
    for rule, day in case.get("attendu", {}).items():
        deadline = timeline.deadline(rule)
        assert deadline is not None, f"{rule} manque"
        assert deadline.last_day == day
        assert deadline.last_day_extended == case.get("prolonge")
        assert deadline.reasons or deadline.missing
        assert deadline.references
        if "manque" in case:
            assert list(deadline.missing) == case["manque"]
            assert deadline.status == "inconnue"
        if "statut" in case:
            assert deadline.status == case["statut"]
        if "certitude" in case:
            assert deadline.certainty == case["certitude"]
        if "version" in case:
            assert deadline.version == case["version"]
        if "au_plus_tard" in case:
            assert deadline.at_most == case["au_plus_tard"]
    _assert_the_rest(case, timeline)


def _assert_the_rest(case: dict[str, Any], timeline: Timeline) -> None:
    found = {alert.id for alert in timeline.alerts}
    assert set(case.get("alertes", ())) <= found
    assert found.isdisjoint(case.get("sans_alerte", ()))
    if "etape" in case:
        assert timeline.stage == case["etape"]
    if "suspensions" in case:
        assert {item.id: item.until for item in timeline.suspensions} == case["suspensions"]
    if "voies" in case:
        assert {item.id: [item.state, item.last] for item in timeline.tracks} == case["voies"]
    following = {item.stage: item.not_before for item in timeline.next_stages}
    for stage, day in case.get("pas_avant", {}).items():
        assert following[stage] == day
    remedies = {item.action: item.last_useful_day for item in timeline.remedies}
    for action, day in case.get("dernier_jour_utile", {}).items():
        assert remedies[action] == day


def test_there_are_enough_cases_and_each_expects_something() -> None:
    names = [name for name, _ in all_cases()]
    assert len(names) == len(set(names)) >= 250
    expected = {
        "attendu", "etape", "alertes", "sans_alerte", "suspensions", "voies", "pas_avant", "dernier_jour_utile"
    }  # fmt: skip
    assert all(expected & case.keys() for _, case in all_cases())


def test_each_rule_that_gives_a_date_has_its_cases() -> None:
    tested = {rule for _, case in all_cases() for rule in case.get("attendu", {})}
    assert {rule.id for rule in read_law().dated_rules} <= tested


def test_each_check_has_its_case() -> None:
    tested = {check for _, case in all_cases() for check in case.get("alertes", ())}
    assert set(read_law().checks) <= tested


IRREGULAR = [
    "assignation_trop_tot_apres_ccapex",
    "assignation_limite_apres_ccapex",
    "saisine_ccapex_inconnue",
    "notification_prefet_tardive",
    "notification_prefet_limite",
    "notification_prefet_inconnue",
    "delai_indique_different",
    "acte_un_jour_non_ouvrable",
    "notification_cql_inconnue",
    "requisition_prematuree",
    "expulsion_trop_tot",
    "expulsion_pendant_la_treve",
    "expulsion_pendant_une_suspension",
    "jugement_non_avenu",
    "cql_avant_signification",
    "meubles_vendus_trop_tot",
    "dsf_absent",
    "assignation_avant_la_fin_du_delai",
    "acte_plus_ancien",
]


@pytest.mark.parametrize("check_id", IRREGULAR)
def test_what_looks_irregular_cites_its_article_and_sends_to_a_lawyer_or_the_adil(check_id: str) -> None:
    check = read_law().checks[check_id]
    assert check.references
    assert check.certainty in ("certaine", "discutee", "a_confirmer")
    assert check.advice
    assert check.effect or "limite" in check_id
    # Information, never advice to sue.
    said = f"{check.message} {check.effect}".lower()
    assert not any(word in said for word in ("attaquez", "poursuivez", "portez plainte", "saisissez le tribunal"))


def test_each_track_has_its_case_and_no_event_is_in_two_tracks() -> None:
    law = read_law()
    tested = {track for _, case in all_cases() for track in case.get("voies", {})}
    assert set(law.tracks) <= tested
    events = [event for track in law.tracks.values() for event in track.events]
    assert len(events) == len(set(events))
    assert all(set(track.ends) <= set(track.events) for track in law.tracks.values())


def test_every_rule_is_sourced_dated_and_in_order() -> None:
    for rule in read_law().rules.values():
        assert [version.since for version in rule.versions] == sorted(version.since for version in rule.versions)
        assert all(version.references for version in rule.versions), rule.id
        assert (TODAY - rule.last_checked).days < 366, rule.id


def test_every_rule_has_one_version_each_month_since_2015() -> None:
    for rule in read_law().rules.values():
        spans = [
            (version.since, following.since if following else date.max)
            for version, following in zip(rule.versions, (*rule.versions[1:], None), strict=True)
        ]
        assert rule.versions[0].since <= date(2015, 1, 1), rule.id
        for month in range(12 * 20):
            day = date(2015 + month // 12, 1 + month % 12, 1)
            ((since, _),) = [span for span in spans if span[0] <= day < span[1]]
            assert rule.version_at(day).since == since


def test_every_rule_of_the_code_of_civil_enforcement_is_known_since_it_came_into_force() -> None:
    in_force = date(2012, 6, 1)
    for rule in read_law().rules.values():
        cited = [reference.title for version in rule.versions for reference in version.references]
        if any("procédures civiles d'exécution" in title for title in cited):
            assert rule.versions[0].since <= in_force, rule.id


def test_a_date_says_which_text_was_applied_and_what_chose_it() -> None:
    eviction = (Evenement("proces_verbal_expulsion", date(2026, 4, 14)),)
    deadline = build_timeline(Dossier("CAS", evenements=eviction), read_law(), TODAY).deadline("retrait_des_meubles")
    assert deadline is not None
    assert deadline.reasons[0] == "14 avril 2026 + 2 mois = 14 juin 2026 (CPC, art. 641)"
    assert deadline.reasons[-1] == (
        "Texte en vigueur depuis le 1er janvier 2020, choisi par la date de l'acte ou de l'événement"
    )


def test_the_contract_of_json() -> None:
    dossier = Dossier("71-2026-0042", evenements=(Evenement("commandement_de_payer", date(2026, 9, 14)),))
    mapping = timeline_to_mapping(build_timeline(dossier, read_law(), TODAY))
    assert set(mapping) == {
        "reference", "le", "etape", "echeances", "suspensions", "voies", "alertes", "suites", "actions", "recours", "courriers"
    }  # fmt: skip
    assert {alert["id"] for alert in mapping["alertes"]} >= {"departement_inconnu"}  # type: ignore[index, attr-defined]


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ((), "impaye"),
        ((Evenement("dette_soldee", date(2026, 11, 1)),), "situation_resolue"),
        ((Evenement("assignation", date(2026, 11, 10)), Evenement("audience", date(2027, 2, 9))), "assignation"),
        ((Evenement("audience", date(2026, 11, 10)), Evenement("assignation", date(2026, 9, 9))), "audience"),
        ((Evenement("jugement", date(2026, 6, 1)), Evenement("relogement", date(2026, 9, 1))), "situation_resolue"),
        (
            (Evenement("commandement_de_payer", date(2026, 3, 2)), Evenement("dette_soldee", date(2026, 9, 1))),
            "commandement_de_payer",
        ),
        ((Evenement("commandement_de_payer"),), "commandement_de_payer"),
    ],
)
def test_the_stage_follows_what_happened(events: tuple[Evenement, ...], stage: str) -> None:
    dossier = Dossier("CAS", bail=Bail(signe_le=date(2021, 1, 1)), evenements=events)
    assert build_timeline(dossier, read_law(), TODAY).stage == stage
