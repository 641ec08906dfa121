"""The addresses. Nothing personal in them: a dossier is its UUID, a search is posted."""

from __future__ import annotations

from django.urls import path

from pex.web.views import calcul, errors, opening

urlpatterns = [
    path("", calcul.calculator, name="today"),
    path("ouvrir/", opening.open_pex, name="open"),
    path("fermer/", opening.close_pex, name="close"),
    path("rester/", opening.stay, name="stay"),
    path("calcul/", calcul.calculator, name="calculator"),
    path("calcul/document/", calcul.document, name="calculator_document"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.failed
