"""*Courriers*, one by one: written, checked, kept as they leave, noted as sent, returned."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pex.errors import MissingFacts, PexError
from pex.letters import letter_ids
from pex.letters.templates import read_template
from pex.plain_language.check import check_text
from pex.plain_language.names import proper_names
from pex.plain_language.text import read_letter
from pex.tracker import mailing
from pex.tracker.assess import dossier_of
from pex.tracker.batches import batches_of, progress
from pex.tracker.journal import record
from pex.tracker.models import Dossier, SentLetter
from pex.web.access import dossier_or_404
from pex.web.documents import download
from pex.web.forms.mailing import ReturnForm, SendingFields, SentForm

MOST = 30
FORMATS = ("html", "pdf", "docx")
BLOCK = "bloc-"


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The batches, the letters that are ready, those that left."""
    mine = SentLetter.objects.filter(dossier__in=Dossier.objects.visible_to(request.user)).select_related("dossier")
    alone = mine.filter(batch_item__isnull=True)
    shown = {
        "batches": [(batch, progress(batch)) for batch in batches_of(request.user)[:MOST]],
        "ready": alone.filter(sent_on=None).order_by("-written_on")[:MOST],
        "sent": mine.exclude(sent_on=None).order_by("-sent_on", "-made_at")[:MOST],
        "subjects": {name: subject for name, subject, _ in mailing.catalogue()},
        "most": MOST,
    }
    return render(request, "pex/letters/index.html", shown)


@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, pk: UUID, template: str) -> HttpResponse:
    """GET: the letter as it would be. POST « verifier »: with changed words. POST « garder »: kept as it is."""
    row, form = _row_and_form(request, pk, template)
    shown: dict[str, Any] = {
        "row": row, "form": form, "template": template, "subject": read_template(template).subject,
    }  # fmt: skip
    if request.method == "POST" and not form.is_valid():
        return render(request, "pex/letters/compose.html", shown, status=422)
    try:
        draft = _draft(request, row, template, form)
    except MissingFacts as error:
        return render(request, "pex/letters/missing.html", shown | {"error": error})
    except PexError as error:
        return render(request, "pex/letters/missing.html", shown | {"error": error, "refused": True})
    if "garder" in request.POST:
        try:
            kept = mailing.keep(
                request.user, draft, channel=form.cleaned_data["channel"], again="encore" in request.POST
            )
        except mailing.AlreadySent as error:
            shown["question"] = str(error)
        else:
            messages.success(request, "Le courrier est gardé tel qu'il partira. Imprimez-le, puis notez son envoi.")
            return redirect("letter", kept.pk)
    report = check_text(read_letter(draft.letter, proper_names(dossier_of(row), draft.profile), draft.dated))
    shown |= {
        "draft": draft,
        "blocks": [_block(block, request) for block in draft.letter.blocks],
        "remarks": [remark for remark in report.remarks if remark.level != "information"],
        "dated": draft.dated,
    }
    return render(request, "pex/letters/compose.html", shown, status=422 if "question" in shown else 200)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: UUID, template: str, kind: str) -> HttpResponse:
    """The letter with the words of the form, in a frame or as a file; nothing is kept."""
    if kind not in FORMATS:
        raise Http404
    row, form = _row_and_form(request, pk, template)
    if request.method == "POST" and not form.is_valid():
        raise PexError("La date de la lettre n'est pas lisible. Écrivez-la jj/mm/aaaa.")
    draft = _draft(request, row, template, form)
    return download(mailing.preview(draft, kind), f"{row.reference}_{template}.{kind}", shown=kind != "docx")


def _row_and_form(request: HttpRequest, pk: UUID, template: str) -> tuple[Any, SendingFields]:
    if template not in letter_ids():
        raise Http404
    return dossier_or_404(request, pk), SendingFields(request.POST if request.method == "POST" else None)


def _draft(request: HttpRequest, row: Any, template: str, form: SendingFields) -> mailing.Draft:
    dated: date = form.cleaned_data["dated"] if form.is_bound else timezone.localdate()
    register = form.cleaned_data.get("register") if form.is_bound else ""
    draft = mailing.compose(row, template, dated, register=register or "standard")
    words = {
        name.removeprefix(BLOCK): str(text)
        for name, text in request.POST.items()
        if name.startswith(BLOCK) and f"remettre-{name.removeprefix(BLOCK)}" not in request.POST
    }
    return mailing.with_words(draft, words) if words else draft


def _block(block: Any, request: HttpRequest) -> dict[str, Any]:
    may_change = mailing.may_change(block)
    return {
        "id": block.id,
        "title": block.title,
        "may_change": may_change,
        "words": mailing.words_of_block(block) if may_change else "",
        "name": f"{BLOCK}{block.id}",
        "open": f"{BLOCK}{block.id}" in request.POST,
    }


@require_GET
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A letter as it was kept, and what became of it."""
    found = _letter(request, pk)
    today = timezone.localdate()
    shown = {
        "letter": found,
        "subject": read_template(found.template).subject,
        "sent_form": SentForm(initial={"on": today}),
        "return_form": ReturnForm(initial={"on": today}),
    }
    return render(request, "pex/letters/letter.html", shown)


@require_GET
def letter_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The very bytes."""
    found = _letter(request, pk)
    content = mailing.content_of(found)
    return download(content, f"{found.dossier.reference}_{found.template}.{found.format}", shown=found.format == "pdf")


@require_POST
def letter_sent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It left."""
    found, form = _letter(request, pk), SentForm(request.POST)
    if form.is_valid():
        mailing.mark_sent(request.user, [found], form.cleaned_data["on"])
        messages.success(request, "Envoi noté.")
    else:
        messages.warning(request, "La date n'est pas lisible. Écrivez-la jj/mm/aaaa.")
    return redirect("letter", found.pk)


@require_POST
def letter_returned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It came back: a task is made."""
    found, form = _letter(request, pk), ReturnForm(request.POST)
    if form.is_valid():
        mailing.returned(request.user, found, form.cleaned_data["on"], form.cleaned_data["why"])
        messages.success(request, "Retour noté. Une tâche vous rappelle de chercher l'adresse.")
    else:
        messages.warning(request, "La date n'est pas lisible. Écrivez-la jj/mm/aaaa.")
    return redirect("letter", found.pk)


@require_POST
def letter_printed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, and a line in the journal: it was taken out to be printed."""
    found = _letter(request, pk)
    record("impression", request.user, found.dossier, fields=[f"courrier.{found.template}"])
    content = mailing.content_of(found)
    return download(content, f"{found.dossier.reference}_{found.template}.{found.format}")


def _letter(request: HttpRequest, pk: UUID) -> SentLetter:
    try:
        return mailing.letter_of(request.user, pk)
    except SentLetter.DoesNotExist:
        raise Http404 from None
