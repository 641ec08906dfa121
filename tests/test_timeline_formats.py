"""The list of sentences of a timeline and its drawings never differ: read back from each format, paper and version."""

from __future__ import annotations

import io
import itertools

import pytest
from readback import WORDS, bare, docx_alternatives, pdf_alternatives, told, without_furniture
from samples import TIMELINE
from timelines import NAMES, page_of

from pex.errors import PexError, TemplateError
from pex.letters.templates import read_words
from pex.letters.timeline_page import VERSIONS, in_version, timeline_lines
from pex.outputs import TIMELINE_FORMATS, pictograms, write_timeline
from pex.outputs.html import timeline_fragment, timeline_style
from pex.outputs.timeline_sheet import PAPERS, Sheet
from pex.profile import Profile

PROFILE = Profile()
SHEETS = [Sheet(), Sheet("a3"), Sheet("bande"), Sheet(large=True), Sheet("a3", large=True)]
SHEET_NAMES = ["a4", "a3", "bande", "a4 gros", "a3 gros"]
WORDED = [version for version in VERSIONS if version != "images"]


@pytest.mark.parametrize("sheet", SHEETS, ids=SHEET_NAMES)
@pytest.mark.parametrize("version", WORDED)
def test_the_pdf_shows_the_sentences_of_the_list_in_order_and_nothing_else(version: str, sheet: Sheet) -> None:
    page = in_version(TIMELINE, version)
    assert without_furniture(WORDS["pdf"](write_timeline(page, PROFILE, "pdf", sheet)), page) == told(page)


@pytest.mark.parametrize("format", [name for name in TIMELINE_FORMATS if name != "pdf"])
@pytest.mark.parametrize("version", WORDED)
def test_every_format_says_the_sentences_of_the_list_in_order_and_nothing_else(version: str, format: str) -> None:
    page = in_version(TIMELINE, version)
    assert without_furniture(WORDS[format](write_timeline(page, PROFILE, format)), page) == told(page)


@pytest.mark.parametrize("name", NAMES)
def test_every_household_is_told_the_same_in_every_format(name: str) -> None:
    page = page_of(name)
    for format in ("pdf", "html", "docx", "txt"):
        assert without_furniture(WORDS[format](write_timeline(page, PROFILE, format)), page) == told(page), format


@pytest.mark.parametrize("sheet", SHEETS, ids=SHEET_NAMES)
def test_pictures_alone_have_the_sentences_as_their_alternative_text(sheet: Sheet) -> None:
    page = in_version(TIMELINE, "images")
    said = "".join(pdf_alternatives(write_timeline(page, PROFILE, "pdf", sheet)))
    assert bare(page.title) + bare(said) == told(page)


def test_pictures_alone_say_the_same_in_every_format() -> None:
    page = in_version(TIMELINE, "images")
    assert bare(page.title + docx_alternatives(write_timeline(page, PROFILE, "docx"))) == told(page)
    for format in ("html", "txt", "svg", "png"):
        assert without_furniture(WORDS[format](write_timeline(page, PROFILE, format)), page) == told(page), format


def test_pictures_alone_show_no_word_but_keep_dates_and_numbers() -> None:
    page = in_version(TIMELINE, "images")
    seen = WORDS["pdf"](write_timeline(page, PROFILE, "pdf"))
    for line in timeline_lines(page):
        if line.level == -1:
            assert bare(line.text) not in bare(seen)
    for shown in ("30/11/2026", "09/02/2027 09:30", "→ 31/03/2027", "0 805 16 00 75"):
        assert bare(shown) in bare(seen)


def test_the_words_of_the_short_versions_are_few() -> None:
    for name, action in read_words()["actions"].items():
        assert len(action["short"].split()) <= 6, name
    for name in NAMES:
        whole, short = (sum(len(line.text) for line in timeline_lines(page_of(name, v))) for v in WORDED)
        assert short < 0.75 * whole, name


def test_everything_that_pictures_alone_need_is_in_the_bank() -> None:
    words = read_words()
    for group in ("events", "stages", "deadlines", "actions", "helpers", "suspensions", "steps"):
        for name, entry in words[group].items():
            assert entry["pictogram"] in pictograms.names(), (group, name)


@pytest.mark.parametrize(
    ("version", "sheet"), list(itertools.product(VERSIONS, (Sheet(), Sheet("a3"), Sheet("bande"))))
)
def test_every_paper_and_version_is_accessible_and_archivable(version: str, sheet: Sheet) -> None:
    import page as checker
    from pypdf import PdfReader

    content = write_timeline(in_version(TIMELINE, version), PROFILE, "pdf", sheet)
    for standard in ("PDF_UA_1", "PDF_A_2A"):
        report = checker.validate_pdf_bytes(content, profile=checker.ValidationProfile[standard])
        # STREAM-LENGTH-001 mismeasures a stream whose last byte is a carriage return.
        assert [str(item) for item in report.failures if "STREAM-LENGTH-001" not in str(item)] == []
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == TIMELINE.title
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"


def test_a_fragment_for_another_page_says_the_same() -> None:
    fragment = str(timeline_fragment(TIMELINE, level=3))
    assert "<html" not in fragment
    assert fragment.lstrip().startswith('<h3 class="title">')
    assert bare(WORDS["html"](f"<html><body>{fragment}</body></html>".encode())) in bare(
        WORDS["html"](write_timeline(TIMELINE, PROFILE, "html"))
    )
    assert "body {" not in timeline_style()


def test_the_same_timeline_always_gives_the_same_bytes() -> None:
    for format in ("pdf", "svg", "html", "docx"):
        assert write_timeline(TIMELINE, PROFILE, format) == write_timeline(TIMELINE, PROFILE, format), format


@pytest.mark.parametrize(
    ("sheet", "format", "words"),
    [
        (Sheet("a5"), "pdf", "Papiers possibles : a4, a3, bande"),
        (Sheet("bande"), "docx", "choisissez pdf, svg ou png"),
        (Sheet("a3"), "docx", "choisissez pdf, svg ou png"),
        (Sheet("bande", large=True), "pdf", "choisissez a4 ou a3"),
    ],
)
def test_a_paper_that_cannot_be_is_told_with_what_to_choose(sheet: Sheet, format: str, words: str) -> None:
    with pytest.raises(PexError, match=words):
        write_timeline(TIMELINE, PROFILE, format, sheet)


def test_an_unknown_version_is_told_with_those_that_exist() -> None:
    with pytest.raises(TemplateError, match="complete, peu_de_mots, images"):
        in_version(TIMELINE, "longue")


def test_every_paper_has_its_size() -> None:
    from pypdf import PdfReader

    millimetres = {"a4": (210, 297), "a3": (297, 420), "bande": (297, 210)}
    for paper in PAPERS:
        (page,) = PdfReader(io.BytesIO(write_timeline(TIMELINE, PROFILE, "pdf", Sheet(paper)))).pages
        assert tuple(round(float(side) * 25.4 / 72) for side in page.mediabox[2:]) == millimetres[paper]
