"""R35 to R46: how it looks, as far as the words, the blocks or a Word file tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pex.plain_language.remarks import Finding
from pex.plain_language.rules.matching import at
from pex.plain_language.rules.registry import Limits, rule
from pex.plain_language.text import Sentence, Text

CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{4,}(?: [A-ZÀ-ÖØ-Þ']{2,})+\b")
SERIFS = ("times", "garamond", "georgia", "cambria", "palatino", "book antiqua", "liberation serif", "century")


@rule("R35")
def large_plain_letters(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.look is None:
        return
    smallest = text.look.smallest
    if smallest is not None and smallest < limits["points"]:
        yield Finding("Taille du texte", f"{smallest:g} points", f"Écrivez en {limits['points']} points au moins.")
    for font in text.look.fonts:
        if font.lower().startswith(SERIFS):
            yield Finding("Police", font, f"Remplacez « {font} » par une police sans empattement.")


@rule("R36")
def aligned_left(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.look and text.look.justified:
        yield Finding("Alignement", f"{text.look.justified} paragraphes justifiés", "Alignez ces paragraphes à gauche.")
    if text.look and text.look.columns > 1:
        yield Finding("Colonnes", f"{text.look.columns} colonnes", "Mettez le texte sur une seule colonne.")


@rule("R38")
def no_capitals(text: Text, limits: Limits) -> Iterator[Finding]:
    for sentence in text.read():
        if match := CAPITALS.search(sentence.bare):
            yield at(
                sentence,
                match.group(),
                f"Écrivez « {match.group()} » en minuscules, en gras s'il le faut.",
            )
    if text.look and text.look.italic:
        yield Finding("Italique", f"{text.look.italic} passages", "Remplacez l'italique par du gras, ou par rien.")
    if text.look and text.look.underlined:
        yield Finding("Souligné", f"{text.look.underlined} passages", "Remplacez le souligné par du gras, ou par rien.")


@rule("R39")
def spaced_lines(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.look and text.look.tight:
        yield Finding("Interligne", f"{text.look.tight} paragraphes serrés")


@rule("R40")
def page_of_pages(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.look and not text.look.has_page_number:
        yield Finding("Pied de page", "pas de numéro de page")


@rule("R43")
def no_note_no_big_table(text: Text, limits: Limits) -> Iterator[Finding]:
    for part in text.open_parts():
        if part.columns > 2:
            yield at(
                part.title or Sentence(""), f"{part.columns} colonnes", "Faites un tableau de 2 colonnes, ou une liste."
            )
    if text.look and text.look.notes:
        yield Finding("Notes de bas de page", f"{text.look.notes} notes")


@rule("R44")
def accessible_file(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.look is None:
        return
    if not text.look.title:
        yield Finding("Propriétés du fichier", "pas de titre", "Donnez un titre au fichier (Fichier, Informations).")
    if not text.look.language.lower().startswith("fr"):
        yield Finding(
            "Langue du fichier", text.look.language or "aucune", "Choisissez le français comme langue du texte."
        )
    if not text.look.headings:
        yield Finding("Titres de partie", "aucun", "Donnez aux titres les styles « Titre 1 », « Titre 2 ».")
    if text.look.pictures_without_words:
        yield Finding(
            "Images",
            f"{text.look.pictures_without_words} sans texte",
            "Donnez un texte de remplacement à chaque image.",
        )


@rule("R45")
def a_drawing_by_key_block(text: Text, limits: Limits) -> Iterator[Finding]:
    if not text.is_letter:
        return
    for part in text.parts:
        if part.kind in ("action", "contact") and part.pictogram is None:
            yield at(part.title or Sentence(""))


@rule("R46")
def few_drawings(text: Text, limits: Limits) -> Iterator[Finding]:
    names = [part.pictogram for part in text.parts if part.pictogram]
    if not text.is_letter:
        return
    if len(names) > limits["dessins"]:
        yield Finding(", ".join(names), f"{len(names)} dessins")
    for name, times in Counter(part.pictogram for part in text.parts if part.kind == "section").items():
        if name and times > 1:
            where = next(part for part in text.parts if part.pictogram == name)
            yield at(where.title or Sentence(""), name, f"Le dessin « {name} » sert {times} fois : prenez-en un autre.")
