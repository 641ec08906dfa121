"""A file of any kind → the dossiers it holds, and every value that was refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pex.dossier.columns import ColumnMapping
from pex.dossier.facts import Dossier
from pex.dossier.fields import Events
from pex.dossier.values import departement_of_postcode
from pex.errors import Problem, UnreadableFile

if TYPE_CHECKING:
    from pex.dossier.sheets import Sheet

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave. `problems` are refused, `warnings` accepted but odd; `count` rows or dossiers seen."""

    dossiers: tuple[Dossier, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    kind: str
    count: int
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None

    def description(self) -> str:
        """How the file was read, with a few accented names so that a person can see they are right."""
        parts = [f"Fichier {self.kind.upper()} : {self.count} ménages lus, {len(self.dossiers)} acceptés."]
        if self.encoding and self.separator:
            separator = SEPARATORS.get(self.separator, self.separator)
            parts.append(f"Accents : {ENCODINGS[self.encoding]}. Séparateur : {separator}.")
        if self.sheet:
            parts.append(f"Feuille : {self.sheet}.")
        names = [person.nom or "" for dossier in self.dossiers for person in dossier.menage.personnes]
        towns = [dossier.menage.adresse.commune or "" for dossier in self.dossiers if dossier.menage.adresse]
        accented = list(dict.fromkeys(name for name in (*names, *towns) if not name.isascii()))[:3]
        if accented:
            parts.append(f"Ces mots sont-ils lisibles ? {', '.join(accented)}")
        return "\n".join(parts)


def read_dossiers(
    path: Path, *, law_events: Events, columns: ColumnMapping | None = None, today: date | None = None
) -> Reading:
    """Read YAML, JSON, CSV, XLSX or ODS. Good dossiers go through whatever the others hold.

    Raises UnreadableFile where the whole file cannot be used.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"« {path} » n'existe pas. Vérifiez le nom du fichier.") from None
    except OSError:
        raise UnreadableFile(
            f"« {path} » ne peut pas être ouvert. Fermez-le s'il est ouvert ailleurs, et vérifiez vos droits."
        ) from None
    if path.suffix.lower() in (".yaml", ".yml", ".json"):
        return _with_odd_facts(_read_mappings(content, path, law_events), today)
    return _with_odd_facts(_read_table(content, path, law_events, columns), today)


def _read_mappings(content: bytes, path: Path, events: Events) -> Reading:
    from pex.dossier.json_files import read_json
    from pex.dossier.mapping import MappingReader
    from pex.dossier.yaml_files import read_yaml

    dossiers: list[Dossier] = []
    problems: list[Problem] = []
    kind = "json" if path.suffix.lower() == ".json" else "yaml"
    raws = read_json(content, path.name) if kind == "json" else read_yaml(content, path.name)
    seen: set[str] = set()
    for raw, lines in raws:
        reader = MappingReader(events, lines)
        dossier = reader.dossier(raw)
        if dossier is not None and dossier.reference.lower() in seen:
            reader.refuse(
                "reference", f"« {dossier.reference} » est déjà dans le fichier.", "Une référence par ménage."
            )
            dossier = None
        problems += reader.problems
        if dossier is not None:
            seen.add(dossier.reference.lower())
            dossiers.append(dossier)
    return Reading(tuple(dossiers), tuple(problems), (), kind, len(raws))


def _read_table(content: bytes, path: Path, events: Events, columns: ColumnMapping | None) -> Reading:
    from pex.dossier.sheets import file_kind, read_csv
    from pex.dossier.table import TableReader
    from pex.dossier.workbooks import read_workbook

    kind = file_kind(content, path.name)
    sheets = read_csv(content, path.name) if kind == "csv" else read_workbook(content, path.name)
    error: UnreadableFile | None = None
    readers = []
    for sheet in sheets:
        try:
            readers.append((sheet, TableReader(sheet, events, columns, path.name)))
        except UnreadableFile as refused:
            error = error or refused
    if readers:
        if kind == "csv":
            sheet, reader = max(readers, key=lambda pair: len(pair[1].columns))
        else:
            sheet, reader = next((pair for pair in readers if not pair[0].is_hidden), readers[0])
        dossiers = tuple(reader.dossiers())
        warnings = (*_other_sheets(sheet, sheets), *reader.warnings) if kind != "csv" else tuple(reader.warnings)
        return Reading(
            dossiers, tuple(reader.problems), warnings, kind, reader.count, sheet.name, sheet.encoding, sheet.separator
        )
    raise error or UnreadableFile(f"« {path.name} » ne contient aucune feuille.")


def _other_sheets(read: Sheet, sheets: list[Sheet]) -> list[Problem]:
    """What is in the workbook and was not read, or was read though it is not on the screen."""
    found = []
    if read.is_hidden:
        found.append(
            Problem(f"la feuille « {read.name} » est masquée : elle est lue quand même.", remedy="Vérifiez-la.")
        )
    for sheet in sheets:
        if sheet is not read and sheet.rows:
            hidden = " (masquée)" if sheet.is_hidden else ""
            found.append(
                Problem(
                    f"la feuille « {sheet.name} »{hidden} n'est pas lue.",
                    remedy="Si des ménages s'y trouvent, mettez-la dans un autre fichier.",
                )
            )
    return found


def _with_odd_facts(reading: Reading, today: date | None) -> Reading:
    odd = [problem for dossier in reading.dossiers for problem in _odd_facts(dossier, today)]
    return replace(reading, warnings=(*reading.warnings, *odd))


def _odd_facts(dossier: Dossier, today: date | None) -> list[Problem]:
    found = []
    bail, dette = dossier.bail, dossier.dette
    if bail.signe_le and bail.renouvele_le and bail.renouvele_le < bail.signe_le:
        found.append("le bail est renouvelé avant d'être signé.")
    if today and dette.constatee_le and dette.constatee_le > today:
        found.append("la dette est constatée dans le futur.")
    if today and bail.signe_le and bail.signe_le > today:
        found.append("le bail est signé dans le futur.")
    odd = [(text, "Vérifiez les dates.") for text in found]
    stated, address = dossier.territoire.departement, dossier.menage.adresse
    postcode = address.code_postal if address else None
    if stated and postcode and departement_of_postcode(postcode) != stated:
        odd.append(
            (
                f"le code postal {postcode} n'est pas celui du département {stated}.",
                "Le département choisit les jours fériés et la trêve hivernale : vérifiez les deux.",
            )
        )
    return [
        Problem(f"{dossier.reference} : {text}", remedy=remedy, reference=dossier.reference) for text, remedy in odd
    ]
