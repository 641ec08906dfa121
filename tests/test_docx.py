"""Word letters read back: native structure, every word in order, an address that fits its window, an office's paper."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree
from samples import LETTER, NASTY_NAME, TIMELINE, spans

from pex.errors import TemplateError, UnreadableFile
from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Spans, Table, TimelinePage
from pex.letters.timeline_page import timeline_lines
from pex.outputs.docx import write_letter, write_timeline
from pex.profile import Fenetre, Profile

TWIPS = 1440 / 25.4
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def opened(content: bytes) -> DocumentObject:
    return Document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode("utf-8")


def paragraphs(document: DocumentObject) -> Iterator[WordParagraph]:
    """Every paragraph in the order it is read, cells row by row."""
    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            for row in item.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield item


def found(content: bytes, *texts: str) -> list[WordParagraph]:
    return [paragraph for paragraph in paragraphs(opened(content)) if any(text in paragraph.text for text in texts)]


def joined(words: Spans) -> str:
    return "".join(span.text for span in words)


def words_of_block(block: Block) -> Iterator[str]:
    if block.title:
        yield block.title
    for content in block.contents:
        match content:
            case Paragraph(line):
                yield joined(line)
            case ItemList(items):
                yield from map(joined, items)
            case Table(header, rows):
                yield from header
                yield from (joined(cell) for row in rows for cell in row)


def words_of_page(page: TimelinePage) -> Iterator[str]:
    """The invented example and the reference are in the header and the footer of Word's pages."""
    furniture = (page.fictitious, f"{page.label('reference')}\u00a0: {page.reference}")
    yield from (line.text for line in timeline_lines(page) if line.text not in furniture)


def words_of_letter(letter: Letter) -> Iterator[str]:
    yield from (*letter.sender, letter.label("our_contact"), *letter.sender_contact)
    yield from (letter.place_and_date, letter.reference, letter.label("subject"), letter.subject)
    yield from (*letter.recipient, letter.title)
    for block in letter.blocks:
        yield from words_of_block(block)
    yield from (letter.signature.formula or "", letter.signature.name or "", letter.signature.role or "")
    if letter.timeline:
        yield from words_of_page(letter.timeline)


def assert_in_order(words: Iterator[str], text: str) -> None:
    place, text = 0, bare(text)
    for word in words:
        place = text.find(bare(word), place)
        assert place >= 0, f"« {word} » manque, ou n'est pas à sa place"
        place += len(bare(word))


