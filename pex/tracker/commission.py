"""The CCAPEX at work: sessions, agendas, opinions and recommendations, and what becomes of them.

A page calls `sessions`, `session_of`, `open_session`, `candidates`, `put_on_agenda`, `take_off`, `move`,
`record_outcome`, `recommend`, `record_answer`, `close_session`, `notifications`, `prepare_notifications`; the papers
are in `commission_papers`. What the commission says of a dossier is also an event of the dossier, so that letters and
timelines tell it. An avis or a recommandation is never a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Max, Q

from pex.dates import write_date
from pex.errors import PexError
from pex.timeline.stage import RESOLVED
from pex.tracker.batches import prepare_these
from pex.tracker.editing import add_event, correct_event, remove_event
from pex.tracker.journal import record
from pex.tracker.models import (
    Account,
    AgendaItem,
    Batch,
    Dossier,
    Event,
    FollowUp,
    Outcome,
    Recommendation,
    Said,
    Session,
    SessionKind,
    Task,
    TaskKind,
)

EXAMINED, SAID = "examen_ccapex", "avis_ccapex"
REFERRALS = ("saisine_ccapex", "saisine_ccapex_aide_logement")
SPOKEN = (Outcome.OPINION, Outcome.RECOMMENDATION)

RECIPIENTS = {
    "bailleur": ("le bailleur", "avis_bailleur"),
    "caf": ("la CAF ou la MSA", "avis_caf"),
    "fsl": ("le FSL", "avis_fsl"),
    "commission_mediation": ("la commission de médiation", "avis_commission_mediation"),
    "banque_de_france": ("la commission de surendettement", "avis_banque_de_france"),
    "prefet": ("le préfet", "avis_prefet"),
    "menage": ("le ménage", "avis_menage"),
}
"""Whom the commission may recommend something to, and the letter that tells them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers to propose for an agenda; an empty field asks for nothing."""

    stages: tuple[str, ...] = ()
    commune: str = ""
    landlord_type: str = ""
    deadline_before: date | None = None
    referred: bool = False
    never_examined: bool = False
    irregular: bool = False


@dataclass(frozen=True, slots=True)
class Notification:
    """A letter to write after a session: which dossier, which letter, to whom."""

    item: AgendaItem
    letter_id: str
    to: str


def sessions(user: Account) -> Any:
    """The sessions of the office, the latest first, with `number` of dossiers and `spoken` of those dealt with."""
    dealt_with = Count("items", filter=~Q(items__outcome=""), distinct=True)
    return Session.objects.filter(structure=user.structure).annotate(
        number=Count("items", distinct=True), spoken=dealt_with
    )


def session_of(user: Account, key: UUID) -> Session:
    """A session of the office. Raises Session.DoesNotExist."""
    found: Session = Session.objects.get(structure=user.structure, pk=key)
    return found


def items_of(session: Session) -> Any:
    """The dossiers of an agenda in their order, with all that a page shows."""
    related = ("dossier", "dossier__landlord", "dossier__structure")
    return session.items.select_related(*related).prefetch_related("recommendations")


def item_of(user: Account, key: UUID) -> AgendaItem:
    """A dossier of an agenda of the office. Raises AgendaItem.DoesNotExist."""
    found: AgendaItem = AgendaItem.objects.select_related("session", "dossier").get(
        pk=key, session__structure=user.structure, dossier__in=Dossier.objects.visible_to(user)
    )
    return found


@transaction.atomic
def open_session(
    user: Account, kind: str, day: date, *, hour: time | None = None, place: str = "", territory: str = ""
) -> Session:
    """A new session. Raises PexError where the same commission already meets that day."""
    if kind == SessionKind.CENTRAL:
        territory = ""
    elif not territory.strip():
        raise PexError("Écrivez le territoire de cette sous-commission, par exemple « Nord ».")
    same = Session.objects.filter(structure=user.structure, kind=kind, date=day, territory__iexact=territory.strip())
    if same.exists():
        raise PexError(f"Cette commission a déjà une séance le {write_date(day)}. Ouvrez-la dans la liste.")
    session = Session.objects.create(
        structure=user.structure, kind=kind, territory=territory.strip(), date=day, hour=hour, place=place.strip()
    )
    record("seance_creee", user, session)
    return session


def candidates(user: Account, session: Session, wanted: Wanted) -> Any:
    """Open dossiers that may be put on this agenda, those whose deadline comes first first."""
    rows = Dossier.objects.visible_to(user).filter(closed_on__isnull=True).exclude(agenda_items__session=session)
    if wanted.stages:
        rows = rows.filter(stage__in=wanted.stages)
    else:
        rows = rows.exclude(stage=RESOLVED)
    if wanted.commune:
        rows = rows.filter(commune_key=wanted.commune)
    if wanted.landlord_type:
        rows = rows.filter(landlord__type=wanted.landlord_type)
    if wanted.deadline_before:
        rows = rows.filter(next_deadline__lte=wanted.deadline_before)
    if wanted.referred:
        rows = rows.filter(pk__in=Event.objects.filter(type__in=REFERRALS).values("dossier_id"))
    if wanted.never_examined:
        rows = rows.exclude(pk__in=AgendaItem.objects.exclude(outcome="").values("dossier_id"))
    if wanted.irregular:
        rows = rows.filter(has_irregularity=True)
    return rows.select_related("landlord").order_by(F("next_deadline").asc(nulls_last=True), "reference")


@transaction.atomic
def put_on_agenda(user: Account, session: Session, keys: Iterable[UUID], today: date) -> int:
    """Put dossiers at the end of the agenda, and the day of the session into each; gives how many were added.

    Raises PexError for a closed session. Dossiers that the account may not see, or that are there, are left out.
    """
    _refuse_closed(session)
    rows = Dossier.objects.visible_to(user).filter(pk__in=list(keys)).exclude(agenda_items__session=session)
    position = session.items.aggregate(last=Max("position"))["last"] or 0
    added = 0
    for row in rows.order_by(F("next_deadline").asc(nulls_last=True), "reference"):
        position, added = position + 1, added + 1
        AgendaItem.objects.create(session=session, dossier=row, position=position)
        if not row.events.filter(type=EXAMINED, date=session.date).exists():
            raw = {"type": EXAMINED, "date": session.date}
            add_event(user, row, raw, today, said_by=Said.COMMISSION, sure=True)
    record("ordre_du_jour", user, session, count=added)
    return added


@transaction.atomic
def take_off(user: Account, item: AgendaItem, today: date) -> None:
    """Take a dossier off the agenda. Raises PexError once the commission has spoken, or for a closed session."""
    _refuse_closed(item.session)
    if item.outcome in SPOKEN:
        raise PexError("La commission s'est déjà prononcée sur ce dossier : il reste à l'ordre du jour.")
    planned = item.dossier.events.filter(type=EXAMINED, date=item.session.date).first()
    if planned is not None:
        remove_event(user, item.dossier, planned.pk, today)
    later = item.session.items.filter(position__gt=item.position)
    item.delete()
    for other in later:
        AgendaItem.objects.filter(pk=other.pk).update(position=other.position - 1)
    record("ordre_du_jour", user, item.session)


@transaction.atomic
def move(item: AgendaItem, earlier: bool) -> None:
    """Move a dossier one place up (`earlier`) or down; nothing where it is already first or last."""
    _refuse_closed(item.session)
    there = item.position - 1 if earlier else item.position + 1
    other = item.session.items.filter(position=there).first()
    if other is not None:
        AgendaItem.objects.filter(pk=other.pk).update(position=item.position)
        AgendaItem.objects.filter(pk=item.pk).update(position=there)


@transaction.atomic
def record_outcome(
    user: Account, item: AgendaItem, outcome: str, today: date, *, opinion: str = "", for_landlord: str = ""
) -> AgendaItem:
    """Keep what the commission said of a dossier, in the dossier too, dated from the session.

    Raises PexError without a text for an avis or a recommandation, before the day of the session, or where the
    session is closed.
    """
    _refuse_closed(item.session)
    if outcome not in Outcome.values:
        raise PexError("Choisissez une suite : avis, recommandation, report ou sans avis.")
    if item.session.date > today:
        day = write_date(item.session.date)
        raise PexError(f"La séance est le {day} : l'avis se note à partir de ce jour.")
    opinion, for_landlord = opinion.strip(), for_landlord.strip()
    if outcome in SPOKEN and not opinion:
        raise PexError("Écrivez le texte de l'avis : c'est lui que le ménage et les partenaires liront.")
    if outcome not in SPOKEN:
        opinion = for_landlord = ""
    _tell_the_dossier(user, item, opinion, for_landlord, today)
    item.outcome, item.opinion, item.opinion_for_landlord = outcome, opinion, for_landlord
    item.recorded_on = item.session.date
    item.save()
    record("avis_commission", user, item.dossier, fields=["outcome", "opinion", "opinion_for_landlord"])
    return item


def _tell_the_dossier(user: Account, item: AgendaItem, opinion: str, for_landlord: str, today: date) -> None:
    """The event `avis_ccapex` of the session's day follows what the commission said."""
    old = item.dossier.events.filter(type=SAID, date=item.session.date).first()
    raw = {"type": SAID, "date": item.session.date, "texte": opinion}
    if for_landlord:
        raw["texte_bailleur"] = for_landlord
    if old is None and opinion:
        add_event(user, item.dossier, raw, today, said_by=Said.COMMISSION, sure=True)
    elif old is not None and opinion and old.details != {key: raw[key] for key in raw if key.startswith("texte")}:
        correct_event(user, item.dossier, old.pk, raw, today, said_by=Said.COMMISSION, sure=True)
    elif old is not None and not opinion:
        remove_event(user, item.dossier, old.pk, today)


