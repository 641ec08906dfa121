"""dossier + law + today → Timeline. Pure: no file, no clock."""

from __future__ import annotations

from datetime import date

from pex.dossier.facts import Dossier
from pex.law import Law
from pex.timeline.alerts import find_alerts
from pex.timeline.contract import timeline_to_mapping
from pex.timeline.deadlines import compute_deadlines
from pex.timeline.stage import actions_open, stage_reached, stages_that_may_follow
from pex.timeline.values import Alert, Deadline, NextStage, Timeline

__all__ = ["Alert", "Deadline", "NextStage", "Timeline", "build_timeline", "timeline_to_mapping"]


def build_timeline(dossier: Dossier, law: Law, today: date) -> Timeline:
    """Where the household stands on `today`, which deadlines run and why, what can still be done."""
    deadlines = compute_deadlines(dossier, law, today)
    stage = stage_reached(dossier, law, deadlines, today)
    return Timeline(
        dossier=dossier,
        today=today,
        stage=stage,
        step=law.stages[stage].step,
        deadlines=deadlines,
        alerts=find_alerts(dossier, law, deadlines, today),
        next_stages=stages_that_may_follow(stage, dossier, law, deadlines),
        actions=actions_open(stage, dossier, law, deadlines, today),
    )
