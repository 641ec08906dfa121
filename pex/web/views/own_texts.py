"""The office's own wordings: the national text beside it, what differs, what the linter says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pex.errors import PexError, TemplateError
from pex.letters.templates import read_template
from pex.letters.wording import FAMILY_NAMES
from pex.plain_language import BLOCKING, INFORMATION
from pex.plain_language.own_texts import OwnText, review
from pex.tracker import own_texts

LONGEST = 40_000


@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """Every letter, by family, and which have a wording of the office's own."""
    by_family: dict[str, list[tuple[str, str, bool]]] = {name: [] for name in FAMILY_NAMES}
    for name, subject, family, is_own in own_texts.texts_of(request.user):
        by_family[family].append((name, subject, is_own))
    families = [(FAMILY_NAMES[family], rows) for family, rows in by_family.items()]
    return render(request, "pex/settings/texts.html", {"families": families})


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, letter_id: str) -> HttpResponse:
    """GET: the wording in use. POST « verifier », « garder » or « national »."""
    try:
        found = own_texts.text_of(request.user, letter_id)
    except TemplateError:
        raise Http404 from None
    problem = ""
    if request.method == "POST":
        given = request.POST.get("texte", "")[:LONGEST]
        try:
            if "national" in request.POST:
                own_texts.give_back(request.user, letter_id)
                messages.success(request, "Le texte national sert de nouveau.")
                return redirect("own_text", letter_id)
            found = review(letter_id, given)
            if "garder" in request.POST:
                own_texts.save(request.user, letter_id, given)
                messages.success(request, "Votre texte est gardé : les prochains courriers s'en servent.")
                return redirect("own_text", letter_id)
        except PexError as error:
            problem = str(error)
    return _show(request, found, problem)


def _show(request: HttpRequest, found: OwnText, problem: str) -> HttpResponse:
    shown = {
        "found": found,
        "subject": read_template(found.letter_id).subject,
        "problem": problem or found.refusal,
        "remarks": [remark for remark in found.remarks if remark.level != INFORMATION],
        "blocking": any(remark.level == BLOCKING for remark in found.remarks),
        "changes": [(line[:1], line[1:]) for line in found.difference],
    }
    return render(request, "pex/settings/text.html", shown, status=422 if shown["problem"] else 200)
