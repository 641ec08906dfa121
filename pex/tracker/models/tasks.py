"""What somebody has to do for a dossier."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Account
from pex.tracker.models.commission import Recommendation
from pex.tracker.models.declared import Category, declared
from pex.tracker.models.dossier import SHORT, Dossier
from pex.tracker.models.letters import SentLetter


class TaskKind(models.TextChoices):
    """Where a task comes from."""

    BY_HAND = "a_faire", "À faire"
    RETURNED = "courrier_revenu", "Courrier revenu : chercher l'adresse"
    FOLLOW_UP = "recommandation", "Recommandation à suivre"
    MISSING = "information_manquante", "Information à demander"


class Task(models.Model):
    """A thing to do, with its day; done once `done_on` is known."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.SOCIAL)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="tasks"), Category.SOCIAL)
    kind = declared(
        models.CharField("nature", max_length=40, choices=TaskKind.choices, default=TaskKind.BY_HAND), Category.SOCIAL
    )
    title = declared(models.CharField("à faire", max_length=SHORT), Category.SOCIAL)
    due_on = declared(models.DateField("avant le", null=True), Category.SOCIAL)
    done_on = declared(models.DateField("fait le", null=True), Category.SOCIAL)
    letter = declared(models.ForeignKey(SentLetter, models.CASCADE, null=True, related_name="tasks"), Category.SOCIAL)
    recommendation = declared(
        models.ForeignKey(Recommendation, models.CASCADE, null=True, related_name="tasks"), Category.SOCIAL
    )
    made_by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE)
    made_at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE)

    class Meta:
        ordering = ("due_on", "made_at")
        verbose_name = "tâche"
        indexes = (models.Index(fields=("done_on", "due_on")),)

    def __str__(self) -> str:
        return self.title
