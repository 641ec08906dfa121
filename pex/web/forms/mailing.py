"""The forms of *Courriers*."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pex.letters.wording import FAMILY_NAMES, REGISTER_NAMES
from pex.tracker.mailing import catalogue
from pex.tracker.models import Channel
from pex.web.forms.fields import Day


def letter_choices(first: str) -> list[Any]:
    """Every letter, by family, after a first choice that stands for none in particular."""
    by_family: dict[str, list[tuple[str, str]]] = {name: [] for name in FAMILY_NAMES}
    for letter_id, subject, family in catalogue():
        by_family[family].append((letter_id, subject[:1].upper() + subject[1:]))
    return [("", first), *((FAMILY_NAMES[family], letters) for family, letters in by_family.items())]


class SendingFields(forms.Form):
    """How letters are written and leave."""

    register = forms.ChoiceField(label="Présentation", choices=list(REGISTER_NAMES.items()), required=False)
    channel = forms.ChoiceField(label="Envoi", choices=Channel.choices, required=False)
    dated = Day(label="Daté du", required=True)

    def __init__(self, *given: Any, **options: Any) -> None:
        options.setdefault("initial", {"dated": timezone.localdate()})
        super().__init__(*given, **options)


class BatchForm(SendingFields):
    """Letters for a selection of dossiers, which `FilterForm` makes."""

    template = forms.ChoiceField(label="Quel courrier ?", required=False)
    again = forms.BooleanField(label="Écrire aussi à ceux qui l'ont déjà reçu", required=False)
    field_order = ("template", "register", "channel", "dated", "again")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        choice: Any = self.fields["template"]
        choice.choices = letter_choices("Celui qui convient à l'étape de chaque ménage")


class ReturnForm(forms.Form):
    """A letter came back."""

    on = Day(label="Revenu le", required=True)
    why = forms.ChoiceField(
        label="Pourquoi ?",
        choices=[
            (text, text)
            for text in (
                "Destinataire inconnu à l'adresse",
                "Défaut d'accès ou d'adressage",
                "Pli avisé et non réclamé",
                "Pli refusé",
                "Autre raison",
            )
        ],
    )


class SentForm(forms.Form):
    """The day letters left."""

    on = Day(label="Envoyé le", required=True)
