"""Opening and closing pex: the token of the address becomes a session."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pex.web.middleware.opening import open_to_all
from pex.web.views.errors import bare


@open_to_all
@require_http_methods(["GET", "POST"])
def open_pex(request: HttpRequest) -> HttpResponse:
    """GET shows a button, which a script presses: reading a page changes nothing. POST spends the token."""
    if request.method == "GET":
        return render(request, "pex/opening.html", {"title": "Ouvrir pex", "token": request.GET.get("jeton", "")[:100]})
    account = authenticate(request, opening_token=request.POST.get("jeton", ""))
    if account is None:
        if request.user.is_authenticated:
            return redirect("today")
        return bare(
            "Cette adresse a déjà servi",
            ["Par sécurité, elle ouvre pex une seule fois.", "Lancez de nouveau « pex web » : pex s'ouvre tout seul."],
            status=403,
        )
    login(request, account)
    return redirect("today")


@require_POST
def close_pex(request: HttpRequest) -> HttpResponse:
    """Ends the session and asks the browser to forget the pages it showed."""
    logout(request)
    response = bare(
        "pex est fermé",
        [
            "Vos dossiers sont enregistrés. Vous pouvez fermer cet onglet.",
            "Pour revenir : lancez de nouveau « pex web ».",
        ],
        status=200,
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still here: the lock starts again from now."""
    return HttpResponse(status=204)
