"""A session of the CCAPEX, from its agenda to the answers; what is said there is told in the dossier."""

import io
from datetime import date, time

import pymupdf
import pytest

from pex.dossier.facts import Adresse, Bail, Bailleur, Dossier, Evenement, Menage, Personne, Territoire
from pex.errors import PexError
from pex.outputs.report import write_report
from pex.profile import Profile
from pex.tracker import commission, commission_papers
from pex.tracker.assess import dossier_of, refresh
from pex.tracker.keeping import keep_new
from pex.tracker.models import AgendaItem, FollowUp, JournalEntry, Outcome, SessionKind, Task
from pex.tracker.models import Dossier as Row

TODAY = date(2026, 11, 26)


def household(reference: str, name: str, commune: str, kind: str, *events: Evenement) -> Dossier:
    return Dossier(
        reference,
        menage=Menage((Personne("Mme", name, "Aïcha"),), adresse=Adresse(("1 rue Fictive",), "00100", commune)),
        bail=Bail(signe_le=date(2021, 5, 1)),
        bailleur=Bailleur("Habitat de démonstration", kind),
        territoire=Territoire("71"),
        evenements=events,
    )


@pytest.fixture
def rows(account):
    made = keep_new(
        [
            household("F-1", "FICTIF", "BRUMEVILLE", "bailleur_social", Evenement("assignation", date(2026, 10, 5))),
            household(
                "F-2", "EXEMPLE", "VALBRUME", "personne_physique",
                Evenement("saisine_ccapex", date(2026, 9, 1)), Evenement("commandement_de_payer", date(2026, 10, 12)),
            ),
            household("F-3", "INVENTÉ", "BRUMEVILLE", "bailleur_social"),
        ],
        account.structure,
        opened_on=TODAY,
    )  # fmt: skip
    for row in made:
        refresh(row, TODAY)
    return made


@pytest.fixture
def session(account):
    return commission.open_session(account, SessionKind.CENTRAL, date(2026, 11, 26), hour=time(9, 30), place="Salle A")


def events_of(row):
    return [(event.type, event.date) for event in dossier_of(Row.objects.with_facts().get(pk=row.pk)).evenements]


def test_dossiers_are_proposed_by_what_is_asked(account, rows, session):
    def proposed(**wanted):
        found = commission.candidates(account, session, commission.Wanted(**wanted))
        return {row.reference for row in found}

    assert proposed() == {"F-1", "F-2", "F-3"}
    assert proposed(stages=("assignation",)) == {"F-1"}
    assert proposed(commune="brumeville") == {"F-1", "F-3"}
    assert proposed(landlord_type="personne_physique") == {"F-2"}
    assert proposed(referred=True) == {"F-2"}
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    assert proposed() == {"F-2", "F-3"}


def test_a_dossier_on_the_agenda_knows_the_day_and_forgets_it_when_taken_off(account, rows, session):
    assert commission.put_on_agenda(account, session, [row.pk for row in rows], TODAY) == 3
    assert commission.put_on_agenda(account, session, [rows[0].pk], TODAY) == 0
    assert ("examen_ccapex", session.date) in events_of(rows[0])
    item = session.items.get(dossier=rows[0])
    commission.take_off(account, item, TODAY)
    assert ("examen_ccapex", session.date) not in events_of(rows[0])
    assert list(session.items.values_list("position", flat=True)) == [1, 2]


def test_the_order_of_the_agenda_can_change(account, rows, session):
    commission.put_on_agenda(account, session, [row.pk for row in rows], TODAY)
    first, second, _ = session.items.all()
    commission.move(second, earlier=True)
    commission.move(AgendaItem.objects.get(pk=second.pk), earlier=True)
    assert list(session.items.values_list("pk", flat=True))[:2] == [second.pk, first.pk]


def test_an_opinion_is_told_in_the_dossier_and_corrected_there(account, rows, session):
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    item = session.items.get()
    commission.record_outcome(account, item, Outcome.OPINION, TODAY, opinion="Payez 50 € de plus par mois.")
    commission.record_outcome(
        account, item, Outcome.OPINION, TODAY, opinion="Payez 40 € de plus par mois.", for_landlord="Acceptez un plan."
    )
    said = dossier_of(Row.objects.with_facts().get(pk=rows[0].pk)).evenements
    (opinion,) = [event for event in said if event.type == "avis_ccapex"]
    assert dict(opinion.precisions) == {"texte": "Payez 40 € de plus par mois.", "texte_bailleur": "Acceptez un plan."}
    commission.record_outcome(account, item, Outcome.POSTPONED, TODAY)
    assert "avis_ccapex" not in dict(events_of(rows[0]))


def test_what_cannot_be_said_is_refused(account, rows, session):
    later = commission.open_session(account, SessionKind.LOCAL, date(2026, 12, 10), territory="Nord")
    commission.put_on_agenda(account, later, [rows[0].pk], TODAY)
    with pytest.raises(PexError, match="à partir de ce jour"):
        commission.record_outcome(account, later.items.get(), Outcome.OPINION, TODAY, opinion="Trop tôt.")
    commission.put_on_agenda(account, session, [rows[1].pk], TODAY)
    with pytest.raises(PexError, match="Écrivez le texte"):
        commission.record_outcome(account, session.items.get(), Outcome.RECOMMENDATION, TODAY, opinion=" ")
    with pytest.raises(PexError, match="déjà une séance"):
        commission.open_session(account, SessionKind.CENTRAL, session.date)
    with pytest.raises(PexError, match="territoire"):
        commission.open_session(account, SessionKind.LOCAL, date(2026, 12, 11))


