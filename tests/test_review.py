"""Who read a letter: the record kept by people, for one exact text; the kit to test it with readers."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import yaml
from catalogue import complete_letter
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from pex.cli import main
from pex.cli.letter_card import review_lines
from pex.errors import TemplateError
from pex.folders import EXAMPLES, LETTER_TEMPLATES
from pex.law.reading import read_sources
from pex.letters import letter_ids
from pex.letters.reader_test import reader_test
from pex.letters.review import (
    CHANGED,
    CHANGED_SINCE_TEST,
    DRAFT,
    READ,
    TESTED,
    fingerprint,
    interval,
    read_review,
    write_share,
)
from pex.letters.templates import fact_names, read_template
from pex.outputs import write_letter
from pex.outputs.txt import write_letter as write_text
from pex.profile import read_profile

PROFILE = read_profile(EXAMPLES / "profil")


def record(folder: Path, text: str, review: str = "") -> Path:
    (folder / "fr").mkdir(exist_ok=True)
    (folder / "fr" / "essai.md").write_text(text, encoding="utf-8")
    if review:
        (folder / "fr" / "essai.review.yaml").write_text(review, encoding="utf-8")
    read_review.cache_clear()
    return folder


def signed(mark: str) -> str:
    return (
        f"droit: {{par: ADIL, le: 2026-11-01, empreinte: '{mark}'}}\n"
        f"redaction: {{par: CCAPEX, le: 2026-11-02, empreinte: '{mark}'}}\n"
    )


def reader_record(mark: str) -> str:
    return f"essais:\n  - {{le: 2026-11-10, lecteurs: 5, empreinte: '{mark}', trouves: {{action: 4, date: 5}}}}\n"


def test_nobody_has_read_our_letters_yet_and_it_is_said() -> None:
    assert {read_review(letter_id).status for letter_id in letter_ids()} == {DRAFT}


def test_the_status_follows_the_record_and_the_text(tmp_path: Path) -> None:
    record(tmp_path, "Appelez-nous.")
    mark = fingerprint("essai", folder=tmp_path)
    assert read_review("essai", folder=tmp_path).status == DRAFT
    record(tmp_path, "Appelez-nous.", signed(mark))
    assert read_review("essai", folder=tmp_path).status == READ
    record(tmp_path, "Appelez-nous.", signed(mark) + reader_record(mark))
    assert read_review("essai", folder=tmp_path).status == TESTED
    record(tmp_path, "Appelez-nous vite.", signed(mark) + reader_record(mark))
    assert read_review("essai", folder=tmp_path).status == CHANGED
    new = fingerprint("essai", folder=tmp_path)
    record(tmp_path, "Appelez-nous vite.", signed(new) + reader_record(mark))
    assert read_review("essai", folder=tmp_path).status == CHANGED_SINCE_TEST


def test_a_record_tells_each_reading_for_the_text_it_was_made_on(tmp_path: Path) -> None:
    record(tmp_path, "Appelez-nous.")
    mark = fingerprint("essai", folder=tmp_path)
    check = f"controle: {{le: 2026-11-12, empreinte: '{mark}', bloquants: 0, a_voir: 2}}\n"
    tests = reader_record("autre").replace("}}", "}, lieu: CCAS, panel: 5 personnes, changements: « saisir » enlevé}")
    record(tmp_path, "Appelez-nous.", signed(mark) + check + tests)
    told = "\n".join(review_lines(read_review("essai", folder=tmp_path)))
    assert f"relu, modifié depuis le test (empreinte du texte : {mark})" in told
    assert "contrôle du langage du 12 novembre 2026 : 0 bloquant, 2 à voir" in told
    assert "essai du 10 novembre 2026 — pour un texte d'avant (CCAS ; 5 personnes)" in told
    assert "action : 4 sur 5 (entre 38 % et 96 %)" in told.replace("\u00a0", " ")
    assert "changé ensuite : « saisir » enlevé" in told


@pytest.mark.parametrize("letter_id", letter_ids())
def test_a_letter_says_what_it_needs_and_what_it_rests_on(letter_id: str) -> None:
    shown = CliRunner().invoke(main, ["courriers", "--montrer", letter_id])
    assert shown.exit_code == 0, shown.output
    template = read_template(letter_id)
    for need in template.needs:
        assert f"- {fact_names()[need]['nom']} (à demander : " in shown.stdout
    for source in template.sources:
        assert read_sources()[source].title in shown.stdout
    assert "personne n'a encore signé le droit" in shown.stdout
    assert "aucun essai avec des lecteurs" in shown.stdout


def test_the_model_of_a_record_is_one() -> None:
    """Without its « # », the example is read as a record; shipped as it is, it says nothing of any letter."""
    path = LETTER_TEMPLATES / "fr" / "outils" / "modele.review.yaml"
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text) is None
    example = re.sub(r"(?m)^# ?", "", text[text.index("# droit") :])
    assert set(yaml.safe_load(example)) == {"droit", "redaction", "controle", "essais"}


