"""Spreadsheets as offices keep them: CSV, XLSX and ODS."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from pex.dossier import read_column_mapping, read_dossiers
from pex.errors import UnreadableFile
from pex.law import read_law

SIMPLE = "Référence;Nom;Code postal;Dette;Audience\nA1;LEFÈVRE;00100;1 234,56 €;09/02/2027\n"


@pytest.fixture
def read(tmp_path):
    def read_content(content, name="menages.csv", columns=None):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_dossiers(path, law_events=read_law().events, columns=columns)

    return read_content


def workbook(*rows, at=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in (at or {}).items():
        book.active[place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_encodings_and_separators(read, encoding, separator):
    (dossier,) = read(SIMPLE.replace(";", separator).encode(encoding)).dossiers
    assert dossier.menage.personnes[0].nom == "LEFÈVRE"
    assert dossier.evenements[0].date == date(2027, 2, 9)


def test_bytes_of_no_french_encoding(read):
    with pytest.raises(UnreadableFile):
        read(SIMPLE.encode("cp1252") + b"\x81")


def test_commas_in_addresses_do_not_choose_the_separator(read):
    reading = read("reference;nom;adresse_1\nA1;B;12, rue, A, bât, B\n")
    assert reading.separator == ";"


def test_an_open_quote_costs_its_own_line_only(read):
    reading = read('reference;nom\nA1;"B\nA2;C\nA3;D\n')
    assert [dossier.reference for dossier in reading.dossiers] == ["A2", "A3"]
    assert [problem.line for problem in reading.problems] == [2]


def test_a_decimal_comma_does_not_shift_the_row(read):
    reading = read("reference,nom,dette\nA1,B,2450,50\nA2,C,2450\n")
    assert [dossier.reference for dossier in reading.dossiers] == ["A2"]
    assert reading.problems[0].line == 2


def test_a_bad_row_never_stops_the_others(read):
    reading = read("Suivi 2026\n\nreference;audience\nA1;31/02/2026\nA2;inconnue\n;\n")
    (problem,) = reading.problems
    assert (problem.line, problem.column, problem.value) == (4, "audience", "31/02/2026")
    assert reading.dossiers[0].evenements[0].date is None


def test_two_columns_that_say_the_same(read):
    with pytest.raises(UnreadableFile):
        read("reference;nom;Nom\nA1;B;C\n")


def test_a_workbook_that_does_not_start_in_a1(read):
    content = workbook(at={"C5": "reference", "D5": "dette", "C6": "A1", "D6": 12.5, "C7": "A2", "D7": "?"})
    reading = read(content, "m.xlsx")
    assert [dossier.reference for dossier in reading.dossiers] == ["A1"]
    assert reading.problems[0].line == 7


def test_an_error_cell_is_not_an_empty_cell(read):
    reading = read(workbook(["reference", "dette"], ["A1", "#REF!"]), "m.xlsx")
    assert not reading.dossiers
    assert reading.problems[0].value == "#REF!"


def test_two_far_cells_do_not_end_the_program(read):
    with pytest.raises(UnreadableFile, match="très loin"):
        read(workbook(["reference", "dette"], at={"XFD1048576": 1}), "m.xlsx")


def test_a_bomb_is_not_unpacked(read):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 20_000_000)
    with pytest.raises(UnreadableFile):
        read(content.getvalue(), "m.xlsx")


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"%PDF-1.7", b"PK\x03\x04", b""]
)
def test_files_that_are_not_tables(read, content):
    with pytest.raises(UnreadableFile):
        read(content, "m.xlsx")


def test_an_ods_sheet_with_a_hidden_row_and_a_million_empty_rows(read):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="Ménages")
    book.spreadsheet.addElement(table)
    for texts, visibility in ((["reference", "nom"], "visible"), (["A1", "MARTIN-FICTIF"], "filter")):
        row = TableRow(visibility=visibility)
        for text in texts:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    end = TableRow(numberrowsrepeated=1_000_000)
    end.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(end)
    content = io.BytesIO()
    book.save(content)
    reading = read(content.getvalue(), "m.ods")
    assert reading.dossiers[0].menage.personnes[0].nom == "MARTIN-FICTIF"
    assert [(warning.line, "masquée" in warning.message) for warning in reading.warnings] == [(2, True)]


def test_an_office_keeps_its_own_headings(read, tmp_path):
    (tmp_path / "colonnes.yaml").write_text("reference: N° dossier\ndette: Solde\n", encoding="utf-8")
    columns = read_column_mapping(tmp_path / "colonnes.yaml")
    assert read("N° dossier;Solde\nA1;12,50\n", columns=columns).dossiers[0].reference == "A1"
    with pytest.raises(UnreadableFile, match="Solde"):
        read("N° dossier;Nom\nA1;B\n", columns=columns)


@pytest.mark.parametrize(
    "content",
    [
        "reference;nom\rA1;LEFÈVRE\rA2;CŒUR\r".encode("cp1252"),
        "\ufeff\ufeffreference;nom\r\nA1;LEFÈVRE\r\nA2;CŒUR\r\n\r\n;\r\n".encode(),
        "nom;reference\nLEFÈVRE;A1\nCŒUR;A2\n\n\n".encode("cp1252"),
        "reference;nom;;;;\nA1;LEFÈVRE;;;;\nA2;CŒUR;;;;\n".encode("utf-16"),
    ],
    ids=["old Mac line ends", "two byte order marks", "other order of columns", "trailing empty columns"],
)
def test_files_that_other_programs_save(read, content):
    dossiers = read(content).dossiers
    assert [dossier.reference for dossier in dossiers] == ["A1", "A2"]
    assert [dossier.menage.personnes[0].nom for dossier in dossiers] == ["LEFÈVRE", "CŒUR"]


def test_a_nul_character_costs_its_own_line_only(read):
    reading = read("reference;nom\nA1;B\x00C\nA2;D\n")
    assert [dossier.reference for dossier in reading.dossiers] == ["A2"]
    assert reading.problems[0].line == 2


def test_a_line_of_ten_million_characters_is_refused_not_copied(read):
    reading = read(f"reference;nom\nA1;{'x' * 10_000_000}\nA2;D\n")
    assert [dossier.reference for dossier in reading.dossiers] == ["A2"]
    assert len(str(reading.problems[0])) < 300


def test_a_workbook_of_too_many_members_is_not_opened(read):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for number in range(2001):
            packed.writestr(f"xl/{number}", b"")
    with pytest.raises(UnreadableFile, match="gros"):
        read(content.getvalue(), "m.xlsx")
