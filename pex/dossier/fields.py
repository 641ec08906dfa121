"""Every fact of a dossier, once: its path in the file, how it is read, its spreadsheet headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pex.dossier.facts import (
    Adresse,
    Bail,
    Bailleur,
    Dette,
    Dossier,
    Evenement,
    Menage,
    Personne,
    Territoire,
    TreveLocale,
)
from pex.dossier.values import (
    Reader,
    choice,
    read_civility,
    read_day,
    read_departement,
    read_language,
    read_length,
    read_postcode,
    read_reference,
    read_sum,
    read_text,
    read_whole_number,
    read_yes_no,
)


class EventKind(Protocol):
    """What a reader needs to know of a kind of event."""

    @property
    def details(self) -> Mapping[str, str]: ...


Events = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with one value: « dette.montant », its reader, its heading in a spreadsheet (None: not there)."""

    path: str
    read: Reader
    heading: str | None = None


FACTS = (
    Fact("reference", read_reference, "reference"),
    Fact("menage.enfants", read_whole_number, "enfants"),
    Fact("menage.langue", read_language, "langue"),
    Fact("menage.adresse_confidentielle", read_yes_no, "adresse_confidentielle"),
    Fact("menage.adresse.code_postal", read_postcode, "code_postal"),
    Fact("menage.adresse.commune", read_text, "commune"),
    Fact("bail.signe_le", read_day, "bail_signe_le"),
    Fact("bail.renouvele_le", read_day, "bail_renouvele_le"),
    Fact("bail.type", choice("vide", "meuble", "mobilite", "hlm"), "bail_type"),
    Fact("bail.delai_clause_resolutoire", read_length, "delai_clause_resolutoire"),
    Fact("bailleur.nom", read_text, "bailleur"),
    Fact(
        "bailleur.type",
        choice("bailleur_social", "personne_morale", "personne_physique", "sci_familiale"),
        "type_bailleur",
    ),
    Fact("bailleur.adresse", read_text, "adresse_bailleur"),
    Fact("dette.montant", read_sum, "dette"),
    Fact("dette.constatee_le", read_day, "dette_constatee_le"),
    Fact("dette.loyer", read_sum, "loyer"),
    Fact("dette.charges", read_sum, "charges"),
    Fact("dette.aide_logement", read_sum, "aide_logement"),
    Fact("dette.tiers_payant", read_yes_no, "tiers_payant"),
    Fact("dette.regime_aide_logement", choice("avant_2027", "depuis_2027"), "regime_aide_logement"),
    Fact("territoire.departement", read_departement, "departement"),
    Fact("territoire.treve_hivernale.du", read_day),
    Fact("territoire.treve_hivernale.au", read_day),
)
PERSON = (
    Fact("civilite", read_civility, "civilite"),
    Fact("nom", read_text, "nom"),
    Fact("prenom", read_text, "prenom"),
)
ADDRESS_LINES = ("adresse_1", "adresse_2", "adresse_3", "adresse_4")


def build_dossier(
    values: Mapping[str, Any],
    people: tuple[Personne, ...],
    lines: tuple[str, ...],
    events: tuple[Evenement, ...],
) -> Dossier:
    """A Dossier from values by path; what is absent is None."""

    def part(prefix: str) -> dict[str, Any]:
        found = {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}
        return {name: value for name, value in found.items() if "." not in name}

    address = part("menage.adresse.")
    truce = part("territoire.treve_hivernale.")
    return Dossier(
        reference=values["reference"],
        menage=Menage(
            personnes=people,
            adresse=Adresse(lignes=lines, **address) if address or lines else None,
            **part("menage."),
        ),
        bail=Bail(**part("bail.")),
        bailleur=Bailleur(**part("bailleur.")),
        dette=Dette(**part("dette.")),
        territoire=Territoire(treve_hivernale=TreveLocale(**truce) if len(truce) == 2 else None, **part("territoire.")),
        evenements=events,
    )
