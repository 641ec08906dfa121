"""The journal: who looked at or changed what, names of fields only. Rows are added, never changed.

Triggers of the database refuse any change, and any deletion before the term (migration `journal_triggers`).
"""

from __future__ import annotations

from django.db import models

from pex.tracker.models.declared import Category, Purge, declared


class JournalEntry(models.Model):
    """One act. `object_id` is an identifier, never a name; `hash` covers the row and the hash before it."""

    id = declared(models.BigAutoField(primary_key=True), Category.TRACE, Purge.OWN_TERM)
    at = declared(models.DateTimeField(db_index=True), Category.TRACE, Purge.OWN_TERM)
    actor = declared(models.CharField(max_length=36, default=""), Category.TRACE, Purge.OWN_TERM)
    action = declared(models.CharField(max_length=60), Category.TRACE, Purge.OWN_TERM)
    object_type = declared(models.CharField(max_length=60, default=""), Category.TRACE, Purge.OWN_TERM)
    object_id = declared(models.CharField(max_length=36, default=""), Category.TRACE, Purge.OWN_TERM)
    fields = declared(models.JSONField(default=list), Category.TRACE, Purge.OWN_TERM)
    count = declared(models.PositiveIntegerField(null=True), Category.TRACE, Purge.OWN_TERM)
    reason = declared(models.CharField(max_length=200, default=""), Category.TRACE, Purge.OWN_TERM)
    previous = declared(models.CharField(max_length=64), Category.TRACE, Purge.OWN_TERM)
    hash = declared(models.CharField(max_length=64), Category.TRACE, Purge.OWN_TERM)

    class Meta:
        ordering = ("id",)
        verbose_name = "ligne du journal"
        indexes = (models.Index(fields=("object_id", "at")),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
