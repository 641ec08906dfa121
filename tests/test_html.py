"""The page read back: the words of the letter in order, a structure that a screen reader can use, nothing from outside."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html
from samples import CONTACT, LETTER, NASTY_NAME, TIMELINE

from pex.errors import TemplateError
from pex.letters.blocks import Block, Letter, Paragraph, Span, TimelinePage
from pex.outputs import pictograms
from pex.outputs.html import write_letter, write_timeline
from pex.outputs.index_page import IndexEntry, write_index
from pex.outputs.txt import timeline_words, words
from pex.profile import Fenetre, Profile

PROFILE = Profile()
ENTRY = IndexEntry(
    "EX-1",
    "Mme Aïcha DURAND",
    "Assignation",
    (("Courrier, docx", "EX-1 a.docx"), ("Courrier, pdf", "EX-1.pdf"), ("Frise, pdf", "EX-1_frise.pdf")),
    "EX-1_frise.svg",
)


def letter_page(letter: Letter = LETTER, profile: Profile = PROFILE) -> lxml_html.HtmlElement:
    return read(write_letter(letter, profile))


def timeline_page(page: TimelinePage = TIMELINE) -> lxml_html.HtmlElement:
    return read(write_timeline(page, PROFILE))


def read(content: bytes) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(content.decode("utf-8"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def what_else_is_said(texts: tuple[str, ...], page: lxml_html.HtmlElement) -> set[str]:
    """The words of the page between these texts, which must come in this order."""
    whole, position, rest = bare("".join(page.xpath("//body//text()"))), 0, set()
    for text in map(bare, texts):
        found = whole.find(text, position)
        assert found >= 0, f"« {text} » manque, ou n’est pas à sa place"
        rest.add(whole[position:found])
        position = found + len(text)
    return {*rest, whole[position:]} - {""}


def bare(text: str) -> str:
    """Letters and digits alone: how a format separates its words does not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def test_the_page_says_the_words_of_the_letter_in_order_and_nothing_else():
    assert what_else_is_said(words(LETTER), letter_page()) == set()


def test_the_page_says_the_words_of_the_timeline_in_order_and_nothing_else():
    assert what_else_is_said(timeline_words(TIMELINE), timeline_page()) == set()


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, recipient=(NASTY_NAME,)),
        replace(LETTER, title=NASTY_NAME),
        replace(LETTER, place_and_date=NASTY_NAME),
        replace(LETTER, blocks=(Block("b", "section", NASTY_NAME, (Paragraph((Span(NASTY_NAME, strong=True),)),)),)),
        replace(LETTER, timeline=replace(TIMELINE, household=NASTY_NAME, printed_on=f"{NASTY_NAME}</style>\"'\\")),
    ],
    ids=["destinataire", "titre", "date", "bloc", "frise"],
)
def test_a_strange_name_comes_out_as_typed(letter: Letter):
    page = letter_page(letter)
    assert NASTY_NAME in page.text_content()
    assert page.xpath("//b") == []
    assert len(page.xpath("//style")) == 1
    assert what_else_is_said(words(letter), page) == set()


PAGES = {
    "courrier": lambda: write_letter(LETTER, PROFILE),
    "frise": lambda: write_timeline(TIMELINE, PROFILE),
    "sommaire": lambda: write_index("Exemples", (ENTRY,)),
}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_comes_from_outside(name: str):
    content = PAGES[name]()
    page = read(content)
    assert "http:" not in content.decode()
    assert "https:" not in content.decode()
    assert page.xpath("//script | //link | //iframe | //object | //base | //form | //@style") == []
    addresses = re.findall(r"url\(\"?(.{5})", content.decode())
    assert set(addresses) == {"data:"}
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_level_at_a_time(name: str):
    levels = [int(heading.tag[1]) for heading in read(PAGES[name]()).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_tells_its_language_its_title_and_its_parts(name: str):
    page = read(PAGES[name]())
    assert page.xpath("/html/@lang") == ["fr"]
    assert page.xpath("/html/@dir") == ["ltr"]
    assert page.xpath("string(//title)").strip()
    assert len(page.xpath("/html/body/main")) == 1
    assert len(page.xpath("/html/body/header")) == 1
    assert page.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]


def test_the_title_of_the_letter_is_the_heading_of_the_page():
    page = letter_page()
    assert page.xpath("string(//title)") == LETTER.title
    assert page.xpath("string(//h1)") == LETTER.title
    assert [heading.text_content() for heading in page.xpath("//article[1]//h2")] == [
        block.title for block in LETTER.blocks
    ]


def test_a_table_says_what_its_headers_are_for():
    table = letter_page().xpath("//table")[0]
    assert table.xpath("thead/tr/th/@scope") == ["col", "col"]
    assert table.xpath("tbody/tr/th/@scope") == ["row", "row"]
    assert table.xpath("string(tbody/tr[2]/th)") == "Vous ne venez pas"


def test_what_is_ordered_is_numbered():
    assert len(letter_page().xpath("//section[contains(@class, 'action')]//ol/li")) == 3


