"""The drawing of a paper with its numbered places, and the sheet « À quoi ressemble ce papier ? »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from pex.folders import PAPERS
from pex.law import Law
from pex.law.values import CERTAIN
from pex.letters.blocks import Block, ItemList
from pex.letters.papers import Paper, Place, read_paper
from pex.letters.templates import read_tool_words
from pex.outputs.pictograms import svg

BADGE = 9.5
"""Radius of a numbered badge, in millimetres of the drawn A4 sheet."""


@lru_cache(maxsize=32)
def draw_paper(paper_id: str) -> str:
    """The drawing as SVG, each place framed and numbered; the numbers are strokes, there is no text in it."""
    paper = read_paper(paper_id)
    drawing = (PAPERS / f"{paper_id}.svg").read_text(encoding="utf-8")
    marks = "".join(_place(place, digit) for place, digit in zip(paper.places, _digits(), strict=False))
    return drawing.replace("</svg>", f"{marks}</svg>")


def _place(place: Place, digit: str) -> str:
    """A frame around what to look at, and a solid badge on its right edge, where lines end, its number in white."""
    left, top, width, height = place.zone
    right, middle = left + width, top + height / 2
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="5" stroke-width="2.8"/>\n'
        f'<circle cx="{right}" cy="{middle}" r="{BADGE}" fill="currentColor" stroke="#fff" stroke-width="2.4"/>\n'
        f'<path transform="translate({right} {middle})" d="{digit}" stroke="#fff" stroke-width="2.4"/>\n'
    )


@lru_cache(maxsize=1)
def _digits() -> tuple[str, ...]:
    import yaml

    return tuple(yaml.safe_load((PAPERS / "numeros.yaml").read_text(encoding="utf-8")).values())


def give_drawings(blocks: Sequence[Block], raw_blocks: Sequence[dict[str, Any]]) -> None:
    """Give each list of `raw_blocks` that tells the places of a paper, the same blocks as values, its drawing."""
    for block, raw_block in zip(blocks, raw_blocks, strict=True):
        for content, raw in zip(block.contents, raw_block["contents"], strict=True):
            if isinstance(content, ItemList) and content.paper:
                raw["drawing"] = {"svg": draw_paper(content.paper), "alt": read_paper(content.paper).alt}


def write_papers(papers: Sequence[Paper], law: Law, language: str = "fr") -> bytes:
    """The sheets « À quoi ressemble ce papier ? », one A4 page a paper, as one PDF."""
    from pex.outputs.typst_engine import compile_pages

    words = read_tool_words("kit", language)["papiers"]
    number = law.helplines["sos_loyers_impayes"].number.replace(" ", "\u00a0")
    names = {paper.pictogram for paper in papers} | {"appel_gratuit"}
    data = {
        "title": words["titre"],
        "words": words,
        "call": words["appel"].format(numero=number),
        "papers": [
            {**asdict(paper), "svg": draw_paper(paper.id), "sure": paper.certainty == CERTAIN} for paper in papers
        ],
        "pictograms": {name: svg(name) for name in sorted(names)},
    }
    return compile_pages("papers", data)
