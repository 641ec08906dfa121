"""An event of a dossier: its day, its details, who said it."""

from __future__ import annotations

from typing import Any

from django import forms

from pex.errors import Problem
from pex.law import read_law
from pex.tracker.models import Said
from pex.web.forms.fields import UNKNOWN_DAY, DayOrUnknown, detail_field, words_of

LIKELY_SOURCE = {
    "commandement_de_payer": Said.COMMISSAIRE, "assignation": Said.COMMISSAIRE,
    "signification_jugement": Said.COMMISSAIRE,
    "commandement_de_quitter_les_lieux": Said.COMMISSAIRE, "requisition_force_publique": Said.COMMISSAIRE,
    "proces_verbal_expulsion": Said.COMMISSAIRE, "octroi_concours": Said.PREFECTURE, "refus_concours": Said.PREFECTURE,
    "signalement_caf": Said.CAF, "jugement": Said.COURT, "audience": Said.COURT, "plan_apurement": Said.LANDLORD,
    "dette_soldee": Said.LANDLORD, "reprise_loyer": Said.LANDLORD,
}  # fmt: skip
"""Who usually says it: only a choice made in advance, which the person changes."""


class EventForm(forms.Form):
    """The fields of one kind of event; `raw` is what `pex.tracker.editing` reads."""

    date = DayOrUnknown(label="Date", help_text="jj/mm/aaaa, ou « ? » si elle n'est pas connue.")
    said_by = forms.ChoiceField(label="Qui le dit ?", choices=Said.choices, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: str, data: Any = None, **options: Any) -> None:
        options.setdefault("initial", {}).setdefault("said_by", LIKELY_SOURCE.get(kind, Said.HOUSEHOLD))
        super().__init__(data, auto_id=f"id_{kind}_%s", **options)
        self.kind = kind
        self.details = read_law().events[kind].details
        for name, nature in self.details.items():
            self.fields[name] = detail_field(nature, words_of(name))

    def detail_fields(self) -> list[Any]:
        return [self[name] for name in self.details]

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day is None:
            raise forms.ValidationError("Écrivez la date, ou « ? » si elle n'est pas connue.")
        return day

    def raw(self) -> dict[str, Any]:
        """What was typed, with the keys of a dossier file; call it on a valid form."""
        typed = {name: str(self.data.get(name, "")).strip() for name in self.details}
        day = self.cleaned_data["date"]
        if day != UNKNOWN_DAY:
            typed["date"] = f"{day:%d/%m/%Y}"
        return {"type": self.kind, **{name: value for name, value in typed.items() if value}}

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at its field."""
        for problem in problems:
            place = problem.column if problem.column in self.fields else None
            self.add_error(place, f"{problem.message} {problem.remedy}".strip())
