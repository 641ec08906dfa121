"""The page of an interview: one sheet a household, the same words in PDF and Word, nothing decided in advance."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from pex.cli import main
from pex.dossier import read_dossiers
from pex.dossier.facts import Dossier, Menage, Personne
from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_timeline
from pex.letters.blocks import ItemList, Paragraph, Table
from pex.letters.interview import blank_interview, compose_interview, compose_papers
from pex.letters.papers import papers_at
from pex.letters.tools import ToolSheet
from pex.outputs.interview import write_household_papers, write_interview
from pex.profile import Profile, read_profile
from pex.timeline import build_timeline

DAY = date(2026, 11, 26)
LAW = read_law()
PROFILE = read_profile(EXAMPLES / "profil")
PAGE = "Page {page} sur {pages}"
HOUSEHOLDS = {
    dossier.reference: dossier
    for dossier in read_dossiers(EXAMPLES / "menages.yaml", law_events=LAW.events, today=DAY).dossiers
}


def interview(dossier: Dossier) -> ToolSheet:
    return compose_interview(build_timeline(PROFILE.place(dossier), LAW, DAY), PROFILE)


@lru_cache(maxsize=64)
def written(reference: str, format: str) -> bytes:
    timeline = build_timeline(PROFILE.place(HOUSEHOLDS[reference]), LAW, DAY)
    overleaf = compose_timeline(timeline, PROFILE)
    return write_interview(compose_interview(timeline, PROFILE), overleaf, PROFILE, PAGE, format)


def words(sheet: ToolSheet) -> list[str]:
    """Every run of words of the page, in reading order."""
    found = [sheet.title, "".join(span.text for span in sheet.intro)]
    for block in sheet.blocks:
        found.append(block.title or "")
        for content in block.contents:
            match content:
                case Paragraph(spans):
                    found.append("".join(span.text for span in spans))
                case ItemList(items):
                    found += ["".join(span.text for span in item) for item in items]
                case Table(header, rows):
                    found += header
                    found += ["".join(span.text for span in cell) for row in rows for cell in row]
    return [text for text in found if text.strip()]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00a0", ""))


def pdf_pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    return [flat(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("reference", HOUSEHOLDS)
def test_one_sheet_the_page_then_the_household_s_own_timeline(reference: str) -> None:
    recto, verso = pdf_pages(written(reference, "pdf"))
    for text in words(interview(HOUSEHOLDS[reference])):
        assert flat(text) in recto
    page = compose_timeline(build_timeline(PROFILE.place(HOUSEHOLDS[reference]), LAW, DAY), PROFILE)
    assert flat(page.title) in verso
    assert all(flat(step.label) in verso for step in page.steps)
    assert flat("Page 1 sur 2") in recto and flat("Page 2 sur 2") in verso
    assert reference in recto and flat("FICTIF") in recto


@pytest.mark.parametrize("reference", list(HOUSEHOLDS)[::4])
def test_word_says_the_same_words_in_the_same_order(reference: str) -> None:
    import docx

    document = docx.Document(io.BytesIO(written(reference, "docx")))
    text = flat("".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")))
    position = 0
    for run in words(interview(HOUSEHOLDS[reference])):
        position = text.find(flat(run), position)
        assert position >= 0, run
    # The tables are native: they can be ticked and written in.
    assert len(document.tables) >= 3


def rows(sheet: ToolSheet, name: str) -> list[str]:
    (block,) = [block for block in sheet.blocks if block.id == name]
    (table,) = [content for content in block.contents if isinstance(content, Table)]
    return ["".join(span.text for span in row[0]) for row in table.rows]


def test_what_was_explained_is_the_household_s_own_step_paper_and_dates() -> None:
    for reference, dossier in HOUSEHOLDS.items():
        timeline = build_timeline(PROFILE.place(dossier), LAW, DAY)
        page = compose_timeline(timeline, PROFILE)
        seen = " ".join(rows(compose_interview(timeline, PROFILE), "vu"))
        for step in page.steps:
            if step.state == "here":
                assert step.label in seen, reference
                for deadline in step.deadlines:
                    assert deadline.date is not None and deadline.date in seen, reference
        told = "Seul le juge peut décider" in seen
        assert told == (timeline.step in ("loyer_impaye", "lettre_officielle", "rendez_vous_juge")), reference


def test_nothing_is_ticked_and_nothing_is_decided_for_the_household() -> None:
    for dossier in HOUSEHOLDS.values():
        sheet = interview(dossier)
        text = " ".join(words(sheet))
        assert "☐" in text and not re.search("[☑☒✓✔]", text)
        assert rows(sheet, "decision")[-1].startswith("autre chose")


def test_what_is_not_known_is_asked_in_words() -> None:
    dossier = HOUSEHOLDS["EX-2026-0005"]
    assert [event for event in dossier.evenements if event.type == "commandement_de_payer" and event.date is None]
    sheet = interview(dossier)
    (block,) = [block for block in sheet.blocks if block.id == "inconnu"]
    (items,) = block.contents
    assert isinstance(items, ItemList)
    asked = ["".join(span.text for span in item) for item in items.items]
    assert asked[0] == "☐ la date de ce papier : commandement de payer"
    assert not [text for text in asked if "_" in text], "un identifiant n'est pas un mot"


@pytest.mark.parametrize("standard", ["PDF_UA_1", "PDF_A_2A"])
def test_the_pdf_is_accessible_and_archivable(standard: str) -> None:
    import page

    report = page.validate_pdf_bytes(written("EX-2026-0001", "pdf"), profile=page.ValidationProfile[standard])
    assert [str(item) for item in report.failures if "STREAM-LENGTH-001" not in str(item)] == []


def test_long_names_and_every_action_stay_on_one_sheet() -> None:
    person = Personne("Mme", "DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG", "Marie-Antoinette-Joséphine")
    for reference in ("EX-2026-0005", "EX-2026-0009", "EX-2026-0012"):
        dossier = HOUSEHOLDS[reference]
        long = replace(dossier, menage=replace(dossier.menage, personnes=(person,) * 3))
        timeline = build_timeline(PROFILE.place(long), LAW, DAY)
        content = write_interview(
            compose_interview(timeline, PROFILE), compose_timeline(timeline, PROFILE), PROFILE, PAGE, "pdf"
        )
        assert len(pdf_pages(content)) == 2


def test_a_household_of_which_only_the_reference_is_known_has_its_page() -> None:
    timeline = build_timeline(Dossier(reference="71-2026-0042", menage=Menage()), LAW, DAY)
    sheet = compose_interview(timeline, Profile())
    assert "Notre rendez-vous" in words(sheet)
    assert not re.search(r"0\d(?:.\d\d){4}", " ".join(words(sheet))), "aucun numéro local sans profil"


def test_a_blank_page_for_any_household() -> None:
    (recto,) = pdf_pages(write_interview(blank_interview(PROFILE, "pied"), None, PROFILE, PAGE, "pdf"))
    assert flat("03 53 01 00 00") in recto and flat("Où vous en êtes : ....") in recto


def test_another_format_is_refused() -> None:
    with pytest.raises(PexError, match="pdf, docx"):
        write_interview(blank_interview(PROFILE, ""), None, PROFILE, PAGE, "odt")


def test_the_papers_of_its_stage_come_with_it_in_both_formats() -> None:
    import docx

    timeline = build_timeline(PROFILE.place(HOUSEHOLDS["EX-2026-0006"]), LAW, DAY)
    sheet = compose_papers(timeline, PROFILE)
    assert sheet is not None
    places = [place for paper in papers_at("assignation") for place in paper.places]
    pages = pdf_pages(write_household_papers(sheet, PROFILE, PAGE, "pdf"))
    assert len(pages) == len(papers_at("assignation")) == 2
    document = docx.Document(io.BytesIO(write_household_papers(sheet, PROFILE, PAGE, "docx")))
    written = flat("".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")))
    for place in places:
        assert flat(place.name + place.detail) in "".join(pages)
        assert flat(f"{place.name}. {place.detail}") in written
    told = [node.get("descr") for node in document.element.body.iter() if node.tag.endswith("}docPr")]
    assert {paper.alt for paper in papers_at("assignation")} <= set(told)
    assert "0805160075" in "".join(pages) and "0805160075" in written


def test_a_stage_without_a_paper_has_no_sheet_of_papers() -> None:
    assert compose_papers(build_timeline(Dossier(reference="A-1"), LAW, DAY), PROFILE) is None


@pytest.mark.requires("soffice", "pdftotext")
def test_word_file_is_one_sheet_in_libreoffice_too(tmp_path: Path) -> None:
    names = ("EX-2026-0001", "EX-2026-0009")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(written(name, "docx"))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path / 'office'}", "--headless", "--convert-to", "pdf"]
    files = [tmp_path / f"{name}.docx" for name in names]
    subprocess.run([*command, "--outdir", tmp_path, *files], capture_output=True, check=True, timeout=120)
    for name in names:
        assert len(pdf_pages((tmp_path / f"{name}.pdf").read_bytes())) == 2, name


def test_the_command_makes_a_file_a_household_and_leaves_names_out_of_file_names(tmp_path: Path) -> None:
    table = tmp_path / "menages.csv"
    table.write_text(
        "reference;nom;commandement_de_payer\nA-1;DÜRAND;14/09/2026\nA-2;FICTIF;31/02/2026\n", encoding="utf-8"
    )
    arguments = ["entretien", str(table), "--sortie", str(tmp_path / "faits"), "--le", "2026-11-26"]
    done = CliRunner().invoke(main, [*arguments, "--formats", "pdf,docx", "--profil", str(EXAMPLES / "profil")])
    assert done.exit_code == 1 and "31/02/2026" in done.output, "un ménage refusé n'arrête pas les autres"
    made = {path.name for path in (tmp_path / "faits").iterdir()}
    assert made == {f"A-1_{name}.{kind}" for name in ("entretien", "papiers") for kind in ("pdf", "docx")}
