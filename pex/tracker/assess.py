"""Rows → facts → timeline: deadlines are computed, and what is cached of them says with which law.

A page calls `timeline_of(row, today)`; lists read the columns that `reassess` filled: `stage`,
`next_deadline`, `next_rule`, `flags`, `has_irregularity`, and the rows `deadlines`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction

from pex.dates import read_period
from pex.dossier import facts
from pex.dossier.values import Reader, detail_reader
from pex.law import read_law
from pex.timeline import Alert, Timeline, build_timeline
from pex.timeline.values import RUNNING, SUSPENDED
from pex.tracker.columns import insert_rows, tell_sizes, update_columns
from pex.tracker.models import AssessedDeadline, Debt, Dossier, Event
from pex.tracker.office import profile_of

CHUNK = 500
COMMISSAIRE = "commissaire_de_justice"
CACHED = (
    "stage",
    "stage_since",
    "next_deadline",
    "next_rule",
    "flags",
    "has_irregularity",
    "law_version",
    "assessed_on",
)


@lru_cache(maxsize=1)
def law_version() -> str:
    """What tells one state of the law, and of the code that reads it, from another."""
    import hashlib

    from pex import __version__
    from pex.folders import LAW

    digest = hashlib.sha256(__version__.encode())
    for path in sorted(LAW.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def current_debt(debts: Iterable[Debt]) -> Debt | None:
    """The last one by day, then by order of entry."""
    return max(debts, key=lambda debt: (debt.observed_on or date.min, debt.pk), default=None)


def dossier_of(row: Dossier) -> facts.Dossier:
    """The facts of a row, as the dossier file would give them. Read it with `Dossier.objects.with_facts()`."""
    address = facts.Adresse(tuple(row.address_lines), row.postcode, row.commune)
    truce = facts.TreveLocale(row.truce_from, row.truce_to) if row.truce_from and row.truce_to else None
    landlord = row.landlord
    return facts.Dossier(
        reference=row.reference,
        menage=facts.Menage(
            personnes=tuple(facts.Personne(item.civilite, item.nom, item.prenom) for item in row.people.all()),
            enfants=row.children,
            langue=row.language,
            adresse=address if address != facts.Adresse() else None,
            adresse_confidentielle=row.address_is_confidential,
        ),
        bail=facts.Bail(
            signe_le=row.lease_signed_on,
            renouvele_le=row.lease_renewed_on,
            type=row.lease_type,
            delai_clause_resolutoire=read_period(row.clause_period) if row.clause_period else None,
        ),
        bailleur=facts.Bailleur(landlord.name, landlord.type, landlord.address) if landlord else facts.Bailleur(),
        dette=_debt_of(current_debt(row.debts.all())),
        territoire=facts.Territoire(row.departement, truce),
        evenements=tuple(event_of(item) for item in row.events.all()),
    )


def _debt_of(debt: Debt | None) -> facts.Dette:
    if debt is None:
        return facts.Dette()
    return facts.Dette(
        montant=debt.amount,
        constatee_le=debt.observed_on,
        loyer=debt.rent,
        charges=debt.charges,
        aide_logement=debt.housing_aid,
        tiers_payant=debt.tiers_payant,
        regime_aide_logement=debt.housing_aid_regime,
    )


def event_of(row: Event) -> facts.Evenement:
    """The event of a row, its details read as those of a dossier file."""
    if not row.details:
        return facts.Evenement(row.type, row.date)
    details = {name: _detail_reader(row.type, name)(value) for name, value in row.details.items()}
    return facts.Evenement(row.type, row.date, details)


@lru_cache(maxsize=512)
def _detail_reader(event_type: str, name: str) -> Reader:
    return detail_reader(read_law().events[event_type].details[name])


def timeline_of(row: Dossier, today: date) -> Timeline:
    """Where the household stands on that day, with the office's territory where the dossier gives none."""
    return build_timeline(profile_of(row.structure).place(dossier_of(row)), read_law(), today)


