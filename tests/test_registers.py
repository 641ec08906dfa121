"""One source, three registers: dates, sums, places and remedies are the same in all."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from test_letters import SITUATIONS, household

from pex.errors import TemplateError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter, letters_for
from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Span
from pex.letters.papers import read_paper
from pex.letters.registers import COMPLETE, SIMPLE, STANDARD, split_sentences
from pex.outputs import write_letter
from pex.outputs.txt import plain
from pex.profile import Profile, read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
WHAT_COUNTS = re.compile(
    rf"\d+(?:er)? (?:{MONTHS}) \d{{4}}|\d[\d ]*(?:,\d\d)? €|0 ?\d(?:\d\d)?(?: \d\d){{3,4}}|\d+ h(?: \d\d)?|\d{{5}} [A-Z]\w+"
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(EXAMPLES / "profil")


def letter_in(register: str, situation: str, profile: Profile) -> Letter:
    timeline = build_timeline(household(SITUATIONS[situation]), read_law(), TODAY)
    (letter_id,) = letters_for(timeline)
    return compose_letter(letter_id, timeline, profile, register=register)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    for block in blocks:
        found.append(block.title or "")
        for content in block.contents:
            match content:
                case Paragraph(spans):
                    found.append(plain(spans))
                case ItemList(items):
                    found += [plain(item) for item in items]
                case _:
                    found += [plain(cell) for row in content.rows for cell in row]
    return found


def what_counts(blocks: tuple[Block, ...]) -> list[str]:
    return WHAT_COUNTS.findall(" ".join(texts(blocks)).replace("\u00a0", " "))


def words(blocks: tuple[Block, ...]) -> list[str]:
    return " ".join(texts(blocks)).split()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_dates_sums_places_and_remedies_are_the_same_in_every_register(situation: str, profile: Profile) -> None:
    standard, simple, complete = (letter_in(name, situation, profile) for name in (STANDARD, SIMPLE, COMPLETE))
    ours = tuple(block for block in complete.blocks if block.kind != "law" and block.id != "papier")
    assert what_counts(simple.blocks) == what_counts(standard.blocks) == what_counts(ours)
    assert words(simple.blocks) == words(standard.blocks) == words(ours)
    assert simple.title == standard.title == complete.title


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_simple_register_has_one_sentence_a_line(situation: str, profile: Profile) -> None:
    bodies = tuple(replace(block, title=None) for block in letter_in(SIMPLE, situation, profile).blocks)
    lines = "\n".join(texts(bodies)).replace("\u00a0", " ").split("\n")
    assert [line for line in lines if re.search(r"(?<!M)[.?!] [A-ZÀ-Ý]", line)] == []


def test_a_new_line_of_the_simple_register_is_one_in_every_format(profile: Profile) -> None:
    import io

    from docx import Document
    from pypdf import PdfReader

    letter = letter_in(SIMPLE, "alerte_caf", profile)
    paragraphs = Document(io.BytesIO(write_letter(letter, profile, "docx"))).paragraphs
    assert any("12\u00a0h.\nNous cherchons" in paragraph.text for paragraph in paragraphs)
    assert "<br>Nous cherchons" in write_letter(letter, profile, "html").decode()
    page = PdfReader(io.BytesIO(write_letter(letter, profile, "pdf"))).pages[0].extract_text()
    assert re.search(r"12 h\.\s*\n\s*Nous cherchons", page.replace("\u00a0", " "))


def test_the_complete_register_tells_each_running_date_with_its_articles(profile: Profile) -> None:
    law = letter_in(COMPLETE, "commandement_de_quitter_les_lieux", profile).blocks[-1]
    assert law.kind == "law"
    (items,) = law.contents
    assert isinstance(items, ItemList)
    told = [plain(item).replace("\u00a0", " ") for item in items.items]
    assert any("1er avril 2027" in item and "L. 412-6" in item for item in told)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_complete_register_draws_the_paper_and_says_where_to_look(situation: str, profile: Profile) -> None:
    letter = letter_in(COMPLETE, situation, profile)
    drawn = [block for block in letter.blocks if block.id == "papier"]
    (block,) = drawn
    (places, _) = block.contents
    assert isinstance(places, ItemList) and places.ordered and places.paper is not None
    told = [plain(item) for item in places.items]
    assert told == [f"{place.name}. {place.detail}" for place in read_paper(places.paper).places]
    page = write_letter(letter, profile, "html").decode()
    assert page.count('class="paper" role="img" aria-label=') == 1
    assert b"<w:drawing>" in document_of(write_letter(letter, profile, "docx"))
    assert read_paper(places.paper).alt.encode() in document_of(write_letter(letter, profile, "docx"))
    assert all(item in " ".join(write_letter(letter, profile, "txt").decode().split()) for item in told)
    assert not [block for block in letter_in(STANDARD, situation, profile).blocks if block.id == "papier"]


def document_of(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


@pytest.mark.parametrize("register", [SIMPLE, COMPLETE])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_register_holds_on_one_sheet(register: str, situation: str, profile: Profile) -> None:
    content = write_letter(letter_in(register, situation, profile), profile, "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) <= 2


def test_sentences_are_cut_only_where_one_ends() -> None:
    spans = (Span("Venez. M. Durand vient à 9 h. "), Span("Il est là.", strong=True), Span(" Et vous ?"))
    cut = ["".join(span.text for span in sentence) for sentence in split_sentences(spans)]
    assert cut == ["Venez.", "M. Durand vient à 9 h.", "Il est là.", "Et vous ?"]


def test_an_unknown_register_is_refused(profile: Profile) -> None:
    with pytest.raises(TemplateError, match="standard, simple, complet"):
        letter_in("facile", "alerte_caf", profile)
