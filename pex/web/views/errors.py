"""What a person sees when something is refused or fails: what happened, and what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def told(request: HttpRequest, error: Exception, status: int = 422) -> HttpResponse:
    """A problem told in its own words."""
    return _page(request, status, "Ce n'est pas possible", str(error), back=True)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        400,
        "Cette demande ne peut pas être lue",
        "La page contient trop de texte, trop de champs, ou une adresse mal écrite. "
        "Rien n'a été enregistré. Revenez en arrière, raccourcissez, puis réessayez.",
        back=True,
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Cette page vous est fermée", "Vous n'avez pas le droit de faire cela.")


def forged_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its hidden key: an old tab, or another site."""
    return _page(
        request,
        403,
        "Ce formulaire n'est plus valable",
        "Il a été ouvert avant le dernier démarrage de pex, ou il ne vient pas de pex. Rien n'a été enregistré. "
        "Revenez à la page, rechargez-la, puis recommencez.",
        back=True,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        "Cette page n'existe pas",
        "L'adresse est peut-être mal écrite, ou le dossier a été supprimé. "
        "Cherchez le dossier dans la liste des dossiers.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """A bug: nothing of the page is told, nothing half done is kept."""
    return HttpResponse(
        render_to_string(
            "pex/bare.html",
            {
                "title": "pex n'a pas réussi",
                "sentences": [
                    "C'est une erreur de pex, pas de vous. Ce que vous veniez d'écrire n'est peut-être pas "
                    "enregistré : revenez en arrière et vérifiez.",
                    "Si cela recommence, dites aux auteurs de pex sur quelle page, sans donnée personnelle.",
                ],
                "home": True,
            },
        ),
        status=500,
    )


def not_opened(request: HttpRequest) -> HttpResponse:
    """No session: pex is opened with the address that `pex web` gives."""
    locked = getattr(request, "was_locked", False)
    minutes = int(settings.IDLE_BEFORE_LOCK.total_seconds() // 60)
    first = (
        f"Personne n'a rien fait depuis {minutes} minutes : pex s'est verrouillé. Ce qui était enregistré est gardé."
        if locked
        else "pex protège les dossiers : il s'ouvre seulement depuis votre session sur ce PC."
    )
    return bare(
        "pex est verrouillé" if locked else "Ouvrez pex",
        [first, "Pour l'ouvrir, lancez de nouveau « pex web » : la bonne page s'affiche toute seule."],
        status=403,
    )


def wrong_address(status: int) -> HttpResponse:
    """Another Host, or a request that another site started."""
    return bare(
        "Cette adresse n'est pas celle de pex",
        [
            "Par sécurité, pex ne répond qu'à sa propre adresse, depuis ce PC. "
            "Lancez « pex web » : la bonne page s'affiche toute seule."
        ],
        status=status,
    )


def bare(title: str, sentences: list[str], status: int) -> HttpResponse:
    """A page without menu, for whoever has no session."""
    return HttpResponse(render_to_string("pex/bare.html", {"title": title, "sentences": sentences}), status=status)


def _page(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return bare(title, [sentence], status)
    return render(request, "pex/error.html", {"title": title, "sentence": sentence, **more}, status=status)
