"""Working papers say the same in Word and in PDF."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from docx import Document

from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.outputs.columns import column_weights
from pex.outputs.report import Part, Report, bullets, paragraph, section, table, write_report
from pex.profile import Profile, read_profile

NASTY = "O'Brien *#$_{{7*7}} <b>&"
ROWS = [
    ("1", "EX-2026-0001", "Assignation", "Brumeville"),
    ("2", "EX-2026-0002", "Commandement de quitter les lieux", "Saint-Martin-de-la-Grande-Brume"),
]
REPORT = Report(
    title="Ordre du jour",
    lines=("Commission centrale du mardi 12 janvier 2027",),
    parts=(
        Part(
            "Dossiers",
            (
                section("liste", "À examiner", table(("N°", "Dossier", "Étape", "Commune"), ROWS)),
                section("rappel", "Rappel", paragraph(NASTY), bullets("premier point", "second point")),
            ),
        ),
        Part("Dossier 1", (section("faits", "Les faits", paragraph("Un bail.")),), ("Assignation",), starts_page=True),
    ),
    footer="CCAPEX du Val-de-Brume",
    mention="FICTIF",
)
SAID = (
    "Ordre du jour",
    "À examiner",
    "Saint-Martin-de-la-Grande-Brume",
    NASTY,
    "second point",
    "Dossier 1",
    "Un bail.",
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(EXAMPLES / "profil")


def test_the_pdf_says_it_all_is_accessible_and_starts_a_page_for_a_part(profile: Profile) -> None:
    content = write_report(REPORT, profile, "pdf")
    with pymupdf.open(stream=content) as pages:
        text = " ".join(" ".join(page.get_text().split()) for page in pages)
        assert len(pages) == 2
        assert "Dossier 1" in pages[1].get_text()
    for words in SAID:
        assert words in text
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("fr")


def test_the_word_file_has_headings_a_table_and_a_page_break(profile: Profile) -> None:
    document = Document(io.BytesIO(write_report(REPORT, profile, "docx")))
    paragraphs = [(item.style.name, item.text) for item in document.paragraphs]
    assert ("Heading 1", "Ordre du jour") in paragraphs
    assert ("Heading 1", "Dossier 1") in paragraphs
    (grid,) = document.tables
    assert [cell.text for cell in grid.rows[0].cells] == ["N°", "Dossier", "Étape", "Commune"]
    assert [tuple(cell.text for cell in row.cells) for row in list(grid.rows)[1:]] == ROWS
    text = "\n".join(words.strip() for _, words in paragraphs)
    assert NASTY in text
    assert "FICTIF" in document.sections[0].header._element.xpath("string(.)")


def test_the_same_report_gives_the_same_bytes(profile: Profile) -> None:
    for format in ("pdf", "docx"):
        assert write_report(REPORT, profile, format) == write_report(REPORT, profile, format)


def test_a_column_is_as_wide_as_its_longest_word() -> None:
    number, _reference, stage, commune = column_weights(table(("N°", "Dossier", "Étape", "Commune"), ROWS))
    assert number < stage < commune


def test_another_format_is_refused(profile: Profile) -> None:
    with pytest.raises(PexError, match="docx, pdf"):
        write_report(REPORT, profile, "html")


def test_an_empty_folder_of_profile_is_no_obstacle(tmp_path: Path) -> None:
    assert write_report(REPORT, Profile(folder=tmp_path), "docx")
