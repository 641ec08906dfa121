"""The journal only grows: the database itself refuses to change a line, or to delete a recent one."""

from typing import Any

from django.db import migrations

ADD = """
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON tracker_journalentry
BEGIN SELECT RAISE(ABORT, 'le journal ne se modifie pas'); END;
CREATE TRIGGER journal_keeps_a_year BEFORE DELETE ON tracker_journalentry
WHEN julianday('now') - julianday(OLD.at) < 365
BEGIN SELECT RAISE(ABORT, 'le journal se garde au moins un an'); END;
"""
REMOVE = "DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_keeps_a_year;"


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in ADD.strip().split("END;\n"):
            schema_editor.execute(statement if statement.endswith("END;") else statement + "END;")


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in REMOVE.split("; "):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_facts")]
    operations = [migrations.RunPython(add, remove)]
