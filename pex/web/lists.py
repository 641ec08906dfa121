"""What somebody searches for stays out of addresses: it is kept in the session, under a short random name."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.http import HttpRequest

KEY, MOST = "listes", 30


def keep_criteria(request: HttpRequest, criteria: Mapping[str, str]) -> str:
    """Keep these criteria for this session; gives the name to put in the address."""
    name = secrets.token_hex(4)
    kept = dict(list(request.session.get(KEY, {}).items())[-MOST + 1 :])
    kept[name] = {key: value[:200] for key, value in criteria.items() if value}
    request.session[KEY] = kept
    return name


def read_criteria(request: HttpRequest, name: str) -> dict[str, str] | None:
    """The criteria kept under that name; None where this session does not know it."""
    found = request.session.get(KEY, {}).get(name)
    return dict(found) if isinstance(found, dict) else None
