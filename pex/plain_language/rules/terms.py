"""R21, R22, R23, R25: the words of the law, explained at once, always the same, and never mistaken for others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from pex.dates import write_date
from pex.letters.glossary import Term, read_entries, read_glossary
from pex.plain_language.remarks import BLOCKING, INFORMATION, TO_SEE, Finding
from pex.plain_language.rules.matching import at, expression, hidden, words
from pex.plain_language.rules.registry import Limits, read_list, rule, sentence_rule
from pex.plain_language.text import HOUSEHOLD, PROFESSIONAL, Part, Sentence, Text
from pex.plain_language.words import normalised

ACRONYM = re.compile(r"(?<![\w-])[A-ZÉ]{2,7}(?![\w-])")
# « Mme DURAND », « 00100 BRUMEVILLE », « Claude EXEMPLE » : a name, not an acronym.
AFTER_A_NAME = re.compile(
    r"(?:\b(?:M\.|Mme|Mlle|Me|Dr|Madame|Monsieur)(?: [A-ZÉ][\w'-]*){0,2}|\b\d{5}|\bDE|\bLA|\bLE"
    r"|\b(?!L[ae]s?\b|Une?\b|Des\b|Au\b|Aux\b|Du\b|\w+ez\b)[A-ZÉ][a-zà-ÿ]+(?:-[A-ZÉ][a-zà-ÿ]+)?) $"
)
SALUTATION = re.compile(r"(?:Madame|Monsieur)\b.*,$")
LATEST = date.max


@rule("R21")
def one_word_for_a_thing(text: Text, limits: Limits) -> Iterator[Finding]:
    """Two words for one thing in a text block; the other word alone is to see."""
    sentences = list(text.read())
    whole = "\n".join(sentence.lower for sentence in sentences)
    for concept in read_list("concepts").values():
        if text.reader not in concept.get("lecteurs", (text.reader,)):
            continue
        other, exceptions = words(*concept["variantes"]), concept.get("sauf", ())
        if not other.search(whole):
            continue
        hits = [
            (sentence, match.group())
            for sentence in sentences
            if other.search(sentence.lower) and (match := other.search(hidden(sentence.lower, exceptions)))
        ]
        if not hits:
            continue
        is_chosen = words(concept["choix"]).search(whole) is not None
        both = is_chosen or len({found for _, found in hits}) > 1
        if not both and concept.get("seul") == "dit_ailleurs":
            continue
        sentence, found = hits[0]
        yield at(sentence, found, f"Écrivez partout « {concept['choix']} ».", BLOCKING if both else TO_SEE)


@sentence_rule("R21")
def todays_word(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    """A word that the law has replaced: « huissier de justice », « tribunal d'instance »."""
    for pattern, name, since in _replaced_words():
        if (match := pattern.search(sentence.lower)) and "on disait" not in sentence.lower:
            yield at(sentence, match.group(), f"Depuis le {write_date(since)}, écrivez « {name} ».", TO_SEE)


@lru_cache(maxsize=1)
def _replaced_words() -> tuple[tuple[re.Pattern[str], str, date], ...]:
    found = []
    for entry in read_entries():
        for before, after in pairwise(entry.versions):
            if before.name != after.name and after.since:
                found.append((words(before.name, *before.forms), after.name, after.since))
    return tuple(found)


@rule("R22")
def explained_at_once(text: Text, limits: Limits) -> Iterator[Finding]:
    """The first time a word of the glossary comes, its explanation is in the sentence, before it or after it."""
    day = text.day or LATEST
    found = _first_places(text, day)
    for term_id, (sentence, match, near) in found.items():
        term = read_glossary(day)[term_id]
        if not _is_explained(term, near, match):
            yield at(sentence, match, f"Expliquez « {match} » dans la phrase suivante : « {term.explanation} »")
    if text.reader == HOUSEHOLD and text.kind != "frise" and len(found) > limits["mots"]:
        told = ", ".join(match for _, match, _ in found.values())
        yield Finding(
            told, f"{len(found)} mots de droit", f"Gardez {limits['mots']} mots de droit au plus.", INFORMATION
        )


@rule("R23")
def no_bare_acronym(text: Text, limits: Limits) -> Iterator[Finding]:
    """An acronym comes after its words, in brackets; two at most in a letter to a household."""
    known = set(read_list("signs")["known_acronyms"])
    terms = _acronyms(text.day or LATEST)
    seen: dict[str, Sentence] = {}
    for sentence in text.body():
        if sentence.bare.isupper():
            continue
        for match in ACRONYM.finditer(sentence.bare):
            acronym = match.group()
            before = sentence.bare[: match.start()]
            if acronym in known or acronym in seen or (acronym not in terms and AFTER_A_NAME.search(before)):
                continue
            seen[acronym] = sentence
            if _stands_in_brackets(sentence.bare, match.start()):
                continue
            if acronym in terms and (text.reader == PROFESSIONAL or _is_told(text, terms[acronym])):
                continue
            yield at(sentence, acronym, _written_out(acronym, terms))
    if text.reader == HOUSEHOLD and len(seen) > limits["sigles"]:
        yield Finding(", ".join(seen), f"{len(seen)} sigles", f"Gardez {limits['sigles']} sigles au plus.", TO_SEE)


