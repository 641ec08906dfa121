"""The fifty rules: what rules.yaml says of each, and the function that checks it where a machine can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from pex.folders import PACKAGE
from pex.plain_language.remarks import Finding
from pex.plain_language.text import READERS, Sentence, Text

Limits = Mapping[str, float]
Check = Callable[[Text, Limits], Iterator[Finding]]
SentenceCheck = Callable[[Sentence, Limits], Iterator[Finding]]
DATA = PACKAGE / "plain_language" / "fr"
SUBJECTS = ("purpose", "sentences", "office_words", "terms", "vocabulary", "numbers", "layout", "review")

_checks: dict[str, Check] = {}
_sentence_checks: dict[str, SentenceCheck] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `control` is texte, document, rendu (then `checked_by` names the test) or personne."""

    id: str
    name: str
    level: str
    control: str
    why: str
    instead: str
    readers: tuple[str, ...]
    limits: Mapping[str, Limits]
    checked_by: str
    check: Check | None
    sentence_check: SentenceCheck | None

    @property
    def is_checked(self) -> bool:
        """True where the linter itself checks it."""
        return self.check is not None or self.sentence_check is not None

    def limits_in(self, register: str) -> Limits:
        """The thresholds in that register; those of the standard one where it has none of its own."""
        return self.limits.get(register, self.limits.get("standard", {}))


def rule(rule_id: str) -> Callable[[Check], Check]:
    """`@rule("R11")`: this function checks R11. Its findings are complete without the rule's id and reasons."""

    def register(check: Check) -> Check:
        _checks[rule_id] = check
        return check

    return register


def sentence_rule(rule_id: str) -> Callable[[SentenceCheck], SentenceCheck]:
    """`@sentence_rule("R14")`: the same, for a rule that needs only one sentence: it is asked once for each."""

    def register(check: SentenceCheck) -> SentenceCheck:
        _sentence_checks[rule_id] = check
        return check

    return register


@lru_cache(maxsize=1)
def read_rules() -> Mapping[str, Rule]:
    """The fifty rules by id, in order."""
    for subject in SUBJECTS:
        import_module(f"pex.plain_language.rules.{subject}")
    return {rule_id: _rule(rule_id, raw) for rule_id, raw in read_list("rules").items()}


@lru_cache(maxsize=16)
def read_list(name: str) -> Any:
    """One of the lists of words, as its YAML file says it."""
    import yaml

    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _rule(rule_id: str, raw: Mapping[str, Any]) -> Rule:
    limits = raw.get("seuils", {})
    by_register = limits if "standard" in limits else {"standard": limits, "simple": limits}
    return Rule(
        id=rule_id,
        name=raw["nom"],
        level=raw["niveau"],
        control=raw["controle"],
        why=raw["pourquoi"],
        instead=raw["a_la_place"],
        readers=tuple(raw.get("lecteurs", READERS)),
        limits=by_register,
        checked_by=raw.get("verifie_par", ""),
        check=_checks.get(rule_id),
        sentence_check=_sentence_checks.get(rule_id),
    )
