"""The forms of *Commission*."""

from __future__ import annotations

from typing import Any

from django import forms

from pex.law import read_law
from pex.law.wording import LANDLORDS
from pex.tracker.commission import RECIPIENTS, Wanted
from pex.tracker.housing_aid import DECISIONS, PAYERS
from pex.tracker.models import Account, AgendaItem, Dossier, FollowUp, Outcome, SessionKind
from pex.web.forms.fields import Day, LongText


class SessionForm(forms.Form):
    """A new session."""

    kind = forms.ChoiceField(label="Quelle commission ?", choices=SessionKind.choices, initial=SessionKind.CENTRAL)
    territory = forms.CharField(
        label="Territoire", required=False, max_length=200, help_text="Pour une sous-commission, par exemple « Nord »."
    )
    date = Day(label="Jour", required=True)
    hour = forms.TimeField(
        label="Heure", required=False, input_formats=("%H:%M", "%Hh%M", "%H h %M"), help_text="Par exemple 9:30.",
        widget=forms.TextInput(attrs={"class": "short"}),
    )  # fmt: skip
    place = forms.CharField(label="Lieu", required=False, max_length=300)


class WantedForm(forms.Form):
    """Which dossiers to propose for the agenda."""

    stages = forms.MultipleChoiceField(label="Étapes", required=False, widget=forms.CheckboxSelectMultiple)
    commune = forms.ChoiceField(label="Commune", required=False)
    landlord_type = forms.ChoiceField(
        label="Type de bailleur", required=False, choices=[("", "Tous les bailleurs"), *LANDLORDS.items()]
    )
    deadline_before = Day(label="Prochaine date avant le")
    referred = forms.BooleanField(label="La CCAPEX est saisie", required=False)
    never_examined = forms.BooleanField(label="Jamais examinés", required=False)
    irregular = forms.BooleanField(label="Avec un point irrégulier", required=False)

    def __init__(self, user: Account, data: Any = None) -> None:
        super().__init__(data)
        stages: Any = self.fields["stages"]
        stages.choices = [(stage.id, stage.name) for stage in read_law().stages.values() if stage.step]
        rows = Dossier.objects.visible_to(user).filter(closed_on__isnull=True).exclude(commune_key="")
        communes = dict(rows.order_by("commune_key").values_list("commune_key", "commune"))
        commune: Any = self.fields["commune"]
        commune.choices = [("", "Toutes les communes"), *communes.items()]

    def wanted(self) -> Wanted:
        """What is asked for; raises nothing once the form is valid."""
        given = self.cleaned_data
        return Wanted(
            stages=tuple(given["stages"]),
            commune=given["commune"],
            landlord_type=given["landlord_type"],
            deadline_before=given["deadline_before"],
            referred=given["referred"],
            never_examined=given["never_examined"],
            irregular=given["irregular"],
        )


class OutcomeForm(forms.Form):
    """What the commission said of a dossier."""

    outcome = forms.ChoiceField(label="Suite", choices=Outcome.choices, widget=forms.RadioSelect)
    opinion = LongText(
        label="Texte de l'avis",
        required=False,
        help_text="Le ménage et les partenaires le liront. Écrivez des phrases courtes, sans sigle.",
    )
    for_landlord = LongText(
        label="Texte pour le bailleur",
        required=False,
        help_text="Sans rien de personnel : ni santé, ni ressources, ni famille. Vide : aucune lettre au bailleur.",
    )

    def __init__(self, item: AgendaItem, data: Any = None) -> None:
        initial = {"outcome": item.outcome, "opinion": item.opinion, "for_landlord": item.opinion_for_landlord}
        super().__init__(data, initial=initial)


class RecommendationForm(forms.Form):
    """Something asked of somebody."""

    to = forms.ChoiceField(label="À qui ?", choices=[(name, label) for name, (label, _) in RECIPIENTS.items()])
    text = LongText(label="Que recommande la commission ?")
    due_on = Day(label="Réponse attendue avant le")


class AnswerForm(forms.Form):
    """What became of a recommendation."""

    state = forms.ChoiceField(label="Qu'est-elle devenue ?", choices=FollowUp.choices)
    on = Day(label="Réponse reçue le", required=True)
    answer = LongText(label="Réponse", required=False)


class ReferralForm(forms.Form):
    """The paying body refers a dossier."""

    reference = forms.CharField(label="Référence du dossier", max_length=40)
    payer = forms.ChoiceField(label="Qui saisit la CCAPEX ?", choices=list(PAYERS.items()))
    on = Day(label="Saisine reçue le", required=True)


class InvitationForm(forms.Form):
    """The household is invited to answer."""

    on = Day(label="Invitation envoyée le", required=True)
    answer_before = Day(
        label="Le ménage répond avant le",
        required=True,
        help_text="Laissez-lui du temps : 15 jours au moins, c'est conseillé.",
    )


class ObservationsForm(forms.Form):
    """What the household said."""

    on = Day(label="Reçues le", required=True)
    text = LongText(label="Ce que dit le ménage")


class DecisionForm(forms.Form):
    """What the commission decided."""

    decision = forms.ChoiceField(label="Décision", choices=list(DECISIONS.items()), widget=forms.RadioSelect)
    reasons = LongText(
        label="Raisons",
        required=False,
        help_text="Obligatoires pour une suspension. Le ménage et l'organisme les liront ; le bailleur, non.",
    )
    on = Day(label="Décidé le", required=True)
    sure = forms.BooleanField(label="Oui, je confirme", required=False)


class StepForm(forms.Form):
    """A step of the circuit that only has a day."""

    on = Day(label="Le", required=True)
    sure = forms.BooleanField(label="Oui, je confirme", required=False)
