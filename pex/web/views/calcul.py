"""*Calcul*: dates in, deadlines and reasons out, a generic letter and a timeline. Nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pex.errors import PexError
from pex.law import Law, read_law
from pex.letters import compose_letter, compose_timeline, letters_for
from pex.letters.templates import read_template
from pex.outputs import write_letter, write_timeline
from pex.timeline import Timeline, build_timeline
from pex.tracker.office import profile_of
from pex.web.documents import download
from pex.web.forms.calcul import CalculationForm
from pex.web.situation import situation_of


@require_http_methods(["GET", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """GET: the empty desk. POST: the same desk, with what follows from the dates."""
    form = CalculationForm(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            shown |= _result(form, request)
        else:
            status = 422
    return render(request, "pex/calcul.html", shown, status=status)


def _result(form: CalculationForm, request: HttpRequest) -> dict[str, Any]:
    timeline = _timeline(form, read_law())
    letters = [(name, read_template(name).subject) for name in letters_for(timeline)]
    return {"situation": situation_of(timeline), "letters": letters, "today": timeline.today}


@require_POST
def document(request: HttpRequest) -> HttpResponse:
    """The timeline or a generic letter, from the dates of the form; `document` says which, as « frise.pdf »."""
    form = CalculationForm(request.POST)
    if not form.is_valid():
        return render(request, "pex/calcul.html", {"form": form}, status=422)
    name, _, kind = request.POST.get("document", "frise.pdf").rpartition(".")
    timeline, profile = _timeline(form, read_law()), profile_of(request.user.structure)
    try:
        if name == "frise":
            content = write_timeline(compose_timeline(timeline, profile), profile, kind)
        elif name in letters_for(timeline):
            content = write_letter(compose_letter(name, timeline, profile), profile, kind)
        else:
            raise PexError("Ce courrier ne convient pas à ces dates. Choisissez-en un dans la liste.")
    except PexError as error:
        form.add_error(None, str(error))
        return render(request, "pex/calcul.html", {"form": form, **_result(form, request)}, status=422)
    return download(content, f"{name}.{kind}")


def _timeline(form: CalculationForm, law: Law) -> Timeline:
    today: date = form.cleaned_data["le"] or timezone.localdate()
    return build_timeline(form.dossier(), law, today)
