"""Fields that read as pex reads files: one reader, one sentence for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pex.dossier.text import LONGEST, clean
from pex.dossier.values import detail_reader, is_unknown_day, read_day
from pex.errors import PexError

UNKNOWN_DAY = "?"
"""What a field of a day holds where the thing happened on a day nobody knows."""
WORDS_OF_CHOICES = {
    "caf": "CAF", "msa": "MSA", "refere": "référé", "fond": "au fond", "delais_de_paiement": "délais de paiement",
    "expulsion": "expulsion", "rejet": "rejet de la demande", "levee": "levée", "locataire": "le locataire",
    "bailleur": "le bailleur", "travailleur_social": "un travailleur social", "autre": "autre",
    "bailleur_social": "bailleur social", "personne_morale": "personne morale",
    "personne_physique": "personne physique", "sci_familiale": "SCI familiale", "vide": "vide", "meuble": "meublé",
    "mobilite": "bail mobilité", "hlm": "logement social (HLM)",
}  # fmt: skip


class Read(forms.CharField):
    """A line of text read by a reader of `pex.dossier.values`; empty gives None."""

    def __init__(self, read: Callable[[Any], Any], css_class: str = "", **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.TextInput(attrs={"class": css_class} if css_class else {}))
        super().__init__(**options)
        self.read = read

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if self.max_length is not None and len(text) > self.max_length:
            raise ValidationError(f"C'est trop long. Écrivez au plus {self.max_length} caractères.", code="refused")
        try:
            return self.read(text)
        except PexError as error:
            raise ValidationError(str(error), code="refused") from error

    def run_validators(self, value: Any) -> None:
        """Nothing more: the reader has checked the words, and what it gives is no longer text."""


class Day(Read):
    """A day typed « jj/mm/aaaa »."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget",
            forms.TextInput(
                attrs={"class": "day", "inputmode": "numeric", "placeholder": "jj/mm/aaaa", "autocomplete": "off"}
            ),
        )
        super().__init__(read_day, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value


class DayOrUnknown(Day):
    """A day, or « ? » where it happened on a day nobody knows: then UNKNOWN_DAY."""

    def to_python(self, value: Any) -> Any:
        return UNKNOWN_DAY if is_unknown_day(value) else super().to_python(value)


class YesNo(forms.ChoiceField):
    """Yes, no, or not known (None)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=(("", "Je ne sais pas"), ("oui", "Oui"), ("non", "Non")), required=False, **options)

    def to_python(self, value: Any) -> bool | None:
        return {"oui": True, "non": False}.get(value)

    def valid_value(self, value: Any) -> bool:
        return True

    def validate(self, value: Any) -> None:
        """Every answer of `to_python` is right."""

    def prepare_value(self, value: Any) -> Any:
        return {True: "oui", False: "non"}.get(value, value) if isinstance(value, bool) else value


class OneOf(forms.ChoiceField):
    """One of a few words, or not known (None)."""

    def __init__(self, words: tuple[str, ...], unknown: str = "Je ne sais pas", **options: Any) -> None:
        choices = [("", unknown), *((word, WORDS_OF_CHOICES.get(word, word.replace("_", " "))) for word in words)]
        super().__init__(choices=choices, required=False, **options)

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value) or None


class LongText(forms.CharField):
    """Several lines of clean text."""

    def __init__(self, longest: int = 20_000, **options: Any) -> None:
        super().__init__(max_length=longest, widget=forms.Textarea(attrs={"rows": 4}), **options)

    def to_python(self, value: Any) -> str:
        return "\n".join(clean(line) for line in str(value or "").splitlines()).strip()


def detail_field(kind: str, label: str) -> forms.Field:
    """The field of an event's detail, from its kind in the law's catalogue: choix:a|b, oui_non, date, texte…"""
    if kind.startswith("choix:"):
        return OneOf(tuple(kind.removeprefix("choix:").split("|")), label=label)
    if kind == "oui_non":
        return YesNo(label=label)
    if kind == "date":
        return Day(label=label)
    helps = {"heure": "Par exemple 9 h 30.", "duree": "Par exemple 2 mois, ou 6 semaines.", "montant": "En euros."}
    return Read(
        detail_reader(kind), "short" if kind in helps else "", label=label, help_text=helps.get(kind, ""),
        max_length=LONGEST,
    )  # fmt: skip


def words_of(detail: str) -> str:
    """« delais_jusqu_au » → « Délais jusqu'au »: the name of a detail as a label."""
    return LABELS.get(detail, detail.replace("_", " ").capitalize())


LABELS = {
    "organisme": "Organisme", "par": "Par qui", "voie": "Voie", "delai_indique": "Délai écrit sur l'acte",
    "montant": "Montant demandé", "heure": "Heure", "lieu": "Lieu", "forme": "Sorte de jugement",
    "decision": "Décision", "delais_jusqu_au": "Délais de paiement jusqu'au",
    "delais_pour_quitter_jusqu_au": "Délai pour quitter les lieux jusqu'au", "mauvaise_foi": "Mauvaise foi retenue",
    "delai_supprime": "Délai pour quitter supprimé par le juge", "par_defaut": "Jugement rendu par défaut",
    "jusqu_au": "Jusqu'au", "delais_accordes": "Délais accordés", "a_partir_du": "À partir du",
    "mensualite": "Mensualité", "repondre_avant_le": "Répondre avant le", "motifs": "Raisons", "avec": "Avec qui",
    "texte": "Texte de l'avis", "texte_bailleur": "Texte pour le bailleur, sans rien de personnel",
    "service": "Service", "attendu": "Ce qui est attendu", "retour_avant_le": "Retour avant le", "motif": "Raison",
}  # fmt: skip
