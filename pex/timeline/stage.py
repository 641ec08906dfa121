"""The stage reached, what may follow, and what can still be done."""

from __future__ import annotations

from datetime import date, timedelta

from pex.dossier.facts import Dossier, Evenement
from pex.law import Law
from pex.timeline.events import events_of, happened, last_event
from pex.timeline.values import MOOT, Deadline, NextStage

RESOLVED = "situation_resolue"


def stage_reached(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...], today: date) -> str:
    """The furthest stage that events until `today` lead to; the first one where no event says more."""
    if any(_resolves(event, law, deadlines) for event in dossier.evenements if happened(event, today)):
        return RESOLVED
    stages = [
        law.stages[kind.stage]
        for event in dossier.evenements
        if happened(event, today) and (kind := law.events[event.type]).stage
    ]
    return max(stages, key=lambda stage: stage.order).id if stages else next(iter(law.stages))


def paid_too_late(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...], today: date) -> bool:
    """True where the debt is paid but that did not end the procedure by itself."""
    return any(
        law.events[event.type].resolves == "before_lease_ends" and not _resolves(event, law, deadlines)
        for event in dossier.evenements
        if happened(event, today)
    )


def _resolves(event: Evenement, law: Law, deadlines: tuple[Deadline, ...]) -> bool:
    how = law.events[event.type].resolves
    if how != "before_lease_ends":
        return how == "always"
    to_pay = next((deadline for deadline in deadlines if deadline.rule == "delai_pour_payer"), None)
    if to_pay is None:
        return True
    return event.date is not None and to_pay.last_day is not None and event.date <= to_pay.last_day


def stages_that_may_follow(
    stage: str, dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...]
) -> tuple[NextStage, ...]:
    """The next stages, with the day before which they cannot come, where every fact for it is known."""
    by_rule = {deadline.rule: deadline for deadline in deadlines}
    found = []
    for item in law.stages[stage].following:
        not_before: date | None = None
        if item.planned:
            event = last_event(dossier, item.planned)
            not_before = event.date if event else None
        elif item.not_before:
            not_before = by_rule[item.not_before].last_day if item.not_before in by_rule else None
        elif item.after:
            not_before = _day_after_all([by_rule[rule] for rule in item.after if rule in by_rule])
        found.append(NextStage(item.stage, not_before))
    return tuple(found)


def _day_after_all(deadlines: list[Deadline]) -> date | None:
    waiting = [deadline for deadline in deadlines if deadline.status != MOOT]
    if not waiting or any(deadline.last_day is None for deadline in waiting):
        return None
    return max(deadline.last_day for deadline in waiting if deadline.last_day) + timedelta(days=1)


def actions_open(
    stage: str, dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...], today: date
) -> tuple[str, ...]:
    """Ids of the actions still possible: of this stage, for this landlord, not done, not out of time."""
    last_days = {deadline.rule: deadline.last_day for deadline in deadlines}
    found = []
    for action in law.actions.values():
        if stage not in action.stages:
            continue
        if action.landlords and dossier.bailleur.type not in action.landlords:
            continue
        if any(happened(event, today) for event in events_of(dossier, action.done_by)):
            continue
        last_day = last_days.get(action.until or "")
        if last_day is not None and last_day < today:
            continue
        found.append(action.id)
    return tuple(found)
