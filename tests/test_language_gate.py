"""The gate: every letter, for every household it can be written for, in every register, has nothing to block it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import pytest
from catalogue import timeline_for
from test_letters import SITUATIONS, household

from pex.dossier import read_dossiers
from pex.errors import MissingFacts, OutputRefused
from pex.folders import EXAMPLES, LETTER_TEMPLATES
from pex.law import read_law
from pex.letters import compose_letter, compose_timeline, letter_ids
from pex.letters.registers import COMPLETE, REGISTERS, SIMPLE, STANDARD
from pex.plain_language import Report, check_file, check_text, measure, read_letter, read_timeline
from pex.plain_language.names import proper_names
from pex.plain_language.rules.registry import read_rules
from pex.profile import Profile, read_profile
from pex.timeline import Timeline, build_timeline

TODAY, IN_2027 = date(2026, 11, 24), date(2027, 3, 16)
LETTERS = letter_ids()


@lru_cache(maxsize=1)
def profile() -> Profile:
    return read_profile(EXAMPLES / "profil")


@lru_cache(maxsize=1)
def households() -> tuple[Timeline, ...]:
    """The invented households of the examples, today and in 2027, and those of the tests of letters."""
    law = read_law()
    days = {"menages.yaml": (TODAY, IN_2027), "tableau.csv": (TODAY,)}
    dated = [
        (profile().place(dossier), day)
        for path in days
        for dossier in read_dossiers(EXAMPLES / path, law_events=law.events, today=TODAY).dossiers
        for day in days[path]
    ]
    dated += [(household(events), TODAY) for events in SITUATIONS.values()]
    return tuple(build_timeline(dossier, law, day) for dossier, day in dated)


def reports_of(letter_id: str) -> Iterator[tuple[str, Report]]:
    """The report on that letter for each household it can be written for, in each register."""
    for place, timeline in enumerate((timeline_for(letter_id), *households())):
        names = proper_names(timeline.dossier, profile())
        # « complet » says the words of « standard », then words of the law (tests/test_registers.py): once is enough.
        for register in REGISTERS if place == 0 else (STANDARD, SIMPLE):
            try:
                letter = compose_letter(letter_id, timeline, profile(), register=register)
            except (MissingFacts, OutputRefused):
                continue
            yield register, check_text(read_letter(letter, names, timeline.today))


@pytest.mark.parametrize("letter_id", LETTERS)
def test_nothing_blocks_a_letter_whoever_it_is_for(letter_id: str) -> None:
    written = set()
    for register, report in reports_of(letter_id):
        told = [(remark.rule, remark.sentence, remark.instead) for remark in report.blocking]
        assert not told, (report.text.name, register, told)
        is_simple = register == SIMPLE and report.text.register == SIMPLE
        assert measure([sentence.bare for sentence in report.text.body()]).mean <= (10 if is_simple else 13)
        if report.text.reader == "menage":
            assert [part.kind for part in report.text.parts].count("action") == 1
            # « complet » runs overleaf: it adds the drawing of the paper and the words of the law.
            assert register == COMPLETE or "R07" not in {remark.rule for remark in report.remarks}, (
                f"{report.measures.words} mots"
            )
        written.add(register)
    assert written == set(REGISTERS), letter_id


@pytest.mark.parametrize("register", ["standard", "simple"])
@pytest.mark.parametrize("letter_id", LETTERS)
def test_nothing_blocks_a_template_whatever_its_conditions(letter_id: str, register: str) -> None:
    """Branches that no example takes are read too."""
    report = check_file(LETTER_TEMPLATES / "fr" / f"{letter_id}.md", register=register)
    assert not report.blocking, [(remark.rule, remark.sentence, remark.instead) for remark in report.blocking]
    assert report.text.kind == "modele"
    assert report.measures.sentences > 5


def test_nothing_blocks_a_timeline() -> None:
    for timeline in households():
        page = compose_timeline(timeline, profile())
        report = check_text(read_timeline(page, proper_names(timeline.dossier, profile())))
        told = [(remark.rule, remark.sentence, remark.found) for remark in report.blocking]
        assert not told, (timeline.dossier.reference, told)
        assert report.measures.mean <= 10


def test_the_letters_to_a_household_explain_each_word_of_the_law() -> None:
    """No term of the glossary that must be explained is left bare: R22 was asked of all of them."""
    assert set(read_rules()["R22"].readers) == {"menage", "signataire"}
    readers = {report.text.reader for letter_id in LETTERS for _, report in [next(reports_of(letter_id))]}
    assert readers == {"menage", "signataire", "professionnel"}
