"""A phone number, a sum, an hour, a date stay on one line, in every format of every letter."""

from __future__ import annotations

import re
from functools import cache

import pytest
from catalogue import complete_letter

from pex.folders import EXAMPLES
from pex.letters import letter_ids
from pex.letters.no_breaks import MONTHS, bind, bind_numbers
from pex.outputs import write_letter
from pex.profile import read_profile

PROFILE = read_profile(EXAMPLES / "profil")
BREAKABLE = re.compile(rf"\d (?:\d|€|h\b|{MONTHS})|(?:1er|{MONTHS}) (?:\d{{4}}|{MONTHS})| [:;?!»]|« ")
WHOLE = re.compile(
    rf"0\u00a0?\d(?:\u00a0?\d\d){{4}}|\d[\d\u00a0]*(?:,\d\d)?\u00a0€|\d+\u00a0h(?:\u00a0\d\d)?"
    rf"|\d+(?:er)?\u00a0(?:{MONTHS})(?:\u00a0\d{{4}})?"
)


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("Appelez le 0 805 16 00 75 : c'est gratuit.", "Appelez le 0~805~16~00~75~: c'est gratuit."),
        ("de 9 h à 12 h 30", "de 9~h à 12~h~30"),
        ("avant le 1er mars 2027", "avant le 1er~mars~2027"),
        ("2 450 € pendant 6 mois", "2~450~€ pendant 6~mois"),
        ("« Oui » ?", "«~Oui~»~?"),
        ("M. DURAND, article L. 412-3", "M.~DURAND, article~L.~412-3"),
        ("3 rue du Palais, 12 marches", "3 rue du Palais, 12 marches"),
    ],
)
def test_a_line_never_breaks_inside_a_number_or_before_a_colon(typed: str, bound: str) -> None:
    assert bind(typed).replace("\u00a0", "~") == bound


def test_what_people_typed_keeps_its_punctuation() -> None:
    """A name is written as it was typed: only the spaces inside a number change, and they look the same."""
    assert bind_numbers("O'Brien « : » ? *#$_{{7*7}}") == "O'Brien « : » ? *#$_{{7*7}}"


@cache
def pdf_lines(letter_id: str) -> frozenset[str]:
    import pymupdf

    with pymupdf.open(stream=write_letter(complete_letter(letter_id, PROFILE), PROFILE, "pdf")) as document:
        pages = [page.get_text("dict") for page in document]
    lines = (line for page in pages for block in page["blocks"] for line in block.get("lines", ()))
    return frozenset("".join(span["text"] for span in line["spans"]) for line in lines)


@pytest.mark.parametrize("letter_id", letter_ids())
def test_no_words_of_a_letter_may_break_there(letter_id: str) -> None:
    letter = complete_letter(letter_id, PROFILE)
    html = write_letter(letter, PROFILE, "html").decode()
    words = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", "\n", html, flags=re.DOTALL)
    assert BREAKABLE.findall(words) == []


@pytest.mark.parametrize("letter_id", letter_ids())
def test_each_number_of_a_letter_is_whole_on_a_line_of_its_pdf(letter_id: str) -> None:
    from pex.outputs.txt import write_letter as write_text

    lines = " | ".join(pdf_lines(letter_id)).replace("\u00a0", " ")
    numbers = set(WHOLE.findall(write_text(complete_letter(letter_id, PROFILE)).decode()))
    assert numbers, "a letter holds at least its date"
    assert {number for number in numbers if number.replace("\u00a0", " ") not in lines} == set()
