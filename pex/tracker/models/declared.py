"""What each field of the database holds, and what a purge does with it: said at the field, checked by a test."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Category(StrEnum):
    """Kinds of data, as a register of processing operations names them."""

    IDENTITY = "identité"
    ADDRESS = "adresse"
    LEASE = "bail et bailleur"
    DEBT = "dette et ressources"
    PROCEDURE = "procédure"
    SOCIAL = "accompagnement"
    LETTER = "courrier"
    COMPUTED = "calculé par pex"
    ACCOUNT = "compte d'un agent"
    TRACE = "trace"
    DIRECTORY = "annuaire de services"
    SETTING = "réglage"
    STATISTIC = "statistique sans personne"


class Purge(StrEnum):
    """What a purge does with a field when the dossier it speaks of is purged."""

    DELETE = "supprimé avec le dossier"
    GENERALISE = "remplacé par une statistique sans personne, puis supprimé"
    DETACH = "détaché du dossier supprimé"
    DELETE_ORPHAN = "supprimé quand plus aucun dossier ne s'en sert"
    OWN_TERM = "gardé pour sa propre durée, puis supprimé"
    KEEP = "gardé : ne dit rien d'un ménage"


class Declaration(NamedTuple):
    """What a field holds and what becomes of it."""

    category: Category
    purge: Purge


def declared(field: Any, category: Category, purge: Purge = Purge.DELETE) -> Any:
    """The same field, with its declaration on it."""
    field.declaration = Declaration(category, purge)
    return field


def declaration_of(field: Any) -> Declaration | None:
    """What the field declares: on itself, or in `DECLARED` of its model where another library made the field."""
    own = getattr(field, "declaration", None)
    return own or getattr(field.model, "DECLARED", {}).get(field.name)
