"""The adviser's desk: events and dates typed during a call, a few facts of the lease."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms

from pex.dossier.facts import Bail, Bailleur, Dossier, Evenement, Territoire
from pex.dossier.values import read_departement
from pex.law import read_law
from pex.law.wording import LANDLORDS
from pex.web.forms.fields import UNKNOWN_DAY, Day, DayOrUnknown, OneOf, Read, detail_field, words_of

FIRST = (
    "commandement_de_payer", "assignation", "audience", "jugement", "signification_jugement",
    "commandement_de_quitter_les_lieux", "requisition_force_publique", "octroi_concours",
)  # fmt: skip
"""Asked for at once; every other event is one click away."""


class EventFields(NamedTuple):
    """An event as the page shows it: its day, then its details."""

    kind: str
    day: Any
    details: list[Any]
    is_filled: bool


class CalculationForm(forms.Form):
    """Nothing of it is kept. Field names: `le`, `bail`…, and `e-<event>`, `e-<event>-<detail>`."""

    le = Day(label="Jour du calcul", help_text="Vide : aujourd'hui.")
    bail = Day(label="Bail signé le")
    renouvele = Day(label="Bail renouvelé le")
    bailleur = OneOf(tuple(LANDLORDS), label="Bailleur")
    departement = Read(read_departement, "short", label="Département", help_text="Par exemple 71.", max_length=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.law = read_law()
        for kind in self.law.events.values():
            self.fields[f"e-{kind.id}"] = DayOrUnknown(label=kind.name)
            for detail, nature in kind.details.items():
                self.fields[f"e-{kind.id}-{detail}"] = detail_field(nature, words_of(detail))

    def first_events(self) -> Iterator[EventFields]:
        return (self._event(kind) for kind in FIRST)

    def other_events(self) -> Iterator[EventFields]:
        return (self._event(kind) for kind in self.law.events if kind not in FIRST)

    def others_are_filled(self) -> bool:
        return any(event.is_filled for event in self.other_events())

    def _event(self, kind: str) -> EventFields:
        names = [f"e-{kind}-{detail}" for detail in self.law.events[kind].details]
        filled = any(self.data.get(name) for name in names)
        return EventFields(kind, self[f"e-{kind}"], [self[name] for name in names], filled or self._typed(kind))

    def _typed(self, kind: str) -> bool:
        return bool(self.data.get(f"e-{kind}"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for kind in self.law.events.values():
            details = [name for name in kind.details if found.get(f"e-{kind.id}-{name}") is not None]
            if details and found.get(f"e-{kind.id}") is None and f"e-{kind.id}" not in self.errors:
                self.add_error(f"e-{kind.id}", "Écrivez la date, ou « ? » si elle n'est pas connue.")
        if not self.errors and not any(found.get(f"e-{kind}") for kind in self.law.events):
            self.add_error(None, "Écrivez au moins une date.")
        return found

    def dossier(self) -> Dossier:
        """The facts typed, as a dossier without a name; call it on a valid form."""
        typed = self.cleaned_data
        return Dossier(
            reference="calcul",
            bail=Bail(signe_le=typed["bail"], renouvele_le=typed["renouvele"]),
            bailleur=Bailleur(type=typed["bailleur"]),
            territoire=Territoire(departement=typed["departement"]),
            evenements=tuple(self._events(typed)),
        )

    def _events(self, typed: dict[str, Any]) -> Iterator[Evenement]:
        for kind in self.law.events.values():
            day = typed.get(f"e-{kind.id}")
            if day is None:
                continue
            details = {name: typed.get(f"e-{kind.id}-{name}") for name in kind.details}
            known = {name: value for name, value in details.items() if value is not None}
            yield Evenement(kind.id, None if day == UNKNOWN_DAY else day, known)
