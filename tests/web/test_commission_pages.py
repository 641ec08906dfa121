"""*Commission* and *Indicateurs*: a session from its creation to its papers, the housing-aid circuit, figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pex.dossier.facts import Bail, Dossier, Evenement, Territoire
from pex.tracker.keeping import keep_new
from pex.tracker.models import HousingAidCase, Recommendation, Session

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def rows(account):
    return keep_new(
        [
            Dossier(
                f"F-{number}", bail=Bail(signe_le=date(2021, 5, 1)), territoire=Territoire("71"),
                evenements=(Evenement("commandement_de_payer", date(2026, 9, 14)),),
            )
            for number in (1, 2)
        ],
        account.structure,
        opened_on=date(2026, 6, 3),
    )  # fmt: skip


@pytest.fixture
def session(client, rows):
    today = f"{timezone.localdate():%d/%m/%Y}"
    client.post(
        "/commission/seances/nouvelle/", {"kind": "centrale", "date": today, "hour": "9:30", "place": "Salle A"}
    )
    made = Session.objects.get()
    client.post(f"/commission/seances/{made.pk}/choisir/", {"dossier": [row.pk for row in rows], "ajouter": "1"})
    return made


def words(answer):
    return answer.content.decode()


def test_a_session_from_its_agenda_to_its_end(client, session):
    page = words(client.get(f"/commission/seances/{session.pk}/"))
    assert "Ordre du jour : 2 dossiers" in page
    first, second = session.items.all()
    client.post(f"/commission/dossiers/{second.pk}/ordre/", {"monter": "1"})
    assert session.items.first().pk == second.pk
    refused = client.post(f"/commission/dossiers/{first.pk}/", {"outcome": "avis", "opinion": ""})
    assert refused.status_code == 422
    assert "Écrivez le texte de l&#x27;avis" in words(refused)
    client.post(f"/commission/dossiers/{first.pk}/", {"outcome": "avis", "opinion": HOSTILE})
    client.post(f"/commission/dossiers/{second.pk}/", {"outcome": "sans_avis"})
    client.post(f"/commission/dossiers/{first.pk}/recommander/", {"to": "fsl", "text": HOSTILE, "due_on": "20/12/2030"})
    for address in (f"/commission/seances/{session.pk}/", f"/commission/dossiers/{first.pk}/", "/commission/"):
        assert HOSTILE not in words(client.get(address)), address
    made = Recommendation.objects.get()
    client.post(f"/commission/recommandations/{made.pk}/", {"state": "suivie", "on": "10/12/2026", "answer": "Oui."})
    client.post(f"/commission/seances/{session.pk}/clore/")
    session.refresh_from_db()
    assert session.closed_on == timezone.localdate()
    letters = client.post(f"/commission/seances/{session.pk}/lettres/")
    assert letters.headers["Location"].startswith("/courriers/lots/")


@pytest.mark.parametrize(
    ("paper", "start"),
    [
        ("ordre-du-jour.pdf", b"%PDF"), ("ordre-du-jour-sans-nom.docx", b"PK"), ("fiches.pdf", b"%PDF"),
        ("releve.docx", b"PK"),
    ],
)  # fmt: skip
def test_each_paper_of_a_session_is_a_file(client, session, paper, start):
    answer = client.post(f"/commission/seances/{session.pk}/papiers/", {"papier": paper})
    assert answer.content.startswith(start)
    assert "F-1" not in answer.headers["Content-Disposition"]


def test_a_paper_that_does_not_exist_is_not_found(client, session):
    for paper in ("ordre-du-jour.exe", "../../etc/passwd.pdf", ""):
        assert client.post(f"/commission/seances/{session.pk}/papiers/", {"papier": paper}).status_code == 404


def test_filters_narrow_what_is_proposed(client, session):
    page = client.post(f"/commission/seances/{session.pk}/choisir/", {"stages": ["expulsion"], "filtrer": "1"})
    assert "Aucun dossier ne répond" in words(page)
    wrong = client.post(f"/commission/seances/{session.pk}/choisir/", {"deadline_before": "31/02/2027"})
    assert wrong.status_code == 422


def test_the_housing_aid_circuit_asks_before_a_suspension(client, rows):
    today = timezone.localdate()
    told = f"{today:%d/%m/%Y}"
    missing = client.post("/commission/aides/nouvelle/", {"reference": "INCONNU", "payer": "caf", "on": told})
    assert "Aucun dossier" in words(missing)
    client.post("/commission/aides/nouvelle/", {"reference": "f-1", "payer": "caf", "on": told})
    case = HousingAidCase.objects.get()
    address = f"/commission/aides/{case.pk}/"
    assert "à faire maintenant" in words(client.get(address))
    decision = {"etape": "decision_aide_logement", "decision": "suspension", "reasons": HOSTILE, "on": told}
    asked = client.post(address, decision)
    assert asked.status_code == 422
    assert "À confirmer avant d&#x27;enregistrer" in words(asked) or "À confirmer avant d'enregistrer" in words(asked)
    until = f"{today + timedelta(days=15):%d/%m/%Y}"
    client.post(address, {"etape": "invitation_observations", "on": told, "answer_before": until})
    client.post(address, {"etape": "observations", "on": told, "text": "Je paie."})
    assert client.post(address, decision | {"sure": "on"}).status_code == 302
    page = words(client.get(address))
    assert "L&#x27;aide est suspendue" in page
    assert HOSTILE not in page
    assert client.post(address, {"etape": "n_importe_quoi"}).status_code == 404


def test_figures_and_their_report(client, rows):
    page = client.get("/indicateurs/")
    assert "Les étapes de la procédure" in words(page)
    assert "chiffre secret" in words(page)
    year = timezone.localdate().year
    assert client.get(f"/indicateurs/?annee={year}&mesure=assignation&par=bailleur").status_code == 200
    for address in ("?annee=1900", "?mesure=nom", "?par=adresse", "?annee=%00"):
        assert client.get(f"/indicateurs/{address}").status_code in (200, 404)
    assert client.get("/indicateurs/?par=adresse").status_code == 404
    assert client.post("/indicateurs/bilan/", {"annee": year, "format": "docx"}).content.startswith(b"PK")
