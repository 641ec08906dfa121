"""R16, R17, R19: what an office writes, and what one says instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pex.plain_language.remarks import INFORMATION, Finding
from pex.plain_language.rules.matching import at, phrase_book
from pex.plain_language.rules.registry import Limits, rule, sentence_rule
from pex.plain_language.text import Sentence, Text

TO_YOU = re.compile(r"\bv(?:ous|otre|os)\b|\b\w+ez\b|-vous\b")


@rule("R16")
def say_you(text: Text, limits: Limits) -> Iterator[Finding]:
    """« vous » somewhere in each block of a letter."""
    if not text.is_letter:
        return
    for part in text.open_parts():
        prose = [sentence for sentence in part.sentences if sentence.role == "sentence"]
        spoken = " ".join(sentence.lower for sentence in (part.title, *part.sentences) if sentence)
        if len(prose) >= 2 and not TO_YOU.search(spoken):
            heading = part.title or prose[0]
            yield at(heading, instead="Ce bloc ne dit jamais « vous » : parlez à la personne.", level=INFORMATION)


@sentence_rule("R16")
def speak_to_the_reader(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    """No word that speaks of the reader as of someone else."""
    return _phrases(sentence, "R16")


@sentence_rule("R17")
def say_we(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    return _phrases(sentence, "R17")


@sentence_rule("R19")
def no_office_connector(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    return _phrases(sentence, "R19")


def _phrases(sentence: Sentence, rule_id: str) -> Iterator[Finding]:
    for found, instead in phrase_book("bureaucratic_phrases", rule_id).hits(sentence.lower):
        enough = instead.startswith("enlevez")
        yield at(sentence, found, f"Enlevez « {found} »." if enough else f"Au lieu de « {found} » : {instead}.")