def test_a_recommendation_is_a_task_until_it_is_answered(account, rows, session):
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    made = commission.recommend(account, session.items.get(), "fsl", "Examiner une aide.", date(2026, 12, 20))
    task = Task.objects.get(dossier=rows[0])
    assert (task.due_on, task.done_on) == (date(2026, 12, 20), None)
    assert list(commission.awaited(account)) == [made]
    commission.record_answer(account, made, FollowUp.FOLLOWED, date(2026, 12, 15), "Aide accordée.")
    task.refresh_from_db()
    assert task.done_on == date(2026, 12, 15)
    assert not commission.awaited(account).exists()


def test_a_closed_session_no_longer_changes(account, rows, session):
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    with pytest.raises(PexError, match="F-1"):
        commission.close_session(account, session, TODAY)
    commission.record_outcome(account, session.items.get(), Outcome.NO_OPINION, TODAY)
    commission.close_session(account, session, TODAY)
    with pytest.raises(PexError, match="est close"):
        commission.put_on_agenda(account, session, [rows[1].pk], TODAY)
    commission.reopen_session(account, session)
    assert commission.put_on_agenda(account, session, [rows[1].pk], TODAY) == 1


def test_letters_follow_from_what_was_said_and_to_whom(account, rows, session):
    commission.put_on_agenda(account, session, [row.pk for row in rows[:2]], TODAY)
    first, second = session.items.all()
    commission.record_outcome(account, first, Outcome.OPINION, TODAY, opinion="Un plan.", for_landlord="Un plan.")
    commission.recommend(account, first, "fsl", "Examiner une aide.", None)
    commission.record_outcome(account, second, Outcome.NO_OPINION, TODAY)
    found = [(each.item.pk, each.letter_id) for each in commission.notifications(session)]
    assert found == [(first.pk, "avis_menage"), (first.pk, "avis_bailleur"), (first.pk, "avis_fsl")]
    batch = commission.prepare_notifications(account, session, TODAY)
    assert list(batch.items.values_list("template", flat=True)) == ["avis_menage", "avis_bailleur", "avis_fsl"]


def text_of(report):
    with pymupdf.open(stream=io.BytesIO(write_report(report, Profile(), "pdf"))) as pages:
        return len(pages), " ".join(" ".join(page.get_text().split()) for page in pages)


def test_the_edition_without_names_names_nobody(account, rows, session):
    commission.put_on_agenda(account, session, [row.pk for row in rows], TODAY)
    _, named = text_of(commission_papers.agenda_report(session, TODAY, anonymous=False))
    _, anonymous = text_of(commission_papers.agenda_report(session, TODAY, anonymous=True))
    for word in ("FICTIF Aïcha", "F-1", "EXEMPLE"):
        assert word.split()[0] in named
        assert "F-1" not in anonymous
        assert "EXEMPLE" not in anonymous
    assert "Dossier n° 1" in anonymous
    assert "secret professionnel" in anonymous


def test_a_file_is_one_page_and_tells_the_dates(account, rows, session):
    commission.put_on_agenda(account, session, [row.pk for row in rows], TODAY)
    pages, text = text_of(commission_papers.files_report(session, TODAY))
    assert pages == 3
    assert "5 octobre 2026 : Assignation" in text
    assert "Habitat de démonstration (bailleur social)" in text


def test_the_minutes_tell_what_was_said_and_that_it_is_no_decision(account, rows, session):
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    commission.record_outcome(account, session.items.get(), Outcome.OPINION, TODAY, opinion="Un plan de 50 €.")
    commission.recommend(account, session.items.get(), "caf", "Garder l'aide.", date(2026, 12, 20))
    _, text = text_of(commission_papers.minutes_report(session, TODAY))
    assert "Un plan de 50 €." in text
    assert "la CAF ou la MSA : Garder l'aide. (réponse attendue avant le 20 décembre 2026)" in text
    assert "n'est pas une décision" in text


def test_another_structure_sees_nothing_of_it(account, rows, session):
    from pex.tracker.models import Account, Structure

    other = Account.objects.create(username="autre", structure=Structure.objects.create(name="Autre (FICTIF)"))
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    assert not commission.sessions(other).exists()
    with pytest.raises(AgendaItem.DoesNotExist):
        commission.item_of(other, session.items.get().pk)
    assert commission.put_on_agenda(other, session, [rows[1].pk], TODAY) == 0


def test_the_journal_names_fields_and_never_what_they_say(account, rows, session):
    commission.put_on_agenda(account, session, [rows[0].pk], TODAY)
    commission.record_outcome(account, session.items.get(), Outcome.OPINION, TODAY, opinion="Secret de Mme FICTIF")
    told = " ".join(f"{entry.action} {entry.fields} {entry.reason}" for entry in JournalEntry.objects.all())
    assert "opinion" in told
    assert "FICTIF" not in told
