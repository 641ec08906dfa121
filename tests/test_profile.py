"""The profile of a département: partners by commune, envelopes, paper, stamp; each slip is told with what to write."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from catalogue import complete_dossier, complete_letter
from click.testing import CliRunner, Result
from test_letters import SITUATIONS

from pex.cli import main
from pex.dossier.facts import Adresse
from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter
from pex.outputs import write_letter
from pex.outputs.txt import write_letter as write_text
from pex.profile import Profile, Secteur, read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
STAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><circle cx="40" cy="40" r="36" fill="none" stroke="#000" stroke-width="4"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "profil", tmp_path / "profil"))


def with_lines(folder: Path, *lines: str) -> Path:
    """The example profile with these lines in place of its paper, envelope and partners."""
    text = (folder / "profil.yaml").read_text(encoding="utf-8").split("papier:")[0]
    (folder / "profil.yaml").write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def letter_at(commune: str, letter_id: str, profile: Profile) -> str:
    dossier = complete_dossier(*SITUATIONS["commandement_de_payer"])
    dossier = replace(dossier, menage=replace(dossier.menage, adresse=Adresse(("1 rue Haute",), "00110", commune)))
    timeline = build_timeline(dossier, read_law(), TODAY)
    return write_text(compose_letter(letter_id, timeline, profile)).decode().replace("\u00a0", " ")


@pytest.mark.parametrize("typed", ["BRUME-LE-HAUT", "Brume le Haut", "brume-le-haut"])
def test_a_household_is_told_of_the_partners_of_its_commune(typed: str) -> None:
    words = letter_at(typed, "commandement_de_payer", read_profile(EXAMPLES / "profil"))
    assert "Maison des solidarités des Hautes-Brumes, 03 53 01 00 21" in words
    assert "Service social de la mairie, 03 53 01 00 71 : une aide pour vos papiers." in words
    assert "Maison des solidarités de Brumeville" not in words


def test_elsewhere_the_services_of_the_departement_are_told() -> None:
    words = letter_at("BRUMEVILLE", "commandement_de_payer", read_profile(EXAMPLES / "profil"))
    assert "Maison des solidarités de Brumeville, 03 53 01 00 20" in words
    assert "Service social de la mairie" not in words


def test_a_letter_to_a_service_goes_to_that_of_the_commune() -> None:
    profile = read_profile(EXAMPLES / "profil")
    assert "Hautes-Brumes" in letter_at("BRUME-LE-HAUT", "accuse_reception_travailleur_social", profile)


@pytest.mark.parametrize(
    ("commune", "adresse", "found"),
    [
        ("Saint-Étienne", Adresse((), "42000", "ST ETIENNE"), True),
        ("Saint-Étienne", Adresse((), "42000", "Saint-Etienne-le-Molard"), False),
        ("Mâcon", Adresse((), "71000", None), False),
    ],
)
def test_a_commune_is_known_however_it_is_typed(commune: str, adresse: Adresse, found: bool) -> None:
    assert Secteur("S", (commune,)).holds(adresse) is found
    assert Secteur("S", (), ("42000",)).holds(adresse) is (adresse.code_postal == "42000")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['papier: {format: A5}'], "les courriers sont faits pour le A4"),
        (['papier: {recto_verso: peut-être}'], "écrivez true ou false"),
        (['enveloppe: {format: DLX}'], "« DLX » n'existe pas. Choix : DL, C5/6, C5, C4"),
        (['enveloppe: {format: C4}'], "mesurez la fenêtre de votre enveloppe C4"),
        (['enveloppe: {format: DL, fenetre: milieu}'], "Choix : droite, gauche"),
        (['enveloppe: {format: DL, fenetre_mesuree: {largeur: 100}}'], "il manque hauteur, bord, bas"),
        (['enveloppe: {format: DL}', 'fenetre: {gauche: 110}'], "« enveloppe » ou « fenetre », pas les deux"),
        (['partenaires: [{communes: [X]}]'], "n° 1 » : il manque « secteur »"),
        (['partenaires: [{secteur: Nord}]'], "dites « communes » ou « codes_postaux »"),
        (['partenaires: [{secteur: Nord, codes_postaux: [71000]}]'], "cinq chiffres, entre guillemets"),
        (['partenaires: [{secteur: Nord, communes: [X], services: {ccas: {telephone: "1"}}}]'], "il manque le nom"),
        (['recours_aide_logement: autre'], "Choix : gracieux_ou_tribunal, recours_prealable, decision_jointe"),
    ],
)  # fmt: skip
def test_a_slip_in_the_profile_is_told_with_what_to_write(folder: Path, lines: list[str], told: str) -> None:
    with pytest.raises(PexError, match="profil") as refused:
        read_profile(with_lines(folder, *lines))
    assert told in str(refused.value)


def test_the_stamp_stands_beside_the_signature_in_every_format(folder: Path) -> None:
    (folder / "tampon.svg").write_text(STAMP, encoding="utf-8")
    profile = read_profile(folder)
    letter = complete_letter("alerte_caf", profile)
    assert b"data:image/svg+xml" in write_letter(letter, profile, "html").split(b'class="stamp"')[1]
    word = zipfile.ZipFile(io.BytesIO(write_letter(letter, profile, "docx")))
    assert 'descr="Tampon, Préfecture du Val-de-Brume"' in word.read("word/document.xml").decode()
    plain = replace(profile, folder=None)
    assert len(write_letter(letter, profile, "pdf")) > len(write_letter(letter, plain, "pdf"))


def test_a_letter_that_the_household_signs_bears_no_stamp(folder: Path) -> None:
    (folder / "tampon.svg").write_text(STAMP, encoding="utf-8")
    profile = read_profile(folder)
    assert b'stamp" src' not in write_letter(complete_letter("delais_jex", profile), profile, "html")


@pytest.mark.parametrize(
    ("choice", "said", "not_said"),
    [
        ("gracieux_ou_tribunal", "C'est le recours gracieux", "recours préalable"),
        ("recours_prealable", "recours préalable", "recours gracieux"),
        ("decision_jointe", "La décision jointe dit à qui écrire", "recours gracieux"),
    ],
)
def test_the_means_of_appeal_are_those_that_the_office_chose(choice: str, said: str, not_said: str) -> None:
    profile = replace(read_profile(EXAMPLES / "profil"), recours_aide_logement=choice)
    words = " ".join(write_text(complete_letter("aide_logement_suspension_menage", profile)).decode().split())
    assert said.lower() in words.lower() and not_said not in words


def test_a_secretary_changes_a_sentence_and_sees_at_once_what_she_broke(folder: Path) -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["profil", str(folder), *arguments])

    assert "Copié" in run("--copier", "alerte_caf").stdout
    own = folder / "courriers" / "alerte_caf.md"
    national = own.read_text(encoding="utf-8")
    assert run().exit_code == 0
    own.write_text(national.replace("Plus vous appelez tôt, plus c'est simple.", "Appelez vite."), encoding="utf-8")
    changed = run()
    assert changed.exit_code == 0 and "+" in changed.stdout and "Appelez vite." in changed.stdout
    own.write_text(national.replace("{{ nous.telephone }}", "{{ nous.telefone"), encoding="utf-8")
    broken = run()
    assert broken.exit_code == 1 and "alerte_caf.md" in broken.stdout
    own.write_text(
        national.replace("Plus vous appelez tôt, plus c'est simple.", "Veuillez agréer nos salutations."),
        encoding="utf-8",
    )
    assert "Bloquant" in run().stdout
    assert run("--copier", "alerte_caf").exit_code == 1
