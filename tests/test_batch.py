"""Many households: the same files whatever the number of processes, nothing half-written, nobody stopped by another."""

from __future__ import annotations

import csv
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from pex.batch import (
    ALONE,
    ALREADY,
    BORDEREAU,
    MADE,
    NO_LETTER,
    REFUSED,
    TEMPORARY,
    Order,
    Outcome,
    merge,
    prepare_folder,
    produce,
    save,
    write_bordereau,
    write_file,
)
from pex.dossier.facts import Dossier, Evenement, Menage, Personne
from pex.errors import OutputRefused, PexError
from pex.folders import EXAMPLES

TODAY = date(2026, 11, 24)
PROFILE = EXAMPLES / "profil"


def household(reference: str, *events: Evenement) -> Dossier:
    acts = events or (Evenement("commandement_de_payer", date(2026, 10, 10)),)
    return Dossier(reference, menage=Menage((Personne("Mme", "FICTIF", "Zoé"),)), evenements=acts)


def letters(folder: Path, **changes: object) -> Order:
    return Order(
        **{
            "what": "courrier",
            "folder": folder,
            "formats": ("txt",),
            "today": TODAY,
            "profile": PROFILE,
            **changes,
        }  # type: ignore[arg-type]
    )


def outcomes(dossiers: Sequence[Dossier], order: Order, processes: int | None = 1) -> list[Outcome]:
    return [outcome for of_household in produce(dossiers, order, processes) for outcome in of_household]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_letter_that_fits_is_written_under_the_reference(tmp_path: Path) -> None:
    (made,) = outcomes([household("A-1")], letters(tmp_path))
    files = ("A-1_commandement_de_payer.txt",)
    assert made == Outcome("A-1", "commandement_de_payer", MADE, files, sending="à remettre : pas d'adresse")
    assert "Zoé FICTIF" in (tmp_path / made.files[0]).read_text(encoding="utf-8")


def test_the_named_letter_is_written_whatever_the_stage(tmp_path: Path) -> None:
    (made,) = outcomes([household("A-1")], letters(tmp_path, letter_id="alerte_caf"))
    assert made.files == ("A-1_alerte_caf.txt",)


def test_a_stage_without_letter_is_told(tmp_path: Path) -> None:
    (made,) = outcomes([household("A-1", Evenement("audience", date(2026, 11, 3)))], letters(tmp_path))
    assert made.state == NO_LETTER and "Audience" in made.reason
    assert not list(tmp_path.iterdir())


def test_a_timeline_needs_no_profile(tmp_path: Path) -> None:
    (made,) = outcomes([household("A-1")], letters(tmp_path, what="frise", profile=None))
    assert made.files == ("A-1_frise.txt",)


def test_the_same_files_come_out_of_one_or_two_processes(tmp_path: Path) -> None:
    dossiers = [household(f"A-{number}") for number in range(ALONE + 25)]
    alone = outcomes(dossiers, letters(tmp_path / "un"), 1)
    together = outcomes(dossiers, letters(tmp_path / "deux"), 2)
    assert alone == together
    assert [outcome.reference for outcome in together] == [dossier.reference for dossier in dossiers]
    assert contents(tmp_path / "un") == contents(tmp_path / "deux")


def test_one_bad_household_never_stops_the_others(tmp_path: Path) -> None:
    dossiers = [
        household("A-1"),
        household("../A-2"),
        household("A-3", Evenement("inconnu")),
        household("A-4"),
    ]
    made = outcomes(dossiers, letters(tmp_path))
    assert [outcome.state for outcome in made] == [MADE, REFUSED, REFUSED, MADE]
    assert made[1].reason.startswith("« ../A-2 » ne peut pas servir de référence")
    assert "KeyError" in made[2].reason and "inconnu" not in made[2].reason


def test_a_letter_that_lacks_a_fact_says_which(tmp_path: Path) -> None:
    (tmp_path / "profil").mkdir()
    (tmp_path / "profil" / "profil.yaml").write_text("lieu: Brumeville\n", encoding="utf-8")
    (made,) = outcomes([household("A-1")], letters(tmp_path / "o", profile=tmp_path / "profil"))
    assert made.state == REFUSED
    assert "profil.expediteur.telephone" in made.missing