def refresh(row: Dossier, today: date) -> Timeline:
    """Compute one dossier again and keep the result in its cached columns."""
    fresh = Dossier.objects.with_facts().get(pk=row.pk)
    timeline = timeline_of(fresh, today)
    _keep([(fresh, timeline)], today)
    for name in CACHED:
        setattr(row, name, getattr(fresh, name))
    return timeline


def reassess(today: date, rows: Any = None, *, everything: bool = False) -> Iterator[int]:
    """Compute again the dossiers last assessed on another day or with another law; yields how many are done.

    `rows`: a queryset of dossiers, all of them by default. Each chunk is one transaction: it can be stopped.
    """
    wanted = Dossier.objects.all() if rows is None else rows
    if not everything:
        wanted = wanted.exclude(assessed_on=today, law_version=law_version())
    keys = list(wanted.order_by().values_list("pk", flat=True))
    profiles: dict[Any, Any] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = Dossier.objects.with_facts()
        pairs = []
        for row in chunk.filter(pk__in=keys[start : start + CHUNK]):
            if row.structure_id not in profiles:
                profiles[row.structure_id] = profile_of(row.structure)
            placed = profiles[row.structure_id].place(dossier_of(row))
            pairs.append((row, build_timeline(placed, read_law(), today)))
        _keep(pairs, today)
        if start + CHUNK >= len(keys):
            tell_sizes()
        yield min(start + CHUNK, len(keys))


@transaction.atomic
def _keep(pairs: Sequence[tuple[Dossier, Timeline]], today: date) -> None:
    """Write the cached columns, and the rows of deadlines where they changed."""
    kept: dict[Any, set[tuple[Any, ...]]] = {row.pk: set() for row, _ in pairs}
    for item in AssessedDeadline.objects.filter(dossier__in=[row.pk for row, _ in pairs]).iterator():
        kept[item.dossier_id].add((item.rule, item.last_day, item.status, item.certainty, item.binds))
    changed, fresh = [], []
    for row, timeline in pairs:
        _fill(row, timeline, today)
        wanted = _deadlines_to_keep(timeline)
        if wanted != kept[row.pk]:
            changed.append(row.pk)
            fresh += [
                AssessedDeadline(
                    dossier_id=row.pk, rule=rule, last_day=day, status=status, certainty=certainty, binds=binds
                )
                for rule, day, status, certainty, binds in sorted(wanted)
            ]
    AssessedDeadline.objects.filter(dossier__in=changed).delete()
    insert_rows(fresh)
    update_columns([row for row, _ in pairs], CACHED)


def _fill(row: Dossier, timeline: Timeline, today: date) -> None:
    running = [item for item in timeline.deadlines if item.status == RUNNING and is_watched(item.binds)]
    running = [item for item in running if item.last_day is not None]
    nearest = min(running, key=lambda item: item.last_day or date.max, default=None)
    row.stage = timeline.stage
    row.stage_since = _stage_since(timeline)
    row.next_deadline = nearest.last_day if nearest else None
    row.next_rule = nearest.rule if nearest else ""
    row.flags = list(dict.fromkeys(alert.id for alert in timeline.alerts))
    row.has_irregularity = any(is_irregularity(alert) for alert in timeline.alerts)
    row.law_version = law_version()
    row.assessed_on = today


def _stage_since(timeline: Timeline) -> date | None:
    """The last day of an event that leads to the stage reached."""
    kinds = read_law().events
    days = [event.date for event in timeline.dossier.evenements if kinds[event.type].stage == timeline.stage]
    return max((day for day in days if day is not None and day <= timeline.today), default=None)


def is_watched(binds: str) -> bool:
    """False for what only the commissaire de justice has to do: nobody who follows the household acts on it."""
    return binds != COMMISSAIRE


def is_irregularity(alert: Alert) -> bool:
    """True for an act whose date may change something, and not for a fact that is merely unknown."""
    return bool(alert.effect) and alert.level != "information"


def _deadlines_to_keep(timeline: Timeline) -> set[tuple[Any, ...]]:
    """The deadlines that a list may show: dated, still running or held up."""
    return {
        (item.rule, item.last_day, item.status, item.certainty, item.binds)
        for item in timeline.deadlines
        if item.last_day is not None and item.status in (RUNNING, SUSPENDED)
    }
