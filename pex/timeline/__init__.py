"""dossier + law + today → Timeline. Pure: no file, no clock."""

from __future__ import annotations

from datetime import date

from pex.dossier.facts import Dossier
from pex.law import Law
from pex.timeline.alerts import find_alerts
from pex.timeline.case import Case, open_case
from pex.timeline.compare import Change, compare_timelines, with_events
from pex.timeline.contract import changes_to_mapping, timeline_to_mapping
from pex.timeline.deadlines import compute_deadline, compute_deadlines
from pex.timeline.irregularities import find_irregularities
from pex.timeline.stage import paid_in_time, remedies_open, stage_reached, stages_that_may_follow
from pex.timeline.suspensions import active, find_suspensions, truce_now
from pex.timeline.tracks import find_tracks
from pex.timeline.values import Alert, Deadline, NextStage, Remedy, Suspension, Timeline, Track

__all__ = [
    "Alert",
    "Change",
    "Deadline",
    "NextStage",
    "Remedy",
    "Suspension",
    "Timeline",
    "Track",
    "build_timeline",
    "changes_to_mapping",
    "compare_timelines",
    "timeline_to_mapping",
    "with_events",
]

LEVELS = {"urgent": 0, "attention": 1, "information": 2}


def build_timeline(dossier: Dossier, law: Law, today: date) -> Timeline:
    """Where the household stands on `today`, which deadlines run and why, what can still be done."""
    case = open_case(dossier, law, today, paid_in_time)
    suspensions = find_suspensions(case, _deadline_of)
    deadlines = compute_deadlines(case, suspensions)
    by_rule = {deadline.rule: deadline for deadline in deadlines}
    stage = stage_reached(case)
    holding = active(suspensions, today)
    truce = truce_now(case)
    alerts = [*find_alerts(case, by_rule, suspensions), *find_irregularities(case, by_rule, suspensions)]
    return Timeline(
        dossier=dossier,
        today=today,
        stage=stage,
        step=law.stages[stage].step,
        deadlines=deadlines,
        suspensions=(*holding, truce) if truce else holding,
        tracks=find_tracks(case, deadlines),
        alerts=tuple(sorted(alerts, key=lambda item: (LEVELS[item.level], law.check_order[item.id], item.message))),
        next_stages=stages_that_may_follow(stage, case, deadlines, suspensions),
        remedies=remedies_open(stage, case, deadlines),
    )


def _deadline_of(rule: str, case: Case) -> Deadline | None:
    return compute_deadline(case.law.rules[rule], case)
