"""A sheet with one row per household → dossiers; a bad row never stops the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pex.dossier.columns import ColumnMapping
from pex.dossier.facts import Dossier, Evenement, Personne
from pex.dossier.fields import ADDRESS_LINES, FACTS, PERSON, Events, build_dossier
from pex.dossier.sheets import MOST_ROWS, Sheet
from pex.dossier.text import folded
from pex.dossier.values import Reader, as_shown, detail_reader, is_unknown_day, read_day, read_text
from pex.errors import PexError, Problem, UnreadableFile

HEADER_WITHIN = 30


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A recognised column: its place, its heading as written, our name for it, how its cells are read."""

    index: int
    heading: str
    name: str
    read: Reader


def known_columns(events: Events) -> dict[str, Reader]:
    """Every column a spreadsheet may have, by our name."""
    found: dict[str, Reader] = {fact.heading: fact.read for fact in FACTS if fact.heading}
    for suffix in ("", "_2", "_3", "_4"):
        found.update({f"{fact.heading}{suffix}": fact.read for fact in PERSON})
    found.update(dict.fromkeys(ADDRESS_LINES, read_text))
    for event_id, event in events.items():
        found[event_id] = read_day
        for detail, kind in event.details.items():
            found[f"{event_id}_{detail}"] = detail_reader(kind)
    return found


