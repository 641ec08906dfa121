"""A problem that a person can solve is told on a page, in its own words, never as a crash."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pex.errors import PexError
from pex.web.views.errors import told


class ProblemsInFrench:
    """A PexError that no view caught becomes a page that says it, with status 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return told(request, exception) if isinstance(exception, PexError) else None
