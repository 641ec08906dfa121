"""*Dossiers*: the list, its search and its filters."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pex.tracker.models import Dossier
from pex.tracker.search import find
from pex.web.forms.filters import FilterForm
from pex.web.lists import keep_criteria, read_criteria

A_PAGE = 40
IN_ADDRESS = ("etape", "echeance", "irregularite", "etat", "ordre")
"""Criteria that say nothing of anybody: a link may hold them."""


@require_http_methods(["GET", "POST"])
def dossiers(request: HttpRequest) -> HttpResponse:
    """GET shows a list; POST keeps what is searched for and leads to its list."""
    if request.method == "POST":
        criteria = {name: str(request.POST.get(name, "")) for name in FilterForm.base_fields}
        if any(criteria.values()):
            return redirect(f"{reverse('dossiers')}?{urlencode({'liste': keep_criteria(request, criteria)})}")
        return redirect("dossiers")
    kept = read_criteria(request, request.GET.get("liste", ""))
    wanted = kept if kept is not None else {key: request.GET[key] for key in IN_ADDRESS if key in request.GET}
    form, today = FilterForm(wanted, request.user), timezone.localdate()
    found = find(request.user, form.criteria(today), _number(request.GET.get("page")), A_PAGE)
    pages = Paginator(range(found.count), A_PAGE)
    return render(
        request,
        "pex/dossiers.html",
        {
            "form": form,
            "found": found,
            "page": pages.get_page(found.page),
            "pages": pages.get_elided_page_range(found.page, on_each_side=1, on_ends=1),
            "address": urlencode({key: value for key, value in request.GET.items() if key != "page"}),
            "today": today,
            "near": [(word, ", ".join(words)) for word, words in found.near.items() if words],
            "is_empty": not Dossier.objects.visible_to(request.user).exists(),
        },
    )


def _number(text: str | None) -> int:
    """A page number from an address: 1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1
