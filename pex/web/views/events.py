"""Adding, correcting and taking out an event: what is impossible is refused, what is odd is asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pex.law import read_law
from pex.tracker import editing
from pex.tracker.models import Event
from pex.web.access import dossier_or_404
from pex.web.forms.events import EventForm

Keep = Callable[[EventForm, bool], Any]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET: the form of one kind of event (`?type=`). POST: add it."""
    row = dossier_or_404(request, pk)
    kind = request.POST.get("type") or request.GET.get("type") or ""
    if kind not in read_law().events:
        raise Http404
    if request.method == "GET":
        return _ask(request, row, EventForm(kind, initial={"version": row.version}))

    def keep(form: EventForm, sure: bool) -> None:
        editing.add_event(
            request.user, row, form.raw(), timezone.localdate(),
            said_by=form.cleaned_data["said_by"], version=form.cleaned_data["version"], sure=sure,
        )  # fmt: skip

    return _try(request, row, EventForm(kind, request.POST), keep, "Ajouté")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: UUID, event_pk: UUID) -> HttpResponse:
    """GET: the event as it is. POST: correct it."""
    row = dossier_or_404(request, pk)
    event = next((item for item in row.events.all() if item.pk == event_pk), None)
    if event is None or event.type not in read_law().events:
        raise Http404
    if request.method == "GET":
        day = f"{event.date:%d/%m/%Y}" if event.date else "?"
        shown = {**_shown(event.details), "date": day, "said_by": event.said_by, "version": row.version}
        return _ask(request, row, EventForm(event.type, initial=shown), event=event)

    def keep(form: EventForm, sure: bool) -> None:
        editing.correct_event(
            request.user, row, event.pk, form.raw(), timezone.localdate(),
            said_by=form.cleaned_data["said_by"], version=form.cleaned_data["version"], sure=sure,
        )  # fmt: skip

    return _try(request, row, EventForm(event.type, request.POST), keep, "Corrigé", event=event)


@require_POST
def remove(request: HttpRequest, pk: UUID, event_pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    version = request.POST.get("version", "")
    try:
        editing.remove_event(
            request.user, row, event_pk, timezone.localdate(), version=int(version) if version.isdecimal() else None
        )
    except Event.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Événement retiré. Vous pouvez annuler ce changement plus bas.")
    return redirect("dossier", pk)


def _try(
    request: HttpRequest, row: Any, form: EventForm, keep: Keep, done: str, event: Event | None = None
) -> HttpResponse:
    """Keep the event, or show the form again with what is wrong or what to confirm."""
    if not form.is_valid():
        return _ask(request, row, form, event, status=422)
    try:
        keep(form, "sure" in request.POST)
    except editing.Doubtful as doubt:
        return _ask(request, row, form, event, questions=doubt.questions, status=422)
    except editing.Refused as refused:
        form.refuse(refused.problems)
        return _ask(request, row, form, event, status=422)
    except editing.ChangedMeanwhile:
        return _ask(request, row, _on_the_new_version(form, row), event, changed=editing.history(row)[:3], status=409)
    messages.success(request, f"{done} : {read_law().events[form.kind].name}.")
    return redirect("dossier", row.pk)


def _on_the_new_version(form: EventForm, row: Any) -> EventForm:
    """The same words, for the dossier as it is now."""
    data = form.data.copy()
    data["version"] = str(row.version)
    return EventForm(form.kind, data)


def _ask(
    request: HttpRequest,
    row: Any,
    form: EventForm,
    event: Event | None = None,
    questions: tuple[str, ...] = (),
    changed: Any = (),
    status: int = 200,
) -> HttpResponse:
    kind = read_law().events[form.kind]
    shown = {"row": row, "form": form, "kind": kind, "event": event, "questions": questions, "changed": changed}
    return render(request, "pex/event.html", shown, status=status)


def _shown(details: dict[str, Any]) -> dict[str, Any]:
    """Details as a person writes them: « 2027-02-09 » → « 09/02/2027 », true → « oui »."""
    shown: dict[str, Any] = {}
    for name, value in details.items():
        if isinstance(value, bool):
            shown[name] = "oui" if value else "non"
        elif isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            shown[name] = f"{value[8:]}/{value[5:7]}/{value[:4]}"
        else:
            shown[name] = value
    return shown
