"""What is added beside the procedure: notes; closing a dossier; undoing the last change."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pex.errors import PexError
from pex.tracker import editing
from pex.tracker.journal import record
from pex.web.access import dossier_or_404
from pex.web.forms.notes import NoteForm


@require_POST
def add_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            editing.add_note(request.user, row, said["text"], said["on"], kind=said["kind"], reserved=said["reserved"])
        except PexError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, "Note enregistrée.")
            return redirect("dossier", pk)
    return render(request, "pex/note.html", {"row": row, "form": form}, status=422)


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    version = request.POST.get("version", "")
    editing.undo_last(request.user, row, timezone.localdate(), version=int(version) if version.isdecimal() else None)
    messages.success(request, "Le dernier changement est annulé.")
    return redirect("dossier", pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the dossier, or open it again."""
    row = dossier_or_404(request, pk)
    editing.close(request.user, row, None if row.closed_on else timezone.localdate())
    messages.success(request, "Dossier rouvert." if row.closed_on else "Dossier clos. Il reste dans la recherche.")
    return redirect("dossier", pk)


@require_POST
def task_done(request: HttpRequest, pk: UUID, task_pk: UUID) -> HttpResponse:
    """A thing to do is done; back to where it was ticked."""
    row = dossier_or_404(request, pk)
    with transaction.atomic():
        done = row.tasks.filter(pk=task_pk, done_on__isnull=True).update(done_on=timezone.localdate())
        if done:
            record("tache", request.user, row, fields=["done_on"])
    messages.success(request, "C'est noté : fait." if done else "C'était déjà fait.")
    return redirect("today")
