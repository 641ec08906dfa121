"""Words, sentences, syllables and scores by conventions T1 and C1; and what a score cannot see."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pex.plain_language import BLOCKING, check_text, measure, read_plain
from pex.plain_language.words import count_syllables, count_words, split_sentences, split_words

CASES = Path(__file__).parent / "plain_language"
SYLLABLES = yaml.safe_load((CASES / "syllabes.yaml").read_text(encoding="utf-8"))
# Text, words, sentences, syllables, long words, KM207, KM209, LIX; counted by hand.
VECTORS = {
    "V1": ("Le juge vous attend le mardi. Venez au tribunal.", 9, 2, 14, 1, 87.94, 98.05, 15.61),
    "V2": (
        "Vous devez de l'argent à votre propriétaire. Nous pouvons vous aider. Appelez ce numéro. "
        "L'appel est gratuit.", 19, 4, 30, 4, 85.97, 96.17, 25.80,
    ),
    "V3": (
        "En l'absence de règlement intégral de la dette locative dans le délai imparti, le bailleur sera fondé à "
        "solliciter la résiliation judiciaire du bail ainsi que l'expulsion de l'occupant.",
        32, 1, 55, 11, 48.02, 55.32, 66.38,
    ),
    "V4": (
        "Vous devez payer votre dette. Sinon, votre propriétaire peut demander deux choses au juge : arrêter votre "
        "bail et vous faire partir du logement.", 23, 2, 36, 4, 80.13, 89.34, 28.89,
    ),
}  # fmt: skip
R153_1 = """Si l'huissier de justice est dans l'obligation de requérir le concours de la force publique, il s'adresse au préfet.
La réquisition contient une copie du dispositif du titre exécutoire. Elle est accompagnée d'un exposé des diligences auxquelles l'huissier de justice a procédé et des difficultés d'exécution.
Toute décision de refus de l'autorité compétente est motivée. Le défaut de réponse dans un délai de deux mois équivaut à un refus.
Ce refus est porté à la connaissance du créancier par l'huissier de justice."""


@pytest.mark.parametrize("name", VECTORS)
def test_the_four_vectors(name: str) -> None:
    text, words, sentences, syllables, long_words, km207, km209, lix = VECTORS[name]
    counted = measure(text)
    assert (counted.words, counted.sentences, counted.syllables, counted.long_words) == (
        words, sentences, syllables, long_words,
    )  # fmt: skip
    assert counted.kandel_moles is not None and counted.kandel_moles_209 is not None and counted.lix is not None
    assert round(counted.kandel_moles.value, 2) == km207
    assert round(counted.kandel_moles_209.value, 2) == km209
    assert round(counted.lix.value, 2) == lix


def test_a_score_never_goes_without_its_name_and_its_caveat() -> None:
    counted = measure(VECTORS["V1"][0])
    for score in (counted.kandel_moles, counted.kandel_moles_209, counted.lix):
        assert score is not None
        assert "T1" in score.variant
        assert "Comparez seulement deux versions d'un même texte" in score.caveat


def test_an_article_of_law_has_a_good_score_and_is_blocked_all_the_same() -> None:
    """CPCE R. 153-1, before November 2025: « assez facile » by its score, unreadable by its words."""
    counted = measure(R153_1)
    assert counted.mean == 15.0 and counted.longest == 22
    assert counted.kandel_moles is not None and 72 <= counted.kandel_moles.value <= 73
    report = check_text(read_plain(R153_1, "R. 153-1"))
    blocked = {(remark.rule, remark.found) for remark in report.remarks if remark.level == BLOCKING}
    assert ("R22", "titre exécutoire") in blocked
    assert ("R22", "concours de la force publique") in blocked
    assert ("R11", "22 mots") in blocked
    assert {remark.rule for remark in report.remarks} >= {"R14", "R24", "R29"}


@pytest.mark.parametrize(("number", "word"), [(number, word) for number in SYLLABLES for word in SYLLABLES[number]])
def test_syllables(number: int, word: str) -> None:
    assert count_syllables(word) == number


def test_the_syllable_list_is_long_enough_to_mean_something() -> None:
    assert sum(map(len, SYLLABLES.values())) > 100


def test_very_short_sentences_and_list_items_count() -> None:
    """A well-known counter forgets sentences of two words, and items: this one does not."""
    counted = measure("Payez avant le mardi 12 janvier. Appelez-nous. Venez.\nvos revenus\nvotre bail")
    assert counted.sentences == 5
    assert counted.lengths == (6, 1, 1, 2, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’assignation n’est pas un jugement.", 7),
        ("L'assignation n'est pas un jugement.", 7),
        ("aujourd'hui", 1),
        ("Appelez-nous", 1),
        ("1 250 €", 1),
        ("03 53 01 00 00", 1),
        ("9 h 30", 1),
        ("le 1er mars 2027", 4),
        ("jusqu'au 31 mars", 4),
        ("", 0),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words == len(split_words(text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("M. Durand vient. Il attend.", ["M. Durand vient.", "Il attend."]),
        ("Mme Durand paie 12.50 de charges.", ["Mme Durand paie 12.50 de charges."]),
        ("L'art. 24 de la loi.", ["L'art. 24 de la loi."]),
        ("Qui ? Vous. Où ?", ["Qui ?", "Vous.", "Où ?"]),
        ("une ligne\nune autre", ["une ligne", "une autre"]),
        ("« Venez. » Il le dit.", ["« Venez. »", "Il le dit."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert list(split_sentences(text)) == sentences


def test_an_empty_text_has_no_score() -> None:
    counted = measure("")
    assert (counted.words, counted.mean, counted.longest) == (0, 0.0, 0)
    assert counted.kandel_moles is None and counted.lix is None
