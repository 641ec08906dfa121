"""The problems a person can fix, each told in one French sentence: where, what, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class PexError(Exception):
    """A problem the user can solve; `str(error)` is the French sentence to show.

    Any other exception is a bug.
    """


class UnreadableFile(PexError):
    """The whole file cannot be used: absent, of an unknown kind, damaged, in an unknown encoding."""


class LawError(PexError):
    """The law data do not hold what was asked: unknown rule, day before the first known version."""


class TemplateError(PexError):
    """A letter template, its words or an override cannot be used as written."""


class OutputRefused(PexError):
    """Nothing was written: the file exists with other content, or the folder cannot be written."""


class MissingFacts(PexError):
    """A letter cannot be written without facts that nobody gave.

    `missing` holds the paths of the facts in the dossier file, such as ``evenements.audience.heure``.
    """

    def __init__(self, message: str, missing: Sequence[str]) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused or odd value of a file: where it is, what it says, what to write instead.

    `line` counts from 1 as the user's software shows it; `column` is the heading as the file writes
    it, or the path of the key in a YAML or JSON file. `value` is what was found, shortened.
    """

    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    remedy: str = ""
    reference: str | None = None

    def __str__(self) -> str:
        where = []
        if self.line is not None:
            where.append(f"Ligne {self.line}")
        if self.column:
            where.append(f"colonne « {self.column} »" if where else f"« {self.column} »")
        start = ", ".join(where)
        sentence = f"{start} : {self.message}" if start else self.message
        return f"{sentence} {self.remedy}".strip()
