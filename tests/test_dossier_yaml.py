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
    [
        "",
        "a: " + "[" * 100_000,
        "a: &x [1]\nb: *x",
        "a: [1\nb: 2",
        "reference: A\nreference: B",
        "a: \x00",
        "? [reference, nom]\n: A",
    ],
    ids=["empty", "too deep", "alias", "badly written", "key twice", "nul", "a list as a key"],
)
def test_files_that_cannot_be_used(read, text):
    with pytest.raises(UnreadableFile):
        read(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"reference": "A-1",\n}', "ligne 2"),
        ('{"reference": "A-1"\n"bail": {}}', "il manque une virgule"),
        ('{"reference": "A-1", "bail": {', "s'arrête trop tôt"),
        ("{'reference': 'A-1'}", "guillemets droits"),
        ('{"reference": "A-1",\n "reference": "A-2"}', "ligne 2 : la clé « reference » est écrite deux fois"),
        ('{"reference": "A-1"} fin', "après la fin"),
        ("[" * 100_000, "trop de niveaux"),
        ("", "est vide"),
        ("reference: A-1", "pas du JSON"),
    ],
)
def test_json_that_cannot_be_read_is_told_with_its_line(read, text, told):
    with pytest.raises(UnreadableFile, match=told):
        read(text, "dossier.json")


def test_a_value_refused_in_json_has_its_line_and_the_others_go_through(read):
    text = """[
  {"reference": "A-1", "menage": {"personnes": [{"nom": "a, {b} [c] \\" : d"}]}},
  {"reference": "A-2",
   "dette": {"montant": 12.345}},
  {"bail": {}},
  {"reference": "A-3", "evenements": [
    {"type": "assignation", "date": "2026-11-30"},
    {"type": "audience", "date": "31/02/2026"}]}
]"""
    reading = read(text, "dossier.json")
    assert [dossier.reference for dossier in reading.dossiers] == ["A-1"]
    assert reading.dossiers[0].menage.personnes[0].nom == 'a, {b} [c] " : d'
    assert [(problem.line, problem.column) for problem in reading.problems] == [
        (4, "dette.montant"), (5, "reference"), (8, "evenements[1].date"),
    ]  # fmt: skip


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused_in_words(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("j") / "d.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    try:
        reading = read_dossiers(path, law_events=read_law().events)
    except UnreadableFile:
        return
    assert len(reading.dossiers) + len({problem.line for problem in reading.problems}) >= bool(reading.count)


def test_an_absent_file_is_told_in_french(tmp_path):
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        read_dossiers(tmp_path / "absent.yaml", law_events={})
