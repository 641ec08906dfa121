"""Headers of every answer: nothing from elsewhere, nothing inline, nothing kept by the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DOCUMENT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


def as_document(response: HttpResponse) -> HttpResponse:
    """The same answer, for a self-contained page of pex.outputs: its own styles, no script, only in our frames."""
    response.headers["Content-Security-Policy"] = DOCUMENT
    return response


class SafeHeaders:
    """Adds the headers that the answer does not set itself. Files of `STATIC_URL` hold no data and may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 304)
        for name, value in HEADERS.items():
            if not (is_static and name == "Cache-Control"):
                response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", PAGE)
        if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
            response.headers["X-Frame-Options"] = "DENY"
        return response
