"""Mesure pex : mille courriers, la situation de mille ménages, le démarrage. Lancé par `make bench`."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from pex.folders import EXAMPLES

HOUSEHOLDS, FAULTY = 1000, 50
MANY = 100_000
COURSE = (
    "premier_impaye", "signalement_caf", "commandement_de_payer", "assignation", "notification_assignation_prefet",
    "audience", "jugement", "signification_jugement", "commandement_de_quitter_les_lieux", "notification_cql_prefet",
    "requisition_force_publique",
)  # fmt: skip
LANDLORDS = ("bailleur_social", "personne_morale", "personne_physique", None)
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


def assess() -> tuple[float, float]:
    """Seconds to assess MANY invented dossiers on one core, and megabytes of memory gained meanwhile."""
    import random
    import resource

    from pex.dossier.facts import Bail, Bailleur, Dette, Dossier, Evenement, Territoire
    from pex.law import read_law
    from pex.timeline import build_timeline

    law, chance, today = read_law(), random.Random(2027), date.fromisoformat(DAY)
    courses = (COURSE[:2], COURSE[:3], COURSE[:5], COURSE[:8], COURSE)

    def invented(number: int) -> Dossier:
        day = today - timedelta(days=chance.randrange(30, 900))
        events = []
        for kind in courses[number % len(courses)]:
            events.append(Evenement(kind, day, {"forme": "refere"} if kind == "jugement" else {}))
            day += timedelta(days=chance.randrange(1, 90))
        return Dossier(
            f"EX-{number}",
            bail=Bail(signe_le=date(2015 + number % 11, 1 + number % 12, 1 + number % 28)),
            bailleur=Bailleur(type=LANDLORDS[number % len(LANDLORDS)]),
            dette=Dette(montant=Decimal(2450), loyer=Decimal(480), charges=Decimal(60)),
            territoire=Territoire("71"),
            evenements=tuple(events),
        )

    dossiers = [invented(number) for number in range(5000)]
    for dossier in dossiers:
        build_timeline(dossier, law, today)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    for number in range(MANY):
        build_timeline(dossiers[number % len(dossiers)], law, today)
    seconds = perf_counter() - start
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main() -> None:
    seconds, gained = assess()
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
            (
                "1 000 courriers relus",
                measure("lisibilite", "--menages", str(good), "--profil", str(EXAMPLES / "profil"), "--le", DAY),
                10.0,
            ),
            (f"{MANY:,}".replace(",", " ") + " dossiers évalués, un cœur", seconds, 20.0),
            ("pex --help", min(measure("--help") for _ in range(5)), 0.150),
        )
    print(f"{'Mesure':<40} {'Temps':>9} {'Cible':>9}")
    for label, seconds, target in rows:
        verdict = "" if seconds <= target else "  trop lent"
        print(f"{label:<40} {_french(seconds):>9} {_french(target):>9}{verdict}")
    print(f"Mémoire gagnée pendant l'évaluation : {gained:.0f} Mo")


def _french(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s".replace(".", ",")


if __name__ == "__main__":
    main()
