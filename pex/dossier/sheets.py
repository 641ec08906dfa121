"""CSV, XLSX and ODS files as rows of cells, each with the line number the user sees."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pex.errors import Problem, UnreadableFile

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS, HIGHEST_RATIO = 2000, 200
MOST_ROWS = 100_000
MOST_CELLS = 10_000_000
SEPARATORS = ";,\t|"
SAVE_AGAIN = "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx ou .csv (UTF-8)."


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a sheet: (line number, cells). `name`, `encoding` and `separator` say how it was read."""

    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    problems: tuple[Problem, ...] = ()
    name: str | None = None
    encoding: str | None = None
    separator: str | None = None


def file_kind(content: bytes, name: str) -> str:
    """csv, xlsx or ods, from what the file holds rather than from its name.

    Raises UnreadableFile for .xls, Word files, encrypted workbooks, pages and empty files.
    """
    if not content.strip():
        raise UnreadableFile(f"« {name} » est vide.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(f"« {name} » est un ancien classeur (.xls) ou un classeur protégé. {SAVE_AGAIN}")
    if content.startswith(b"%PDF") or content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        raise UnreadableFile(f"« {name} » n'est pas un tableau. {SAVE_AGAIN}")
    if content.startswith(b"PK"):
        return _packed_kind(content, name)
    return "csv"


def _packed_kind(content: bytes, name: str) -> str:
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise UnreadableFile(f"« {name} » est abîmé. {SAVE_AGAIN}") from None
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or unpacked > HIGHEST_RATIO * len(content):
        raise UnreadableFile(f"« {name} » est anormalement gros une fois ouvert : il n'a pas été lu.")
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise UnreadableFile(f"« {name} » n'est pas un classeur. {SAVE_AGAIN}")


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """The sheets of an XLSX or ODS workbook. Raises UnreadableFile where it cannot be opened."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(_safe_copy(content, name)))
        sheets = []
        for sheet_name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(sheet_name)
            first = sheet.start[0] if sheet.start else 0
            rows = sheet.to_python(skip_empty_area=True)
            lines = tuple((first + i + 1, tuple(row)) for i, row in enumerate(rows))
            sheets.append(Sheet(lines, name=sheet_name))
        return sheets
    except (python_calamine.CalamineError, ValueError):
        raise UnreadableFile(f"« {name} » est abîmé ou protégé par un mot de passe. {SAVE_AGAIN}") from None


def _safe_copy(content: bytes, name: str) -> bytes:
    """The workbook, unpacked within the announced sizes, with its error cells as text.

    Calamine reads a sheet as one full rectangle: two far cells are enough to make it end the whole
    program for want of memory, so the size is checked here. It also gives « #REF! » as an empty cell:
    a sum would be lost without a word.
    """
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as safe:
            for member in packed.infolist():
                part = packed.read(member)
                if member.filename.startswith("xl/worksheets/") and part.lstrip()[:1] == b"<":
                    _check_size(part, name)
                    part = re.sub(rb'(<c\b[^>]*\bt=)"e"', rb'\1"str"', part)
                elif member.filename == "content.xml":
                    _check_repeats(part, name)
                    part = part.replace(b' office:string-value=""', b"")
                safe.writestr(member.filename, part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error):
        raise UnreadableFile(f"« {name} » est abîmé ou protégé par un mot de passe. {SAVE_AGAIN}") from None
    return copy.getvalue()


def _check_size(sheet: bytes, name: str) -> None:
    cells = set(re.findall(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*[^>/]>", sheet))
    widest = max((_column_number(letters) for letters, _ in cells), default=0)
    lowest = max((int(row) for _, row in cells), default=0)
    if widest * lowest > MOST_CELLS or re.search(rb"\br\s*=\s*[\"'][^\"']*&", sheet):
        raise _too_wide(name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_repeats(sheets: bytes, name: str) -> None:
    """Refuse an ODS where a filled cell, or the empty cells and rows before one, are repeated without end."""
    rows = columns = empty = 0
    for attributes, filled in re.findall(
        rb"<table:table-row\b((?:[^>/]|/(?!>))*)(?:/>|>(.*?)</table:table-row>)", sheets, re.DOTALL
    ):
        repeated = re.search(rb'number-rows-repeated="([0-9]+)"', attributes)
        count = int(repeated[1]) if repeated else 1
        cells = max(filled.rpartition(b"<text:p")[0], filled.rpartition(b"office:value-type")[0], key=len)
        if not cells:
            # A sheet ends with a million empty rows: they matter only where a filled one follows.
            empty += count
            continue
        rows, empty = rows + empty + count, 0
        widths = re.findall(rb'number-columns-repeated="([0-9]+)"', cells)
        columns = max(columns, cells.count(b"<table:table-cell") + sum(map(int, widths)))
    if rows * columns > MOST_CELLS:
        raise _too_wide(name)


def _too_wide(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"« {name} » a des cellules remplies très loin du tableau. Effacez-les, puis enregistrez de nouveau."
    )


def read_csv(content: bytes, name: str) -> list[Sheet]:
    """The rows of a CSV file, once for each separator that its first lines hold, the likeliest first.

    The encoding is never guessed: byte order mark, else strict UTF-8, else strict Windows-1252.
    Raises UnreadableFile for another encoding.
    """
    text, encoding = decode(content, name)
    # Old Macs end lines with CR; elsewhere a lone CR is a mistake that the csv module reports.
    lines = list(io.StringIO(text, newline="\n" if "\n" in text else "\r"))
    sheets = []
    for separator in SEPARATORS:
        if any(separator in line for line in lines[:30]):
            rows: list[tuple[int, tuple[Any, ...]]] = []
            problems: list[Problem] = []
            for record in _records(lines, separator):
                if isinstance(record, Problem):
                    problems.append(record)
                else:
                    rows.append(record)
            sheets.append(Sheet(tuple(rows), tuple(problems), None, encoding, separator))
    if not sheets:
        raise UnreadableFile(f"« {name} » n'a pas de colonnes. {SAVE_AGAIN}")
    return sheets


def _records(lines: list[str], separator: str) -> Iterator[tuple[int, tuple[Any, ...]] | Problem]:
    """Rows with the line they start on. A quote that is not closed costs its own line, never those after it."""
    start = 0
    while start < len(lines):
        # islice would walk again over all that is already read
        reader = csv.reader((lines[i] for i in range(start, len(lines))), delimiter=separator, strict=True)
        done = 0
        try:
            for cells in reader:
                if any("\x00" in cell for cell in cells):
                    yield Problem("la ligne contient un caractère nul.", start + done + 1, remedy=SAVE_AGAIN)
                else:
                    yield start + done + 1, tuple(cells)
                done = reader.line_num
            return
        except csv.Error:
            yield Problem(
                "les guillemets ou les retours à la ligne sont mal placés.",
                start + done + 1,
                remedy="Un guillemet ouvert doit être fermé à la fin de la cellule.",
            )
            start += done + 1


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text of the file and the name of its encoding."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                raise UnreadableFile(f"« {name} » est abîmé. {SAVE_AGAIN}") from None
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"Les accents de « {name} » ne peuvent pas être lus. {SAVE_AGAIN}")
