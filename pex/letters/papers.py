"""The papers a household receives, and where to look on each: « À quoi ressemble ce papier ? »."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pex.errors import TemplateError
from pex.folders import PAPERS
from pex.letters.blocks import Block, ItemList, Paragraph, Span
from pex.letters.templates import read_tool_words


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look on a paper: left, top, width and height in mm of an A4 sheet; its name, what is found there."""

    zone: tuple[float, float, float, float]
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the procedure: its name, what it is, its numbered places; `stages` are those at which it comes;
    `is_main` is false for one that only comes with another.

    `sources` are the texts that say what it must hold, `certainty` whether they were read.
    """

    id: str
    title: str
    sentence: str
    alt: str
    pictogram: str
    stages: tuple[str, ...]
    is_main: bool
    places: tuple[Place, ...]
    sources: str
    certainty: str


def main_paper(stage: str) -> Paper | None:
    """The paper that leads to that stage, None where there is none."""
    return next((paper for paper in papers_at(stage) if paper.is_main), None)


def paper_block(paper: Paper, language: str = "fr") -> Block:
    """« À quoi ressemble ce papier ? »: its drawing, the words of each numbered place, and that it is a model."""
    words = read_tool_words("kit", language)["papiers"]
    places = tuple((Span(f"{place.name}.", strong=True), Span(f" {place.detail}")) for place in paper.places)
    contents = (ItemList(places, ordered=True, paper=paper.id), Paragraph((Span(words["schema"]),)))
    return Block("papier", "section", f"{paper.title} : {words['question']}", contents, paper.pictogram)


@lru_cache(maxsize=1)
def paper_ids() -> tuple[str, ...]:
    """Ids of all papers, in the order of the procedure."""
    from pex.law import read_law

    order = read_law().stages
    found = sorted(path.stem for path in PAPERS.glob("*.svg"))
    return tuple(sorted(found, key=lambda paper_id: min(order[stage].order for stage in read_paper(paper_id).stages)))


@lru_cache(maxsize=32)
def read_paper(paper_id: str) -> Paper:
    """The paper of that id. Raises TemplateError for one that is not drawn."""
    import yaml

    path = PAPERS / f"{paper_id}.yaml"
    if not path.is_file():
        raise TemplateError(f"Le papier « {paper_id} » n'est pas dessiné. Voyez le dossier pictograms/papiers.")
    card = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Paper(
        id=paper_id,
        title=card["titre_fr"],
        sentence=card["phrase_fr"],
        alt=card["alt_fr"],
        pictogram=card["pictogramme"],
        stages=tuple(card["etapes"]),
        is_main=card["principal"],
        places=tuple(Place(_zone(place["zone"]), place["mot"], place["detail"]) for place in card["places"]),
        sources=card["fondement"],
        certainty=card["certitude"],
    )


def papers_at(stage: str) -> tuple[Paper, ...]:
    """The papers that a household holds at that stage, in the order of the procedure."""
    return tuple(paper for paper_id in paper_ids() if stage in (paper := read_paper(paper_id)).stages)


def _zone(numbers: list[float]) -> tuple[float, float, float, float]:
    left, top, width, height = numbers
    return left, top, width, height
