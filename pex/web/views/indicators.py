"""*Indicateurs*: the figures of a year, each with its definition; a report in Word."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pex.outputs.report import write_report
from pex.tracker import indicators
from pex.tracker.journal import record
from pex.tracker.models import Dossier, Event, JournalEntry
from pex.tracker.office import profile_of
from pex.tracker.yearly_report import yearly_report
from pex.web.documents import download

BAR_WIDTH = 100.0


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The year and the breakdown are in the address: nothing in them speaks of a household."""
    today = timezone.localdate()
    years = indicators.years(request.user, today)
    year = _whole(request.GET.get("annee"), years[0])
    if year not in years:
        raise Http404
    measures, dimensions = indicators.measures(), indicators.dimensions()
    measure = request.GET.get("mesure", "commandement_de_payer")
    dimension = request.GET.get("par", "commune")
    if measure not in measures or dimension not in dimensions:
        raise Http404
    shown = {
        "year": year,
        "years": years,
        **_computed(request.user, year, measure, dimension, today),
        "measures": measures.values(),
        "dimensions": dimensions.values(),
        "measure": measure,
        "dimension": dimension,
        "legend": indicators.legend(request.user.structure),
        "today": today,
    }
    return render(request, "pex/indicators.html", shown)


def _computed(user: Any, year: int, measure: str, dimension: str, today: date) -> dict[str, Any]:
    """The figures of that page, computed again only after a change: the journal has a line for each."""
    changes = JournalEntry.objects.exclude(action="consultation").order_by("-id").values_list("id", flat=True)
    threshold = indicators.threshold_of(user.structure)
    rows = (Dossier.objects.visible_to(user).count(), Event.objects.count())
    key = f"{user.structure_id}:{year}:{measure}:{dimension}:{today}:{threshold}:{changes.first()}:{rows[0]}:{rows[1]}"

    def compute() -> dict[str, Any]:
        return {
            "figures": [_drawn(figure) for figure in indicators.year_figures(user, year, today)],
            "breakdown": _drawn(indicators.breakdown(user, year, measure, dimension, today)),
        }

    found: dict[str, Any] = caches["figures"].get_or_set(key, compute, timeout=86_400)
    return found


@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """The yearly report, in Word or PDF."""
    today = timezone.localdate()
    year, kind = _whole(request.POST.get("annee"), today.year), request.POST.get("format", "docx")
    if year not in indicators.years(request.user, today) or kind not in ("docx", "pdf"):
        raise Http404
    made = yearly_report(request.user, year, today)
    record("bilan_annuel", request.user, count=year)
    return download(write_report(made, profile_of(request.user.structure), kind), f"bilan-{year}.{kind}")


def _drawn(figure: indicators.Figure) -> dict[str, Any]:
    """The figure, and its bars with a length out of a hundred; a hidden figure has no length."""
    longest = max((value for _, value in figure.bars if value), default=0)
    bars = [
        {"label": label, "value": value, "length": f"{BAR_WIDTH * value / longest:.2f}" if value else "0"}
        for label, value in figure.bars
    ]
    return {"figure": figure, "bars": bars if longest else []}


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) == 4 else otherwise
