"""Mesure pex : mille courriers, la situation de mille ménages, le démarrage. Lancé par `make bench`."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from pex.folders import EXAMPLES

HOUSEHOLDS, FAULTY = 1000, 50
DAY = "2026-11-24"
HEADINGS = (
    "reference", "civilite", "nom", "prenom", "adresse_1", "code_postal", "commune", "bail_signe_le", "loyer",
    "dette", "dette_constatee_le", "bailleur", "type_bailleur", "commandement_de_payer", "assignation", "audience",
)  # fmt: skip


def write_spreadsheet(path: Path, faulty: int = 0) -> None:
    """Invented households; one in three has a hearing, and the first `faulty` a day that does not exist."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        for number in range(HOUSEHOLDS):
            summons, hearing = ("10/11/2026", "09/02/2027") if number % 3 == 0 else ("", "")
            act = "31/02/2026" if number < faulty else "14/09/2026"
            writer.writerow(
                (f"EX-{number:04}", "Mme", f"FICTIF{number}", "Zoé", "12 rue des Tanneries", "00100", "Brumeville",
                 "01/05/2021", "480,00", "2450,00", "01/09/2026", "Bailleur", "bailleur_social", act, summons, hearing)
            )  # fmt: skip


def measure(*arguments: str, expected: int = 0) -> float:
    """Seconds that the command takes, start of Python included. RuntimeError where it does not end as expected."""
    start = perf_counter()
    result = subprocess.run([sys.executable, "-m", "pex", *arguments], capture_output=True, text=True)
    seconds = perf_counter() - start
    if result.returncode != expected:
        raise RuntimeError(f"pex {' '.join(arguments)} : code {result.returncode}\n{result.stderr[-2000:]}")
    return seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good, faulty = folder / "menages.csv", folder / "avec_erreurs.csv"
        write_spreadsheet(good)
        write_spreadsheet(faulty, FAULTY)
        letters = ("courriers", str(good), "--profil", str(EXAMPLES / "profil"), "--le", DAY, "--sortie")
        rows = (
            ("1 000 courriers docx", measure(*letters, str(folder / "docx"), "--formats", "docx"), 15.0),
            ("1 000 courriers pdf", measure(*letters, str(folder / "pdf"), "--formats", "pdf"), 15.0),
            (
                "situation de 1 000 ménages, 50 erreurs",
                measure("situation", str(faulty), "--le", DAY, expected=1),
                3.0,
            ),
            ("pex --help", min(measure("--help") for _ in range(5)), 0.150),
        )
    print(f"{'Mesure':<40} {'Temps':>9} {'Cible':>9}")
    for label, seconds, target in rows:
        verdict = "" if seconds <= target else "  trop lent"
        print(f"{label:<40} {_french(seconds):>9} {_french(target):>9}{verdict}")


def _french(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s".replace(".", ",")


if __name__ == "__main__":
    main()
