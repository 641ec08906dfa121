"""Locks a session that nobody used for a while."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LAST_USED = "derniere_activite"


class LockWhenIdle:
    """Ends a session idle for `IDLE_BEFORE_LOCK`; `request.was_locked` then tells the page to say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now().timestamp()
        last = request.session.get(LAST_USED)
        request.was_locked = last is not None and now - last > settings.IDLE_BEFORE_LOCK.total_seconds()
        if request.was_locked:
            logout(request)
        elif request.user.is_authenticated:
            request.session[LAST_USED] = now
        return self.get_response(request)
