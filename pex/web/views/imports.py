"""*Importer un tableau*: received, shown row by row, confirmed or given up; an import can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pex.errors import PexError
from pex.tracker import importing, incoming
from pex.tracker.importing import Choice
from pex.tracker.models import Import

CHOICE, COLUMN = "choix-", "colonne-"
MOST_SHOWN = 300


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """GET: choose a file; the imports already made. POST: the file is kept aside, and shown."""
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("fichier")
        if file is None:
            problem = "Choisissez un fichier : Excel, LibreOffice, CSV, YAML ou JSON."
        else:
            try:
                return redirect("import_preview", incoming.receive(file.name or "", file.read()))
            except PexError as error:
                problem = str(error)
    shown = {"problem": problem, "imports": importing.imports_of(request.user)[:20], "today": timezone.localdate()}
    return render(request, "pex/imports/receive.html", shown, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """GET: what each row would do. POST « confirmer », « colonnes » or « abandonner »."""
    if not incoming.TOKEN.fullmatch(token):
        raise Http404
    if "abandonner" in request.POST:
        incoming.discard(token)
        messages.success(request, "Rien n'a été importé.")
        return redirect("import")
    problem = ""
    try:
        if "colonnes" in request.POST:
            incoming.remember_columns(request.user, token, _columns(request, token))
            messages.success(request, "Vos colonnes sont retenues : le même tableau sera lu ainsi la prochaine fois.")
            return redirect("import_preview", token)
        if "confirmer" in request.POST:
            made = importing.confirm(request.user, token, timezone.localdate(), _choices(request))
            messages.success(request, _told(made))
            return redirect("import")
    except PexError as error:
        problem = str(error)
    return _show(request, token, problem)


def _show(request: HttpRequest, token: str, problem: str) -> HttpResponse:
    shown: dict[str, Any] = {"token": token, "problem": problem, "most": MOST_SHOWN}
    try:
        incoming.path_of(token)
        shown["headings"] = _headings(token)
        found = importing.preview(request.user, token, timezone.localdate())
    except PexError as error:
        shown["problem"] = problem or str(error)
        return render(request, "pex/imports/preview.html", shown, status=422)
    shown |= {
        "preview": found,
        "counts": {name: found.count(name) for name in ("nouveau", "inchange", "complete", "a_decider")},
        "doubtful": [row for row in found.rows if row.action == importing.DOUBTFUL],
        "conflicting": [
            (row, [(item.path, _said(item.ours), _said(item.theirs)) for item in row.conflicts])
            for row in found.rows
            if row.action == importing.COMPLETE and row.conflicts
        ],
        "plain": [row for row in found.rows if row.action != importing.DOUBTFUL and not row.conflicts][:MOST_SHOWN],
    }
    return render(request, "pex/imports/preview.html", shown, status=422 if problem else 200)


def _said(value: Any) -> str:
    """A fact as a person reads it; of an event, its day."""
    if isinstance(value, Mapping):
        return _said(value.get("date"))
    if isinstance(value, list | tuple):
        return ", ".join(_said(item) for item in value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "rien" if value is None else str(value)


def _headings(token: str) -> list[dict[str, Any]]:
    """The office's headings, each with a name of field, and what it is read as."""
    found = incoming.headings(token)
    if found is None:
        return []
    return [
        {"heading": text, "name": f"{COLUMN}{place}", "column": found.columns.get(text, ""), "choices": found.choices}
        for place, text in enumerate(found.headings)
    ]


def _columns(request: HttpRequest, token: str) -> Mapping[str, str]:
    return {item["heading"]: request.POST.get(item["name"], "") for item in _headings(token)}


def _choices(request: HttpRequest) -> dict[str, Choice]:
    """What was chosen for each row, by reference: « creer », « fusionner:<dossier> »…"""
    return dict(_read_choices(request))


def _read_choices(request: HttpRequest) -> Iterator[tuple[str, Choice]]:
    for name, value in request.POST.items():
        if name.startswith(CHOICE) and value:
            action, _, key = str(value).partition(":")
            try:
                yield name.removeprefix(CHOICE), Choice(action, UUID(key) if key else None)
            except ValueError:
                raise PexError("Ce choix n'est pas lisible. Rechargez la page.") from None


def _told(made: Import) -> str:
    parts = [
        f"{number} {one if number < 2 else many}"
        for number, one, many in (
            (made.created, "dossier ajouté", "dossiers ajoutés"),
            (made.changed, "complété", "complétés"),
            (made.unchanged, "inchangé", "inchangés"),
            (made.refused, "ligne refusée", "lignes refusées"),
        )
        if number
    ]
    return f"Import terminé : {', '.join(parts) or 'rien de nouveau'}."


@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an import back."""
    made = get_object_or_404(importing.imports_of(request.user), pk=pk)
    try:
        done = importing.undo(request.user, made, timezone.localdate())
    except PexError as error:
        messages.warning(request, str(error))
        return redirect("import")
    messages.success(
        request, f"Import annulé : {done.removed} dossier(s) retiré(s), {done.restored} remis comme avant."
    )
    if done.kept:
        messages.warning(request, f"Gardés, car modifiés depuis : {', '.join(done.kept[:20])}.")
    return redirect("import")
