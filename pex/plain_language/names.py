"""The proper names of one case: they are written as they are, and no rule about words concerns them."""

from __future__ import annotations

from collections.abc import Iterator

from pex.dossier.facts import Adresse, Dossier
from pex.letters.facts_for_words import postal_line
from pex.letters.no_breaks import NO_BREAK
from pex.profile import Profile

PLACES = ("lieu", "service")
"""The details of an event that hold the name of a place or of a service."""


def proper_names(dossier: Dossier, profile: Profile) -> frozenset[str]:
    """People, landlord, services, places and addresses that a letter of that case may write."""
    return frozenset(name for name in _names(dossier, profile) if name)


def _names(dossier: Dossier, profile: Profile) -> Iterator[str | None]:
    for person in dossier.menage.personnes:
        yield from (person.nom, person.prenom)
    yield from _of_address(dossier.menage.adresse)
    yield dossier.bailleur.nom
    yield dossier.bailleur.adresse
    for event in dossier.evenements:
        yield from (str(event.precisions[detail]) for detail in PLACES if event.precisions.get(detail))
    for service in (profile.expediteur, *profile.services.values()):
        if service is not None:
            yield service.nom
            yield from _of_address(service.adresse)


def _of_address(address: Adresse | None) -> Iterator[str | None]:
    if address is not None:
        yield from (postal_line(address).replace(NO_BREAK, " "), *address.lignes, address.commune)
