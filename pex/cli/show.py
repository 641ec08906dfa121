"""A timeline as words for a professional, on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from pex.dates import write_date
from pex.law import Law, Reference
from pex.law.wording import BOUND, CERTAINTIES, write_fact
from pex.timeline import Alert, Change, Deadline, NextStage, Remedy, Suspension, Timeline, Track
from pex.timeline.values import PAST, RUNNING, UNKNOWN
from pex.timeline.wording import EFFECTS, LEVELS, STATUSES, write_distance

WIDTH = 100


def full_report(timeline: Timeline, law: Law, letters: Sequence[str]) -> str:
    """Everything about one household, reasons and articles included."""
    stage = law.stages[timeline.stage].name
    return "\n".join(
        (
            _heading(f"{timeline.dossier.reference} : {stage}"),
            f"Situation au {write_date(timeline.today, weekday=True)}.",
            *_section("Échéances", *(_deadline(deadline, timeline.today, law) for deadline in timeline.deadlines)),
            *_section("Ce qui suspend", *(_suspension(item) for item in timeline.suspensions)),
            *_section("Voies parallèles", *(_track(item, law) for item in timeline.tracks)),
            *_section("À savoir", *(_alert(alert) for alert in timeline.alerts)),
            *_section("Ce qui peut suivre", *(_following(item, law) for item in timeline.next_stages)),
            *_section("Ce qui peut encore être fait", *(_remedy(item, law) for item in timeline.remedies)),
            *_section("Courrier qui convient", *(_item(id) for id in letters or ("aucun à cette étape",))),
        )
    )


def one_line(timeline: Timeline, law: Law) -> str:
    """Reference, stage, next deadline and the number of alerts that cannot wait."""
    ahead = [item for item in timeline.deadlines if item.status == RUNNING and item.last_day]
    nearest = min(ahead, key=lambda item: item.last_day or date.max, default=None)
    if nearest and nearest.last_day:
        when = f"{nearest.last_day:%d/%m/%Y} ({write_distance(nearest.last_day, timeline.today)}) {nearest.name}"
    elif any(item.status == UNKNOWN for item in timeline.deadlines):
        when = "il manque des faits pour calculer une date"
    else:
        when = "aucune échéance en cours"
    urgent = sum(alert.level == "urgent" for alert in timeline.alerts)
    mark = f" [{urgent} alerte urgente]" if urgent == 1 else f" [{urgent} alertes urgentes]" if urgent else ""
    return f"{timeline.dossier.reference:<16} {law.stages[timeline.stage].name:<34} {when}{mark}"


def _deadline(deadline: Deadline, today: date, law: Law) -> Iterator[str]:
    day = write_date(deadline.last_day, weekday=True) if deadline.last_day else "pas de date"
    yield f"  - {day} : {deadline.name}"
    status = STATUSES.get(deadline.status, deadline.status)
    if deadline.last_day and deadline.status in (RUNNING, PAST):
        status += f" ({write_distance(deadline.last_day, today)})"
    who = BOUND.get(deadline.binds, deadline.binds)
    # Without a date, nothing is sure: the certainty is that of the rule, and would mislead.
    certainty = f" · certitude : {CERTAINTIES[deadline.certainty]}" if deadline.last_day else ""
    yield from _under(f"{status} · pour {who}{certainty}")
    if deadline.in_short:
        yield from _under(f"En bref : {deadline.in_short}.")
    if deadline.last_day_extended:
        yield from _under(f"Autre lecture : {write_date(deadline.last_day_extended, weekday=True)}.")
    for reason in deadline.reasons:
        yield from _under(reason)
    if deadline.missing:
        yield from _under(f"Il manque : {', '.join(write_fact(path, law) for path in deadline.missing)}.")
    for reference in deadline.references:
        yield from _under(reference.title + (f" ({reference.href})" if reference.href else ""))


def _alert(alert: Alert) -> list[str]:
    effect = f" {alert.effect}" if alert.effect else ""
    return _item(f"{LEVELS.get(alert.level, alert.level)} : {alert.message}{effect}{_cited(alert.references)}")


def _following(item: NextStage, law: Law) -> list[str]:
    day = f", pas avant le {write_date(item.not_before, weekday=True)}" if item.not_before else ""
    return _item(law.stages[item.stage].name + day)


def _remedy(remedy: Remedy, law: Law) -> list[str]:
    action = law.actions[remedy.action]
    day = f", avant le {write_date(remedy.last_useful_day)} ({remedy.why})" if remedy.last_useful_day else ""
    return _item(action.name + day + _cited(action.references))


def _suspension(item: Suspension) -> Iterator[str]:
    until = f"jusqu'au {write_date(item.until, weekday=True)}" if item.until else "sans date de fin connue"
    yield from _item(f"{item.name}, {until} : {EFFECTS[item.effect]}{_cited(item.references)}")
    if item.at_most:
        yield from _under(f"Au plus tard le {write_date(item.at_most)}.")
    yield from _under(f"Ce qui y met fin : {item.ends_when}")


def _track(item: Track, law: Law) -> list[str]:
    """« FSL : Saisine du FSL, le 3 novembre 2026. Ensuite : … »."""
    said = f"{law.events[item.last].name}, {_on(item.since)}" if item.last else "rien encore"
    over = " (terminé)" if item.state == "terminee" else ""
    ahead = f" Prévu : {law.events[item.planned].name}, {_on(item.planned_on)}." if item.planned else ""
    return _item(f"{item.name} : {said}{over}.{ahead}")


def _on(day: date | None) -> str:
    return f"le {write_date(day)}" if day else "à une date inconnue"


def changes_report(timeline: Timeline, changes: Sequence[Change]) -> str:
    """What changed for one household, a line each."""
    heading = _heading(timeline.dossier.reference)
    return "\n".join((heading, *chain.from_iterable(_item(str(change)) for change in changes)))


def _cited(references: Sequence[Reference]) -> str:
    return f" [{' ; '.join(reference.title for reference in references)}]" if references else ""


def _heading(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _section(title: str, *items: Iterable[str]) -> list[str]:
    return ["", title, *chain.from_iterable(items)] if items else []


def _item(text: str) -> list[str]:
    return _wrap(text, "  - ", "    ")


def _under(text: str) -> list[str]:
    return _wrap(text, "    ", "      ")


def _wrap(text: str, first: str, then: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
