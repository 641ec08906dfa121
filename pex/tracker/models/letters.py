"""Letters exactly as they were sent: what was sent stays what was sent."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Account
from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import SHORT, Dossier


class Channel(models.TextChoices):
    """How a letter leaves."""

    POST = "courrier", "Courrier simple"
    REGISTERED = "recommande", "Lettre recommandée"
    BY_HAND = "remise", "Remis en main propre"
    EMAIL = "courriel", "Courriel"


class LetterFile(models.Model):
    """The bytes of a document, kept apart so that lists of letters stay light."""

    id = declared(models.BigAutoField(primary_key=True), Category.LETTER)
    content = declared(models.BinaryField(), Category.LETTER)
    sha256 = declared(models.CharField(max_length=64), Category.LETTER)

    class Meta:
        verbose_name = "document"

    def __str__(self) -> str:
        return self.sha256[:12]


class SentLetter(models.Model):
    """A letter made for a dossier, and sent once `sent_on` is known.

    `edition` is the version of the text, `profile_hash` of the profile it was made with; `changed` says that
    a paragraph was changed before sending. `sending` is « poste » or why it cannot be posted.
    """

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.LETTER)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="letters"), Category.LETTER)
    template = declared(models.CharField("courrier", max_length=80), Category.LETTER, Purge.GENERALISE)
    title = declared(models.CharField("titre", max_length=SHORT, default=""), Category.LETTER)
    recipient = declared(models.JSONField("destinataire", default=list), Category.LETTER)
    sending = declared(models.CharField(max_length=SHORT, default=""), Category.LETTER)
    language = declared(models.CharField("langue", max_length=8, default="fr"), Category.LETTER)
    register = declared(models.CharField("registre", max_length=20, default="standard"), Category.LETTER)
    edition = declared(models.CharField("version du texte", max_length=SHORT), Category.LETTER)
    profile_hash = declared(models.CharField(max_length=64, default=""), Category.LETTER)
    law_version = declared(models.CharField(max_length=64, default=""), Category.LETTER)
    changed = declared(models.BooleanField("texte modifié", default=False), Category.LETTER)
    format = declared(models.CharField(max_length=5, default="pdf"), Category.LETTER)
    file = declared(models.OneToOneField(LetterFile, models.PROTECT, related_name="letter"), Category.LETTER)
    pages = declared(models.PositiveSmallIntegerField(default=0), Category.LETTER)
    written_on = declared(models.DateField("daté du"), Category.LETTER)
    channel = declared(
        models.CharField("envoi", max_length=20, choices=Channel.choices, default=Channel.POST), Category.LETTER
    )
    sent_on = declared(models.DateField("envoyé le", null=True), Category.LETTER, Purge.GENERALISE)
    returned_on = declared(models.DateField("revenu le", null=True), Category.LETTER)
    returned_why = declared(models.CharField("motif du retour", max_length=SHORT, default=""), Category.LETTER)
    made_by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    made_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)

    class Meta:
        ordering = ("-written_on", "-made_at")
        verbose_name = "courrier"
        indexes = (
            models.Index(fields=("dossier", "template")),
            models.Index(fields=("sent_on",)),
            models.Index(fields=("returned_on",)),
        )

    def __str__(self) -> str:
        return f"{self.template} du {self.written_on}"
