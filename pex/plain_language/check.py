"""A text → a report: every rule that concerns its reader and its kind, once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pex.plain_language.measures import measure
from pex.plain_language.remarks import LEVELS, Finding, Remark, Report
from pex.plain_language.rules.registry import Rule, read_rules
from pex.plain_language.text import Sentence, Text


def check_text(text: Text) -> Report:
    """All the remarks on a text, the gravest first, then in reading order; and its raw counts."""
    sentences = list(text.read())
    remarks = [
        _remark(rule, finding)
        for rule in read_rules().values()
        if rule.check is not None and text.reader in rule.readers
        for finding in rule.check(text, rule.limits_in(text.register))
    ]
    for sentence in (*sentences, *((text.subject,) if text.subject else ())):
        remarks += _remarks_on(sentence, text.reader, text.register)
    place = {sentence.text: order for order, sentence in reversed([*enumerate(sentences)])}
    remarks.sort(key=lambda remark: (LEVELS.index(remark.level), place.get(remark.sentence, -1), remark.rule))
    return Report(text, tuple(dict.fromkeys(remarks)), measure([sentence.bare for sentence in sentences]))


def check_together(texts: Sequence[Text]) -> Report:
    """One report for the texts that a template can give: each remark once, the counts of the longest text."""
    reports = [check_text(text) for text in texts]
    longest = max(reports, key=lambda report: report.measures.words)
    remarks = dict.fromkeys(remark for report in reports for remark in report.remarks)
    return Report(longest.text, tuple(sorted(remarks, key=lambda remark: LEVELS.index(remark.level))), longest.measures)


@lru_cache(maxsize=16384)
def _remarks_on(sentence: Sentence, reader: str, register: str) -> tuple[Remark, ...]:
    """What the rules that need only one sentence say of it; letters share most of their sentences."""
    return tuple(
        _remark(rule, finding)
        for rule in read_rules().values()
        if rule.sentence_check is not None and reader in rule.readers
        for finding in rule.sentence_check(sentence, rule.limits_in(register))
    )


def _remark(rule: Rule, finding: Finding) -> Remark:
    return Remark(
        level=finding.level or rule.level,
        rule=rule.id,
        name=rule.name,
        sentence=finding.sentence,
        why=rule.why,
        instead=finding.instead or rule.instead,
        found=finding.found,
        line=finding.line,
    )
