"""Settings of an office, kept in its database."""

from __future__ import annotations

from django.db import models

from pex.tracker.models.accounts import Structure
from pex.tracker.models.declared import Category, Purge, declared


class Setting(models.Model):
    """A named value: months of retention, folder of the profile, anchor of the journal."""

    id = declared(models.BigAutoField(primary_key=True), Category.SETTING, Purge.KEEP)
    structure = declared(models.ForeignKey(Structure, models.CASCADE, null=True), Category.SETTING, Purge.KEEP)
    name = declared(models.CharField(max_length=60), Category.SETTING, Purge.KEEP)
    value = declared(models.JSONField(), Category.SETTING, Purge.KEEP)

    class Meta:
        verbose_name = "réglage"
        constraints = (
            models.UniqueConstraint(fields=("structure", "name"), name="one_value_a_setting", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.name
