"""The journal only grows, and a line changed by hand is found."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pex.errors import PexError
from pex.tracker import journal
from pex.tracker.models import JournalEntry
from pex.tracker.moment import this_moment


@pytest.fixture
def lines(account):
    return [journal.record("export", account, count=number) for number in range(5)]


def without_triggers():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_is_never_changed")
        cursor.execute("DROP TRIGGER journal_keeps_a_year")


def test_the_database_refuses_to_change_or_delete_a_line(lines):
    for statement in ("UPDATE tracker_journalentry SET count = 9", "DELETE FROM tracker_journalentry"):
        with pytest.raises(DatabaseError, match="journal"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert journal.verify() == journal.JournalState(5, lines[-1].hash)


def test_a_line_changed_by_hand_is_found(lines):
    without_triggers()
    JournalEntry.objects.filter(pk=lines[2].pk).update(actor="quelqu'un d'autre")
    assert journal.verify().broken_at == lines[2].pk


def test_a_line_taken_out_is_found(lines):
    without_triggers()
    lines[1].delete()
    assert journal.verify().broken_at == lines[2].pk


def test_a_cut_end_is_found_with_the_head_kept_elsewhere(lines):
    without_triggers()
    head = journal.verify().head
    lines[4].delete()
    assert journal.verify().intact
    assert not journal.holds(head) and journal.holds(lines[3].hash)


def test_lines_of_more_than_a_year_go_and_the_chain_still_holds(lines):
    today = (this_moment() + timedelta(days=400)).date()
    with pytest.raises(DatabaseError), transaction.atomic():
        journal.forget_old(today)  # the database's own clock says they are recent
    without_triggers()
    head = lines[-1].hash
    assert journal.forget_old(today) == 5
    state = journal.verify()
    assert state.intact and state.count == 1
    assert journal.holds(head)


def test_a_term_out_of_bounds_is_refused(lines):
    for months in (6, 48):
        with pytest.raises(PexError, match="de 12 à 36 mois"):
            journal.forget_old(this_moment().date(), months)


def test_a_dossier_looked_at_twice_is_one_line(account):
    journal.record_view(account, account.structure)
    journal.record_view(account, account.structure)
    assert JournalEntry.objects.filter(action="consultation").count() == 1
