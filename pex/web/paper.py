"""The papers a timeline can be printed on from a page."""

from __future__ import annotations

from typing import NamedTuple

from pex.letters import compose_timeline
from pex.outputs import write_timeline
from pex.profile import Profile
from pex.timeline import Timeline


class Paper(NamedTuple):
    """A choice of the page: its name in the address, its words."""

    id: str
    label: str


SHEETS = {paper.id: paper for paper in (Paper("a4", "Une page A4"),)}


def draw(paper: Paper, timeline: Timeline, profile: Profile) -> bytes:
    """The PDF of the timeline on that paper."""
    return write_timeline(compose_timeline(timeline, profile), profile, "pdf")