@pytest.mark.parametrize("letter_id", letter_ids())
def test_every_letter_has_its_kit(letter_id: str) -> None:
    letter = complete_letter(letter_id, PROFILE)
    text = write_text(reader_test(letter)).decode().replace("\u00a0", " ")
    for asked in ("Je veux bien lire cette lettre", "Qui vous écrit ?", "Demandez de redire", "Total"):
        assert asked in text
    assert "| |" not in text and "None" not in text


def test_one_signature_is_not_enough(tmp_path: Path) -> None:
    record(tmp_path, "Appelez-nous.")
    mark = fingerprint("essai", folder=tmp_path)
    record(tmp_path, "Appelez-nous.", signed(mark).splitlines()[0])
    assert read_review("essai", folder=tmp_path).status == DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "droit: ADIL",
        "essais: [{lecteurs: 5}]",
        "essais: [{le: 2026-01-01, lecteurs: 5, empreinte: a, trouves: {date: 6}}]",
        "[: :",
    ],
)
def test_a_damaged_record_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    record(tmp_path, "Appelez-nous.", text)
    with pytest.raises(TemplateError, match=r"essai\.review\.yaml"):
        read_review("essai", folder=tmp_path)


@pytest.mark.parametrize(
    ("found", "readers", "low", "high"), [(5, 5, 0.57, 1.0), (16, 20, 0.58, 0.92), (0, 5, 0.0, 0.43)]
)
def test_a_share_comes_with_what_it_is_worth(found: int, readers: int, low: float, high: float) -> None:
    assert interval(found, readers) == pytest.approx((low, high), abs=0.005)


def test_five_readers_prove_little() -> None:
    assert write_share(5, 5) == "5 sur 5 (entre 57 % et 100 %)"
    with pytest.raises(ValueError, match="6 sur 5"):
        interval(6, 5)


def test_the_kit_asks_what_the_letter_says() -> None:
    letter = complete_letter("assignation", PROFILE)
    text = " ".join(write_text(reader_test(letter)).decode().split()).replace("\u00a0", " ")
    assert "Venez au tribunal le mardi 9 février 2027" in text
    assert "03 53 01 00 00" in text
    assert fingerprint("assignation") in text


def test_the_kit_is_written_for_an_invented_household(tmp_path: Path) -> None:
    arguments = [
        "essai",
        "assignation",
        EXAMPLES / "menages.yaml",
        "--sortie",
        tmp_path,
        "--profil",
        EXAMPLES / "profil",
    ]
    shown = CliRunner().invoke(main, [str(argument) for argument in [*arguments, "--le", "24/11/2026"]])
    assert shown.exit_code == 0, shown.output
    assert {path.name for path in tmp_path.iterdir()} == {"assignation.pdf", "assignation_essai.pdf"}


def test_the_catalogue_is_listed_with_its_reading() -> None:
    shown = CliRunner().invoke(main, ["courriers", "--liste"])
    assert shown.exit_code == 0
    for letter_id in letter_ids():
        assert letter_id in shown.stdout
    assert "brouillon" in shown.stdout


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_the_file_says_which_text_it_is(kind: str) -> None:
    letter = complete_letter("alerte_caf", PROFILE)
    content = write_letter(letter, PROFILE, kind)
    said = {
        "pdf": lambda: PdfReader(io.BytesIO(content)).metadata["/Keywords"],
        "docx": lambda: Document(io.BytesIO(content)).core_properties.keywords,
        "html": lambda: content.decode(),
    }[kind]()
    assert fingerprint("alerte_caf") in said
    assert "brouillon" in said
