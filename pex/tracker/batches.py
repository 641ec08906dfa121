"""Batches of letters that survive a kill: the rows say what is done, a lease says who works.

A page calls `prepare`, shows `progress`, and offers `cancel`, `mark_batch_sent` and the documents of `posting`.
A worker calls `work_once()` again and again: it takes a batch that waits, or whose worker died, and makes its
letters one by one. Each letter, its bytes and its state are written in one transaction, by the holder of the
lease only: nothing is made twice, nothing is half-written.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q

from pex.dates import write_date
from pex.errors import MissingFacts, PexError
from pex.letters import is_for_household, letters_for
from pex.letters.templates import read_template
from pex.tracker.assess import timeline_of
from pex.tracker.journal import record
from pex.tracker.mailing import already_sent, compose, keep_bytes, preview
from pex.tracker.models import Account, Batch, BatchItem, BatchState, Dossier, ItemState, SentLetter
from pex.tracker.moment import this_moment

LEASE = timedelta(seconds=60)
MOST = 5000


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a batch is: counts by state, and whether it ended."""

    total: int
    done: int
    refused: int
    skipped: int
    without_letter: int
    state: str

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.refused - self.skipped - self.without_letter


@transaction.atomic
def prepare(
    account: Account,
    rows: Any,
    *,
    template: str,
    dated: date,
    language: str = "fr",
    register: str = "standard",
    channel: str = "courrier",
    again: bool = False,
) -> Batch:
    """A batch for these dossiers (a queryset), in posting order; `template` empty: the letter of each one's stage.

    Unless `again`, who already received the letter is set aside when its turn comes. Raises PexError for an
    empty selection, one of more than MOST dossiers, a letter that does not exist.
    """
    if template:
        read_template(template, language)
    mine = rows.filter(structure_id=account.structure_id) if account.is_active else rows.none()
    keys = list(mine.order_by("postcode", "commune_key", "label", "reference").values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise PexError("Aucun dossier dans cette sélection. Changez les filtres.")
    if len(keys) > MOST:
        raise PexError(f"Un lot a au plus {MOST} courriers. Faites-en plusieurs, par exemple par commune.")
    batch: Batch = Batch.objects.create(
        structure=account.structure, template=template, language=language, register=register, channel=channel,
        again=again, dated=dated, made_by=account,
    )  # fmt: skip
    BatchItem.objects.bulk_create(
        (
            BatchItem(batch=batch, dossier_id=key, position=place, template=template)
            for place, key in enumerate(keys, 1)
        ),
        batch_size=500,
    )
    record("lot", account, batch, count=len(keys))
    return batch


@transaction.atomic
def prepare_these(
    account: Account, wanted: Sequence[tuple[UUID, str]], *, dated: date, channel: str = "courrier"
) -> Batch:
    """A batch of these letters, « (dossier, template) », in that order: what follows from a session.

    Dossiers that the account may not see are left out. Raises PexError where nothing is left.
    """
    visible = set(
        Dossier.objects.visible_to(account).filter(pk__in=[key for key, _ in wanted]).values_list("pk", flat=True)
    )
    pairs = [(key, template) for key, template in dict.fromkeys(wanted) if key in visible]
    if not pairs:
        raise PexError("Aucune lettre à préparer.")
    batch: Batch = Batch.objects.create(
        structure=account.structure, template="", channel=channel, dated=dated, made_by=account
    )
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, dossier_id=key, position=place, template=template)
        for place, (key, template) in enumerate(pairs, 1)
    )
    record("lot", account, batch, count=len(pairs))
    return batch


def batches_of(account: Account) -> Any:
    """The batches of the account's structure, the newest first."""
    return Batch.objects.filter(structure_id=account.structure_id)


def progress(batch: Batch) -> Progress:
    """Counted from the rows, whatever process works or died."""
    states = Counter(batch.items.order_by().values_list("state", flat=True))
    state = Batch.objects.values_list("state", flat=True).get(pk=batch.pk)
    return Progress(
        sum(states.values()),
        states[ItemState.DONE],
        states[ItemState.REFUSED],
        states[ItemState.SKIPPED],
        states[ItemState.NO_LETTER],
        state,
    )


def cancel(account: Account, batch: Batch) -> None:
    """Stop a batch: what is made stays, what is not made is not."""
    stopped = batches_of(account).filter(pk=batch.pk, state__in=(BatchState.WAITING, BatchState.RUNNING))
    if stopped.update(state=BatchState.CANCELLED, lease_owner=""):
        record("lot_annule", account, batch)


@transaction.atomic
def mark_batch_sent(account: Account, batch: Batch, on: date) -> int:
    """Say that the letters of the batch left; gives how many. Done twice, nothing changes."""
    from pex.tracker.mailing import mark_sent

    if not batches_of(account).filter(pk=batch.pk).exists():
        raise Batch.DoesNotExist
    letters = SentLetter.objects.filter(batch_item__batch=batch, batch_item__state=ItemState.DONE)
    count = mark_sent(account, letters, on)
    Batch.objects.filter(pk=batch.pk, sent_on=None).update(sent_on=on)
    return count


