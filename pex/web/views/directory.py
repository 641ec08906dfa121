"""The directory of partners, and the dossiers entrusted to them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pex.errors import PexError
from pex.tracker import directory
from pex.tracker.models import Partner
from pex.web.access import dossier_or_404
from pex.web.forms.settings import PartnerForm, ReferralForm, ReturnForm


@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """All the partners of the office."""
    return render(request, "pex/settings/partners.html", {"partners": directory.partners_of(request.user)})


@require_http_methods(["GET", "POST"])
def partner(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """A partner, new or known."""
    try:
        known = directory.partner_of(request.user, pk) if pk else None
    except Partner.DoesNotExist:
        raise Http404 from None
    form = PartnerForm(request.POST if request.method == "POST" else None, initial=PartnerForm.of(known))
    if form.is_valid():
        try:
            directory.save_partner(request.user, known, form.given())
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Le service est enregistré.")
            return redirect("partners")
    return render(
        request, "pex/settings/partner.html", {"form": form, "partner": known}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A dossier is entrusted to a partner near its commune."""
    row = dossier_or_404(request, pk)
    near = directory.helpers_near(request.user, row)
    form = ReferralForm(
        near, request.POST if request.method == "POST" else None, initial={"since": timezone.localdate()}
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            directory.refer(
                request.user, row, directory.partner_of(request.user, UUID(given["partner"])), given["since"],
                expected=given["expected"], answer_by=given["answer_by"],
            )  # fmt: skip
        except PexError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Le dossier est confié à ce partenaire.")
            return redirect("dossier", row.pk)
    shown = {"form": form, "row": row, "near": near}
    return render(request, "pex/settings/refer.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answered(request: HttpRequest, pk: UUID, referral_pk: UUID) -> HttpResponse:
    """What a partner answered about a dossier."""
    row = dossier_or_404(request, pk)
    referral = get_object_or_404(row.referrals.select_related("partner", "dossier"), pk=referral_pk)
    form = ReturnForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        given = form.cleaned_data
        directory.record_return(request.user, referral, given["on"], given["answer"], ended=given["ended"])
        messages.success(request, "Le retour est noté.")
        return redirect("dossier", row.pk)
    shown = {"form": form, "row": row, "referral": referral}
    return render(request, "pex/settings/answered.html", shown, status=422 if form.errors else 200)