def test_the_current_step_is_told():
    page = timeline_page()
    assert len(page.xpath("//ol[@class='steps']/li")) == len(TIMELINE.steps)
    (here,) = page.xpath("//li[@aria-current='step']")
    assert "Rendez-vous avec le juge" in here.xpath("string(.//h2)")
    assert here.xpath("string(.//p[@class='state'])") == "Vous êtes ici"


def test_every_step_says_its_state_in_words():
    states = timeline_page().xpath("//ol[@class='steps']/li//p[@class='state']/text()")
    assert states == ["Fait", "Fait", "Vous êtes ici", "Peut arriver", "Peut arriver"]


def test_drawings_are_silent_because_the_words_beside_them_say_the_same():
    drawings = letter_page().xpath("//*[local-name()='svg']")
    assert len(drawings) > 15
    assert {drawing.get("aria-hidden") for drawing in drawings} == {"true"}


@pytest.mark.parametrize("name", pictograms.names())
def test_every_drawing_of_the_bank_can_stand_in_a_page(name: str):
    page = letter_page(replace(LETTER, blocks=(replace(CONTACT, pictogram=name),), timeline=None))
    (drawing,) = page.xpath("//*[local-name()='svg']")
    assert drawing.get("class") == "picto"
    assert drawing.get("viewbox") == "0 0 64 64"
    assert len(drawing)


def test_an_unknown_drawing_is_told():
    with pytest.raises(TemplateError, match="licorne"):
        write_letter(replace(LETTER, blocks=(replace(CONTACT, pictogram="licorne"),)), PROFILE)


def test_the_bank_gives_a_label_and_a_description():
    assert pictograms.label("audience") == "Rendez-vous avec le juge"
    assert pictograms.alt("audience").startswith("Une personne parle au juge")
    with pytest.raises(TemplateError, match="licorne"):
        pictograms.label("licorne")


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Appelez le 03 53 01 00 00.", ["0353010000"]),
        ("Appelez le 0\u00a0805\u00a016\u00a000\u00a075 : c’est gratuit.", ["0805160075"]),
        ("au 0805 16 00 75 ou au 03.53.01.00.00", ["0805160075", "0353010000"]),
        ("Référence 71 03 53 01 00 00 12", []),
        ("2 450 €, le 09/02/2027 à 9 h 30, 00100 BRUMEVILLE", []),
        ("numéro 203 53 01 00 00", []),
    ],
)
def test_only_telephone_numbers_can_be_tapped(text: str, called: list[str]):
    page = letter_page(replace(LETTER, sender_contact=(text,), blocks=(), timeline=None))
    assert page.xpath("//a/@href") == [f"tel:{digits}" for digits in called]
    assert text in page.text_content()


def test_words_of_another_language_carry_it():
    line = Paragraph((Span("Interprète : "), Span("هل تريد مترجما؟", strong=True, lang="ar")))
    page = letter_page(replace(LETTER, blocks=(Block("langues", "section", None, (line,)),)))
    (run,) = page.xpath("//main//span[@lang]")
    assert (run.get("lang"), run.get("dir"), run.text_content()) == ("ar", "rtl", "هل تريد مترجما؟")


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), ("xx", "ltr")])
def test_a_language_is_read_in_its_direction(language: str, direction: str):
    page = letter_page(replace(LETTER, language=language))
    assert (page.get("lang"), page.get("dir")) == (language, direction)


def test_the_window_of_the_envelope_is_the_office_s_own():
    style = letter_page(profile=Profile(fenetre=Fenetre(20, 45.5, 100, 40))).xpath("string(//style)")
    for name, value in (("left", "20mm"), ("top", "45.5mm"), ("width", "100mm"), ("height", "40mm")):
        assert f"--window-{name}: {value};" in style


def test_pages_are_counted_in_the_words_of_the_letter():
    style = letter_page().xpath("string(//style)")
    assert 'content: "Page " counter(page) " sur " counter(pages) "";' in style


def test_logo_and_signature_are_in_the_page(tmp_path: Path):
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "signature.png").write_bytes(b"\x89PNG")
    pictures = letter_page(profile=Profile(folder=tmp_path)).xpath("//img")
    assert [picture.get("src")[:20] for picture in pictures] == ["data:image/svg+xml;b", "data:image/png;base6"]
    assert [picture.get("alt") for picture in pictures] == ["", ""]


def test_the_overview_links_each_document_with_its_formats():
    page = read(write_index("Exemples", (ENTRY, replace(ENTRY, household="", thumbnail=None))))
    assert page.xpath("//h2/text()") == ["Mme Aïcha DURAND", "EX-1"]
    assert page.xpath("//li[1]//dt/text()") == ["Courrier", "Frise"]
    assert page.xpath("//li[1]//a/@href") == ["EX-1%20a.docx", "EX-1.pdf", "EX-1_frise.pdf"]
    assert page.xpath("//li[1]//a/@aria-label")[0] == "Courrier, docx, Mme Aïcha DURAND"
    assert page.xpath("//img/@src") == ["EX-1_frise.svg"]
