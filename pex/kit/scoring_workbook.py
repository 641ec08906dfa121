"""The scoring sheet as a workbook: counts go in, shares, their 95 % intervals and what to do come out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pex.kit.comprehension import in_booklets
from pex.letters.review import Z
from pex.outputs.pictograms import card, names

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER = 4
"""The row of the headings; counts start under it."""
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[0-9-]+T[0-9:]+(Z)")
WIDTHS = (6, 30, 10, 10, 10, 12, 10, 13, 10, 10, 10, 46)


def write_scoring_workbook(words: Mapping[str, Any], today: date) -> bytes:
    """The .xlsx; the same day and bank always give the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    entry = words["depouillement"]
    sheet = workbook.active
    assert sheet is not None
    sheet.title = entry["feuille"]
    sheet["A1"], sheet["A2"] = entry["titre"], entry["consigne"]
    for column, heading in enumerate(("N°", *entry["colonnes"], *entry["calculs"]), 1):
        sheet.cell(HEADER, column, heading)
    row = HEADER
    for number, booklet in enumerate(in_booklets(names()), 1):
        for place, name in enumerate(booklet, 1):
            row += 1
            sheet.cell(row, 1, f"{number}.{place}")
            sheet.cell(row, 2, card(name)["concept_fr"])
            for column, formula in enumerate(_formulas(row, entry), 9):
                sheet.cell(row, column, formula)
    _dress(sheet, row)
    _check_counts(sheet, row, entry["refus"])
    workbook.properties.title = entry["titre"]
    workbook.properties.creator = "pex"
    workbook.properties.created = datetime(today.year, today.month, today.day)
    made = io.BytesIO()
    workbook.save(made)
    return _same_bytes(made.getvalue(), today)


def _formulas(row: int, entry: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """The share of right answers, the two ends of its Wilson interval, and what to do with the drawing."""
    readers, right, opposite, told = f"C{row}", f"D{row}", f"F{row}", f"SUM(D{row}:H{row})"
    share = f"{right}/{readers}"
    centre = f"({share}+{Z**2 / 2!r}/{readers})"
    half = f"{Z!r}*SQRT({share}*(1-{share})/{readers}+{Z**2 / 4!r}/{readers}^2)"
    scale = f"(1+{Z**2!r}/{readers})"
    limits, say = entry["seuils"], entry["decisions"]
    decision = (
        f'IF({told}<>{readers},"{say["comptes"]}",IF({opposite}/{readers}>{limits["contraires"]},"{say["contraires"]}",'
        f'IF({readers}<{limits["lecteurs"]},"{say["lecteurs"]}",IF({share}<{limits["refaire"]},"{say["refaire"]}",'
        f'IF({share}<{limits["seul"]},"{say["mots"]}","{say["seul"]}")))))'
    )
    return tuple(  # type: ignore[return-value]
        f'=IF(N({readers})=0,"",{formula})'
        for formula in (
            share,
            f"MAX(0,({centre}-{half})/{scale})",
            f"MIN(1,({centre}+{half})/{scale})",
            decision,
        )
    )


def _dress(sheet: Worksheet, last: int) -> None:
    """Readable on a screen, and on A4 across."""
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    sheet["A1"].font = Font(bold=True, size=16)
    line = Border(bottom=Side(style="thin", color="5B6B80"))
    for column, width in enumerate(WIDTHS, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        heading = sheet.cell(HEADER, column)
        heading.font, heading.border = Font(bold=True), line
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        for row in range(HEADER + 1, last + 1):
            cell = sheet.cell(row, column)
            cell.border = line
            if 9 <= column <= 11:
                cell.number_format = "0%"
    sheet.freeze_panes = f"C{HEADER + 1}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _check_counts(sheet: Worksheet, last: int, refusal: str) -> None:
    """Only whole numbers from 0 can be typed as counts."""
    from openpyxl.worksheet.datavalidation import DataValidation

    whole = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
    whole.error = refusal
    whole.add(f"C{HEADER + 1}:H{last}")
    sheet.add_data_validation(whole)


def _same_bytes(content: bytes, today: date) -> bytes:
    """The same archive with that day for the clock, which openpyxl writes into it."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in read.infolist():
            part = MODIFIED.sub(rb"\g<1>%bT00:00:00\g<2>" % today.isoformat().encode(), read.read(item.filename))
            archive.writestr(zipfile.ZipInfo(item.filename), part, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
