"""*Importer un tableau*: a secretary's list, seen row by row before anything is written, then taken back."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pex.folders import EXAMPLES
from pex.tracker.models import Dossier, Import

TABLE = """reference;civilite;nom;prenom;adresse_1;code_postal;commune;bail_signe_le;commandement_de_payer
F-1;Mme;FICTIF;Aïcha;1 rue Fictive;00100;Brumeville;01/05/2021;14/09/2026
F-2;M.;EXEMPLE;Karim;2 rue Fictive;00100;Brumeville;31/02/2021;14/09/2026
F-3;M.;<b>INVENTÉ</b>;Noël;3 rue Fictive;00100;Brumeville;01/05/2024;15/09/2026
"""


def words(answer):
    return answer.content.decode()


def send(client, content, name="menages.csv"):
    data = content if isinstance(content, bytes) else content.encode("cp1252")
    return client.post(reverse("import"), {"fichier": SimpleUploadedFile(name, data)})


@pytest.fixture
def shown(client):
    """The address of the preview of TABLE."""
    return send(client, TABLE).headers["Location"]


def test_nothing_is_written_before_it_was_seen(client, shown):
    page = words(client.get(shown))
    assert not Dossier.objects.exists()
    assert "31/02/2021" in page
    assert "bail_signe_le" in page
    assert "F-3" in page
    assert "<b>INVENT" not in page
    done = client.post(shown, {"confirmer": "1"}, follow=True)
    assert "2 dossiers ajoutés" in words(done)
    assert set(Dossier.objects.values_list("reference", flat=True)) == {"F-1", "F-3"}


def test_the_same_file_twice_changes_nothing(client, shown):
    client.post(shown, {"confirmer": "1"})
    again = send(client, TABLE).headers["Location"]
    assert "déjà été importé" in words(client.get(again))
    client.post(again, {"confirmer": "1"})
    assert Dossier.objects.count() == 2


def test_an_import_is_taken_back(client, shown):
    client.post(shown, {"confirmer": "1"})
    made = Import.objects.get()
    done = client.post(reverse("import_undo", args=[made.pk]), follow=True)
    assert "2 dossier(s) retiré(s)" in words(done)
    assert not Dossier.objects.exists()


def test_a_household_that_looks_like_another_waits_for_a_choice(client, shown):
    client.post(shown, {"confirmer": "1"})
    other = TABLE.replace("F-1;", "AUTRE-1;").splitlines()
    again = send(client, "\n".join(other[:2]) + "\n").headers["Location"]
    page = words(client.get(again))
    assert "Est-ce le même ménage" in page
    refused = client.post(again, {"confirmer": "1"})
    assert refused.status_code == 422
    assert Dossier.objects.count() == 2
    known = Dossier.objects.get(reference="F-1")
    client.post(again, {"confirmer": "1", "choix-AUTRE-1": f"fusionner:{known.pk}"})
    assert Dossier.objects.count() == 2


def test_own_headings_are_said_once_and_remembered(client):
    table = TABLE.replace("reference;", "N° du dossier;").replace("nom;prenom", "Famille;Petit nom")
    shown = send(client, table).headers["Location"]
    page = words(client.get(shown))
    assert "N° du dossier" in page
    wanted = (
        "reference", "civilite", "nom", "prenom", "adresse_1", "code_postal", "commune", "bail_signe_le",
        "commandement_de_payer",
    )  # fmt: skip
    client.post(shown, {"colonnes": "1", **{f"colonne-{place}": name for place, name in enumerate(wanted)}})
    again = send(client, table).headers["Location"]
    assert "F-1" in words(client.get(again))
    client.post(again, {"confirmer": "1"})
    assert Dossier.objects.filter(reference="F-1").exists()


def test_an_offices_workbook_is_read_with_its_faulty_rows(client):
    shown = send(client, (EXAMPLES / "tableau-bureau.xlsx").read_bytes(), "tableau.xlsx").headers["Location"]
    page = words(client.get(shown))
    assert "Vos colonnes" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("photo.png", b"\x89PNG"), ("vide.csv", b""), ("../../etc/passwd", b"x"), ("CON.xlsx", b"PK\x03\x04")],
)
def test_a_file_of_another_kind_gets_a_sentence(client, name, content):
    answer = send(client, content, name)
    if answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    assert answer.status_code == 422
    assert "Traceback" not in words(answer)


def test_a_file_given_up_is_gone(client, shown):
    client.post(shown, {"abandonner": "1"})
    assert client.get(shown).status_code == 422
    assert client.get("/dossiers/importer/../../etc/").status_code == 404
