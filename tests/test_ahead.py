"""Looking ahead: « et si ? », what changed since a day, a reform tried on dossiers, the law drawn."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from pex.cli import main
from pex.dossier.facts import Bail, Dossier, Evenement
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.outputs.law_graph import draw_law
from pex.timeline import build_timeline, compare_timelines, with_events

CQL = "commandement_de_quitter_les_lieux=12/10/2026"
TODAY = date(2026, 11, 24)


def pex(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def changes(*arguments: str | Path) -> dict[str, tuple[str | None, str | None]]:
    """What a command with --json says of the first household: id → before and after."""
    shown = pex(*arguments, "--json")
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)["dossiers"][0]["changements"]
    return {item["id"]: (item["avant"], item["apres"]) for item in found}


def test_time_given_by_the_judge_moves_the_first_day_of_an_eviction() -> None:
    found = changes(
        "calculer", CQL, "--departement", "71", "--le", "24/12/2026",
        "--hypothese", "decision_jex=01/12/2026", "--hypothese", "decision_jex.delais_accordes=oui",
        "--hypothese", "decision_jex.jusqu_au=01/06/2027",
    )  # fmt: skip
    assert found["premiere_expulsion_possible"] == ("1er avril 2027, en cours", "2 juin 2027, suspendue")
    assert found["delais_jex"][0] is None or found["delais_jex"][1] is None


def test_a_household_to_which_nothing_happened_shows_no_change() -> None:
    assert (
        "Rien ne change."
        in pex("situation", EXAMPLES / "menages.yaml", "--depuis", "24/11/2026", "--le", "24/11/2026").stdout
    )


def test_what_changed_since_a_day_is_told_household_by_household() -> None:
    shown = pex("situation", EXAMPLES / "menages.yaml", "--depuis", "01/10/2026", "--le", "24/11/2026")
    assert shown.exit_code == 0
    assert "Étape : Commandement de payer → Assignation" in shown.stdout
    assert "ménages changent sur 15" in shown.stdout


def test_two_ways_of_comparing_do_not_go_together() -> None:
    shown = pex("situation", EXAMPLES / "menages.yaml", "--depuis", "01/10/2026", "--hypothese", "appel=01/12/2026")
    assert shown.exit_code == 2
    assert "ne vont pas ensemble" in shown.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jugement.frome=refere", "Vouliez-vous dire : forme"),
        ("jugement.forme=appel", "refere"),
        ("appel.forme=fond", "pas de précision"),
        ("jugment=01/02/2026", "Vouliez-vous dire : jugement"),
    ],
)
def test_a_detail_typed_wrong_is_explained(typed: str, told: str) -> None:
    shown = pex("calculer", "jugement=01/06/2026", typed)
    assert shown.exit_code == 2
    assert told in shown.stderr


def test_a_detail_completes_its_event() -> None:
    shown = pex(
        "calculer", "jugement=16/06/2026", "signification_jugement=02/07/2026", "jugement.forme=refere",
        "--le", "24/11/2026", "--json",
    )  # fmt: skip
    deadlines = {item["regle"]: item for item in json.loads(shown.stdout)["dossiers"][0]["echeances"]}
    assert deadlines["opposition_ou_appel"]["dernier_jour"] == "2026-07-17"
    assert (
        deadlines["opposition_ou_appel"]["en_bref"] == "15 jours après « Signification du jugement » du 2 juillet 2026"
    )


def test_a_new_text_is_tried_on_dossiers_without_touching_the_law(tmp_path: Path) -> None:
    draft = tmp_path / "projet.yaml"
    draft.write_text("delai_pour_payer:\n  versions:\n    2025-01-01: {duration: 1 month}\n", encoding="utf-8")
    file = tmp_path / "menage.yaml"
    file.write_text(
        "reference: R-1\nbail: {signe_le: 2026-01-10}\nterritoire: {departement: '71'}\n"
        "evenements:\n  - {type: commandement_de_payer, date: 2026-11-16}\n",
        encoding="utf-8",
    )
    before = file.read_bytes()
    found = changes("reforme", tmp_path / "menage.yaml", "--texte", draft, "--le", "24/11/2026")
    assert found["delai_pour_payer"] == ("28 décembre 2026, en cours", "16 décembre 2026, en cours")
    assert file.read_bytes() == before
    assert read_law().rules["delai_pour_payer"].versions[-1].since == date(2023, 7, 29)


def test_the_first_of_january_2027_is_rehearsed_on_a_folder() -> None:
    shown = pex("reforme", EXAMPLES / "menages.yaml", "--le", "01/01/2027")
    assert shown.exit_code == 0
    assert "la CCAPEX décide" in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delai_inconnu: {versions: {2027-01-01: {duration: 1 month}}}", "« delai_inconnu » n'existe pas"),
        ("delai_pour_payer: {duration: 1 month}", "il faut « versions »"),
        ("delai_pour_payer: {versions: {2027-01-01: {durée: 1 month}}}", "champs inconnus"),
        ("- rien", "regle: {versions"),
        ("delai_pour_payer: {versions: {bientot: {duration: 1 month}}}", "n'est pas une date"),
    ],
)
def test_a_draft_that_cannot_be_read_is_explained(tmp_path: Path, text: str, told: str) -> None:
    draft = tmp_path / "projet.yaml"
    draft.write_text(text, encoding="utf-8")
    shown = pex("reforme", EXAMPLES / "menages.yaml", "--texte", draft)
    assert shown.exit_code != 0
    assert told in shown.stderr


def test_the_law_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "procedure.svg"
    assert pex("droit", "--graphe", file, "--le", "24/11/2026").exit_code == 0
    drawing = ElementTree.fromstring(file.read_bytes())
    assert drawing.tag.endswith("svg")
    assert float(drawing.attrib["width"].removesuffix("pt")) > 1000


def test_the_drawing_holds_every_stage_rule_action_and_suspension(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, Any] = {}
    monkeypatch.setattr("pex.outputs.typst_engine.compile_pages", lambda look, data, format: drawn.update(data))
    law = read_law()
    draw_law(law, TODAY)
    stages = drawn["stages"]
    assert [stage["name"] for stage in stages] == [stage.name for stage in law.stages.values() if stage.step]
    boxes = [box for stage in stages for box in stage["rules"]] + drawn["parallel"]
    assert sorted(box["name"] for box in boxes) == sorted(rule.name for rule in law.rules.values())
    assert {action for stage in stages for action in stage["actions"]} == {item.name for item in law.actions.values()}
    assert len(drawn["suspensions"]) == len(law.suspensions)


def test_a_rule_is_found_by_its_name_a_word_or_an_article() -> None:
    assert "Dernière vérification" in pex("droit", "retrait_des_meubles").stdout
    by_word = pex("droit", "meubles").stdout
    assert "retrait_des_meubles" in by_word
    assert "delai_pour_payer" not in by_word
    by_article = pex("droit", "L. 412-6").stdout
    assert "treve_hivernale" in by_article
    assert "delai_pour_payer" not in by_article
    unknown = pex("droit", "xyzzy")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "n'existe pas" in unknown.stderr


def test_a_folder_that_holds_other_files_too_is_rehearsed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "menages.yaml").write_bytes((EXAMPLES / "menages.yaml").read_bytes())
    (tmp_path / "notes.yaml").write_text("titre: notes\n", encoding="utf-8")
    (tmp_path / "autre.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    shown = pex("reforme", tmp_path, "--le", "01/01/2027")
    assert shown.exit_code == 1
    assert "« notes.yaml » :" in shown.stderr
    assert "« autre.csv »" in shown.stderr
    assert "ménages changent sur" in shown.stdout or "ménage change sur" in shown.stdout


@pytest.mark.parametrize(
    ("day", "said"),
    [("31/12/2026", "2 mois de loyer et de charges"), ("01/01/2027", "450 €")],
)
def test_the_list_of_rules_tells_the_version_of_the_day(day: str, said: str) -> None:
    line = next(line for line in pex("droit", "--le", day).stdout.splitlines() if "seuil_impaye_aide" in line)
    assert line.endswith(said)


def test_before_the_first_text_that_was_read_letters_are_chosen_and_no_length_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ancien.yaml"
    file.write_text("reference: A-1\nevenements:\n  - {type: assignation, date: 2013-10-01}\n", encoding="utf-8")
    shown = pex("situation", file, "--le", "16/10/2013", "--json")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["dossiers"][0]["courriers"] == ["assignation"]


def test_a_rule_nobody_checked_for_a_year_is_told_with_what_to_do() -> None:
    assert "À vérifier de nouveau" not in pex("droit", "--le", "24/11/2026").stdout
    shown = pex("droit", "--le", "24/11/2028").stdout
    assert "À vérifier de nouveau" in shown
    assert "last_checked" in shown


def test_an_alert_that_goes_away_is_a_change() -> None:
    law = read_law()
    dossier = Dossier(
        "CAS", bail=Bail(signe_le=date(2024, 1, 1)), evenements=(Evenement("jugement", date(2026, 6, 1)),)
    )
    served = with_events(dossier, [Evenement("signification_jugement", date(2026, 6, 20))])
    found = compare_timelines(build_timeline(dossier, law, TODAY), build_timeline(served, law, TODAY), law)
    gone = [item for item in found if item.what == "alerte" and item.after is None]
    assert any("signifié" in (item.before or "") for item in gone)
