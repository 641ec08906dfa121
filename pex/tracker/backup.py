"""Backups of the database: made whole, checked at once, kept for a while, put back without bringing anyone back.

`pex suivi sauvegarder`, `verifier` and `restaurer`, and the page *Réglages*, call `back_up`, `check`, `backups` and
`restore`. Beside each backup, a small file says what it must hold; `purges.txt` holds the tombstones, outside the
database, so that an old backup put back does not bring back who was purged.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from pex import __version__
from pex.batch import write_file
from pex.errors import OutputRefused, PexError, UnreadableFile
from pex.tracker.moment import this_moment

FOLDER, TOMBSTONES = "sauvegardes", "purges.txt"
DAYS_KEPT, WEEKS_KEPT, MONTHS_KEPT = 7, 4, 3


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on the disk: when it was made, by which pex, what it holds. `problem` is empty when all is well."""

    path: Path
    made_at: str
    version: str
    dossiers: int
    problem: str = ""


def database_path() -> Path:
    """The file of the database."""
    return Path(settings.DATABASES["default"]["NAME"])


def folder() -> Path:
    """Where backups are."""
    return Path(settings.DATA_FOLDER) / FOLDER


def back_up(why: str = "sauvegarde") -> Backup:
    """Copy the whole database while it is used, readable by its owner only, and check the copy.

    Raises OutputRefused where there is no room, PexError where the copy is not sound.
    """
    made_at = this_moment()
    target = folder() / f"{why}-{made_at:%Y%m%d-%H%M%S-%f}.sqlite3"
    half_made = target.with_suffix(".partie")
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(half_made, os.O_CREAT | os.O_EXCL, 0o600))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(half_made)])
        told = {
            "fait_le": made_at.isoformat(),
            "version": __version__,
            "sha256": _sha256(half_made),
            **_holds(half_made),
        }
        write_file(_manifest(target), json.dumps(told, ensure_ascii=False, indent=2).encode())
        _manifest(target).chmod(0o600)
        os.replace(half_made, target)
    except (OSError, sqlite3.Error) as error:
        raise OutputRefused(
            f"La sauvegarde n'a pas pu être faite. Vérifiez la place sur le disque ({error})."
        ) from error
    finally:
        half_made.unlink(missing_ok=True)
    made = check(target)
    if made.problem:
        raise PexError(f"La sauvegarde n'est pas bonne : {made.problem}")
    return made


def check(path: Path) -> Backup:
    """Read a backup again: its bytes, the soundness of the database, its counts, the chain of its journal.

    Raises UnreadableFile where there is no such file.
    """
    if not path.is_file():
        raise UnreadableFile(f"La sauvegarde « {path} » n'existe pas. Tapez « pex suivi sauvegardes » pour la liste.")
    told = _read_manifest(path)
    try:
        found = _holds(path)
    except sqlite3.Error:
        return _backup(path, told, "le fichier est abîmé, ou ce n'est pas une base de pex.")
    if not told:
        return _backup(path, found, "")
    if told.get("sha256") != _sha256(path):
        return _backup(path, told, "le fichier a changé depuis qu'il a été fait.")
    if any(told.get(name) != value for name, value in found.items()):
        return _backup(path, told, "il ne contient plus ce qu'il contenait.")
    return _backup(path, told, "")


def backups() -> list[Backup]:
    """Every backup, the newest first, as its small file tells it; `check` reads one again."""
    paths = sorted(folder().glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_backup(path, _read_manifest(path), "") for path in paths]


def journal_heads() -> dict[Path, str]:
    """For each backup, the last line of the journal when it was made: a journal whose end was cut no longer has it."""
    return {path: _read_manifest(path).get("journal", "") for path in folder().glob("*.sqlite3")}


def forget_old_backups(today: date) -> int:
    """Keep one backup a day for a week, one a week for a month, one a month for three; gives how many went."""
    kept: set[Path] = set()
    seen: set[Any] = set()
    paths = sorted(folder().glob("*.sqlite3"), key=lambda path: path.name[-30:], reverse=True)
    for path in paths:
        made = _day_of(path)
        age = (today - made).days
        week, month = made.isocalendar()[:2], (made.year, made.month)
        for key, wanted in (
            (made, age < DAYS_KEPT), (week, age < 7 * WEEKS_KEPT), (month, age < 30 * MONTHS_KEPT),
        ):  # fmt: skip
            if wanted and key not in seen:
                seen.add(key)
                kept.add(path)
    for half_made in folder().glob("*.partie"):  # left by a kill
        half_made.unlink()
    gone = [path for path in paths if path not in kept]
    for path in gone:
        path.unlink()
        _manifest(path).unlink(missing_ok=True)
    return len(gone)


