"""What leaves pex opens right in a French spreadsheet, runs nothing, and tells a household all that is kept of it."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar

from pex.dossier import read_dossiers
from pex.dossier.facts import Adresse, Bail, Bailleur, Dette, Dossier, Evenement, Menage, Personne, Territoire
from pex.errors import PexError
from pex.law import read_law
from pex.tracker import demo, editing, exporting, importing, incoming, mailing
from pex.tracker.assess import dossier_of, reassess
from pex.tracker.keeping import keep_new
from pex.tracker.models import (
    Account,
    AgendaItem,
    HousingAidCase,
    JournalEntry,
    Partner,
    Recommendation,
    Referral,
    Session,
    Structure,
    Task,
)
from pex.tracker.models import Dossier as Row

TODAY = date(2026, 11, 26)
NASTY = Dossier(
    "A-1",
    menage=Menage(
        (Personne("Mme", '=HYPERLINK("x")', "+33 6"), Personne("M.", "@SOMME", "-2+3|cmd")),
        adresse=Adresse(("12 rue des Tanneries",), "01000", "Étang ; « sur » Brume"),
    ),
    bail=Bail(signe_le=date(2021, 5, 1)),
    bailleur=Bailleur("SCI", "sci_familiale"),
    dette=Dette(Decimal("1234.50"), date(2026, 10, 1), tiers_payant=True),
    territoire=Territoire("01"),
    evenements=(Evenement("commandement_de_payer", date(2026, 10, 14)),),
)


@pytest.fixture
def row(account):
    (made,) = keep_new([NASTY], account.structure, opened_on=TODAY)
    for _ in reassess(TODAY):
        pass
    return Row.objects.with_facts().get(pk=made.pk)


def test_a_csv_opens_right_in_a_french_spreadsheet_and_runs_nothing(account, row):
    content = exporting.export_table(account, Row.objects.all(), "csv", TODAY)
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert line["dette"] == "1234,50" and line["bail_signe_le"] == "01/05/2021" and line["tiers_payant"] == "oui"
    assert line["code_postal"] == "01000" and line["commune"] == "Étang ; « sur » Brume"
    assert not [cell for cell in line.values() if cell[:1] in "=+-@\t\r" and cell]
    assert line["nom"] == '\'=HYPERLINK("x")' and line["etape"] == "Commandement de payer"


def test_a_workbook_has_real_days_and_sums_and_no_formula(account, row):
    book = openpyxl.load_workbook(io.BytesIO(exporting.export_table(account, Row.objects.all(), "xlsx", TODAY)))
    header, line = (list(cells) for cells in book["Dossiers"].iter_rows())
    values = {title.value: cell for title, cell in zip(header, line, strict=True)}
    assert values["nom"].value == '=HYPERLINK("x")' and values["nom"].data_type == "s"
    assert values["bail_signe_le"].value == datetime(2021, 5, 1) and values["dette"].value == 1234.5
    assert values["code_postal"].value == "01000"
    assert not [cell for cell in line if cell.data_type == "f"]
    assert [row[0].value for row in book["Dictionnaire"].iter_rows(min_row=2)] == [title.value for title in header]


@pytest.mark.parametrize("format", exporting.FORMATS)
def test_what_was_taken_out_comes_in_again_the_same(account, format, tmp_path):
    demo.fill(TODAY)
    path = tmp_path / f"export.{format}"
    path.write_bytes(exporting.export_table(account, Row.objects.all(), format, TODAY))
    read = {facts.reference: facts for facts in read_dossiers(path, law_events=read_law().events, today=TODAY).dossiers}
    assert len(read) == demo.HOUSEHOLDS
    for row in Row.objects.with_facts():
        mine = dossier_of(row)
        other = read[row.reference]
        assert (other.menage, other.bail, other.bailleur, other.dette) == (
            mine.menage,
            mine.bail,
            mine.bailleur,
            mine.dette,
        )
        assert {event.type: event for event in other.evenements} == {event.type: event for event in mine.evenements}


def test_an_export_comes_back_as_nothing_to_change(account):
    demo.fill(TODAY)
    token = incoming.receive("export.csv", exporting.export_table(account, Row.objects.all(), "csv", TODAY))
    assert {row.action for row in importing.preview(account, token, TODAY).rows} == {"inchange"}
    incoming.discard(token)


def test_every_column_is_in_the_dictionary_with_its_meaning():
    lines = list(csv.reader(io.StringIO(exporting.data_dictionary("csv").decode("utf-8-sig")), delimiter=";"))
    assert all(all(cell for cell in line) for line in lines)
    assert {"nom_4", "assignation", "audience_heure", "etape"} <= {line[0] for line in lines}


def test_a_format_that_does_not_exist_and_another_structure(account, row):
    with pytest.raises(PexError, match="n'existe pas ici"):
        exporting.export_table(account, Row.objects.all(), "pdf", TODAY)
    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    assert b"Tanneries" not in exporting.export_table(other, Row.objects.all(), "csv", TODAY)
    with pytest.raises(Row.DoesNotExist):
        exporting.household_file(other, row, TODAY)


def test_a_household_is_told_all_that_is_kept_of_it(account, row):
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY, sure=True)
    editing.add_note(account, row, "NOTE-SECRETE", TODAY, reserved=True)
    partner = Partner.objects.create(structure=account.structure, name="PARTENAIRE-X")
    Referral.objects.create(dossier=row, partner=partner, since=TODAY)
    Task.objects.create(dossier=row, title="TACHE-X")
    session = Session.objects.create(structure=account.structure, date=TODAY)
    item = AgendaItem.objects.create(session=session, dossier=row, position=1, opinion="AVIS-X")
    Recommendation.objects.create(item=item, addressed_to="FSL", text="RECOMMANDATION-X")
    HousingAidCase.objects.create(dossier=row, observations="OBSERVATIONS-X")
    letter = mailing.keep(account, mailing.compose(row, "plan_apurement_bailleur", TODAY))
    text = exporting.household_file(account, row, TODAY).decode()
    told = json.loads(text)
    for word in (
        "HYPERLINK",
        "NOTE-SECRETE",
        "PARTENAIRE-X",
        "TACHE-X",
        "AVIS-X",
        "RECOMMANDATION-X",
        "OBSERVATIONS-X",
    ):
        assert word in text, word
    assert (
        told["calcule"]["etape"] == "assignation"
        and told["courriers"]
        and told["changements"]
        and told["consultations"]
    )
    with zipfile.ZipFile(io.BytesIO(exporting.household_archive(account, row, TODAY))) as archive:
        names = archive.namelist()
        assert names[0] == "A-1.json" and archive.read(names[1]) == mailing.content_of(letter)


def test_no_table_about_households_is_forgotten_by_the_right_of_access():
    told = {
        "people": "dossier", "debts": "dettes", "events": "evenements", "notes": "notes", "referrals": "orientations",
        "letters": "courriers", "tasks": "taches", "agenda_items": "commission", "housing_aid_case": "aide_au_logement",
        "changes": "changements", "deadlines": "calcule",
    }  # fmt: skip
    without_facts_of_their_own = {"words", "batch_items", "imported_rows"}
    related = {relation.get_accessor_name() for relation in Row._meta.related_objects}
    assert related == set(told) | without_facts_of_their_own


def test_a_calendar_holds_hearings_at_their_hour_and_deadlines_without_any_name(account, row):
    hearing = {"type": "audience", "date": "09/02/2027", "heure": "9h30", "lieu": "Tribunal judiciaire"}
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY, sure=True)
    editing.add_event(account, row, hearing, TODAY, sure=True)
    content = exporting.calendar_of(account, TODAY)
    events = {str(entry["summary"]): entry for entry in Calendar.from_ical(content).walk("VEVENT")}
    audience = events["Audience, A-1"]
    assert audience["dtstart"].dt == datetime(2027, 2, 9, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
    assert str(audience["location"]) == "Tribunal judiciaire"
    deadline = next(entry for name, entry in events.items() if name.startswith("Délai pour payer"))
    assert deadline["dtstart"].dt == date(2026, 12, 14) and "Dernier jour" in str(deadline["description"])
    assert b"HYPERLINK" not in content and b"Tanneries" not in content
    assert exporting.calendar_of(account, TODAY) == content
    assert len({str(entry["uid"]) for entry in events.values()}) == len(events)


def test_each_way_out_leaves_a_line_in_the_journal(account, row):
    exporting.export_table(account, Row.objects.all(), "csv", TODAY, reason="rapport annuel")
    exporting.household_file(account, row, TODAY)
    exporting.calendar_of(account, TODAY, row)
    lines = list(JournalEntry.objects.values_list("action", "count", "reason"))
    assert lines == [("export", 1, "rapport annuel"), ("droit_d_acces", None, ""), ("export_calendrier", None, "")]
