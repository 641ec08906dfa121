"""Every letter of the catalogue, written whole: its approved text, and the rules that each kind follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from catalogue import complete_letter

from pex.folders import EXAMPLES, LETTER_TEMPLATES, PICTOGRAMS
from pex.letters import letter_ids
from pex.letters.blocks import ItemList
from pex.letters.templates import HOUSEHOLD, fact_names, read_template
from pex.outputs import write_letter
from pex.outputs.txt import write_letter as write_text
from pex.profile import Profile, read_profile

APPROVED = Path(__file__).parent / "letters" / "catalogue"
LETTERS = letter_ids()
TO_HOUSEHOLD = [
    letter_id
    for letter_id in LETTERS
    if (read := read_template(letter_id)).recipient == HOUSEHOLD and read.sender != HOUSEHOLD
]
IMPERATIVE = re.compile(
    r"(Appelez|Payez|Venez|Demandez|Préparez|Répondez|Gardez|Donnez|Reprenez|Rencontrez|Lisez|Continuez|Écrivez|Suivez)"
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile(EXAMPLES / "profil")


@pytest.mark.parametrize("letter_id", LETTERS)
def test_the_whole_text_is_the_approved_one(letter_id: str, profile: Profile) -> None:
    text = write_text(complete_letter(letter_id, profile)).decode()
    assert text == (APPROVED / f"{letter_id}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("letter_id", LETTERS)
def test_nothing_is_left_blank(letter_id: str, profile: Profile) -> None:
    text = write_text(complete_letter(letter_id, profile)).decode()
    assert not re.search(r"\bNone\b|\{\{|\}\}|\{%|[\ue000-\uf8ff]|  ,| ,|\.\.|:\s*\.", text.replace("…", ""))


@pytest.mark.parametrize("letter_id", TO_HOUSEHOLD)
def test_a_letter_to_a_household_starts_with_what_to_do_and_says_whom_to_call(letter_id: str, profile: Profile) -> None:
    letter = complete_letter(letter_id, profile)
    assert IMPERATIVE.match(letter.title), letter.title
    assert letter.blocks[0].kind == "action"
    (actions,) = letter.blocks[0].contents
    assert isinstance(actions, ItemList) and actions.ordered and 1 <= len(actions.items) <= 3
    assert letter.blocks[-1].kind == "contact"


@pytest.mark.parametrize("letter_id", LETTERS)
def test_a_letter_says_who_asks_for_it_and_what_it_rests_on(letter_id: str) -> None:
    template = read_template(letter_id)
    assert template.sources or template.family == "partenaire", "fondement"
    assert template.certainty in ("certaine", "a_confirmer")
    if template.certainty == "a_confirmer":
        assert template.note
    assert len(template.subject.split()) <= 8


@pytest.mark.parametrize("letter_id", LETTERS)
def test_its_pictograms_exist_and_its_missing_facts_have_a_name(letter_id: str) -> None:
    text = (LETTER_TEMPLATES / "fr" / f"{letter_id}.md").read_text(encoding="utf-8")
    for name in re.findall(r"picto=([a-z_]+)", text):
        assert (PICTOGRAMS / f"{name}.svg").is_file(), name
    assert set(read_template(letter_id).needs) <= set(fact_names())


@pytest.mark.parametrize("letter_id", LETTERS)
def test_it_holds_on_two_pages(letter_id: str, profile: Profile) -> None:
    content = write_letter(complete_letter(letter_id, profile), profile, "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) <= 2


def test_a_letter_that_the_household_signs_is_on_plain_paper(profile: Profile) -> None:
    html = write_letter(complete_letter("delais_jex", profile), profile, "html").decode()
    assert "<img" not in html
    assert b"<img" in write_letter(complete_letter("alerte_caf", profile), profile, "html")


def write_approved() -> None:
    """Rewrite the approved texts: `PYTHONPATH=.:tests python tests/test_catalogue.py`, then read the diff."""
    APPROVED.mkdir(parents=True, exist_ok=True)
    profile = read_profile(EXAMPLES / "profil")
    for letter_id in LETTERS:
        (APPROVED / f"{letter_id}.txt").write_bytes(write_text(complete_letter(letter_id, profile)))


if __name__ == "__main__":
    write_approved()
