"""The forms of *Réglages*."""

from __future__ import annotations

from typing import Any

from django import forms

from pex.tracker.models import Help, Partner
from pex.tracker.retention import BOUNDS
from pex.web.forms.fields import Day, LongText

TERMS = {
    "dossiers": "Dossiers clos, après le dernier contact",
    "notes": "Notes des dossiers clos",
    "courriers": "Courriers des dossiers clos",
    "journal": "Journal des accès",
}


class ProfileForm(forms.Form):
    """Where the profile is."""

    folder = forms.CharField(
        label="Dossier du profil", max_length=1000, help_text="Le dossier qui contient profil.yaml, sur ce PC."
    )


class FiguresForm(forms.Form):
    """Below how many people a figure is hidden."""

    threshold = forms.IntegerField(label="Chiffres cachés au-dessous de", min_value=5, max_value=100)


class TermsForm(forms.Form):
    """Months of each kind of data."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, label in TERMS.items():
            least, most = BOUNDS[name]
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, help_text=f"En mois, de {least} à {most}."
            )


class PartnerForm(forms.Form):
    """A service of the directory."""

    name = forms.CharField(label="Nom, comme sur la porte", max_length=300)
    help = forms.ChoiceField(label="Aide apportée", choices=Help.choices)
    phone = forms.CharField(label="Téléphone", required=False, max_length=30, help_text="Par exemple 03 53 01 00 00.")
    hours = forms.CharField(label="Horaires", required=False, max_length=300)
    address = forms.CharField(label="Adresse", required=False, max_length=300)
    email = forms.EmailField(label="Courriel", required=False)
    communes = LongText(label="Communes", required=False, help_text="Une par ligne. Vide : tout le département.")
    active = forms.BooleanField(label="En service", required=False, initial=True)

    def given(self) -> dict[str, Any]:
        """As `directory.save_partner` takes it."""
        return {**self.cleaned_data, "communes": self.cleaned_data["communes"].splitlines()}

    @staticmethod
    def of(partner: Partner | None) -> dict[str, Any]:
        """What the form shows for a known partner."""
        if partner is None:
            return {"active": True}
        names = ("name", "help", "phone", "hours", "address", "email", "active")
        return {name: getattr(partner, name) for name in names} | {"communes": "\n".join(partner.communes)}


class ReferralForm(forms.Form):
    """A dossier is entrusted to a partner."""

    partner = forms.ChoiceField(label="À qui ?")
    since = Day(label="Depuis le", required=True)
    expected = forms.CharField(label="Ce qui est attendu", required=False, max_length=300)
    answer_by = Day(label="Retour avant le")

    def __init__(self, partners: Any, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choice: Any = self.fields["partner"]
        choice.choices = [(str(item.pk), f"{item.name} ({item.get_help_display()})") for item in partners]


class ReturnForm(forms.Form):
    """What a partner answered."""

    on = Day(label="Retour le", required=True)
    answer = forms.CharField(label="Retour", required=False, max_length=300)
    ended = forms.BooleanField(label="Le partenaire ne suit plus ce ménage", required=False)
