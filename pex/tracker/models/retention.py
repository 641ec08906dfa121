"""What remains once dossiers are purged: a certificate, statistics without persons, and tombstones."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Account, Structure
from pex.tracker.models.declared import Category, Purge, declared


class PurgeCertificate(models.Model):
    """A purge that was made: when, by whom, how many, under which term; nobody is named."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.TRACE, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.TRACE, Purge.KEEP)
    on = declared(models.DateField("purge du"), Category.TRACE, Purge.KEEP)
    at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE, Purge.KEEP)
    by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE, Purge.KEEP)
    counts = declared(models.JSONField("lignes supprimées", default=dict), Category.TRACE, Purge.KEEP)
    months = declared(models.PositiveSmallIntegerField("durée, en mois"), Category.TRACE, Purge.KEEP)
    journal_hash = declared(models.CharField(max_length=64, default=""), Category.TRACE, Purge.KEEP)

    class Meta:
        ordering = ("-at",)
        verbose_name = "certificat de purge"

    def __str__(self) -> str:
        return f"Purge du {self.on}"


class Tombstone(models.Model):
    """The keyed hash of a purged dossier's identifier: a restored backup does not bring it back."""

    id = declared(models.BigAutoField(primary_key=True), Category.TRACE, Purge.KEEP)
    hash = declared(models.CharField(max_length=64, unique=True), Category.TRACE, Purge.KEEP)
    on = declared(models.DateField(), Category.TRACE, Purge.KEEP)

    class Meta:
        verbose_name = "trace de purge"

    def __str__(self) -> str:
        return self.hash[:12]


class PastDossier(models.Model):
    """What statistics keep of a purged dossier: months, département, steps reached; no commune, no day."""

    id = declared(models.BigAutoField(primary_key=True), Category.STATISTIC, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.STATISTIC, Purge.KEEP)
    departement = declared(models.CharField(max_length=3, null=True), Category.STATISTIC, Purge.KEEP)
    opened_month = declared(models.CharField(max_length=7, default=""), Category.STATISTIC, Purge.KEEP)
    closed_month = declared(models.CharField(max_length=7, default=""), Category.STATISTIC, Purge.KEEP)
    stage = declared(models.CharField(max_length=60, default=""), Category.STATISTIC, Purge.KEEP)
    landlord_type = declared(models.CharField(max_length=40, default=""), Category.STATISTIC, Purge.KEEP)
    months = declared(models.JSONField("mois des étapes", default=dict), Category.STATISTIC, Purge.KEEP)
    letters = declared(models.PositiveSmallIntegerField(default=0), Category.STATISTIC, Purge.KEEP)
    with_children = declared(models.BooleanField(null=True), Category.STATISTIC, Purge.KEEP)

    class Meta:
        verbose_name = "dossier passé"

    def __str__(self) -> str:
        return f"{self.departement} {self.closed_month}"
