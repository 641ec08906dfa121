"""How long each kind of data is kept, what is due to go, and its going: statistics, tombstones, a certificate.

A page calls `terms(structure)`, `set_term`, `due(account, today)` (a preview: nothing changes), `hold` (keep a dossier,
with the reason), then `purge(account, today)`, which gives the certificate. An open dossier is never purged.

Terms are those of the office. The defaults follow the CNIL's « référentiel » for social support (délibérations
2021-028 and 2023-095: two years from the last contact) and journals (2021-122: six months to one year).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from pex.dates import Period, add_period, day_before_period, write_date
from pex.errors import PexError
from pex.tracker import journal
from pex.tracker.backup import buried, bury
from pex.tracker.columns import insert_rows
from pex.tracker.keeping import forget
from pex.tracker.models import (
    Account,
    Dossier,
    JournalEntry,
    LetterFile,
    Note,
    PastDossier,
    PurgeCertificate,
    SentLetter,
    Structure,
    Tombstone,
)
from pex.tracker.office import set_setting, setting

SETTING = "durees"
DEFAULTS: Mapping[str, int] = {"dossiers": 24, "notes": 24, "courriers": 24, "journal": 12}
"""Months. Notes and letters are those of closed dossiers that are still kept."""
BOUNDS: Mapping[str, tuple[int, int]] = {
    "dossiers": (1, 60), "notes": (1, 60), "courriers": (1, 60), "journal": (12, 36),
}  # fmt: skip
NOTICE = timedelta(days=30)
FARTHEST = timedelta(days=92)
"""A clock that jumps farther than this from the last trace may be wrong: the purge asks before it believes it."""
MANY = 500


@dataclass(frozen=True, slots=True)
class DueDossier:
    """A dossier whose term comes: its last contact or closing, and the day from which it can be purged."""

    id: UUID
    reference: str
    label: str
    since: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """What a purge of that day would take: dossiers, notes and letters of kept dossiers, lines of the journal.

    `soon` are the dossiers that come to their term within thirty days; `held` those kept for a reason.
    """

    dossiers: tuple[DueDossier, ...]
    soon: tuple[DueDossier, ...]
    held: int
    notes: int
    letters: int
    journal: int


def terms(structure: Structure) -> dict[str, int]:
    """Months of each kind of data, as the office decided."""
    return {**DEFAULTS, **setting(structure, SETTING, {})}


def set_term(account: Account, kind: str, months: int) -> None:
    """Decide how many months a kind of data is kept. Raises PexError out of bounds."""
    least, most = BOUNDS[kind]
    if not least <= months <= most:
        raise PexError(f"Cette durée va de {least} à {most} mois. Choisissez entre les deux.")
    set_setting(account.structure, SETTING, {**setting(account.structure, SETTING, {}), kind: months})
    journal.record("duree_de_conservation", account, account.structure, fields=[kind])


def hold(account: Account, row: Dossier, reason: str) -> None:
    """Keep a dossier whatever its term, for that reason (a lawsuit); an empty reason lets it go again."""
    Dossier.objects.visible_to(account).filter(pk=row.pk).update(hold_reason=reason[:300])
    journal.record("conservation", account, row, fields=["hold_reason"])


def due(account: Account, today: date) -> Due:
    """What is due to go; nothing is changed."""
    months = terms(account.structure)
    closed = _closed(account)
    free = closed.filter(hold_reason="")
    until = _term(today, months["dossiers"])
    return Due(
        tuple(_due_dossier(row, months["dossiers"]) for row in free.filter(last__lt=until)),
        tuple(_due_dossier(row, months["dossiers"]) for row in free.filter(last__gte=until, last__lt=until + NOTICE)),
        closed.exclude(hold_reason="").filter(last__lt=until).count(),
        _old_notes(account, today, months).count(),
        _old_letters(account, today, months).count(),
        journal.older_than(_term(today, months["journal"])).count(),
    )


def purge(account: Account, today: date, *, sure_of_the_day: bool = False) -> PurgeCertificate:
    """Take out what is due, for good: rows, letters, words, and their bytes in the file.

    Before they go, dossiers leave a line without persons for the statistics, and a tombstone. Raises PexError
    where the day is far from the last trace in the journal, unless `sure_of_the_day`.
    """
    _refuse_absurd_day(today, sure_of_the_day)
    months = terms(account.structure)
    with transaction.atomic():
        keys = [item.id for item in due(account, today).dossiers]
        counts = _take_out(account.structure, keys, today)
        counts["notes"] = _old_notes(account, today, months).delete()[0]
        counts["courriers"] = _empty_letters(_old_letters(account, today, months))
        counts["journal"] = journal.forget_old(today, months["journal"])
        line = journal.record("purge", account, account.structure, count=len(keys))
        certificate: PurgeCertificate = PurgeCertificate.objects.create(
            structure=account.structure, on=today, by=account, counts=dict(counts), months=months["dossiers"],
            journal_hash=line.hash,
        )  # fmt: skip
        bury(tombstone(key) for key in keys)
    scrub()
    return certificate


def certificate_text(certificate: PurgeCertificate) -> str:
    """What an office keeps of a purge: no name, no reference."""
    lines = [f"Purge du {write_date(certificate.on)}, {certificate.structure}"]
    lines += [f"Durée de conservation des dossiers clos : {certificate.months} mois après le dernier contact."]
    lines += [f"{name} : {count}" for name, count in certificate.counts.items()]
    lines += [f"Empreinte de la ligne du journal : {certificate.journal_hash}"]
    return "\n".join(lines)


def tombstone(key: UUID) -> str:
    """The hash of a dossier's identifier, which is drawn at random: nobody can find it again from its hash."""
    return hashlib.sha256(f"pex:{key}".encode()).hexdigest()


