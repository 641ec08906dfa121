"""One pex at a time on a data folder: whoever holds the lock is the one, and says where it listens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pex.errors import OutputRefused

LOCK, ADDRESS = "pex.verrou", "adresse"


class AlreadyOpen(Exception):
    """Another pex holds this folder; `address` is where it listens, None where it has not said yet."""

    def __init__(self, address: str | None) -> None:
        super().__init__(address)
        self.address = address


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder until the end. Raises AlreadyOpen, or OutputRefused where it cannot be written.

    The system lets go of the lock when the process dies, however it dies.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = open(folder / LOCK, "a", encoding="ascii", opener=_private)  # noqa: SIM115 - held until the end
    except OSError as error:
        raise OutputRefused(
            f"Le dossier des données « {folder} » ne peut pas être utilisé ({error.strerror}). "
            "Choisissez-en un autre avec --donnees."
        ) from error
    with file:
        if not _take(file):
            raise AlreadyOpen(read_address(folder))
        try:
            yield
        finally:
            (folder / ADDRESS).unlink(missing_ok=True)


def say_address(folder: Path, address: str) -> None:
    """Leave the address where a second `pex web` will look for it."""
    with open(folder / ADDRESS, "w", encoding="ascii", opener=_private) as file:
        file.write(address)


def read_address(folder: Path) -> str | None:
    """Where the running pex listens, as it said."""
    try:
        return (folder / ADDRESS).read_text(encoding="ascii") or None
    except OSError:
        return None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _take(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
