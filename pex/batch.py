"""Many dossiers → many files: over processes, in order, and one bad household never stops the others.

A file is written whole or not at all: first under a hidden name in the same folder, then renamed. So a run
that was killed is finished by running it again: what is already there, and the same, is left alone.
"""

from __future__ import annotations

import copyreg
import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pex.dossier.facts import Dossier
from pex.dossier.values import read_reference
from pex.errors import MissingFacts, OutputRefused, PexError
from pex.law import read_law
from pex.letters import compose_letter, compose_timeline, is_for_household, letters_for
from pex.letters.blocks import Letter
from pex.letters.interview import INTERVIEW, compose_interview, compose_papers
from pex.letters.postal import sending
from pex.letters.registers import STANDARD
from pex.letters.timeline_page import COMPLETE
from pex.outputs import write_letter, write_timeline
from pex.outputs.interview import write_household_papers, write_interview
from pex.outputs.timeline_sheet import ORDINARY, Sheet
from pex.profile import Profile, read_profile
from pex.timeline import Timeline, build_timeline

CHUNK = 25
"""Households a task: few enough for the progress bar to move, many enough to forget the cost of a task."""
ALONE = 30
"""Below this many households, starting processes takes longer than the work."""
MOST_PROCESSES = 16
ONE_SHEET = 2
"""Pages."""

MADE, ALREADY, REFUSED, NO_LETTER = "fait", "déjà fait", "refusé", "aucun courrier"
BORDEREAU = "bordereau.csv"
TEMPORARY = ".pex-*.tmp"

