"""Finding dossiers: words with accents or typing errors, and filters.

A page calls `find(account, Criteria(…), page)` and `filter_choices(account)`. `Found.near` says which words
were taken for which typed ones, so that the page can tell it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from pex.tracker.models import Account, Dossier, Landlord, Partner, Referral, SearchVariant, SearchWord
from pex.tracker.words import EMPTY, is_near, typed_words, variants

A_PAGE = 50
MOST_WORDS = 8
MOST_NEAR = 30
ORDERS = {
    "echeance": (F("next_deadline").asc(nulls_last=True), "label", "pk"),
    "nom": ("label", "pk"),
    "reference": ("reference", "pk"),
    "recent": ("-changed_at", "pk"),
}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is looked for; an empty value filters nothing. `state` is « ouverts », « clos » or « tous »."""

    text: str = ""
    stage: str = ""
    commune: str = ""
    landlord: str = ""
    landlord_type: str = ""
    deadline_from: date | None = None
    deadline_to: date | None = None
    rule: str = ""
    partner: str = ""
    irregular: bool = False
    state: str = "ouverts"
    order: str = "echeance"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of dossiers, how many there are in all, and the words taken for others: « marrtin » → « martin »."""

    rows: tuple[Dossier, ...]
    count: int
    page: int
    pages: int
    near: Mapping[str, tuple[str, ...]]


def find(account: Account, criteria: Criteria, page: int = 1, size: int = A_PAGE) -> Found:
    """The dossiers that the account may see and that hold every word and every filter."""
    rows, near = select(account, criteria)
    count = rows.count()
    pages = max(1, -(-count // size))
    page = min(max(1, page), pages)
    ordered = rows.order_by(*ORDERS.get(criteria.order, ORDERS["echeance"])).values_list("pk", flat=True)
    # Sorting identifiers alone is three times as quick as sorting whole rows.
    keys = list(ordered[(page - 1) * size : page * size])
    found = Dossier.objects.select_related("landlord").in_bulk(keys)
    return Found(tuple(found[key] for key in keys), count, page, pages, near)


def select(account: Account, criteria: Criteria) -> tuple[QuerySet[Any], Mapping[str, tuple[str, ...]]]:
    """The dossiers as a queryset without order: for a batch, an export, an agenda; and the words taken for others."""
    rows = Dossier.objects.visible_to(account).filter(_filters(criteria))
    near: dict[str, tuple[str, ...]] = {}
    words = typed_words(criteria.text)
    for word in [word for word in words if word not in EMPTY][:MOST_WORDS]:
        exact = SearchWord.objects.filter(word__gte=word, word__lt=f"{word}\uffff")
        if not exact.exists():
            near[word] = _words_near(word)
            exact = SearchWord.objects.filter(word__in=near[word])
        rows = rows.filter(pk__in=exact.values("dossier"))
    if criteria.text.strip() and not words:
        rows = rows.none()
    return rows, near


def filter_choices(account: Account) -> Mapping[str, tuple[tuple[str, str, int], ...]]:
    """What each filter can be: « (value, label, dossiers) » for stage, commune, landlord, partner."""
    from pex.law import read_law

    mine = Dossier.objects.visible_to(account).filter(closed_on=None)
    stages = dict(mine.order_by().values_list("stage").annotate(n=Count("pk")))
    communes: dict[str, tuple[str, int]] = {}
    for key, name, count in mine.order_by().values_list("commune_key", "commune").annotate(n=Count("pk")):
        if key:
            shown, before = communes.get(key, (name, 0))
            communes[key] = (shown, before + count)
    by_landlord = dict(mine.order_by().exclude(landlord=None).values_list("landlord").annotate(n=Count("pk")))
    landlords = {row.pk: row for row in Landlord.objects.filter(structure_id=account.structure_id)}
    partners = Partner.objects.filter(structure_id=account.structure_id).annotate(
        n=Count("referrals", filter=Q(referrals__ended_on=None))
    )
    return {
        "stage": tuple((id, stage.name, stages.get(id, 0)) for id, stage in read_law().stages.items()),
        "commune": tuple((key, name, count) for key, (name, count) in sorted(communes.items())),
        "landlord": tuple(
            sorted(
                ((str(key), str(landlords[key]), count) for key, count in by_landlord.items() if key in landlords),
                key=lambda item: (item[1].casefold(), item[0]),
            )
        ),
        "partner": tuple((str(row.pk), row.name, row.n) for row in partners.order_by("name")),
    }


def _filters(criteria: Criteria) -> Q:
    found = Q()
    if criteria.stage:
        found &= Q(stage=criteria.stage)
    if criteria.commune:
        found &= Q(commune_key=criteria.commune)
    if criteria.landlord:
        found &= Q(landlord=_identifier(criteria.landlord))
    if criteria.landlord_type:
        found &= Q(landlord__type=criteria.landlord_type)
    if criteria.rule or criteria.deadline_from or criteria.deadline_to:
        found &= _deadline_filter(criteria)
    if criteria.partner:
        found &= Q(
            pk__in=Referral.objects.filter(partner=_identifier(criteria.partner), ended_on=None).values("dossier")
        )
    if criteria.irregular:
        found &= Q(has_irregularity=True)
    if criteria.state in ("ouverts", "clos"):
        found &= Q(closed_on__isnull=criteria.state == "ouverts")
    return found


def _deadline_filter(criteria: Criteria) -> Q:
    from pex.timeline.values import RUNNING
    from pex.tracker.models import AssessedDeadline

    rows = AssessedDeadline.objects.filter(status=RUNNING)
    if criteria.rule:
        rows = rows.filter(rule=criteria.rule)
    if criteria.deadline_from:
        rows = rows.filter(last_day__gte=criteria.deadline_from)
    if criteria.deadline_to:
        rows = rows.filter(last_day__lte=criteria.deadline_to)
    return Q(pk__in=rows.values("dossier"))


def _identifier(text: str) -> UUID:
    """What was chosen in a list; anything else finds nothing."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _words_near(word: str) -> tuple[str, ...]:
    """Known words that one typing error, or the same sound, separates from this one."""
    candidates = SearchVariant.objects.filter(variant__in=variants(word)).values_list("word", flat=True).distinct()
    return tuple(sorted(known for known in candidates if is_near(word, known)))[:MOST_NEAR]
