"""Every address of the application, with what its test needs. A new one without a line here fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

Arguments = Callable[[Any], list[Any]]

NOTHING: Arguments = lambda row: []  # noqa: E731 - a table reads better
ONE: Arguments = lambda row: [row.pk]  # noqa: E731
EVENT: Arguments = lambda row: [row.pk, row.events.first().pk]  # noqa: E731

LETTER: Arguments = lambda row: [row.pk, "assignation"]  # noqa: E731
KEPT: Arguments = lambda row: [row.letters.first().pk]  # noqa: E731
BATCH: Arguments = lambda row: [row.batch_items.first().batch_id]  # noqa: E731
SESSION: Arguments = lambda row: [row.agenda_items.first().session_id]  # noqa: E731
ITEM: Arguments = lambda row: [row.agenda_items.first().pk]  # noqa: E731
MADE: Arguments = lambda row: [row.agenda_items.first().recommendations.first().pk]  # noqa: E731
CASE: Arguments = lambda row: [row.housing_aid_case.pk]  # noqa: E731

READ: dict[str, Arguments] = {
    "today": NOTHING,
    "today_list": lambda row: ["echeances"],
    "open": NOTHING,
    "stay": NOTHING,
    "calculator": NOTHING,
    "dossiers": NOTHING,
    "dossier_new": NOTHING,
    "dossier": ONE,
    "dossier_edit": ONE,
    "event_edit": EVENT,
    "frise": ONE,
    "frise_print": lambda row: [row.pk, "a4"],
    "import": NOTHING,
    "letters": NOTHING,
    "letter_compose": LETTER,
    "letter_preview": lambda row: [row.pk, "assignation", "html"],
    "letter": KEPT,
    "letter_file": KEPT,
    "batch_new": NOTHING,
    "batch": BATCH,
    "commission": NOTHING,
    "session_new": NOTHING,
    "session": SESSION,
    "session_candidates": SESSION,
    "session_item": ITEM,
    "recommendation": MADE,
    "housing_aid_new": NOTHING,
    "housing_aid_case": CASE,
    "indicators": NOTHING,
}
"""Answer 200 to GET."""
WITH_A_QUERY: dict[str, tuple[Arguments, str]] = {"event_add": (ONE, "type=audience")}
"""The same, once something is asked for."""
POSTED: dict[str, Arguments] = {
    "close": NOTHING,
    "calculator_document": NOTHING,
    "dossier_undo": ONE,
    "dossier_close": ONE,
    "note_add": ONE,
    "task_done": lambda row: [row.pk, row.pk],
    "event_remove": EVENT,
    "frise_understood": ONE,
    "import_undo": ONE,
    "letter_print": KEPT,
    "letter_sent": KEPT,
    "letter_returned": KEPT,
    "batch_cancel": BATCH,
    "batch_sent": BATCH,
    "batch_paper": BATCH,
    "session_paper": SESSION,
    "session_notify": SESSION,
    "session_close": SESSION,
    "session_arrange": ITEM,
    "recommendation_new": ITEM,
    "indicators_report": NOTHING,
}
"""Answer 405 to GET."""
NEEDS_A_FILE = {"import_preview"}
"""Shown once a file was received: read in test_imports_pages.py."""
OPEN_TO_ALL = {"open"}


def known() -> set[str]:
    """The names that this file speaks of."""
    return {*READ, *WITH_A_QUERY, *POSTED, *NEEDS_A_FILE}


def named() -> set[str]:
    """The names that `urls.py` holds."""
    return {pattern.name for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern) and pattern.name}


def addresses_to_read(row: Any) -> Iterator[tuple[str, str]]:
    """« (name, address) » of all that GET shows."""
    for name, arguments in READ.items():
        yield name, reverse(name, args=arguments(row))
    for name, (arguments, query) in WITH_A_QUERY.items():
        yield name, f"{reverse(name, args=arguments(row))}?{query}"
