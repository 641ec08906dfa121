"""Tables as French spreadsheets open them, with no cell that could be run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pex.batch import no_formula


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark, « ; », CRLF; days jj/mm/aaaa, decimal comma; texts that start like a formula defused."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_text(cell: Any) -> str:
    """A cell of a csv file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal | float):
        return str(cell).replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    text = str(cell).replace("\r\n", "\n").replace("\n", " ")
    return no_formula(text)


Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


def write_xlsx(sheets: Mapping[str, Table]) -> bytes:
    """A workbook: real days and numbers, texts that stay texts, the first row kept in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for place, heading in enumerate(header, 1):
            sheet.column_dimensions[get_column_letter(place)].width = min(60, max(14, len(heading) + 2))
        titles = [WriteOnlyCell(sheet, value=heading) for heading in header]
        for title in titles:
            title.font = Font(bold=True)
        sheet.append(titles)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    cell = WriteOnlyCell(sheet, value=value if isinstance(value, date | Decimal | int | float) else str(value))
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, Decimal):
        cell.number_format = "0.00"
    elif not isinstance(value, int | float):
        # openpyxl takes « =1+1 » for a formula: a text is said to be one.
        cell.data_type = "s"
    return cell
