"""*Frise*: the household's timeline on screen for an interview, what was understood, and paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pex.errors import PexError
from pex.letters import compose_timeline
from pex.letters.blocks import TimelinePage
from pex.letters.papers import main_paper
from pex.letters.timeline_page.versions import COMPLETE, FEW_WORDS
from pex.tracker.assess import timeline_of
from pex.tracker.editing import add_note
from pex.tracker.journal import record_view
from pex.tracker.models import Dossier, NoteKind
from pex.tracker.office import profile_of
from pex.web.access import dossier_or_404
from pex.web.documents import download
from pex.web.middleware.read_only import writing_in_the_journal
from pex.web.paper import SHEETS

LONGEST_REMARK = 2000


@require_safe
def frise(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    with writing_in_the_journal():
        record_view(request.user, row)
    few = request.GET.get("mots") == "peu"
    shown = {
        "row": row,
        "page": _page(row, FEW_WORDS if few else COMPLETE),
        "few_words": few,
        "paper": main_paper(row.stage),
        "points": list(enumerate(points_to_say_again(_page(row)))),
        "sheets": SHEETS.values(),
    }
    return render(request, "pex/frise.html", shown)


@require_safe
def printed(request: HttpRequest, pk: UUID, sheet: str) -> HttpResponse:
    """The timeline on paper, shown by the browser."""
    row = dossier_or_404(request, pk)
    if sheet not in SHEETS:
        raise Http404
    with writing_in_the_journal():
        record_view(request.user, row)
    content = SHEETS[sheet].draw(timeline_of(row, timezone.localdate()), profile_of(row.structure))
    return download(content, f"{row.reference}_frise_{sheet}.pdf", shown=True)


@require_POST
def understood(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep, as a note, what the person said again in their own words, and what is to be explained again."""
    row = dossier_or_404(request, pk)
    points = points_to_say_again(_page(row))
    ticked = {int(text) for text in request.POST.getlist("compris") if text.isascii() and text.isdigit()}
    remark = request.POST.get("remarque", "").strip()[:LONGEST_REMARK]
    if not remark and not ticked:
        messages.warning(request, "Cochez au moins une chose, ou écrivez ce qui est à revoir.")
        return redirect("frise", pk)
    lines = ["Frise expliquée pendant l'entretien.", "Redit avec ses mots :"]
    lines += [f"- {text}" for place, text in enumerate(points) if place in ticked] or ["- rien pour l'instant"]
    again = [f"- {text}" for place, text in enumerate(points) if place not in ticked]
    lines += ["À expliquer de nouveau :", *again] if again else []
    lines += [f"Remarque : {remark}"] if remark else []
    try:
        add_note(request.user, row, "\n".join(lines), timezone.localdate(), kind=NoteKind.CONTACT)
    except PexError as error:
        messages.warning(request, str(error))
        return redirect("frise", pk)
    messages.success(request, "C'est gardé dans les notes du dossier.")
    return redirect("dossier", pk)


def points_to_say_again(page: TimelinePage) -> list[str]:
    """What a person should be able to say again: where they are, the dates, what they can do, who helps."""
    here = next((step for step in page.steps if step.state == "here"), None)
    if here is None:
        return ["Ma situation est réglée"]
    dates = [f"{item.label} : {item.date}" for item in here.deadlines if item.date]
    ways = [f"Je peux {''.join(span.text for span in way.spans)}" for way in here.ways_out]
    helpers = [f"Qui m'aide : {', '.join(helper.name for helper in here.help)}"] if here.help else []
    return [f"Où j'en suis : {here.label}", *dates, *ways, *helpers]


def _page(row: Dossier, version: str = COMPLETE) -> TimelinePage:
    return compose_timeline(timeline_of(row, timezone.localdate()), profile_of(row.structure), version=version)
