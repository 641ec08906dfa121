"""The envelope: six lines of thirty-eight characters, the address in the window and nothing else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from catalogue import complete_dossier
from test_letters import SITUATIONS

from pex.dossier.facts import Adresse, Menage, Personne
from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter, letters_for
from pex.letters.blocks import Letter
from pex.letters.postal import POST, address_problems, sending
from pex.outputs import write_letter
from pex.outputs.txt import write_letter as write_text
from pex.profile import Enveloppe, Profile, read_profile
from pex.profile.envelopes import Ouverture, Zone
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
MILLIMETRE = 72 / 25.4
ENVELOPES = {
    "DL ou C5/6": Enveloppe(),
    "DL": Enveloppe(("DL",)),
    "C5/6": Enveloppe(("C5/6",)),
    "DL, fenêtre à gauche": Enveloppe(("DL",), "gauche"),
    "C5, fenêtre mesurée": Enveloppe(("C5",), "droite", Ouverture(100, 45, 20, 62)),
    "C4, fenêtre mesurée": Enveloppe(("C4",), "droite", Ouverture(100, 50, 20, 215)),
}
LONGEST = Adresse(("R" * 38,) * 3, "00100", "SAINT SYMPHORIEN DES BRUMES CEDEX")
FOUR = tuple(Personne("Mme", "DURAND-LEFEBVRE", name) for name in ("Aïcha", "Karine"))


def letter(profile: Profile, **changes: object) -> Letter:
    dossier = complete_dossier(*SITUATIONS["assignation"])
    dossier = replace(dossier, menage=replace(dossier.menage, **changes))
    timeline = build_timeline(dossier, read_law(), TODAY)
    return compose_letter(letters_for(timeline)[0], timeline, profile)


Seen = tuple[str, float, float, float, float]


def words_of(pdf: bytes, folder: Path) -> list[Seen]:
    """Words of the first page with their corners, in millimetres."""
    file = folder / "lettre.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-bbox", "-l", "1", file, "-"], capture_output=True, text=True, check=True)
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [(word, *(float(c) / MILLIMETRE for c in corners)) for *corners, word in re.findall(pattern, found.stdout)]


def folded(name: str, enveloppe: Enveloppe) -> Iterator[Zone]:
    """The window on the page at the ends of the play of the folded sheet: laid down from the envelope's own measures.

    Another computation than the package's: the window stays, the sheet moves under it.
    """
    width, height, folds = {"DL": (220, 110, 3), "C5/6": (229, 114, 3), "C5": (229, 162, 2), "C4": (229, 324, 1)}[name]
    opening = enveloppe.ouverture or Ouverture(100, 45, 20, 20)
    panel = 297 / folds
    from_left = opening.bord if enveloppe.cote == "gauche" else width - opening.bord - opening.largeur
    from_top = height - opening.bas - opening.hauteur
    for sheet_left, sheet_top in product((0, width - 210), (0, height - panel)):
        left, top = from_left - sheet_left, from_top - sheet_top
        yield Zone(left, top, left + opening.largeur, min(panel, top + opening.hauteur))


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("name", ENVELOPES)
def test_whichever_way_the_sheet_slides_the_window_shows_the_address_and_nothing_else(
    name: str, tmp_path: Path
) -> None:
    enveloppe = ENVELOPES[name]
    profile = replace(read_profile(EXAMPLES / "profil"), fenetre=enveloppe.window)
    longest = letter(profile, personnes=FOUR, adresse=LONGEST)
    for ours in (letter(profile), longest):
        words = words_of(write_letter(ours, profile, "pdf"), tmp_path)
        for form in enveloppe.formats:
            for zone in folded(form, enveloppe):
                shown = [
                    w
                    for w, x, y, right, foot in words
                    if x < zone.droite and right > zone.gauche and y < zone.bas and foot > zone.haut
                ]
                whole = [
                    w
                    for w, x, y, right, foot in words
                    if x >= zone.gauche and right <= zone.droite and y >= zone.haut and foot <= zone.bas
                ]
                assert shown == whole == " ".join(ours.recipient).split()


def test_six_lines_of_thirty_eight_characters_stay_large_enough_for_the_post(tmp_path: Path) -> None:
    """La Poste reads from 9 to 12 points."""
    import pymupdf

    for enveloppe in ENVELOPES.values():
        profile = replace(read_profile(EXAMPLES / "profil"), fenetre=enveloppe.window)
        ours = letter(profile, personnes=FOUR, adresse=LONGEST)
        assert len(ours.recipient) == 6
        with pymupdf.open(stream=write_letter(ours, profile, "pdf")) as document:
            blocks = document[0].get_text("dict")["blocks"]
        sizes = [
            span["size"]
            for block in blocks
            for line in block.get("lines", ())
            for span in line["spans"]
            if "RRRRR" in span["text"]
        ]
        assert min(sizes) >= 9


def test_a_window_in_which_no_address_would_fit_is_refused() -> None:
    with pytest.raises(PexError, match="ne tient pas dans la fenêtre"):
        _ = Enveloppe(("C5/6",), "droite", Ouverture(60, 25, 20, 20)).window
    with pytest.raises(PexError, match="mesurez la fenêtre de votre enveloppe C4"):
        _ = Enveloppe(("C4",)).window


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
