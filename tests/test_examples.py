"""The examples: invented households that together show what pex does, and a spreadsheet as an office keeps it."""

from __future__ import annotations

import re
from datetime import date

from pex.dossier import read_column_mapping, read_dossiers
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import letter_ids, letters_for
from pex.letters.templates import read_template
from pex.profile import read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)


def test_the_households_show_every_letter_and_every_case() -> None:
    law = read_law()
    reading = read_dossiers(EXAMPLES / "menages.yaml", law_events=law.events)
    assert reading.problems == ()
    assert len(reading.dossiers) == 15
    timelines = [build_timeline(dossier, law, TODAY) for dossier in reading.dossiers]
    assert {letter for timeline in timelines for letter in letters_for(timeline)} == {
        letter_id for letter_id in letter_ids() if read_template(letter_id).stages
    }
    assert all(letters_for(timeline) for timeline in timelines)
    assert len({dossier.bailleur.type for dossier in reading.dossiers}) >= 3
    versions = {str(item.version) for timeline in timelines if (item := timeline.deadline("delai_pour_payer"))}
    assert {"2015-01-01", "2023-07-29"} <= versions
    events = [event for dossier in reading.dossiers for event in dossier.evenements]
    assert {"plan_apurement", "fsl_accorde", "recevabilite_surendettement"} <= {event.type for event in events}
    assert any(event.date is None for event in events)
    assert "974" in {dossier.territoire.departement for dossier in reading.dossiers}


def test_no_official_act_of_the_examples_is_dated_on_a_holiday() -> None:
    law = read_law()
    mapping = read_column_mapping(EXAMPLES / "colonnes.yaml")
    for name, columns in (("menages.yaml", None), ("tableau-bureau.xlsx", mapping), ("tableau.csv", None)):
        for dossier in read_dossiers(EXAMPLES / name, law_events=law.events, columns=columns).dossiers:
            alerts = {alert.id for alert in build_timeline(dossier, law, TODAY).alerts}
            assert "acte_un_jour_non_ouvrable" not in alerts, dossier.reference


def test_the_spreadsheet_has_three_faulty_rows_and_they_stop_no_other() -> None:
    mapping = read_column_mapping(EXAMPLES / "colonnes.yaml")
    reading = read_dossiers(EXAMPLES / "tableau-bureau.xlsx", law_events=read_law().events, columns=mapping)
    assert len(reading.dossiers) == 17
    assert [problem.line for problem in reading.problems] == [11, 16, 20]
    assert "31/02/2026" in str(reading.problems[0])
    assert "« Date CDP »" in str(reading.problems[0])


def test_everything_is_marked_as_invented() -> None:
    for path in (EXAMPLES / "menages.yaml", EXAMPLES / "README.md", EXAMPLES / "profil" / "profil.yaml"):
        assert "FICTIF" in path.read_text(encoding="utf-8")
    profile = read_profile(EXAMPLES / "profil")
    assert profile.fictif
    phones = [service.telephone for service in (profile.expediteur, *profile.services.values()) if service]
    assert all(re.fullmatch(r"03 53 01 \d\d \d\d", phone) for phone in phones if phone)
