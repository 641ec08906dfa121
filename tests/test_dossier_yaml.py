"""The dossier file in YAML or JSON: read, refused, written back."""

import json
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pex.dossier import dossier_to_mapping, read_dossiers
from pex.errors import UnreadableFile
from pex.law import read_law

COMPLETE = """\
reference: "00-2026-0042"
menage:
  personnes:
    - {civilite: Mme, nom: DURAND-FICTIF, prenom: No}
  enfants: 2
  adresse: {lignes: ["12 rue des Tanneries"], code_postal: 00100, commune: Brumeville}
bail: {signe_le: 2021-05-01, delai_clause_resolutoire: 2 months}
dette: {montant: 2450.00, tiers_payant: true}
territoire: {departement: "00", treve_hivernale: {du: 2026-11-01, au: 2027-03-31}}
evenements:
  - {type: audience, date: 2027-02-09, heure: 9:30, lieu: Tribunal}
  - {type: assignation}
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text, name="dossier.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_dossiers(path, law_events=read_law().events)

    return read_text


def test_what_is_typed_is_what_is_kept(read):
    (dossier,) = read(COMPLETE).dossiers
    assert dossier.menage.personnes[0].prenom == "No"
    assert dossier.menage.adresse.code_postal == "00100"
    assert dossier.evenements[0].precisions["heure"] == time(9, 30)
    assert dossier.evenements[1].date is None


def test_written_and_read_back_without_loss(read):
    (dossier,) = read(COMPLETE).dossiers
    text = json.dumps(dossier_to_mapping(dossier), ensure_ascii=False)
    assert read(text, "dossier.json").dossiers == (dossier,)


@given(st.decimals(0, 1_000_000, places=2))
def test_no_sum_is_lost(tmp_path_factory, amount):
    path = tmp_path_factory.mktemp("d") / "d.yaml"
    path.write_text(f"reference: A\ndette: {{montant: {amount}}}", encoding="utf-8")
    (dossier,) = read_dossiers(path, law_events=read_law().events).dossiers
    assert Decimal(dossier_to_mapping(dossier)["dette"]["montant"]) == amount


def test_an_unknown_key_is_refused_with_its_line_and_the_others_go_through(read):
    reading = read("- reference: A\n  bail:\n    signe_lee: 2021-05-01\n- reference: B\n")
    assert [dossier.reference for dossier in reading.dossiers] == ["B"]
    (problem,) = reading.problems
    assert problem.line == 3
    assert "signe_le" in problem.remedy


def test_two_dossiers_with_the_same_reference(read):
    reading = read("- reference: A\n- reference: a\n")
    assert len(reading.dossiers) == len(reading.problems) == 1


@pytest.mark.parametrize(
    "text",
    ["", "a: " + "[" * 100_000, "a: &x [1]\nb: *x", "a: [1\nb: 2", "reference: A\nreference: B", "a: \x00"],
    ids=["empty", "too deep", "alias", "badly written", "key twice", "nul"],
)
def test_files_that_cannot_be_used(read, text):
    with pytest.raises(UnreadableFile):
        read(text)


def test_an_absent_file_is_told_in_french(tmp_path):
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        read_dossiers(tmp_path / "absent.yaml", law_events={})
