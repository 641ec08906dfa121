"""Every drawing has a card that is whole and true, and every pictogram that a page asks for is in the bank."""

import hashlib
import re
from datetime import date

import pytest
from bank import NAMES, read_card

from pex.folders import LETTER_TEMPLATES, PICTOGRAMS
from pex.outputs.docx.timeline import STATE_MARKS
from pex.outputs.html import STATE_PICTOGRAMS

CARD = {
    "id": str,
    "version": int,
    "concept_fr": str,
    "definition_fr": str,
    "alt_fr": str,
    "labels": dict,
    "termes": list,
    "categorie": str,
    "interdit_pour": list,
    "miroir_rtl": bool,
    "fichier": str,
    "sha256": str,
    "auteur": str,
    "licence": str,
    "source_derivee": type(None),
    "essai_interne": list,
    "tests": list,
    "statut": str,
}
INTERNAL_TRIAL = {
    "date": date,
    "version": int,
    "qui": str,
    "sans_libelle": bool,
    "reponses": list,
    "justes": int,
    "contraires": int,
    "n": int,
}
CATEGORIES = {"administration", "aide", "argent", "interface", "justice", "logement", "papiers"}
STATES = {"brouillon", "en_test", "teste", "rejete", "retire"}
NEVER_MIRRORED = ("horloge", "coche", "téléphone", "euro", "zéro", "écritures", "sceau")

CONCEPTS = """
logement loyer dette_de_loyer proprietaire locataire bail lettre_officielle commissaire_de_justice
commandement_de_payer assignation audience juge tribunal jugement commandement_de_quitter_les_lieux
concours_force_publique prefecture expulsion treve_hivernale date_limite avant_cette_date duree payer
payer_en_plusieurs_fois reprendre_le_loyer appeler appel_gratuit rendez_vous ecrire apporter_papiers piece_identite
preuve_de_revenus aide_sociale questions_sur_votre_situation conseil_gratuit avocat aide_juridictionnelle
aide_au_logement surendettement dalo hebergement interprete
vous_etes_ici fait peut_arriver important information delai_proche inconnu
"""
"""What a household has to understand, in the order of the procedure, then the signs of the pages."""

each_card = pytest.mark.parametrize("name", NAMES)


def test_every_drawing_has_a_card_and_every_card_a_drawing():
    assert NAMES
    assert sorted(path.stem for path in PICTOGRAMS.glob("*.yaml")) == NAMES


def test_every_concept_is_drawn():
    concepts = CONCEPTS.split()
    assert len(concepts) == 42 + 7
    assert not set(concepts) - set(NAMES)


@each_card
def test_card_is_complete(name):
    card = read_card(name)
    assert list(card) == list(CARD)
    for key, kind in CARD.items():
        assert type(card[key]) is kind, f"{name}.yaml : {key}"
        if kind is str:
            assert card[key].strip(), f"{name}.yaml : {key} est vide"


@each_card
def test_card_is_true(name):
    card = read_card(name)
    assert card["id"] == name
    assert re.fullmatch(r"[a-z][a-z_]*", name)
    assert card["fichier"] == f"{name}.svg"
    assert card["version"] >= 1
    assert card["categorie"] in CATEGORIES
    assert card["licence"] == "CC-BY-4.0"
    assert card["statut"] in STATES
    assert name not in card["interdit_pour"]
    assert card["statut"] != "teste" or card["tests"], "« teste » demande au moins un essai avec des lecteurs"


@each_card
def test_a_changed_drawing_is_a_new_version(name):
    digest = hashlib.sha256((PICTOGRAMS / f"{name}.svg").read_bytes()).hexdigest()
    assert read_card(name)["sha256"] == digest, "augmentez « version », videz « tests », notez le nouveau sha256"


@each_card
def test_an_internal_trial_is_told_whole_and_never_taken_for_readers(name):
    card = read_card(name)
    for trial in card["essai_interne"]:
        assert {key: type(value) for key, value in trial.items()} == INTERNAL_TRIAL
        assert trial["version"] <= card["version"]
        assert len(trial["reponses"]) == trial["n"] > 0
        assert 0 <= trial["justes"] + trial["contraires"] <= trial["n"]
    assert card["tests"] or card["statut"] in {"brouillon", "en_test", "retire"}


@each_card
def test_confusions_named_like_a_drawing_are_drawings(name):
    for confusion in read_card(name)["interdit_pour"]:
        assert "_" not in confusion or confusion in NAMES, f"{name}.yaml : {confusion} n’existe pas"


@each_card
def test_words_are_short_sentences(name):
    card = read_card(name)
    assert len(card["concept_fr"].split()) <= 4
    assert not card["concept_fr"].endswith(".")
    assert card["definition_fr"].endswith((".", "?"))
    assert card["alt_fr"].endswith(".")


@each_card
def test_what_has_one_reading_direction_is_never_mirrored(name):
    card = read_card(name)
    shown = card["alt_fr"].lower()
    assert not (card["miroir_rtl"] and any(word in shown for word in NEVER_MIRRORED))


def test_no_label_or_alternative_text_is_used_twice():
    for key in ("concept_fr", "alt_fr"):
        words = [read_card(name)[key] for name in NAMES]
        assert len(words) == len(set(words)), key


def test_every_pictogram_that_a_page_asks_for_exists():
    asked = {*STATE_PICTOGRAMS.values(), *STATE_MARKS.values()}
    for path in LETTER_TEMPLATES.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            asked |= set(re.findall(r"\b(?:picto=|(?:pictogram|pictogramme|dessin): )([a-z_]+)", text))
    asked.discard(None)  # what stands beside the line has no mark
    assert len(asked) > 40
    assert not asked - set(NAMES)
