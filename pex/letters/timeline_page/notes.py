"""The winter truce, what holds the procedure up, what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from pex.letters.blocks import Note
from pex.letters.templates import parse_spans
from pex.letters.timeline_page.telling import Telling, in_digits
from pex.timeline.place import Place, Truce, TruceNotSet
from pex.timeline.stage import RESOLVED

MOST_UNKNOWN = 3
TRUCE_PICTOGRAM = "treve_hivernale"


def truce_band(told: Telling, *, is_here: bool) -> Note:
    """The truce that is on, or the next one, or that the préfet sets its dates; `is_here`: at the current step."""
    place = Place(told.timeline.dossier, told.law)
    try:
        truce = place.current_or_next_truce(told.today)
    except TruceNotSet:
        return _truce(told, "unknown", is_here)
    case = "now" if truce.first_day <= told.today else "next"
    return _truce(told, case, is_here, truce)


def _truce(told: Telling, case: str, is_here: bool, truce: Truce | None = None) -> Note:
    entry = told.words["truce"][case]
    days = {"first": told.day(truce.first_day), "last": told.day(truce.last_day)} if truce else {}
    text = entry["text"].format(**days)
    if is_here and "here" in entry:
        text = f"{text} {entry['here']}"
    short = parse_spans(entry["short"].format(**days))
    numerals = in_digits(truce.first_day if case == "next" else None, truce.last_day) if truce else None
    return Note(TRUCE_PICTOGRAM, entry["title"], parse_spans(text), "truce", short, numerals)


def pauses(told: Telling) -> Iterator[Note]:
    """Each suspension that holds today, shown as a pause, with what would end it."""
    words = told.words["pause"]
    for item in told.timeline.suspensions:
        entry = told.words["suspensions"].get(item.id)
        if entry is None:
            continue
        text = entry["until"].format(date=told.day(item.until)) if item.until else entry["open"]
        ends = words["ends"].format(ends=entry["ends"])
        title = words["title"].format(title=entry["title"][0].lower() + entry["title"][1:])
        numerals = in_digits(None, item.until) if item.until else None
        short = parse_spans(entry["short"])
        yield Note(entry["pictogram"], title, parse_spans(f"{text} {ends}"), "pause", short, numerals)


def write_notes(told: Telling) -> tuple[Note, ...]:
    """The remarks under the steps: what is not known, a debt paid too late."""
    if told.timeline.stage == RESOLVED:
        return ()
    notes = []
    entry = told.words["notes"]["paid_late"]
    if any(alert.id == "dette_payee_apres_le_delai" for alert in told.timeline.alerts):
        notes.append(
            Note(entry["pictogram"], entry["title"], parse_spans(entry["text"]), short=parse_spans(entry["short"]))
        )
    unknown = list(_unknown(told))[:MOST_UNKNOWN]
    if unknown:
        entry = told.words["notes"]["unknown"]
        has_number = told.profile.expediteur is not None and told.profile.expediteur.telephone is not None
        call = entry["call"] if has_number else entry["call_national"]
        text = parse_spans(" ".join([*unknown, call]))
        notes.append(Note(entry["pictogram"], entry["title"], text, short=parse_spans(" ".join(unknown))))
    return tuple(notes)


def _unknown(told: Telling) -> Iterator[str]:
    """« Nous ne savons pas… »: papers without a date, facts that a date shown here needs, what alerts say."""
    words, timeline = told.words["unknown"], told.timeline
    papers = [
        told.words["papers"][kind]
        for kind, events in told.case.events.items()
        if kind in told.words["papers"] and all(event.date is None for event in events)
    ]
    if papers:
        yield words["papers"].format(papers=", ".join(papers))
    if timeline.stage == "assignation" and "audience" not in told.case.events:
        yield words["hearing"]
    shown = told.words["deadlines"]
    missing = {path for deadline in timeline.deadlines if deadline.rule in shown for path in deadline.missing}
    yield from (sentence for path, sentence in words["facts"].items() if path in missing)
    alerts = {alert.id for alert in timeline.alerts}
    yield from (sentence for name, sentence in words["alerts"].items() if name in alerts)