@transaction.atomic
def recommend(user: Account, item: AgendaItem, to: str, text: str, due_on: date | None) -> Recommendation:
    """Ask something of one of RECIPIENTS, with a day for the answer; it becomes a task of the dossier."""
    _refuse_closed(item.session)
    if to not in RECIPIENTS:
        raise PexError("Choisissez à qui la recommandation est adressée.")
    if not text.strip():
        raise PexError("Écrivez ce que la commission recommande.")
    if due_on is not None and due_on < item.session.date:
        raise PexError(f"La réponse ne peut pas être attendue avant la séance, le {write_date(item.session.date)}.")
    made = Recommendation.objects.create(item=item, addressed_to=to, text=text.strip(), due_on=due_on)
    Task.objects.create(
        dossier=item.dossier, kind=TaskKind.FOLLOW_UP, recommendation=made, due_on=due_on, made_by=user,
        title=f"Suivre la recommandation : {RECIPIENTS[to][0]}",
    )  # fmt: skip
    record("recommandation", user, item.dossier, fields=["recommendation"])
    return made


@transaction.atomic
def record_answer(user: Account, made: Recommendation, state: str, on: date, answer: str = "") -> None:
    """Keep what became of a recommendation; its task is done, unless the answer is still awaited."""
    if state not in FollowUp.values:
        raise PexError("Choisissez ce qu'est devenue la recommandation.")
    made.state, made.answer = state, answer.strip()
    made.answered_on = None if state == FollowUp.WAITING else on
    made.save()
    Task.objects.filter(recommendation=made).update(done_on=made.answered_on)
    record("recommandation_suivie", user, made.item.dossier, fields=["state", "answer"])


