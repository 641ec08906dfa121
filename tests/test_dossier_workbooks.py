"""Workbooks as offices keep them: what the screen hides, days since 1904, sheets that are not lists."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pex.dossier import Reading, read_dossiers
from pex.law import read_law

HEADINGS = ["reference", "nom", "audience"]
HEARING = date(2027, 2, 9)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[openpyxl.Workbook], Reading]:
    def read_book(book: openpyxl.Workbook) -> Reading:
        content = io.BytesIO()
        book.save(content)
        path = tmp_path / "menages.xlsx"
        path.write_bytes(content.getvalue())
        return read_dossiers(path, law_events=read_law().events)

    return read_book


def book_of(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    return book


def test_a_day_since_1904_is_read_and_a_bare_number_is_refused(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = book_of(["A1", "FICTIF", HEARING], ["A2", "FICTIF", 46_000], ["A3", "FICTIF", "09/02/2027"])
    book.epoch = CALENDAR_MAC_1904
    reading = read(book)
    assert [dossier.evenements[0].date for dossier in reading.dossiers] == [HEARING, HEARING]
    (problem,) = reading.problems
    assert problem.line == 3
    assert "1904" in problem.message


def test_a_bare_number_of_an_ordinary_workbook_is_a_day(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    (dossier,) = read(book_of(["A1", "FICTIF", 46_349])).dossiers
    assert dossier.evenements[0].date == date(2026, 11, 23)


def test_a_hidden_sheet_is_left_for_the_one_on_the_screen(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = book_of(["ANCIEN", "FICTIF", HEARING])
    book.active.title, book.active.sheet_state = "Archives", "hidden"
    shown = book.create_sheet("Ménages")
    for row in (HEADINGS, ["A1", "FICTIF", HEARING]):
        shown.append(row)
    reading = read(book)
    assert [dossier.reference for dossier in reading.dossiers] == ["A1"]
    assert reading.sheet == "Ménages"
    assert "« Archives » (masquée)" in str(reading.warnings[0])


def test_the_other_sheets_are_told(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = book_of(["A1", "FICTIF", HEARING])
    book.create_sheet("Vide")
    book.create_sheet("2025").append(HEADINGS)
    (warning,) = read(book).warnings
    assert "« 2025 »" in str(warning)


def test_a_hidden_row_is_read_and_told(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = book_of(["A1", "FICTIF", HEARING], ["A2", "FICTIF", HEARING])
    book.active.row_dimensions[3].hidden = True
    reading = read(book)
    assert [dossier.reference for dossier in reading.dossiers] == ["A1", "A2"]
    assert [warning.line for warning in reading.warnings] == [3]
    assert "masquée" in reading.warnings[0].message


def test_merged_cells_are_told_under_the_headings_only(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = openpyxl.Workbook()
    for row in (["Suivi FICTIF"], [], HEADINGS, ["A1", "FICTIF", HEARING], ["A2", "", HEARING]):
        book.active.append(row)
    book.active.merge_cells("A1:C2")
    book.active.merge_cells("B4:B5")
    reading = read(book)
    assert len(reading.dossiers) == 2
    (warning,) = reading.warnings
    assert warning.line == 4
    assert "jusqu'à la ligne 5" in warning.message


def test_a_sheet_with_hundreds_of_empty_columns(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = book_of(["A1", "FICTIF", HEARING])
    book.active["ZZ2"] = " "
    reading = read(book)
    assert len(reading.dossiers) == 1
    assert not reading.problems


def test_what_a_spreadsheet_ate_is_never_guessed(read: Callable[[openpyxl.Workbook], Reading]) -> None:
    book = openpyxl.Workbook()
    rows = (["reference", "code_postal", "departement"], ["A1", 1000, "01"], ["A2", "01000", 1], ["A3", "20000", "2a"])
    for row in rows:
        book.active.append(row)
    reading = read(book)
    assert [dossier.territoire.departement for dossier in reading.dossiers] == ["01", "2A"]
    assert "Écrivez 01000" in reading.problems[0].message


@pytest.mark.parametrize(
    ("departement", "postcode", "told"),
    [
        ("71", "71000", False),
        ("69", "71000", True),
        ("2B", "20200", False),
        ("2B", "20000", True),
        ("974", "97400", False),
    ],
)
def test_a_postcode_of_another_departement_is_told(tmp_path: Path, departement: str, postcode: str, told: bool) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"reference;code_postal;departement\nA1;{postcode};{departement}\n", encoding="utf-8")
    reading = read_dossiers(path, law_events=read_law().events)
    assert len(reading.dossiers) == 1
    assert any("code postal" in str(warning) for warning in reading.warnings) is told
