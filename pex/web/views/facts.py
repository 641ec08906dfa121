"""A new dossier, and the facts of one that exists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pex.dossier import dossier_to_mapping
from pex.tracker import editing
from pex.tracker.assess import dossier_of
from pex.web.access import dossier_or_404
from pex.web.forms.facts import FactsForm, initial_of


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = FactsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        row = editing.create(request.user, form.raw({}), timezone.localdate())
    except editing.Refused as refused:
        form.refuse(refused.problems)
        return _show(request, form, status=422)
    messages.success(request, "Dossier créé. Ajoutez maintenant ce qui est arrivé : une seule date suffit.")
    return redirect("dossier", row.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    before = dossier_to_mapping(dossier_of(row))
    if request.method == "GET":
        return _show(request, FactsForm(initial={**initial_of(before), "version": row.version}), row)
    form = FactsForm(request.POST)
    if not form.is_valid():
        return _show(request, form, row, status=422)
    try:
        editing.change_facts(
            request.user, row, form.raw(before), timezone.localdate(), version=form.cleaned_data["version"]
        )
    except editing.Refused as refused:
        form.refuse(refused.problems)
        return _show(request, form, row, status=422)
    except editing.ChangedMeanwhile:
        data = form.data.copy()
        data["version"] = str(row.version)
        return _show(request, FactsForm(data), row, changed=editing.history(row)[:3], status=409)
    messages.success(request, "Modifications enregistrées.")
    return redirect("dossier", pk)


def _show(request: HttpRequest, form: FactsForm, row: Any = None, changed: Any = (), status: int = 200) -> HttpResponse:
    return render(request, "pex/facts.html", {"form": form, "row": row, "changed": changed}, status=status)
