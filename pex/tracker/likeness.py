"""Dossiers that may be the same household: by person, by address, by reference. Only proposed, never merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from pex.dossier.facts import Dossier as Facts
from pex.dossier.text import folded
from pex.errors import Problem
from pex.tracker.models import Account, Dossier, Person
from pex.tracker.words import key_of

MANY = 500
MOST = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """A dossier that looks like a row of a file, and why: « même nom et même commune »…"""

    dossier: UUID
    reference: str
    label: str
    why: str


def candidates_for(account: Account, dossiers: Sequence[Facts]) -> Mapping[str, Sequence[Likeness]]:
    """For each of these dossiers, by reference, those of the database that may be the same household."""
    found: dict[str, dict[UUID, Likeness]] = defaultdict(dict)
    if not dossiers:
        return {}
    rows = _rows(account)
    alike = chain(_same_reference(dossiers, rows), _same_person(account, dossiers, rows), _same_address(dossiers, rows))
    for facts, row, why in alike:
        found[facts.reference].setdefault(row["pk"], Likeness(row["pk"], row["reference"], row["label"], why))
    return {reference: tuple(alike.values())[:MOST] for reference, alike in found.items()}


def alike_in_file(dossiers: Sequence[Facts]) -> list[Problem]:
    """Rows of one file that tell of the same person under two references: a warning for each."""
    first: dict[str, str] = {}
    found = []
    for facts in dossiers:
        address = facts.menage.adresse
        for person in facts.menage.personnes[:1]:
            if person.nom and person.prenom:
                key = key_of([person.nom, person.prenom, address.commune if address else ""])
                if (other := first.setdefault(key, facts.reference)) != facts.reference:
                    message = f"même personne et même commune que « {other} » dans ce fichier."
                    remedy = "Si c'est le même ménage, gardez une seule ligne."
                    found.append(Problem(message, value=facts.reference, remedy=remedy, reference=facts.reference))
    return found


def _rows(account: Account) -> dict[UUID, dict[str, Any]]:
    names = ("pk", "reference", "label", "postcode", "commune_key", "address_lines")
    return {row["pk"]: row for row in Dossier.objects.visible_to(account).values(*names)}


def _same_reference(dossiers: Iterable[Facts], rows: Mapping[UUID, dict[str, Any]]) -> Iterable[Any]:
    """« 71-2026-0042 » and « 71 2026 0042 »."""
    by_word = defaultdict(list)
    for row in rows.values():
        by_word[folded(row["reference"])].append(row)
    for facts in dossiers:
        for row in by_word.get(folded(facts.reference), ()):
            yield facts, row, "référence presque identique"


def _same_person(account: Account, dossiers: Sequence[Facts], rows: Mapping[UUID, dict[str, Any]]) -> Iterable[Any]:
    """The same name and first name, in the same commune or where one of the communes is not known."""
    wanted = defaultdict(list)
    for facts in dossiers:
        for person in facts.menage.personnes:
            if person.nom and person.prenom:
                wanted[key_of([person.nom, person.prenom])].append(facts)
    keys = sorted(wanted)
    for start in range(0, len(keys), MANY):
        people = Person.objects.filter(key__in=keys[start : start + MANY], dossier__structure=account.structure_id)
        for key, dossier_id in people.values_list("key", "dossier_id"):
            row = rows[dossier_id]
            for facts in wanted[key]:
                address = facts.menage.adresse
                town = key_of([address.commune]) if address else ""
                if (
                    not town
                    or not row["commune_key"]
                    or town == row["commune_key"]
                    or (address and address.code_postal == row["postcode"])
                ):
                    yield facts, row, "même nom et même prénom"


def _same_address(dossiers: Iterable[Facts], rows: Mapping[UUID, dict[str, Any]]) -> Iterable[Any]:
    """The same lines and postcode, and a family name in common or a name that is not known."""
    by_address = defaultdict(list)
    for row in rows.values():
        if row["address_lines"] and row["postcode"]:
            by_address[key_of(row["address_lines"]), row["postcode"]].append(row)
    for facts in dossiers:
        address = facts.menage.adresse
        if address is None or not address.lignes:
            continue
        names = {word for person in facts.menage.personnes for word in key_of([person.nom]).split()}
        for row in by_address.get((key_of(address.lignes), address.code_postal), ()):
            if not names or not row["label"] or names & set(key_of([row["label"]]).split()):
                yield facts, row, "même adresse et même nom"
