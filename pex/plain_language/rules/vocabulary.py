"""R24, R26, R27, R28: hard words, foreign words and images, abbreviations and signs, services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pex.plain_language.remarks import Finding
from pex.plain_language.rules.matching import PHONE, at, phrase_book
from pex.plain_language.rules.registry import Limits, read_list, sentence_rule
from pex.plain_language.text import Sentence


@sentence_rule("R24")
def everyday_words(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    for found, instead in phrase_book("difficult_words", plural=True).hits(sentence.lower):
        yield at(sentence, found, f"Au lieu de « {found} », écrivez « {instead} ».")


@sentence_rule("R26")
def no_image_no_latin(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    for found, instead in phrase_book("signs", "foreign_words").hits(sentence.lower):
        yield at(sentence, found, f"Au lieu de « {found} », écrivez {instead}.")


@sentence_rule("R27")
def no_abbreviation(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    for sign, instead in _signs():
        if match := sign.search(sentence.lower):
            yield at(sentence, match.group(), f"Au lieu de « {match.group()} » : {instead}.")


@sentence_rule("R28")
def one_service_one_number(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    if len(numbers := set(PHONE.findall(sentence.bare))) > 1:
        yield at(sentence, " et ".join(sorted(numbers)))


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[re.Pattern[str], str], ...]:
    signs = read_list("signs")
    short = [(rf"(?<![\w-])(?:{pattern})(?![\w'-])", instead) for pattern, instead in signs["abbreviations"].items()]
    return tuple((re.compile(pattern), instead) for pattern, instead in (*short, *signs["special_signs"].items()))
