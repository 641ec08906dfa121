"""Who read a letter before it was sent: sign-offs and reader tests, for one exact text.

A record is `letter_templates/<language>/<id>.review.yaml`. It is kept by people: pex never writes a result in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES

DRAFT, READ, TESTED, CHANGED = "brouillon", "relu", "testé", "modifié depuis sa relecture"
CHANGED_SINCE_TEST = "relu, modifié depuis le test"
Z = 1.96
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for the law, or for the words, of the text of that fingerprint."""

    by: str
    day: date
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReaderTest:
    """A test with readers: how many of `readers` found each thing, by question.

    `place` and `panel` say where, and who the readers were, without any name; `changes` what was changed after it.
    """

    day: date
    readers: int
    fingerprint: str
    found: Mapping[str, int]
    changes: str | None = None
    place: str | None = None
    panel: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What the linter said of the text of that fingerprint, as a person noted it."""

    day: date
    fingerprint: str
    blocking: int
    to_see: int


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of the reading of a letter; `status` holds for the text as it is now."""

    letter_id: str
    fingerprint: str
    law: SignOff | None = None
    words: SignOff | None = None
    tests: tuple[ReaderTest, ...] = ()
    check: Check | None = None

    @property
    def status(self) -> str:
        """« brouillon », « relu » (law and words), « testé », or changed since its reading or since its test."""
        signed = [sign for sign in (self.law, self.words) if sign is not None]
        marks = [*(sign.fingerprint for sign in signed), *(test.fingerprint for test in self.tests)]
        if not marks:
            return DRAFT
        if self.fingerprint not in marks:
            return CHANGED
        if len(signed) < 2 or any(sign.fingerprint != self.fingerprint for sign in signed):
            return DRAFT
        if any(test.fingerprint == self.fingerprint for test in self.tests):
            return TESTED
        return CHANGED_SINCE_TEST if self.tests else READ


def fingerprint(letter_id: str, language: str = "fr", folder: Path = LETTER_TEMPLATES) -> str:
    """Twelve hexadecimal digits that change with any word of the template."""
    return hashlib.sha256((folder / language / f"{letter_id}.md").read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=256)
def read_review(letter_id: str, language: str = "fr", folder: Path = LETTER_TEMPLATES) -> Review:
    """The record of a letter; an empty one where nobody has read it yet.

    Raises TemplateError, naming the file, for a record that cannot be read.
    """
    import yaml

    mark = fingerprint(letter_id, language, folder)
    path = folder / language / f"{letter_id}.review.yaml"
    if not path.is_file():
        return Review(letter_id, mark)
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return Review(
            letter_id,
            mark,
            law=_sign_off(raw.get("droit")),
            words=_sign_off(raw.get("redaction")),
            tests=tuple(_test(entry) for entry in raw.get("essais", ())),
            check=_check(raw.get("controle")),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise TemplateError(
            f"{path.name} ne peut pas être lu ({error}). Il faut « droit », « redaction » (par, le, empreinte), "
            "« controle » (le, empreinte, bloquants, a_voir) et « essais » (le, lecteurs, empreinte, trouves)."
        ) from error


def interval(found: int, readers: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, from 0 to 1. Raises ValueError for an impossible count."""
    if not 0 <= found <= readers or readers == 0:
        raise ValueError(f"{found} sur {readers} n'est pas un résultat possible.")
    share = found / readers
    centre = (share + Z**2 / (2 * readers)) / (1 + Z**2 / readers)
    half = Z * sqrt(share * (1 - share) / readers + Z**2 / (4 * readers**2)) / (1 + Z**2 / readers)
    return max(0.0, centre - half), min(1.0, centre + half)


def write_share(found: int, readers: int) -> str:
    """« 16 sur 20 (entre 58 % et 92 %) »: never a share without what it is worth."""
    low, high = interval(found, readers)
    return f"{found} sur {readers} (entre {low:.0%} et {high:.0%})".replace("%", " %")


def _sign_off(entry: Mapping[str, Any] | None) -> SignOff | None:
    return SignOff(str(entry["par"]), entry["le"], str(entry["empreinte"])) if entry else None


def _test(entry: Mapping[str, Any]) -> ReaderTest:
    readers = int(entry["lecteurs"])
    found = {str(question): int(count) for question, count in entry["trouves"].items()}
    for count in found.values():
        interval(count, readers)
    told = (entry.get(name) for name in ("changements", "lieu", "panel"))
    return ReaderTest(entry["le"], readers, str(entry["empreinte"]), found, *told)


def _check(entry: Mapping[str, Any] | None) -> Check | None:
    if entry is None:
        return None
    return Check(entry["le"], str(entry["empreinte"]), int(entry["bloquants"]), int(entry["a_voir"]))
