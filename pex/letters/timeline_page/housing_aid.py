"""The housing aid (APL): what goes on at the CAF, the MSA or the commission, beside the procedure."""

from __future__ import annotations

from pex.letters.blocks import Step
from pex.letters.templates import parse_spans
from pex.letters.timeline_page.steps import write_deadlines
from pex.letters.timeline_page.telling import Telling
from pex.timeline.stage import RESOLVED

TRACK = "aide_logement"
REPORT, DECISION = "signalement_caf", "decision_aide_logement"
MOST_MILESTONES = 2
"""The most recent are kept: the frame stands beside five steps."""
EARLY = frozenset({"impaye", "alerte_caf", "commandement_de_payer", "assignation", "audience"})
"""The stages at which a report to the CAF or the MSA alone still matters."""


def housing_aid(told: Telling) -> Step | None:
    """A step beside the others; None where nothing is known of the aid."""
    events = [kind for kind, entry in told.words["events"].items() if entry.get("track") == TRACK]
    is_known = any(kind in told.case.events for kind in events)
    reported = REPORT in told.case.events and told.timeline.stage in EARLY
    if told.timeline.stage == RESOLVED or not (is_known or reported):
        return None
    entry = told.words[TRACK]
    found = (told.milestone(event) for event in told.case.all_of(events))
    ways_out = [action for action in entry["ways_out"] if action in told.timeline.actions]
    payer = _payer(told)
    return Step(
        id=TRACK,
        number=None,
        label=entry["label"],
        pictogram=entry["pictogram"],
        state="beside",
        state_label=told.state("beside"),
        sentence=parse_spans(_sentence(told, entry["sentences"])),
        milestones=tuple(milestone for milestone in found if milestone)[-MOST_MILESTONES:],
        deadlines=tuple(write_deadlines(told, TRACK)),
        ways_out=told.ways_out(ways_out, short=True),
        ways_label=told.words["labels"]["ways_out"] if ways_out else "",
        help=told.helpers([payer] if payer else []),
    )


def _payer(told: Telling) -> str | None:
    """« caf » or « msa », where the report says which."""
    payer = told.case.detail(f"{REPORT}.organisme")
    return str(payer) if payer in told.words["helpers"] else None


def _sentence(told: Telling, sentences: dict[str, str]) -> str:
    decision = told.case.detail(f"{DECISION}.decision")
    if decision in sentences:
        return sentences[str(decision)]
    reform = told.law.rules["plan_apurement_caf"].versions[-1].since
    if told.today >= reform:
        return sentences["commission"]
    payer = told.words["organismes"][_payer(told) or "unknown"]
    return sentences["before"].format(payer=payer[0].upper() + payer[1:])
