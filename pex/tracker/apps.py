"""The Django application `tracker`."""

from __future__ import annotations

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """Models, migrations and access functions."""

    name = "pex.tracker"
    label = "tracker"
    verbose_name = "Suivi des dossiers"
