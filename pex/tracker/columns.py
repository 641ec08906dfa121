"""Many rows written at once: Django's own bulk operations take several times as long, and imports are long enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, BigAutoField


def insert_rows(rows: Iterable[Any]) -> None:
    """Insert these rows of one model. Identifiers that the database gives are not read back."""
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not isinstance(field, AutoField | BigAutoField)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    _write(statement, ([(field, field.pre_save(row, True)) for field in fields] for row in rows))


def update_columns(rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write these fields of these rows of one model."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(meta.pk.column)} = %s"
    _write(statement, ([(field, getattr(row, field.attname)) for field in (*fields, meta.pk)] for row in rows))


def tell_sizes() -> None:
    """Let the database count its rows again (a few milliseconds): it then chooses the right index."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


def _write(statement: str, lines: Iterable[Iterable[tuple[Any, Any]]]) -> None:
    values = [[field.get_db_prep_save(value, connection) for field, value in line] for line in lines]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
