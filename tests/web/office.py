"""An invented office at work: one dossier, and one of everything that an address can name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Office:
    """Rows of the database, each a thing that a page shows."""

    dossier: Any
    event: Any
    letter: Any
    batch: Any
    session: Any
    item: Any
    recommendation: Any
    case: Any
    partner: Any
    referral: Any


def at_work(account: Any, dossier: Any, today: date, text: str = "FICTIF") -> Office:
    """Everything once around that dossier; `text` is what people wrote everywhere they could write."""
    from pex.folders import EXAMPLES
    from pex.tracker import batches, commission, directory, housing_aid, mailing, office
    from pex.tracker.models import Dossier

    office.set_profile(account.structure, EXAMPLES / "profil")
    letter = mailing.keep(account, mailing.compose(_again(dossier), "assignation", today))
    batch = batches.prepare(account, Dossier.objects.filter(pk=dossier.pk), template="", dated=today)
    session = commission.open_session(account, "centrale", today, place=text)
    commission.put_on_agenda(account, session, [dossier.pk], today)
    item = session.items.get()
    commission.record_outcome(account, item, "avis", today, opinion=text)
    recommendation = commission.recommend(account, item, "fsl", text, session.date + timedelta(days=30))
    case = housing_aid.open_case(account, _again(dossier), "caf", today - timedelta(days=5), today, sure=True)
    housing_aid.keep_observations(account, case, text, today)
    partner = directory.save_partner(account, None, {"name": text, "help": "adil", "communes": [text]})
    referral = directory.refer(account, dossier, partner, today, expected=text)
    row = _again(dossier)
    return Office(row, row.events.first(), letter, batch, session, item, recommendation, case, partner, referral)


def _again(dossier: Any) -> Any:
    from pex.tracker.models import Dossier

    return Dossier.objects.with_facts().get(pk=dossier.pk)
