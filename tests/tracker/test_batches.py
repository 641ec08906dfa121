"""A batch survives what happens to machines: nothing twice, nothing half-written, and its papers in posting order."""

import csv
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from pypdf import PdfReader
from test_mailing import TODAY, household

from pex.dossier.facts import Adresse, Dossier
from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.tracker import batches, posting
from pex.tracker.keeping import keep_new
from pex.tracker.models import Batch, BatchState, ItemState, SentLetter
from pex.tracker.models import Dossier as Row
from pex.tracker.office import set_profile


@pytest.fixture
def rows(account):
    set_profile(account.structure, EXAMPLES / "profil")
    dossiers = [
        household("B-1", adresse=Adresse(("2 rue Haute",), "00200", "VALBRUME")),
        household("B-2"),
        household("B-3", adresse_confidentielle=True),
        Dossier("B-4"),
    ]
    keep_new(dossiers, account.structure, opened_on=TODAY)
    return Row.objects.visible_to(account)


@pytest.fixture
def batch(account, rows):
    made = batches.prepare(account, rows, template="", dated=TODAY)
    assert batches.progress(made).waiting == 4
    while batches.work_once():
        pass
    return made


def test_each_household_gets_the_letter_of_its_stage_in_posting_order(account, batch):
    progress = batches.progress(batch)
    assert (progress.done, progress.without_letter, progress.refused, progress.state) == (3, 1, 0, "termine")
    made = batch.items.filter(state=ItemState.DONE)
    assert [item.dossier.reference for item in made] == ["B-2", "B-3", "B-1"]
    assert {item.template for item in made} == {"commandement_de_payer"}


def test_who_already_received_it_is_set_aside_with_the_day(account, rows, batch):
    assert batches.mark_batch_sent(account, batch, TODAY) == 3
    assert batches.mark_batch_sent(account, batch, TODAY + timedelta(days=1)) == 0
    second = batches.prepare(account, rows, template="commandement_de_payer", dated=TODAY + timedelta(days=3))
    batches.work_once()
    progress = batches.progress(second)
    assert (progress.skipped, progress.done) == (3, 1)
    assert "Déjà envoyé le 26 novembre 2026." in second.items.filter(state=ItemState.SKIPPED).values_list(
        "reason", flat=True
    )
    assert SentLetter.objects.count() == 4


def test_the_same_letters_asked_for_in_two_batches_are_printed_once(account, rows, batch):
    second = batches.prepare(account, rows, template="", dated=TODAY)
    assert batches.work_once() and not batches.work_once()
    progress = batches.progress(second)
    assert (progress.state, progress.done, progress.skipped, progress.without_letter) == ("termine", 0, 3, 1)
    reasons = set(second.items.filter(state=ItemState.SKIPPED).values_list("reason", flat=True))
    assert reasons == {"Le même courrier est déjà dans le lot du 26 novembre 2026, pas encore envoyé."}
    assert SentLetter.objects.count() == 3


def test_one_household_that_cannot_be_written_to_does_not_stop_the_others(account, rows):
    batch = batches.prepare(account, rows, template="plan_apurement_bailleur", dated=TODAY)
    batches.work_once()
    assert (batches.progress(batch).refused, batches.progress(batch).done) == (1, 3)
    refused = batch.items.get(state=ItemState.REFUSED)
    assert refused.dossier.reference == "B-4" and "bailleur" in refused.reason and "bailleur.nom" in refused.missing


def test_an_empty_selection_or_an_unknown_letter_is_refused(account, rows):
    with pytest.raises(PexError, match="Aucun dossier"):
        batches.prepare(account, rows.none(), template="", dated=TODAY)
    with pytest.raises(PexError, match="n'existe pas"):
        batches.prepare(account, rows, template="lettre_inconnue", dated=TODAY)
    assert not Batch.objects.exists()


def test_a_cancelled_batch_stops_and_keeps_what_is_made(account, rows, monkeypatch):
    batch = batches.prepare(account, rows, template="", dated=TODAY)
    keep_bytes = batches.keep_bytes

    def keep_then_cancel(*arguments, **options):
        letter = keep_bytes(*arguments, **options)
        batches.cancel(account, batch)
        return letter

    monkeypatch.setattr(batches, "keep_bytes", keep_then_cancel)
    batches.work_once()
    progress = batches.progress(batch)
    assert (progress.state, progress.done, progress.waiting) == ("annule", 1, 2)
    assert not batches.work_once()


def test_a_worker_that_lost_its_lease_writes_nothing(account, rows, monkeypatch):
    batch = batches.prepare(account, rows, template="", dated=TODAY)
    compose = batches._compose

    def slow(*arguments):
        made = compose(*arguments)
        Batch.objects.filter(pk=batch.pk).update(lease_owner="un autre")
        return made

    monkeypatch.setattr(batches, "_compose", slow)
    batches.work_once()
    assert not SentLetter.objects.exists() and batches.progress(batch).waiting == 4


