"""*Dossiers*: what one dossier shows and does; what a person may ask about their own data."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from web.conftest import TODAY

from pex.tracker.models import JournalEntry


def words(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("&#x27;", "'")


def day(count):
    return f"{TODAY + timedelta(days=count):%d/%m/%Y}"


@pytest.fixture
def at(dossier):
    return f"/dossiers/{dossier.pk}/"


def test_one_dossier_shows_where_it_stands_and_why(client, at):
    page = words(client.get(at))
    assert "INVENTÉE Zoé" in page
    assert "Rendez-vous avec le juge" in page
    assert "Pourquoi" in page
    assert "CPC, art. 641" in page
    assert "1 200,00 €" in page.replace("\u202f", " ")


def test_an_impossible_act_is_refused_and_said_at_its_field(client, at, dossier):
    answer = client.post(f"{at}evenements/", {"type": "signification_jugement", "date": day(5)})
    assert answer.status_code == 422
    assert "ne peut pas être dans le futur" in words(answer)
    assert dossier.events.count() == 2


def test_an_odd_date_is_asked_again_then_kept(client, at, dossier):
    typed = {"type": "jugement", "date": day(-30)}
    answer = client.post(f"{at}evenements/", typed)
    assert answer.status_code == 422
    assert "Oui, c'est exact" in words(answer)
    assert client.post(f"{at}evenements/", {**typed, "sure": "oui"}).status_code == 302
    assert dossier.events.count() == 3


def test_an_unknown_day_gives_no_deadline(client, at):
    answer = client.post(f"{at}evenements/", {"type": "jugement", "date": "?", "sure": "oui"})
    assert answer.status_code == 302, words(answer)[words(answer).find("errors") :][:600]
    page = words(client.get(at))
    assert "date inconnue" in page
    assert "Jugement" in page


def test_an_event_is_corrected_taken_out_and_put_back(client, at, dossier):
    event = dossier.events.get(type="assignation")
    shown = words(client.get(f"{at}evenements/{event.pk}/"))
    assert f'value="{event.date:%d/%m/%Y}"' in shown
    client.post(f"{at}evenements/{event.pk}/", {"type": "assignation", "date": day(-9)})
    assert dossier.events.filter(type="assignation", date=TODAY - timedelta(days=9)).exists()
    event = dossier.events.get(type="assignation")
    client.post(f"{at}evenements/{event.pk}/retirer/")
    assert not dossier.events.filter(type="assignation").exists()
    client.post(f"{at}annuler/")
    assert dossier.events.filter(type="assignation").exists()


def test_facts_are_changed_and_the_others_stay(client, at, dossier):
    page = client.get(f"{at}modifier/").content.decode()
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    typed |= dict(
        re.findall(r'<select name="(\w+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected', page, re.DOTALL)
    )
    assert (
        client.post(f"{at}modifier/", {**typed, "commune": "Valbrume", "dette_montant": "1 500,50"}).status_code == 302
    )
    dossier.refresh_from_db()
    assert (dossier.commune, dossier.postcode) == ("Valbrume", "00100")
    assert dossier.people.get().nom == "INVENTÉE"
    assert str(dossier.debts.last().amount) == "1500.50"
    assert dossier.events.count() == 2


def test_a_new_dossier_says_every_mistake_at_its_field(client):
    answer = client.post(
        "/dossiers/nouveau/", {"reference": "avec espace", "code_postal": "1000", "bail_signe_le": "31/02/2020"}
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "3 choses sont à corriger" in page
    assert "Écrivez 01000" in page


def test_a_reference_serves_once(client, at):
    answer = client.post("/dossiers/nouveau/", {"reference": "fictif-1"})
    assert answer.status_code == 422
    assert "déjà la référence d'un autre dossier" in words(answer)


def test_a_person_gets_a_copy_of_all_that_is_kept(client, at):
    answer = client.post(f"{at}droits/", {"quoi": "copie"})
    assert answer["Content-Disposition"] == 'attachment; filename="FICTIF-1_copie.zip"'
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.endswith(".json") for name in names)
    assert JournalEntry.objects.filter(action="droit_d_acces").exists()


def test_a_person_who_wants_no_letters_gets_none(client, at, dossier):
    client.post(f"{at}droits/", {"quoi": "opposition"})
    assert "ne veut pas de courriers" in words(client.get(at))
    assert "s'oppose à l'envoi" in words(client.get(f"{at}courriers/assignation/"))
    client.post(f"{at}droits/", {"quoi": "opposition"})
    assert "ne veut pas de courriers" not in words(client.get(at))


def test_a_dossier_is_kept_longer_with_its_reason(client, at, dossier):
    client.post(f"{at}droits/", {"quoi": "garder", "raison": "Procès en cours"})
    dossier.refresh_from_db()
    assert dossier.hold_reason == "Procès en cours"


def test_a_closed_dossier_leaves_the_list_and_comes_back(client, at, dossier):
    client.post(f"{at}clore/")
    assert "INVENTÉE" not in words(client.get("/dossiers/"))
    assert "INVENTÉE" in words(client.get("/dossiers/?etat=clos"))
    client.post(f"{at}clore/")
    assert "INVENTÉE" in words(client.get("/dossiers/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Écrivez au moins une date"),
        ({"e-jugement-forme": "refere"}, "Écrivez la date, ou « ? »"),
        ({"e-assignation": "12/31/2026"}, "12/31/2026"),
        ({"e-assignation": "03/12/26"}, "deux chiffres"),
        ({"e-assignation": "01/10/2026", "departement": "999"}, "n'est pas un département"),
    ],
)
def test_the_desk_says_what_is_wrong(client, typed, said):
    answer = client.post("/calcul/", typed)
    assert answer.status_code == 422
    assert said in words(answer)


def test_the_desk_keeps_nothing(client):
    from pex.tracker.models import Dossier

    before = JournalEntry.objects.count()
    client.post("/calcul/", {"e-commandement_de_payer": day(-10), "bail": "01/05/2021"})
    client.post("/calcul/document/", {"e-commandement_de_payer": day(-10), "document": "frise.pdf"})
    assert not Dossier.objects.exists()
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "inconnu.pdf", "frise.exe", "assignation.pdf"])
def test_the_desk_gives_only_what_fits(client, name):
    answer = client.post("/calcul/document/", {"e-commandement_de_payer": day(-10), "document": name})
    assert answer.status_code == 422


def test_what_was_understood_is_kept_as_a_note(client, at, dossier):
    client.post(f"{at}frise/compris/", {"compris": ["0", "99", "x"], "remarque": "Revoir la date"})
    text = dossier.notes.get().text
    assert "Où j'en suis : Rendez-vous avec le juge" in text
    assert "Revoir la date" in text


def test_every_paper_of_the_interview_is_drawn(client, at):
    from pex.web.paper import SHEETS

    for sheet in SHEETS:
        answer = client.get(f"{at}frise/imprimer/{sheet}.pdf")
        assert answer.content.startswith(b"%PDF"), sheet
        assert answer["Content-Disposition"] == f'inline; filename="FICTIF-1_frise_{sheet}.pdf"'
    assert client.get(f"{at}frise/imprimer/a0.pdf").status_code == 404


def test_the_timeline_with_few_words_says_less_and_the_same(client, at):
    whole, few = words(client.get(f"{at}frise/")), words(client.get(f"{at}frise/?mots=peu"))
    assert "Rendez-vous avec le juge" in few
    assert len(few) < len(whole)
