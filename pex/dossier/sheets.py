"""CSV, XLSX and ODS files as rows of cells, each with the line number the user sees."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from pex.errors import UnreadableFile

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS, HIGHEST_RATIO = 2000, 200
MOST_ROWS = 100_000
SEPARATORS = ";,\t|"
SAVE_AGAIN = "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx ou .csv (UTF-8)."


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a sheet: (line number, cells). `name`, `encoding` and `separator` say how it was read."""

    rows: tuple[tuple[int, tuple[Any, ...]], ...]
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
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for sheet_name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(sheet_name)
            first = sheet.start[0] if sheet.start else 0
            rows = sheet.to_python(skip_empty_area=True)
            sheets.append(Sheet(tuple((first + i + 1, tuple(row)) for i, row in enumerate(rows)), sheet_name))
        return sheets
    except (python_calamine.CalamineError, ValueError) as error:
        raise UnreadableFile(f"« {name} » ne peut pas être ouvert ({error}). {SAVE_AGAIN}") from None


def read_csv(content: bytes, name: str) -> Sheet:
    """The rows of a CSV file, in any usual French encoding and separator.

    The encoding is never guessed: byte order mark, else strict UTF-8, else strict Windows-1252.
    Raises UnreadableFile for another encoding or an unclosed quote.
    """
    text, encoding = decode(content, name)
    text = text.replace("\x00", "")
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    csv.field_size_limit(16 * 1024 * 1024)
    rows: list[tuple[int, tuple[Any, ...]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, tuple(cells)))
            if reader.line_num - line > 200:
                raise UnreadableFile(
                    f"« {name} », ligne {line} : un guillemet ouvert n'est pas fermé. Corrigez cette ligne."
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"« {name} », ligne {line} : {error}. {SAVE_AGAIN}") from None
    return Sheet(tuple(rows), None, encoding, separator)


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


def _separator(text: str) -> str:
    """The separator most found in the first lines: a title has none, a heading has many."""
    lines = text.splitlines()[:30]
    best = max(lines, key=lambda line: max(line.count(char) for char in SEPARATORS), default="")
    return max(SEPARATORS, key=best.count)
