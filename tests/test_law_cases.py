"""The law, case by case: `tests/law/*.yaml` hold dates a jurist can redo by hand, each side of every reform."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pex.dossier.facts import Bail, Bailleur, Dossier, Evenement, Territoire, TreveLocale
from pex.law import read_law
from pex.timeline import build_timeline, timeline_to_mapping

FOLDER = Path(__file__).parent / "law"
TODAY = date(2026, 11, 24)
BESIDES = {"nom", "bail", "renouvele", "bailleur", "departement", "treve", "forme", "mauvaise_foi"}
EXPECTED = {"attendu", "manque", "statut", "certitude", "prolonge"}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{path.stem}: {case['nom']}"))
    return found


def dossier_of(case: dict[str, Any]) -> Dossier:
    events = [Evenement(key, day) for key, day in case.items() if key not in BESIDES | EXPECTED]
    details = {key: case[key] for key in ("forme", "mauvaise_foi") if key in case}
    if details:
        events.append(Evenement("jugement", None, details))
    truce = TreveLocale(*case["treve"]) if "treve" in case else None
    return Dossier(
        "CAS",
        bail=Bail(signe_le=case.get("bail"), renouvele_le=case.get("renouvele")),
        bailleur=Bailleur(type=case.get("bailleur")),
        territoire=Territoire(case.get("departement", "71"), truce),
        evenements=tuple(events),
    )


@pytest.mark.parametrize("case", cases())
def test_the_law_says(case: dict[str, Any]) -> None:
    timeline = build_timeline(dossier_of(case), read_law(), TODAY)
    for rule, day in case["attendu"].items():
        deadline = timeline.deadline(rule)
        assert deadline is not None
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


def test_every_rule_is_sourced_dated_and_in_order() -> None:
    for rule in read_law().rules.values():
        assert [version.since for version in rule.versions] == sorted(version.since for version in rule.versions)
        assert all(version.references for version in rule.versions), rule.id
        assert (TODAY - rule.last_checked).days < 366, rule.id


def test_every_rule_has_one_version_each_month() -> None:
    for rule in read_law().rules.values():
        first = rule.versions[0].since
        for month in range(12 * (2031 - first.year)):
            day = date(first.year + 1 + month // 12, 1 + month % 12, 1)
            assert rule.version_at(day).since <= day


def test_public_holidays_agree_with_an_independent_library() -> None:
    import holidays

    ours, places = read_law().holidays, {None: None, "974": "974", "971": "971", "972": "972", "973": "973"}
    for year in range(2015, 2041):
        for departement, subdivision in places.items():
            theirs = set(holidays.France(subdiv=subdivision, years=year))
            days = [
                date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            ]
            found = {day for day in days if ours.name_of(day, departement)}
            assert found <= theirs, (year, departement)
            # Overseas, the library adds customary days that the labour code does not list.
            assert departement is not None or found == theirs, year


def test_alsace_has_its_own_days_and_good_friday_is_not_counted() -> None:
    ours = read_law().holidays
    assert ours.name_of(date(2026, 12, 26), "67") is not None
    assert ours.name_of(date(2026, 12, 26), "71") is None
    assert ours.name_of(date(2026, 4, 3), "67") is None


def test_the_contract_of_json() -> None:
    dossier = Dossier("71-2026-0042", evenements=(Evenement("commandement_de_payer", date(2026, 9, 14)),))
    mapping = timeline_to_mapping(build_timeline(dossier, read_law(), TODAY))
    assert set(mapping) == {
        "reference", "le", "etape", "echeances", "alertes", "suites", "actions", "courriers"
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
