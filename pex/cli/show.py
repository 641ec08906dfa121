"""A timeline as words for a professional, on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from pex.dates import write_date
from pex.law import Action, Law, Reference
from pex.timeline import Alert, Deadline, NextStage, Timeline
from pex.timeline.values import MOOT, PAST, RUNNING, SUSPENDED, UNKNOWN

WIDTH = 100
STATUSES = {
    RUNNING: "en cours",
    PAST: "passée",
    UNKNOWN: "date inconnue",
    SUSPENDED: "suspendue",
    MOOT: "sans objet",
}
CERTAINTIES = {"certaine": "certaine", "discutee": "discutée par les juges", "a_confirmer": "à confirmer"}
BOUND = {
    "menage": "le ménage",
    "bailleur": "le bailleur",
    "commissaire_de_justice": "le commissaire de justice",
    "prefet": "le préfet",
    "travailleur_social": "le travailleur social",
    "juge": "le juge",
}
LEVELS = {"urgent": "URGENT", "attention": "Attention", "information": "Information"}


def full_report(timeline: Timeline, law: Law, letters: Sequence[str]) -> str:
    """Everything about one household, reasons and articles included."""
    stage = law.stages[timeline.stage].name
    return "\n".join(
        (
            _heading(f"{timeline.dossier.reference} : {stage}"),
            f"Situation au {write_date(timeline.today, weekday=True)}.",
            *_section("Échéances", *(_deadline(deadline, timeline.today) for deadline in timeline.deadlines)),
            *_section("À savoir", *(_alert(alert) for alert in timeline.alerts)),
            *_section("Ce qui peut suivre", *(_following(item, law) for item in timeline.next_stages)),
            *_section("Ce qui peut encore être fait", *(_action(law.actions[id]) for id in timeline.actions)),
            *_section("Courrier qui convient", *(_item(id) for id in letters or ("aucun à cette étape",))),
        )
    )


def one_line(timeline: Timeline, law: Law) -> str:
    """Reference, stage, next deadline and the number of alerts that cannot wait."""
    ahead = [item for item in timeline.deadlines if item.status == RUNNING and item.last_day]
    nearest = min(ahead, key=lambda item: item.last_day or date.max, default=None)
    if nearest and nearest.last_day:
        when = f"{nearest.last_day:%d/%m/%Y} ({_distance(nearest.last_day, timeline.today)}) {nearest.name}"
    elif any(item.status == UNKNOWN for item in timeline.deadlines):
        when = "il manque des faits pour calculer une date"
    else:
        when = "aucune échéance en cours"
    urgent = sum(alert.level == "urgent" for alert in timeline.alerts)
    mark = f" [{urgent} alerte urgente]" if urgent == 1 else f" [{urgent} alertes urgentes]" if urgent else ""
    return f"{timeline.dossier.reference:<16} {law.stages[timeline.stage].name:<34} {when}{mark}"


def _deadline(deadline: Deadline, today: date) -> Iterator[str]:
    day = write_date(deadline.last_day, weekday=True) if deadline.last_day else "pas de date"
    yield f"  - {day} : {deadline.name}"
    status = STATUSES.get(deadline.status, deadline.status)
    if deadline.last_day and deadline.status in (RUNNING, PAST):
        status += f" ({_distance(deadline.last_day, today)})"
    who = BOUND.get(deadline.binds, deadline.binds)
    certainty = CERTAINTIES.get(deadline.certainty, deadline.certainty)
    yield from _under(f"{status} · pour {who} · certitude : {certainty}")
    if deadline.last_day_extended:
        yield from _under(f"Autre lecture : {write_date(deadline.last_day_extended, weekday=True)}.")
    for reason in deadline.reasons:
        yield from _under(reason)
    if deadline.missing:
        yield from _under(f"Il manque : {', '.join(deadline.missing)}.")
    for reference in deadline.references:
        yield from _under(reference.title + (f" ({reference.href})" if reference.href else ""))


def _alert(alert: Alert) -> list[str]:
    return _item(f"{LEVELS.get(alert.level, alert.level)} : {alert.message}{_cited(alert.references)}")


def _following(item: NextStage, law: Law) -> list[str]:
    day = f", pas avant le {write_date(item.not_before, weekday=True)}" if item.not_before else ""
    return _item(law.stages[item.stage].name + day)


def _action(action: Action) -> list[str]:
    return _item(action.name + _cited(action.references))


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "c'est aujourd'hui"
    unit = "jour" if abs(days) == 1 else "jours"
    return f"dans {days} {unit}" if days > 0 else f"il y a {-days} {unit}"


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
