"""The search and the filters above the list of dossiers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from pex.tracker.search import Criteria, filter_choices

WITHIN = (
    ("7", "Dans les 7 jours"),
    ("15", "Dans les 15 jours"),
    ("30", "Dans les 30 jours"),
    ("60", "Dans les 60 jours"),
)
ORDERS = (
    ("echeance", "Échéance la plus proche"),
    ("nom", "Nom"),
    ("reference", "Référence"),
    ("recent", "Dernier changement"),
)
STATES = (("ouverts", "Ouverts"), ("clos", "Clos"), ("tous", "Tous"))
LISTS = (
    ("etape", "stage", "Toutes"),
    ("commune", "commune", "Toutes"),
    ("bailleur", "landlord", "Tous"),
    ("partenaire", "partner", "Tous"),
)


class FilterForm(forms.Form):
    """`q` is what is searched; the rest narrows the list. Every field may be empty."""

    q = forms.CharField(label="Nom, référence, commune, bailleur…", required=False, max_length=200)
    etape = forms.ChoiceField(label="Étape", required=False)
    echeance = forms.ChoiceField(label="Une échéance", required=False, choices=(("", "N'importe quand"), *WITHIN))
    commune = forms.ChoiceField(label="Commune", required=False)
    bailleur = forms.ChoiceField(label="Bailleur", required=False)
    partenaire = forms.ChoiceField(label="Suivi par", required=False)
    etat = forms.ChoiceField(label="Dossiers", required=False, choices=STATES)
    ordre = forms.ChoiceField(label="Ranger par", required=False, choices=ORDERS)
    irregularite = forms.BooleanField(label="Avec une irrégularité à vérifier", required=False)

    def __init__(self, data: Any, account: Any) -> None:
        super().__init__(data)
        found = filter_choices(account)
        for field, name, anything in LISTS:
            counted = [(value, f"{label} ({count})" if count else label) for value, label, count in found[name]]
            self.fields[field].choices = [("", anything), *counted]

    def narrowed(self) -> int:
        """How many filters are on."""
        plain = ("q", "ordre")
        return sum(bool(self.data.get(name)) for name in self.fields if name not in plain) - (
            self.data.get("etat") == "ouverts"
        )

    def criteria(self, today: date) -> Criteria:
        """What `pex.tracker.search.find` is asked for; a filter that is not valid filters nothing."""
        said = self.cleaned_data if self.is_valid() else {**dict.fromkeys(self.fields, ""), **self.cleaned_data}
        within = said["echeance"]
        return Criteria(
            text=said["q"],
            stage=said["etape"],
            commune=said["commune"],
            landlord=said["bailleur"],
            partner=said["partenaire"],
            deadline_from=today if within else None,
            deadline_to=today + timedelta(days=int(within)) if within else None,
            irregular=bool(said["irregularite"]),
            state=said["etat"] or "ouverts",
            order=said["ordre"] or "echeance",
        )
