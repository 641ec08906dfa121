"""Letters and timelines read back from each format: same words, real structure, files that others accept."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from samples import LETTER, NASTY_NAME, TIMELINE

from pex.errors import PexError
from pex.letters.blocks import Letter
from pex.outputs import LETTER_FORMATS, TIMELINE_FORMATS, write_letter, write_timeline
from pex.outputs.pdf import write_lot
from pex.outputs.txt import words
from pex.outputs.typst_engine import missing_glyphs
from pex.profile import Profile

PROFILE = Profile()


def squeezed(text: str) -> str:
    """Without any blank: how a format breaks its lines does not matter."""
    return re.sub(r"\s+", "", text.replace("\u00a0", ""))


def bare(text: str) -> str:
    """Letters and digits alone: how a format separates its words does not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def pdf_text(content: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def docx_text(content: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(content))
    texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    for section in document.sections:
        texts += [node.text or "" for node in section.header._element.iter() if node.tag.endswith("}t")]
        texts += [node.text or "" for node in section.footer._element.iter() if node.tag.endswith("}t")]
    return "".join(texts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.hidden += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def read_html(content: bytes) -> _Text:
    parser = _Text()
    parser.feed(content.decode())
    return parser


READERS = {
    "docx": docx_text,
    "pdf": pdf_text,
    "html": lambda content: "".join(read_html(content).texts),
    "txt": lambda content: content.decode(),
}


@pytest.mark.parametrize("format", LETTER_FORMATS)
def test_every_format_says_every_word_of_the_letter(format: str) -> None:
    text = bare(READERS[format](write_letter(LETTER, PROFILE, format)))
    besides = {LETTER.label("our_contact")}
    assert [word for word in words(LETTER) if word not in besides and bare(word) not in text] == []


@pytest.mark.parametrize("format", LETTER_FORMATS)
def test_a_strange_name_comes_out_as_typed(format: str) -> None:
    letter = replace(LETTER, recipient=(f"Mme {NASTY_NAME}", *LETTER.recipient[1:]))
    assert squeezed(NASTY_NAME) in squeezed(READERS[format](write_letter(letter, PROFILE, format)))


@pytest.mark.parametrize("format", LETTER_FORMATS)
def test_the_same_letter_gives_the_same_bytes(format: str) -> None:
    assert write_letter(LETTER, PROFILE, format) == write_letter(LETTER, PROFILE, format)


@pytest.mark.parametrize("format", TIMELINE_FORMATS)
def test_the_timeline_is_written_in_every_format(format: str) -> None:
    content = write_timeline(TIMELINE, PROFILE, format)
    starts = {"pdf": b"%PDF", "svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE", "docx": b"PK"}
    assert content.startswith(starts.get(format, b""))
    assert len(content) > 500


def test_an_unknown_format_is_told_with_those_that_exist() -> None:
    with pytest.raises(PexError, match="docx, pdf, html"):
        write_letter(LETTER, PROFILE, "odt")


def test_a_letter_in_pdf_is_one_sheet() -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(write_letter(LETTER, PROFILE, "pdf")))
    assert len(reader.pages) == 2
    assert reader.metadata is not None and reader.metadata.title == LETTER.title
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert "Page 1 sur 2" in reader.pages[0].extract_text()
    assert "Page 2 sur 2" in reader.pages[1].extract_text()


@pytest.mark.parametrize("standard", ["PDF_UA_1", "PDF_A_2A"])
def test_the_pdf_is_accessible_and_archivable(standard: str) -> None:
    import page

    for content in (write_letter(LETTER, PROFILE, "pdf"), write_timeline(TIMELINE, PROFILE, "pdf")):
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile[standard])
        # STREAM-LENGTH-001 mismeasures a stream whose last byte is a carriage return.
        assert [str(item) for item in report.failures if "STREAM-LENGTH-001" not in str(item)] == []


@pytest.mark.requires("pdftotext")
def test_the_address_stands_in_the_window_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(write_letter(LETTER, PROFILE, "pdf"))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes)
    points = 72 / 25.4
    window = PROFILE.fenetre
    inside = [
        word
        for left, top, right, bottom, word in found
        if float(left) / points >= window.gauche - 0.5
        and float(right) / points <= window.gauche + window.largeur
        and float(bottom) / points >= window.haut
        and float(top) / points <= window.haut + window.hauteur
    ]
    assert squeezed("".join(inside)) == squeezed("".join(LETTER.recipient))


def test_letters_for_the_printer_start_on_a_recto_and_count_their_own_pages() -> None:
    from pypdf import PdfReader

    single = replace(LETTER, timeline=None)
    reader = PdfReader(io.BytesIO(write_lot([LETTER, single, LETTER], PROFILE)))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 6
    assert [index for index, text in enumerate(texts) if "Page 1 sur" in text] == [0, 2, 4]
    assert "Page 1 sur 1" in texts[2]
    assert texts[3].strip() == ""


