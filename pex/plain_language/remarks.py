"""What the linter gives back: remarks, each with a sentence, a rule, why, and what to write instead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pex.plain_language.measures import Measures
from pex.plain_language.text import Text

BLOCKING, TO_SEE, INFORMATION = "bloquant", "a_voir", "information"
LEVELS = (BLOCKING, TO_SEE, INFORMATION)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, which words, what to write instead. An empty `level` is the rule's own."""

    sentence: str
    found: str = ""
    instead: str = ""
    level: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its rule: id and short name, why it matters, what to write instead."""

    level: str
    rule: str
    name: str
    sentence: str
    why: str
    instead: str
    found: str = ""
    line: int | None = None

    def as_json(self) -> dict[str, str | int | None]:
        return {
            "niveau": self.level,
            "regle": self.rule,
            "nom": self.name,
            "phrase": self.sentence,
            "trouve": self.found,
            "pourquoi": self.why,
            "a_la_place": self.instead,
            "ligne": self.line,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one text: remarks from the gravest, raw counts."""

    text: Text
    remarks: tuple[Remark, ...]
    measures: Measures

    def count(self, level: str) -> int:
        return Counter(remark.level for remark in self.remarks)[level]

    @property
    def blocking(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.level == BLOCKING)
