"""What a person changes: impossible dates refused, odd ones questioned, the last change undone."""

from datetime import date
from decimal import Decimal

import pytest

from pex.dossier.facts import Bail, Dette, Dossier, Evenement, Territoire
from pex.errors import PexError
from pex.tracker import editing
from pex.tracker.assess import dossier_of
from pex.tracker.editing import ChangedMeanwhile, Doubtful, Refused
from pex.tracker.keeping import keep_new
from pex.tracker.models import Account, JournalEntry, Note, NoteKind, Said, Structure
from pex.tracker.models import Dossier as Row

TODAY = date(2026, 11, 26)
FACTS = Dossier(
    "A-1",
    bail=Bail(signe_le=date(2021, 5, 1)),
    dette=Dette(Decimal(900), date(2026, 9, 1)),
    territoire=Territoire("71"),
    evenements=(Evenement("commandement_de_payer", date(2026, 9, 14)),),
)


@pytest.fixture
def row(account):
    (made,) = keep_new([FACTS], account.structure, opened_on=TODAY, said_by=Said.COMMISSAIRE)
    return Row.objects.with_facts().get(pk=made.pk)


def facts_of(row):
    return dossier_of(Row.objects.with_facts().get(pk=row.pk))


def test_an_event_is_added_with_its_effect_shown_first(account, row):
    raw = {"type": "assignation", "date": "24/11/2026"}
    preview = editing.preview_event(row, raw, TODAY)
    assert preview.questions == ()
    assert ("etape", "Commandement de payer", "Assignation") in {
        (item.what, item.before, item.after) for item in preview.changes
    }
    timeline = editing.add_event(account, row, raw, TODAY, said_by=Said.HOUSEHOLD)
    assert timeline.stage == "assignation" == Row.objects.get(pk=row.pk).stage
    assert [event.said_by for event in row.events.order_by("position")] == [Said.COMMISSAIRE, Said.HOUSEHOLD]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"type": "assignation", "date": "31/02/2026"}, "n'existe pas dans le calendrier"),
        ({"type": "assignation", "date": "24/11/26"}, "deux chiffres"),
        ({"type": "assignation", "date": "24/12/2026"}, "ne peut pas être dans le futur"),
        ({"type": "assignations"}, "Vouliez-vous dire « assignation »"),
        ({"type": "audience", "date": "09/02/2027", "heure": "25:00"}, "n'est pas une heure"),
        ({"type": "commandement_de_payer", "date": "14/09/2026"}, "déjà dans le dossier"),
    ],
)
def test_what_is_impossible_is_refused(account, row, raw, told):
    with pytest.raises(Refused, match=told):
        editing.add_event(account, row, raw, TODAY)
    assert facts_of(row) == FACTS


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"type": "assignation", "date": "22/11/2026"}, "dimanche"),
        ({"type": "assignation", "date": "01/09/2026"}, "Commandement de payer"),
        ({"type": "commandement_de_payer", "date": "16/11/2020"}, "bail"),
        ({"type": "jugement", "date": "15/03/2027"}, "dans le futur"),
    ],
)
def test_what_is_odd_is_asked_then_kept_if_the_person_is_sure(account, row, raw, told):
    with pytest.raises(Doubtful, match=told):
        editing.add_event(account, row, raw, TODAY)
    assert facts_of(row) == FACTS
    editing.add_event(account, row, raw, TODAY, sure=True)
    assert len(facts_of(row).evenements) == 2


def test_an_appointment_may_be_in_the_future(account, row):
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY)
    editing.add_event(
        account, row, {"type": "audience", "date": "09/02/2027", "heure": "9h30", "lieu": "Tribunal"}, TODAY
    )
    assert Row.objects.get(pk=row.pk).stage == "assignation"


def test_a_corrected_event_keeps_its_place_and_its_identifier(account, row):
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY)
    first = row.events.get(type="commandement_de_payer")
    editing.correct_event(account, row, first.pk, {"date": "15/09/2026", "delai_indique": "2 mois"}, TODAY)
    assert [event.type for event in facts_of(row).evenements] == ["commandement_de_payer", "assignation"]
    assert facts_of(row).evenements[0].date == date(2026, 9, 15)


