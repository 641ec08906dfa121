"""The words a dossier is found by: without case or accents, and tolerant of a typing error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Words of addresses and names that find everything, hence nothing.
EMPTY = frozenset((
    "rue", "avenue", "allee", "boulevard", "chemin", "place", "impasse", "route", "cours", "quai", "residence",
    "batiment", "bat", "apt", "appt", "escalier", "porte", "etage", "bis", "ter", "de", "du", "des", "la", "le",
    "les", "et", "aux", "sur", "sous", "en", "mme", "monsieur", "madame",
))  # fmt: skip
MARKED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})
SHORTEST_WITH_VARIANTS = 4
LONGEST = 40

# How names sound, roughly: what is written differently and said alike meets there.
SOUNDS = (
    ("ph", "f"), ("th", "t"), ("qu", "k"), ("ck", "k"), ("ch", "s"), ("sh", "s"), ("y", "i"), ("eau", "o"),
    ("au", "o"), ("ai", "e"), ("ei", "e"), ("bv", "v"), ("h", ""), ("w", "v"), ("z", "s"), ("c", "k"),
)  # fmt: skip


def plain(text: str) -> str:
    """Lower case, without accents or other marks: « Łukasiewicz » → « lukasiewicz », « Œuvré » → « oeuvre »."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(MARKED)
    return "".join(char for char in text if not unicodedata.combining(char))


def typed_words(text: str) -> list[str]:
    """The words that a person looks for, once each, in order."""
    return list(dict.fromkeys(word[:LONGEST] for word in re.split(r"[\W_]+", plain(text)) if word))


def words_of(*texts: str | None) -> list[str]:
    """The words that find these texts; « 71-2026-0042 » also gives « 7120260042 »."""
    found: dict[str, None] = {}
    for token in (token for text in texts if text for token in text.split()):
        parts = typed_words(token)
        for word in (*parts, "".join(parts)[:LONGEST]):
            if word and word not in EMPTY:
                found[word] = None
    return list(found)


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A word as it sounds, without doubled letters or a silent end: « dupont », « dupond » → « ~dupon »."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1+", r"\1", word)
    return "~" + (re.sub(r"[estdxp]+$", "", word) or word)


def variants(word: str) -> set[str]:
    """The word, the word with one letter left out, and its sound. Numbers and short words have no variant."""
    if len(word) < SHORTEST_WITH_VARIANTS or any(char.isdigit() for char in word):
        return {word}
    return {word, sound(word), *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_near(typed: str, word: str) -> bool:
    """True for one letter added, left out, replaced or swapped with the next one, or for the same sound."""
    if typed == word or sound(typed) == sound(word):
        return True
    if abs(len(typed) - len(word)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    one, other = typed[start:], word[start:]
    if len(one) == len(other):
        return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
    return one[1:] == other or one == other[1:]


def key_of(texts: Iterable[str | None]) -> str:
    """Words of these texts, in order, as one key: « Mme Aïcha O'Hara » → « mme aicha o hara »."""
    return " ".join(word for text in texts if text for word in re.split(r"[^\w]+", plain(text)) if word)
