"""*Commission*: sessions, agenda, what was said of each dossier, the papers, the letters that follow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pex.errors import PexError
from pex.outputs.report import REPORT_FORMATS, Report, write_report
from pex.tracker import commission, commission_papers
from pex.tracker.housing_aid import open_cases
from pex.tracker.journal import record
from pex.tracker.models import AgendaItem, Recommendation, Session
from pex.tracker.office import profile_of
from pex.web.documents import download
from pex.web.forms.commission import AnswerForm, OutcomeForm, RecommendationForm, SessionForm, WantedForm

MOST_PROPOSED = 60
PAPERS = ("ordre-du-jour", "ordre-du-jour-sans-nom", "fiches", "releve")


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions, the recommendations without an answer, the housing-aid cases."""
    today = timezone.localdate()
    found = list(commission.sessions(request.user))
    shown = {
        "coming": [item for item in reversed(found) if item.closed_on is None],
        "past": [item for item in found if item.closed_on is not None],
        "awaited": commission.awaited(request.user),
        "cases": open_cases(request.user),
        "recipients": commission.RECIPIENTS,
        "today": today,
    }
    return render(request, "pex/commission/sessions.html", shown)


@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: the session is made."""
    form = SessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            session = commission.open_session(
                request.user, given["kind"], given["date"], hour=given["hour"], place=given["place"],
                territory=given["territory"],
            )  # fmt: skip
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "La séance est créée. Choisissez les dossiers à examiner.")
            return redirect("session_candidates", session.pk)
    return render(request, "pex/commission/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One session: its agenda, its papers, its letters."""
    found = _session(request, pk)
    shown = {
        "session": found,
        "items": commission.items_of(found),
        "notifications": commission.notifications(found),
        "today": timezone.localdate(),
    }
    return render(request, "pex/commission/session.html", shown)


@require_http_methods(["GET", "POST"])
def candidates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The dossiers that may be examined: POST « filtrer » narrows them, POST « ajouter » puts those ticked."""
    found = _session(request, pk)
    if request.method == "POST" and "ajouter" in request.POST:
        keys = [UUID(key) for key in request.POST.getlist("dossier") if _is_uuid(key)]
        added = commission.put_on_agenda(request.user, found, keys, timezone.localdate())
        if added:
            messages.success(request, f"{added} dossier{'s' if added > 1 else ''} à l'ordre du jour.")
            return redirect("session", found.pk)
        messages.warning(request, "Cochez au moins un dossier.")
    form = WantedForm(request.user, request.POST if request.method == "POST" else {})
    wanted = form.wanted() if form.is_valid() else commission.Wanted()
    rows = commission.candidates(request.user, found, wanted)
    shown = {
        "session": found,
        "form": form,
        "rows": rows[:MOST_PROPOSED],
        "number": rows.count(),
        "most": MOST_PROPOSED,
        "today": timezone.localdate(),
    }
    return render(request, "pex/commission/candidates.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dossier of an agenda: what the commission says of it."""
    found = _item(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = OutcomeForm(found, posted)
    if form.is_valid():
        given = form.cleaned_data
        try:
            commission.record_outcome(
                request.user, found, given["outcome"], timezone.localdate(), opinion=given["opinion"],
                for_landlord=given["for_landlord"],
            )  # fmt: skip
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Suite notée pour le dossier {found.dossier.reference}.")
            return redirect("session", found.session_id)
    return _show_item(request, found, form, RecommendationForm(), 422 if form.errors else 200)


@require_POST
def add_recommendation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Something is asked of somebody."""
    found = _item(request, pk)
    form = RecommendationForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            commission.recommend(request.user, found, given["to"], given["text"], given["due_on"])
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Recommandation notée, avec une tâche pour la suivre.")
            return redirect("session_item", found.pk)
    return _show_item(request, found, OutcomeForm(found), form, 422)


def _show_item(
    request: HttpRequest, found: AgendaItem, form: OutcomeForm, recommendation: RecommendationForm, status: int
) -> HttpResponse:
    others = list(found.session.items.values_list("pk", flat=True))
    place = others.index(found.pk)
    shown = {
        "item": found,
        "form": form,
        "recommendation_form": recommendation,
        "recommendations": found.recommendations.all(),
        "recipients": commission.RECIPIENTS,
        "before": others[place - 1] if place else None,
        "after": others[place + 1] if place + 1 < len(others) else None,
        "number": len(others),
    }
    return render(request, "pex/commission/item.html", shown, status=status)


@require_POST
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a dossier of the agenda up or down, or take it off."""
    found = _item(request, pk)
    if "retirer" in request.POST:
        commission.take_off(request.user, found, timezone.localdate())
        messages.success(request, f"Le dossier {found.dossier.reference} n'est plus à l'ordre du jour.")
    else:
        commission.move(found, earlier="monter" in request.POST)
    return redirect("session", found.session_id)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of a recommendation."""
    try:
        found = commission.recommendation_of(request.user, pk)
    except Recommendation.DoesNotExist:
        raise Http404 from None
    initial = {"state": found.state, "on": found.answered_on or timezone.localdate(), "answer": found.answer}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        commission.record_answer(request.user, found, given["state"], given["on"], given["answer"])
        messages.success(request, "Réponse notée.")
        return redirect("commission")
    shown = {"made": found, "form": form, "to": commission.RECIPIENTS.get(found.addressed_to, ("",))[0]}
    return render(request, "pex/commission/answer.html", shown, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a session, or open it again."""
    found = _session(request, pk)
    try:
        if "rouvrir" in request.POST:
            commission.reopen_session(request.user, found)
            messages.success(request, "La séance est rouverte.")
        else:
            commission.close_session(request.user, found, timezone.localdate())
            messages.success(request, "La séance est close.")
    except PexError as error:
        messages.warning(request, str(error))
    return redirect("session", found.pk)


@require_POST
def notify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a batch of all the letters that follow from the session."""
    found = _session(request, pk)
    try:
        batch = commission.prepare_notifications(request.user, found, timezone.localdate())
    except PexError as error:
        messages.warning(request, str(error))
        return redirect("session", found.pk)
    return redirect("batch", batch.pk)


@require_POST
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A paper of the session, in Word or PDF; the journal keeps that it was made."""
    found = _session(request, pk)
    name, _, kind = request.POST.get("papier", "").rpartition(".")
    if name not in PAPERS or kind not in REPORT_FORMATS:
        raise Http404
    content = write_report(_report(name, found), profile_of(request.user.structure), kind)
    record("papier_de_seance", request.user, found, reason=name)
    return download(content, f"{name}-{found.date:%Y-%m-%d}.{kind}")


def _report(name: str, found: Session) -> Report:
    today = timezone.localdate()
    if name == "fiches":
        return commission_papers.files_report(found, today)
    if name == "releve":
        return commission_papers.minutes_report(found, today)
    return commission_papers.agenda_report(found, today, anonymous=name.endswith("sans-nom"))


def _session(request: HttpRequest, pk: UUID) -> Session:
    try:
        return commission.session_of(request.user, pk)
    except Session.DoesNotExist:
        raise Http404 from None


def _item(request: HttpRequest, pk: UUID) -> Any:
    try:
        return commission.item_of(request.user, pk)
    except AgendaItem.DoesNotExist:
        raise Http404 from None


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
