"""*Aujourd'hui*: each thing that waits is in its list, with the act that settles it, and leaves it once settled."""

from datetime import date, timedelta

import pytest

from pex.dossier.facts import Bail, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.tracker import agenda, editing
from pex.tracker.assess import reassess
from pex.tracker.keeping import keep_new
from pex.tracker.models import Dossier as Row
from pex.tracker.models import LetterFile, NoteKind, Partner, Referral, SentLetter, Task, TaskKind

TODAY = date(2026, 11, 26)
ACT, SUMMONS = Evenement("commandement_de_payer", date(2026, 7, 6)), Evenement("assignation", date(2026, 10, 1))


def household(*events, reference="A-1"):
    return Dossier(
        reference,
        menage=Menage((Personne("Mme", "INVENTÉE", "Zoé"),)),
        bail=Bail(signe_le=date(2021, 5, 1)),
        bailleur=Bailleur(type="personne_physique"),
        territoire=Territoire("71"),
        evenements=events,
    )


@pytest.fixture
def keep(account):
    def keep_household(*events, today=TODAY):
        (row,) = keep_new([household(*events)], account.structure, opened_on=today)
        for _ in reassess(today):
            pass
        return Row.objects.with_facts().get(pk=row.pk)

    return keep_household


def items(account, list_id, today=TODAY):
    return [(item.reference, item.day, item.act) for item in agenda.one_list(account, list_id, today).items]


def sent(row, template, day, returned=None):
    file = LetterFile.objects.create(content=b"x", sha256="0" * 64)
    return SentLetter.objects.create(
        dossier=row, template=template, edition="essai", file=file, written_on=day, sent_on=day, returned_on=returned
    )


def test_an_empty_database_says_so_in_every_list(account):
    lists = agenda.today_lists(account, TODAY)
    assert len(lists) == 12 and not any(item.items or item.count for item in lists)
    assert all(item.empty.endswith(".") for item in lists)


def test_a_hearing_within_the_week_is_shown_with_its_hour(account, keep):
    row = keep(ACT, SUMMONS, Evenement("audience", TODAY + timedelta(days=7)))
    assert items(account, "audiences") == [("A-1", TODAY + timedelta(days=7), "dossier")]
    assert "heure à demander" in agenda.one_list(account, "audiences", TODAY).items[0].text
    assert items(account, "audiences", TODAY - timedelta(days=1)) == []
    hearing = row.events.get(type="audience")
    editing.correct_event(account, row, hearing.pk, {"date": "03/12/2026", "heure": "9h30"}, TODAY)
    assert "à 09 h 30" in agenda.one_list(account, "audiences", TODAY).items[0].text


def test_a_hearing_without_its_dsf_waits_until_the_dsf_is_sent(account, keep):
    row = keep(ACT, SUMMONS, Evenement("audience", TODAY + timedelta(days=30)))
    ((_, _, act),) = items(account, "dsf")
    assert act == "evenement:dsf_transmis"
    editing.add_event(account, row, {"type": act.partition(":")[2], "date": "25/11/2026"}, TODAY)
    assert items(account, "dsf") == []


def test_the_silence_of_the_prefet_is_told_before_it_is_a_refusal(account, keep):
    cql = Evenement("commandement_de_quitter_les_lieux", date(2026, 6, 1))
    row = keep(Evenement("jugement", date(2026, 4, 1)), cql, Evenement("requisition_force_publique", date(2026, 10, 2)))
    day = row.deadlines.get(rule="reponse_du_prefet").last_day
    assert items(account, "prefet") == [("A-1", day, "evenement:octroi_concours")]
    assert items(account, "prefet", day + timedelta(days=1)) == []
    assert (day, "A-1") in {(when, reference) for when, _, _, reference in agenda.week(account, TODAY)}


def test_what_only_the_commissaire_de_justice_has_to_do_is_no_deadline_of_ours(account, keep):
    row = keep(Evenement("commandement_de_payer", TODAY - timedelta(days=10)))
    assert row.deadlines.filter(binds="commissaire_de_justice", last_day__lte=TODAY + timedelta(days=14)).exists()
    assert row.next_rule == "delai_pour_payer" and items(account, "echeances") == []


