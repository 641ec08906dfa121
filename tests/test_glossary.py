"""The glossary: every word explained plainly, with the words of the day; the leaflet and the page say the same."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdf
import pytest

from pex.errors import TemplateError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.law.reading import read_sources
from pex.letters.glossary import CATEGORIES, explain, read_entries, read_glossary
from pex.outputs.glossary_page import write_glossary_page
from pex.outputs.leaflet import write_leaflet
from pex.outputs.pictograms import names
from pex.plain_language.measures import measure
from pex.profile import read_profile

TODAY = date(2026, 11, 26)
LAST = Path(__file__).parent.parent / "docs" / "glossaire.md"


def words_of(pdf: bytes) -> str:
    from io import BytesIO

    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("term", "day", "name"),
    [
        ("commissaire_de_justice", date(2022, 6, 30), "huissier de justice"),
        ("commissaire_de_justice", date(2022, 7, 1), "commissaire de justice"),
        ("tribunal_judiciaire", date(2019, 12, 31), "tribunal d'instance"),
        ("tribunal_judiciaire", date(2020, 1, 1), "tribunal judiciaire"),
        ("juge_des_contentieux_de_la_protection", date(2019, 12, 31), "juge d'instance"),
        ("juge_des_contentieux_de_la_protection", date(2020, 1, 1), "juge des contentieux de la protection (JCP)"),
    ],
)
def test_a_word_is_the_one_of_its_day(term: str, day: date, name: str) -> None:
    assert explain(term, day).title == name


def test_from_2027_the_commission_decides_on_the_housing_aid_too() -> None:
    assert "aide au logement" not in explain("ccapex", date(2026, 12, 31)).explanation
    assert "Il décide aussi pour l'aide au logement." in explain("ccapex", date(2027, 1, 1)).explanation


def test_explanations_are_short_and_easy() -> None:
    for entry in read_entries():
        for term in entry.versions:
            counted = measure(term.explanation)
            assert counted.longest <= 15, term.explanation
            assert counted.sentences <= 3, term.explanation
            assert term.explanation.endswith((".", "!")), term.explanation
    every = measure("\n".join(term.explanation for term in read_glossary(TODAY).values()))
    assert every.mean <= 10


def test_the_glossary_holds_no_number_of_law() -> None:
    """A period is told as a date by the letter; only the national emergency number and « article 700 » are names."""
    allowed = {line.number for line in read_law().helplines.values()}
    for entry in read_entries():
        for term in entry.versions:
            assert set(re.findall(r"\d+", term.explanation)) <= allowed, term.id


def test_each_term_rests_on_texts_that_exist_and_has_a_known_drawing() -> None:
    sources = read_sources()
    for entry in read_entries():
        for term in entry.versions:
            assert set(term.sources) <= set(sources), term.id
            assert term.pictogram is None or term.pictogram in names(), term.id
            assert term.certainty in ("certaine", "a_confirmer"), term.id
            assert term.hints or not term.must_be_explained, term.id


def test_a_word_is_explained_by_words_that_need_no_explanation_or_are_in_the_glossary() -> None:
    """No explanation sends the reader to an office acronym that the glossary does not hold."""
    terms = read_glossary(TODAY)
    known = {term.acronym for term in terms.values()} | {"HLM"}
    for term in terms.values():
        assert set(re.findall(r"\b[A-Z]{2,}\b", term.explanation)) <= known, term.explanation


def test_a_term_that_is_not_there_is_told() -> None:
    with pytest.raises(TemplateError, match="« mainlevee » n'est pas dans le glossaire"):
        explain("mainlevee", TODAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bail: {terme: bail, categorie: logement}", "il manque l'explication"),
        ("bail: {terme: bail, categorie: toit, explication: Un contrat.}", "la catégorie doit être"),
        ("bail: {terme: bail, categorie: logement, explication: Un contrat., niveau: A2}", "« niveau »"),
        (
            "bail: {terme: bail, categorie: logement, versions: [{valable_du: 2020-01-01, explication: A.}, "
            "{valable_du: 2019-01-01, explication: B.}]}",
            "pas dans l'ordre",
        ),
    ],
)
def test_a_slip_in_the_file_is_told_with_the_term(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "glossary.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=told):
        read_entries("fr", tmp_path)


def test_the_leaflet_says_every_word_once_and_whom_to_call() -> None:
    terms = tuple(read_glossary(TODAY).values())
    said = words_of(write_leaflet(terms, read_profile(EXAMPLES / "profil"))).replace("\u00a0", " ")
    for term in terms:
        assert term.explanation in said, term.id
    assert [title for title in CATEGORIES.values() if title not in said] == []
    assert read_law().helplines["sos_loyers_impayes"].number in said
    assert "FALC" not in said


def test_a_leaflet_of_a_few_words_is_one_page() -> None:
    few = [explain(name, TODAY) for name in ("assignation", "audience", "commissaire_de_justice", "bail")]
    pdf = write_leaflet(few, read_profile(EXAMPLES / "profil"), "Les mots de votre lettre")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert "Les mots de votre lettre" in words_of(pdf)


def test_the_page_of_the_glossary_says_what_the_file_says() -> None:
    assert LAST.read_text(encoding="utf-8") == write_glossary_page(read_entries(), read_sources()), (
        "Lancez « make docs »."
    )
