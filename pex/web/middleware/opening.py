"""Closed by default: a view without `@open_to_all` needs a session that a token opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from pex.web.views.errors import not_opened


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Marks the few views that answer without a session."""
    view.open_to_all = True  # type: ignore[attr-defined]
    return view


class OpenedOnly:
    """Answers 403, saying how to open pex, where there is no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "open_to_all", False) or request.user.is_authenticated:
            return None
        return not_opened(request)