def recommendation_of(user: Account, key: UUID) -> Recommendation:
    """A recommendation of the office. Raises Recommendation.DoesNotExist."""
    found: Recommendation = Recommendation.objects.select_related("item__session", "item__dossier").get(
        pk=key, item__session__structure=user.structure
    )
    return found


def awaited(user: Account) -> Any:
    """The recommendations without an answer, those due first first."""
    waiting = Recommendation.objects.filter(item__session__structure=user.structure, state=FollowUp.WAITING)
    return waiting.select_related("item__session", "item__dossier").order_by("due_on", "item__session__date")


@transaction.atomic
def close_session(user: Account, session: Session, on: date) -> None:
    """Close a session: what was said there no longer changes. Raises PexError where a dossier has no outcome."""
    left = list(session.items.filter(outcome="").values_list("dossier__reference", flat=True))
    if left:
        raise PexError(f"Il reste {len(left)} dossier(s) sans suite : {', '.join(left[:5])}. Notez leur suite d'abord.")
    if session.date > on:
        raise PexError(f"La séance est le {write_date(session.date)} : elle ne peut pas être close avant.")
    session.closed_on = on
    session.save()
    record("seance_close", user, session)


@transaction.atomic
def reopen_session(user: Account, session: Session) -> None:
    """Open a closed session again, to correct what was noted; the journal keeps it."""
    session.closed_on = None
    session.save()
    record("seance_rouverte", user, session)


def notifications(session: Session) -> Sequence[Notification]:
    """The letters that follow from what was said: to the household, the landlord, each recipient named."""
    found = []
    for item in items_of(session):
        if item.outcome not in SPOKEN:
            continue
        wanted = ["menage"]
        if item.opinion_for_landlord:
            wanted.append("bailleur")
        wanted += [made.addressed_to for made in item.recommendations.all()]
        for to in dict.fromkeys(wanted):
            label, letter_id = RECIPIENTS[to]
            found.append(Notification(item, letter_id, label))
    return found


def prepare_notifications(user: Account, session: Session, dated: date) -> Batch:
    """The batch of all these letters, in the order of the agenda. Raises PexError where there is none."""
    wanted = [(each.item.dossier_id, each.letter_id) for each in notifications(session)]
    return prepare_these(user, wanted, dated=dated)


def _refuse_closed(session: Session) -> None:
    if session.closed_on is not None:
        raise PexError(f"La séance est close depuis le {write_date(session.closed_on)}. Rouvrez-la pour la corriger.")
