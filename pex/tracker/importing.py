"""A file into the database: shown first, written in one transaction, undone if need be.

A page calls `preview(account, token, today)` (the token is given by `incoming.receive`), shows every row with what
it would do and every refused value, then `confirm(…, choices)`. `undo` takes a confirmed import back.
Nothing is merged by itself: a row that looks like another dossier waits for a choice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from pex.dossier import dossier_to_mapping, read_dossiers
from pex.dossier.facts import Dossier as Facts
from pex.errors import PexError, Problem
from pex.law import read_law
from pex.tracker.assess import dossier_of, reassess
from pex.tracker.columns import insert_rows
from pex.tracker.editing import changed_paths, read_mapping
from pex.tracker.incoming import discard, path_of, remembered_columns
from pex.tracker.journal import record
from pex.tracker.keeping import forget, keep_new, label_of, replace_facts
from pex.tracker.likeness import Likeness, alike_in_file, candidates_for
from pex.tracker.merging import Conflict, merge
from pex.tracker.models import Account, Change, Dossier, Import, ImportedRow
from pex.tracker.moment import this_moment

NEW, SAME, COMPLETE, DOUBTFUL = "nouveau", "inchange", "complete", "a_decider"
"""What a row would do: make a dossier, nothing, complete a known one, or wait for a choice."""
MAKE, MERGE, REPLACE, IGNORE = "creer", "fusionner", "remplacer", "ignorer"
"""What a person chooses for a row."""
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do with a row; `dossier` is the one to merge into, where the row looks like another."""

    action: str
    dossier: UUID | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the file, not written yet. `conflicts` are told to the person; ours stay unless they choose."""

    reference: str
    label: str
    action: str
    facts: Facts
    dossier: UUID | None = None
    added: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    candidates: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do. `already` is the import that this very file made before."""

    description: str
    kind: str
    sha256: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    already: Import | None

    def count(self, action: str) -> int:
        """How many rows would do that."""
        return sum(row.action == action for row in self.rows)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did: dossiers taken out, put back, and those kept because they changed since."""

    removed: int
    restored: int
    kept: tuple[str, ...]


def preview(account: Account, token: str, today: date) -> Preview:
    """Read the file and say what each row would do; nothing is written. Raises UnreadableFile."""
    path = path_of(token)
    content = path.read_bytes()
    reading = read_dossiers(path, law_events=read_law().events, columns=remembered_columns(account, token), today=today)
    sha256 = hashlib.sha256(content).hexdigest()
    return Preview(
        reading.description(),
        reading.kind,
        sha256,
        tuple(_planned(account, reading.dossiers)),
        reading.problems,
        (*reading.warnings, *alike_in_file(reading.dossiers)),
        Import.objects.filter(structure_id=account.structure_id, sha256=sha256, undone_at=None).first(),
    )


@transaction.atomic
def confirm(account: Account, token: str, today: date, choices: Mapping[str, Choice] | None = None) -> Import:
    """Write what the preview showed, all or nothing, and delete the file.

    `choices` by reference of the file. Raises PexError where a row still waits for one, or names a dossier that
    was not proposed.
    """
    planned = preview(account, token, today)
    decided = [_decide(row, (choices or {}).get(row.reference)) for row in planned.rows]
    waiting = [row.reference for row, choice in zip(planned.rows, decided, strict=True) if choice is None]
    if waiting:
        more = f" et {len(waiting) - 3} autres" if len(waiting) > 3 else ""
        raise PexError(f"Dites s'il s'agit du même ménage pour : {', '.join(waiting[:3])}{more}.")
    imported: Import = Import.objects.create(
        structure=account.structure, sha256=planned.sha256, kind=planned.kind, by=account,
        refused=len({(item.line, item.reference) for item in planned.problems}),
    )  # fmt: skip
    pairs = [(row, choice) for row, choice in zip(planned.rows, decided, strict=True) if choice is not None]
    _write_new(account, imported, [row for row, choice in pairs if choice.action == MAKE], today)
    _write_known(account, imported, [pair for pair in pairs if _changes_something(*pair)])
    imported.unchanged = len(pairs) - imported.created - imported.changed
    imported.save()
    record("import", account, imported, count=imported.created + imported.changed)
    for _ in reassess(today, Dossier.objects.filter(imported_rows__imported=imported), everything=True):
        pass
    transaction.on_commit(lambda: discard(token))
    return imported


@transaction.atomic
def undo(account: Account, imported: Import, today: date) -> Undone:
    """Take an import back: what it made goes, what it completed is as before.

    A dossier that somebody changed or wrote to since is kept as it is, and named. Raises PexError where the
    import was already undone, Import.DoesNotExist for another structure's.
    """
    imported = Import.objects.select_for_update().get(pk=imported.pk, structure_id=account.structure_id)
    if imported.undone_at is not None:
        raise PexError("Cet import a déjà été annulé.")
    kept, removed, restored = [], [], []
    for row, dossier in _with_dossiers(imported):
        if dossier.version != row.version or (row.before is None and _is_used(dossier)):
            kept.append(dossier.reference)
        elif row.before is None:
            removed.append(dossier)
        else:
            replace_facts(dossier, read_mapping(row.before), by=account)
            # An earlier import finds the dossier as it left it.
            ImportedRow.objects.filter(dossier=dossier, version=row.version - 1).update(version=dossier.version)
            restored.append(dossier.pk)
    Change.objects.filter(dossier__in=restored, number__in=imported.rows.values("version")).update(undone=True)
    forget(removed)
    imported.undone_at = this_moment()
    imported.save()
    record("import_annule", account, imported, count=len(removed) + len(restored))
    for _ in reassess(today, Dossier.objects.filter(pk__in=restored), everything=True):
        pass
    return Undone(len(removed), len(restored), tuple(sorted(kept)))


def imports_of(account: Account) -> Any:
    """The imports of the account's structure, the newest first."""
    return Import.objects.filter(structure_id=account.structure_id).select_related("by")


