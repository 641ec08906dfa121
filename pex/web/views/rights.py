"""What a person may ask about their own dossier: a copy, no more letters; and keeping it longer, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pex.tracker import exporting, retention
from pex.tracker.journal import record
from pex.tracker.models import Dossier
from pex.web.access import dossier_or_404
from pex.web.documents import download


@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`quoi` says which of ACTS."""
    row = dossier_or_404(request, pk)
    do = ACTS.get(request.POST.get("quoi", ""))
    if do is None:
        raise Http404
    return do(request, row)


def _copy(request: HttpRequest, row: Any) -> HttpResponse:
    """All that pex holds of the household, letters included: right of access."""
    return download(exporting.household_archive(request.user, row, timezone.localdate()), f"{row.reference}_copie.zip")


def _calendar(request: HttpRequest, row: Any) -> HttpResponse:
    """The appointments and deadlines of the dossier, without a name."""
    return download(exporting.calendar_of(request.user, timezone.localdate(), row), f"{row.reference}.ics")


def _keep_longer(request: HttpRequest, row: Any) -> HttpResponse:
    reason = request.POST.get("raison", "").strip()[:300]
    retention.hold(request.user, row, reason)
    told = "Le dossier sera gardé au-delà de son terme." if reason else "Le dossier suit de nouveau la durée normale."
    messages.success(request, told)
    return redirect("dossier", row.pk)


@transaction.atomic
def _oppose(request: HttpRequest, row: Any) -> HttpResponse:
    """The household does not want letters any more, or wants them again."""
    now = not row.opposes_letters
    Dossier.objects.visible_to(request.user).filter(pk=row.pk).update(opposes_letters=now)
    record("opposition" if now else "opposition_levee", request.user, row, fields=["opposes_letters"])
    told = "pex n'écrira plus à ce ménage." if now else "pex peut de nouveau écrire à ce ménage."
    messages.success(request, told)
    return redirect("dossier", row.pk)


ACTS: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
    "copie": _copy,
    "calendrier": _calendar,
    "garder": _keep_longer,
    "opposition": _oppose,
}
