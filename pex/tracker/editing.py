"""What a person changes in a dossier: facts, events, debt, notes; the history, and undoing the last change.

A page calls `preview_event` while the form is filled, then `add_event`, `correct_event` or `remove_event`;
`change_facts` for the rest of the dossier file's keys; `create`, `add_note`, `close`, `history`, `undo_last`.
Each takes the account and reads the dossier again among those it may see (Dossier.DoesNotExist otherwise).
`version` is the dossier's version that the person was shown: ChangedMeanwhile where somebody changed it since.
`today` is the day of the calculation. Raw values are what a person types: « 14/09/2026 », « 09:30 », « oui ».
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from pex.dates import write_date
from pex.dossier import dossier_to_mapping
from pex.dossier.facts import Dossier as Facts
from pex.dossier.facts import Evenement
from pex.dossier.mapping import MappingReader
from pex.errors import PexError, Problem
from pex.law import read_law
from pex.timeline import Alert, Timeline, build_timeline, compare_timelines, with_events
from pex.timeline import Change as TimelineChange
from pex.tracker.assess import dossier_of, refresh
from pex.tracker.forbidden_numbers import refuse_forbidden_numbers
from pex.tracker.journal import record
from pex.tracker.keeping import keep_again, keep_new
from pex.tracker.models import Account, Change, Dossier, Event, Note, NoteKind
from pex.tracker.office import profile_of

ODD = frozenset({"ordre_impossible", "acte_avant_bail", "acte_un_jour_non_ouvrable", "plusieurs_actes", "date_future"})


class Refused(PexError):
    """Values that cannot be kept; `problems` says which, and what to write."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems


class Doubtful(PexError):
    """Possible, and odd: to be asked of the person, then done again with `sure=True`."""

    def __init__(self, questions: tuple[str, ...]) -> None:
        super().__init__(" ".join(questions))
        self.questions = questions


class ChangedMeanwhile(PexError):
    """Somebody else changed the dossier since the person read it."""

    def __init__(self) -> None:
        super().__init__("Ce dossier a été modifié entre-temps. Relisez-le, puis refaites votre changement.")


@dataclass(frozen=True, slots=True)
class EventPreview:
    """What an event would do: questions to ask (empty: nothing odd), and what changes for the household."""

    event: Evenement
    questions: tuple[str, ...]
    changes: tuple[TimelineChange, ...]


def preview_event(row: Dossier, raw: Mapping[str, Any], today: date, replacing: UUID | None = None) -> EventPreview:
    """What adding « {type, date, precisions… } » would do; `replacing`: the event it corrects.

    Raises Refused for an impossible date or an unknown detail.
    """
    event = _read_event(raw)
    facts = dossier_of(row)
    others = _without(row, facts, replacing)
    _refuse_impossible(event, others, today)
    profile = profile_of(row.structure)
    before = build_timeline(profile.place(facts), read_law(), today)
    after = build_timeline(profile.place(with_events(others, [event])), read_law(), today)
    return EventPreview(event, tuple(_questions(event, before, after)), compare_timelines(before, after, read_law()))


@transaction.atomic
def add_event(
    account: Account,
    row: Dossier,
    raw: Mapping[str, Any],
    today: date,
    *,
    said_by: str = "autre",
    version: int | None = None,
    sure: bool = False,
) -> Timeline:
    """Add an event and compute the dossier again. Raises Refused, Doubtful unless `sure`, ChangedMeanwhile."""
    row = _current(account, row, version)
    preview = preview_event(row, raw, today)
    if preview.questions and not sure:
        raise Doubtful(preview.questions)
    name = read_law().events[preview.event.type].name
    after = with_events(dossier_of(row), [preview.event])
    return _change(account, row, after, today, f"Ajouté : {_named(name, preview.event)}", said_by)


@transaction.atomic
def correct_event(
    account: Account,
    row: Dossier,
    event_id: UUID,
    raw: Mapping[str, Any],
    today: date,
    *,
    said_by: str = "autre",
    version: int | None = None,
    sure: bool = False,
) -> Timeline:
    """Give an event another day or other details, at the same place. Raises as `add_event`, and Event.DoesNotExist."""
    row = _current(account, row, version)
    old = row.events.get(pk=event_id)
    preview = preview_event(row, {**raw, "type": raw.get("type", old.type)}, today, replacing=event_id)
    if preview.questions and not sure:
        raise Doubtful(preview.questions)
    facts = dossier_of(row)
    events = tuple(
        preview.event if item.pk == event_id else event
        for item, event in zip(row.events.all(), facts.evenements, strict=True)
    )
    name = read_law().events[preview.event.type].name
    what = f"Corrigé : {_named(name, preview.event)}"
    return _change(account, row, replace(facts, evenements=events), today, what, said_by)


