"""A timeline arranged for a page: what counts first, what is over, the five big steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pex.letters.templates import read_words
from pex.timeline import Alert, Deadline, NextStage, Remedy, Suspension, Timeline
from pex.timeline.values import PAST, RUNNING, SUSPENDED, UNKNOWN


@dataclass(frozen=True, slots=True)
class PathStep:
    """One of the five big steps; `state` is done, here or ahead."""

    label: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What a page shows of a timeline. `running` are the deadlines ahead, nearest first."""

    timeline: Timeline
    path: tuple[PathStep, ...]
    running: tuple[Deadline, ...]
    unknown: tuple[Deadline, ...]
    over: tuple[Deadline, ...]
    pressing: tuple[Alert, ...]
    informing: tuple[Alert, ...]
    suspensions: tuple[Suspension, ...]
    next_stages: tuple[NextStage, ...]
    remedies: tuple[Remedy, ...]

    @property
    def today(self) -> date:
        return self.timeline.today

    @property
    def stage(self) -> str:
        return self.timeline.stage


def situation_of(timeline: Timeline) -> Situation:
    """The same facts, in the order in which a professional needs them."""
    ahead = [item for item in timeline.deadlines if item.status in (RUNNING, SUSPENDED) and item.last_day]
    unknown = [item for item in timeline.deadlines if item.status == UNKNOWN]
    shown = {item.rule for item in (*ahead, *unknown)}
    over = [item for item in timeline.deadlines if item.rule not in shown]
    return Situation(
        timeline=timeline,
        path=_path(timeline),
        running=tuple(sorted(ahead, key=lambda item: item.last_day or date.max)),
        unknown=tuple(unknown),
        over=tuple(sorted(over, key=lambda item: (item.status != PAST, item.last_day or date.min))),
        pressing=tuple(item for item in timeline.alerts if item.level != "information"),
        informing=tuple(item for item in timeline.alerts if item.level == "information"),
        suspensions=timeline.suspensions,
        next_stages=timeline.next_stages,
        remedies=timeline.remedies,
    )


def _path(timeline: Timeline) -> tuple[PathStep, ...]:
    words = read_words("fr")
    ids = list(words["steps"])
    here = ids.index(timeline.step) if timeline.step else None
    if here is None:
        return ()
    states = ["done" if place < here else "here" if place == here else "ahead" for place in range(len(ids))]
    told = {"done": words["states"]["done"], "here": words["states"]["here"], "ahead": words["states"]["may_happen"]}
    return tuple(
        PathStep(words["steps"][name]["label"], state, told[state]) for name, state in zip(ids, states, strict=True)
    )
