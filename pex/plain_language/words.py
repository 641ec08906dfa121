"""French text cut into sentences, words and syllables.

Words follow convention T1: « l' », « d' », « qu' » are words, « aujourd'hui » and « Appelez-nous » are one,
and a number, a sum, an hour or a phone number is one word. Syllables follow convention C1: the written vowels,
without the silent end. A measure is only worth comparing with one made by the same conventions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = "\u00a0\u202f\u2009"
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
NUMBER = (
    rf"\+?\d+(?:[ {SPACES}.,:/]\d+)*(?:er|re|e|ère|ème)?\b"
    rf"(?:[ {SPACES}]?(?:€|%|h(?:[ {SPACES}]?\d\d)?\b))?"
)
CLITIC = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[ldjmtsnc])'"
WORD = re.compile(
    rf"(?P<number>{NUMBER})|aujourd'hui|(?P<clitic>(?<![{LETTER}]){CLITIC}(?=[{LETTER}\d]))"
    rf"|[{LETTER}]+(?:[-'·][{LETTER}]+)*",
    re.IGNORECASE,
)
# A full stop after one of these does not end a sentence.
ABBREVIATIONS = {
    "m", "mm", "mme", "mlle", "dr", "me", "art", "al", "tél", "n", "p", "pp", "ex", "cf", "env", "av", "bd", "st",
    "ste",
}  # fmt: skip
END = re.compile(rf"[.!?…]+(?:[ {SPACES}]?[»”\")])*(?=\s+)")
STARTS = re.compile(rf"\s+(?=[«“\"(]?[ {SPACES}]?[A-ZÀ-ÖØ-ÞŒ0-9–—-])")

VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
# « -ent » is silent at the end of a verb only: these endings and words are nouns, adjectives and adverbs.
SOUNDED_ENT = re.compile(
    r"(?:m|ci|qu|lli|ésid|évid|écéd|abs|prés|réc|résid|rés|urg|arg|ag|ac|cid|cli|fér|par|pati|tal|soci|volont|innoc"
    r"|doll|cl|néglig|ellig|olesc|écoul|prud|viol|excell|équival|transpar|compét|perman|pertin|conting|incid|déc)ents?$"
    r"|^(?:souv|v|c|d|l|cont|mécont|d|g|différ|scient|dent|occid|ori|couv|fréqu|solv|auto|cons?|tri)ents?$"
)
VERBS_IN_MENT = re.compile(
    r"^(?:(?:af|con|in|trans)?form|ai|(?:r?é)?clam|(?:pro|dé)clam|estim|expri|impri|suppri|confirm|affirm|dor|ferm|"
    r"enferm|arm|nomm|consomm|résum|assum|entam|blâm|réclam|compri|anim|présum)ment$|^(?:aiment|forment|réclament|"
    r"expriment|confirment|affirment|ferment|nomment|estiment|dorment)$"
)
EXCEPTIONS = {"pays": 2, "paysan": 3, "paysage": 3, "août": 1, "saoul": 1, "asseoir": 2, "euro": 2, "euros": 2}


def normalised(text: str) -> str:
    """The text composed (NFC), with straight apostrophes."""
    return unicodedata.normalize("NFC", text).replace("’", "'").replace("ʼ", "'")


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text by convention T1, numbers included."""
    return tuple(match.group() for match in WORD.finditer(normalised(text)))


@lru_cache(maxsize=16384)
def count_words(text: str) -> int:
    """How many words by convention T1."""
    return sum(1 for _ in WORD.finditer(normalised(text)))


def is_number(word: str) -> bool:
    """True for a number, a sum, an hour, a phone: they count as a word, and have no syllables."""
    return any(character.isdigit() for character in word)


@lru_cache(maxsize=4096)
def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a running text; a line that ends, ends its sentence."""
    return tuple(sentence for line in text.splitlines() for sentence in _sentences_of_line(line))


def _sentences_of_line(line: str) -> list[str]:
    sentences, start = [], 0
    for end in END.finditer(line):
        following = STARTS.match(line, end.end())
        if following is None or _is_abbreviation(line[start : end.start()], end.group()):
            continue
        sentences.append(line[start : end.end()])
        start = following.end()
    sentences.append(line[start:])
    return [sentence.strip() for sentence in sentences if WORD.search(normalised(sentence))]


def _is_abbreviation(before: str, mark: str) -> bool:
    """« M. », « art. », or the initial of a first name: the sentence goes on."""
    if mark.strip() != ".":
        return False
    last = re.search(rf"([{LETTER}]+)$", before)
    if last is None:
        return False
    word = last.group(1)
    return word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isupper())


@lru_cache(maxsize=8192)
def count_syllables(word: str) -> int:
    """How many syllables by convention C1: 0 for « l' » and for numbers, otherwise 1 at least."""
    word = normalised(word).lower()
    if is_number(word) or (word.endswith("'") and word != "jusqu'" and len(word) <= 3):
        return 0
    if re.search(r"[-'·]", word.rstrip("'")):
        return sum(count_syllables(part) for part in re.split(r"[-'·]", word) if part)
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    return max(1, len(_nuclei(_without_silent_end(word.rstrip("'")))))


def _without_silent_end(word: str) -> str:
    if word.endswith("ent") and len(word) > 4:
        sounded = SOUNDED_ENT.search(word) and not VERBS_IN_MENT.search(word)
        return word if sounded else word[:-3]
    stripped = re.sub(r"es?$", "", word)
    # « les », « ce » : the only vowel of the word is sounded.
    return stripped if re.search(f"[{VOWELS}]", re.sub(r"qu$|gu$", "", stripped)) else word


def _nuclei(word: str) -> list[str]:
    word = re.sub(r"qu(?=[aeiouyéèêëîïôœ]|$)", "k", word)
    word = re.sub(r"gu(?=[eiéèêy])|gu$", "g", word)
    word = re.sub(r"ge(?=[aoâô])", "j", word)
    word = re.sub(r"aie(?=[mr])", "ai", word)
    word = re.sub(rf"(?<=[{VOWELS}])y(?=[{VOWELS}])", "j", word)
    word = re.sub(r"(?<=[aeou])y$", "i", word)
    # After two consonants that end with l or r, the glide is a syllable: pro-pri-é-taire, ou-bli-er.
    word = re.sub(rf"([bcdfgpvt][lr])(i|u|ou)(?!i)(?=[{VOWELS}])", r"\1\2|", word)
    return re.findall(
        r"(?:i|ou|u|y)?(?:eau|eui(?=l)|œi(?=l)|oui|œu|oeu|aou|ou(?:[iîaeéèê](?![iu])|ai|eu)?|oi|oî|ai|aî|au|ei|eî|eu|eû|ui|[aâàeéèêëoôöœæiïîyuùûü])"
        r"(?![̀-ͯ])",
        word,
    )
