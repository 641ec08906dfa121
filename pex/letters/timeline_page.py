"""A timeline → the page « Où en êtes-vous ? »: five big steps, a zoom on the current one, the way out of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pex.dossier.facts import Evenement
from pex.law import Law, read_law
from pex.letters.blocks import Block, Ending, Milestone, Note, Paragraph, Span, Step, StepState, TimelinePage
from pex.letters.marks import write_day, write_hour
from pex.letters.templates import parse_spans, read_words
from pex.profile import Profile
from pex.timeline import Suspension, Timeline
from pex.timeline.events import events_of, happened
from pex.timeline.place import Place, TruceNotSet
from pex.timeline.suspensions import TRUCE
from pex.timeline.values import RUNNING

PAGE_LABELS = ("ways_out", "help", "deadlines", "milestones", "endings", "step", "page", "reference")
MOST_MILESTONES = 7


def compose_timeline(timeline: Timeline, profile: Profile, language: str = "fr") -> TimelinePage:
    """The household's timeline page. Raises TemplateError for a language without words."""
    words, law = read_words(language), read_law()
    resolved = timeline.step is None
    return TimelinePage(
        language=language,
        title=words["timeline"]["title"],
        household=_household(timeline),
        intro=parse_spans(words["timeline"]["intro_resolved" if resolved else "intro"]),
        steps=_steps(timeline, law, words, language),
        endings=tuple(
            Ending(item["label"], item["pictogram"], parse_spans(item["sentence"])) for item in words["endings"]
        ),
        notes=tuple(_notes(timeline, law, words, language)),
        contact=help_block(words),
        printed_on=words["labels"]["printed_on"].format(date=write_day(timeline.today, language=language)),
        labels=tuple((name, words["labels"][name]) for name in PAGE_LABELS),
        reference=timeline.dossier.reference,
        fictitious=words["labels"]["fictitious"] if profile.fictif else None,
    )


def help_block(words: Mapping[str, Any]) -> Block:
    """Whom to call: the one national free number."""
    number = read_law().helplines["sos_loyers_impayes"].number.replace(" ", "\u00a0")
    return Block(
        id="appel",
        kind="contact",
        title=words["timeline"]["contact_title"].format(number=number),
        contents=(Paragraph(parse_spans(words["timeline"]["contact"])),),
        pictogram="appel_gratuit",
    )


def _household(timeline: Timeline) -> str:
    people = timeline.dossier.menage.personnes
    if not people:
        return ""
    first = people[0]
    return " ".join(part for part in (first.civilite, first.prenom, first.nom) if part)


def _steps(timeline: Timeline, law: Law, words: Mapping[str, Any], language: str) -> tuple[Step, ...]:
    ids = list(words["steps"])
    here = ids.index(timeline.step) if timeline.step else None
    reached = _steps_reached(timeline, law, ids)
    steps = []
    for index, step_id in enumerate(ids):
        state: StepState = "here" if index == here else "done" if index in reached else "may_happen"
        if here is None and index not in reached:
            continue
        steps.append(_step(step_id, index + 1, state, timeline, law, words, language))
    return tuple(steps)


def _steps_reached(timeline: Timeline, law: Law, ids: list[str]) -> set[int]:
    """Every big step up to the furthest one reached: a step passed without a known event is done too."""
    steps = [
        law.stages[stage].step
        for event in timeline.dossier.evenements
        if happened(event, timeline.today) and (stage := law.events[event.type].stage)
    ]
    furthest = max((ids.index(step) for step in steps if step), default=0)
    return set(range(furthest + 1))


def _step(
    step_id: str,
    number: int,
    state: StepState,
    timeline: Timeline,
    law: Law,
    words: Mapping[str, Any],
    language: str,
) -> Step:
    entry = words["steps"][step_id]
    zoom = state == "here"
    ways_out = _ways_out(timeline, words) if zoom else ()
    return Step(
        id=step_id,
        number=number,
        label=entry["label"],
        pictogram=entry["pictogram"],
        state=state,
        state_label=words["states"][state],
        sentence=parse_spans(entry["sentence"]),
        milestones=_milestones(timeline, law, words, language) if zoom else (),
        deadlines=_deadlines(timeline, words, language) if zoom else (),
        ways_out=ways_out or (tuple(parse_spans(text) for text in entry["ways_out"]) if state != "done" else ()),
        help=parse_spans(entry["help"]) if state != "done" else None,
    )


