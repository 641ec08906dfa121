"""XLSX and ODS workbooks as rows of cells, and what their screen hides: sheets, rows, merged cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from pex.dossier.sheets import MOST_ROWS, SAVE_AGAIN, Sheet
from pex.errors import UnreadableFile

MOST_CELLS = 10_000_000
RELATIONS = "xl/_rels/workbook.xml.rels"
TRUE = ("1", "true")


def read_workbook(content: bytes, name: str) -> list[Sheet]:
    """The sheets of an XLSX or ODS workbook. Raises UnreadableFile where it cannot be opened."""
    import python_calamine

    try:
        safe, marks = _safe_copy(content, name)
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(safe))
        sheets = []
        for described in workbook.sheets_metadata:
            if described.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(described.name)
            first = sheet.start[0] if sheet.start else 0
            rows = sheet.to_python(skip_empty_area=True)
            blocks = sheet.merged_cell_ranges or ()
            sheets.append(
                Sheet(
                    tuple((first + i + 1, tuple(row)) for i, row in enumerate(rows)),
                    name=described.name,
                    is_hidden=described.visible is not python_calamine.SheetVisibleEnum.Visible,
                    hidden_lines=marks.hidden_lines.get(described.name, frozenset()),
                    merged=tuple((start[0] + 1, end[0] + 1) for start, end in blocks),
                    counts_from_1904=marks.counts_from_1904,
                )
            )
        return sheets
    except (python_calamine.CalamineError, ValueError):
        raise UnreadableFile(f"« {name} » est abîmé ou protégé par un mot de passe. {SAVE_AGAIN}") from None


def _safe_copy(content: bytes, name: str) -> tuple[bytes, _Marks]:
    """The workbook, unpacked within the announced sizes, with its error cells as text; and its marks.

    Calamine reads a sheet as one full rectangle: two far cells are enough to make it end the whole
    program for want of memory, so the size is checked here. It also gives « #REF! » as an empty cell:
    a sum would be lost without a word.
    """
    copy = io.BytesIO()
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as safe:
            for member in packed.infolist():
                part = packed.read(member)
                if member.filename.startswith(("xl/workbook.xml", "xl/_rels/", "xl/worksheets/sheet", "content.xml")):
                    parts[member.filename] = part
                if member.filename.startswith("xl/worksheets/") and part.lstrip()[:1] == b"<":
                    _check_size(part, name)
                    part = re.sub(rb'(<c\b[^>]*\bt=)"e"', rb'\1"str"', part)
                elif member.filename == "content.xml":
                    _check_repeats(part, name)
                    part = part.replace(b' office:string-value=""', b"")
                safe.writestr(member.filename, part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, zlib.error):
        raise UnreadableFile(f"« {name} » est abîmé ou protégé par un mot de passe. {SAVE_AGAIN}") from None
    return copy.getvalue(), _marks(parts)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What calamine does not tell of a workbook; `hidden_lines` by name of sheet."""

    hidden_lines: Mapping[str, frozenset[int]]
    counts_from_1904: bool


def _marks(parts: Mapping[str, bytes]) -> _Marks:
    book = parts.get("xl/workbook.xml", b"")
    if "content.xml" in parts:
        return _Marks(_hidden_in_ods(parts["content.xml"]), counts_from_1904=False)
    targets = {
        found["id"]: found["target"].removeprefix("/xl/")
        for found in map(_attributes, re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get(RELATIONS, b"")))
        if {"id", "target"} <= found.keys()
    }
    hidden = {}
    for found in map(_attributes, re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", book)):
        part = parts.get(f"xl/{targets.get(found.get('r:id', ''), '')}", b"")
        rows = map(_attributes, re.findall(rb"<(?:\w+:)?row\b[^>]*>", part))
        lines = frozenset(int(row["r"]) for row in rows if row.get("hidden") in TRUE and row.get("r", "").isdecimal())
        hidden[found.get("name", "")] = lines
    return _Marks(hidden, bool(re.search(rb"date1904\s*=\s*[\"'](?:1|true)", book)))


def _attributes(tag: bytes) -> dict[str, str]:
    """« id » and « r:id » as they are written, names of attributes in lower case."""
    from html import unescape

    pairs = re.findall(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return {key.decode().lower(): unescape((one or other).decode("utf-8", "replace")) for key, one, other in pairs}


def _hidden_in_ods(content: bytes) -> dict[str, frozenset[int]]:
    found = {}
    for table in re.split(rb"(?=<table:table[\s>])", content)[1:]:
        line = 0
        hidden: set[int] = set()
        for tag in re.findall(rb"<table:table-row\b[^>]*>", table):
            row = _attributes(tag)
            count = int(row.get("table:number-rows-repeated", "1"))
            if row.get("table:visibility") in ("collapse", "filter"):
                hidden.update(range(line + 1, line + 1 + min(count, MOST_ROWS)))
            line += count
        found[_attributes(table[: table.index(b">") + 1]).get("table:name", "")] = frozenset(hidden)
    return found


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