Work = Callable[["Order", Sequence[Dossier]], list[Any]]
"""What a process does with a chunk: one result a household."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make of each household, and where.

    `what` is « courrier », « frise » or « entretien ». `letter_id` None means the letter that fits the stage;
    `version` and `sheet` are those of a timeline.
    """

    what: str
    folder: Path
    formats: tuple[str, ...]
    today: date
    profile: Path | None = None
    letter_id: str | None = None
    language: str = "fr"
    register: str = STANDARD
    overwrite: bool = False
    version: str = COMPLETE
    sheet: Sheet = ORDINARY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one household: `state` is MADE, ALREADY, REFUSED or NO_LETTER.

    `made` is the id of the letter, « frise » or « entretien »; `files` are names in the order's folder; `reason` is a
    French sentence, empty when all is well; `missing` holds the paths of facts to ask for; `sending` says
    whether the letter can be posted, and whether it takes more than a sheet.
    """

    reference: str
    made: str
    state: str
    files: tuple[str, ...] = ()
    reason: str = ""
    missing: tuple[str, ...] = ()
    sending: str = ""


def produce(dossiers: Sequence[Dossier], order: Order, processes: int | None = None) -> Iterator[tuple[Outcome, ...]]:
    """Write the files of every household; yields the outcomes of each, in the order of `dossiers`.

    `processes`: None for one per core. The same files come out whatever their number. References are
    unique, as the readers see to.
    Raises OutputRefused where the folder cannot be written, PexError for a profile that cannot be read.
    """
    prepare_folder(order.folder)
    yield from _run(_make_chunk, order, dossiers, processes)


def merge(dossiers: Sequence[Dossier], order: Order, path: Path, processes: int | None = None) -> int:
    """Write the letters of all these households as one PDF for the printer, in order; gives their number.

    A letter that cannot be written is left out: `produce` tells why.
    Raises OutputRefused as `produce` does, for a file that says something else too.
    """
    from pex.outputs.pdf import write_lot

    prepare_folder(path.parent)
    of_households = _run(_compose_chunk, order, dossiers, processes)
    letters = [letter for of_household in of_households for letter in of_household]
    if letters:
        save(path.parent, {path.name: write_lot(letters, _profile(order.profile))}, overwrite=order.overwrite)
    return len(letters)


def write_bordereau(outcomes: Sequence[Outcome], folder: Path) -> Path:
    """Write `bordereau.csv`, what became of each household, as French spreadsheets open it; no name in it.

    It tells the last run: an earlier one is replaced. Raises OutputRefused where it is open elsewhere.
    """
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("reference", "courrier", "etat", "fichiers", "envoi", "motif"))
    for outcome in outcomes:
        files = ", ".join(outcome.files)
        row = (outcome.reference, outcome.made, outcome.state, files, outcome.sending, outcome.reason)
        writer.writerow(no_formula(cell) for cell in row)
    path = folder / BORDEREAU
    write_file(path, text.getvalue().encode("utf-8-sig"))
    return path


def no_formula(cell: str) -> str:
    """A spreadsheet runs a cell that starts like a formula: an apostrophe keeps it a text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def prepare_folder(folder: Path) -> None:
    """Make the folder, and clear what a killed run left half-written in it.

    Raises OutputRefused where it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(TEMPORARY):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputRefused(
            f"Le dossier « {folder} » ne peut pas être utilisé ({error.strerror}). Choisissez-en un autre."
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Write the whole file or nothing: no reader, and no killed run, ever sees half of it.

    Raises OutputRefused where the place cannot be written.
    """
    temporary = path.with_name(f".pex-{os.getpid()}-{path.name[:100]}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except OSError as error:
        raise OutputRefused(
            f"« {path.name} » ne peut pas être écrit ({error.strerror}). "
            "Vérifiez la place sur le disque, et que ce fichier n'est pas ouvert."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def save(folder: Path, contents: Mapping[str, bytes], *, overwrite: bool) -> str:
    """Write the files that are not there yet; MADE, or ALREADY where all were there and the same.

    Raises OutputRefused, before writing any, rather than replace a file that says something else.
    """
    to_write = {}
    for name, content in contents.items():
        path = folder / name
        there = path.read_bytes() if path.is_file() else None
        if there == content:
            continue
        if there is not None and not overwrite:
            raise OutputRefused(
                f"« {name} » existe déjà avec un autre contenu. "
                "Ajoutez --ecraser pour le remplacer, ou choisissez un autre dossier."
            )
        to_write[path] = content
    for path, content in to_write.items():
        write_file(path, content)
    return MADE if to_write else ALREADY


# What follows runs in each process; a worker is told the order once, when it starts.


def _run(work: Work, order: Order, dossiers: Sequence[Dossier], processes: int | None) -> Iterator[Any]:
    _profile(order.profile)  # a bad profile is told before anything starts
    count = min(processes or os.cpu_count() or 1, MOST_PROCESSES)
    if count == 1 or (processes is None and len(dossiers) < ALONE):
        for dossier in dossiers:
            yield from work(order, [dossier])
        return
    yield from _run_in_processes(work, order, dossiers, count)


def _run_in_processes(work: Work, order: Order, dossiers: Sequence[Dossier], count: int) -> Iterator[Any]:
    from multiprocessing import get_context

    chunks = [dossiers[start : start + CHUNK] for start in range(0, len(dossiers), CHUNK)]
    # « spawn » on every system: what works here works on Windows, and no thread is ever copied.
    pool = ProcessPoolExecutor(count, get_context("spawn"), _start_worker, (order.profile,))
    try:
        for results in pool.map(work, [order] * len(chunks), chunks):
            yield from results
    except BrokenProcessPool:
        raise PexError(
            "Un processus s'est arrêté avant la fin, sans doute par manque de mémoire. "
            "Ce qui est fait est gardé : relancez la même commande avec « --processus 1 »."
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(profile: Path | None) -> None:
    import signal

    # Ctrl-C reaches every process: only the parent stops, and workers end the chunk at hand.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_with_the_parent()
    read_law()
    _profile(profile)


def _leave_with_the_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    from multiprocessing import connection, parent_process
    from threading import Thread

    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@lru_cache(maxsize=4)
def _profile(folder: Path | None) -> Profile:
    return read_profile(folder) if folder else Profile()


def _make_chunk(order: Order, dossiers: Sequence[Dossier]) -> list[tuple[Outcome, ...]]:
    return [_make(order, dossier) for dossier in dossiers]


def _compose_chunk(order: Order, dossiers: Sequence[Dossier]) -> list[tuple[Letter, ...]]:
    return [tuple(_letters(order, dossier)) for dossier in dossiers]


def _letters(order: Order, dossier: Dossier) -> Iterator[Letter]:
    timeline = _timeline(order, dossier)
    for letter_id in _letter_ids(order, timeline):
        with suppress(PexError):
            yield _compose(order, timeline, letter_id)


def _make(order: Order, dossier: Dossier) -> tuple[Outcome, ...]:
    reference = dossier.reference
    try:
        read_reference(reference)  # it becomes a file name
        timeline = _timeline(order, dossier)
        if order.what == "frise":
            return (_make_timeline(order, timeline),)
        if order.what == INTERVIEW:
            return (_make_interview(order, timeline),)
        ids = _letter_ids(order, timeline)
    except Exception as error:
        return (_refusal(reference, order.letter_id or order.what, error),)
    if not ids:
        name = read_law().stages[timeline.stage].name
        return (Outcome(reference, "", NO_LETTER, reason=f"Pas de courrier pour l'étape « {name} »."),)
    return tuple(_make_letter(order, timeline, letter_id) for letter_id in ids)


def _timeline(order: Order, dossier: Dossier) -> Timeline:
    return build_timeline(_profile(order.profile).place(dossier), read_law(), order.today)


def _letter_ids(order: Order, timeline: Timeline) -> tuple[str, ...]:
    return (order.letter_id,) if order.letter_id else letters_for(timeline, order.language)


def _compose(order: Order, timeline: Timeline, letter_id: str) -> Letter:
    return compose_letter(letter_id, timeline, _profile(order.profile), order.language, order.register)


def _make_letter(order: Order, timeline: Timeline, letter_id: str) -> Outcome:
    reference, profile = timeline.dossier.reference, _profile(order.profile)
    try:
        letter = _compose(order, timeline, letter_id)
        name = letter_id if letter.register == STANDARD else f"{letter_id}_{letter.register}"
        contents = {f"{reference}_{name}.{kind}": write_letter(letter, profile, kind) for kind in order.formats}
        state = save(order.folder, contents, overwrite=order.overwrite)
    except Exception as error:
        return _refusal(reference, letter_id, error)
    how = sending(timeline.dossier.menage, letter.recipient) if is_for_household(letter_id, order.language) else ""
    notes = [how, *(beyond_one_sheet(content) for name, content in contents.items() if name.endswith(".pdf"))]
    return Outcome(reference, letter_id, state, tuple(contents), sending=" ; ".join(filter(None, notes)))


def beyond_one_sheet(pdf: bytes) -> str:
    """What to tell of a letter that overflows its sheet, or nothing: it costs a stamp more."""
    from pex.outputs.pdf import count_pages

    pages = count_pages(pdf)
    return f"{pages} pages : ce courrier dépasse une feuille" if pages > ONE_SHEET else ""


def _make_timeline(order: Order, timeline: Timeline) -> Outcome:
    reference, profile = timeline.dossier.reference, _profile(order.profile)
    page = compose_timeline(timeline, profile, order.language, order.version)
    name = f"{reference}_{timeline_name(order.version, order.sheet)}"
    contents = {f"{name}.{kind}": write_timeline(page, profile, kind, order.sheet) for kind in order.formats}
    return Outcome(reference, "frise", save(order.folder, contents, overwrite=order.overwrite), tuple(contents))


def _make_interview(order: Order, timeline: Timeline) -> Outcome:
    reference, profile = timeline.dossier.reference, _profile(order.profile)
    sheet, overleaf = (
        compose_interview(timeline, profile, order.language),
        compose_timeline(timeline, profile, order.language),
    )
    papers, page_label = compose_papers(timeline, profile, order.language), overleaf.label("page")
    contents = {}
    for kind in order.formats:
        contents[f"{reference}_{INTERVIEW}.{kind}"] = write_interview(sheet, overleaf, profile, page_label, kind)
        if papers is not None:
            contents[f"{reference}_{papers.id}.{kind}"] = write_household_papers(papers, profile, page_label, kind)
    return Outcome(reference, INTERVIEW, save(order.folder, contents, overwrite=order.overwrite), tuple(contents))


def timeline_name(version: str, sheet: Sheet) -> str:
    """« frise », and what makes this one different from the ordinary one: « frise_peu_de_mots_a3 »."""
    parts = ["frise"]
    if version != COMPLETE:
        parts.append(version)
    if sheet.paper != ORDINARY.paper:
        parts.append(sheet.paper)
    if sheet.large:
        parts.append("gros")
    return "_".join(parts)


def _refusal(reference: str, made: str, error: Exception) -> Outcome:
    if isinstance(error, PexError):
        missing = error.missing if isinstance(error, MissingFacts) else ()
        return Outcome(reference, made, REFUSED, reason=str(error), missing=missing)
    if os.environ.get("PEX_TRACE") == "1":
        traceback.print_exc()
    # The words of an unforeseen error may hold personal data: only its kind is kept.
    reason = f"Erreur de programmation ({type(error).__name__}) : signalez-la aux auteurs de pex."
    return Outcome(reference, made, REFUSED, reason=reason)


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# Python does not pickle read-only mappings by itself, and the details of an event are one.
copyreg.pickle(MappingProxyType, lambda values: (_read_only, (dict(values),)))
