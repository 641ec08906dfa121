"""What the frame of every page needs: the menu, where we are in it, whether the data are invented."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pex import __version__


class Entry(NamedTuple):
    """One entry of the menu; `starts` are the beginnings of the addresses it stands for."""

    label: str
    view: str
    starts: tuple[str, ...]


# An entry is shown once its page exists.
MENU = (
    Entry("Aujourd'hui", "today", ()),
    Entry("Dossiers", "dossiers", ("/dossiers/",)),
    Entry("Courriers", "letters", ("/courriers/",)),
    Entry("Commission", "commission", ("/commission/",)),
    Entry("Calcul", "calculator", ("/calcul/",)),
    Entry("Indicateurs", "indicators", ("/indicateurs/",)),
    Entry("Réglages", "settings", ("/reglages/",)),
)


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """`menu`, `version`, `fictitious`, `idle_seconds` for base.html."""
    user = getattr(request, "user", None)
    structure = getattr(user, "structure", None) if user is not None and user.is_authenticated else None
    return {
        "menu": list(_menu(request.path)),
        "version": __version__,
        "structure": structure,
        "fictitious": bool(structure and structure.fictitious),
        "idle_seconds": int(settings.IDLE_BEFORE_LOCK.total_seconds()),
    }


def _menu(path: str) -> Any:
    for entry in MENU:
        try:
            address = reverse(entry.view)
        except NoReverseMatch:
            continue
        yield {"label": entry.label, "address": address, "here": path == address or path.startswith(entry.starts)}
