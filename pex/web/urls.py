"""The addresses. Nothing personal in them: a dossier is its UUID, a search is posted."""

from __future__ import annotations

from django.urls import path

from pex.web.views import (
    batches,
    calcul,
    commission,
    dossier,
    dossiers,
    errors,
    events,
    facts,
    frise,
    housing_aid,
    imports,
    indicators,
    letters,
    notes,
    opening,
    today,
)

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
    path("dossiers/importer/", imports.receive, name="import"),
    path("dossiers/importer/<uuid:pk>/annuler/", imports.undo, name="import_undo"),
    path("dossiers/importer/<slug:token>/", imports.preview, name="import_preview"),
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
    path(f"{ONE}courriers/<slug:template>/", letters.compose, name="letter_compose"),
    path(f"{ONE}courriers/<slug:template>/apercu.<slug:kind>", letters.preview, name="letter_preview"),
    path("courriers/", letters.letters, name="letters"),
    path("courriers/lots/nouveau/", batches.new, name="batch_new"),
    path("courriers/lots/<uuid:pk>/", batches.batch, name="batch"),
    path("courriers/lots/<uuid:pk>/arreter/", batches.cancel, name="batch_cancel"),
    path("courriers/lots/<uuid:pk>/envoye/", batches.sent, name="batch_sent"),
    path("courriers/lots/<uuid:pk>/papiers/", batches.paper, name="batch_paper"),
    path("courriers/<uuid:pk>/", letters.letter, name="letter"),
    path("courriers/<uuid:pk>/fichier/", letters.letter_file, name="letter_file"),
    path("courriers/<uuid:pk>/imprimer/", letters.letter_printed, name="letter_print"),
    path("courriers/<uuid:pk>/envoye/", letters.letter_sent, name="letter_sent"),
    path("courriers/<uuid:pk>/revenu/", letters.letter_returned, name="letter_returned"),
    path("commission/", commission.sessions, name="commission"),
    path("commission/seances/nouvelle/", commission.new_session, name="session_new"),
    path("commission/seances/<uuid:pk>/", commission.session, name="session"),
    path("commission/seances/<uuid:pk>/choisir/", commission.candidates, name="session_candidates"),
    path("commission/seances/<uuid:pk>/papiers/", commission.paper, name="session_paper"),
    path("commission/seances/<uuid:pk>/lettres/", commission.notify, name="session_notify"),
    path("commission/seances/<uuid:pk>/clore/", commission.close, name="session_close"),
    path("commission/dossiers/<uuid:pk>/", commission.item, name="session_item"),
    path("commission/dossiers/<uuid:pk>/ordre/", commission.arrange, name="session_arrange"),
    path("commission/dossiers/<uuid:pk>/recommander/", commission.add_recommendation, name="recommendation_new"),
    path("commission/recommandations/<uuid:pk>/", commission.answer, name="recommendation"),
    path("commission/aides/nouvelle/", housing_aid.new_case, name="housing_aid_new"),
    path("commission/aides/<uuid:pk>/", housing_aid.case, name="housing_aid_case"),
    path("indicateurs/", indicators.figures, name="indicators"),
    path("indicateurs/bilan/", indicators.report, name="indicators_report"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
