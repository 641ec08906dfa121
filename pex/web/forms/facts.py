"""The facts of a dossier: household, address, lease, landlord, debt. The keys are those of the dossier file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from pex.dossier.values import (
    read_departement,
    read_length,
    read_postcode,
    read_reference,
    read_sum,
    read_text,
    read_whole_number,
)
from pex.errors import Problem
from pex.law.wording import LANDLORDS
from pex.web.forms.fields import Day, OneOf, Read, YesNo

PEOPLE, LINES = 4, 4
EURO = "En euros, par exemple 480,50."


class FactsForm(forms.Form):
    """Every fact may stay empty, but the reference. `raw` gives a mapping with the keys of the dossier file."""

    reference = Read(
        read_reference,
        label="Référence",
        required=True,
        max_length=60,
        help_text="Lettres, chiffres et tirets, sans espace.",
    )
    enfants = Read(read_whole_number, "short", label="Nombre d'enfants", max_length=4)
    adresse_confidentielle = forms.BooleanField(
        label="Adresse confidentielle : elle n'est imprimée nulle part", required=False
    )
    code_postal = Read(read_postcode, "short", label="Code postal", max_length=10)
    commune = Read(read_text, label="Commune", max_length=300)
    departement = Read(read_departement, "short", label="Département", help_text="Par exemple 71.", max_length=3)
    bail_signe_le = Day(label="Bail signé le")
    bail_renouvele_le = Day(label="Bail renouvelé le")
    bail_type = OneOf(("vide", "meuble", "mobilite", "hlm"), label="Type de bail")
    bail_delai_clause_resolutoire = Read(
        read_length, "short", label="Délai écrit dans la clause du bail", help_text="Par exemple 2 mois.", max_length=30
    )
    bailleur_nom = Read(read_text, label="Nom du bailleur", max_length=300)
    bailleur_type = OneOf(tuple(LANDLORDS), label="Type de bailleur")
    bailleur_adresse = Read(
        read_text, label="Adresse du bailleur", help_text="Sur une ligne, avec des virgules.", max_length=300
    )
    dette_montant = Read(read_sum, "short", label="Montant de la dette", help_text=EURO, max_length=20)
    dette_constatee_le = Day(label="Dette constatée le")
    dette_loyer = Read(read_sum, "short", label="Loyer par mois", help_text=EURO, max_length=20)
    dette_charges = Read(read_sum, "short", label="Charges par mois", help_text=EURO, max_length=20)
    dette_aide_logement = Read(read_sum, "short", label="Aide au logement par mois", help_text=EURO, max_length=20)
    dette_tiers_payant = YesNo(label="Aide versée au bailleur ?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for number in range(PEOPLE):
            who = "" if number == 0 else f" ({number + 1})"
            self.fields[f"civilite_{number}"] = OneOf(("Mme", "M."), unknown="—", label=f"Civilité{who}")
            self.fields[f"nom_{number}"] = Read(read_text, label=f"Nom{who}", max_length=300)
            self.fields[f"prenom_{number}"] = Read(read_text, label=f"Prénom{who}", max_length=300)
        for number in range(LINES):
            label = "Adresse" if number == 0 else f"Adresse, ligne {number + 1}"
            self.fields[f"ligne_{number}"] = Read(read_text, label=label, max_length=300)

    def people(self) -> list[list[Any]]:
        return [[self[f"{name}_{number}"] for name in ("civilite", "nom", "prenom")] for number in range(PEOPLE)]

    def lines(self) -> list[Any]:
        return [self[f"ligne_{number}"] for number in range(LINES)]

    def raw(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of the dossier as the form now says them; what it does not ask for stays as `before` has it."""
        said = self.cleaned_data
        people = [
            _known({name: said[f"{name}_{number}"] for name in ("civilite", "nom", "prenom")})
            for number in range(PEOPLE)
        ]
        kept = list(before.get("menage", {}).get("personnes", ()))[PEOPLE:]
        lines = [said[f"ligne_{number}"] for number in range(LINES) if said[f"ligne_{number}"]]
        address = _known({"lignes": lines or None, "code_postal": said["code_postal"], "commune": said["commune"]})
        menage = {
            **before.get("menage", {}),
            "personnes": [person for person in people if person] + kept,
            "enfants": said["enfants"],
            "adresse": address or None,
            "adresse_confidentielle": said["adresse_confidentielle"] or None,
        }
        return {
            "reference": said["reference"],
            "menage": _known(menage),
            "bail": _part(before, "bail", said),
            "bailleur": _part(before, "bailleur", said),
            "dette": _part(before, "dette", said),
            "territoire": _known({**before.get("territoire", {}), "departement": said["departement"]}),
        }

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at its field, or above the form."""
        for problem in problems:
            name = (problem.column or "").replace("menage.", "").replace("adresse.", "").replace(".", "_")
            self.add_error(name if name in self.fields else None, f"{problem.message} {problem.remedy}".strip())


def _part(before: Mapping[str, Any], name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    prefix = f"{name}_"
    fresh = {key.removeprefix(prefix): value for key, value in said.items() if key.startswith(prefix)}
    return _known({**before.get(name, {}), **fresh})


def _known(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in part.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    """A value as a dossier file writes it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int, list, dict, str)) else str(value)


def initial_of(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a dossier, from its mapping."""
    menage = mapping.get("menage", {})
    address = menage.get("adresse", {})
    shown: dict[str, Any] = {
        "reference": mapping["reference"],
        "enfants": menage.get("enfants"),
        "adresse_confidentielle": menage.get("adresse_confidentielle", False),
        "code_postal": address.get("code_postal"),
        "commune": address.get("commune"),
        "departement": mapping.get("territoire", {}).get("departement"),
    }
    for number, person in enumerate(menage.get("personnes", ())[:PEOPLE]):
        shown |= {f"{key}_{number}": value for key, value in person.items()}
    shown |= {f"ligne_{number}": line for number, line in enumerate(address.get("lignes", ())[:LINES])}
    period = mapping.get("bail", {}).get("delai_clause_resolutoire")
    for part in ("bail", "bailleur", "dette"):
        shown |= {f"{part}_{key}": _shown(value) for key, value in mapping.get(part, {}).items()}
    return shown | {"bail_delai_clause_resolutoire": str(read_length(period)) if period else None}


def _shown(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return value if isinstance(value, (bool, str)) else str(value).replace(".", ",")
