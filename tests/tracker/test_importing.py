"""A list from an office: shown before anything is written, never merged by itself, taken back whole."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError
from hypothesis import given, settings
from test_law_properties import dossiers

from pex.dossier import dossier_to_mapping
from pex.dossier.facts import Adresse, Dette, Dossier, Evenement, Menage, Personne
from pex.errors import PexError, UnreadableFile
from pex.folders import EXAMPLES
from pex.tracker import editing, importing, incoming
from pex.tracker.assess import dossier_of
from pex.tracker.importing import Choice
from pex.tracker.keeping import keep_new
from pex.tracker.merging import merge
from pex.tracker.models import Change, ColumnMap, Import, ImportedRow, JournalEntry
from pex.tracker.models import Dossier as Row

TODAY = date(2026, 11, 26)
HEADER = (
    "reference;civilite;nom;prenom;adresse_1;code_postal;commune;dette;dette_constatee_le;commandement_de_payer\r\n"
)
ONE = "A-1;Mme;INVENTÉE;Zoé;12 rue des Tanneries;00100;BRUMEVILLE;900,00;01/09/2026;14/09/2026\r\n"
TWO = "A-2;M.;FICTIF;Noël;3 rue Haute;00200;VALBRUME;1 200,50;01/10/2026;\r\n"
WRONG = "A-3;M.;FAUX;Jo;;00300;PONT;abc;31/02/2026;14/09/26\r\n"


@pytest.fixture(autouse=True)
def clean_folder():
    yield
    incoming.discard_all()


def receive(*lines, name="liste.csv", header=HEADER):
    return incoming.receive(name, (header + "".join(lines)).encode("utf-8-sig"))


def take_in(account, *lines, choices=None):
    return importing.confirm(account, receive(*lines), TODAY, choices)


def facts(reference):
    return dossier_of(Row.objects.with_facts().get(reference=reference))


def test_everything_is_shown_and_nothing_is_written(account):
    shown = importing.preview(account, receive(ONE, TWO, WRONG), TODAY)
    assert [(row.reference, row.action, row.label) for row in shown.rows] == [
        ("A-1", "nouveau", "INVENTÉE Zoé"),
        ("A-2", "nouveau", "FICTIF Noël"),
    ]
    assert {(problem.line, problem.column) for problem in shown.problems} == {
        (4, "dette"), (4, "dette_constatee_le"), (4, "commandement_de_payer"),
    }  # fmt: skip
    assert "INVENTÉE" in shown.description and not Row.objects.exists() and not Import.objects.exists()


def test_good_rows_come_in_and_the_file_goes(account):
    token = receive(ONE, TWO, WRONG)
    imported = importing.confirm(account, token, TODAY)
    assert (imported.created, imported.changed, imported.unchanged, imported.refused) == (2, 0, 0, 1)
    row = Row.objects.get(reference="A-1")
    assert row.stage == "commandement_de_payer" and row.assessed_on == TODAY
    assert row.events.get().said_by == "fichier"
    incoming.discard(token)
    with pytest.raises(UnreadableFile, match="n'est plus là"):
        importing.preview(account, token, TODAY)


def test_the_same_file_twice_changes_nothing(account):
    take_in(account, ONE, TWO)
    before = list(Row.objects.order_by("pk").values("pk", "version", "changed_at"))
    shown = importing.preview(account, receive(ONE, TWO), TODAY)
    assert shown.already is not None and {row.action for row in shown.rows} == {"inchange"}
    again = importing.confirm(account, receive(ONE, TWO), TODAY)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert [row["version"] for row in Row.objects.order_by("pk").values("version")] == [
        row["version"] for row in before
    ]
    assert not Change.objects.exists()


def test_a_fuller_file_completes_and_a_contradiction_is_told_and_waits(account):
    take_in(account, ONE)
    fuller = "A-1;Mme;INVENTÉE;Zoé;14 rue des Tanneries;00100;Brumeville;950,00;01/11/2026;15/09/2026;24/11/2026\r\n"
    token = receive(fuller, header=HEADER.replace("\r\n", ";assignation\r\n"))
    (row,) = importing.preview(account, token, TODAY).rows
    assert row.action == "complete" and set(row.added) == {"dette", "evenements.assignation"}
    assert [(item.path, item.ours, item.theirs) for item in row.conflicts if item.path.startswith("ev")] == [
        ("evenements.commandement_de_payer", "2026-09-14", "2026-09-15")
    ]
    importing.confirm(account, token, TODAY)
    assert facts("A-1").menage.adresse.lignes == ("12 rue des Tanneries",)
    assert [event.date for event in facts("A-1").evenements] == [date(2026, 9, 14), date(2026, 11, 24)]
    assert facts("A-1").dette.montant == Decimal(950)
    assert Row.objects.get().debts.count() == 2


def test_the_file_wins_where_a_person_says_so(account):
    take_in(account, ONE)
    other = ONE.replace("12 rue", "14 rue").replace("14/09/2026", "15/09/2026")
    take_in(account, other, choices={"A-1": Choice("remplacer")})
    assert facts("A-1").menage.adresse.lignes == ("14 rue des Tanneries",)
    assert [event.date for event in facts("A-1").evenements] == [date(2026, 9, 15)]


def test_an_older_debt_never_hides_a_newer_one(account):
    take_in(account, ONE)
    take_in(account, ONE.replace("900,00;01/09/2026", "500,00;01/06/2026"), choices={"A-1": Choice("remplacer")})
    assert facts("A-1").dette.montant == Decimal(900)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        (Dossier("a1"), "référence presque identique"),
        (Dossier("Z-9", menage=Menage((Personne("Mme", "Inventee", "ZOE"),))), "même nom et même prénom"),
        (
            Dossier(
                "Z-9",
                menage=Menage(
                    (Personne("M.", "INVENTÉE", "Paul"),),
                    adresse=Adresse(("12, rue des tanneries",), "00100", "Ailleurs"),
                ),
            ),
            "même adresse et même nom",
        ),
    ],
)
def test_what_looks_like_another_dossier_waits_for_a_choice(account, known, why):
    (row,) = keep_new([known], account.structure, opened_on=TODAY)
    (planned,) = importing.preview(account, receive(ONE), TODAY).rows
    assert planned.action == "a_decider"
    assert [(item.reference, item.why) for item in planned.candidates] == [(known.reference, why)]
    with pytest.raises(PexError, match="même ménage pour : A-1"):
        take_in(account, ONE)
    with pytest.raises(PexError, match="dossiers proposés"):
        take_in(account, ONE, choices={"A-1": Choice("fusionner", account.pk)})
    assert Row.objects.count() == 1 and not Import.objects.exists()
    take_in(account, ONE, choices={"A-1": Choice("fusionner", row.pk)})
    assert Row.objects.count() == 1 and facts(known.reference).dette.montant == Decimal(900)
    (again,) = importing.preview(account, receive(ONE), TODAY).rows
    assert (again.action, again.dossier) == ("inchange" if not again.conflicts else "complete", row.pk)


def test_two_namesakes_of_two_communes_are_not_alike(account):
    keep_new(
        [Dossier("Z-9", menage=Menage((Personne("Mme", "INVENTÉE", "Zoé"),), adresse=Adresse((), "00999", "LOIN")))],
        account.structure, opened_on=TODAY,
    )  # fmt: skip
    (planned,) = importing.preview(account, receive(ONE), TODAY).rows
    assert planned.action == "nouveau"


def test_one_person_under_two_references_of_a_file_is_told(account):
    shown = importing.preview(account, receive(ONE, ONE.replace("A-1", "A-9")), TODAY)
    assert any("même personne" in warning.message and warning.reference == "A-9" for warning in shown.warnings)


def test_a_row_can_be_left_out(account):
    imported = take_in(account, ONE, TWO, choices={"A-2": Choice("ignorer")})
    assert imported.created == 1 and not Row.objects.filter(reference="A-2").exists()


def test_an_import_is_taken_back_whole(account):
    first = take_in(account, ONE)
    second = importing.confirm(account, receive(ONE.replace("900,00;01/09/2026", "950,00;01/11/2026"), TWO), TODAY)
    assert (second.created, second.changed) == (1, 1)
    undone = importing.undo(account, second, TODAY)
    assert (undone.removed, undone.restored, undone.kept) == (1, 1, ())
    assert facts("A-1").dette == Dette(Decimal(900), date(2026, 9, 1))
    assert editing.last_undoable(Row.objects.with_facts().get()) is None
    importing.undo(account, first, TODAY)
    assert not Row.objects.exists()
    with pytest.raises(PexError, match="déjà été annulé"):
        importing.undo(account, first, TODAY)


def test_what_somebody_worked_on_since_is_kept_and_named(account):
    imported = take_in(account, ONE, TWO)
    row = Row.objects.get(reference="A-1")
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY)
    editing.add_note(account, Row.objects.get(reference="A-2"), "Rappelé.", TODAY)
    undone = importing.undo(account, imported, TODAY)
    assert (undone.removed, undone.kept) == (0, ("A-1", "A-2")) and Row.objects.count() == 2


def test_all_or_nothing(account, monkeypatch):
    monkeypatch.setattr(importing, "reassess", lambda *rest, **options: (_ for _ in ()).throw(IntegrityError("panne")))
    with pytest.raises(IntegrityError):
        take_in(account, ONE, TWO)
    assert not Row.objects.exists() and not ImportedRow.objects.exists() and not JournalEntry.objects.exists()


def test_the_headings_of_an_office_are_mapped_once(account):
    own = "N° dossier;Locataire;Reste dû;Date CDP\r\n"
    line = "A-1;INVENTÉE;900,00;14/09/2026\r\n"
    token = receive(line, header=own)
    with pytest.raises(UnreadableFile, match="aucune ligne de titres"):
        importing.preview(account, token, TODAY)
    found = incoming.headings(token)
    assert found.headings == ("N° dossier", "Locataire", "Reste dû", "Date CDP") and "dette" in found.choices
    columns = {"N° dossier": "reference", "Locataire": "nom", "Reste dû": "dette", "Date CDP": "commandement_de_payer"}
    incoming.remember_columns(account, token, columns)
    assert importing.confirm(account, token, TODAY).created == 1
    other = receive("A-2;AUTRE;1,00;\r\n", header="N° DOSSIER;LOCATAIRE;RESTE DU;DATE CDP\r\n")
    assert [row.label for row in importing.preview(account, other, TODAY).rows] == ["AUTRE"]
    assert ColumnMap.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"N° dossier": "reference", "Locataire": "inconnue"}, "n'est pas une colonne de pex"),
        ({"N° dossier": "reference", "Locataire": "reference"}, "Gardez-en une"),
        ({"Locataire": "nom"}, "quelle colonne donne la référence"),
    ],
)
def test_a_wrong_mapping_is_refused(account, columns, told):
    token = receive("A-1;X\r\n", header="N° dossier;Locataire\r\n")
    with pytest.raises(UnreadableFile, match=told):
        incoming.remember_columns(account, token, columns)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "..\\..\\liste.csv", "CON.csv", "nul\x00.csv", "a\r\nb.csv", "é" * 300 + ".csv"],
)
def test_a_file_name_never_leads_elsewhere_and_nobody_else_reads_it(name):
    path = incoming.path_of(incoming.receive(name, b"x"))
    assert path.parent.parent == Path(django_settings.DATA_FOLDER) / "a_importer"
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert path.name.split(".")[0].lower() not in ("con", "") and len(path.name) <= 82


@pytest.mark.parametrize("token", ["", "..", "../x", "0" * 32, "0" * 31, "g" * 32])
def test_a_token_made_up_finds_nothing(token):
    with pytest.raises(UnreadableFile):
        incoming.path_of(token)
    incoming.discard(token)


def test_files_that_cannot_be_taken(account):
    with pytest.raises(UnreadableFile, match="20 Mo"):
        incoming.receive("liste.csv", b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(UnreadableFile, match="ni un tableau"):
        incoming.receive("macro.xlsm", b"x")
    with pytest.raises(UnreadableFile, match="ni un tableau"):
        incoming.receive(".csv", b"x")
    assert not list((Path(django_settings.DATA_FOLDER) / "a_importer").glob("*/*"))


def test_the_examples_come_in_from_yaml_and_from_a_workbook(account):
    for name in ("menages.yaml", "tableau.csv"):
        token = incoming.receive(name, (EXAMPLES / name).read_bytes())
        shown = importing.preview(account, token, TODAY)
        assert shown.rows and not shown.problems
        choices = {row.reference: Choice("creer") for row in shown.rows if row.action == "a_decider"}
        imported = importing.confirm(account, token, TODAY, choices)
        assert imported.created == len(shown.rows) and imported.kind == name.rpartition(".")[2]


@settings(max_examples=100, deadline=None)
@given(ours=dossiers(), theirs=dossiers())
def test_told_twice_nothing_new_is_learnt_and_nothing_known_is_lost(ours, theirs):
    one, other = dossier_to_mapping(ours), dossier_to_mapping(theirs)
    assert merge(one, one).added == merge(one, one).conflicts == () and merge(one, one).facts == one
    for replace in (False, True):
        first = merge(one, other, replace=replace)
        again = merge(first.facts, other, replace=replace)
        assert again.facts == first.facts and again.added == ()
    kept = merge(one, other).facts
    known = {event["type"] for event in one.get("evenements", ())} | {
        event["type"] for event in other.get("evenements", ())
    }
    assert {event["type"] for event in kept.get("evenements", ())} == known


def test_another_event_of_the_same_kind_is_kept_beside_only_if_a_person_says_so(account):
    take_in(account, ONE)
    row = Row.objects.get()
    editing.add_event(account, row, {"type": "commandement_de_payer", "date": "02/11/2026"}, TODAY, sure=True)
    take_in(account, ONE.replace("14/09/2026", "05/10/2026"))
    assert len(facts("A-1").evenements) == 2
    take_in(account, ONE.replace("14/09/2026", "05/10/2026"), choices={"A-1": Choice("remplacer")})
    assert facts("A-1").evenements[-1] == Evenement("commandement_de_payer", date(2026, 10, 5))
