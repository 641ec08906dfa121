"""A file on its way in: kept aside until the person confirms, readable by its owner only, then deleted.

A page calls `receive` and gives the token on; `headings` and `remember_columns` where the table has the
office's own headings.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings

from pex.dossier.columns import ColumnMapping
from pex.dossier.table import HEADER_WITHIN, known_columns
from pex.dossier.text import clean, folded
from pex.errors import OutputRefused, UnreadableFile
from pex.law import read_law
from pex.tracker.models import Account, ColumnMap

FOLDER = "a_importer"
LARGEST = 20 * 1024 * 1024
KINDS = (".csv", ".xlsx", ".ods", ".yaml", ".yml", ".json", ".txt", ".tsv")
TOKEN = re.compile(r"[0-9a-f]{32}")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table as written, and for each the column of pex that it seems to be (empty: none)."""

    headings: tuple[str, ...]
    columns: Mapping[str, str]
    choices: tuple[str, ...]


def receive(name: str, content: bytes) -> str:
    """Keep the file aside and give its token. Raises UnreadableFile for a file too big or of an unknown kind."""
    if len(content) > LARGEST:
        raise UnreadableFile("Ce fichier dépasse 20 Mo. Coupez-le en plusieurs fichiers.")
    safe = _safe_name(name)
    if not safe.lower().endswith(KINDS):
        raise UnreadableFile(
            f"« {safe} » n'est ni un tableau ni un dossier. Choisissez un fichier csv, xlsx, ods, yaml ou json."
        )
    token = secrets.token_hex(16)
    folder = _root() / token
    try:
        folder.mkdir(mode=0o700, parents=True)
        descriptor = os.open(folder / safe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        discard(token)
        raise OutputRefused(
            f"Le fichier n'a pas pu être reçu ({error.strerror}). Vérifiez la place sur le disque."
        ) from error
    return token


def path_of(token: str) -> Path:
    """Where the file is. Raises UnreadableFile where it is no longer there."""
    folder = _root() / token if TOKEN.fullmatch(token) else None
    found = next(iter(folder.iterdir()), None) if folder is not None and folder.is_dir() else None
    if found is None:
        raise UnreadableFile("Ce fichier n'est plus là. Choisissez-le de nouveau.")
    return found


def discard(token: str) -> None:
    """Delete the file; nothing where it is no longer there."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_root() / token, ignore_errors=True)


def discard_all() -> None:
    """Delete every file that nobody confirmed: at start."""
    shutil.rmtree(_root(), ignore_errors=True)


def headings(token: str) -> Headings | None:
    """The headings of a table, each with its likely column; None for a file that has none (yaml, json).

    Raises UnreadableFile as the readers do.
    """
    path = path_of(token)
    row = _heading_row(path)
    if row is None:
        return None
    known = known_columns(read_law().events)
    by_word = {folded(name): name for name in known}
    columns = {text: _likely_column(text, by_word) for text in row}
    return Headings(row, columns, tuple(known))


def remember_columns(account: Account, token: str, columns: Mapping[str, str]) -> None:
    """Keep « heading → column of pex » for every table with these headings. Raises UnreadableFile for a wrong one."""
    found = headings(token)
    if found is None:
        return
    wanted = {heading: column for heading, column in columns.items() if column and heading in found.headings}
    unknown = sorted(set(wanted.values()) - set(found.choices))
    if unknown:
        raise UnreadableFile(f"« {unknown[0]} » n'est pas une colonne de pex.")
    twice = [column for column in wanted.values() if list(wanted.values()).count(column) > 1]
    if twice:
        raise UnreadableFile(f"Deux de vos colonnes disent « {twice[0]} ». Gardez-en une.")
    if "reference" not in wanted.values():
        raise UnreadableFile("Dites quelle colonne donne la référence du dossier.")
    ours = {column: [heading] for heading, column in wanted.items()}
    ColumnMap.objects.update_or_create(
        structure=account.structure, signature=_signature(found.headings), defaults={"columns": ours}
    )


def remembered_columns(account: Account, token: str) -> ColumnMapping | None:
    """The mapping kept for a table with these headings, or None."""
    row = _heading_row(path_of(token))
    if row is None:
        return None
    kept = ColumnMap.objects.filter(structure_id=account.structure_id, signature=_signature(row)).first()
    return {name: tuple(items) for name, items in kept.columns.items()} if kept else None


def _heading_row(path: Path) -> tuple[str, ...] | None:
    from pex.dossier.sheets import file_kind, read_csv
    from pex.dossier.workbooks import read_workbook

    if path.suffix.lower() in (".yaml", ".yml", ".json"):
        return None
    content = path.read_bytes()
    kind = file_kind(content, path.name)
    sheets = read_csv(content, path.name) if kind == "csv" else read_workbook(content, path.name)
    rows = [
        tuple(text for cell in cells if isinstance(cell, str) and (text := clean(cell)[:60]))
        for sheet in sheets
        for _, cells in sheet.rows[:HEADER_WITHIN]
    ]
    known = {folded(name) for name in known_columns(read_law().events)}
    # The row with the most of our own names, then the widest: titles above a table are one cell wide.
    return max(rows, key=lambda row: (sum(folded(text) in known for text in row) > 1, len(row)), default=())


def _likely_column(heading: str, by_word: Mapping[str, str]) -> str:
    word = folded(heading)
    if word in by_word:
        return by_word[word]
    close = get_close_matches(word, by_word, n=1, cutoff=0.8)
    return by_word[close[0]] if close else ""


def _signature(row: tuple[str, ...]) -> str:
    return hashlib.sha256("|".join(sorted({folded(text) for text in row})).encode()).hexdigest()


def _safe_name(name: str) -> str:
    last = clean(re.split(r"[/\\]", name)[-1])
    safe = re.sub(r"[^\w .-]", "_", last).strip(" .")[-80:] or "fichier"
    return f"_{safe}" if RESERVED.fullmatch(safe) else safe


def _root() -> Path:
    return Path(settings.DATA_FOLDER) / FOLDER