class TableReader:
    """Reads one sheet; `dossiers`, `problems` and `warnings` fill up row after row."""

    def __init__(self, sheet: Sheet, events: Events, mapping: ColumnMapping | None, name: str) -> None:
        self.events = events
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.is_csv = sheet.separator is not None
        self.counts_from_1904 = sheet.counts_from_1904
        self.count = 0
        self.header, self.columns = self.find_header(sheet, mapping, name)
        self.rows = [row for row in sheet.rows if row[0] > self.header]
        self.problems += [problem for problem in sheet.problems if (problem.line or 0) > self.header]
        self.count += len(self.problems)
        self.warn_of_what_is_not_seen(sheet)
        if len(self.rows) > MOST_ROWS:
            raise UnreadableFile(f"« {name} » a plus de {MOST_ROWS} lignes. Coupez-le en plusieurs fichiers.")

    def warn_of_what_is_not_seen(self, sheet: Sheet) -> None:
        """Rows that a filter hides are read all the same; a merged cell has its value on its first line only."""
        for line, cells in self.rows:
            if line in sheet.hidden_lines and not all(map(_is_empty, cells)):
                self.warnings.append(
                    Problem("la ligne est masquée, elle est lue quand même.", line, remedy="Affichez-la ou ôtez-la.")
                )
        for first, last in sheet.merged:
            if last > first and last > self.header:
                self.warnings.append(
                    Problem(
                        f"des cellules sont fusionnées jusqu'à la ligne {last} : la valeur n'est lue qu'à la première.",
                        max(first, self.header + 1),
                        remedy="Défusionnez-les et remplissez chaque ligne.",
                    )
                )

    def find_header(self, sheet: Sheet, mapping: ColumnMapping | None, name: str) -> tuple[int, list[Column]]:
        readers = known_columns(self.events)
        names = {folded(known): known for known in readers}
        if mapping is not None:
            names.update({folded(heading): ours for ours, headings in mapping.items() for heading in headings})
        best: tuple[str, ...] = ()
        for line, cells in sheet.rows[:HEADER_WITHIN]:
            headings = [as_shown(cell) for cell in cells]
            found = {index: names[folded(text)] for index, text in enumerate(headings) if folded(text) in names}
            if "reference" in found.values() and len(found) > 1:
                self.width = len(headings)
                self.check_header(line, headings, found, mapping, name)
                return line, [Column(i, headings[i], ours, readers[ours]) for i, ours in found.items()]
            best = max(best, tuple(text for text in headings if text), key=len)
        shown = f" Titres trouvés : {', '.join(best[:12])}." if best else ""
        raise UnreadableFile(
            f"« {name} » : aucune ligne de titres avec « reference » et une autre colonne connue.{shown} "
            "Renommez une colonne « reference », ou donnez une correspondance avec --colonnes."
        )

    def check_header(
        self,
        line: int,
        headings: list[str],
        found: Mapping[int, str],
        mapping: ColumnMapping | None,
        name: str,
    ) -> None:
        ours = list(found.values())
        twice = next((item for item in ours if ours.count(item) > 1), None)
        if twice is not None:
            pair = " et ".join(f"« {headings[index]} »" for index, item in found.items() if item == twice)
            raise UnreadableFile(
                f"« {name} », ligne {line} : deux colonnes disent la même chose, {pair}. Gardez-en une."
            )
        if mapping is not None:
            missing = [ours for ours in mapping if ours not in found.values()]
            if missing:
                wanted = ", ".join(f"« {mapping[item][0]} »" for item in missing)
                shown = ", ".join(text for text in headings if text)
                raise UnreadableFile(f"« {name} » : colonnes introuvables : {wanted}. Titres trouvés : {shown}.")
        names = list(known_columns(self.events))
        for index, text in enumerate(headings):
            if text and index not in found:
                close = get_close_matches(text.lower().replace(" ", "_"), names, n=1, cutoff=0.75)
                hint = f"Vouliez-vous dire « {close[0]} » ?" if close else "Rien à faire si elle ne sert pas."
                self.warnings.append(Problem("colonne ignorée.", line=line, column=text, remedy=hint))

    def dossiers(self) -> Iterator[Dossier]:
        seen: dict[str, int] = {}
        for line, cells in self.rows:
            values = {
                column: cells[column.index]
                for column in self.columns
                if column.index < len(cells) and not _is_empty(cells[column.index])
            }
            if not values:
                continue
            self.count += 1
            if self.is_csv and any(not _is_empty(cell) for cell in cells[self.width :]):
                # « 2450,00 » in a file separated by commas: every following value would shift.
                self.problems.append(
                    Problem(
                        "il y a plus de cellules que de titres.",
                        line,
                        remedy="Entourez de guillemets la valeur qui contient le séparateur.",
                    )
                )
                continue
            dossier = self.row(line, values)
            if dossier is None:
                continue
            key = dossier.reference.lower()
            if key in seen:
                self.refuse(
                    line,
                    "reference",
                    f"« {dossier.reference} » est déjà à la ligne {seen[key]}.",
                    "Une ligne par ménage.",
                    dossier.reference,
                )
                continue
            seen[key] = line
            yield dossier

    def row(self, line: int, cells: Mapping[Column, Any]) -> Dossier | None:
        before = len(self.problems)
        values: dict[str, Any] = {}
        unknown_days: set[str] = set()
        reference = next((as_shown(value) for column, value in cells.items() if column.name == "reference"), None)
        if reference is None:
            self.refuse(
                line,
                "reference",
                "il manque la référence du ménage.",
                "Écrivez une référence, par exemple A-12.",
                None,
            )
        for column, value in cells.items():
            if column.name in self.events and is_unknown_day(value):
                unknown_days.add(column.name)
                continue
            try:
                if self.counts_from_1904 and column.read is read_day and isinstance(value, (int, float)):
                    raise PexError(
                        "Ce classeur compte les jours depuis 1904 : ce nombre n'est pas une date sûre. "
                        "Mettez la cellule au format Date."
                    )
                values[column.name] = column.read(value)
            except PexError as error:
                self.problems.append(Problem(str(error), line, column.heading, as_shown(value), reference=reference))
        if len(self.problems) > before:
            return None
        return self.build(values, unknown_days)

    def build(self, values: Mapping[str, Any], unknown_days: set[str]) -> Dossier:
        facts = {fact.path: values[fact.heading] for fact in FACTS if fact.heading and fact.heading in values}
        people = []
        for suffix in ("", "_2", "_3", "_4"):
            person = {f.path: values[f"{f.heading}{suffix}"] for f in PERSON if f"{f.heading}{suffix}" in values}
            if person:
                people.append(Personne(**person))
        lines = tuple(values[name] for name in ADDRESS_LINES if name in values)
        events = []
        for event_id, event in self.events.items():
            details = {d: values[f"{event_id}_{d}"] for d in event.details if f"{event_id}_{d}" in values}
            if event_id in values or event_id in unknown_days or details:
                events.append(Evenement(event_id, values.get(event_id), details))
        events.sort(key=lambda event: (event.date is None, event.date.toordinal() if event.date else 0))
        return build_dossier(facts, tuple(people), lines, tuple(events))

    def refuse(self, line: int, name: str, message: str, remedy: str, reference: str | None) -> None:
        heading = next((column.heading for column in self.columns if column.name == name), name)
        self.problems.append(Problem(message, line, heading, None, remedy, reference))


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u00a0\u202f\ufeff"))
