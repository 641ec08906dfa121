"""From an address to a dossier: only one that this account may see, otherwise the page does not exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from pex.tracker.models import Dossier


def dossier_or_404(request: HttpRequest, pk: UUID) -> Any:
    """The dossier with its facts. Raises Http404 for one that is not there, or not theirs: both look the same."""
    rows = Dossier.objects.visible_to(request.user).with_facts().select_related("landlord", "structure")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
