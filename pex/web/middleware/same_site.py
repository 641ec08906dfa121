"""Only pages of this application, at its own address, may ask it anything.

Against a foreign page that posts to 127.0.0.1, and against a name of the Internet that is made to point at it
(DNS rebinding): the Host header must be ours, port included, and a request that another site started is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from pex.web.views.errors import wrong_address


class OwnAddressOnly:
    """Refuses another Host or port with 400, a request from another site with 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            host = request.get_host()
        except DisallowedHost:
            return wrong_address(400)
        hosts = getattr(settings, "OWN_HOSTS", ())
        if hosts and host not in hosts:
            return wrong_address(400)
        if self._comes_from_elsewhere(request, host):
            return wrong_address(403)
        return self.get_response(request)

    def _comes_from_elsewhere(self, request: HttpRequest, host: str) -> bool:
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        if site not in ("same-origin", "none"):
            follows_a_link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
            return not follows_a_link
        origin = request.headers.get("Origin")
        return origin is not None and origin != f"{request.scheme}://{host}"
