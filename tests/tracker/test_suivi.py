"""`pex suivi`: the maintenance of the data, in French, and never beside an open application."""

import json
import os
import subprocess
import sys

import pytest

STORY = """
import contextlib, io, json, os, sys
from pathlib import Path
import django
django.setup()
from datetime import date
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pex.cli import main
from pex.dossier.facts import Dossier
from pex.tracker import editing, keeping, office
from pex.web.instance import only_one
account = office.titulaire(fictitious=True)
(row,) = keeping.keep_new([Dossier("A-1")], account.structure, opened_on=date(2020, 1, 1), by=account)
editing.close(account, row, date(2020, 2, 1))
here = Path(os.environ["PEX_DONNEES"])

def suivi(*words, folder=here):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(["suivi", "--donnees", str(folder), *words])
        except SystemExit as end:
            return [end.code or 0, said.getvalue()]

told = {"sauvegarder": suivi("sauvegarder")}
backup = str(next((here / "sauvegardes").glob("sauvegarde-*.sqlite3")))
told["voir"] = suivi("purger")
told["purger"] = suivi("purger", "--faire", "--horloge-juste")
told["restaurer"] = suivi("restaurer", backup)
told["journal"] = suivi("verifier-journal")
told["sauvegardes"] = suivi("sauvegardes")
told["reprendre"] = suivi("reprendre")
told["recalculer"] = suivi("recalculer")
with only_one(here):
    told["ouvert"] = suivi("restaurer", backup)
told["vide"] = suivi("sauvegarder", folder=here / "sauvegardes")
told["faute"] = suivi("sauvegarde")
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    environment = {**os.environ, "PEX_DONNEES": str(tmp_path_factory.mktemp("donnees"))}
    done = subprocess.run([sys.executable, "-c", STORY], capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ("sauvegarder", 0, "faite et vérifiée (1 dossiers)"),
        ("voir", 0, "A-1 : à supprimer, dernier contact ou clôture le 01/02/2020."),
        ("voir", 0, "Rien n'est supprimé."),
        ("purger", 0, "dossiers : 1"),
        ("restaurer", 0, "1 dossiers, dont 1 purgés de nouveau"),
        ("journal", 0, "Le journal est intact"),
        ("sauvegardes", 0, "avant-restauration"),
        ("reprendre", 0, "Aucun lot n'attend."),
        ("recalculer", 0, "Dossiers calculés : 0."),
        ("ouvert", 1, "Fermez-le"),
        ("vide", 1, "ne contient pas de données de pex"),
        ("faute", 2, "La commande « suivi sauvegarde » n'existe pas."),
        ("faute", 2, "sauvegarder"),
    ],
)
def test_each_command_does_its_work_and_says_it_in_french(told, what, code, sentence):
    assert told[what][0] == code and sentence in told[what][1]
    assert "Traceback" not in told[what][1]


def test_a_certificate_names_nobody(told):
    assert "A-1" not in told["purger"][1]
