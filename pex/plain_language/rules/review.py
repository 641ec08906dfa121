"""R49, R50: who read the text, and when. No machine replaces them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pex.letters.review import READ, TESTED
from pex.plain_language.remarks import Finding
from pex.plain_language.rules.registry import Limits, rule
from pex.plain_language.text import Text


@rule("R49")
def read_and_tested(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.review is not None and text.review.status != TESTED:
        missing = "pas encore essayée avec des lecteurs" if text.review.status == READ else text.review.status
        yield Finding("Relecture de la lettre", missing)


@rule("R50")
def read_this_year(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.review is None or text.day is None:
        return
    for sign in filter(None, (text.review.law, text.review.words)):
        if text.day - sign.day > timedelta(days=limits["jours"]):
            yield Finding("Relecture de la lettre", f"signée le {sign.day:%d/%m/%Y}")
