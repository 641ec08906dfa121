"""The journal of accesses and changes: who, when, what, on which object; names of fields, never values.

A page calls `record` for what it does itself (an export, a search) and `record_view` when it shows a dossier.
The other functions of the tracker write their own lines. `verify` is what `pex suivi verifier-journal` shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from pex.errors import PexError
from pex.tracker.models import Account, JournalEntry
from pex.tracker.moment import this_moment
from pex.tracker.office import set_setting, setting

ANCHOR, REPLACED = "journal_ancre", "journal_remplace"
ONE_VIEW_EVERY = timedelta(minutes=15)
SHORTEST_TERM, LONGEST_TERM = 12, 36
"""Months. The triggers of the database refuse to delete a line of less than a year."""


@dataclass(frozen=True, slots=True)
class JournalState:
    """What a check of the journal found. `head` is the hash of the last line; `broken_at` its first wrong line."""

    count: int
    head: str
    broken_at: int | None = None

    @property
    def intact(self) -> bool:
        return self.broken_at is None


@transaction.atomic
def record(
    action: str,
    by: Account | None = None,
    about: Any = None,
    *,
    fields: Iterable[str] = (),
    count: int | None = None,
    reason: str = "",
) -> JournalEntry:
    """Add a line. `about` is a row of the database; `fields` are names; `reason` names no person."""
    last = JournalEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    entry = JournalEntry(
        at=this_moment(),
        actor=str(by.pk) if by else "",
        action=action,
        object_type=about._meta.verbose_name if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        fields=list(fields),
        count=count,
        reason=reason[:200],
        previous=last or setting(None, ANCHOR, ""),
    )
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    return entry


def record_view(by: Account, dossier: Any) -> None:
    """A dossier was shown: one line at most each quarter of an hour."""
    since = this_moment() - ONE_VIEW_EVERY
    seen = JournalEntry.objects.filter(object_id=str(dossier.pk), action="consultation", actor=str(by.pk))
    if not seen.filter(at__gte=since).exists():
        record("consultation", by, dossier)


def lines_about(row: Any) -> Any:
    """The lines that concern an object, the newest first."""
    return JournalEntry.objects.filter(object_id=str(row.pk)).order_by("-id")


def verify() -> JournalState:
    """Read the whole journal again: every line has the hash it should have, and none is missing between two."""
    previous, count = setting(None, ANCHOR, ""), 0
    for entry in JournalEntry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous != previous or entry.hash != _hash(entry):
            return JournalState(count, previous, entry.pk)
        previous, count = entry.hash, count + 1
    return JournalState(count, previous)


def holds(head: str) -> bool:
    """True where a line has that hash, or where it was the last one when old lines were deleted.

    The head kept outside the database (in a backup) tells a journal whose end was cut.
    """
    known = ("", setting(None, ANCHOR, ""), *setting(None, REPLACED, []))
    return head in known or JournalEntry.objects.filter(hash=head).exists()


def older_than(day: date) -> Any:
    """The lines written before that day."""
    return JournalEntry.objects.filter(at__lt=datetime.combine(day, datetime.min.time(), UTC))


def tell_replaced(heads: Iterable[str]) -> None:
    """A backup was put back: the lines that other backups end with are in the journal that it replaced."""
    set_setting(None, REPLACED, sorted({*setting(None, REPLACED, []), *(head for head in heads if not holds(head))}))


@transaction.atomic
def forget_old(today: date, months: int = SHORTEST_TERM) -> int:
    """Delete the lines older than the term, and keep the hash of the last one so that the chain still holds.

    Raises PexError for a term out of bounds.
    """
    if not SHORTEST_TERM <= months <= LONGEST_TERM:
        raise PexError(
            f"Le journal se garde de {SHORTEST_TERM} à {LONGEST_TERM} mois. Choisissez une durée entre les deux."
        )
    old = older_than(_months_before(today, months)).order_by("id")
    last = old.last()
    if last is None:
        return 0
    set_setting(None, ANCHOR, last.hash)
    deleted, _ = JournalEntry.objects.filter(pk__lte=last.pk).delete()
    record("journal_ancien_supprime", count=deleted)
    return deleted


def _months_before(day: date, months: int) -> date:
    from pex.dates import Period, day_before_period

    return day_before_period(day, Period(months, "months"))


def _hash(entry: JournalEntry) -> str:
    told = [
        entry.previous, entry.at.isoformat(), entry.actor, entry.action, entry.object_type, entry.object_id,
        entry.fields, entry.count, entry.reason,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
