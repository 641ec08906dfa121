"""The stage reached, what may follow, and what can still be done."""

from __future__ import annotations

from datetime import date, timedelta

from pex.dossier.facts import Evenement
from pex.timeline.case import Case
from pex.timeline.deadlines import compute_deadline
from pex.timeline.events import happened
from pex.timeline.place import SuspendedWithoutEnd, TruceNotSet
from pex.timeline.values import MOOT, SUSPENDED, Deadline, NextStage, Remedy, Suspension

RESOLVED = "situation_resolue"


def stage_reached(case: Case) -> str:
    """The furthest stage that events until today lead to; the first one where no event says more."""
    law, today = case.law, case.today
    if any(_resolves(event, case) for event in _happened_enders(case)):
        return RESOLVED
    best = None
    stage_of = law.stage_of
    for kind, events in case.events.items():
        if kind not in stage_of:
            continue
        stage, is_appointment = stage_of[kind]
        if (best is None or stage.order > best.order) and _came(events, today, is_appointment):
            best = stage
    return best.id if best else next(iter(law.stages))


def _came(events: list[Evenement], today: date, is_appointment: bool) -> bool:
    """True where one of the events came; for an appointment, where none is left to come, today included."""
    if is_appointment:
        return all(event.date is None or event.date < today for event in events)
    return any(happened(event, today) for event in events)


def paid_too_late(case: Case) -> bool:
    """True where the debt is paid but that did not end the procedure by itself."""
    return any(
        case.law.events[event.type].resolves == "before_lease_ends" and not _resolves(event, case)
        for event in _happened_enders(case)
    )


def paid_in_time(case: Case, payment: Evenement) -> bool:
    """True where the payment ended the procedure: before the end of the delay to pay, or under a judge's délais.

    Loi n° 89-462, art. 24, I and VII.
    """
    to_pay = compute_deadline(case.law.rules["delai_pour_payer"], case)
    if to_pay is None:
        return True
    if payment.date is None:
        return False
    if to_pay.last_day is not None and payment.date <= to_pay.last_day:
        return True
    return _paid_under_delais(case, payment.date)


def _paid_under_delais(case: Case, day: date) -> bool:
    """The clause is taken never to have operated where all is paid within the judge's délais (art. 24, VII)."""
    if case.holds("jugement.decision=delais_de_paiement") is not True:
        return False
    until = case.detail("jugement.delais_jusqu_au")
    broken = "delais_non_respectes" in case.events or "commandement_de_quitter_les_lieux" in case.events
    return isinstance(until, date) and day <= until and not broken


def _happened_enders(case: Case) -> list[Evenement]:
    if case.law.ending_events.isdisjoint(case.events):
        return []
    return [
        event
        for kind, events in case.events.items()
        if case.law.events[kind].resolves
        for event in events
        if happened(event, case.today)
    ]


def _resolves(event: Evenement, case: Case) -> bool:
    return case.law.events[event.type].resolves == "always" or paid_in_time(case, event)


def stages_that_may_follow(
    stage: str, case: Case, deadlines: tuple[Deadline, ...], suspensions: tuple[Suspension, ...]
) -> tuple[NextStage, ...]:
    """The next stages, with the day before which they cannot come, where every fact for it is known."""
    by_rule = {deadline.rule: deadline for deadline in deadlines}
    found = []
    for item in case.law.stages[stage].following:
        not_before: date | None = None
        if item.planned:
            not_before = case.last_day(item.planned)
        elif item.not_before:
            not_before = _execution_from_today(by_rule.get(item.not_before), case, suspensions)
        elif item.after:
            not_before = _day_after_all([by_rule[rule] for rule in item.after if rule in by_rule])
        found.append(NextStage(item.stage, not_before))
    return tuple(found)


def _execution_from_today(deadline: Deadline | None, case: Case, suspensions: tuple[Suspension, ...]) -> date | None:
    """A first day that is past says nothing of today: the truce or a holiday may have begun since."""
    if deadline is None or deadline.last_day is None or deadline.last_day >= case.today:
        return deadline.last_day if deadline else None
    holding = [item for item in suspensions if deadline.rule in item.suspends]
    try:
        return case.place.first_execution_day(case.today, holding)[0]
    except (TruceNotSet, SuspendedWithoutEnd):
        return None


def _day_after_all(deadlines: list[Deadline]) -> date | None:
    waiting = [deadline for deadline in deadlines if deadline.status != MOOT]
    if not waiting or any(deadline.last_day is None or deadline.status == SUSPENDED for deadline in waiting):
        return None
    return max(deadline.last_day for deadline in waiting if deadline.last_day) + timedelta(days=1)


def remedies_open(stage: str, case: Case, deadlines: tuple[Deadline, ...]) -> tuple[Remedy, ...]:
    """What is still possible: at this stage, for this landlord, not done, not out of time."""
    by_rule = {deadline.rule: deadline for deadline in deadlines}
    landlord, today = case.dossier.bailleur.type, case.today
    found = []
    for action in case.law.actions_at[stage]:
        if action.landlords and landlord not in action.landlords:
            continue
        if action.only_when and case.holds(action.only_when) is not True:
            continue
        if action.unless and case.holds(action.unless):
            continue
        if action.done_by and any(happened(event, today) for event in case.all_of(action.done_by)):
            continue
        name = action.until or action.best_before
        last_day, why = _useful_day(name, case, by_rule) if name else (None, None)
        if last_day is not None and last_day < today:
            if action.until:
                continue
            last_day = why = None
        found.append(Remedy(action.id, last_day, why))
    return tuple(found)


def _useful_day(name: str, case: Case, by_rule: dict[str, Deadline]) -> tuple[date | None, str | None]:
    """The day of a rule or of a planned event, and what it is."""
    deadline = by_rule.get(name)
    if deadline is not None:
        return deadline.last_day, deadline.name
    if name in case.law.events:
        day = case.last_day(name)
        return day, case.law.events[name].name if day else None
    return None, None
