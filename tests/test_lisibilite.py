"""`pex lisibilite`: what a person or another program gets, for a letter, a text, a Word file, an office's own words."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from catalogue import complete_letter
from click.testing import CliRunner, Result
from test_profile_check import own_wording

from pex.cli import main
from pex.folders import EXAMPLES
from pex.letters import letter_ids
from pex.outputs import write_letter
from pex.outputs.rules_page import write_rules_page
from pex.plain_language import check_file
from pex.profile import read_profile

HARD = "Veuillez régler la somme susvisée avant le 09/03/2027, faute de quoi l'huissier procédera à l'expulsion."
PLAIN = "Payez le loyer de ce mois. Appelez-nous : nous cherchons une solution avec vous."


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["lisibilite", *map(str, args)])


def as_json(*args: str | Path) -> dict[str, Any]:
    return dict(json.loads(run(*args, "--json").stdout))


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    path = tmp_path / "lettre.txt"
    path.write_text(HARD, encoding="utf-8")
    return path


def test_every_national_letter_is_read_and_none_is_blocked() -> None:
    done = run()
    assert done.exit_code == 0, done.stdout
    assert f"{len(letter_ids())} textes relus : 0 bloquant," in done.stdout
    assert "Aucun contrôle automatique ne dit si un lecteur comprend" in done.stdout
    assert "FALC" not in done.stdout


def test_a_hard_text_is_told_sentence_by_sentence_and_refused(hard: Path) -> None:
    done = run(hard)
    assert done.exit_code == 1
    assert done.stdout.count(f"ligne 1 : « {HARD} »") == 1
    assert "BLOQUANT · R17 Nous, simplement (veuillez)" in done.stdout
    assert "Au lieu de « veuillez » : l'impératif" in done.stdout
    assert "Pourquoi : Les formules de bureau" in done.stdout
    for rule in ("R19", "R21", "R31"):
        assert rule in done.stdout
    scores = done.stdout.index("Kandel-Moles 207 (T1/C1)")
    assert done.stdout.index("mots par phrase") < scores
    assert "Elle ne mesure pas la compréhension" in done.stdout


def test_a_plain_text_passes(tmp_path: Path) -> None:
    (tmp_path / "bon.md").write_text(PLAIN, encoding="utf-8")
    done = run(tmp_path / "bon.md")
    assert done.exit_code == 0
    assert "bon.md (texte, registre standard, pour : menage) : rien à changer" in done.stdout


def test_another_program_reads_json(hard: Path) -> None:
    (text,) = as_json(hard)["textes"]
    assert (text["nom"], text["genre"], text["registre"], text["lecteur"]) == (
        "lettre.txt", "texte", "standard", "menage",
    )  # fmt: skip
    assert text["bloquant"] == sum(remark["niveau"] == "bloquant" for remark in text["remarques"]) > 3
    first = text["remarques"][0]
    assert set(first) == {"niveau", "regle", "nom", "phrase", "trouve", "pourquoi", "a_la_place", "ligne"}
    counts = text["mesures"]
    assert (counts["mots"], counts["phrases"]) == (17, 1)
    assert [set(score) for score in counts["scores"]] == [{"variante", "valeur", "avertissement"}] * 2


def test_json_of_a_letter_says_who_read_it() -> None:
    content = as_json("assignation")
    assert content["refuses"] == []
    assert content["textes"][0]["relecture"] == "brouillon"
    assert content["textes"][0]["genre"] == "modele"


def test_the_simple_register_asks_for_more(tmp_path: Path) -> None:
    text = " ".join(["Vous pouvez venir nous voir avec une personne de votre famille."] * 4)
    (tmp_path / "texte.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path / "texte.txt").exit_code == 0
    assert "visez 10 au plus" in run(tmp_path / "texte.txt", "--registre", "simple").stdout


def test_a_professional_may_read_words_of_the_law(tmp_path: Path) -> None:
    (tmp_path / "texte.txt").write_text("Le titre exécutoire est joint.", encoding="utf-8")
    assert run(tmp_path / "texte.txt").exit_code == 1
    assert run(tmp_path / "texte.txt", "--lecteur", "professionnel").exit_code == 0


@pytest.mark.parametrize("letter_id", ["assignation", "alerte_caf", "avis_caf"])
def test_a_word_file_made_by_pex_passes(letter_id: str, tmp_path: Path) -> None:
    profile = read_profile(EXAMPLES / "profil")
    path = tmp_path / "lettre.docx"
    path.write_bytes(write_letter(complete_letter(letter_id, profile), profile, "docx"))
    reader = "professionnel" if letter_id.startswith("avis") else "menage"
    report = check_file(path, reader)
    assert not report.blocking, [(remark.rule, remark.sentence, remark.found) for remark in report.blocking]
    assert not {remark.rule for remark in report.remarks} & {"R36", "R38", "R40", "R43", "R44"}, report.remarks
    assert report.text.title is not None and report.text.look is not None and report.text.look.headings > 3


def test_a_folder_is_read_whole_and_windows_text_too(hard: Path) -> None:
    (hard.parent / "ancien.txt").write_bytes("Le préfet a reçu la requête.".encode("cp1252"))
    (hard.parent / "photo.png").write_bytes(b"\x89PNG")
    names = [text["nom"] for text in as_json(hard.parent)["textes"]]
    assert names == ["ancien.txt", "lettre.txt"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("lettre.pdf", b"%PDF-1.7", "copiez le texte dans un fichier .txt"),
        ("vide.txt", b" \n", "ne contient aucun texte"),
        ("lettre.docx", b"PK?", "n'est pas un document Word lisible"),
        ("lettre.md", b"---\ntitre: {% if x %}\naction_principale: payer\n---\n", "lettre.md"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path / name)
    assert done.exit_code == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["assignatoin"], "Vouliez-vous dire : assignation"),
        (["--registre", "facile"], "« facile » n'est pas possible"),
        (["--fiche", "f.pdf"], "--fiche demande un seul texte"),
        (["--glossaire", "g.html"], "un fichier .pdf ou .md"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_office_s_own_words_pass_the_same_gate(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "profil", tmp_path / "profil"))
    good = "Nous cherchons une solution avec vous."
    own_wording(folder, "alerte_caf", good, "Nous vous recevons vite.")
    assert run("--profil", folder).exit_code == 0
    own_wording(folder, "alerte_caf", good, "Nous procédons à l'examen de vos pièces justificatives.")
    refused = run("--profil", folder)
    assert refused.exit_code == 1 and "R25" in refused.stdout
    shown = CliRunner().invoke(main, ["profil", str(folder)])
    assert shown.exit_code == 1
    assert "pièces justificatives" in shown.stdout and "« papiers »" in shown.stdout


DAY = ("--le", "24/11/2026")


def test_letters_are_read_again_before_they_leave_with_what_was_typed(tmp_path: Path) -> None:
    profile = EXAMPLES / "profil"
    done = run("--menages", EXAMPLES / "menages.yaml", "--profil", profile, *DAY)
    assert done.exit_code == 0, done.stdout
    assert "EX-2026-0006 assignation (lettre, registre standard, pour : menage)" in done.stdout
    (tmp_path / "menages.yaml").write_text(
        """
