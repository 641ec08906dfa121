"""The directory of partners: who helps, with what, for which communes."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Structure
from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import SHORT, Dossier


class Help(models.TextChoices):
    """Kinds of help."""

    ADIL = "adil", "Conseil juridique : ADIL"
    FSL = "fsl", "Aide financière : FSL"
    CCAS = "ccas", "CCAS ou CIAS"
    BUDGET = "point_conseil_budget", "Point conseil budget"
    SIAO = "siao", "Hébergement : SIAO, 115"
    SOCIAL = "service_social", "Service social"
    SARS = "sars", "Service d'accompagnement et de réadaptation sociale (SARS)"
    AVDL = "avdl", "Accompagnement vers et dans le logement (AVDL)"
    IML = "iml", "Intermédiation locative (IML)"
    MENTAL_HEALTH = "emsp", "Équipe mobile psychiatrie-précarité"
    OVER_INDEBTEDNESS = "surendettement", "Surendettement : Banque de France"
    CAF = "caf_msa", "CAF ou MSA"
    LAWYER = "avocat", "Avocat, accès au droit"
    ACTION_LOGEMENT = "action_logement", "Action Logement"
    MEDIATION = "commission_mediation", "Commission de médiation (DALO)"
    OTHER = "autre", "Autre aide"


class Partner(models.Model):
    """A service that helps. `commune_keys` empty: the whole département."""

    id = declared(
        models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.DIRECTORY, Purge.KEEP
    )
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.DIRECTORY, Purge.KEEP)
    name = declared(models.CharField("nom", max_length=SHORT), Category.DIRECTORY, Purge.KEEP)
    help = declared(
        models.CharField("aide", max_length=40, choices=Help.choices, default=Help.OTHER),
        Category.DIRECTORY,
        Purge.KEEP,
    )
    address = declared(models.CharField("adresse", max_length=SHORT, default=""), Category.DIRECTORY, Purge.KEEP)
    phone = declared(models.CharField("téléphone", max_length=30, default=""), Category.DIRECTORY, Purge.KEEP)
    email = declared(models.CharField("courriel", max_length=200, default=""), Category.DIRECTORY, Purge.KEEP)
    hours = declared(models.CharField("horaires", max_length=SHORT, default=""), Category.DIRECTORY, Purge.KEEP)
    communes = declared(models.JSONField("communes", default=list), Category.DIRECTORY, Purge.KEEP)
    commune_keys = declared(models.JSONField(default=list), Category.DIRECTORY, Purge.KEEP)
    active = declared(models.BooleanField("en service", default=True), Category.DIRECTORY, Purge.KEEP)

    class Meta:
        ordering = ("name",)
        verbose_name = "partenaire"

    def __str__(self) -> str:
        return self.name


class Referral(models.Model):
    """A dossier entrusted to a partner, what is expected and what came back."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.SOCIAL)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="referrals"), Category.SOCIAL)
    partner = declared(models.ForeignKey(Partner, models.PROTECT, related_name="referrals"), Category.SOCIAL)
    since = declared(models.DateField("depuis"), Category.SOCIAL)
    expected = declared(models.CharField("attendu", max_length=SHORT, default=""), Category.SOCIAL)
    answer_by = declared(models.DateField("retour avant le", null=True), Category.SOCIAL)
    answered_on = declared(models.DateField("retour le", null=True), Category.SOCIAL)
    answer = declared(models.CharField("retour", max_length=SHORT, default=""), Category.SOCIAL)
    ended_on = declared(models.DateField("terminé le", null=True), Category.SOCIAL)

    class Meta:
        ordering = ("-since",)
        verbose_name = "orientation"

    def __str__(self) -> str:
        return f"Orientation du {self.since}"
