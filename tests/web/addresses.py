"""Every address of the application, with what its test needs. A new one without a line here fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from web.office import Office

Arguments = Callable[[Office], list[Any]]


def _nothing(office: Office) -> list[Any]:
    return []


def _of(name: str) -> Arguments:
    return lambda office: [getattr(office, name).pk]


def _event(office: Office) -> list[Any]:
    return [office.dossier.pk, office.event.pk]


READ: dict[str, Arguments] = {
    "today": _nothing,
    "today_list": lambda office: ["echeances"],
    "open": _nothing,
    "stay": _nothing,
    "calculator": _nothing,
    "dossiers": _nothing,
    "dossier_new": _nothing,
    "dossier": _of("dossier"),
    "dossier_edit": _of("dossier"),
    "event_edit": _event,
    "frise": _of("dossier"),
    "frise_print": lambda office: [office.dossier.pk, "a4"],
    "import": _nothing,
    "letters": _nothing,
    "letter_compose": lambda office: [office.dossier.pk, "assignation"],
    "letter_preview": lambda office: [office.dossier.pk, "assignation", "html"],
    "letter": _of("letter"),
    "letter_file": _of("letter"),
    "batch_new": _nothing,
    "batch": _of("batch"),
    "commission": _nothing,
    "session_new": _nothing,
    "session": _of("session"),
    "session_candidates": _of("session"),
    "session_item": _of("item"),
    "recommendation": _of("recommendation"),
    "housing_aid_new": _nothing,
    "housing_aid_case": _of("case"),
    "indicators": _nothing,
    "settings": _nothing,
    "own_texts": _nothing,
    "own_text": lambda office: ["assignation"],
    "partners": _nothing,
    "partner_new": _nothing,
    "partner": _of("partner"),
    "refer": _of("dossier"),
    "referral_answered": lambda office: [office.dossier.pk, office.referral.pk],
}
"""Answer 200 to GET."""
WITH_A_QUERY: dict[str, tuple[Arguments, str]] = {"event_add": (_of("dossier"), "type=audience")}
"""The same, once something is asked for."""
POSTED: dict[str, Arguments] = {
    "close": _nothing,
    "calculator_document": _nothing,
    "dossier_undo": _of("dossier"),
    "dossier_close": _of("dossier"),
    "dossier_rights": _of("dossier"),
    "note_add": _of("dossier"),
    "task_done": lambda office: [office.dossier.pk, office.dossier.pk],
    "event_remove": _event,
    "frise_understood": _of("dossier"),
    "import_undo": _of("dossier"),
    "letter_print": _of("letter"),
    "letter_sent": _of("letter"),
    "letter_returned": _of("letter"),
    "batch_cancel": _of("batch"),
    "batch_sent": _of("batch"),
    "batch_paper": _of("batch"),
    "session_paper": _of("session"),
    "session_notify": _of("session"),
    "session_close": _of("session"),
    "session_arrange": _of("item"),
    "recommendation_new": _of("item"),
    "indicators_report": _nothing,
    "settings_change": lambda office: ["journal"],
    "export": _nothing,
}
"""Answer 405 to GET."""
NEEDS_A_FILE = {"import_preview"}
"""Shown once a file was received: read in test_imports_pages.py."""
OPEN_TO_ALL = {"open"}
OF_NOBODY = {"today", "today_list", "open", "stay", "calculator", "dossiers", "dossier_new", "letters", "batch_new"}
OF_NOBODY |= {"commission", "session_new", "housing_aid_new", "import", "indicators", "settings", "own_texts"}
OF_NOBODY |= {"own_text", "partners", "partner_new"}
"""Show the lists of whoever asks: another structure sees its own."""


def known() -> set[str]:
    """The names that this file speaks of."""
    return {*READ, *WITH_A_QUERY, *POSTED, *NEEDS_A_FILE}


def named() -> set[str]:
    """The names that `urls.py` holds."""
    return {pattern.name for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern) and pattern.name}


def addresses_to_read(office: Office) -> Iterator[tuple[str, str]]:
    """« (name, address) » of all that GET shows."""
    for name, arguments in READ.items():
        yield name, reverse(name, args=arguments(office))
    for name, (arguments, query) in WITH_A_QUERY.items():
        yield name, f"{reverse(name, args=arguments(office))}?{query}"


def addresses_to_post(office: Office) -> Iterator[tuple[str, str]]:
    """« (name, address) » of all that only POST does."""
    for name, arguments in POSTED.items():
        yield name, reverse(name, args=arguments(office))
