"""What is past its term goes for good, leaves figures without persons, and no old backup brings it back."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from pex.dossier.facts import Adresse, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.errors import PexError
from pex.tracker import editing, mailing, retention
from pex.tracker.keeping import keep_new
from pex.tracker.models import Dossier as Row
from pex.tracker.models import (
    JournalEntry,
    Landlord,
    Note,
    PastDossier,
    PurgeCertificate,
    SearchVariant,
    SearchWord,
    SentLetter,
    Tombstone,
)
from pex.tracker.moment import this_moment

CLOSED = date(2024, 11, 25)
TODAY = date(2026, 11, 26)


def facts(reference="A-1"):
    return Dossier(
        reference,
        menage=Menage(
            (Personne("Mme", "DISPARUE", "Zoé"),), 2, adresse=Adresse(("12 rue Effacée",), "00100", "BRUMEVILLE")
        ),
        bailleur=Bailleur("M. Bailleur-Oublié", "personne_physique"),
        territoire=Territoire("00"),
        evenements=(Evenement("commandement_de_payer", date(2024, 3, 14)), Evenement("relogement", date(2024, 10, 2))),
    )


@pytest.fixture
def row(account, tmp_path, settings_folder):
    (made,) = keep_new([facts()], account.structure, opened_on=date(2024, 3, 20))
    editing.close(account, made, CLOSED)
    return Row.objects.get(pk=made.pk)


@pytest.fixture
def settings_folder(tmp_path, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)


def purge(account, today=TODAY):
    return retention.purge(account, today, sure_of_the_day=True)


def test_the_term_runs_from_the_closing_or_the_last_contact(account, row):
    day = CLOSED + timedelta(days=730)
    assert [item.due_on for item in retention.due(account, TODAY).dossiers] == [date(2026, 11, 25)] == [day]
    assert not retention.due(account, date(2026, 11, 25)).dossiers
    assert [item.reference for item in retention.due(account, date(2026, 11, 25)).soon] == ["A-1"]
    editing.add_note(account, row, "Rappelé.", date(2025, 1, 10), kind="contact")
    assert not retention.due(account, TODAY).dossiers
    assert retention.due(account, date(2027, 1, 11)).dossiers


def test_an_open_dossier_is_never_due(account, row):
    editing.close(account, row, None)
    assert retention.due(account, date(2099, 1, 1)).dossiers == ()


def test_a_preview_changes_nothing_and_a_purge_takes_everything(account, row):
    retention.due(account, TODAY)
    assert Row.objects.exists() and not PurgeCertificate.objects.exists()
    mailing.keep(account, mailing.compose(Row.objects.with_facts().get(), "plan_apurement_bailleur", TODAY))
    certificate = purge(account)
    for model in (Row, SentLetter, SearchWord, SearchVariant, Landlord, Note):
        assert not model.objects.exists(), model
    assert certificate.counts["dossiers"] == 1 and certificate.counts["personnes"] == 1
    assert "DISPARUE" not in retention.certificate_text(certificate) and "A-1" not in retention.certificate_text(
        certificate
    )
    assert JournalEntry.objects.filter(hash=certificate.journal_hash, action="purge", count=1).exists()


def test_what_is_left_is_a_line_without_person_commune_or_day(account, row):
    purge(account)
    past = PastDossier.objects.get()
    assert past.months == {"commandement_de_payer": "2024-03", "relogement": "2024-10"}
    assert (past.departement, past.opened_month, past.closed_month) == ("00", "2024-03", "2024-11")
    assert past.with_children is True and past.landlord_type == "personne_physique"
    text = repr(list(PastDossier.objects.values()))
    assert not [
        word for word in ("DISPARUE", "Effacée", "BRUMEVILLE", "A-1", "Oublié", "datetime.date") if word in text
    ]


def test_a_dossier_kept_for_a_reason_stays_and_is_counted(account, row):
    retention.hold(account, row, "contentieux en cours")
    due = retention.due(account, TODAY)
    assert (due.dossiers, due.held) == ((), 1)
    purge(account)
    assert Row.objects.exists() and [item.pk for item in retention.held(account)] == [row.pk]


def test_notes_and_letters_may_go_before_the_dossier(account, row):
    editing.add_note(account, row, "Ancienne.", date(2024, 5, 1))
    letter = mailing.keep(
        account, mailing.compose(Row.objects.with_facts().get(), "plan_apurement_bailleur", date(2024, 6, 1))
    )
    for kind in ("notes", "courriers"):
        retention.set_term(account, kind, 12)
    retention.set_term(account, "dossiers", 60)
    due = retention.due(account, TODAY)
    assert (len(due.dossiers), due.notes, due.letters) == (0, 1, 1)
    certificate = purge(account)
    assert certificate.counts["notes"] == 1 and certificate.counts["courriers"] == 1
    with pytest.raises(PexError, match="durée de conservation"):
        mailing.content_of(mailing.letter_of(account, letter.pk))
    assert retention.due(account, TODAY).letters == 0


def test_a_term_out_of_bounds_is_refused(account):
    for kind, months in (("dossiers", 0), ("dossiers", 61), ("journal", 6)):
        with pytest.raises(PexError, match="Choisissez entre les deux"):
            retention.set_term(account, kind, months)


def test_a_clock_that_jumped_is_not_believed(account, row):
    now = this_moment().date()
    for day in (now + timedelta(days=365), now - timedelta(days=365)):
        with pytest.raises(PexError, match="Vérifiez l'horloge"):
            retention.purge(account, day)
    assert Row.objects.exists()


def test_a_purged_dossier_leaves_a_tombstone_and_does_not_come_back(account, row):
    purge(account)
    assert Tombstone.objects.get().hash == retention.tombstone(row.pk)
    (made,) = keep_new([facts()], account.structure, opened_on=None)
    Row.objects.filter(pk=made.pk).update(reference="B-2")
    Row.objects.create(pk=row.pk, structure=account.structure, reference="A-1")
    Tombstone.objects.all().delete()
    assert retention.bury_again(TODAY) == 1
    assert [item.reference for item in Row.objects.all()] == ["B-2"] and Tombstone.objects.count() == 1


STORY = """
import json, sys, django
from datetime import date
django.setup()
from pathlib import Path
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from pex.tracker import backup, editing, journal, keeping, office, retention
from pex.tracker.models import Dossier, Tombstone
sys.path.insert(0, sys.argv[1])
from test_retention import CLOSED, TODAY, facts

