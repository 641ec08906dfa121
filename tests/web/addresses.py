"""Every address of the application, with what its test needs. A new one without a line here fails a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

Arguments = Callable[[Any], list[Any]]

NOTHING: Arguments = lambda row: []  # noqa: E731 - a table reads better
ONE: Arguments = lambda row: [row.pk]  # noqa: E731
EVENT: Arguments = lambda row: [row.pk, row.events.first().pk]  # noqa: E731

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
}
"""Answer 405 to GET."""
OPEN_TO_ALL = {"open"}


def known() -> set[str]:
    """The names that this file speaks of."""
    return {*READ, *WITH_A_QUERY, *POSTED}


def named() -> set[str]:
    """The names that `urls.py` holds."""
    return {pattern.name for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern) and pattern.name}


def addresses_to_read(row: Any) -> Iterator[tuple[str, str]]:
    """« (name, address) » of all that GET shows."""
    for name, arguments in READ.items():
        yield name, reverse(name, args=arguments(row))
    for name, (arguments, query) in WITH_A_QUERY.items():
        yield name, f"{reverse(name, args=arguments(row))}?{query}"