def bare(text: str) -> str:
    """Letters and digits alone: how a format separates its words does not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


# Words


def test_every_word_of_the_letter_and_of_its_timeline_is_there_in_reading_order() -> None:
    text = "\n".join(paragraph.text for paragraph in paragraphs(opened(write_letter(LETTER, Profile()))))
    assert_in_order(words_of_letter(LETTER), text)


def test_every_word_of_a_timeline_alone_is_there_in_reading_order() -> None:
    text = "\n".join(paragraph.text for paragraph in paragraphs(opened(write_timeline(TIMELINE, Profile()))))
    assert_in_order(words_of_page(TIMELINE), text)


def test_what_people_typed_comes_out_as_they_typed_it() -> None:
    typed = (
        NASTY_NAME,
        "  deux  blancs ",
        "9\u00a0h\u00a030 à l'«\u00a0été\u00a0»",
        "Nguyễn Œuvrard Çelik",
        "]]>&amp;%s{0}",
    )
    letter = replace(LETTER, recipient=typed, title=NASTY_NAME, subject=NASTY_NAME, reference=NASTY_NAME)
    document = opened(write_letter(letter, Profile()))
    addressed = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Adresse"]
    assert tuple(addressed) == typed
    assert document.core_properties.title == NASTY_NAME
    assert NASTY_NAME in document.sections[0].footer.paragraphs[0].text


def test_a_character_that_xml_cannot_hold_is_dropped_and_a_new_line_is_kept() -> None:
    letter = replace(LETTER, title="Venez\x0b au\ntribunal\x00")
    document = opened(write_letter(letter, Profile()))
    assert next(p.text for p in document.paragraphs if p.style.name == "Heading 1") == "Venez au\ntribunal"


# Structure


def test_headings_follow_each_other_without_a_gap() -> None:
    document = opened(write_letter(LETTER, Profile()))
    headings = [
        (paragraph.style.name, paragraph.text.strip())
        for paragraph in paragraphs(document)
        if paragraph.style.name.startswith("Heading")
    ]
    assert [text for name, text in headings if name == "Heading 1"] == [LETTER.title, TIMELINE.title]
    titles = [block.title for block in LETTER.blocks]
    assert [text for name, text in headings if name == "Heading 2"][: len(titles)] == titles
    assert document.styles["Titre d’étape"].base_style.name == "Heading 2"
    ids = {style.style_id for style in document.styles}
    assert {"Heading1", "Heading2", "Heading3", "ListBullet", "ListNumber"} <= ids


def test_words_are_french_unless_a_span_says_otherwise() -> None:
    content = write_letter(
        replace(
            LETTER, blocks=(Block("b", "section", "Titre", (Paragraph((replace(spans("Merhaba")[0], lang="tr"),)),)),)
        ),
        Profile(),
    )
    assert '<w:lang w:val="fr-FR"' in part(content, "word/styles.xml")
    (paragraph,) = found(content, "Merhaba")
    assert paragraph.runs[0]._element.rPr.find(qn("w:lang")).get(qn("w:val")) == "tr"


def test_arabic_words_run_from_right_to_left() -> None:
    words = (replace(spans("مرحبا")[0], lang="ar"),)
    content = write_letter(replace(LETTER, blocks=(Block("b", "section", None, (Paragraph(words),)),)), Profile())
    (paragraph,) = found(content, "مرحبا")
    assert paragraph.runs[0]._element.rPr.find(qn("w:rtl")) is not None


def test_the_file_tells_who_wrote_what() -> None:
    properties = opened(write_letter(LETTER, Profile())).core_properties
    assert properties.title == LETTER.title
    assert properties.subject == LETTER.subject
    assert properties.author == LETTER.sender[0]
    assert properties.language == "fr"
    assert opened(write_timeline(TIMELINE, Profile())).core_properties.title == TIMELINE.title


def test_word_opens_it_in_its_present_mode_and_not_as_an_old_file() -> None:
    settings = part(write_letter(LETTER, Profile()), "word/settings.xml")
    assert re.search(r'w:name="compatibilityMode"[^>]*w:val="15"', settings)


def test_tables_have_a_header_row_a_caption_and_rows_that_no_page_cuts() -> None:
    tables = opened(write_letter(LETTER, Profile())).tables
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in tables]
    assert captions == ["Si vous venez, si vous ne venez pas", TIMELINE.title, TIMELINE.label("endings")]
    for table in tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    headers = [[row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] for table in tables]
    assert headers == [[True, False, False], [False] * len(TIMELINE.steps), [True]]
    assert tables[1]._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


def test_a_caption_is_shown_where_the_table_has_one() -> None:
    table = Table(("Le jour", "Le lieu"), ((spans("lundi"), spans("au tribunal")),), caption="Vos rendez-vous")
    content = write_letter(replace(LETTER, blocks=(Block("b", "section", "Titre", (table,)),)), Profile())
    assert [paragraph.style.name for paragraph in found(content, "Vos rendez-vous")] == ["Légende de tableau"]


def test_pictures_that_repeat_words_are_decoration_and_each_has_a_number_of_its_own() -> None:
    body = opened(write_letter(LETTER, Profile())).element.body
    pictures = list(body.iter(qn("wp:docPr")))
    assert len(pictures) > 15
    assert len({picture.get("id") for picture in pictures}) == len(pictures)
    decorative = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    for picture in pictures:
        assert picture.get("descr") == ""
        assert [mark.get("val") for mark in picture.iter(decorative)] == ["1"]


def test_the_package_holds_each_pictogram_once_and_sharp_enough_to_print() -> None:
    names = zipfile.ZipFile(io.BytesIO(write_letter(LETTER, Profile()))).namelist()
    pictograms = [name for name in names if name.startswith("word/media/")]
    assert len(set(names)) == len(names)
    assert "word/media/pex-audience.png" in pictograms
    package = zipfile.ZipFile(io.BytesIO(write_letter(LETTER, Profile())))
    for name in pictograms:
        width = int.from_bytes(package.read(name)[16:20], "big")
        assert width / (15 / 25.4) >= 300


def test_each_numbered_list_starts_again_at_one() -> None:
    ordered = ItemList((spans("un"), spans("deux")), ordered=True)
    blocks = tuple(Block(str(number), "section", f"Titre {number}", (ordered,)) for number in range(3))
    document = opened(write_letter(replace(LETTER, blocks=blocks, timeline=None), Profile()))
    numbers = [
        paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs if paragraph.style.name == "List Number"
    ]
    assert len(numbers) == 6
    assert len(set(numbers)) == 3
    numbering = document.part.numbering_part.element
    for number in set(numbers):
        override = numbering.num_having_numId(number).find(qn("w:lvlOverride"))
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def test_paragraphs_of_a_box_share_its_borders_and_indents_or_word_would_draw_several() -> None:
    document = opened(write_letter(LETTER, Profile()))
    action = LETTER.blocks[0]
    first = next(i for i, paragraph in enumerate(document.paragraphs) if paragraph.text.strip() == action.title)
    heading, *items = [paragraph._p.pPr for paragraph in document.paragraphs[first : first + 4]]
    for item in items:
        for name in ("w:pBdr", "w:ind"):
            assert canonical(item.find(qn(name))) == canonical(heading.find(qn(name)))


def test_an_unknown_pictogram_is_named() -> None:
    letter = replace(LETTER, blocks=(Block("b", "section", "Titre", (), pictogram="licorne"),))
    with pytest.raises(TemplateError, match="licorne"):
        write_letter(letter, Profile())


# The page


def frames(document: DocumentObject) -> list[tuple[str, dict[str, str]]]:
    return [
        (paragraph.text, {key.removeprefix(f"{{{WORD}}}"): value for key, value in frame.attrib.items()})
        for paragraph in document.paragraphs
        if (frame := paragraph._p.pPr.find(qn("w:framePr"))) is not None
    ]


@pytest.mark.parametrize("window", [Fenetre(), Fenetre(gauche=100, haut=45, largeur=90, hauteur=40)])
def test_the_address_and_nothing_else_is_in_the_window(window: Fenetre) -> None:
    """The windows of envelopes differ: the profile says where it is, in mm."""
    placed = frames(opened(write_letter(LETTER, Profile(fenetre=window))))
    address = [frame for _, frame in placed if frame["hRule"] == "exact"]
    beside = [frame for _, frame in placed if frame["hRule"] != "exact"]
    assert tuple(text for text, frame in placed if frame["hRule"] == "exact") == LETTER.recipient
    for frame in address:
        left, top, height = (int(frame[name]) / TWIPS for name in ("x", "y", "h"))
        assert (left, top, height) == pytest.approx((window.gauche, window.haut, window.hauteur), abs=0.1)
        assert (frame["hAnchor"], frame["vAnchor"]) == ("page", "page")
    for frame in beside:
        left, top, width, height = (int(frame[name]) / TWIPS for name in ("x", "y", "w", "h"))
        assert left + width < window.gauche
        assert top + height >= window.haut + window.hauteur
    # All that follows starts under these frames: nothing flows beside them.
    assert {frame["wrap"] for _, frame in placed} == {"notBeside"}


def test_the_footer_counts_pages_with_fields_that_word_keeps_right() -> None:
    footer = opened(write_letter(LETTER, Profile())).sections[0].footer
    (paragraph,) = footer.paragraphs
    fields = [field.get(qn("w:instr")).strip() for field in paragraph._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    shown = "".join(text.text for text in paragraph._p.iter(qn("w:t")))
    assert shown == "Référence\u00a0: 71-2026-0042Page 1 sur 2"


def test_an_invented_example_says_so_at_the_top_of_each_page() -> None:
    assert opened(write_letter(LETTER, Profile())).sections[0].header.paragraphs[0].text == LETTER.fictitious
    real = opened(write_letter(replace(LETTER, fictitious=None), Profile()))
    assert "".join(paragraph.text for paragraph in real.sections[0].header.paragraphs) == ""


def test_the_timeline_starts_overleaf() -> None:
    (title,) = found(write_letter(LETTER, Profile()), TIMELINE.title)
    assert title.paragraph_format.page_break_before
    (title,) = found(write_timeline(TIMELINE, Profile()), TIMELINE.title)
    assert not title.paragraph_format.page_break_before


def test_the_state_of_each_step_is_told_by_words_and_by_lines() -> None:
    (timeline, _) = opened(write_timeline(TIMELINE, Profile())).tables
    for row, step in zip(timeline.rows, TIMELINE.steps, strict=True):
        assert step.state_label in row.cells[1].text
        lines = {border.get(qn("w:val")) for borders in row._tr.iter(qn("w:tcBorders")) for border in borders}
        expected = {"done": {"single"}, "here": {"single", "double"}, "may_happen": {"dashed"}, "beside": {"single"}}
        assert lines == expected[step.state]


def test_the_two_endings_are_of_one_size() -> None:
    endings = opened(write_timeline(TIMELINE, Profile())).tables[1]
    assert len({cell.width for row in endings.rows for cell in row.cells}) == 1


def test_the_same_letter_always_gives_the_same_bytes() -> None:
    assert write_letter(LETTER, Profile()) == write_letter(LETTER, Profile())
    assert write_timeline(TIMELINE, Profile()) == write_timeline(TIMELINE, Profile())


def test_the_font_travels_with_the_letter(repository: Path) -> None:
    content = write_letter(LETTER, Profile())
    package = zipfile.ZipFile(io.BytesIO(content))
    keys = re.findall(r'embed(\w+) r:id="\w+" w:fontKey="{([-0-9A-F]+)}"', part(content, "word/fontTable.xml"))
    assert [face for face, _ in keys] == ["Regular", "Bold"]
    for face, key in keys:
        mixed = package.read(f"word/fonts/AtkinsonHyperlegible-{face}.odttf")
        mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
        font = bytes(a ^ b for a, b in zip(mixed, mask, strict=False)) + mixed[32:]
        assert font == (repository / f"pex/outputs/look/fonts/AtkinsonHyperlegible-{face}.ttf").read_bytes()


# What an office brings


def test_a_logo_and_a_drawn_signature_are_shown_with_a_text_in_their_place(tmp_path: Path) -> None:
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
    (tmp_path / "logo.svg").write_text(square, encoding="utf-8")
    pictogram = zipfile.ZipFile(io.BytesIO(write_letter(LETTER, Profile()))).read("word/media/pex-audience.png")
    (tmp_path / "signature.png").write_bytes(pictogram)
    document = opened(write_letter(LETTER, Profile(folder=tmp_path)))
    told = [picture for picture in document.element.body.iter(qn("wp:docPr")) if picture.get("descr")]
    assert [picture.get("descr") for picture in told] == [LETTER.sender[0], LETTER.signature.name]
    extent = told[0].getparent().find(qn("wp:extent"))
    assert int(extent.get("cx")) == pytest.approx(2 * int(extent.get("cy")), rel=0.02)


def test_a_picture_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"rien")
    with pytest.raises(UnreadableFile, match=r"logo\.png"):
        write_letter(LETTER, Profile(folder=tmp_path))


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    """Paper as an office makes it in a French Word: ids in French, its own header, margins and sizes."""
    document = Document()
    section = document.sections[0]
    section.left_margin, section.top_margin = Mm(30), Mm(45)
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "PRÉFET DU VAL-DE-BRUME"
    section.footer.paragraphs[0].text = "www.val-de-brume.example"
    document.styles["Normal"].font.name = "Liberation Sans"
    document.styles["Heading 1"].font.size = Pt(31)
    document.styles["Heading 1"].element.styleId = "Titre1"
    # An id that one of ours has, for something else.
    document.styles.add_style("Autre", WD_STYLE_TYPE.PARAGRAPH).element.styleId = "Encadre"
    document.add_paragraph("Texte du modèle, qui ne doit pas rester")
    document.save(tmp_path / "papier_a_en_tete.docx")
    return tmp_path


def test_the_letterhead_of_an_office_is_kept(letterhead: Path) -> None:
    document = opened(write_letter(LETTER, Profile(folder=letterhead)))
    section = document.sections[0]
    assert section.left_margin.mm == pytest.approx(30, abs=0.1)
    headers = [paragraph.text for paragraph in section.first_page_header.paragraphs]
    assert headers == ["PRÉFET DU VAL-DE-BRUME", LETTER.fictitious]
    assert section.footer.paragraphs[0].text == "www.val-de-brume.example"
    assert "Page " in section.footer.paragraphs[1].text
    assert document.styles["Normal"].font.name == "Liberation Sans"
    assert document.styles["Heading 1"].font.size == Pt(31)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Texte du modèle, qui ne doit pas rester" not in texts


def test_what_the_letterhead_lacks_is_brought_in(letterhead: Path) -> None:
    content = write_letter(LETTER, Profile(folder=letterhead))
    document = opened(content)
    used = {paragraph.style.name for paragraph in paragraphs(document)}
    assert {"Heading 1", "Encadré contact", "Adresse", "Titre d’étape"} <= used
    assert document.styles["Encadré"].style_id != document.styles["Autre"].style_id
    title = next(paragraph for paragraph in document.paragraphs if paragraph.text == LETTER.title)
    assert title._p.pPr.pStyle.val == "Titre1"
    declared = {style.style_id for style in document.styles}
    assert {p._p.pPr.pStyle.val for p in paragraphs(document)} <= declared
    assert len(declared) == len(list(document.styles))
    text = "\n".join(paragraph.text for paragraph in paragraphs(document))
    assert_in_order(words_of_letter(LETTER), text)


def test_a_letterhead_that_counts_pages_itself_is_not_told_how(letterhead: Path) -> None:
    path = letterhead / "papier_a_en_tete.docx"
    document = Document(str(path))
    field = document.sections[0].footer.paragraphs[0]._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): "PAGE"})
    document.sections[0].footer.paragraphs[0]._p.append(field)
    document.save(str(path))
    section = opened(write_letter(LETTER, Profile(folder=letterhead))).sections[0]
    assert len(section.footer.paragraphs) == 1


def test_a_damaged_letterhead_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "papier_a_en_tete.docx").write_bytes(b"ceci n'est pas un document")
    with pytest.raises(UnreadableFile, match=r"papier_a_en_tete\.docx.*enregistrez-le"):
        write_letter(LETTER, Profile(folder=tmp_path))


# What other programs make of it


def long_letter() -> Letter:
    """Half as much again as the sample, which already fills its page."""
    more = tuple(replace(block, id=f"{block.id}-2") for block in LETTER.blocks if block.id in ("pourquoi", "apportez"))
    return replace(LETTER, blocks=(*LETTER.blocks, *more[:1]))


def short_letter() -> Letter:
    return replace(LETTER, blocks=(LETTER.blocks[0], LETTER.blocks[-1]))


@pytest.mark.requires("soffice", "pdftotext")
def test_letters_long_and_short_open_on_two_pages(tmp_path: Path, letterhead: Path) -> None:
    from pypdf import PdfReader

    files = {
        "ordinaire": write_letter(LETTER, Profile()),
        "long": write_letter(long_letter(), Profile()),
        "court": write_letter(short_letter(), Profile()),
        "frise": write_timeline(TIMELINE, Profile()),
    }
    for name, content in files.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path / 'office'}", "--headless", "--convert-to", "pdf"]
    sources = [str(tmp_path / f"{name}.docx") for name in files]
    subprocess.run([*command, "--outdir", str(tmp_path), *sources], capture_output=True, check=True, timeout=180)
    read = {name: PdfReader(tmp_path / f"{name}.pdf").pages for name in files}
    assert {name: len(pages) for name, pages in read.items()} == {"ordinaire": 2, "long": 2, "court": 2, "frise": 1}
    assert "Page 1 sur 2" in " ".join(read["ordinaire"][0].extract_text().split())
    fonts = str(read["ordinaire"][0]["/Resources"]["/Font"].get_object())
    names = " ".join(
        str(font.get_object()["/BaseFont"]) for font in read["ordinaire"][0]["/Resources"]["/Font"].values()
    )
    assert "AtkinsonHyperlegible" in names, fonts


@pytest.mark.requires("soffice", "pdftotext")
def test_the_address_is_printed_in_the_window(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(write_letter(LETTER, Profile()))
    office = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    subprocess.run(
        ["soffice", office, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "letter.docx"],
        capture_output=True,
        check=True,
        timeout=180,
    )
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", tmp_path / "letter.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    window, points = Fenetre(), 72 / 25.4
    inside = [
        word
        for left, top, bottom, word in re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)<', boxes
        )
        if float(left) / points > window.gauche
        and float(bottom) / points > window.haut
        and float(top) / points < window.haut + window.hauteur
    ]
    assert inside == " ".join(LETTER.recipient).split()


@pytest.mark.requires("node", "@ooxml-tools/validate")
def test_word_files_follow_the_rules_of_open_xml(tmp_path: Path, letterhead: Path, node_modules: Path) -> None:
    files = {
        "letter": write_letter(LETTER, Profile()),
        "timeline": write_timeline(TIMELINE, Profile()),
        "letterhead": write_letter(LETTER, Profile(folder=letterhead)),
    }
    validator = node_modules / "@ooxml-tools/validate/dist/npm/bin/ooxml-validate.js"
    for name, content in files.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        told = subprocess.run(
            ["node", validator, "--output-format", "json", path], capture_output=True, text=True, timeout=120
        )
        # Its exit code is 0 even where it finds errors.
        assert json.loads(told.stdout) == [], f"{name} : {told.stdout}{told.stderr}"
