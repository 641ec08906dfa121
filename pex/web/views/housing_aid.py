"""The housing-aid circuit on screen: where a case is, what to do next, what is not sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pex.errors import PexError
from pex.letters.templates import read_template
from pex.tracker import housing_aid
from pex.tracker.assess import timeline_of
from pex.tracker.editing import Doubtful
from pex.tracker.models import Dossier, HousingAidCase
from pex.web.forms.commission import DecisionForm, InvitationForm, ObservationsForm, ReferralForm, StepForm

FORMS: dict[str, type[forms.Form]] = {
    housing_aid.INVITED: InvitationForm,
    "observations": ObservationsForm,
    housing_aid.DECIDED: DecisionForm,
    housing_aid.TO_PAYER: StepForm,
    housing_aid.TO_HOUSEHOLD: StepForm,
    housing_aid.APPEAL: StepForm,
}


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """The paying body refers a dossier, found by its reference."""
    form = ReferralForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        given = form.cleaned_data
        row = Dossier.objects.visible_to(request.user).filter(reference__iexact=given["reference"].strip()).first()
        if row is None:
            form.add_error("reference", "Aucun dossier n'a cette référence. Créez-le d'abord dans « Dossiers ».")
        else:
            try:
                case = housing_aid.open_case(
                    request.user, row, given["payer"], given["on"], timezone.localdate(), sure=True
                )
            except PexError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Le circuit est ouvert. Prochaine étape : inviter le ménage à répondre.")
                return redirect("housing_aid_case", case.pk)
    return render(request, "pex/commission/referral.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET: the case. POST: a step is done, `etape` says which."""
    found = _case(request, pk)
    posted = request.POST if request.method == "POST" else None
    step = posted.get("etape", "") if posted else ""
    if posted is not None and step not in FORMS:
        raise Http404
    form = FORMS[step](posted) if posted else None
    questions: tuple[str, ...] = ()
    if form is not None and form.is_valid():
        try:
            _do(step)(request, found, form.cleaned_data)
        except Doubtful as doubt:
            questions = doubt.questions
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Étape notée.")
            return redirect("housing_aid_case", found.pk)
    return _show(request, found, step, form, questions)


def _show(
    request: HttpRequest, found: HousingAidCase, step: str, form: forms.Form | None, questions: tuple[str, ...]
) -> HttpResponse:
    row = Dossier.objects.with_facts().select_related("structure").get(pk=found.dossier_id)
    circuit = housing_aid.circuit(found, timeline_of(row, timezone.localdate()))
    steps = []
    for stage in circuit.stages:
        made = None
        if stage.id in FORMS and not stage.is_done:
            made = form if stage.id == step else FORMS[stage.id](initial={"on": timezone.localdate()})
        letters = [(name, read_template(name).subject) for name in stage.letters]
        steps.append({"stage": stage, "form": made, "letters": letters, "refused": stage.id == step})
    shown = {
        "case": found,
        "row": row,
        "circuit": circuit,
        "steps": steps,
        "questions": questions,
        "decisions": housing_aid.DECISIONS,
        "payer": housing_aid.PAYERS.get(found.payer, found.payer),
        "today": timezone.localdate(),
        "form": form,
    }
    refused = bool(questions or (form is not None and form.errors))
    return render(request, "pex/commission/case.html", shown, status=422 if refused else 200)


def _do(step: str) -> Callable[[HttpRequest, HousingAidCase, dict[str, Any]], None]:
    return {housing_aid.INVITED: _invite, "observations": _observe, housing_aid.DECIDED: _decide}.get(
        step, lambda request, found, given: _notify(request, found, step, given)
    )


def _invite(request: HttpRequest, found: HousingAidCase, given: dict[str, Any]) -> None:
    housing_aid.invite(request.user, found, given["on"], given["answer_before"], timezone.localdate())


def _observe(request: HttpRequest, found: HousingAidCase, given: dict[str, Any]) -> None:
    housing_aid.keep_observations(request.user, found, given["text"], given["on"])


def _decide(request: HttpRequest, found: HousingAidCase, given: dict[str, Any]) -> None:
    housing_aid.decide(
        request.user, found, given["decision"], given["reasons"], given["on"], timezone.localdate(), sure=given["sure"]
    )


def _notify(request: HttpRequest, found: HousingAidCase, step: str, given: dict[str, Any]) -> None:
    housing_aid.notify(request.user, found, step, given["on"], timezone.localdate(), sure=given["sure"])


def _case(request: HttpRequest, pk: UUID) -> HousingAidCase:
    try:
        return housing_aid.case_of(request.user, pk)
    except HousingAidCase.DoesNotExist:
        raise Http404 from None
