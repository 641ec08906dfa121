"""Facts → rows: makes a dossier or replaces its facts, and the words it is found by.

`keep_new` and `keep_again` write facts and nothing else: who may, the history and the journal are for the
callers (`editing`, `importing`, `demo`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from pex.dossier import dossier_to_mapping
from pex.dossier.facts import Bailleur, Dette
from pex.dossier.facts import Dossier as Facts
from pex.tracker.assess import current_debt, dossier_of
from pex.tracker.columns import insert_rows, update_columns
from pex.tracker.models import (
    Account,
    Debt,
    Dossier,
    Event,
    Landlord,
    LetterFile,
    Person,
    SearchVariant,
    SearchWord,
    Structure,
)
from pex.tracker.words import key_of, variants, words_of

MANY = 500


@transaction.atomic
def keep_new(
    dossiers: Sequence[Facts],
    structure: Structure,
    *,
    opened_on: date | None,
    by: Account | None = None,
    said_by: str = "autre",
) -> list[Dossier]:
    """Make the rows of these dossiers, whose references are new to the structure."""
    landlords = _Landlords(structure)
    rows = []
    for facts in dossiers:
        row = Dossier(structure=structure, opened_on=opened_on)
        _fill(row, facts, landlords)
        rows.append(row)
    insert_rows(rows)
    pairs = list(zip(rows, dossiers, strict=True))
    insert_rows(item for row, facts in pairs for item in _people(row, facts))
    insert_rows(_debt(row, facts.dette, by, said_by) for row, facts in pairs if facts.dette != Dette())
    insert_rows(event for row, facts in pairs for event in _events(row, facts, by, said_by))
    index_words(pairs)
    return rows


@transaction.atomic
def keep_again(row: Dossier, facts: Facts, *, by: Account | None = None, said_by: str = "autre") -> bool:
    """Give a dossier these facts instead of its own; False where they were the same.

    Events that did not change keep their row; a new debt is added to the older ones, which stay.
    """
    current = Dossier.objects.with_facts().get(pk=row.pk)
    changed = replace_facts(current, facts, by=by, said_by=said_by)
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(current, field.attname))
    return changed


def replace_facts(row: Dossier, facts: Facts, *, by: Account | None = None, said_by: str = "autre") -> bool:
    """As `keep_again`, for a row just read with its facts, inside a transaction; what did not change is not written."""
    before = dossier_of(row)
    if before == facts:
        return False
    landlord = row.landlord_id
    debts, events = list(row.debts.all()), list(row.events.all())
    _fill(row, facts, _Landlords(row.structure, {before.bailleur: row.landlord}))
    row.version += 1
    row.save()
    if facts.menage.personnes != before.menage.personnes:
        Person.objects.filter(dossier=row).delete()
        insert_rows(_people(row, facts))
    if facts.dette != before.dette:
        _keep_debt(row, facts.dette, debts, by, said_by)
    if facts.evenements != before.evenements:
        _keep_events(row, facts, events, by, said_by)
    gone = set(_words(before)) - set(_words(facts))
    if gone:
        SearchWord.objects.filter(dossier=row, word__in=gone).delete()
    _index([(row, word) for word in _words(facts) if word not in set(_words(before))])
    drop_unused(gone, [landlord] if landlord != row.landlord_id else [])
    row._prefetched_objects_cache.clear()
    return True


class _Landlords:
    """The landlords of a structure, so that a thousand rows ask for each only once."""

    def __init__(self, structure: Structure, known: dict[Bailleur, Landlord] | None = None) -> None:
        self.structure = structure
        self.known = known or {}

    def row_of(self, bailleur: Bailleur) -> Landlord | None:
        if bailleur == Bailleur():
            return None
        if bailleur not in self.known:
            self.known[bailleur], _ = Landlord.objects.get_or_create(
                structure=self.structure, name=bailleur.nom, type=bailleur.type, address=bailleur.adresse,
                defaults={"key": key_of([bailleur.nom])[:300]},
            )  # fmt: skip
        return self.known[bailleur]


def _fill(row: Dossier, facts: Facts, landlords: _Landlords) -> None:
    menage, address = facts.menage, facts.menage.adresse
    period = facts.bail.delai_clause_resolutoire
    truce = facts.territoire.treve_hivernale
    row.reference = facts.reference
    row.children = menage.enfants
    row.language = menage.langue
    row.address_lines = list(address.lignes) if address else []
    row.postcode = address.code_postal if address else None
    row.commune = address.commune if address else None
    row.commune_key = key_of([row.commune])
    row.address_is_confidential = menage.adresse_confidentielle
    row.lease_signed_on = facts.bail.signe_le
    row.lease_renewed_on = facts.bail.renouvele_le
    row.lease_type = facts.bail.type
    row.clause_period = f"{period.count} {period.unit}" if period else None
    row.landlord = landlords.row_of(facts.bailleur)
    row.departement = facts.territoire.departement
    row.truce_from = truce.du if truce else None
    row.truce_to = truce.au if truce else None
    row.label = label_of(facts)


def label_of(facts: Facts) -> str:
    """« DURAND Aïcha, DURAND Karim »: how lists name and sort the household; empty where nobody is named."""
    names = [" ".join(part for part in (item.nom, item.prenom) if part) for item in facts.menage.personnes]
    return ", ".join(name for name in names if name)[:300]


def _people(row: Dossier, facts: Facts) -> Iterator[Person]:
    for position, person in enumerate(facts.menage.personnes):
        yield Person(
            dossier=row, position=position, civilite=person.civilite, nom=person.nom, prenom=person.prenom,
            key=key_of([person.nom, person.prenom]),
        )  # fmt: skip


def _debt(row: Dossier, dette: Dette, by: Account | None, said_by: str) -> Debt:
    return Debt(
        dossier=row,
        amount=dette.montant,
        observed_on=dette.constatee_le,
        rent=dette.loyer,
        charges=dette.charges,
        housing_aid=dette.aide_logement,
        tiers_payant=dette.tiers_payant,
        housing_aid_regime=dette.regime_aide_logement,
        said_by=said_by,
        entered_by=by,
    )


def _keep_debt(row: Dossier, dette: Dette, debts: list[Debt], by: Account | None, said_by: str) -> None:
    """Add what is owed now; a debt of the same day is corrected, and later ones give way."""
    fresh = _debt(row, dette, by, said_by)
    last = current_debt(debts)
    if last is not None and last.observed_on == fresh.observed_on:
        fresh.pk, fresh.entered_at = last.pk, last.entered_at
        if dette == Dette():
            last.delete()
            return
    elif dette == Dette():
        Debt.objects.filter(dossier=row).delete()
        return
    Debt.objects.filter(dossier=row, observed_on__gt=fresh.observed_on or date.min).exclude(pk=fresh.pk).delete()
    fresh.save()


def _events(row: Dossier, facts: Facts, by: Account | None, said_by: str) -> Iterator[Event]:
    for position, plain in enumerate(dossier_to_mapping(facts).get("evenements", ())):
        yield _event(row, position, plain, by, said_by)


def _event(row: Dossier, position: int, plain: dict[str, Any], by: Account | None, said_by: str) -> Event:
    day = plain.get("date")
    return Event(
        dossier=row,
        position=position,
        type=plain["type"],
        date=date.fromisoformat(day) if day else None,
        details={name: value for name, value in plain.items() if name not in ("type", "date")},
        said_by=said_by,
        entered_by=by,
    )


def _keep_events(row: Dossier, facts: Facts, rows: list[Event], by: Account | None, said_by: str) -> None:
    """Those that are still there keep who said them and when; the others are replaced."""
    left: dict[tuple[Any, ...], list[Event]] = {}
    for event in reversed(rows):
        left.setdefault((event.type, event.date, repr(sorted(event.details.items()))), []).append(event)
    kept, made = [], []
    for fresh in _events(row, facts, by, said_by):
        same = left.get((fresh.type, fresh.date, repr(sorted(fresh.details.items()))))
        if same:
            event = same.pop()
            event.position = fresh.position
            kept.append(event)
        else:
            made.append(fresh)
    Event.objects.filter(pk__in=[event.pk for events in left.values() for event in events]).delete()
    update_columns(kept, ["position"])
    insert_rows(made)


def index_words(pairs: Iterable[tuple[Dossier, Facts]]) -> None:
    """Write the words these dossiers are found by."""
    _index([(row, word) for row, facts in pairs for word in _words(facts)])


def _index(found: Sequence[tuple[Dossier, str]]) -> None:
    """Write these words, and the variants of those never seen."""
    if not found:
        return
    insert_rows(SearchWord(dossier=row, word=word) for row, word in found)
    seen = {word for _, word in found}
    new = seen - _known_words(seen)
    insert_rows(SearchVariant(word=word, variant=item) for word in sorted(new) for item in sorted(variants(word)))


def _words(facts: Facts) -> list[str]:
    names = [text for person in facts.menage.personnes for text in (person.nom, person.prenom)]
    address = facts.menage.adresse
    place = (*address.lignes, address.commune) if address else ()
    return words_of(facts.reference, *names, *place, facts.bailleur.nom)


def _known_words(words: set[str]) -> set[str]:
    ordered, known = sorted(words), set()
    for start in range(0, len(ordered), MANY):
        asked = SearchVariant.objects.filter(word__in=ordered[start : start + MANY])
        known.update(asked.values_list("word", flat=True))
    return known


def _words_of_rows(keys: Iterable[Any]) -> set[str]:
    return set(SearchWord.objects.filter(dossier__in=list(keys)).values_list("word", flat=True))


def forget(rows: Sequence[Dossier]) -> None:
    """Delete these dossiers, and the landlords and words that no other dossier has."""
    for start in range(0, len(rows), MANY):
        keys = [row.pk for row in rows[start : start + MANY]]
        words, landlords = _words_of_rows(keys), [row.landlord_id for row in rows[start : start + MANY]]
        files = list(LetterFile.objects.filter(letter__dossier__in=keys).values_list("pk", flat=True))
        Dossier.objects.filter(pk__in=keys).delete()
        LetterFile.objects.filter(pk__in=files).delete()
        drop_unused(words, landlords)


def drop_unused(words: Iterable[str], landlords: Iterable[Any]) -> None:
    """Delete those of these landlords, and the variants of those of these words, that no dossier has any more."""
    keys = {key for key in landlords if key is not None}
    if keys:
        used = set(Dossier.objects.filter(landlord__in=keys).values_list("landlord_id", flat=True))
        Landlord.objects.filter(pk__in=keys - used).delete()
    ordered = sorted(words)
    for start in range(0, len(ordered), MANY):
        asked = ordered[start : start + MANY]
        still = set(SearchWord.objects.filter(word__in=asked).values_list("word", flat=True))
        SearchVariant.objects.filter(word__in=[word for word in asked if word not in still]).delete()
