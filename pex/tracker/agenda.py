"""The lists of *Aujourd'hui*: what falls due, and the act that settles each item.

A page calls `today_lists(account, today)`, which gives every list with its first items, and
`one_list(account, list_id, today, start)` for the rest of one. An item's `act` is an id and its argument:
« dossier », « evenement:<type> », « courrier:<id> », « tache:<uuid> », « retour:<uuid of the referral> ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pex.dates import write_date
from pex.law import read_law
from pex.law.wording import BOUND, CERTAINTIES
from pex.letters import is_for_household, letter_ids
from pex.timeline.values import RUNNING
from pex.tracker.assess import COMMISSAIRE, is_irregularity, timeline_of
from pex.tracker.models import (
    Account,
    AssessedDeadline,
    Dossier,
    Event,
    Recommendation,
    Referral,
    SentLetter,
    Task,
    TaskKind,
)

FEW, MOST = 8, 1000
"""Items shown of each list, and the count above which « plus de 1 000 » is said."""
SOON = timedelta(days=14)
BEFORE_A_HEARING = timedelta(days=30)
BEFORE_THE_END_OF_TRUCE = timedelta(days=60)
NEW_STAGE = timedelta(days=60)
WITHOUT_ANSWER = timedelta(days=30)
TOO_OLD_TO_REMIND = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: whose dossier, which day, what, and the act that settles it."""

    dossier: UUID
    reference: str
    label: str
    commune: str
    day: date | None
    text: str
    act: str


@dataclass(frozen=True, slots=True)
class TodayList:
    """A list of *Aujourd'hui*. `count` is at most MOST + 1; `empty` says what an empty list means."""

    id: str
    title: str
    count: int
    items: tuple[Item, ...]
    empty: str


class _Kind(NamedTuple):
    title: str
    empty: str
    rows: Callable[[Account, date], QuerySet[Any]]
    item: Callable[[Any, date], Item]


def today_lists(account: Account, today: date, few: int = FEW) -> tuple[TodayList, ...]:
    """Every list, in the order of the page, each with its first items."""
    return tuple(one_list(account, list_id, today, few=few) for list_id in _kinds())


def one_list(account: Account, list_id: str, today: date, start: int = 0, few: int = FEW) -> TodayList:
    """One list, from its item number `start`. KeyError for an unknown list."""
    kind = _kinds()[list_id]
    rows = kind.rows(account, today)
    # Sorting identifiers alone is quicker than sorting whole rows.
    keys = list(rows.values_list("pk", flat=True)[start : start + few])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
    items = tuple(kind.item(found[key], today) for key in keys)
    count = len(items) if start == 0 and len(items) < few else rows.order_by()[: MOST + 1].count()
    return TodayList(list_id, kind.title, count, items, kind.empty)


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, _Kind]:
    return {
        "audiences": _Kind("Audiences de la semaine", "Pas d'audience dans les sept jours.", _hearings, _hearing),
        "dsf": _Kind(
            "Diagnostics sociaux et financiers à transmettre avant l'audience",
            "Toutes les audiences des trente jours ont leur diagnostic.", _missing_dsf, _dsf,
        ),
        "echeances": _Kind(
            "Échéances des quatorze jours", "Aucune échéance dans les quatorze jours.", _due, _deadline
        ),
        "prefet": _Kind(
            "Silence du préfet, bientôt un refus",
            "Aucune réquisition n'arrive à son terme dans les quatorze jours.", _silence, _deadline,
        ),
        "treve": _Kind(
            "Fin de la trêve hivernale", "Aucun ménage n'est concerné dans les soixante jours.", _truce, _truce_item
        ),
        "courriers": _Kind(
            "Courriers à envoyer", "Chaque ménage a reçu le courrier de son étape.", _letters, _letter
        ),
        "revenus": _Kind("Courriers revenus", "Aucun courrier revenu à traiter.", _returned, _task),
        "sans_reponse": _Kind(
            "Ménages sans réponse", "Pas de courrier resté sans réponse depuis un mois.", _silent, _silent_item
        ),
        "irregularites": _Kind(
            "Actes qui semblent irréguliers", "Aucune irrégularité trouvée dans les dates.", _irregular, _irregularity
        ),
        "partenaires": _Kind(
            "Retours attendus des partenaires", "Aucun retour en retard.", _referrals, _referral
        ),
        "recommandations": _Kind(
            "Recommandations de la commission sans réponse", "Aucune réponse en retard.", _recommended, _recommendation
        ),
        "taches": _Kind("À faire", "Rien à faire pour aujourd'hui.", _tasks, _task),
    }  # fmt: skip