def test_a_second_run_leaves_what_is_there(tmp_path: Path) -> None:
    outcomes([household("A-1")], letters(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (again,) = outcomes([household("A-1")], letters(tmp_path))
    assert again.state == ALREADY
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_file_that_says_something_else_is_kept_unless_asked(tmp_path: Path) -> None:
    letter = tmp_path / "A-1_commandement_de_payer.txt"
    letter.write_text("corrigé à la main", encoding="utf-8")
    (refused,) = outcomes([household("A-1")], letters(tmp_path))
    assert refused.state == REFUSED and "--ecraser" in refused.reason
    assert letter.read_text(encoding="utf-8") == "corrigé à la main"
    (made,) = outcomes([household("A-1")], letters(tmp_path, overwrite=True))
    assert made.state == MADE and "Zoé" in letter.read_text(encoding="utf-8")


def test_nothing_is_written_where_one_of_the_files_would_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"autre")
    with pytest.raises(OutputRefused, match="« b » existe déjà"):
        save(tmp_path, {"a": b"1", "b": b"2"}, overwrite=False)
    assert contents(tmp_path) == {"b": b"autre"}


def test_a_write_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputRefused, match="« a » ne peut pas être écrit"):
        write_file(tmp_path / "a", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".pex-123-A-1.pdf.tmp").write_bytes(b"%PDF")
    (tmp_path / ".gitignore").write_bytes(b"")
    prepare_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".gitignore"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "o").write_bytes(b"")
    with pytest.raises(OutputRefused, match="Choisissez-en un autre"):
        outcomes([household("A-1")], letters(tmp_path / "o"))


def test_a_bad_profile_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PexError, match=r"profil\.yaml"):
        outcomes([household("A-1")], letters(tmp_path / "o", profile=tmp_path))
    assert not list((tmp_path / "o").iterdir())


def test_one_pdf_holds_the_letters_that_could_be_written(tmp_path: Path) -> None:
    audience = household("A-2", Evenement("audience", date(2026, 11, 3)))
    assert merge([household("A-1"), audience], letters(tmp_path), tmp_path / "lot.pdf") == 1
    assert (tmp_path / "lot.pdf").read_bytes().startswith(b"%PDF")


def test_no_letter_makes_no_pdf(tmp_path: Path) -> None:
    assert merge([], letters(tmp_path), tmp_path / "lot.pdf") == 0
    assert not list(tmp_path.iterdir())


def test_the_bordereau_opens_in_a_french_spreadsheet(tmp_path: Path) -> None:
    refused = Outcome("=A-2", "assignation", REFUSED, reason="Il manque l'heure ; appelez.")
    path = write_bordereau([Outcome("A-1", "alerte_caf", MADE, ("A-1.pdf", "A-1.docx")), refused], tmp_path)
    raw = path.read_bytes()
    assert path.name == BORDEREAU and raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 3
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["reference", "courrier", "etat", "fichiers", "envoi", "motif"]
    assert rows[1] == ["A-1", "alerte_caf", "fait", "A-1.pdf, A-1.docx", "", ""]
    assert rows[2][0] == "'=A-2"


def test_a_dossier_with_details_travels_to_another_process() -> None:
    dossier = household("A-1", Evenement("audience", date(2027, 2, 9), {"lieu": "Brumeville"}))
    assert pickle.loads(pickle.dumps(dossier)) == dossier


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL n'existe pas sous Windows")
def test_a_killed_run_is_finished_by_the_next_one(tmp_path: Path) -> None:
    """kill -9 in the middle: no file is cut short, and running again gives what an undisturbed run gives."""
    sheet, folder = tmp_path / "menages.csv", tmp_path / "o"
    rows = [f"K-{number};14/09/2026" for number in range(150)]
    sheet.write_text("\n".join(["reference;commandement_de_payer", *rows]), encoding="utf-8")
    command = [
        sys.executable, "-m", "pex", "courriers", str(sheet), "--profil", str(PROFILE), "--le", "2026-11-24",
        "--formats", "txt,pdf", "--processus", "2", "--sortie",
    ]  # fmt: skip
    killed = subprocess.Popen([*command, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(list(folder.glob("*.pdf"))) >= 5)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    time.sleep(0.5)  # the workers see that their parent is gone
    assert len(list(folder.glob("*.pdf"))) < 150
    assert not (folder / BORDEREAU).exists()

    (folder / ".pex-1-K-0.pdf.tmp").write_bytes(b"half")
    assert subprocess.run([*command, str(folder)], capture_output=True).returncode == 0
    assert subprocess.run([*command, str(tmp_path / "calme")], capture_output=True).returncode == 0
    assert not list(folder.glob(TEMPORARY))
    after, undisturbed = contents(folder), contents(tmp_path / "calme")
    assert b"d\xc3\xa9j\xc3\xa0 fait" in after.pop(BORDEREAU)
    undisturbed.pop(BORDEREAU)
    assert after == undisturbed


def wait_for(condition: object) -> None:
    for _ in attempts():
        if condition():  # type: ignore[operator]
            return
    pytest.fail("rien n'est écrit après une minute")


def attempts() -> Iterator[int]:
    for number in range(600):
        yield number
        time.sleep(0.1)
