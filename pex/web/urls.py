"""The addresses. Nothing personal in them: a dossier is its UUID, a search is posted."""

from __future__ import annotations

from django.urls import path

from pex.web.views import calcul, dossier, dossiers, errors, events, facts, frise, notes, opening, today

ONE = "dossiers/<uuid:pk>/"

urlpatterns = [
    path("", today.today_page, name="today"),
    path("a-faire/<slug:name>/", today.one_list_page, name="today_list"),
    path("ouvrir/", opening.open_pex, name="open"),
    path("fermer/", opening.close_pex, name="close"),
    path("rester/", opening.stay, name="stay"),
    path("calcul/", calcul.calculator, name="calculator"),
    path("calcul/document/", calcul.document, name="calculator_document"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/nouveau/", facts.new, name="dossier_new"),
    path(ONE, dossier.dossier_page, name="dossier"),
    path(f"{ONE}modifier/", facts.edit, name="dossier_edit"),
    path(f"{ONE}annuler/", notes.undo, name="dossier_undo"),
    path(f"{ONE}clore/", notes.close, name="dossier_close"),
    path(f"{ONE}notes/", notes.add_note, name="note_add"),
    path(f"{ONE}taches/<uuid:task_pk>/fait/", notes.task_done, name="task_done"),
    path(f"{ONE}evenements/", events.add, name="event_add"),
    path(f"{ONE}evenements/<uuid:event_pk>/", events.edit, name="event_edit"),
    path(f"{ONE}evenements/<uuid:event_pk>/retirer/", events.remove, name="event_remove"),
    path(f"{ONE}frise/", frise.frise, name="frise"),
    path(f"{ONE}frise/compris/", frise.understood, name="frise_understood"),
    path(f"{ONE}frise/imprimer/<slug:sheet>.pdf", frise.printed, name="frise_print"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
