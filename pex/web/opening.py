"""Opening pex on one PC: a token that serves once, made by whoever can write in the data folder.

`pex web` leaves the fingerprint of a token in the data folder and opens the browser at an address that holds
the token. Whoever posts the token gets a session, and the fingerprint is gone. Another user of the PC can
neither write there nor read it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from pex.tracker.models import Account

FOLDER = "ouvertures"
VALID_FOR = timedelta(hours=12)
TOKEN_LENGTH = 43


def make_token(folder: Path) -> str:
    """A new token, whose fingerprint is left in the data folder for the running application to find."""
    token = secrets.token_urlsafe(32)
    place = folder / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(place / _fingerprint(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return token


def use_token(folder: Path, token: str) -> bool:
    """True once for each token made less than VALID_FOR ago; the token is then spent."""
    if len(token) != TOKEN_LENGTH:
        return False
    path = folder / FOLDER / _fingerprint(token)
    try:
        age = timezone.now().timestamp() - path.stat().st_mtime
        path.unlink()
    except OSError:
        return False
    return age < VALID_FOR.total_seconds()


def forget_tokens(folder: Path) -> None:
    """Spend every token: those of an earlier run open nothing."""
    for path in (folder / FOLDER).glob("*"):
        path.unlink(missing_ok=True)


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class HolderOfTheOpening(BaseBackend):
    """Whoever holds the token is the « titulaire » of this PC."""

    def authenticate(self, request: Any, opening_token: str | None = None, **_: Any) -> Account | None:
        if opening_token is None or not use_token(settings.DATA_FOLDER, opening_token):
            return None
        return Account.objects.filter(is_active=True).order_by("date_joined").first()

    def get_user(self, user_id: Any) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()
