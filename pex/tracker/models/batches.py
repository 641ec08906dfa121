"""Batches of letters: their rows say what is to do and what is done, whatever process dies."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Account, Structure
from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import Dossier
from pex.tracker.models.letters import Channel, SentLetter


class BatchState(models.TextChoices):
    """Where a batch is."""

    WAITING = "en_attente", "En attente"
    RUNNING = "en_cours", "En cours"
    DONE = "termine", "Terminé"
    CANCELLED = "annule", "Annulé"


class Batch(models.Model):
    """Letters to make for a selection. Whoever holds the lease works; an expired lease can be taken over."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.LETTER, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.LETTER, Purge.KEEP)
    template = declared(models.CharField("courrier", max_length=80, default=""), Category.LETTER, Purge.KEEP)
    language = declared(models.CharField(max_length=8, default="fr"), Category.LETTER, Purge.KEEP)
    register = declared(models.CharField(max_length=20, default="standard"), Category.LETTER, Purge.KEEP)
    channel = declared(
        models.CharField("envoi", max_length=20, choices=Channel.choices, default=Channel.POST),
        Category.LETTER,
        Purge.KEEP,
    )
    again = declared(models.BooleanField("même si déjà envoyé", default=False), Category.LETTER, Purge.KEEP)
    dated = declared(models.DateField("daté du"), Category.LETTER, Purge.KEEP)
    state = declared(
        models.CharField("état", max_length=20, choices=BatchState.choices, default=BatchState.WAITING, db_index=True),
        Category.LETTER,
        Purge.KEEP,
    )
    lease_owner = declared(models.CharField(max_length=64, default=""), Category.TRACE, Purge.KEEP)
    lease_until = declared(models.DateTimeField(null=True), Category.TRACE, Purge.KEEP)
    made_by = declared(
        models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE, Purge.KEEP
    )
    made_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE, Purge.KEEP)
    sent_on = declared(models.DateField("envoyé le", null=True), Category.LETTER, Purge.KEEP)

    class Meta:
        ordering = ("-made_at",)
        verbose_name = "lot de courriers"

    def __str__(self) -> str:
        return f"Lot du {self.dated}"


class ItemState(models.TextChoices):
    """What became of a dossier of a batch."""

    WAITING = "a_faire", "À faire"
    DONE = "fait", "Fait"
    REFUSED = "refuse", "Refusé"
    SKIPPED = "deja_envoye", "Déjà envoyé"
    NO_LETTER = "sans_courrier", "Sans courrier à cette étape"


class BatchItem(models.Model):
    """One letter to make, or made."""

    id = declared(models.BigAutoField(primary_key=True), Category.LETTER)
    batch = declared(models.ForeignKey(Batch, models.CASCADE, related_name="items"), Category.LETTER)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="batch_items"), Category.LETTER)
    position = declared(models.PositiveIntegerField(), Category.LETTER)
    template = declared(models.CharField(max_length=80, default=""), Category.LETTER)
    state = declared(
        models.CharField("état", max_length=20, choices=ItemState.choices, default=ItemState.WAITING), Category.LETTER
    )
    reason = declared(models.CharField("motif", max_length=1000, default=""), Category.LETTER)
    missing = declared(models.JSONField(default=list), Category.LETTER)
    letter = declared(
        models.OneToOneField(SentLetter, models.SET_NULL, null=True, related_name="batch_item"), Category.LETTER
    )

    class Meta:
        ordering = ("position",)
        verbose_name = "courrier d'un lot"
        constraints = (models.UniqueConstraint(fields=("batch", "dossier", "template"), name="once_in_a_batch"),)
        indexes = (models.Index(fields=("batch", "state", "position")),)

    def __str__(self) -> str:
        return f"n° {self.position}"
