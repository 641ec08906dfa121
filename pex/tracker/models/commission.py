"""Sessions of the CCAPEX, what it recommends, and the housing-aid cases it decides since 2027."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Structure
from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import LONG, SHORT, Dossier


class SessionKind(models.TextChoices):
    """The central commission of the département, or a local one (sous-commission)."""

    CENTRAL = "centrale", "Commission centrale"
    LOCAL = "locale", "Sous-commission locale"


class Session(models.Model):
    """A meeting of the commission."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.SETTING, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.SETTING, Purge.KEEP)
    kind = declared(
        models.CharField("commission", max_length=20, choices=SessionKind.choices, default=SessionKind.CENTRAL),
        Category.SETTING,
        Purge.KEEP,
    )
    territory = declared(models.CharField("territoire", max_length=200, default=""), Category.SETTING, Purge.KEEP)
    date = declared(models.DateField("jour"), Category.SETTING, Purge.KEEP)
    hour = declared(models.TimeField("heure", null=True), Category.SETTING, Purge.KEEP)
    place = declared(models.CharField("lieu", max_length=SHORT, default=""), Category.SETTING, Purge.KEEP)
    closed_on = declared(models.DateField("close le", null=True), Category.SETTING, Purge.KEEP)

    class Meta:
        ordering = ("-date",)
        verbose_name = "séance"
        indexes = (models.Index(fields=("structure", "date")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.date}"


class Outcome(models.TextChoices):
    """What the commission did of a dossier: an avis or a recommendation is never a decision."""

    OPINION = "avis", "Avis"
    RECOMMENDATION = "recommandation", "Recommandation"
    POSTPONED = "report", "Reporté à une autre séance"
    NO_OPINION = "sans_avis", "Sans avis"


class AgendaItem(models.Model):
    """A dossier on the agenda of a session, and what came of it.

    `opinion_for_landlord` is the wording a landlord may read: without personal reasons.
    """

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    session = declared(models.ForeignKey(Session, models.CASCADE, related_name="items"), Category.PROCEDURE)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="agenda_items"), Category.PROCEDURE)
    position = declared(models.PositiveSmallIntegerField("ordre"), Category.PROCEDURE)
    outcome = declared(
        models.CharField("suite", max_length=20, choices=Outcome.choices, default=""),
        Category.PROCEDURE,
        Purge.GENERALISE,
    )
    opinion = declared(models.TextField("avis", max_length=LONG, default=""), Category.PROCEDURE)
    opinion_for_landlord = declared(
        models.TextField("avis pour le bailleur", max_length=LONG, default=""), Category.PROCEDURE
    )
    recorded_on = declared(models.DateField("rendu le", null=True), Category.PROCEDURE)

    class Meta:
        ordering = ("position",)
        verbose_name = "dossier à l'ordre du jour"
        constraints = (models.UniqueConstraint(fields=("session", "dossier"), name="one_place_on_an_agenda"),)

    def __str__(self) -> str:
        return f"n° {self.position}"


class FollowUp(models.TextChoices):
    """What became of a recommendation."""

    WAITING = "en_attente", "En attente de réponse"
    FOLLOWED = "suivie", "Suivie"
    PARTLY = "en_partie", "Suivie en partie"
    NOT_FOLLOWED = "non_suivie", "Non suivie"


class Recommendation(models.Model):
    """What the commission asks of somebody, and the answer."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    item = declared(models.ForeignKey(AgendaItem, models.CASCADE, related_name="recommendations"), Category.PROCEDURE)
    addressed_to = declared(models.CharField("adressée à", max_length=SHORT), Category.PROCEDURE)
    text = declared(models.TextField("recommandation", max_length=LONG), Category.PROCEDURE)
    due_on = declared(models.DateField("réponse avant le", null=True), Category.PROCEDURE)
    state = declared(
        models.CharField("suite", max_length=20, choices=FollowUp.choices, default=FollowUp.WAITING),
        Category.PROCEDURE,
        Purge.GENERALISE,
    )
    answered_on = declared(models.DateField("réponse le", null=True), Category.PROCEDURE)
    answer = declared(models.TextField("réponse", max_length=LONG, default=""), Category.PROCEDURE)

    class Meta:
        verbose_name = "recommandation"
        indexes = (models.Index(fields=("state", "due_on")),)

    def __str__(self) -> str:
        return f"Recommandation à {self.addressed_to}"


class HousingAidCase(models.Model):
    """A housing-aid case before the CCAPEX (2027). Its dated steps are events of the dossier, kept once there.

    `payer` is caf or msa; `observations` is what the household said.
    """

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.PROCEDURE)
    dossier = declared(
        models.OneToOneField(Dossier, models.CASCADE, related_name="housing_aid_case"), Category.PROCEDURE
    )
    payer = declared(models.CharField("organisme", max_length=10, default="caf"), Category.PROCEDURE)
    observations = declared(models.TextField("observations", max_length=LONG, default=""), Category.SOCIAL)
    observations_on = declared(models.DateField("observations reçues le", null=True), Category.SOCIAL)

    class Meta:
        verbose_name = "dossier d'aide au logement"

    def __str__(self) -> str:
        return f"Aide au logement, {self.payer}"
