"""The key that signs cookies: made once for each data folder, readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

from pex.errors import OutputRefused

FILE = "cle"


def read_or_make_secret(folder: Path) -> str:
    """The key kept in the folder, made there where there is none; the folder is made too.

    Raises OutputRefused where the folder cannot be written.
    """
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise OutputRefused(
            f"Le dossier des données « {folder} » ne peut pas être utilisé ({error.strerror}). "
            "Choisissez-en un autre avec la variable PEX_DONNEES."
        ) from error


def _make(path: Path) -> None:
    import secrets

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
