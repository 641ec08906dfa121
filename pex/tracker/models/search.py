"""Words by which dossiers are found, and their misspellings."""

from __future__ import annotations

from django.db import models

from pex.tracker.models.declared import Category, Purge, declared
from pex.tracker.models.dossier import Dossier


class SearchWord(models.Model):
    """A word of a dossier: name, first name, reference, commune, landlord; without case or accents."""

    id = declared(models.BigAutoField(primary_key=True), Category.IDENTITY)
    dossier = declared(models.ForeignKey(Dossier, models.CASCADE, related_name="words"), Category.IDENTITY)
    word = declared(models.CharField(max_length=60), Category.IDENTITY)

    class Meta:
        verbose_name = "mot"
        indexes = (models.Index(fields=("word", "dossier")),)

    def __str__(self) -> str:
        return self.word


class SearchVariant(models.Model):
    """A known word with one letter left out, or as it sounds: two misspellings meet there."""

    id = declared(models.BigAutoField(primary_key=True), Category.IDENTITY, Purge.DELETE_ORPHAN)
    variant = declared(models.CharField(max_length=60, db_index=True), Category.IDENTITY, Purge.DELETE_ORPHAN)
    word = declared(models.CharField(max_length=60, db_index=True), Category.IDENTITY, Purge.DELETE_ORPHAN)

    class Meta:
        verbose_name = "variante"
        constraints = (models.UniqueConstraint(fields=("word", "variant"), name="one_variant_a_word"),)

    def __str__(self) -> str:
        return self.variant