def test_no_letter_starts_on_the_back_of_another_whatever_their_number() -> None:
    from pypdf import PdfReader

    from pex.outputs.pdf import MOST_IN_A_LOT

    letters = [replace(LETTER, timeline=None)] * (MOST_IN_A_LOT + 1)
    starts = [
        index
        for index, page in enumerate(PdfReader(io.BytesIO(write_lot(letters, PROFILE))).pages)
        if "Page 1 sur" in page.extract_text()
    ]
    assert starts == list(range(0, 2 * len(letters), 2))
    one_sided = PdfReader(io.BytesIO(write_lot(letters[:3], replace(PROFILE, recto_verso=False))))
    assert len(one_sided.pages) == 3


def test_many_letters_for_the_printer_are_joined_in_order() -> None:
    from pypdf import PdfReader

    letters = [replace(LETTER, timeline=None, reference=f"R-{number}") for number in range(53)]
    pages = PdfReader(io.BytesIO(write_lot(letters, PROFILE))).pages
    fronts = [text for page in pages if (text := page.extract_text()).strip()]
    assert [f"R-{number}" in text for number, text in enumerate(fronts)] == [True] * 53


def test_a_character_that_no_font_holds_never_stops_a_letter() -> None:
    letter = replace(LETTER, recipient=("M. 李 Ḃ", *LETTER.recipient[1:]))
    assert missing_glyphs(letter.recipient) == ("李",)
    assert "M. □ Ḃ" in pdf_text(write_letter(letter, PROFILE, "pdf"))


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_names_from_everywhere_come_out_right(format: str) -> None:
    names = "Nguyễn Çelik Œuvrard Łukasz Șerban Иван"
    letter = replace(LETTER, recipient=(names, *LETTER.recipient[1:]))
    assert squeezed(names) in squeezed(READERS[format](write_letter(letter, PROFILE, format)))


def test_the_page_needs_nothing_from_outside() -> None:
    text = write_letter(LETTER, PROFILE, "html").decode()
    assert "Content-Security-Policy" in text
    assert re.findall(r'(?:src|href)="(?!tel:|data:)[^"]*"', text) == []
    assert "<script" not in text
    assert "url(http" not in text


def test_the_page_has_a_real_structure() -> None:
    tags = read_html(write_letter(LETTER, PROFILE, "html")).tags
    assert [attributes.get("lang") for tag, attributes in tags if tag == "html"] == ["fr"]
    names = [tag for tag, _ in tags]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert [attributes.get("scope") for tag, attributes in tags if tag == "th"].count("col") == 2
    assert [attributes for _, attributes in tags if attributes.get("aria-current") == "step"]
    assert any(attributes.get("href") == "tel:0805160075" for _, attributes in tags)


def test_word_has_styles_headings_lists_and_a_title() -> None:
    import docx

    document = docx.Document(io.BytesIO(write_letter(LETTER, PROFILE, "docx")))
    assert document.core_properties.title == LETTER.title
    assert document.core_properties.language.startswith("fr")
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.text == LETTER.title]
    assert styles
    assert all(name.lower() in ("heading 1", "title", "titre 1") for name in styles)
    xml = document.element.xml
    assert xml.count("<w:numPr>") >= 6
    assert xml.count("<w:tblHeader") >= 1
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', xml))) == xml.count("<wp:docPr ")
    assert "framePr" in xml


@pytest.mark.requires("soffice", "pdftotext")
def test_word_files_open_in_an_office_suite_on_two_pages(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(write_letter(LETTER, PROFILE, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "letter.pdf").pages
    assert len(pages) == 2
    assert LETTER.title in " ".join(pages[0].extract_text().split())


@pytest.mark.requires("node", "@ooxml-tools/validate")
def test_word_files_follow_the_format(tmp_path: Path, node_modules: Path) -> None:
    for name, content in (
        ("letter", write_letter(LETTER, PROFILE, "docx")),
        ("timeline", write_timeline(TIMELINE, PROFILE, "docx")),
    ):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        found = validate_with_node(path, node_modules)
        assert found in ("[]", "Found 0 errors"), found


def validate_with_node(path: Path, node_modules: Path) -> str:
    """What the validator says of the file: an empty array where all is well; its exit code says nothing."""
    command = node_modules / ".bin" / "ooxml-validator"
    candidates = sorted((node_modules / ".bin").glob("*ooxml*")) or [command]
    done = subprocess.run([str(candidates[0]), str(path)], capture_output=True, text=True, timeout=120)
    return done.stdout.strip() or done.stderr.strip()


def test_a_letter_without_a_timeline_or_a_signature_is_written() -> None:
    from pex.letters.blocks import Signature

    bare: Letter = replace(LETTER, timeline=None, signature=Signature(None, None, None), sender=(), sender_contact=())
    for format in LETTER_FORMATS:
        assert write_letter(bare, PROFILE, format)
