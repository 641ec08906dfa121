"""The database before pages are served: never newer than pex, saved before it changes, up to date."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from pex.errors import PexError, UnreadableFile
from pex.tracker.backup import back_up


class NewerDatabase(PexError):
    """The database was made by a later pex, which knows things that this one would lose."""


def prepare(path: Path) -> Path | None:
    """Bring the database up to date; gives the backup made before, None where nothing had to change.

    Raises NewerDatabase, or UnreadableFile where the file is not a database of pex.
    """
    is_new = not path.exists() or path.stat().st_size == 0
    try:
        executor = MigrationExecutor(connection)
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
        if unknown:
            raise NewerDatabase(
                "Ces données ont été ouvertes par un pex plus récent. Installez la dernière version de pex, "
                "puis relancez. Rien n'a été changé."
            )
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        saved = None
        if pending and not is_new:
            saved = back_up("avant-mise-a-jour").path
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise UnreadableFile(
            f"Le fichier des données « {path} » ne peut pas être lu : il est abîmé, ou ce n'est pas le bon. "
            "Remettez une sauvegarde : pex suivi restaurer."
        ) from error
    return saved


def count_again() -> None:
    """Let SQLite count its rows: without that, twenty thousand dossiers make a list a hundred times slower."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
