"""One value as people type it: accepted, or refused with what to write instead."""

from datetime import date, time
from decimal import Decimal

import pytest

from pex.dossier.text import clean
from pex.dossier.values import (
    read_civility,
    read_day,
    read_departement,
    read_hour,
    read_postcode,
    read_reference,
    read_sum,
    read_text,
    read_yes_no,
)
from pex.errors import PexError


@pytest.mark.parametrize(
    ("typed", "fact"),
    [("1 234,56 €", "1234.56"), ("1\u202f234,56", "1234.56"), (2450.5, "2450.5"), ("0", "0"), (480, "480")],
)
def test_sums(typed, fact):
    assert read_sum(typed) == Decimal(fact)


@pytest.mark.parametrize(
    "typed",
    ["1.234,56", "NaN", "1e400", "-2", "12,345", "１２", "٣", "#REF!", float("nan"), float("inf"), 10**12, True],
)
def test_impossible_sums(typed):
    with pytest.raises(PexError):
        read_sum(typed)


@pytest.mark.parametrize("typed", ["23/11/2026", "2026-11-23", date(2026, 11, 23), 46349.0])
def test_days(typed):
    assert read_day(typed) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    ["31/02/2026", "29/02/2027", "00/00/2026", "03/12/26", "12/31/2026", "2026-W10-1", "20261123", "٢٣/11/2026",
     "01/01/0001", "31/12/9999"],
)  # fmt: skip
def test_impossible_days(typed):
    with pytest.raises(PexError):
        read_day(typed)


def test_hours_are_not_minutes():
    assert read_hour("9:30") == read_hour("09:30") == read_hour("9 h 30") == time(9, 30)
    with pytest.raises(PexError):
        read_hour(570)


def test_the_zero_that_excel_removed_is_not_guessed():
    assert read_postcode(71000.0) == "71000"
    assert read_postcode('="01000"') == "01000"
    with pytest.raises(PexError, match="Écrivez 01000"):
        read_postcode(1000.0)


@pytest.mark.parametrize("typed", ["CON", "nul.2026", "a/b", "..", ".a", "a" * 41, "a b", "é", "a."])
def test_references_that_no_file_can_bear(typed):
    with pytest.raises(PexError):
        read_reference(typed)


def test_words():
    assert read_civility("Mlle") == read_civility("madame") == "Mme"
    assert read_departement("2a") == "2A"
    assert read_yes_no("X") is True
    assert read_yes_no(0.0) is False


def test_text_is_made_safe():
    assert clean("O\u2019Hara\u202e\u200b\ue000 \x00\n é") == "O\u2019Hara é"
    assert clean("e\u0301") == "é"
    assert clean("a\x0b\x1f\ufffe\ud800b") == "a b"
    with pytest.raises(PexError, match="trop long"):
        read_text("a" * 301)
    with pytest.raises(PexError, match="date"):
        read_text(date(2026, 12, 3))
