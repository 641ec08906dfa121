"""What can be counted in a text. Raw counts come first; a readability score is the weakest evidence.

R.153-1 of the CPCE (« dispositif du titre exécutoire ») scores 72 out of 100: short sentences, hard content. So no
score is ever shown without its caveat and the name of its variant, and none is turned into a school level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pex.plain_language.words import count_syllables, is_number, split_sentences, split_words

LONG_WORD = 6
"""A word of more letters than this is long, for LIX."""
KM_CAVEAT = (
    "Formule de Kandel et Moles, variante 207 − 1,015 × mots par phrase − 73,6 × syllabes par mot. Elle ne mesure pas "
    "la compréhension : un article de loi peut avoir une bonne note. Comparez seulement deux versions d'un même texte."
)
LIX_CAVEAT = (
    "Formule LIX (Björnsson) : mots par phrase + part des mots de plus de 6 lettres. Ses seuils viennent du suédois. "
    "Comparez seulement deux versions d'un même texte."
)


@dataclass(frozen=True, slots=True)
class Score:
    """A readability score, never to be shown without `variant` and `caveat`."""

    value: float
    variant: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of a text by conventions T1 and C1; `lengths` holds the number of words of each sentence.

    Numbers count as words of a sentence, and are left out of syllables and of long words.
    """

    lengths: tuple[int, ...]
    spelled_words: int
    syllables: int
    long_words: int

    @property
    def words(self) -> int:
        return sum(self.lengths)

    @property
    def sentences(self) -> int:
        return len(self.lengths)

    @property
    def mean(self) -> float:
        """Words a sentence, on average; 0 for an empty text."""
        return self.words / self.sentences if self.lengths else 0.0

    @property
    def longest(self) -> int:
        """Words of the longest sentence; 0 for an empty text."""
        return max(self.lengths, default=0)

    @property
    def kandel_moles(self) -> Score | None:
        """KM207, higher is easier; None where there is no word to count."""
        return self._score(207.0, 1.015, 73.6, "Kandel-Moles 207 (T1/C1)")

    @property
    def kandel_moles_209(self) -> Score | None:
        """The other formula in circulation, about 9 points higher: to recognise a score made elsewhere."""
        return self._score(209.0, 1.15, 68.0, "Kandel-Moles 209 (T1/C1)")

    @property
    def lix(self) -> Score | None:
        """LIX, lower is easier; None where there is no word to count."""
        if not self.spelled_words:
            return None
        return Score(self.mean + 100 * self.long_words / self.spelled_words, "LIX (T1)", LIX_CAVEAT)

    def _score(self, start: float, by_length: float, by_syllables: float, variant: str) -> Score | None:
        if not self.spelled_words:
            return None
        value = start - by_length * self.mean - by_syllables * self.syllables / self.spelled_words
        caveat = KM_CAVEAT if start == 207.0 else KM_CAVEAT.replace("207 − 1,015", "209 − 1,15").replace("73,6", "68")
        return Score(value, variant, caveat)


def measure(text: str | Sequence[str]) -> Measures:
    """Count a running text, or sentences already cut."""
    sentences = split_sentences(text) if isinstance(text, str) else tuple(text)
    counted = [counts for sentence in sentences if (counts := _count(sentence))[0]]
    lengths, spelled, syllables, long_words = zip(*counted, strict=True) if counted else ((), (), (), ())
    return Measures(tuple(lengths), sum(spelled), sum(syllables), sum(long_words))


@lru_cache(maxsize=16384)
def _count(sentence: str) -> tuple[int, int, int, int]:
    """Words, spelled words, syllables and long words of a sentence."""
    words = split_words(sentence)
    spelled = [word for word in words if not is_number(word)]
    return len(words), len(spelled), sum(map(count_syllables, spelled)), sum(len(word) > LONG_WORD for word in spelled)
