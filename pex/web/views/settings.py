"""*Réglages*: the profile, figures, how long data are kept, backups, the journal, what leaves pex."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pex.errors import PexError
from pex.outputs.profile_check import check_profile, tell_profile
from pex.tracker import backup, exporting, indicators, journal, office, restoring, retention
from pex.tracker.models import Dossier, PurgeCertificate
from pex.web.documents import download
from pex.web.forms.settings import TERMS, FiguresForm, ProfileForm, TermsForm

MOST = 15


@require_GET
def settings_page(request: HttpRequest) -> HttpResponse:
    """Everything an office decides, on one page."""
    return _show(request)


def _show(request: HttpRequest, **forms: Any) -> HttpResponse:
    structure, today = request.user.structure, timezone.localdate()
    months = retention.terms(structure)
    shown = {
        "profile_form": ProfileForm(initial={"folder": office.setting(structure, office.PROFILE, "")}),
        "figures_form": FiguresForm(initial={"threshold": indicators.threshold_of(structure)}),
        "terms_form": TermsForm(initial={name: months[name] for name in TERMS}),
        "due": retention.due(request.user, today),
        "certificates": PurgeCertificate.objects.filter(structure=structure)[:MOST],
        "backups": backup.backups()[:MOST],
        "asked": restoring.asked(),
        "today": today,
        **_profile(request),
        **forms,
    }
    refused = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "pex/settings/index.html", shown, status=422 if refused else 200)


def _profile(request: HttpRequest) -> dict[str, Any]:
    try:
        profile = office.profile_of(request.user.structure)
    except PexError as error:
        return {"profile_problem": str(error)}
    if profile.folder is None:
        return {"profile": profile}
    return {"profile": profile, "told": tell_profile(profile), "remarks": check_profile(profile)}


@require_POST
def change(request: HttpRequest, name: str) -> HttpResponse:
    """One thing is decided: `name` says which."""
    act = ACTS.get(name)
    if act is None:
        raise Http404
    return act(request)


def _choose_profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            office.set_profile(request.user.structure, Path(form.cleaned_data["folder"]).expanduser())
        except PexError as error:
            form.add_error("folder", str(error))
        else:
            journal.record("profil", request.user, request.user.structure)
            return _done(request, "Le profil est choisi. Les prochains courriers s'en servent.")
    return _show(request, profile_form=form)


def _choose_threshold(request: HttpRequest) -> HttpResponse:
    form = FiguresForm(request.POST)
    if not form.is_valid():
        return _show(request, figures_form=form)
    office.set_setting(request.user.structure, indicators.THRESHOLD_SETTING, form.cleaned_data["threshold"])
    return _done(request, "Le seuil des chiffres cachés est changé.")


def _choose_terms(request: HttpRequest) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _show(request, terms_form=form)
    for name, months in form.cleaned_data.items():
        retention.set_term(request.user, name, months)
    return _done(request, "Les durées de conservation sont changées.")


def _purge(request: HttpRequest) -> HttpResponse:
    if "sur" not in request.POST:
        return _refused(request, "Cochez « Je veux supprimer pour toujours », puis recommencez.")
    try:
        backup.back_up("avant-purge")
        certificate = retention.purge(request.user, timezone.localdate(), sure_of_the_day="jour" in request.POST)
    except PexError as error:
        return _refused(request, str(error))
    return _done(request, f"{certificate.counts.get('dossiers', 0)} dossier(s) supprimé(s). Le certificat est gardé.")


def _back_up(request: HttpRequest) -> HttpResponse:
    try:
        made = backup.back_up()
        backup.forget_old_backups(timezone.localdate())
    except PexError as error:
        return _refused(request, str(error))
    journal.record("sauvegarde", request.user, count=made.dossiers)
    return _done(request, f"Sauvegarde faite et relue : {made.dossiers} dossier(s).")


def _restore(request: HttpRequest) -> HttpResponse:
    try:
        if "renoncer" in request.POST:
            restoring.give_up()
            return _done(request, "Aucune sauvegarde ne sera remise.")
        restoring.ask(request.POST.get("sauvegarde", ""))
    except PexError as error:
        return _refused(request, str(error))
    journal.record("restauration_demandee", request.user)
    return _done(request, "Fermez pex, puis rouvrez-le : la sauvegarde sera remise au démarrage.")


def _verify(request: HttpRequest) -> HttpResponse:
    state = journal.verify()
    if state.intact:
        return _done(request, f"Journal intact : {state.count} ligne(s) relues.")
    return _refused(
        request,
        f"Le journal a été modifié à la ligne {state.broken_at}. Prévenez votre délégué à la protection des données.",
    )


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("settings")


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect("settings")


ACTS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "profil": _choose_profile,
    "chiffres": _choose_threshold,
    "durees": _choose_terms,
    "purger": _purge,
    "sauvegarder": _back_up,
    "restaurer": _restore,
    "journal": _verify,
}


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """All the dossiers in a table, the meaning of its columns, or the calendar of what is coming."""
    what, today = request.POST.get("quoi", ""), timezone.localdate()
    found = _exported(request, what, today)
    return download(found, f"pex-{what.replace('.', f'-{today:%Y-%m-%d}.')}")


def _exported(request: HttpRequest, what: str, today: date) -> bytes:
    name, _, kind = what.rpartition(".")
    if name == "dossiers" and kind in exporting.FORMATS:
        rows = Dossier.objects.visible_to(request.user)
        return exporting.export_table(request.user, rows, kind, today, request.POST.get("pourquoi", ""))
    if name == "dictionnaire" and kind in exporting.FORMATS:
        return exporting.data_dictionary(kind)
    if what == "calendrier.ics":
        return exporting.calendar_of(request.user, today)
    raise Http404
