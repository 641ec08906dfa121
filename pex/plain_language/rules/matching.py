"""Looking for words and phrases in a sentence: whole words, the plural understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pex.plain_language.remarks import Finding
from pex.plain_language.rules.registry import read_list
from pex.plain_language.text import Sentence
from pex.plain_language.words import normalised

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FULL_DATE = re.compile(rf"\b(\d{{1,2}}(?:er)?) ({MONTHS}) (\d{{4}})\b", re.IGNORECASE)
PHONE = re.compile(r"\b0[1-9](?: \d\d){4}\b|\b0 80\d \d\d \d\d \d\d\b|\b(?:115|119|3919)\b")
SUM = re.compile(r"\b\d[\d ]*(?:,\d\d)? ?(?:€|euros?\b)")


@lru_cache(maxsize=512)
def words(*forms: str, plural: bool = True) -> re.Pattern[str]:
    """Any of these words or phrases, whole, in lower-case text with straight apostrophes."""
    ordered = sorted({normalised(form).lower() for form in forms}, key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\ ", " ") for form in ordered)
    # « dans le cadre d' » is followed by its word at once.
    return re.compile(rf"(?<![\w-])(?:{joined}){'s?' if plural else ''}(?:(?<=')|(?![\w-]))")


@lru_cache(maxsize=512)
def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression of a list, for whole words of lower-case text."""
    return re.compile(rf"(?<![\w-])(?:{normalised(pattern)})(?![\w-])")


def hidden(text: str, exceptions: Sequence[str]) -> str:
    """The text without these expressions: what they hold is not searched."""
    for pattern in exceptions:
        text = expression(pattern).sub(lambda match: " " * len(match.group()), text)
    return text


class PhraseBook:
    """Phrases, each with what to write instead: all are looked for at once, and a sentence is searched only once."""

    def __init__(self, phrases: Mapping[str, str], plural: bool) -> None:
        pairs = [(form, instead) for forms, instead in phrases.items() for form in forms.split("|")]
        # « A défaut » : a capital often loses its accent.
        pairs += [("a" + form[1:], instead) for form, instead in pairs if form.startswith("à ")]
        self._instead = {normalised(form).lower(): instead for form, instead in pairs}
        self._pattern = words(*self._instead, plural=plural)
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def hits(self, content: str) -> tuple[tuple[str, str], ...]:
        """Each phrase found in that lower-case text, with what to write instead."""
        if content not in self._known:
            found = dict.fromkeys(match.group() for match in self._pattern.finditer(content))
            self._known[content] = tuple((hit, self._said(hit)) for hit in found)
        return self._known[content]

    def _said(self, hit: str) -> str:
        return (
            self._instead.get(hit) or self._instead.get(hit.removesuffix("s")) or self._instead[hit.removesuffix("'s")]
        )


@lru_cache(maxsize=16)
def phrase_book(name: str, key: str = "", plural: bool = False) -> PhraseBook:
    """The phrases of that list, or of one of its keys."""
    phrases = read_list(name)
    return PhraseBook(phrases[key] if key else phrases, plural)


def at(sentence: Sentence, found: str = "", instead: str = "", level: str = "") -> Finding:
    """A finding in that sentence."""
    return Finding(sentence.text, found, instead, level, sentence.line)
