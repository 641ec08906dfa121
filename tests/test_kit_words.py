"""What a household reads in the kit, the poster and the interview is held to the rules of the letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from pex.dossier import read_dossiers
from pex.folders import EXAMPLES
from pex.kit.cards import question_cards, solution_cards, step_cards
from pex.law import read_law
from pex.letters.blocks import ItemList, Paragraph, Table
from pex.letters.interview import compose_interview
from pex.letters.papers import paper_ids, read_paper
from pex.letters.templates import read_tool_words, read_words
from pex.letters.tools import law_blanks
from pex.plain_language import BLOCKING, check_text, read_plain
from pex.profile import read_profile
from pex.timeline import build_timeline

DAY = date(2026, 11, 26)
LAW = read_law()
WORDS, POSTER = read_tool_words("kit"), read_tool_words("affiche")
GENERAL = {"R05", "R22", "R23"}
"""A card or a poster tells lengths, for it knows no household's date (R05); the official word of a paper, and the
letters on it, are what it teaches to recognise: the other face of the card explains them (R22, R23)."""


def said(runs: Iterable[dict[str, object]]) -> str:
    return "".join(str(run["text"]) for run in runs)


def cards() -> list[str]:
    steps = step_cards(LAW, DAY, WORDS, read_words())
    found = [f"{item['name']}. {said(item['sentence'])}" for item in (*steps, *solution_cards(LAW, DAY, WORDS))]
    return [*found, *(f"{item['question']} {said(item['answer'])}" for item in question_cards(LAW, DAY, WORDS))]


def papers() -> list[str]:
    found = []
    for paper in map(read_paper, paper_ids()):
        found += [paper.sentence, *(f"{place.name}. {place.detail}" for place in paper.places)]
    return found


def poster() -> list[str]:
    lengths = law_blanks(LAW, DAY)
    items = [item for step in POSTER["etapes"].values() for item in step] + [POSTER["treve"]]
    sentences = [item["phrase"].format(duree=lengths.get(item["regle"], "")).replace("**", "") for item in items]
    return [*sentences, POSTER["titre"], POSTER["sous_titre"], POSTER["appel_detail"]]


def interviews() -> list[str]:
    profile, found = read_profile(EXAMPLES / "profil"), []
    for dossier in read_dossiers(EXAMPLES / "menages.yaml", law_events=LAW.events, today=DAY).dossiers:
        for block in compose_interview(build_timeline(dossier, LAW, DAY), profile).blocks:
            found.append(f"{block.title}.")
            for content in block.contents:
                match content:
                    case Paragraph(spans):
                        found.append("".join(span.text for span in spans))
                    case ItemList(items):
                        found += ["".join(span.text for span in item) for item in items]
                    case Table(_, rows):
                        found += ["".join(span.text for span in row[0]) + "." for row in rows]
    return list(dict.fromkeys(text.replace("☐ ", "") for text in found))


@pytest.mark.parametrize("texts", [cards, papers, poster, interviews], ids=lambda texts: texts.__name__)
def test_nothing_blocks_a_reader(texts) -> None:  # type: ignore[no-untyped-def]
    report = check_text(read_plain("\n\n".join(texts()).replace("\u00a0", " "), texts.__name__))
    blocking = [remark for remark in report.remarks if remark.level == BLOCKING and remark.rule not in GENERAL]
    assert not blocking, "\n".join(map(str, blocking))