def test_a_full_disk_stops_the_work_and_loses_nothing(account, rows, monkeypatch):
    batch = batches.prepare(account, rows, template="", dated=TODAY)
    with monkeypatch.context() as disk:
        disk.setattr(
            batches, "keep_bytes", lambda *rest, **options: (_ for _ in ()).throw(OperationalError("disk full"))
        )
        assert not batches.work_once()
    assert batches.progress(batch).done == 0 and not batches.work_once()
    Batch.objects.update(lease_until=batches.this_moment() - timedelta(seconds=1))
    assert batches.work_once() and batches.progress(batch).done == 3


def test_a_running_batch_is_left_to_its_worker_until_the_lease_ends(account, rows):
    batch = batches.prepare(account, rows, template="", dated=TODAY)
    assert batches._take("premier").pk == batch.pk
    assert batches._take("second") is None
    Batch.objects.update(lease_until=batches.this_moment() - timedelta(seconds=1))
    assert batches._take("second").pk == batch.pk


def test_the_print_file_holds_the_very_letters_each_on_its_own_sheet(account, batch):
    pdf = PdfReader(io.BytesIO(posting.print_file(batch)))
    assert len(pdf.pages) == 6
    text = [page.extract_text() for page in pdf.pages]
    assert "VALBRUME" in text[4] and "BRUMEVILLE" in text[0] and "rue des Tanneries" not in text[2]


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_bordereau_names_no_one_and_the_print_list_says_where_each_letter_is(account, batch):
    bordereau = posting.bordereau(batch)
    assert "INVENTÉE".encode() not in bordereau
    assert [(line["reference"], line["etat"]) for line in read_csv(bordereau)] == [
        ("B-4", "Sans courrier à cette étape"), ("B-2", "Fait"), ("B-3", "Fait"), ("B-1", "Fait"),
    ]  # fmt: skip
    listed = read_csv(posting.print_service_list(batch))
    assert [(line["reference"], line["premiere_page"], line["pages"]) for line in listed] == [
        ("B-2", "1", "2"), ("B-3", "3", "2"), ("B-1", "5", "2"),
    ]  # fmt: skip
    assert listed[1]["ligne_1"] == "à remettre : adresse confidentielle" and listed[1]["ligne_2"] == ""


def test_labels_hold_only_what_can_be_posted(account, batch):
    text = PdfReader(io.BytesIO(posting.labels(batch))).pages[0].extract_text()
    assert text.count("INVENTÉE") == 2 and "VALBRUME" in text


WORKER = """
import sys, django
from datetime import timedelta
django.setup()
from pex.tracker import batches
batches.LEASE = timedelta(seconds=1)
print("prêt", flush=True)
while batches.work_once():
    pass
"""
SETUP = """
import django
from datetime import date
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
import random
from pex.folders import EXAMPLES
from pex.tracker import batches, demo, keeping, office
from pex.tracker.models import Dossier
today = date(2026, 11, 26)
account = office.titulaire(fictitious=True)
office.set_profile(account.structure, EXAMPLES / "profil")
households = [item for item in demo.households(today, random.Random(1)) if item.evenements[-1].type == "commandement_de_payer"]
keeping.keep_new(households[:12], account.structure, opened_on=today)
batches.prepare(account, Dossier.objects.all(), template="", dated=today)
"""


def done(database: Path) -> int:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10) as connection:
        return connection.execute("SELECT count(*) FROM tracker_batchitem WHERE state = 'fait'").fetchone()[0]


def test_killed_in_the_middle_and_started_again_every_letter_is_made_once(tmp_path):
    environment = {**os.environ, "PEX_DONNEES": str(tmp_path)}
    subprocess.run([sys.executable, "-c", SETUP], env=environment, check=True, timeout=120)
    database = tmp_path / "pex.sqlite3"
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            if done(database) >= 3:
                break
            time.sleep(0.02)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    before = done(database)
    time.sleep(1.1)
    subprocess.run([sys.executable, "-c", WORKER], env=environment, check=True, timeout=120, stdout=subprocess.DEVNULL)
    with sqlite3.connect(database) as connection:
        total, letters, files, dossiers = (
            connection.execute(f"SELECT {what}").fetchone()[0]
            for what in (
                "count(*) FROM tracker_batchitem WHERE state = 'fait'",
                "count(*) FROM tracker_sentletter",
                "count(*) FROM tracker_letterfile",
                "count(DISTINCT dossier_id) FROM tracker_sentletter",
            )
        )
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT state FROM tracker_batch").fetchone()[0] == BatchState.DONE
    assert 3 <= before < total, "le premier lot a fini avant d'être arrêté : rien n'est prouvé"
    assert letters == files == dossiers == total