def bury_again(today: date) -> int:
    """Purge again who was purged before an old backup was put back; gives how many."""
    known = buried() | set(Tombstone.objects.values_list("hash", flat=True))
    back = [row for row in Dossier.objects.all() if tombstone(row.pk) in known]
    with transaction.atomic():
        forget(back)
        there = set(Tombstone.objects.values_list("hash", flat=True))
        insert_rows(Tombstone(hash=line, on=today) for line in sorted(known - there))
        if back:
            journal.record("purge_refaite", count=len(back))
    scrub()
    return len(back)


def scrub() -> None:
    """Write the file anew, so that no byte of what was deleted is left in it or in its log."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _term(today: date, months: int) -> date:
    return day_before_period(today, Period(months, "months")) + timedelta(days=1)


def _closed(account: Account) -> Any:
    """Closed dossiers, with the last day something happened."""
    last = Greatest(F("closed_on"), Coalesce(F("last_contact_on"), F("closed_on")))
    mine = Dossier.objects.visible_to(account).exclude(closed_on=None)
    return mine.annotate(last=last).order_by("last", "reference")


def _due_dossier(row: Any, months: int) -> DueDossier:
    return DueDossier(row.pk, row.reference, row.label, row.last, add_period(row.last, Period(months, "months")))


def _old_notes(account: Account, today: date, months: Mapping[str, int]) -> Any:
    mine = _closed(account).filter(hold_reason="")
    return Note.objects.filter(dossier__in=mine.values("pk"), on__lt=_term(today, months["notes"]))


def _old_letters(account: Account, today: date, months: Mapping[str, int]) -> Any:
    """Letters whose bytes are past their term; that they were sent, and when, is kept with the dossier."""
    mine = _closed(account).filter(hold_reason="")
    old = SentLetter.objects.filter(dossier__in=mine.values("pk"), written_on__lt=_term(today, months["courriers"]))
    return old.exclude(file__content=b"")


def _empty_letters(letters: Any) -> int:
    keys = list(letters.values_list("file", flat=True))
    for start in range(0, len(keys), MANY):
        LetterFile.objects.filter(pk__in=keys[start : start + MANY]).update(content=b"")
    SentLetter.objects.filter(file__in=keys).update(recipient=[])
    return len(keys)


def _take_out(structure: Structure, keys: Sequence[UUID], today: date) -> Counter[str]:
    counts: Counter[str] = Counter(dossiers=len(keys))
    for start in range(0, len(keys), MANY):
        rows = list(Dossier.objects.with_facts().prefetch_related("letters").filter(pk__in=keys[start : start + MANY]))
        insert_rows(_past(row) for row in rows)
        insert_rows(Tombstone(hash=tombstone(row.pk), on=today) for row in rows)
        counts["evenements"] += sum(len(row.events.all()) for row in rows)
        counts["personnes"] += sum(len(row.people.all()) for row in rows)
        counts["courriers des dossiers"] += sum(len(row.letters.all()) for row in rows)
        forget(rows)
    return counts


def _past(row: Dossier) -> PastDossier:
    """What statistics keep: months and kinds, nothing that tells one household from another."""
    months: dict[str, str] = {}
    for event in row.events.all():
        if event.date:
            month = f"{event.date:%Y-%m}"
            months[event.type] = min(month, months.get(event.type, month))
    return PastDossier(
        structure=row.structure,
        departement=row.departement,
        opened_month=f"{row.opened_on:%Y-%m}" if row.opened_on else "",
        closed_month=f"{row.closed_on:%Y-%m}" if row.closed_on else "",
        stage=row.stage,
        landlord_type=(row.landlord.type or "") if row.landlord else "",
        months=months,
        letters=sum(letter.sent_on is not None for letter in row.letters.all()),
        with_children=None if row.children is None else row.children > 0,
    )


def _refuse_absurd_day(today: date, sure: bool) -> None:
    last = JournalEntry.objects.order_by("-id").values_list("at", flat=True).first()
    if last is None or sure:
        return
    if today < last.date() - timedelta(days=1) or today > last.date() + FARTHEST:
        raise PexError(
            f"La date du jour serait le {write_date(today)}, loin de la dernière trace ({write_date(last.date())}). "
            "Vérifiez l'horloge du PC : une purge ne se défait pas."
        )


def held(account: Account) -> Iterable[Dossier]:
    """The dossiers kept for a reason, whatever their term."""
    return Dossier.objects.visible_to(account).filter(~Q(hold_reason=""))