def work_once() -> bool:
    """Take one batch that waits or whose worker died, and make all its letters; False where there is none.

    Where the database cannot be written (a full disk, another writer for too long), False too: the lease ends
    by itself, and the batch goes on later from where it was.
    """
    try:
        return _work(f"{os.getpid()}-{secrets.token_hex(8)}")
    except OperationalError:
        return False


def _work(owner: str) -> bool:
    batch = _take(owner)
    if batch is None:
        return False
    for item_id in batch.items.filter(state=ItemState.WAITING).values_list("pk", flat=True):
        if not _make(batch, item_id, owner):
            return True
    Batch.objects.filter(pk=batch.pk, lease_owner=owner, state=BatchState.RUNNING).update(
        state=BatchState.DONE, lease_owner="", lease_until=None
    )
    return True


def _take(owner: str) -> Batch | None:
    """The lease of a batch, by one conditional update: two workers never hold the same one."""
    now = this_moment()
    free = Q(state=BatchState.WAITING) | Q(state=BatchState.RUNNING, lease_until__lt=now)
    for key in Batch.objects.filter(free).order_by("made_at").values_list("pk", flat=True):
        taken = Batch.objects.filter(free, pk=key)
        if taken.update(state=BatchState.RUNNING, lease_owner=owner, lease_until=now + LEASE):
            return Batch.objects.get(pk=key)
    return None


def _make(batch: Batch, item_id: int, owner: str) -> bool:
    """Make one letter. False where the lease is lost or the batch was stopped: the worker must leave."""
    item = BatchItem.objects.select_related("dossier").get(pk=item_id)
    row = Dossier.objects.with_facts().get(pk=item.dossier_id)
    made = _compose(batch, item, row)
    with transaction.atomic():
        mine = Batch.objects.filter(pk=batch.pk, lease_owner=owner, state=BatchState.RUNNING)
        if not mine.update(lease_until=this_moment() + LEASE):
            return False
        changes: dict[str, Any] = made.changes
        if made.draft is not None:
            letter = keep_bytes(made.draft, made.content, batch.made_by, channel=batch.channel)
            changes |= _already_elsewhere(letter, item_id) or {"letter": letter, "state": ItemState.DONE}
        BatchItem.objects.filter(pk=item_id, state=ItemState.WAITING).update(**changes)
    return True


def _already_elsewhere(letter: SentLetter, item_id: int) -> dict[str, Any] | None:
    """What to write where the very same letter waits in another batch: it is printed once."""
    other = BatchItem.objects.filter(letter=letter).exclude(pk=item_id).select_related("batch").first()
    if other is None:
        return None
    reason = f"Le même courrier est déjà dans le lot du {write_date(other.batch.dated)}, pas encore envoyé."
    return {"state": ItemState.SKIPPED, "reason": reason}


@dataclass(frozen=True, slots=True)
class _Made:
    """What composing an item gave: a draft and its bytes, or the state and the reason to write."""

    changes: dict[str, Any]
    draft: Any = None
    content: bytes = b""


def _compose(batch: Batch, item: BatchItem, row: Dossier) -> _Made:
    try:
        template = item.template or _letter_of_stage(row, batch)
        if not template:
            return _Made({"state": ItemState.NO_LETTER, "reason": "Pas de courrier pour cette étape."})
        sent = None if batch.again else already_sent(row, template)
        if sent is not None:
            reason = f"Déjà envoyé le {write_date(sent.sent_on)}."
            return _Made({"state": ItemState.SKIPPED, "reason": reason, "template": template})
        draft = compose(row, template, batch.dated, batch.language, batch.register)
        return _Made({"template": template}, draft, preview(draft, "pdf"))
    except PexError as error:
        missing = list(error.missing) if isinstance(error, MissingFacts) else []
        return _Made({"state": ItemState.REFUSED, "reason": str(error)[:1000], "missing": missing})
    except Exception as error:
        # The words of an unforeseen error may hold personal data: only its kind is kept.
        reason = f"Erreur de programmation ({type(error).__name__}) : signalez-la aux auteurs de pex."
        return _Made({"state": ItemState.REFUSED, "reason": reason})


def _letter_of_stage(row: Dossier, batch: Batch) -> str:
    fitting = letters_for(timeline_of(row, batch.dated), batch.language)
    return next((letter_id for letter_id in fitting if is_for_household(letter_id, batch.language)), "")


def batch_of(account: Account, batch_id: UUID) -> Batch:
    """A batch of the account's structure. Raises Batch.DoesNotExist."""
    found: Batch = batches_of(account).get(pk=batch_id)
    return found