reference: EX-0001
menage: {personnes: [{civilite: Mme, nom: BAILLEUR-USAGER, prenom: Zoé}], adresse: {lignes: [12 rue des Lieux], code_postal: "00100", commune: BRUMEVILLE}}
evenements:
  - {type: assignation, date: 2026-11-10}
  - {type: audience, date: 2027-02-09, heure: "09:30", lieu: "Tribunal d'Instance, salle 2"}
""",
        encoding="utf-8",
    )
    (text,) = as_json("--menages", tmp_path / "menages.yaml", "--profil", profile, *DAY)["textes"]
    assert (text["nom"], text["genre"], text["bloquant"]) == ("EX-0001 assignation", "lettre", 0)
    assert "--menages demande --profil" in run("--menages", EXAMPLES / "menages.yaml").stderr


def pages(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages]


def test_the_proof_is_one_page_and_says_what_it_does_not_prove(tmp_path: Path) -> None:
    assert run("assignation", "--fiche", tmp_path / "fiche.pdf").exit_code == 0
    (page,) = pages(tmp_path / "fiche.pdf")
    order = ["Résultat du contrôle", "Comptes", "Relecture par des personnes", "ne prouve pas", "en dernier"]
    assert [page.index(heading) for heading in order] == sorted(page.index(heading) for heading in order)
    assert "personne n'a signé" in page and "Essais avec des lecteurs aucun" in page
    assert "Kandel-Moles 207 (T1/C1)" in page and page.index("Kandel") > page.index("en dernier")
    assert "FALC" not in page


def test_the_proof_tells_the_drawings_that_no_reader_tried(tmp_path: Path) -> None:
    run("assignation", "--fiche", tmp_path / "fiche.pdf")
    assert "Dessins pas encore essayés avec des lecteurs : " in pages(tmp_path / "fiche.pdf")[0]


def test_the_proof_of_a_very_bad_text_is_still_one_page(hard: Path, tmp_path: Path) -> None:
    hard.write_text("\n".join(f"{HARD} Dossier {number}." for number in range(60)), encoding="utf-8")
    assert run(hard, "--fiche", tmp_path / "fiche.pdf").exit_code == 1
    (page,) = pages(tmp_path / "fiche.pdf")
    assert re.search(r"\d+ autres remarques\.", page)


def test_the_glossary_is_a_leaflet_or_a_page(tmp_path: Path) -> None:
    assert run("--glossaire", tmp_path / "mots.pdf").exit_code == 0
    assert "Les mots de vos papiers" in pages(tmp_path / "mots.pdf")[0]
    assert run("--glossaire", tmp_path / "mots.md").exit_code == 0
    assert "| **assignation** ✎ |" in (tmp_path / "mots.md").read_text(encoding="utf-8")


def test_the_page_of_the_rules_says_what_the_rules_say(repository: Path) -> None:
    page = (repository / "docs" / "langage_clair.md").read_text(encoding="utf-8")
    assert page == write_rules_page(), "Lancez « make docs »."
    assert len(re.findall(r"\n\| R\d\d ", page)) == 50


def test_the_words_of_one_letter_are_one_page(tmp_path: Path) -> None:
    assert run("assignation", "--glossaire", tmp_path / "mots.pdf").exit_code == 0
    (page,) = pages(tmp_path / "mots.pdf")
    assert "Les mots de votre lettre" in page
    for word in ("assignation", "commissaire de justice", "aide juridictionnelle"):
        assert word in page
    assert "astreinte" not in page and "surendettement" not in page
