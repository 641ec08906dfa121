"""« À quoi ressemble ce papier ? »: drawings of one hand, each place numbered, in words beside."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
import yaml

from pex.errors import TemplateError
from pex.folders import PAPERS
from pex.law import read_law
from pex.letters.papers import paper_ids, papers_at, read_paper
from pex.outputs.papers import BADGE, draw_paper, write_papers
from pex.outputs.pictograms import names

SVG = "{http://www.w3.org/2000/svg}"
KEYS = {
    "id", "version", "titre_fr", "phrase_fr", "alt_fr", "pictogramme", "etapes", "principal", "places", "fondement", "certitude",
    "auteur", "licence", "tests", "statut",
}  # fmt: skip
GEOMETRY = {"path", "circle", "rect", "svg"}
MOST_PLACES = 6


def drawing(paper_id: str) -> ElementTree.Element:
    return ElementTree.fromstring((PAPERS / f"{paper_id}.svg").read_text(encoding="utf-8"))


def test_each_drawing_has_its_card_and_each_card_its_drawing() -> None:
    cards = {path.stem for path in PAPERS.glob("*.yaml")} - {"numeros"}
    assert cards == {path.stem for path in PAPERS.glob("*.svg")} == set(paper_ids())
    for paper_id in paper_ids():
        card = yaml.safe_load((PAPERS / f"{paper_id}.yaml").read_text(encoding="utf-8"))
        assert set(card) == KEYS and card["id"] == paper_id
        assert card["statut"] == "brouillon" or card["tests"], "aucun statut sans essai avec des lecteurs"


def test_papers_come_in_the_order_of_the_procedure_and_every_act_is_drawn() -> None:
    law = read_law()
    first = [min(law.stages[stage].order for stage in read_paper(paper_id).stages) for paper_id in paper_ids()]
    assert first == sorted(first)
    acts = {event for event, kind in law.events.items() if kind.official_act}
    assert acts == {
        "commandement_de_payer", "assignation", "signification_jugement", "commandement_de_quitter_les_lieux",
        "proces_verbal_expulsion",
    }  # fmt: skip
    assert acts <= set(paper_ids())
    for stage in law.stages.values():
        expected = stage.step is not None and stage.id != "impaye"
        assert bool(papers_at(stage.id)) == expected, stage.id
        assert sum(paper.is_main for paper in papers_at(stage.id)) == expected, stage.id


@pytest.mark.parametrize("paper_id", paper_ids())
def test_one_hand(paper_id: str) -> None:
    root = drawing(paper_id)
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, 210) and height in (150, 297)
    assert root.attrib["stroke"] == "currentColor" and root.attrib["stroke-linecap"] == "round"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in GEOMETRY, "ni texte, ni image, ni style"
        assert {element.get("fill", "none"), element.get("stroke", "currentColor")} <= {"currentColor", "#fff", "none"}
        assert not (element.text or "").strip()


@pytest.mark.parametrize("paper_id", paper_ids())
def test_places_are_on_the_paper_in_reading_order_and_their_badges_apart(paper_id: str) -> None:
    paper, height = read_paper(paper_id), float(drawing(paper_id).attrib["viewBox"].split()[3])
    assert 1 <= len(paper.places) <= MOST_PLACES
    badges = []
    for place in paper.places:
        x, y, width, high = place.zone
        assert x >= 14 and x + width <= 196 and y >= 8 and y + high <= height - 8, place.name
        badges.append((x + width, y + high / 2))
        assert len(place.name.split()) <= 5 and place.detail.endswith(".")
        assert all(len(sentence.split()) <= 15 for sentence in re.split(r"(?<=\.) ", place.detail))
    for index, (x, y) in enumerate(badges):
        for other_x, other_y in badges[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * BADGE) ** 2, "deux pastilles se touchent"
    # The name of the paper comes first, and the study at its left; the rest goes down the page.
    assert [y for _, y in badges][2:] == sorted(y for _, y in badges[2:])


@pytest.mark.parametrize("paper_id", paper_ids())
def test_the_drawing_holds_one_number_a_place_as_strokes(paper_id: str) -> None:
    text = draw_paper(paper_id)
    ElementTree.fromstring(text)
    assert text.count("<rect") == text.count('transform="translate(') == len(read_paper(paper_id).places)
    assert "<text" not in text


@pytest.mark.parametrize("paper_id", paper_ids())
def test_its_pictogram_is_in_the_bank_and_its_sources_are_told(paper_id: str) -> None:
    paper = read_paper(paper_id)
    assert paper.pictogram in names()
    assert paper.certainty in ("certaine", "a_confirmer")
    assert paper.sources


def test_a_page_a_paper_with_the_words_of_each_place_and_what_the_drawing_shows() -> None:
    from pypdf import PdfReader

    papers = [read_paper(paper_id) for paper_id in paper_ids()]
    content = write_papers(papers, read_law())
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == len(papers)
    for paper, page in zip(papers, reader.pages, strict=True):
        text = re.sub(r"\s+", "", page.extract_text())
        for place in paper.places:
            assert re.sub(r"\s+", "", place.name + place.detail) in text
        assert "0805160075" in text.replace("\u00a0", "")
        assert ("Laplacedechaquechosepeutchanger" in text) == (paper.certainty == "a_confirmer")
    described = re.sub(r"[\x00\\]", "", content.decode("latin-1"))
    assert described.count("/Figure") >= len(papers)


def test_a_paper_that_is_not_drawn_is_refused_by_name() -> None:
    with pytest.raises(TemplateError, match="congé"):
        read_paper("congé")