def holds(word):
    connection.close()
    return any(word.encode() in path.read_bytes() for path in backup.database_path().parent.glob("pex.sqlite3*"))

account = office.titulaire(fictitious=True)
row, other = keeping.keep_new([facts(), facts("A-2")], account.structure, opened_on=CLOSED)
Dossier.objects.filter(pk=other.pk).update(label="RESTEE")
editing.close(account, row, CLOSED)
told = {"modes": [oct(backup.database_path().stat().st_mode & 0o777)]}
saved = backup.back_up()
told["modes"] += [oct(path.stat().st_mode & 0o777) for path in saved.path.parent.iterdir()]
told["before"] = holds("A-1") and holds("Effac")
keeping.forget([other])
retention.purge(account, TODAY, sure_of_the_day=True)
told["after"] = [word for word in ("DISPARUE", "disparue", "Effac", "Bailleur-Oubli", "A-1") if holds(word)]
told["restored"] = backup.restore(saved.path, TODAY)
told["who"] = list(Dossier.objects.values_list("reference", flat=True))
told["journal"] = journal.verify().intact
told["tombstones"] = Tombstone.objects.count()
told["backups"] = len(backup.backups())
bad = saved.path.with_name("abimee.sqlite3")
bad.write_bytes(saved.path.read_bytes()[:-5000] + b"x" * 5000)
try:
    backup.restore(bad, TODAY)
except Exception as error:
    told["damaged"] = str(error)
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tracker', '9999_plus_tard', '2030-01-01')")
newer = backup.back_up("plus-tard")
with connection.cursor() as cursor:
    cursor.execute("DELETE FROM django_migrations WHERE name = '9999_plus_tard'")
try:
    backup.restore(newer.path, TODAY)
except Exception as error:
    told["newer"] = str(error)
told["still"] = list(Dossier.objects.values_list("reference", flat=True))
print(json.dumps(told))
"""


def test_backed_up_purged_and_put_back(tmp_path, tests_folder):
    environment = {**os.environ, "PEX_DONNEES": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(tests_folder / "tracker")],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["before"] is True
    assert told["after"] == [], "des octets d'un ménage purgé sont restés dans le fichier"
    assert told["restored"] == {"dossiers": 2, "purges_refaites": 1}
    assert told["who"] == told["still"] == ["A-2"]
    assert told["journal"] is True and told["tombstones"] == 1 and told["backups"] == 2
    assert set(told["modes"][1:]) == {"0o600"}
    assert "ne peut pas être remise" in told["damaged"]
    assert "plus récent" in told["newer"]
