"""What an invented office has been doing: sessions, opinions, letters sent and returned, a housing-aid case. FICTIF."""

from __future__ import annotations

from datetime import date, time, timedelta

from pex.dates import move_to_working_day
from pex.errors import PexError
from pex.law import read_law
from pex.tracker import commission, housing_aid, mailing
from pex.tracker.editing import add_note
from pex.tracker.models import Account, Dossier, FollowUp, NoteKind, Outcome, Session, SessionKind

DEPARTEMENT = "00"
ON_AGENDA, LETTERS = 15, 16
OPINION = "Signez un plan avec votre bailleur. Payez chaque mois le loyer et une petite part de la dette."
FOR_LANDLORD = "La commission recommande un plan d'apurement, avec la reprise du loyer de chaque mois."
LATER = ("assignation", "jugement", "commandement_de_quitter_les_lieux")


def fill_office(account: Account, today: date) -> None:
    """A session of last month and one of next week, letters of the last weeks, a housing-aid case."""
    _opinions(account, _session(account, today - timedelta(days=28), today, ("assignation",), 6), today)
    _session(account, today + timedelta(days=8), today, LATER, ON_AGENDA)
    _letters(account, today)
    referred = Dossier.objects.visible_to(account).filter(stage="alerte_caf").order_by("reference").first()
    if referred is not None:
        housing_aid.open_case(account, referred, "caf", today - timedelta(days=5), today, sure=True)


def _session(account: Account, day: date, today: date, stages: tuple[str, ...], number: int) -> Session:
    session = commission.open_session(
        account,
        SessionKind.CENTRAL,
        move_to_working_day(day, read_law().holidays.calendar(DEPARTEMENT)),
        hour=time(9, 30),
        place="Préfecture du Val-de-Brume, salle Arcade",
    )
    rows = commission.candidates(account, session, commission.Wanted(stages=stages))[:number]
    commission.put_on_agenda(account, session, [row.pk for row in rows], today)
    return session


def _opinions(account: Account, session: Session, today: date) -> None:
    """Opinions on most dossiers, recommendations answered or awaited, and the session closed."""
    outcomes = (Outcome.OPINION, Outcome.RECOMMENDATION, Outcome.OPINION, Outcome.POSTPONED, Outcome.NO_OPINION)
    for place, item in enumerate(commission.items_of(session)):
        outcome = outcomes[place % len(outcomes)]
        spoken = outcome in commission.SPOKEN
        commission.record_outcome(
            account,
            item,
            outcome,
            today,
            opinion=OPINION if spoken else "",
            for_landlord=FOR_LANDLORD if spoken else "",
        )
        if spoken:
            due = session.date + timedelta(days=21 + 14 * place)
            made = commission.recommend(account, item, "fsl", "Examiner une aide pour la dette de loyer.", due)
            if place == 0:
                commission.record_answer(account, made, FollowUp.FOLLOWED, today - timedelta(days=3), "Aide accordée.")
    commission.close_session(account, session, today)


def _letters(account: Account, today: date) -> None:
    """Letters that left in the last weeks: most without an answer yet, one returned, a few answered; two are ready."""
    rows = Dossier.objects.visible_to(account).filter(stage__in=("assignation", "commandement_de_payer"))
    sent = 0
    for row in rows.with_facts().select_related("structure").order_by("reference")[: 2 * LETTERS]:
        if sent == LETTERS:
            break
        dated = today - timedelta(days=3 * sent)
        try:
            template = next(item.template for item in mailing.proposals(row, dated) if not item.refusal)
            letter = mailing.keep(account, mailing.compose(row, template, dated))
        except (PexError, StopIteration):
            continue
        sent += 1
        if sent > 2:
            mailing.mark_sent(account, [letter], dated)
        if sent == 5:
            letter.refresh_from_db()
            mailing.returned(account, letter, today - timedelta(days=2), "Destinataire inconnu à l'adresse")
        elif sent % 4 == 0:
            add_note(account, row, "Appel : un rendez-vous est pris.", today - timedelta(days=1), kind=NoteKind.ANSWER)
