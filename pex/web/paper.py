"""What can be printed for an interview: the timeline, the page to fill in together, the papers as they look."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pex.errors import PexError
from pex.letters import compose_timeline
from pex.letters.interview import compose_interview, compose_papers
from pex.letters.timeline_page.versions import COMPLETE, FEW_WORDS, IN_PICTURES
from pex.outputs import write_timeline
from pex.outputs.interview import write_household_papers, write_interview
from pex.outputs.timeline_sheet import A3, A4, ORDINARY, STRIP, Sheet
from pex.profile import Profile
from pex.timeline import Timeline


class Paper(NamedTuple):
    """A choice of the page: its name in the address, its words, and what draws its PDF."""

    id: str
    label: str
    draw: Callable[[Timeline, Profile], bytes]


def _timeline(sheet: Sheet = ORDINARY, version: str = COMPLETE) -> Callable[[Timeline, Profile], bytes]:
    return lambda timeline, profile: write_timeline(
        compose_timeline(timeline, profile, version=version), profile, "pdf", sheet
    )


def _interview(timeline: Timeline, profile: Profile) -> bytes:
    """The page to fill in, the timeline overleaf."""
    overleaf = compose_timeline(timeline, profile)
    return write_interview(compose_interview(timeline, profile), overleaf, profile, overleaf.label("page"), "pdf")


def _papers(timeline: Timeline, profile: Profile) -> bytes:
    """The papers of the stage, drawn. Raises PexError at a stage without any."""
    sheet = compose_papers(timeline, profile)
    if sheet is None:
        raise PexError("Il n'y a pas de papier officiel à montrer à cette étape.")
    page_label = compose_timeline(timeline, profile).label("page")
    return write_household_papers(sheet, profile, page_label, "pdf")


SHEETS = {
    paper.id: paper
    for paper in (
        Paper("a4", "La frise, une page A4", _timeline()),
        Paper("gros-caracteres", "En gros caractères", _timeline(Sheet(A4, large=True))),
        Paper("a3", "En A3, pour parler autour d'une table", _timeline(Sheet(A3))),
        Paper("bande", "Une bande à plier dans la poche", _timeline(Sheet(STRIP))),
        Paper("peu-de-mots", "Avec peu de mots", _timeline(version=FEW_WORDS)),
        Paper("images", "En images", _timeline(version=IN_PICTURES)),
        Paper("entretien", "Page d'entretien et frise", _interview),
        Paper("papiers", "À quoi ressemble le papier", _papers),
    )
}
