"""What holds the procedure up: délais of a judge, moratorium, agreements kept, the winter truce."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pex.dossier.facts import Evenement
from pex.law.values import TO_CONFIRM, SuspensionRule
from pex.timeline.case import Case
from pex.timeline.place import TruceNotSet
from pex.timeline.values import Deadline, Suspension

TRUCE = "treve_hivernale"
DeadlineOf = Callable[[str, Case], Deadline | None]


def find_suspensions(case: Case, deadline_of: DeadlineOf) -> tuple[Suspension, ...]:
    """Every suspension that an event opened, past ones too, unless another event ended it since."""
    found = []
    for rule in case.law.suspensions.values():
        if rule.event not in case.events:
            continue
        event = _opening(rule, case)
        if event is not None:
            found.append(_suspension(rule, event, case, deadline_of))
    return tuple(found)


def active(suspensions: tuple[Suspension, ...], today: date) -> tuple[Suspension, ...]:
    """Those that hold on `today`; one whose end is not known holds."""
    return tuple(item for item in suspensions if item.holds_on(today))


def truce_now(case: Case) -> Suspension | None:
    """The winter truce, where it is on and a judge has ruled: it forbids the eviction and nothing else."""
    if "jugement" not in case.events and "commandement_de_quitter_les_lieux" not in case.events:
        return None
    if "proces_verbal_expulsion" in case.events:
        return None
    rule = case.place.truce_rule
    try:
        truce = case.place.truce_holding(case.today)
    except TruceNotSet:
        return None
    if truce is None:
        return None
    return Suspension(
        id=TRUCE,
        name="Trêve hivernale",
        effect="execution",
        since=truce.first_day,
        until=truce.last_day,
        ends_when="La fin de la trêve. Elle n'arrête ni le juge, ni les autres actes.",
        certainty=truce.certainty or rule.certainty if case.place.departement is not None else TO_CONFIRM,
        references=rule.version_at(truce.first_day).references if truce.first_day >= rule.versions[0].since else (),
    )


def _opening(rule: SuspensionRule, case: Case) -> Evenement | None:
    """The last event that opens it and that nothing ended since."""
    for event in reversed(case.events[rule.event]):
        if event.date is not None and event.date > case.today:
            continue
        if rule.when is not None and not _meets(rule.when, event):
            continue
        return None if _ended(rule, event, case) else event
    return None


def _meets(condition: str, event: Evenement) -> bool:
    name, _, value = condition.partition("=")
    found = event.precisions.get(name)
    return found is not None and (str(found) == value if value else bool(found))


def _ended(rule: SuspensionRule, event: Evenement, case: Case) -> bool:
    """An end of unknown date, or after an opening of unknown date, is believed: no false protection is shown."""
    return any(
        end.date is None or event.date is None or event.date <= end.date <= case.today
        for end in case.all_of(rule.ended_by)
    )


def _suspension(rule: SuspensionRule, event: Evenement, case: Case, deadline_of: DeadlineOf) -> Suspension:
    until = event.precisions.get(rule.until) if rule.until else None
    if rule.lasts:
        deadline = deadline_of(rule.lasts, case)
        until = deadline.last_day if deadline else None
    at_most = deadline_of(rule.at_most, case) if rule.at_most and until is None else None
    return Suspension(
        id=rule.id,
        name=rule.name,
        effect=rule.effect,
        since=event.date,
        until=until if isinstance(until, date) else None,
        ends_when=rule.ends_when,
        certainty=rule.certainty,
        at_most=at_most.at_most if at_most else None,
        suspends=rule.suspends,
        references=rule.references,
    )
