"""A backup to be put back at the next start, before pages or letters use the database.

The page *Réglages* calls `ask`, `asked` and `give_up`; `pex web` calls `restore_if_asked` when it starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings

from pex.batch import write_file
from pex.errors import PexError
from pex.tracker import backup

MARK = "a_restaurer"


def ask(name: str) -> None:
    """Ask for that backup of the list to be put back. Raises PexError where it is not there or is not sound."""
    found = next((item for item in backup.backups() if item.path.name == name), None)
    if found is None:
        raise PexError("Cette sauvegarde n'est plus là. Choisissez-en une dans la liste.")
    checked = backup.check(found.path)
    if checked.problem:
        raise PexError(f"Cette sauvegarde ne peut pas être remise : {checked.problem}")
    write_file(_mark(), name.encode())


def asked() -> str:
    """The name of the backup to be put back, or nothing."""
    return _mark().read_text(encoding="utf-8") if _mark().is_file() else ""


def give_up() -> None:
    """Put nothing back after all."""
    _mark().unlink(missing_ok=True)


def restore_if_asked(today: date) -> Mapping[str, int] | None:
    """Put the backup back that was asked for; None where none was. Raises as `backup.restore`, and asks no more."""
    name = asked()
    if not name:
        return None
    give_up()
    return backup.restore(backup.folder() / Path(name).name, today)


def _mark() -> Path:
    return Path(settings.DATA_FOLDER) / MARK
