"""The letter as plain words: in order, whole, short lines."""

from dataclasses import replace

import pytest
from samples import LETTER, NASTY_NAME, TIMELINE, spans

from pex.letters.blocks import Block, ItemList, Letter, Paragraph
from pex.outputs.txt import WIDTH, plain, timeline_words, words, write_letter, write_timeline


def squeezed(text: str) -> str:
    return "".join(text.split())


def written(letter: Letter) -> str:
    return write_letter(letter).decode("utf-8")


def assert_in_order(texts: tuple[str, ...], whole: str) -> None:
    position = 0
    for text in texts:
        found = whole.find(squeezed(text), position)
        assert found >= 0, f"« {text} » manque, ou n’est pas à sa place"
        position = found + len(squeezed(text))


def test_the_text_says_the_words_of_the_letter_in_order():
    assert_in_order(words(LETTER), squeezed(written(LETTER)))


def test_the_text_says_the_words_of_the_timeline_in_order():
    assert_in_order(timeline_words(TIMELINE), squeezed(write_timeline(TIMELINE).decode("utf-8")))


def test_the_words_start_with_who_writes_and_end_with_the_day_of_printing_and_the_reference():
    said = words(LETTER)
    assert said[:2] == ("FICTIF : exemple inventé", "Préfecture du Val-de-Brume")
    assert said[-2] == "Imprimé le 1er décembre 2026"
    assert said.index(LETTER.title) < said.index("Ce que vous devez faire") < said.index(TIMELINE.title)


def test_the_words_have_no_empty_text():
    bare = replace(LETTER, fictitious=None, sender_contact=(), timeline=None)
    assert all(words(bare))
    assert LETTER.label("our_contact") not in words(bare)
    assert LETTER.label("our_contact") not in written(bare)


def test_no_line_is_longer_than_a_screen():
    title = "Venez au tribunal judiciaire de Brumeville-sur-Brume le mardi 9 février 2027 à 9 h 30 du matin"
    lines = written(replace(LETTER, title=title)).split("\n")
    assert max(map(len, lines)) <= WIDTH
    underline = next(number for number, line in enumerate(lines) if line.startswith("==="))
    assert " ".join(lines[underline - 2 : underline]) == title


@pytest.mark.parametrize(
    ("ordered", "start"), [(False, "- "), (True, "12. ")], ids=["liste à puces", "liste numérotée"]
)
def test_a_long_item_stays_under_its_own_words(ordered: bool, start: str):
    items = (*(spans("court"),) * 11, spans("mot " * 40))
    block = Block("liste", "section", None, (ItemList(items, ordered),))
    lines = written(replace(LETTER, blocks=(block,), timeline=None)).split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{start}mot"))
    assert lines[first + 1].startswith(" " * len(start) + "mot")


def test_a_strange_name_is_written_as_it_is():
    strange = replace(
        LETTER, recipient=(NASTY_NAME,), blocks=(Block("a", "section", None, (Paragraph(spans("oui")),)),)
    )
    assert NASTY_NAME in written(strange)


def test_strong_words_are_ordinary_words():
    assert plain(spans("Venez **mardi** au tribunal.")) == "Venez mardi au tribunal."
