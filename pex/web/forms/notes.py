"""A note about a household."""

from __future__ import annotations

from typing import Any

from django import forms

from pex.tracker.models import NoteKind
from pex.web.forms.fields import Day, LongText


class NoteForm(forms.Form):
    """What was said or done, and on which day."""

    kind = forms.ChoiceField(label="Sorte", choices=NoteKind.choices)
    on = Day(label="Jour")
    text = LongText(
        label="Texte", help_text="Les faits utiles seulement. Ni numéro de sécurité sociale, ni IBAN, ni santé."
    )
    reserved = forms.BooleanField(label="Réservée à mon service", required=False)

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] is None:
            raise forms.ValidationError("Écrivez le jour, jj/mm/aaaa.")
        return self.cleaned_data["on"]
