"""*Courriers*, by lots: a selection, its progress, its papers for the post."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pex.errors import PexError
from pex.tracker import batches, posting
from pex.tracker.journal import record
from pex.tracker.mailing import catalogue
from pex.tracker.models import Batch, BatchState, ItemState
from pex.tracker.search import select
from pex.web.documents import download
from pex.web.forms.filters import FilterForm
from pex.web.forms.mailing import BatchForm, SentForm
from pex.web.lists import read_criteria

FIRST_ROWS = 10
PAPERS: dict[str, tuple[Callable[[Batch], bytes], str]] = {
    "courriers": (posting.print_file, "pdf"),
    "bordereau": (posting.bordereau, "csv"),
    "etiquettes": (posting.labels, "pdf"),
    "prestataire": (posting.print_service_list, "csv"),
}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """GET: the filters. POST « compter »: who would receive a letter. POST « preparer »: the batch is made."""
    posted = request.POST if request.method == "POST" else None
    kept = read_criteria(request, request.GET.get("liste", "")) or {}
    filters, form = FilterForm(posted or kept, request.user), BatchForm(posted)
    rows, near = select(request.user, filters.criteria(timezone.localdate()))
    if posted is not None and "preparer" in posted and form.is_valid():
        given = form.cleaned_data
        try:
            batch = batches.prepare(
                request.user, rows, template=given["template"], dated=given["dated"],
                register=given["register"] or "standard", channel=given["channel"] or "courrier", again=given["again"],
            )  # fmt: skip
        except PexError as error:
            form.add_error(None, str(error))
        else:
            return redirect("batch", batch.pk)
    shown = {
        "filters": filters,
        "form": form,
        "number": rows.count(),
        "first": rows.order_by("label")[:FIRST_ROWS],
        "near": [(word, ", ".join(words)) for word, words in near.items() if words],
    }
    return render(request, "pex/letters/new_batch.html", shown, status=422 if form.errors else 200)


@require_GET
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a batch is; the page looks again by itself until it is done."""
    found = _batch(request, pk)
    where = batches.progress(found)
    items = found.items.select_related("dossier", "letter")
    shown = {
        "batch": found,
        "progress": where,
        "finished": where.total - where.waiting,
        "running": where.state in (BatchState.WAITING, BatchState.RUNNING),
        "refused": items.exclude(state__in=(ItemState.WAITING, ItemState.DONE)),
        "made": items.filter(state=ItemState.DONE)[:200],
        "subjects": {name: subject for name, subject, _ in catalogue()},
        "sent_form": SentForm(initial={"on": timezone.localdate()}),
    }
    return render(request, "pex/letters/batch.html", shown)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a batch; what is made stays."""
    found = _batch(request, pk)
    batches.cancel(request.user, found)
    messages.success(request, "Le lot est arrêté. Les courriers déjà faits sont gardés.")
    return redirect("batch", found.pk)


@require_POST
def sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letters of the batch left."""
    found, form = _batch(request, pk), SentForm(request.POST)
    if form.is_valid():
        number = batches.mark_batch_sent(request.user, found, form.cleaned_data["on"])
        messages.success(request, f"{number} envoi{'s' if number > 1 else ''} noté{'s' if number > 1 else ''}.")
    else:
        messages.warning(request, "La date n'est pas lisible. Écrivez-la jj/mm/aaaa.")
    return redirect("batch", found.pk)


@require_POST
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One PDF for the printer, the bordereau, labels, or a list for a print service."""
    found, name = _batch(request, pk), request.POST.get("papier", "")
    if name not in PAPERS:
        raise Http404
    write, kind = PAPERS[name]
    content = write(found)
    record("impression_lot", request.user, found, reason=name)
    return download(content, f"{name}-{found.dated:%Y-%m-%d}.{kind}")


def _batch(request: HttpRequest, pk: UUID) -> Batch:
    try:
        return batches.batch_of(request.user, pk)
    except Batch.DoesNotExist:
        raise Http404 from None