@rule("R25")
def no_false_friend(text: Text, limits: Limits) -> Iterator[Finding]:
    """A common word with another meaning here, unless the glossary explains it in this text."""
    seen: set[str] = set()
    for sentence in text.read():
        for found, meant, instead in _friends_in(sentence.lower):
            if found not in seen:
                said = f"« {found} » peut être compris comme « {meant} ». Écrivez {instead}."
                yield at(sentence, found, said)
            seen.add(found)


@lru_cache(maxsize=4096)
def _friends_in(content: str) -> tuple[tuple[str, str, str], ...]:
    found = []
    for friend in read_list("false_friends"):
        searched = hidden(content, (friend["sauf"],)) if "sauf" in friend else content
        if match := expression(friend["mot"]).search(searched):
            found.append((match.group(), friend["compris"], friend["a_la_place"]))
    return tuple(found)


def terms_in(text: Text) -> tuple[Term, ...]:
    """Every term of the glossary that a reader meets in this text, in the glossary's order."""
    day = text.day or LATEST
    found = {term_id for sentence in text.read() for term_id, _ in _terms_in(sentence.lower, day)}
    return tuple(term for term_id, term in read_glossary(day).items() if term_id in found)


def _first_places(text: Text, day: date) -> Mapping[str, tuple[Sentence, str, str]]:
    """For each term to explain: the sentence where it first comes, its words there, and what stands around."""
    places: dict[str, tuple[Sentence, str, str]] = {}
    for part in text.open_parts():
        for order, sentence in enumerate(part.sentences):
            if SALUTATION.match(sentence.bare):
                continue
            for term_id, match in _terms_in(sentence.lower, day):
                if not read_glossary(day)[term_id].must_be_explained:
                    continue
                near = [item.lower for item in _around(text, part, order, match)]
                places.setdefault(term_id, (sentence, match, " ".join(near)))
    return places


def _around(text: Text, part: Part, order: int, match: str) -> Iterator[Sentence]:
    """Where an explanation is looked for: the heading, the sentence before, the one after.

    On a timeline, the whole card, and the note whose title is that word: the eye goes from one to the other.
    """
    if part.title:
        yield part.title
    if text.kind != "frise":
        yield from part.sentences[max(0, order - 1) : order + 2]
        return
    yield from part.sentences
    for note in text.open_parts():
        if note.title and match in note.title.lower:
            yield from note.sentences


@lru_cache(maxsize=4096)
def _terms_in(content: str, day: date) -> tuple[tuple[str, str], ...]:
    """The terms of a sentence: the longest first, so that « juge de l'exécution » hides « exécution »."""
    found = []
    for term_id, pattern in _patterns(day):
        match = pattern.search(content)
        if match:
            content = content.replace(match.group(), " ")
            found.append((term_id, match.group()))
    return tuple(found)


@lru_cache(maxsize=32)
def _patterns(day: date) -> tuple[tuple[str, re.Pattern[str]], ...]:
    terms = [(term.id, form) for term in read_glossary(day).values() for form in term.searched]
    return tuple((term_id, words(form)) for term_id, form in sorted(terms, key=lambda pair: -len(pair[1])))


def _is_explained(term: Term, near: str, match: str) -> bool:
    explanation = normalised(term.explanation).lower()
    if explanation.split(". ")[0] in near:
        return True
    rest = near.replace(match, " ", 1)
    return any(normalised(hint).lower() in rest for hint in term.hints)


@lru_cache(maxsize=32)
def _acronyms(day: date) -> Mapping[str, Term]:
    return {term.acronym: term for term in read_glossary(day).values() if term.acronym}


def _is_told(text: Text, term: Term) -> bool:
    """True where an acronym of the glossary comes with words that explain it."""
    sentences = list(text.body())
    for order, sentence in enumerate(sentences):
        if re.search(rf"\b{term.acronym}\b", sentence.bare):
            near = " ".join(item.lower for item in sentences[max(0, order - 1) : order + 2])
            return normalised(term.name).lower() in near or _is_explained(term, near, (term.acronym or "").lower())
    return False


def _stands_in_brackets(bare: str, start: int) -> bool:
    return bool(re.search(r"\w+ \w+.* ?\($", bare[:start]))


def _written_out(acronym: str, terms: Mapping[str, Term]) -> str:
    if acronym in terms:
        return f"Écrivez d'abord « {terms[acronym].title} », ou dites ce que c'est."
    return f"Écrivez le nom en entier, puis « ({acronym}) »."
