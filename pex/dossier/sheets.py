"""What kind of table a file is, and CSV files as rows of cells, each with the line number the user sees."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pex.errors import Problem, UnreadableFile

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_MEMBERS, HIGHEST_RATIO = 2000, 200
MOST_ROWS = 100_000
SEPARATORS = ";,\t|"
SAVE_AGAIN = "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx ou .csv (UTF-8)."


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of a sheet: (line number, cells). `name`, `encoding` and `separator` say how it was read.

    `hidden_lines` and `merged` (first and last line of each block) are what a reader of the screen would not
    see; `counts_from_1904` is true where a bare number is not the day that it would be in another workbook.
    """

    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    problems: tuple[Problem, ...] = ()
    name: str | None = None
    encoding: str | None = None
    separator: str | None = None
    is_hidden: bool = False
    hidden_lines: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int], ...] = ()
    counts_from_1904: bool = False


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