def _ways_out(timeline: Timeline, words: Mapping[str, Any]) -> tuple[tuple[Span, ...], ...]:
    shown = [action for action in words["actions_shown"].get(timeline.stage, ()) if action in timeline.actions]
    return tuple(parse_spans(words["actions"][action]) for action in shown[:4])


def _milestones(timeline: Timeline, law: Law, words: Mapping[str, Any], language: str) -> tuple[Milestone, ...]:
    """What happened and what is planned, in the household's words, the most recent kept; then what may follow."""
    events = [event for event in events_of(timeline.dossier, words["events"]) if event.type in words["events"]]
    told = [item for event in events if (item := _milestone(event, timeline.today, words, language))]
    planned = {event.type for event in events if not happened(event, timeline.today)}
    following = [
        Milestone(words["stages"][item.stage], "may_happen", words["states"]["may_happen"])
        for item in timeline.next_stages
        if item.stage in words["stages"] and item.stage not in planned
    ]
    return (*told[-(MOST_MILESTONES - min(len(following), 1)) :], *following[:1])


def _milestone(event: Evenement, today: date, words: Mapping[str, Any], language: str) -> Milestone | None:
    entry = words["events"][event.type]
    if happened(event, today):
        day = write_day(event.date, language=language) if event.date else words["states"]["unknown_date"]
        return Milestone(entry["done"], "done", words["states"]["done"], day)
    if "planned" not in entry or event.date is None:
        return None
    day = write_day(event.date, weekday=True, language=language)
    hour = event.precisions.get("heure")
    if hour is not None:
        day = f"{day} à {write_hour(hour)}"  # type: ignore[arg-type]
    return Milestone(entry["planned"], "here", words["states"]["planned"], day)


def _deadlines(timeline: Timeline, words: Mapping[str, Any], language: str) -> tuple[Milestone, ...]:
    found = [
        (deadline.last_day, words["deadlines"][deadline.rule])
        for deadline in timeline.deadlines
        if deadline.status == RUNNING and deadline.last_day and deadline.rule in words["deadlines"]
        if not (deadline.rule == TRUCE and any(item.effect == "clause" for item in timeline.suspensions))
    ]
    return tuple(
        Milestone(label, "here", words["states"]["to_do"], write_day(day, weekday=True, language=language))
        for day, label in sorted(found)
    )


def _notes(timeline: Timeline, law: Law, words: Mapping[str, Any], language: str) -> list[Note]:
    notes = [
        _suspension_note(item, words, language) for item in timeline.suspensions if item.id in words["suspensions"]
    ]
    if timeline.step == "partir_ou_rester":
        try:
            truce = Place(timeline.dossier, law).truce_holding(timeline.today)
            if truce is not None:
                notes.append(_note("truce_now", words, date=write_day(truce.last_day, language=language)))
        except TruceNotSet:
            notes.append(_note("truce_unknown", words))
    unknown = [
        words["papers"][event.type]
        for event in timeline.dossier.evenements
        if event.date is None and event.type in words["papers"]
    ]
    if unknown:
        notes.append(_note("unknown_dates", words, papers=", ".join(unknown)))
    if any(alert.id == "dette_payee_apres_le_delai" for alert in timeline.alerts):
        notes.append(_note("paid_late", words))
    return notes


def _suspension_note(item: Suspension, words: Mapping[str, Any], language: str) -> Note:
    entry = words["suspensions"][item.id]
    text = entry["until"].format(date=write_day(item.until, language=language)) if item.until else entry["open"]
    return Note(entry["pictogram"], entry["title"], parse_spans(text))


def _note(name: str, words: Mapping[str, Any], **blanks: str) -> Note:
    entry = words["notes"][name]
    return Note(entry["pictogram"], entry["title"], parse_spans(entry["text"].format(**blanks)))