@transaction.atomic
def remove_event(
    account: Account, row: Dossier, event_id: UUID, today: date, *, version: int | None = None
) -> Timeline:
    """Take out an event entered by mistake. Raises ChangedMeanwhile, Event.DoesNotExist."""
    row = _current(account, row, version)
    old = row.events.get(pk=event_id)
    after = _without(row, dossier_of(row), event_id)
    name = read_law().events[old.type].name if old.type in read_law().events else old.type
    return _change(account, row, after, today, f"Retiré : {name}")


@transaction.atomic
def change_facts(
    account: Account,
    row: Dossier,
    raw: Mapping[str, Any],
    today: date,
    *,
    said_by: str = "autre",
    version: int | None = None,
) -> Timeline:
    """Replace whole parts of the dossier: « {"menage": {…}, "dette": {…}} », as the dossier file writes them.

    Parts not given stay. A debt of a later day is added to the older ones. Raises Refused, ChangedMeanwhile.
    """
    row = _current(account, row, version)
    before = dossier_to_mapping(dossier_of(row))
    after = read_mapping({**before, **raw})
    _refuse_reference_taken(row, after.reference)
    names = sorted({path.split(".")[0] for path in changed_paths(before, dossier_to_mapping(after))})
    return _change(
        account, row, after, today, f"Modifié : {', '.join(FRENCH_PARTS.get(name, name) for name in names)}", said_by
    )


@transaction.atomic
def create(account: Account, raw: Mapping[str, Any], today: date, *, said_by: str = "autre") -> Dossier:
    """A new dossier from a mapping with the keys of the dossier file. Raises Refused."""
    facts = read_mapping(raw)
    if Dossier.objects.filter(structure=account.structure, reference__iexact=facts.reference).exists():
        raise Refused((_taken(facts.reference),))
    (row,) = keep_new([facts], account.structure, opened_on=today, by=account, said_by=said_by)
    record("creation", account, row, fields=changed_paths({}, dossier_to_mapping(facts)))
    refresh(row, today)
    return row


@transaction.atomic
def add_note(
    account: Account, row: Dossier, text: str, on: date, *, kind: str = "note", reserved: bool = False
) -> Note:
    """Keep a note; an exchange or an answer is also the last contact.

    Raises PexError for an empty one, or a number that may not be kept (social security, bank account).
    """
    row = _current(account, row, None)
    if not text.strip():
        raise PexError("La note est vide. Écrivez quelques mots.")
    note = Note(
        dossier=row, kind=kind, text=refuse_forbidden_numbers(text.strip()), on=on, structure=account.structure,
        reserved=reserved, author=account,
    )  # fmt: skip
    note.full_clean(exclude=("dossier", "author", "structure"))
    note.save()
    if kind in (NoteKind.CONTACT, NoteKind.ANSWER) and (row.last_contact_on is None or row.last_contact_on < on):
        Dossier.objects.filter(pk=row.pk).update(last_contact_on=on)
    record("note", account, row, fields=["note"])
    return note


@transaction.atomic
def close(account: Account, row: Dossier, on: date | None) -> None:
    """Close the dossier on that day, or open it again (None). Its procedure, if any, still shows its deadlines."""
    row = _current(account, row, None)
    Dossier.objects.filter(pk=row.pk).update(closed_on=on)
    record("cloture" if on else "reouverture", account, row, fields=["closed_on"])


def history(row: Dossier) -> Any:
    """The changes of the dossier, the newest first: `what`, `at`, `by`, `undone`."""
    return row.changes.select_related("by")


def last_undoable(row: Dossier) -> Change | None:
    """The change that `undo_last` would undo, or None."""
    change: Change | None = row.changes.filter(undone=False).first()
    if change is None or change.after["faits"] != dossier_to_mapping(dossier_of(row)):
        return None
    return change


@transaction.atomic
def undo_last(account: Account, row: Dossier, today: date, *, version: int | None = None) -> Timeline:
    """Put back what the last change replaced, with who had said it. Raises PexError where there is nothing to undo."""
    row = _current(account, row, version)
    change = last_undoable(row)
    if change is None:
        raise PexError("Il n'y a pas de changement à annuler sur ce dossier.")
    keep_again(row, read_mapping(change.before["faits"]), by=account)
    for event, said_by in zip(row.events.order_by("position"), change.before["dit_par"], strict=True):
        Event.objects.filter(pk=event.pk).update(said_by=said_by)
    Change.objects.filter(pk=change.pk).update(undone=True)
    record("annulation", account, row, fields=change.fields)
    return refresh(row, today)


FRENCH_PARTS = {
    "reference": "référence", "menage": "ménage", "bail": "bail", "bailleur": "bailleur", "dette": "dette",
    "territoire": "territoire", "evenements": "événements",
}  # fmt: skip