def _open(account: Account) -> QuerySet[Any]:
    return Dossier.objects.visible_to(account).filter(closed_on=None)


def _within(account: Account, path: str) -> dict[str, Any]:
    """The same condition as `_open`, seen from a row that belongs to a dossier."""
    if not account.is_active or account.structure_id is None:
        return {f"{path}__in": Dossier.objects.none()}
    return {f"{path}__structure_id": account.structure_id, f"{path}__closed_on": None}


def _item(dossier: Dossier, day: date | None, text: str, act: str) -> Item:
    return Item(dossier.pk, dossier.reference, dossier.label, dossier.commune or "", day, text, act)


def _planned(account: Account, today: date, until: date) -> QuerySet[Any]:
    planned = Event.objects.filter(type="audience", date__gte=today, date__lte=until, **_within(account, "dossier"))
    return planned.select_related("dossier").order_by("date", "pk")


def _hearings(account: Account, today: date) -> QuerySet[Any]:
    return _planned(account, today, today + timedelta(days=7))


def _hearing(event: Event, today: date) -> Item:
    hour, place = event.details.get("heure"), event.details.get("lieu")
    when = f"à {hour.replace(':', ' h ')}" if hour else "heure à demander"
    return _item(event.dossier, event.date, f"Audience, {when}{f', {place}' if place else ''}", "dossier")


def _missing_dsf(account: Account, today: date) -> QuerySet[Any]:
    sent = Event.objects.filter(dossier=OuterRef("dossier"), type="dsf_transmis")
    return _planned(account, today, today + BEFORE_A_HEARING).filter(~Exists(sent))


def _dsf(event: Event, today: date) -> Item:
    text = f"Audience le {write_date(event.date)} : le diagnostic n'est pas transmis"
    return _item(event.dossier, event.date, text, "evenement:dsf_transmis")


def _deadlines(account: Account, today: date, within: timedelta, **only: Any) -> QuerySet[Any]:
    found = AssessedDeadline.objects.filter(
        last_day__gte=today, last_day__lte=today + within, **only, **_within(account, "dossier")
    )
    return found.select_related("dossier").order_by("last_day", "pk")


def _due(account: Account, today: date) -> QuerySet[Any]:
    watched = _deadlines(account, today, SOON, status=RUNNING).exclude(binds=COMMISSAIRE)
    return watched.exclude(rule__in=("reponse_du_prefet", "treve_hivernale"))


def _silence(account: Account, today: date) -> QuerySet[Any]:
    return _deadlines(account, today, SOON, status=RUNNING, rule="reponse_du_prefet")


def _deadline(row: AssessedDeadline, today: date) -> Item:
    rule = read_law().rules.get(row.rule)
    doubt = "" if row.certainty == "certaine" else f" ({CERTAINTIES[row.certainty]})"
    act = "evenement:octroi_concours" if row.rule == "reponse_du_prefet" else "dossier"
    who = "" if row.binds == "menage" else f", pour {BOUND.get(row.binds, row.binds)}"
    return _item(row.dossier, row.last_day, f"{rule.name if rule else row.rule}{who}{doubt}", act)


def _truce(account: Account, today: date) -> QuerySet[Any]:
    return _deadlines(account, today, BEFORE_THE_END_OF_TRUCE, rule="treve_hivernale")


def _truce_item(row: AssessedDeadline, today: date) -> Item:
    return _item(row.dossier, row.last_day, f"La trêve finit le {write_date(row.last_day)}", "courrier:fin_de_treve")


@lru_cache(maxsize=1)
def letters_of_stages() -> Mapping[str, tuple[str, ...]]:
    """The letters to the household made for each stage."""
    from pex.letters.templates import read_template

    found: dict[str, tuple[str, ...]] = {}
    for letter_id in letter_ids("fr"):
        if is_for_household(letter_id, "fr"):
            for stage in read_template(letter_id, "fr").stages:
                found[stage] = (*found.get(stage, ()), letter_id)
    return found


def _letters(account: Account, today: date) -> QuerySet[Any]:
    """Dossiers that came to their stage lately, and whose household was not written to about it."""
    wanted = Q()
    for stage, letters in letters_of_stages().items():
        sent = SentLetter.objects.filter(dossier=OuterRef("pk"), template__in=letters).exclude(sent_on=None)
        wanted |= Q(stage=stage) & ~Q(Exists(sent))
    lately = _open(account).filter(stage_since__gte=today - NEW_STAGE, stage_since__lte=today, opposes_letters=False)
    return lately.filter(wanted).order_by(F("next_deadline").asc(nulls_last=True), "pk")


