"""Who works with pex: structures and their agents. On one PC: one structure, one « titulaire »."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from pex.tracker.models.declared import Category, Declaration, Purge, declared


class Structure(models.Model):
    """An office that owns dossiers: a CCAPEX secretariat, a social service, an ADIL."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.SETTING, Purge.KEEP)
    name = declared(models.CharField("nom", max_length=200), Category.SETTING, Purge.KEEP)
    fictitious = declared(models.BooleanField("données inventées", default=False), Category.SETTING, Purge.KEEP)

    class Meta:
        verbose_name = "structure"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What an agent may do; on one PC there is only the « titulaire »."""

    TITULAIRE = "titulaire", "Titulaire du poste"


class Account(AbstractUser):
    """An agent of a structure."""

    ACCOUNT_FIELDS = (
        "password", "last_login", "is_superuser", "username", "first_name", "last_name", "email", "is_staff",
        "is_active", "date_joined", "groups", "user_permissions",
    )  # fmt: skip
    DECLARED: ClassVar = dict.fromkeys(ACCOUNT_FIELDS, Declaration(Category.ACCOUNT, Purge.OWN_TERM))

    id = declared(
        models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.ACCOUNT, Purge.OWN_TERM
    )
    structure = declared(
        models.ForeignKey(Structure, models.PROTECT, related_name="accounts"), Category.ACCOUNT, Purge.OWN_TERM
    )
    role = declared(
        models.CharField("rôle", max_length=40, choices=Role.choices, default=Role.TITULAIRE),
        Category.ACCOUNT,
        Purge.OWN_TERM,
    )
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "compte"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