def read_mapping(raw: Mapping[str, Any]) -> Facts:
    """A mapping with the keys of the dossier file → the facts. Raises Refused with every problem at once."""
    reader = MappingReader(read_law().events, {})
    facts = reader.dossier(dict(raw))
    if facts is None:
        raise Refused(tuple(reader.problems))
    return facts


def changed_paths(before: Any, after: Any, prefix: str = "") -> list[str]:
    """The names of the facts that differ: « dette.montant », « evenements.audience »; never their values."""
    found: set[str] = set()
    for name in {*before, *after}:
        old: Any = before.get(name)
        new: Any = after.get(name)
        if old == new:
            continue
        if name == "evenements":
            kinds = {str(item["type"]) for item in (old or []) if item not in (new or [])}
            kinds |= {str(item["type"]) for item in (new or []) if item not in (old or [])}
            found |= {f"evenements.{kind}" for kind in kinds} or {"evenements"}
        elif isinstance(old or new, Mapping):
            found |= set(changed_paths(old or {}, new or {}, f"{prefix}{name}."))
        else:
            found.add(f"{prefix}{name}")
    return sorted(found)


def _current(account: Account, row: Dossier, version: int | None) -> Dossier:
    """The dossier as it is now, if the account may see it and nobody changed it since `version`."""
    fresh: Dossier = Dossier.objects.visible_to(account).with_facts().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise ChangedMeanwhile
    return fresh


def _change(account: Account, row: Dossier, after: Facts, today: date, what: str, said_by: str = "autre") -> Timeline:
    """Write the facts, the history and the journal together, and compute again."""
    old = dossier_of(row)
    before = {"faits": dossier_to_mapping(old), "dit_par": [event.said_by for event in row.events.all()]}
    if keep_again(row, after, by=account, said_by=said_by):
        facts = dossier_to_mapping(after)
        fields = changed_paths(before["faits"], facts)
        Change.objects.create(
            dossier=row, number=row.version, by=account, what=what[:300], fields=fields, before=before,
            after={"faits": facts},
        )  # fmt: skip
        record("modification", account, row, fields=fields)
    return refresh(row, today)


def _read_event(raw: Mapping[str, Any]) -> Evenement:
    reader = MappingReader(read_law().events, {})
    typed = {name: value for name, value in raw.items() if value not in ("", None)}
    events = list(reader.event_list([typed]))
    if reader.problems:
        raise Refused(tuple(replace(item, column=(item.column or "").rpartition(".")[2]) for item in reader.problems))
    return events[0]


def _without(row: Dossier, facts: Facts, event_id: UUID | None) -> Facts:
    pairs = zip(row.events.all(), facts.evenements, strict=True)
    return replace(facts, evenements=tuple(event for item, event in pairs if item.pk != event_id))


def _refuse_impossible(event: Evenement, others: Facts, today: date) -> None:
    kind = read_law().events[event.type]
    if kind.official_act and event.date is not None and event.date > today:
        raise Refused((Problem(
            f"« {kind.name} » ne peut pas être dans le futur ({write_date(event.date)}).", column="date",
            remedy="Écrivez le jour où l'acte a été remis.",
        ),))  # fmt: skip
    if event in others.evenements:
        raise Refused((Problem(
            f"« {kind.name} » est déjà dans le dossier à cette date.", column="date", remedy="Rien à faire.",
        ),))  # fmt: skip


def _questions(event: Evenement, before: Timeline, after: Timeline) -> Iterator[str]:
    """What became odd with this event, in the words of the law's checks."""
    known = {(alert.id, alert.message) for alert in before.alerts}
    kind = read_law().events[event.type]
    if event.date is not None and event.date > after.today and not kind.planned and not kind.official_act:
        yield f"« {kind.name} » serait le {write_date(event.date)}, dans le futur. Est-ce la bonne date ?"
    for alert in after.alerts:
        if (alert.id, alert.message) not in known and _is_odd(alert):
            yield f"{alert.message} Est-ce la bonne date ?"


def _is_odd(alert: Alert) -> bool:
    return alert.id in ODD or bool(alert.effect and alert.level == "urgent")


def _named(name: str, event: Evenement) -> str:
    return f"{name}, {write_date(event.date)}" if event.date else f"{name}, date inconnue"


def _refuse_reference_taken(row: Dossier, reference: str) -> None:
    others = Dossier.objects.filter(structure=row.structure, reference__iexact=reference).exclude(pk=row.pk)
    if others.exists():
        raise Refused((_taken(reference),))


def _taken(reference: str) -> Problem:
    return Problem(
        f"« {reference} » est déjà la référence d'un autre dossier.",
        column="reference",
        remedy="Choisissez-en une autre.",
    )
