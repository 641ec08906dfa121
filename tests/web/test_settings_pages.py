"""*Réglages*: what an office decides, and what it cannot do by accident."""

from __future__ import annotations

import shutil

import pytest
from django.utils import timezone

from pex.folders import EXAMPLES
from pex.letters.templates import read_template
from pex.plain_language.own_texts import national_text
from pex.tracker import backup, office, restoring, retention
from pex.tracker.models import JournalEntry, Partner, Referral


@pytest.fixture
def folder(account, tmp_path):
    """The office's own copy of the profile."""
    copy = shutil.copytree(EXAMPLES / "profil", tmp_path / "profil")
    office.set_profile(account.structure, copy)
    return copy


def words(answer):
    return answer.content.decode()


def change(client, name, **given):
    return client.post(f"/reglages/changer/{name}/", given, follow=True)


# --- The profile and the office's own wordings ---


def test_a_profile_that_cannot_be_read_is_refused_and_the_old_one_stays(client, folder, account, tmp_path):
    answer = change(client, "profil", folder=str(tmp_path / "ailleurs"))
    assert "ne contient pas de fichier profil.yaml" in words(answer).replace("&#x27;", "'")
    assert office.profile_of(account.structure).folder == folder


def test_a_sentence_is_changed_seen_beside_the_national_one_and_given_back(client, folder):
    address, national = "/reglages/textes/assignation/", national_text("assignation")
    ours = national.replace("**Vous n'avez pas à partir maintenant.**", "**Vous restez chez vous pour l'instant.**")
    assert ours != national
    shown = words(client.post(address, {"texte": ours, "verifier": "1"}))
    assert "<ins>**Vous restez chez vous" in shown
    assert not (folder / "courriers" / "assignation.md").exists()
    client.post(address, {"texte": ours, "garder": "1"})
    own = folder / "courriers"
    assert (own / "assignation.md").read_text(encoding="utf-8") == ours
    assert "votre texte" in words(client.get("/reglages/textes/"))
    client.post(address, {"national": "1"})
    assert not (own / "assignation.md").exists()


def test_a_wording_kept_serves_at_once(folder):
    own = folder / "courriers"
    own.mkdir(exist_ok=True)
    path = own / "assignation.md"
    path.write_text(national_text("assignation").replace("objet: votre rendez-vous", "objet: votre visite"), "utf-8")
    assert read_template("assignation", own=own).subject == "votre visite"
    path.unlink()
    assert read_template("assignation", own=own).subject == "votre rendez-vous"


def test_bureaucratic_words_are_seen_at_once(client, folder):
    ours = national_text("assignation").replace("Seul le juge peut décider.", "Nonobstant ce qui précède, venez.")
    shown = words(client.post("/reglages/textes/assignation/", {"texte": ours, "verifier": "1"}))
    assert "à corriger" in shown


@pytest.mark.parametrize("slip", ["{{ audience.date", "{% if audience %}", "{{ inconnu.du.bataillon }}"])
def test_a_slip_in_a_blank_is_told_and_nothing_is_kept(client, folder, slip):
    ours = national_text("assignation").replace("Seul le juge peut décider.", slip)
    answer = client.post("/reglages/textes/assignation/", {"texte": ours, "garder": "1"})
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        # A blank that does not exist is only known once a letter is written: it is then refused.
        assert "inconnu" in slip
    else:
        assert not (folder / "courriers" / "assignation.md").exists()


def test_a_letter_that_does_not_exist_has_no_page(client):
    assert client.get("/reglages/textes/rien/").status_code == 404


# --- Partners ---


def test_a_service_is_added_corrected_and_proposed_near_its_communes(client, dossier):
    wrong = client.post("/reglages/partenaires/nouveau/", {"name": "CCAS", "help": "ccas", "phone": "12"})
    assert wrong.status_code == 422
    given = {"name": "CCAS <b>inventé</b>", "help": "ccas", "phone": "03 53 01 00 99", "communes": "Brumeville\n"}
    client.post("/reglages/partenaires/nouveau/", given | {"active": "on"})
    partner = Partner.objects.get()
    assert partner.communes == ["Brumeville"]
    assert "<b>invent" not in words(client.get("/reglages/partenaires/"))
    page = words(client.get(f"/dossiers/{dossier.pk}/confier/"))
    assert "CCAS &lt;b&gt;" in page
    today = f"{timezone.localdate():%d/%m/%Y}"
    client.post(
        f"/dossiers/{dossier.pk}/confier/", {"partner": partner.pk, "since": today, "expected": "Un rendez-vous"}
    )
    again = client.post(f"/dossiers/{dossier.pk}/confier/", {"partner": partner.pk, "since": today})
    assert "déjà confié" in words(again)
    made = Referral.objects.get()
    client.post(f"/dossiers/{dossier.pk}/confier/{made.pk}/", {"on": today, "answer": "Vu.", "ended": "on"})
    made.refresh_from_db()
    assert (made.answer, made.ended_on) == ("Vu.", timezone.localdate())


# --- What is kept, and what goes ---


def test_terms_out_of_bounds_are_refused(client, account):
    answer = change(client, "durees", dossiers="100", notes="24", courriers="24", journal="12")
    assert answer.status_code == 422
    assert retention.terms(account.structure)["dossiers"] == retention.DEFAULTS["dossiers"]
    change(client, "durees", dossiers="12", notes="24", courriers="24", journal="12")
    assert retention.terms(account.structure)["dossiers"] == 12


def test_nothing_is_purged_without_a_tick(client, account):
    answer = change(client, "purger")
    assert "Cochez" in words(answer)
    assert not JournalEntry.objects.filter(action="purge").exists()


def test_the_journal_is_verified(client, account):
    assert "Journal intact" in words(change(client, "journal"))


def test_a_backup_that_is_not_there_is_not_asked_for(client, account):
    assert "plus là" in words(change(client, "restaurer", sauvegarde="../../etc/passwd"))
    assert restoring.asked() == ""


def test_a_backup_is_made_asked_for_and_given_up(client, account, monkeypatch):
    made = backup.Backup(backup.folder() / "sauvegarde-1.sqlite3", "2026-11-26T10:00", "0.1.0", 3)
    monkeypatch.setattr(backup, "backups", lambda: [made])
    monkeypatch.setattr(backup, "check", lambda path: made)
    assert "au démarrage" in words(change(client, "restaurer", sauvegarde="sauvegarde-1.sqlite3"))
    assert restoring.asked() == "sauvegarde-1.sqlite3"
    assert "Au prochain démarrage" in words(client.get("/reglages/"))
    change(client, "restaurer", renoncer="1")
    assert restoring.asked() == ""


def test_what_leaves_pex_is_a_file_and_a_line_in_the_journal(client, dossier):
    for what, start in (
        ("dossiers.xlsx", b"PK"), ("dossiers.csv", b"\xef\xbb\xbf"), ("dictionnaire.csv", b"\xef\xbb\xbf"),
        ("calendrier.ics", b"BEGIN:VCALENDAR"),
    ):  # fmt: skip
        answer = client.post("/reglages/sortir/", {"quoi": what, "pourquoi": "bilan"})
        assert answer.content.startswith(start), what
    assert JournalEntry.objects.filter(action__icontains="export").exists()
    assert client.post("/reglages/sortir/", {"quoi": "tout.exe"}).status_code == 404


def test_the_threshold_of_figures_is_bounded(client, account):
    assert change(client, "chiffres", threshold="2").status_code == 422
    change(client, "chiffres", threshold="20")
    assert "moins de 20 dossiers" in words(client.get("/indicateurs/"))