def test_each_change_can_be_undone_and_then_the_one_before(account, row):
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY)
    act = row.events.get(type="commandement_de_payer")
    editing.remove_event(account, row, act.pk, TODAY)
    assert [change.what for change in editing.history(row)] == [
        "Retiré : Commandement de payer",
        "Ajouté : Assignation, 24 novembre 2026",
    ]
    editing.undo_last(account, row, TODAY)
    assert [(event.type, event.said_by) for event in row.events.order_by("position")] == [
        ("commandement_de_payer", Said.COMMISSAIRE),
        ("assignation", Said.OTHER),
    ]
    editing.undo_last(account, row, TODAY)
    assert facts_of(row) == FACTS
    with pytest.raises(PexError, match="pas de changement à annuler"):
        editing.undo_last(account, row, TODAY)


def test_a_later_debt_is_added_and_undone(account, row):
    editing.change_facts(account, row, {"dette": {"montant": "1 200,50", "constatee_le": "20/11/2026"}}, TODAY)
    assert list(row.debts.values_list("amount", flat=True)) == [Decimal(900), Decimal("1200.50")]
    assert facts_of(row).dette.montant == Decimal("1200.50")
    editing.undo_last(account, row, TODAY)
    assert facts_of(row) == FACTS


def test_all_the_problems_of_a_form_are_told_at_once(account, row):
    with pytest.raises(Refused) as refused:
        editing.change_facts(
            account, row, {"bail": {"signe_le": "30/02/2020"}, "dette": {"montant": "beaucoup"}}, TODAY
        )
    assert [problem.column for problem in refused.value.problems] == ["bail.signe_le", "dette.montant"]


def test_two_people_who_change_the_same_dossier_are_told(account, row):
    editing.add_event(account, row, {"type": "assignation", "date": "24/11/2026"}, TODAY, version=row.version)
    with pytest.raises(ChangedMeanwhile, match="modifié entre-temps"):
        editing.change_facts(account, row, {"menage": {"enfants": "2"}}, TODAY, version=row.version)


def test_another_structure_sees_nothing_and_changes_nothing(account, row):
    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    assert not Row.objects.visible_to(other).exists()
    with pytest.raises(Row.DoesNotExist):
        editing.add_event(other, row, {"type": "assignation", "date": "24/11/2026"}, TODAY)
    account.is_active = False
    assert not Row.objects.visible_to(account).exists()


def test_a_reference_is_taken_whatever_its_capitals(account, row):
    made = editing.create(account, {"reference": "B-2", "menage": {"personnes": [{"nom": "INVENTÉ"}]}}, TODAY)
    assert made.opened_on == TODAY and made.label == "INVENTÉ"
    for raw in ({"reference": "a-1"}, {"reference": "b-2"}):
        with pytest.raises(Refused, match="déjà la référence"):
            editing.create(account, raw, TODAY)
    with pytest.raises(Refused, match="déjà la référence"):
        editing.change_facts(account, made, {"reference": "a-1"}, TODAY)


def test_the_journal_names_the_facts_that_changed_never_their_values(account, row):
    editing.change_facts(account, row, {"menage": {"personnes": [{"nom": "SECRET", "prenom": "Zoé"}]}}, TODAY)
    line = JournalEntry.objects.get(action="modification")
    assert line.fields == ["menage.personnes"] and line.object_id == str(row.pk)
    assert "SECRET" not in repr(JournalEntry.objects.values())


@pytest.mark.parametrize(
    "text",
    [
        "Son numéro : 2 85 05 78 006 084 41.",
        "NIR 285057800608441",
        "RIB FR7630006000011234567890189",
        "RIB FR76 3000 6000 0112 3456 7890 189 à utiliser",
    ],
)
def test_a_number_that_may_not_be_kept_is_refused(account, row, text):
    with pytest.raises(PexError, match="ne doit pas le garder"):
        editing.add_note(account, row, text, TODAY)
    assert not Note.objects.exists()


def test_a_telephone_number_a_date_or_a_case_number_is_no_such_number(account, row):
    editing.add_note(account, row, "Appelé au 03 53 01 00 20 le 26/11/2026, RG 26/01234, dette 2 450,00 €.", TODAY)
    note = editing.add_note(account, row, "Il a répondu.", TODAY, kind=NoteKind.ANSWER)
    assert note.kind == "reponse" and Row.objects.get(pk=row.pk).last_contact_on == TODAY
