"""The directory of partners, and the dossiers entrusted to them.

A page calls `partners_of`, `partner_of`, `save_partner` and `helpers_near`; for a dossier, `refer` and `record_return`.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from pex.dates import write_date
from pex.errors import PexError
from pex.profile.reading import PHONE
from pex.tracker.journal import record
from pex.tracker.models import Account, Dossier, Help, Partner, Referral
from pex.tracker.words import key_of


def partners_of(account: Account) -> Any:
    """All the partners of the office, by kind of help then by name."""
    return Partner.objects.filter(structure_id=account.structure_id).order_by("help", "name")


def partner_of(account: Account, key: UUID) -> Partner:
    """A partner of the office. Raises Partner.DoesNotExist."""
    found: Partner = partners_of(account).get(pk=key)
    return found


def helpers_near(account: Account, row: Dossier) -> list[Partner]:
    """The partners in service for the household's commune, and those of the whole département."""
    rows = partners_of(account).filter(active=True)
    return [item for item in rows if not item.commune_keys or row.commune_key in item.commune_keys]


@transaction.atomic
def save_partner(account: Account, partner: Partner | None, given: dict[str, Any]) -> Partner:
    """Keep a partner, new (None) or known. `communes` is a list of names, empty for the whole département.

    Raises PexError without a name, for an unknown kind of help, or a telephone number that cannot be read.
    """
    name, phone = str(given.get("name", "")).strip(), str(given.get("phone", "")).strip()
    if not name:
        raise PexError("Écrivez le nom du service, comme sur sa porte.")
    if given.get("help") not in Help.values:
        raise PexError("Choisissez l'aide que ce service apporte.")
    if phone and not PHONE.fullmatch(phone):
        raise PexError(f"« {phone} » n'est pas un numéro. Écrivez-le par deux chiffres : 03 53 01 00 00.")
    communes = [part for part in (str(item).strip() for item in given.get("communes", [])) if part]
    saved = partner or Partner(structure=account.structure)
    saved.name, saved.phone, saved.help = name, phone, given["help"]
    saved.address, saved.email = str(given.get("address", "")).strip(), str(given.get("email", "")).strip()
    saved.hours, saved.active = str(given.get("hours", "")).strip(), bool(given.get("active", True))
    saved.communes, saved.commune_keys = communes, [key_of([item]) for item in communes]
    saved.save()
    record("partenaire", account, saved)
    return saved


@transaction.atomic
def refer(
    account: Account, row: Dossier, partner: Partner, since: date, *, expected: str = "", answer_by: date | None = None
) -> Referral:
    """Entrust a dossier to a partner. Raises PexError where it is already, or for an answer due before."""
    if row.structure_id != account.structure_id or partner.structure_id != account.structure_id:
        raise Dossier.DoesNotExist
    if row.referrals.filter(partner=partner, ended_on=None).exists():
        raise PexError(f"Ce dossier est déjà confié à « {partner.name} ».")
    if answer_by is not None and answer_by < since:
        raise PexError(f"Le retour ne peut pas être attendu avant le {write_date(since)}.")
    made: Referral = Referral.objects.create(
        dossier=row, partner=partner, since=since, expected=expected.strip()[:300], answer_by=answer_by
    )
    record("orientation", account, row, fields=["orientation"])
    return made


@transaction.atomic
def record_return(account: Account, referral: Referral, on: date, answer: str, *, ended: bool) -> None:
    """Keep what the partner answered; `ended` where it no longer follows the household."""
    if referral.dossier.structure_id != account.structure_id:
        raise Referral.DoesNotExist
    referral.answered_on, referral.answer = on, answer.strip()[:300]
    referral.ended_on = on if ended else None
    referral.save()
    record("orientation_retour", account, referral.dossier, fields=["orientation"])