def _letter(row: Dossier, today: date) -> Item:
    name = read_law().stages[row.stage].name
    return _item(row, row.next_deadline, f"Étape « {name} » : le ménage n'a pas reçu son courrier", "courrier:")


def _open_tasks(account: Account) -> QuerySet[Any]:
    tasks = Task.objects.filter(done_on=None, **_within(account, "dossier")).select_related("dossier")
    return tasks.order_by(F("due_on").asc(nulls_last=True), "made_at")


def _returned(account: Account, today: date) -> QuerySet[Any]:
    return _open_tasks(account).filter(kind=TaskKind.RETURNED)


def _tasks(account: Account, today: date) -> QuerySet[Any]:
    due = Q(due_on=None) | Q(due_on__lte=today + timedelta(days=7))
    return _open_tasks(account).exclude(kind=TaskKind.RETURNED).filter(due)


def _task(task: Task, today: date) -> Item:
    return _item(task.dossier, task.due_on, task.title, f"tache:{task.pk}")


def _silent(account: Account, today: date) -> QuerySet[Any]:
    """The last letter to the household is a month old, and nothing was heard since."""
    letters = SentLetter.objects.filter(returned_on=None, sent_on__gte=today - TOO_OLD_TO_REMIND)
    old = letters.filter(sent_on__lte=today - WITHOUT_ANSWER)
    recent = letters.filter(dossier=OuterRef("pk"), sent_on__gt=today - WITHOUT_ANSWER)
    after_contact = old.filter(dossier=OuterRef("pk"), sent_on__gt=OuterRef("last_contact_on"))
    rows = _open(account).filter(Q(last_contact_on=None) | Exists(after_contact), ~Exists(recent))
    return rows.filter(pk__in=old.values("dossier")).order_by(F("next_deadline").asc(nulls_last=True), "pk")


def _silent_item(row: Dossier, today: date) -> Item:
    return _item(row, row.next_deadline, "Courrier sans réponse depuis plus d'un mois", "courrier:relance_sans_reponse")


def _irregular(account: Account, today: date) -> QuerySet[Any]:
    found = _open(account).with_facts().filter(has_irregularity=True).exclude(stage="situation_resolue")
    return found.order_by(F("next_deadline").asc(nulls_last=True), "pk")


def _irregularity(row: Dossier, today: date) -> Item:
    found = (alert for alert in timeline_of(row, today).alerts if is_irregularity(alert))
    return _item(row, row.next_deadline, next((alert.message for alert in found), "À vérifier"), "dossier")


def _referrals(account: Account, today: date) -> QuerySet[Any]:
    late = Referral.objects.filter(answered_on=None, ended_on=None, answer_by__lt=today, **_within(account, "dossier"))
    return late.select_related("dossier", "partner").order_by("answer_by", "pk")


def _referral(row: Referral, today: date) -> Item:
    return _item(
        row.dossier, row.answer_by, f"{row.partner.name} : {row.expected or 'retour attendu'}", f"retour:{row.pk}"
    )


def _recommended(account: Account, today: date) -> QuerySet[Any]:
    late = Recommendation.objects.filter(state="en_attente", due_on__lt=today, **_within(account, "item__dossier"))
    return late.select_related("item__dossier").order_by("due_on", "pk")


def _recommendation(row: Recommendation, today: date) -> Item:
    return _item(row.item.dossier, row.due_on, f"{row.addressed_to} : réponse attendue", "dossier")


def week(account: Account, today: date, days: int = 7) -> Iterator[tuple[date, str, UUID, str]]:
    """Appointments and deadlines to come, day after day: « (day, text, dossier, reference) », MOST of each at most."""
    law, until = read_law(), today + timedelta(days=days)
    kinds = [kind.id for kind in law.events.values() if kind.planned]
    planned = Event.objects.filter(type__in=kinds, date__gte=today, date__lte=until, **_within(account, "dossier"))
    running = _deadlines(account, today, timedelta(days=days), status=RUNNING)
    events = planned.order_by("date", "pk").values_list("date", "type", "dossier", "dossier__reference")[:MOST]
    deadlines = running.values_list("last_day", "rule", "dossier", "dossier__reference")[:MOST]
    found = [(day, law.events[kind].name, key, reference) for day, kind, key, reference in events]
    found += [(day, law.rules[rule].name, key, reference) for day, rule, key, reference in deadlines]
    yield from sorted(found, key=lambda item: (item[0], item[3], item[1]))