def test_a_deadline_of_somebody_else_says_whose_it_is(account, keep):
    keep(ACT, SUMMONS, Evenement("audience", TODAY + timedelta(days=20)))
    texts = [item.text for item in agenda.one_list(account, "echeances", TODAY).items]
    assert any(text.endswith(", pour le travailleur social") for text in texts), texts


def test_the_end_of_the_truce_is_told_sixty_days_before(account, keep):
    keep(Evenement("jugement", date(2026, 4, 1)), today=date(2027, 2, 1))
    assert items(account, "treve", date(2027, 1, 15)) == []
    assert items(account, "treve", date(2027, 2, 1)) == [("A-1", date(2027, 3, 31), "courrier:fin_de_treve")]


def test_a_household_is_to_be_written_to_until_the_letter_of_its_stage_is_sent(account, keep):
    row = keep(ACT, Evenement("assignation", date(2026, 11, 20)))
    assert [reference for reference, *_ in items(account, "courriers")] == ["A-1"]
    sent(row, "commandement_de_payer", date(2026, 8, 1))
    assert items(account, "courriers")
    sent(row, "assignation", TODAY)
    assert items(account, "courriers") == []


def test_who_opposes_letters_is_not_to_be_written_to(account, keep):
    keep(ACT, Evenement("assignation", date(2026, 11, 20)))
    Row.objects.update(opposes_letters=True)
    assert items(account, "courriers") == []


def test_a_letter_without_answer_for_a_month_calls_for_a_reminder(account, keep):
    row = keep(ACT)
    sent(row, "commandement_de_payer", TODAY - timedelta(days=29))
    assert items(account, "sans_reponse") == []
    assert [act for *_, act in items(account, "sans_reponse", TODAY + timedelta(days=1))] == [
        "courrier:relance_sans_reponse"
    ]
    editing.add_note(account, row, "Il a répondu.", TODAY, kind=NoteKind.ANSWER)
    assert items(account, "sans_reponse", TODAY + timedelta(days=1)) == []


def test_an_irregular_act_is_told_in_the_words_of_the_law(account, keep):
    keep(ACT, Evenement("assignation", date(2026, 7, 20)))
    (item,) = agenda.one_list(account, "irregularites", TODAY).items
    assert "assignation" in item.text.lower() and "20 juillet 2026" in item.text


def test_returned_letters_tasks_and_late_partners_lead_to_their_act(account, keep):
    row = keep(ACT)
    letter = sent(row, "commandement_de_payer", TODAY, returned=TODAY)
    back = Task.objects.create(dossier=row, kind=TaskKind.RETURNED, title="Chercher l'adresse", letter=letter)
    call = Task.objects.create(dossier=row, title="Rappeler", due_on=TODAY)
    Task.objects.create(dossier=row, title="Plus tard", due_on=TODAY + timedelta(days=8))
    partner = Partner.objects.create(structure=account.structure, name="ADIL inventée")
    referral = Referral.objects.create(dossier=row, partner=partner, since=TODAY, answer_by=TODAY - timedelta(days=1))
    assert [act for *_, act in items(account, "revenus")] == [f"tache:{back.pk}"]
    assert [act for *_, act in items(account, "taches")] == [f"tache:{call.pk}"]
    assert [act for *_, act in items(account, "partenaires")] == [f"retour:{referral.pk}"]


def test_a_closed_dossier_asks_for_nothing(account, keep):
    row = keep(ACT, SUMMONS, Evenement("audience", TODAY + timedelta(days=7)))
    assert sum(item.count for item in agenda.today_lists(account, TODAY)) > 0
    editing.close(account, row, TODAY)
    assert sum(item.count for item in agenda.today_lists(account, TODAY)) == 0


def test_an_inactive_account_sees_no_list(account, keep):
    keep(ACT, SUMMONS, Evenement("audience", TODAY + timedelta(days=7)))
    account.is_active = False
    assert sum(item.count for item in agenda.today_lists(account, TODAY)) == 0
