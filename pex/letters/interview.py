"""The page of an interview: what was explained, what was said back, what the household decides, when we meet again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pex.letters.blocks import Helper, Step
from pex.letters.marks import Facts
from pex.letters.papers import main_paper, paper_block, papers_at
from pex.letters.templates import fact_names, parse_spans, read_tool_words, read_words
from pex.letters.timeline_page import compose_timeline
from pex.letters.tools import ToolSheet, compose_tool
from pex.profile import Profile
from pex.timeline import Timeline

INTERVIEW = "entretien"
MOST_UNKNOWN = 3
MAY_STAY = ("loyer_impaye", "lettre_officielle", "rendez_vous_juge")
"""The big steps before the judge has decided: nobody has to leave."""


def compose_interview(timeline: Timeline, profile: Profile, language: str = "fr") -> ToolSheet:
    """The interview page of that household, from the words of its own timeline, which goes overleaf.

    Raises TemplateError for a language without words.
    """
    page = compose_timeline(timeline, profile, language)
    here = next((step for step in page.steps if step.state == "here"), None)
    paper = main_paper(timeline.stage)
    facts = {
        "personne": page.household or None,
        "etape": here.label if here else None,
        "papier": _lower(paper.title) if paper else None,
        "dates": _dates(here) if here else [],
        "rester": timeline.step in MAY_STAY,
        "solutions": ["".join(span.text for span in way.spans) for way in here.ways_out] if here else [],
        "inconnus": _unknown(timeline, language),
        "aides": _numbers(here.help) if here else None,
        "telephone": _phone(profile),
    }
    foot = f"{page.printed_on} · {page.label('reference')} : {page.reference}"
    return _sheet(facts, f"{foot} · {page.fictitious}" if page.fictitious else foot, language)


def compose_papers(timeline: Timeline, profile: Profile, language: str = "fr") -> ToolSheet | None:
    """The papers of the household's stage, drawn, with the places to look at; None at a stage without any."""
    papers = papers_at(timeline.stage)
    if not papers:
        return None
    words, page = read_tool_words("kit", language)["papiers"], compose_timeline(timeline, profile, language)
    return ToolSheet(
        id="papiers",
        language=language,
        title=words["titre"],
        intro=parse_spans(papers[-1].sentence),
        blocks=(*(paper_block(paper, language) for paper in papers), *((page.contact,) if page.contact else ())),
        foot=page.printed_on,
    )


def blank_interview(profile: Profile, foot: str, language: str = "fr") -> ToolSheet:
    """The same page for any household, to fill in by hand."""
    words = read_tool_words("kit", language)["entretien"]
    facts = {
        "etape": words["a_remplir"],
        "papier": words["a_remplir"],
        "dates": [{"mot": words["date"], "jour": words["a_remplir"]}],
        "rester": False,
        "solutions": words["solutions"],
        "inconnus": [],
        "telephone": _phone(profile),
    }
    return _sheet(facts, foot, language)


def _sheet(facts: Mapping[str, Any], foot: str, language: str) -> ToolSheet:
    named = ("personne", "etape", "papier", "aides", "telephone")
    known = {name: getattr(Facts("", dict(facts)), name) for name in named}
    return compose_tool(INTERVIEW, {**facts, **known}, foot, language)


def _numbers(helpers: Iterable[Helper]) -> str | None:
    """Those of them who can be called, with their number."""
    return " ".join(f"{helper.name}\u00a0: {helper.phone}." for helper in helpers if helper.phone) or None


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _dates(here: Step) -> list[dict[str, str]]:
    """The dates that run and the appointments to come, as the timeline tells them."""
    told = (*here.milestones, *here.deadlines)
    return [{"mot": item.label, "jour": item.date} for item in told if item.state == "here" and item.date]


def _unknown(timeline: Timeline, language: str) -> list[str]:
    """What to look for together: papers whose date nobody told, then facts without which a date cannot be counted.

    A fact that has no plain name is left to the office's own pages.
    """
    papers, names = read_words(language)["papers"], fact_names(language)
    asked = read_tool_words("kit", language)["entretien"]["date_du_papier"]
    dates = [
        asked.format(papier=papers[event.type])
        for event in timeline.dossier.evenements
        if event.date is None and event.type in papers
    ]
    missing = (path for deadline in timeline.deadlines for path in deadline.missing if path in names)
    return list(dict.fromkeys([*dates, *(names[path]["nom"] for path in missing)]))[:MOST_UNKNOWN]


def _phone(profile: Profile) -> str | None:
    office = profile.expediteur
    return office.telephone.replace(" ", "\u00a0") if office and office.telephone else None
