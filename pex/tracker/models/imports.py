"""Imports of files: what each row did, so that it can be undone; and the headings already mapped."""

from __future__ import annotations

import uuid

from django.db import models

from pex.tracker.models.accounts import Account, Structure
from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import Dossier


class Import(models.Model):
    """A file that was imported. `sha256` tells the same file again; the file itself is not kept."""

    id = declared(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), Category.TRACE, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.TRACE, Purge.KEEP)
    sha256 = declared(models.CharField(max_length=64, db_index=True), Category.TRACE, Purge.KEEP)
    kind = declared(models.CharField(max_length=10), Category.TRACE, Purge.KEEP)
    created = declared(models.PositiveIntegerField("ajoutés", default=0), Category.TRACE, Purge.KEEP)
    changed = declared(models.PositiveIntegerField("complétés", default=0), Category.TRACE, Purge.KEEP)
    unchanged = declared(models.PositiveIntegerField("inchangés", default=0), Category.TRACE, Purge.KEEP)
    refused = declared(models.PositiveIntegerField("refusés", default=0), Category.TRACE, Purge.KEEP)
    by = declared(models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+"), Category.TRACE, Purge.KEEP)
    at = declared(models.DateTimeField(auto_now_add=True), Category.TRACE, Purge.KEEP)
    undone_at = declared(models.DateTimeField(null=True), Category.TRACE, Purge.KEEP)

    class Meta:
        ordering = ("-at",)
        verbose_name = "import"

    def __str__(self) -> str:
        return f"Import du {self.at:%d/%m/%Y}"


class ImportedRow(models.Model):
    """What one row of a file did to a dossier: `before` None where it made it, `version` the dossier's after it.

    `reference` is the file's: a row merged into a dossier of another reference is known again next time.
    """

    id = declared(models.BigAutoField(primary_key=True), Category.PROCEDURE)
    imported = declared(models.ForeignKey(Import, models.CASCADE, related_name="rows"), Category.PROCEDURE)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="imported_rows"), Category.PROCEDURE)
    reference = declared(models.CharField(max_length=40, default=""), Category.IDENTITY)
    before = declared(models.JSONField(null=True), Category.PROCEDURE)
    version = declared(models.PositiveIntegerField(), Category.TRACE)

    class Meta:
        verbose_name = "ligne importée"
        indexes = (models.Index(fields=("reference",)),)

    def __str__(self) -> str:
        return f"ligne {self.pk}"


class ColumnMap(models.Model):
    """The headings of an office's own table, mapped once; `signature` tells the same headings again."""

    id = declared(models.BigAutoField(primary_key=True), Category.SETTING, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE), Category.SETTING, Purge.KEEP)
    signature = declared(models.CharField(max_length=64), Category.SETTING, Purge.KEEP)
    columns = declared(models.JSONField(default=dict), Category.SETTING, Purge.KEEP)

    class Meta:
        verbose_name = "correspondance de colonnes"
        constraints = (models.UniqueConstraint(fields=("structure", "signature"), name="one_map_for_headings"),)

    def __str__(self) -> str:
        return self.signature[:12]
