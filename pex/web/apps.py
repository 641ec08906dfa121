"""The Django application `web`."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "pex.web"
    label = "web"
    verbose_name = "pex"
