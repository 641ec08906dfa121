"""A profile is checked when it comes in: what letters would lack, what is wrong in the paper, what wording differs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from catalogue import complete_letter
from click.testing import CliRunner, Result
from docx import Document
from docx.document import Document as DocumentObject
from docx.shared import Mm

from pex.cli import main
from pex.errors import TemplateError, UnreadableFile
from pex.folders import EXAMPLES, LETTER_TEMPLATES
from pex.letters.templates import read_template
from pex.outputs.docx.letterhead_check import check_letterhead
from pex.outputs.txt import write_letter
from pex.profile import Fenetre, read_profile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "profil", tmp_path / "profil"))


def check(folder: Path) -> Result:
    return CliRunner().invoke(main, ["profil", str(folder)])


def paper(folder: Path, change: Callable[[DocumentObject], object]) -> Path:
    document = Document()
    section = document.sections[-1]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    change(document)
    path = folder / "papier_a_en_tete.docx"
    document.save(str(path))
    return path


def test_the_example_has_nothing_to_say() -> None:
    assert check(EXAMPLES / "profil").stdout.endswith("Rien à signaler.\n")


def test_what_letters_would_lack_is_told(folder: Path) -> None:
    text = (folder / "profil.yaml").read_text(encoding="utf-8")
    head, services = text.split("\nservices:", 1)
    head += "\n"
    (folder / "profil.yaml").write_text(head.replace('  telephone: "03 53 01 00 00"\n', ""), encoding="utf-8")
    shown = check(folder)
    assert "Il manque « expediteur.telephone »" in shown.stdout
    assert "Sans « services.tribunal », ces courriers ne peuvent pas être écrits : delais_paiement_juge" in shown.stdout
    assert services


def test_a_good_paper_has_nothing_to_say(folder: Path) -> None:
    assert check_letterhead(paper(folder, lambda document: None), Fenetre()) == ()


def letter_size(document: DocumentObject) -> None:
    document.sections[-1].page_width, document.sections[-1].page_height = Mm(216), Mm(279)


def narrow(document: DocumentObject) -> None:
    document.sections[-1].left_margin = Mm(5)


def wide(document: DocumentObject) -> None:
    document.sections[-1].right_margin = Mm(60)


def tall_header(document: DocumentObject) -> None:
    header = document.sections[-1].header
    header.paragraphs[0].text = "Préfecture"
    for line in range(12):
        header.add_paragraph(f"ligne {line}")


def body_text(document: DocumentObject) -> None:
    document.add_paragraph("Madame, Monsieur,")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (letter_size, "choisissez le format A4"),
        (narrow, "La marge de gauche fait 5 mm"),
        (wide, "La marge de droite fait 60 mm"),
        (tall_header, "il serait vu dans la fenêtre de l'enveloppe"),
        (body_text, "Videz la page"),
    ],
)
def test_what_is_wrong_in_the_paper_is_told(
    folder: Path, change: Callable[[DocumentObject], object], told: str
) -> None:
    (remark,) = check_letterhead(paper(folder, change), Fenetre())
    assert told in remark
    assert told in check(folder).stdout


def test_a_file_that_is_no_word_document_is_refused(folder: Path) -> None:
    (folder / "papier_a_en_tete.docx").write_bytes(b"PK?")
    with pytest.raises(UnreadableFile):
        check_letterhead(folder / "papier_a_en_tete.docx", Fenetre())
    assert check(folder).exit_code == 1


def own_wording(folder: Path, letter_id: str, old: str, new: str) -> Path:
    own = folder / "courriers"
    own.mkdir(exist_ok=True)
    text = (LETTER_TEMPLATES / "fr" / f"{letter_id}.md").read_text(encoding="utf-8")
    assert old in text
    (own / f"{letter_id}.md").write_text(text.replace(old, new), encoding="utf-8")
    return own


def test_a_changed_sentence_shows_beside_the_national_one_and_is_written(folder: Path) -> None:
    own_wording(folder, "alerte_caf", "Nous cherchons une solution avec vous.", "Nous vous recevons vite.")
    shown = check(folder)
    assert shown.exit_code == 0
    assert "Votre texte de « alerte_caf »" in shown.stdout
    assert "+" in shown.stdout and "Nous vous recevons vite." in shown.stdout
    letter = complete_letter("alerte_caf", read_profile(folder))
    assert "Nous vous recevons vite." in " ".join(write_letter(letter).decode().split())
    assert "texte du service" in letter.edition


def test_a_slip_in_an_own_wording_is_told(folder: Path) -> None:
    own_wording(folder, "alerte_caf", "{{ nous.telephone }}", "{{ nous.telephone ")
    shown = check(folder)
    assert shown.exit_code == 1
    assert "alerte_caf.md, ligne" in shown.stdout


def test_words_of_the_law_stay_as_they_are(folder: Path) -> None:
    own = own_wording(folder, "delais_jex", "{#textes law}", "{#textes section}")
    with pytest.raises(TemplateError, match="un texte de loi a été changé"):
        read_template("delais_jex", own=own)


def test_an_unknown_letter_is_told(folder: Path) -> None:
    (folder / "courriers").mkdir()
    (folder / "courriers" / "bienvenue.md").write_text("---\ntitre: x\n---\n", encoding="utf-8")
    assert "Il n'y a pas de courrier « bienvenue »" in check(folder).stdout


def test_an_address_that_the_post_cannot_read_is_told(folder: Path) -> None:
    text = (folder / "profil.yaml").read_text(encoding="utf-8")
    (folder / "profil.yaml").write_text(
        text.replace("nom: CAF du Val-de-Brume", f"nom: {'C' * 39}", 1), encoding="utf-8"
    )
    assert "« services.caf » : la ligne 1 a 39 caractères, 38 au plus" in check(folder).stdout