def restore(path: Path, today: date) -> Mapping[str, int]:
    """Put a backup in place of the database, which is backed up first; bring it up to date; purge again who was purged.

    To be called while no other pex uses the database. Raises PexError for a backup that is not sound or that a
    later pex made; then nothing has changed.
    """
    from django.core.management import call_command

    found = check(path)
    if found.problem:
        raise PexError(f"Cette sauvegarde ne peut pas être remise : {found.problem}")
    _refuse_newer(path)
    if database_path().exists():
        back_up("avant-restauration")
    connection.close()
    temporary = database_path().with_suffix(".restauration")
    write_file(temporary, path.read_bytes())
    temporary.chmod(0o600)
    for suffix in ("-wal", "-shm"):
        database_path().with_name(database_path().name + suffix).unlink(missing_ok=True)
    os.replace(temporary, database_path())
    call_command("migrate", interactive=False, verbosity=0)
    from pex.tracker.journal import record, tell_replaced
    from pex.tracker.retention import bury_again

    tell_replaced(journal_heads().values())
    record("restauration", count=found.dossiers)
    return {"dossiers": found.dossiers, "purges_refaites": bury_again(today)}


def bury(hashes: Iterable[str]) -> None:
    """Add tombstones to the file outside the database."""
    path = folder() / TOMBSTONES
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = sorted({*buried(), *hashes})
    write_file(path, "".join(f"{line}\n" for line in lines).encode("ascii"))
    path.chmod(0o600)


def buried() -> set[str]:
    """The tombstones of the file outside the database."""
    path = folder() / TOMBSTONES
    return set(path.read_text(encoding="ascii").split()) if path.is_file() else set()


def _holds(path: Path) -> dict[str, Any]:
    """What a database file holds. Raises sqlite3.Error where it is damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        if opened.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("integrity_check")
        if opened.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.DatabaseError("foreign_key_check")
        tables = {row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "tracker_dossier" not in tables:
            raise sqlite3.DatabaseError("tracker_dossier")
        counts = {
            "dossiers": opened.execute("SELECT count(*) FROM tracker_dossier").fetchone()[0],
            "evenements": opened.execute("SELECT count(*) FROM tracker_event").fetchone()[0],
            "courriers": opened.execute("SELECT count(*) FROM tracker_sentletter").fetchone()[0],
        }
        head = opened.execute("SELECT hash FROM tracker_journalentry ORDER BY id DESC LIMIT 1").fetchone()
        return {**counts, "journal": head[0] if head else ""}


def _refuse_newer(path: Path) -> None:
    from django.db.migrations.loader import MigrationLoader

    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
        applied = set(opened.execute("SELECT app, name FROM django_migrations"))
    if applied - set(MigrationLoader(None).disk_migrations):
        raise PexError(
            "Cette sauvegarde a été faite par un pex plus récent. "
            "Installez la dernière version de pex, puis recommencez."
        )


def _manifest(path: Path) -> Path:
    return path.with_suffix(".json")


def _read_manifest(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_manifest(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _backup(path: Path, told: Mapping[str, Any], problem: str) -> Backup:
    return Backup(path, told.get("fait_le", ""), told.get("version", ""), told.get("dossiers", 0), problem)


def _day_of(path: Path) -> date:
    """The day written in the name; the day of the file where there is none."""
    import re
    from datetime import datetime

    found = re.search(r"-([0-9]{8})-[0-9]{6}", path.name)
    if found:
        return datetime.strptime(found.group(1), "%Y%m%d").date()
    return date.fromtimestamp(path.stat().st_mtime)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for part in _parts(path):
        digest.update(part)
    return digest.hexdigest()


def _parts(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(size):
            yield part


def last_backup(today: date) -> timedelta | None:
    """How long ago the last backup was made; None where there is none."""
    days = [_day_of(path) for path in folder().glob("*.sqlite3")]
    return today - max(days) if days else None
