"""The five big steps: what happened at each, what runs, what may happen, the way out, who helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pex.dossier.facts import Evenement
from pex.law.values import CERTAIN
from pex.letters.blocks import Milestone, Note, Step, StepState
from pex.letters.no_breaks import bind
from pex.letters.templates import parse_spans
from pex.letters.timeline_page.notes import pauses, truce_band
from pex.letters.timeline_page.telling import Telling
from pex.timeline import Deadline
from pex.timeline.events import happened
from pex.timeline.stage import RESOLVED
from pex.timeline.values import RUNNING, SUSPENDED

MOST_MILESTONES = 6
"""At the current step; the most recent are kept."""
MOST_DONE = 3
"""At a step that is over."""
MOST_DEADLINES = 4
MOST_WAYS_OUT = 4
MOST_STILL_OPEN = 2
HELPERS: dict[StepState, int] = {"done": 1, "here": 3, "may_happen": 2}
TRUCE_STEP = "partir_ou_rester"
EVICTED = "expulsion"


def write_steps(told: Telling) -> tuple[Step, ...]:
    """The five steps; once the situation is resolved, those that were reached."""
    ids = list(told.words["steps"])
    here = ids.index(told.timeline.step) if told.timeline.step else None
    by_step = _milestones(told, ids, here)
    furthest = _furthest(told, ids)
    steps = []
    for index, step_id in enumerate(ids):
        if here is None and index > furthest:
            continue
        state: StepState = "here" if index == here else "may_happen" if index > furthest else "done"
        steps.append(_step(told, step_id, index + 1, state, by_step.get(index, [])))
    return tuple(steps)


def _furthest(told: Telling, ids: list[str]) -> int:
    """The furthest step reached: one that was passed without a known event is done too."""
    stages = (
        told.law.events[event.type].stage
        for events in told.case.events.values()
        for event in events
        if happened(event, told.today)
    )
    steps = (told.law.stages[stage].step for stage in stages if stage)
    return max((ids.index(step) for step in steps if step), default=0)


def _step(told: Telling, step_id: str, number: int, state: StepState, milestones: list[Milestone]) -> Step:
    entry = told.words["steps"][step_id]
    labels = told.words["labels"]
    resolved = told.timeline.stage == RESOLVED
    if state == "here":
        milestones = milestones[-MOST_MILESTONES:]
        ways_out, ways_label = _open_now(told), labels["ways_out"]
    elif state == "done":
        milestones = milestones[-MOST_DONE:]
        ways_out, ways_label = _still_open(told, entry["still"]), labels["ways_out_done"]
    else:
        ways_out, ways_label = tuple(entry["ways_out"]), labels["ways_out_next"]
    bands: list[Note] = []
    if state == "here":
        bands += pauses(told)
    if step_id == TRUCE_STEP and not resolved and told.timeline.stage != EVICTED:
        bands.append(truce_band(told, is_here=state == "here"))
    return Step(
        id=step_id,
        number=number,
        label=entry["label"],
        pictogram=entry["pictogram"],
        state=state,
        state_label=told.state(state),
        # What happened says it better, with its date.
        sentence=() if state == "done" and milestones else parse_spans(entry["sentence"]),
        milestones=tuple(milestones),
        deadlines=tuple(write_deadlines(told)) if state == "here" else (),
        ways_out=told.ways_out(ways_out, short=state != "here"),
        ways_label=ways_label if ways_out else "",
        help=told.helpers(entry["help"][: HELPERS[state]]) if not resolved else (),
        bands=tuple(bands),
    )


def _open_now(told: Telling) -> tuple[str, ...]:
    timeline = told.timeline
    shown = [action for action in told.words["actions_shown"].get(timeline.stage, ()) if action in timeline.actions]
    return tuple(shown[:MOST_WAYS_OUT] or timeline.actions[:MOST_WAYS_OUT])


def _still_open(told: Telling, actions: Iterable[str]) -> tuple[str, ...]:
    """What a step that is over leaves possible, as the calculation says, without what the zoom already offers."""
    open_now = _open_now(told)
    still = [action for action in actions if action in told.timeline.actions]
    return tuple([action for action in still if action not in open_now] or still)[:MOST_STILL_OPEN]


def _milestones(told: Telling, ids: list[str], here: int | None) -> dict[int, list[Milestone]]:
    """What happened, what is planned, then what may follow, each at its step."""
    found: dict[int, list[Milestone]] = {}
    place = 0
    for event in _events(told):
        stage = told.law.events[event.type].stage
        own = told.law.stages[stage].step if stage else None
        if own is not None:
            place = max(place, ids.index(own))
        milestone = told.milestone(event)
        if milestone is None:
            continue
        planned_now = own is None and not happened(event, told.today) and here is not None
        found.setdefault(here if planned_now and here is not None else place, []).append(milestone)
    for step, milestone in _following(told, ids):
        found.setdefault(step, []).append(milestone)
    return found


def _events(told: Telling) -> list[Evenement]:
    """Events of the procedure under way that have words, but those of the housing aid; oldest first."""
    words = told.words["events"]
    return told.case.all_of([kind for kind in words if "track" not in words[kind]])


def _following(told: Telling, ids: list[str]) -> Iterator[tuple[int, Milestone]]:
    """The next stages; a day only where it is certain and still to come; « paused » where a pause holds them up."""
    planned = {
        event.type
        for events in told.case.events.values()
        for event in events
        if event.date is not None and not happened(event, told.today)
    }
    held = {rule for pause in told.timeline.suspensions for rule in pause.suspends}
    for item in told.timeline.next_stages:
        entry = told.words["stages"].get(item.stage)
        step = told.law.stages[item.stage].step
        if entry is None or step is None or item.stage in planned:
            continue
        if held:
            milestone = told.dated(entry["label"], "paused", "paused", None, None, entry["pictogram"])
        else:
            day = item.not_before if item.not_before and item.not_before > told.today else None
            words = told.words["labels"]["not_before"].format(date=told.day(day)) if day else None
            # Not in digits: under a drawing alone, « not before » would be read as « on that day ».
            milestone = told.dated(entry["label"], "may_happen", "may_happen", words, None, entry["pictogram"])
        yield ids.index(step), milestone


def write_deadlines(told: Telling, track: str | None = None) -> list[Milestone]:
    """The dates that run, soonest first, then those that are paused; `track` is « aide_logement » or none."""
    entries = told.words["deadlines"]
    running, paused = [], []
    for deadline in told.timeline.deadlines:
        entry = entries.get(deadline.rule)
        if entry is None or entry.get("track") != track:
            continue
        if any(kind in told.case.events for kind in entry.get("unless", ())):
            continue
        if deadline.status == RUNNING and deadline.last_day:
            running.append((deadline.last_day, _deadline(told, deadline, deadline.last_day)))
        elif deadline.status == SUSPENDED:
            paused.append(told.dated(entry["label"], "paused", "paused", None, None, entry["pictogram"]))
    soonest = [milestone for _, milestone in sorted(running, key=lambda pair: pair[0])]
    return [*soonest, *paused][:MOST_DEADLINES]


def _deadline(told: Telling, deadline: Deadline, day: date) -> Milestone:
    entry, labels = told.words["deadlines"][deadline.rule], told.words["labels"]
    milestone = told.dated(entry["label"], "here", None, told.day(day, weekday=True), day, entry["pictogram"])
    reason = entry.get("reason") or deadline.in_short
    if deadline.certainty != CERTAIN and "reason" not in entry:
        reason = labels["to_check"].format(reason=reason) if reason else labels["to_check_alone"]
    return replace(milestone, reason=bind(_sentence(reason)) if reason else None)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:].rstrip(".") + "."