def _planned(account: Account, dossiers: tuple[Facts, ...]) -> Iterator[PlannedRow]:
    """What each row would do, looked up a few hundred rows at a time."""
    references = _known_references(account)
    unknown = [facts for facts in dossiers if facts.reference.lower() not in references]
    alike = candidates_for(account, unknown)
    for start in range(0, len(dossiers), CHUNK):
        chunk = dossiers[start : start + CHUNK]
        keys = [references[item.reference.lower()] for item in chunk if item.reference.lower() in references]
        rows = {row.pk: row for row in Dossier.objects.with_facts().filter(pk__in=keys)}
        for facts in chunk:
            known = rows.get(references.get(facts.reference.lower()))
            if known is not None:
                yield _planned_again(known, facts)
            else:
                found = alike.get(facts.reference, ())
                yield PlannedRow(
                    facts.reference, label_of(facts), DOUBTFUL if found else NEW, facts, candidates=tuple(found)
                )


def _known_references(account: Account) -> dict[str, Any]:
    """Every reference that already means a dossier: its own, and those of rows once merged into it."""
    mine = Dossier.objects.visible_to(account)
    merged = ImportedRow.objects.filter(dossier__in=mine, imported__undone_at=None).order_by("pk")
    known = {reference.lower(): key for reference, key in merged.values_list("reference", "dossier_id")}
    return known | {reference.lower(): key for reference, key in mine.values_list("reference", "pk")}


def _planned_again(row: Dossier, facts: Facts) -> PlannedRow:
    found = merge(dossier_to_mapping(dossier_of(row)), dossier_to_mapping(facts))
    action = COMPLETE if found.added or found.conflicts else SAME
    return PlannedRow(facts.reference, row.label, action, facts, row.pk, found.added, found.conflicts)


def _decide(row: PlannedRow, choice: Choice | None) -> Choice | None:
    """What to do with a row; None where a person has to say."""
    if choice is not None and choice.action not in (MAKE, MERGE, REPLACE, IGNORE):
        raise PexError(f"Le choix « {choice.action} » n'existe pas.")
    if row.action == DOUBTFUL:
        proposed = {candidate.dossier for candidate in row.candidates}
        if choice is not None and choice.action in (MERGE, REPLACE) and choice.dossier not in proposed:
            raise PexError(f"« {row.reference} » : choisissez un des dossiers proposés.")
        return choice
    if row.action == NEW:
        return choice if choice is not None and choice.action == IGNORE else Choice(MAKE)
    if choice is not None and choice.action in (IGNORE, REPLACE):
        return Choice(choice.action, row.dossier)
    return Choice(MERGE, row.dossier)


def _write_new(account: Account, imported: Import, rows: list[PlannedRow], today: date) -> None:
    made = keep_new([row.facts for row in rows], account.structure, opened_on=today, by=account, said_by="fichier")
    insert_rows(
        ImportedRow(imported=imported, dossier=dossier, reference=row.reference, version=dossier.version)
        for dossier, row in zip(made, rows, strict=True)
    )
    imported.created = len(made)


def _changes_something(row: PlannedRow, choice: Choice) -> bool:
    """False for a row that tells what is known, or whose only news are contradictions that nobody chose."""
    if choice.action == REPLACE or (choice.action == MERGE and row.action == DOUBTFUL):
        return True
    return choice.action == MERGE and bool(row.added)


def _write_known(account: Account, imported: Import, pairs: list[tuple[PlannedRow, Choice]]) -> None:
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        keys = [choice.dossier for _, choice in chunk]
        rows = {row.pk: row for row in Dossier.objects.visible_to(account).with_facts().filter(pk__in=keys)}
        for row, choice in chunk:
            _complete(account, imported, row, rows[choice.dossier], replace=choice.action == REPLACE)


def _complete(account: Account, imported: Import, row: PlannedRow, dossier: Dossier, *, replace: bool) -> None:
    """Write what a row of the file adds to a dossier, with its history."""
    before = dossier_to_mapping(dossier_of(dossier))
    said = [event.said_by for event in dossier.events.all()]
    found = merge(before, dossier_to_mapping(row.facts), replace=replace)
    changed = replace_facts(dossier, read_mapping(found.facts), by=account, said_by="fichier")
    ImportedRow.objects.create(
        imported=imported, dossier=dossier, reference=row.reference, before=before, version=dossier.version
    )
    if changed:
        imported.changed += 1
        Change.objects.create(
            dossier=dossier, number=dossier.version, by=account, what="Complété par un fichier importé",
            fields=changed_paths(before, found.facts), before={"faits": before, "dit_par": said},
            after={"faits": found.facts},
        )  # fmt: skip


def _with_dossiers(imported: Import) -> Iterator[tuple[ImportedRow, Dossier]]:
    rows = list(imported.rows.order_by("-pk"))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        dossiers = Dossier.objects.with_facts().in_bulk([row.dossier_id for row in chunk])
        # One at a time from the database where two rows of the file went into one dossier.
        seen: set[Any] = set()
        for row in chunk:
            fresh = Dossier.objects.with_facts().get(pk=row.dossier_id) if row.dossier_id in seen else None
            seen.add(row.dossier_id)
            yield row, fresh or dossiers[row.dossier_id]


def _is_used(dossier: Dossier) -> bool:
    """True where somebody already worked on the dossier."""
    return any(getattr(dossier, name).exists() for name in ("letters", "notes", "referrals", "tasks", "agenda_items"))
