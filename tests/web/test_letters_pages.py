"""*Courriers*: one letter, a batch, what leaves and what comes back."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from pex.dossier.facts import Adresse, Bail, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.folders import EXAMPLES
from pex.tracker import batches
from pex.tracker.assess import refresh
from pex.tracker.keeping import keep_new
from pex.tracker.models import Batch, SentLetter, Task
from pex.tracker.office import set_profile

HOSTILE = "<b>O'Brien</b> {{7*7}} &"


@pytest.fixture
def rows(account):
    set_profile(account.structure, EXAMPLES / "profil")
    made = keep_new(
        [
            Dossier(
                f"F-{number}",
                menage=Menage(
                    (Personne("Mme", name, "Aïcha"),), adresse=Adresse(("1 rue Fictive",), "00100", "BRUMEVILLE")
                ),
                bail=Bail(signe_le=date(2021, 5, 1)),
                bailleur=Bailleur("Habitat de démonstration", "bailleur_social"),
                territoire=Territoire("71"),
                evenements=(
                    Evenement("commandement_de_payer", date(2026, 3, 2)),
                    Evenement("assignation", date(2026, 6, 2)),
                ),
            )
            for number, name in enumerate(("FICTIF", HOSTILE, "INVENTÉ"), 1)
        ],
        account.structure,
        opened_on=date(2026, 6, 3),
    )
    for row in made:
        refresh(row, timezone.localdate())
    return made


def words(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_a_letter_is_read_checked_changed_and_kept_as_it_leaves(client, rows):
    address = f"/dossiers/{rows[0].pk}/courriers/assignation/"
    page = client.get(address)
    assert page.status_code == 200
    assert "Langage clair" in words(page)
    today = f"{timezone.localdate():%d/%m/%Y}"
    given = {"dated": today, "register": "standard", "channel": "courrier"}
    changed = given | {"bloc-pourquoi": "Nonobstant vos dires, il vous appartient de venir.", "verifier": "1"}
    checked = words(client.post(address, changed))
    assert "à corriger" in checked
    assert "Nonobstant" in checked
    frame = client.post(f"{address}apercu.html", changed)
    assert "Nonobstant" in words(frame)
    kept = client.post(address, given | {"bloc-pourquoi": "Un juge veut vous écouter.", "garder": "1"})
    letter = SentLetter.objects.get()
    assert kept.headers["Location"] == f"/courriers/{letter.pk}/"
    assert letter.changed
    assert client.get(f"/courriers/{letter.pk}/fichier/").content.startswith(b"%PDF")


def test_a_letter_that_left_is_not_sent_again_without_a_question(client, rows):
    address = f"/dossiers/{rows[0].pk}/courriers/assignation/"
    given = {"dated": "26/11/2026", "register": "standard", "channel": "courrier", "garder": "1"}
    client.post(address, given)
    letter = SentLetter.objects.get()
    client.post(f"/courriers/{letter.pk}/envoye/", {"on": "26/11/2026"})
    asked = client.post(address, given)
    assert asked.status_code == 422
    assert "Déjà envoyé le 26 novembre 2026" in words(asked)
    assert SentLetter.objects.count() == 1
    client.post(address, given | {"encore": "1"})
    assert SentLetter.objects.count() == 2


def test_a_returned_letter_makes_a_task(client, rows):
    client.post(
        f"/dossiers/{rows[0].pk}/courriers/assignation/",
        {"dated": "26/11/2026", "register": "standard", "channel": "courrier", "garder": "1"},
    )
    letter = SentLetter.objects.get()
    client.post(f"/courriers/{letter.pk}/envoye/", {"on": "26/11/2026"})
    client.post(f"/courriers/{letter.pk}/revenu/", {"on": "28/11/2026", "why": "Pli refusé"})
    assert Task.objects.get(letter=letter).dossier == rows[0]
    assert "revenu le 28 novembre 2026" in words(client.get("/courriers/"))


def test_a_letter_with_a_fact_missing_says_what_to_ask(client, account):
    (row,) = keep_new([Dossier("VIDE")], account.structure, opened_on=date(2026, 6, 3))
    page = client.get(f"/dossiers/{row.pk}/courriers/avis_menage/")
    assert "Il manque quelque chose" in words(page)
    assert "Compléter le dossier" in words(page)


def test_a_batch_from_a_selection_to_the_post(client, rows):
    asked = {
        "etape": "assignation", "q": "", "echeance": "", "commune": "", "bailleur": "", "partenaire": "", "etat": "",
        "ordre": "", "template": "", "register": "standard", "channel": "courrier", "dated": "26/11/2026",
    }  # fmt: skip
    counted = client.post("/courriers/lots/nouveau/", asked | {"compter": "1"})
    assert "3 dossiers choisis" in words(counted)
    assert not Batch.objects.exists()
    made = client.post("/courriers/lots/nouveau/", asked | {"preparer": "1"})
    batch = Batch.objects.get()
    assert made.headers["Location"] == f"/courriers/lots/{batch.pk}/"
    assert 'http-equiv="refresh"' in words(client.get(f"/courriers/lots/{batch.pk}/"))
    assert batches.work_once()
    page = words(client.get(f"/courriers/lots/{batch.pk}/"))
    assert "3 courriers faits sur 3" in page
    assert 'http-equiv="refresh"' not in page
    assert "&lt;b&gt;O" in page
    assert "<b>O" not in page
    papers = f"/courriers/lots/{batch.pk}/papiers/"
    assert client.post(papers, {"papier": "courriers"}).content.startswith(b"%PDF")
    slip = client.post(papers, {"papier": "bordereau"}).content.decode("utf-8-sig")
    assert "F-1" in slip
    assert "FICTIF" not in slip
    client.post(f"/courriers/lots/{batch.pk}/envoye/", {"on": "27/11/2026"})
    assert SentLetter.objects.filter(sent_on=date(2026, 11, 27)).count() == 3


def test_another_office_finds_none_of_it(client, rows):
    from django.test import Client

    from pex.tracker.models import Account, Structure

    client.post(
        f"/dossiers/{rows[0].pk}/courriers/assignation/",
        {"dated": "26/11/2026", "register": "standard", "channel": "courrier", "garder": "1"},
    )
    letter = SentLetter.objects.get()
    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    stranger = Client(HTTP_HOST="127.0.0.1:8000")
    stranger.force_login(other, backend="pex.web.opening.HolderOfTheOpening")
    for address in (
        f"/courriers/{letter.pk}/", f"/courriers/{letter.pk}/fichier/",
        f"/dossiers/{rows[0].pk}/courriers/assignation/", f"/dossiers/{rows[0].pk}/courriers/assignation/apercu.pdf",
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
