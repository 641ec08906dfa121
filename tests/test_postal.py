"""The envelope: six lines of thirty-eight characters, the address in the window and nothing else."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from catalogue import complete_dossier
from test_letters import SITUATIONS

from pex.dossier.facts import Adresse, Menage
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter, letters_for
from pex.letters.blocks import Letter
from pex.letters.postal import POST, address_problems, sending
from pex.outputs import write_letter
from pex.outputs.txt import write_letter as write_text
from pex.profile import Fenetre, Profile, read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
MILLIMETRE = 72 / 25.4
# The windows of French envelopes, on the folded sheet: DL (110 × 220) and C5/6 (114 × 229).
WINDOWS = {"DL": Fenetre(), "C5/6": Fenetre(gauche=100, haut=45, largeur=100, hauteur=40)}


def letter(profile: Profile, **changes: object) -> Letter:
    dossier = complete_dossier(*SITUATIONS["assignation"])
    dossier = replace(dossier, menage=replace(dossier.menage, **changes))
    timeline = build_timeline(dossier, read_law(), TODAY)
    return compose_letter(letters_for(timeline)[0], timeline, profile)


def words_in(pdf: bytes, window: Fenetre, folder: Path) -> list[str]:
    """Words of the first page that the window shows, even in part."""
    file = folder / "lettre.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-bbox", "-l", "1", file, "-"], capture_output=True, text=True, check=True)
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    shown = []
    for *corners, word in re.findall(pattern, found.stdout):
        left, top, right, bottom = (float(corner) / MILLIMETRE for corner in corners)
        beside = right < window.gauche or left > window.gauche + window.largeur
        if not beside and bottom > window.haut and top < window.haut + window.hauteur:
            shown.append(word)
    return shown


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("name", WINDOWS)
def test_the_window_shows_the_address_and_nothing_else(name: str, tmp_path: Path) -> None:
    profile = replace(read_profile(EXAMPLES / "profil"), fenetre=WINDOWS[name])
    ours = letter(profile)
    assert words_in(write_letter(ours, profile, "pdf"), profile.fenetre, tmp_path) == " ".join(ours.recipient).split()


def test_an_ordinary_address_can_be_posted() -> None:
    assert address_problems(("Mme Aïcha DURAND", "12 rue des Tanneries", "00100 BRUMEVILLE")) == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("M. X",) * 6 + ("00100 BRUMEVILLE",), "7 lignes, 6 au plus"),
        (("M. X", "r" * 39, "00100 BRUMEVILLE"), "la ligne 2 a 39 caractères, 38 au plus"),
        (("M. X", "12 rue des Tanneries"), "il manque le code postal"),
        ((), "il manque le code postal"),
    ],
)
def test_what_the_post_cannot_read_is_told_without_the_address(lines: tuple[str, ...], told: str) -> None:
    problems = " ; ".join(address_problems(lines))
    assert told in problems
    assert "Tanneries" not in problems


def test_a_household_without_an_address_gets_its_letter_by_hand() -> None:
    profile = read_profile(EXAMPLES / "profil")
    ours = letter(profile, adresse=None)
    assert sending(Menage(), ours.recipient) == "à remettre : pas d'adresse"
    assert ours.recipient == ("Mme Aïcha DURAND", "M. Karim DURAND")


def test_a_confidential_address_is_printed_nowhere() -> None:
    profile = read_profile(EXAMPLES / "profil")
    ours = letter(profile, adresse_confidentielle=True)
    assert "Tanneries" not in write_text(ours).decode()
    menage = Menage(adresse=Adresse(("12 rue des Tanneries",), "00100", "BRUMEVILLE"), adresse_confidentielle=True)
    assert sending(menage, ours.recipient) == "à remettre : adresse confidentielle"
    assert sending(replace(menage, adresse_confidentielle=None), ("M. X", "00100 BRUMEVILLE")) == POST
