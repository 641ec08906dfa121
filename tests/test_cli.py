"""The command line as people meet it: French words, examples that work, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pex import __version__
from pex.cli import COMMANDS, main
from pex.folders import EXAMPLES

PROFILE = str(EXAMPLES / "profil")
SHEET = "reference;nom;commandement_de_payer\nA-1;DÜRAND;14/09/2026\nA-2;FICTIF;31/02/2026\nA-3;NOËL;10/10/2026\n"
ENGLISH = (
    "Usage:",
    "Options:",
    "Commands:",
    "Error",
    "Show this",
    "[required]",
    "No such",
    "Missing",
    "Invalid",
    "Try '",
)


def pex(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="pex")


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "menages.csv"
    path.write_text(SHEET, encoding="cp1252")
    return str(path)


@pytest.fixture
def good_sheet(tmp_path: Path) -> str:
    path = tmp_path / "bons.csv"
    path.write_text("\n".join(line for line in SHEET.splitlines() if "31/02" not in line), encoding="utf-8")
    return str(path)


def test_pex_alone_is_its_help() -> None:
    alone = pex()
    assert alone.exit_code == 0
    assert alone.output == pex("--help").output
    assert all(name in alone.output for name in COMMANDS)


def test_version() -> None:
    assert pex("--version").output == f"pex {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_in_french_with_examples(name: str) -> None:
    shown = pex(name, "--help")
    assert shown.exit_code == 0
    assert f"Usage : pex {name}" in shown.output
    assert f"  pex {name}" in shown.output.split("Exemple", 1)[1]
    assert not [word for word in ENGLISH if word in shown.output]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.name == name
    assert not [param.name for param in command.params if isinstance(param, click.Option) and not param.help]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_in_the_readme(name: str, repository: Path) -> None:
    assert f"pex {name}" in (repository / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sitation"], "La commande « sitation » n'existe pas. Vouliez-vous dire : situation ?"),
        (["situation"], "Il manque l'argument FICHIER."),
        (["situation", "absent.csv"], "Le fichier « absent.csv » n'existe pas."),
        (["situation", "."], "« . » est un dossier : donnez un fichier."),
        (["situation", "--jsn"], "L'option « --jsn » n'existe pas. Vouliez-vous dire --json ?"),
        (["demo", "en", "trop"], "est en trop"),
        (["demo", "--sortie"], "L'option « --sortie » attend une valeur."),
        (["demo", "--le", "demain"], "« demain » n'est pas une date. Écrivez-la jj/mm/aaaa"),
        (["droit", "--le=31/02/2026"], "n'existe pas dans le calendrier"),
        (["calculer"], "Il manque l'argument EVENEMENT=DATE"),
        (["calculer", "asignation=01/02/2026"], "Vouliez-vous dire : assignation"),
        (["calculer", "assignation"], "écrivez un événement, le signe =, puis sa date"),
        (["calculer", "assignation=hier"], "« hier » n'est pas une date"),
        (["calculer", "assignation=?", "--bailleur", "hlm"], "« hlm » n'est pas possible."),
        (["calculer", "assignation=?", "--departement", "717"], "n'est pas un département"),
        (["calculer", "assignation=?", "--delai-indique", "2 mois"], "ajoutez commandement_de_payer=DATE"),
        (["calculer", "commandement_de_payer=?", "--delai-indique", "longtemps"], "n'est pas une durée"),
    ],
)
def test_a_command_typed_wrong_is_explained_in_french(arguments: list[str], told: str) -> None:
    shown = pex(*arguments)
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert "--help » pour voir l'aide" in shown.stderr
    assert not [word for word in ENGLISH if word in shown.stderr]


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ([], "Il manque --profil"),
        (["--profil", PROFILE, "--courrier", "asignation"], "Vouliez-vous dire : assignation"),
        (["--profil", PROFILE, "--langue", "xx"], "Il n'y a pas de courrier dans la langue « xx »"),
        (["--profil", PROFILE, "--formats", "doc"], "le format « doc » n'existe pas. Vouliez-vous dire : docx ?"),
        (["--profil", PROFILE, "--formats", ","], "aucun format"),
        (["--profil", PROFILE, "--processus", "0"], "n'est pas un nombre entier à partir de 1"),
    ],
)
def test_letters_asked_wrong_are_explained(sheet: str, tmp_path: Path, extra: list[str], told: str) -> None:
    shown = pex("courriers", sheet, "--sortie", str(tmp_path / "o"), *extra)
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(("signed", "last_day"), [("15/03/2021", "2025-02-12"), ("15/03/2024", "2025-01-23")])
def test_the_lease_chooses_the_delay_to_pay(signed: str, last_day: str) -> None:
    shown = pex("calculer", "commandement_de_payer=12/12/2024", "--bail", signed, "--json")
    assert shown.exit_code == 0
    (dossier,) = json.loads(shown.stdout)["dossiers"]
    assert dossier["reference"] == "calcul"
    (deadline,) = [item for item in dossier["echeances"] if item["regle"] == "delai_pour_payer"]
    assert deadline["dernier_jour"] == last_day


def test_the_delay_written_in_the_act_prevails() -> None:
    shown = pex(
        "calculer", "commandement_de_payer=12/12/2024", "--bail", "15/03/2024", "--delai-indique", "2 mois",
        "--le", "2025-01-01",
    )  # fmt: skip
    assert "mercredi 12 février 2025" in shown.stdout


def test_an_unknown_date_gives_no_deadline() -> None:
    shown = pex("calculer", "commandement_de_payer=?", "--bail", "15/03/2021", "--json")
    (dossier,) = json.loads(shown.stdout)["dossiers"]
    assert {deadline["dernier_jour"] for deadline in dossier["echeances"]} == {None}
    assert "evenements.commandement_de_payer.date" in dossier["echeances"][0]["manque"]


def test_the_situation_of_a_few_households_is_told_in_full(sheet: str) -> None:
    shown = pex("situation", sheet, "--le", "24/11/2026")
    assert shown.exit_code == 1
    assert "A-1 : Commandement de payer" in shown.stdout
    assert "Situation au mardi 24 novembre 2026." in shown.stdout
    assert "Il manque : la date de signature du bail." in shown.stdout
    assert "A-2" not in shown.stdout
    assert "Ligne 3, colonne « commandement_de_payer » : « 31/02/2026 »" in shown.stderr
    assert "1 ménage refusé sur 3." in shown.stderr
    assert "DÜRAND" not in shown.output


def test_the_situation_of_many_households_takes_one_line_each(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    rows = [f"A-{number};14/09/2026;05/03/2021" for number in range(8)]
    path.write_text("\n".join(["reference;commandement_de_payer;bail_signe_le", *rows]), encoding="utf-8")
    short = pex("situation", str(path), "--le", "01/11/2026")
    assert short.exit_code == 0
    assert len([line for line in short.stdout.splitlines() if line.startswith("A-")]) == 8
    assert "14/11/2026 (dans 13 jours) Délai pour payer" in short.stdout
    assert "Échéances" in pex("situation", str(path), "--le", "01/11/2026", "--detail").stdout


def test_the_situation_for_other_software(good_sheet: str) -> None:
    shown = pex("situation", good_sheet, "--le", "2026-11-24", "--json", "--profil", PROFILE)
    assert shown.exit_code == 0
    dossiers = json.loads(shown.stdout)["dossiers"]
    assert [dossier["reference"] for dossier in dossiers] == ["A-1", "A-3"]
    assert dossiers[0]["le"] == "2026-11-24"
    assert dossiers[0]["courriers"] == ["commandement_de_payer"]


def test_letters_are_made_and_told_in_the_bordereau(sheet: str, tmp_path: Path) -> None:
    folder = tmp_path / "o"
    made = pex(
        "courriers", sheet, "--sortie", str(folder), "--formats", "txt", "--profil", PROFILE, "--le", "24/11/2026",
        "--fusion", str(tmp_path / "lot.pdf"),
    )  # fmt: skip
    assert made.exit_code == 1
    assert "2 faits" in made.stdout and "(2 courriers)" in made.stdout
    bordereau = (folder / "bordereau.csv").read_text(encoding="utf-8-sig")
    assert "A-1;commandement_de_payer;fait;A-1_commandement_de_payer.txt;" in bordereau
    assert "A-2;;refusé;;;À corriger : ligne 3, « commandement_de_payer »." in bordereau
    assert "DÜRAND" not in bordereau
    assert (tmp_path / "lot.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".txt", ".txt"]


def test_a_letter_corrected_by_hand_is_not_lost(good_sheet: str, tmp_path: Path) -> None:
    command = ["courriers", good_sheet, "--sortie", str(tmp_path / "o"), "--formats", "txt", "--profil", PROFILE]
    assert pex(*command, "--le", "24/11/2026").exit_code == 0
    assert "2 déjà faits" in pex(*command, "--le", "24/11/2026").stdout
    later = pex(*command, "--le", "25/11/2026")
    assert later.exit_code == 1 and "Ajoutez --ecraser" in later.stderr
    assert pex(*command, "--le", "25/11/2026", "--ecraser").exit_code == 0


def test_timelines_are_drawn_without_a_profile(good_sheet: str, tmp_path: Path) -> None:
    folder = tmp_path / "o"
    drawn = pex("frise", good_sheet, "--sortie", str(folder), "--formats", "svg,txt", "--le", "24/11/2026")
    assert drawn.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "A-1_frise.svg", "A-1_frise.txt", "A-3_frise.svg", "A-3_frise.txt",
    ]  # fmt: skip


def test_a_file_is_checked_without_producing_anything(sheet: str, good_sheet: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    bad = pex("verifier", sheet)
    assert bad.exit_code == 1
    assert "3 ménages lus, 2 acceptés" in bad.stdout and "Windows-1252" in bad.stdout and "NOËL" in bad.stdout
    assert "31/02/2026" in bad.stderr
    good = pex("verifier", good_sheet)
    assert good.exit_code == 0 and "Rien à corriger." in good.stdout
    assert sorted(tmp_path.iterdir()) == before


def test_the_law_is_shown_with_its_versions_and_articles() -> None:
    assert "delai_pour_payer" in pex("droit").stdout
    rule = pex("droit", "delai_pour_payer").stdout
    assert "2 mois" in rule and "6 semaines" in rule and "89-462" in rule and "Dernière vérification" in rule
    then = pex("droit", "delai_pour_payer", "--le", "01/06/2023").stdout
    assert "2 mois" in then and "6 semaines" not in then
    unknown = pex("droit", "delai_pour_paier")
    assert unknown.exit_code == 1 and "delai_pour_payer" in unknown.stderr


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a;b\n1;2\n"])
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(content)
    shown = pex("situation", str(path))
    assert shown.exit_code == 1
    assert shown.stderr.strip() and "Traceback" not in shown.output


def test_a_bug_is_a_sentence_and_a_trace_for_those_who_ask() -> None:
    @click.command("bogue")
    def bug() -> None:
        raise KeyError("DURAND")

    from pex.cli import LazyGroup

    class WithBug(LazyGroup):
        def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str, click.Command, list[str]]:
            return "bogue", bug, []

    group = WithBug("pex")
    shown = CliRunner().invoke(group, ["bogue"])
    assert shown.exit_code == 1
    assert "erreur de programmation (KeyError)" in shown.stderr and "DURAND" not in shown.output
    traced = CliRunner().invoke(group, ["bogue"], env={"PEX_TRACE": "1"})
    assert isinstance(traced.exception, KeyError)


def test_the_demonstration_shows_every_household(tmp_path: Path) -> None:
    shown = pex("demo", "--sortie", str(tmp_path / "o"))
    assert shown.exit_code == 0, shown.output
    index = (tmp_path / "o" / "index.html").read_text(encoding="utf-8")
    names = [path.name for path in (tmp_path / "o").iterdir() if path.name != "index.html"]
    assert all(name in index for name in names)
    assert {name.rpartition(".")[2] for name in names} == {"docx", "pdf", "html", "svg", "png"}
    assert str(tmp_path / "o" / "index.html") in shown.stdout


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["droit", "absente"], 1), (["absente"], 2)])
def test_exit_codes_reach_the_shell(tmp_path: Path, arguments: list[str], code: int) -> None:
    ended = subprocess.run([sys.executable, "-m", "pex", *arguments], cwd=tmp_path, capture_output=True, env=_env())
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


def test_a_reader_that_stops_early_is_not_a_bug(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m pex droit | head -n 1'
    ended = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, env=_env())
    assert ended.stdout.count(b"\n") == 1
    assert b"Traceback" not in ended.stderr


def _env() -> dict[str, str]:
    """The same pex from any folder."""
    import pex as package

    root = str(Path(package.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}


def test_the_truce_of_an_overseas_territory_is_asked_for_and_taken() -> None:
    typed = ("calculer", "commandement_de_quitter_les_lieux=12/10/2026", "--departement", "974", "--le", "24/11/2026")
    without = pex(*typed)
    assert "les dates de la trêve hivernale fixées par le préfet" in without.output
    known = json.loads(pex(*typed, "--treve", "01/12/2026", "15/03/2027", "--json").stdout)["dossiers"][0]
    days = {item["regle"]: item["dernier_jour"] for item in known["echeances"]}
    assert days["premiere_expulsion_possible"] == "2027-03-16"
    assert days["treve_hivernale"] == "2027-03-15"
