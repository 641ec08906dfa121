"""The facts of one household, as the dossier file names them.

Field names are the French keys of the file: `dossier.bail.signe_le` is the key `bail.signe_le`, and
also what `manque` reports when it is not known. Nothing here is computed, and an unknown fact is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from pex.dates import Period

NO_DETAILS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Personne:
    """A person of the household; `civilite` is « Mme » or « M. »."""

    civilite: str | None = None
    nom: str | None = None
    prenom: str | None = None


@dataclass(frozen=True, slots=True)
class Adresse:
    """A postal address: up to four lines, then postcode and town."""

    lignes: tuple[str, ...] = ()
    code_postal: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class Menage:
    """The household; the first person is the one letters are addressed to.

    A confidential address is never printed: the letter is handed over.
    """

    personnes: tuple[Personne, ...] = ()
    enfants: int | None = None
    langue: str = "fr"
    adresse: Adresse | None = None
    adresse_confidentielle: bool | None = None


@dataclass(frozen=True, slots=True)
class Bail:
    """The lease; `type` is one of vide, meuble, mobilite, hlm."""

    signe_le: date | None = None
    renouvele_le: date | None = None
    type: str | None = None
    delai_clause_resolutoire: Period | None = None


@dataclass(frozen=True, slots=True)
class Bailleur:
    """The landlord; `type` is one of bailleur_social, personne_morale, personne_physique, sci_familiale.

    `adresse` is on one line, its parts separated by commas.
    """

    nom: str | None = None
    type: str | None = None
    adresse: str | None = None


@dataclass(frozen=True, slots=True)
class Dette:
    """The rent debt; sums in euros, `loyer`, `charges` and `aide_logement` per month.

    `tiers_payant` is true where the housing aid is paid to the landlord. `regime_aide_logement` is
    avant_2027 or depuis_2027 where someone checked which regime applies, whatever the dates say.
    """

    montant: Decimal | None = None
    constatee_le: date | None = None
    loyer: Decimal | None = None
    charges: Decimal | None = None
    aide_logement: Decimal | None = None
    tiers_payant: bool | None = None
    regime_aide_logement: str | None = None


@dataclass(frozen=True, slots=True)
class TreveLocale:
    """The winter truce set by the préfet of an overseas territory: first and last day of each season."""

    du: date
    au: date


@dataclass(frozen=True, slots=True)
class Territoire:
    """The place of the dwelling; it chooses public holidays and the winter truce."""

    departement: str | None = None
    treve_hivernale: TreveLocale | None = None


@dataclass(frozen=True, slots=True)
class Evenement:
    """Something that happened, or is planned, on a day.

    `type` is an id of `law/stages.yaml`. `date` is None where the event is known and its day is not.
    `precisions` holds the named details of that type of event (`heure`, `lieu`, `delai_indique`…).
    """

    type: str
    date: date | None = None
    precisions: Mapping[str, object] = field(default_factory=lambda: NO_DETAILS)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one household and its tenancy; only `reference` is sure to be there."""

    reference: str
    menage: Menage = Menage()
    bail: Bail = Bail()
    bailleur: Bailleur = Bailleur()
    dette: Dette = Dette()
    territoire: Territoire = Territoire()
    evenements: tuple[Evenement, ...] = ()
