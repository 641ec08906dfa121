"""*Aujourd'hui*: what falls due, each item with the act that settles it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pex.law import read_law
from pex.tracker.agenda import Item, TodayList, one_list, today_lists
from pex.tracker.models import Dossier

A_PAGE, FEW = 50, 5
NOTED = {"dsf_transmis": "Noter l'envoi", "octroi_concours": "Noter la réponse"}
"""What the act that adds an event is called."""
PICTOGRAMS = {
    "audiences": "audience", "dsf": "aide_sociale", "echeances": "date_limite", "prefet": "prefecture",
    "treve": "treve_hivernale", "courriers": "lettre_officielle", "revenus": "lettre_officielle",
    "sans_reponse": "appel_gratuit", "irregularites": "important", "partenaires": "aide_sociale",
    "recommandations": "information", "taches": "fait",
}  # fmt: skip


class Act(NamedTuple):
    """What settles an item: a link, or a form to post where `posts` is true."""

    label: str
    address: str
    posts: bool = False
    icon: str = "next"


class Line(NamedTuple):
    """An item as the page shows it."""

    item: Item
    act: Act


class Panel(NamedTuple):
    """A list as the page shows it."""

    found: TodayList
    pictogram: str
    lines: list[Line]


@require_safe
def today_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    panels = [_panel(found) for found in today_lists(request.user, today, few=FEW)]
    return render(
        request,
        "pex/today.html",
        {
            "today": today,
            "panels": [panel for panel in panels if panel.lines],
            "calm": [panel for panel in panels if not panel.lines],
            "is_empty": not Dossier.objects.visible_to(request.user).exists(),
        },
    )


@require_safe
def one_list_page(request: HttpRequest, name: str) -> HttpResponse:
    """The whole of one list, page by page."""
    start = request.GET.get("depuis", "0")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    try:
        found = one_list(request.user, name, timezone.localdate(), start=first, few=A_PAGE)
    except KeyError:
        raise Http404 from None
    return render(
        request,
        "pex/today_list.html",
        {
            "panel": _panel(found),
            "today": timezone.localdate(),
            "before": max(0, first - A_PAGE) if first else None,
            "after": first + A_PAGE if found.count > first + A_PAGE else None,
        },
    )


def _panel(found: TodayList) -> Panel:
    lines = [Line(item, _act(item)) for item in found.items]
    return Panel(found, PICTOGRAMS.get(found.id, "information"), lines)


def _act(item: Item) -> Act:
    kind, _, argument = item.act.partition(":")
    if kind == "evenement" and argument in read_law().events:
        address = f"{reverse('event_add', args=[item.dossier])}?{urlencode({'type': argument})}"
        return Act(NOTED.get(argument, "Noter"), address, icon="plus")
    if kind == "tache":
        return Act("Fait", reverse("task_done", args=[item.dossier, argument]), posts=True, icon="check")
    if kind == "courrier":
        return Act("Écrire le courrier", _letter(item, argument), icon="mail")
    return Act("Ouvrir le dossier", reverse("dossier", args=[item.dossier]))


def _letter(item: Item, letter: str) -> str:
    """The page that writes it; the letters of the dossier where none is named, or where that page is not there."""
    fallback = f"{reverse('dossier', args=[item.dossier])}#courriers"
    if not letter:
        return fallback
    try:
        return reverse("letter_compose", args=[item.dossier, letter])
    except NoReverseMatch:
        return fallback
