"""Backups are kept for a while, one a day, then one a week, then one a month; a changed one is found."""

from datetime import date, timedelta

import pytest

from pex.errors import UnreadableFile
from pex.tracker import backup

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    backup.folder().mkdir()


def made(day, hour=8):
    path = backup.folder() / f"sauvegarde-{day:%Y%m%d}-{hour:02}0000-000000.sqlite3"
    path.write_bytes(b"x")
    return path


def left():
    return {path.name[11:19] for path in backup.folder().glob("*.sqlite3")}


def test_a_year_of_daily_backups_leaves_a_dozen():
    for age in range(365):
        made(TODAY - timedelta(days=age))
    twice = made(TODAY, hour=7)
    assert backup.forget_old_backups(TODAY) > 340
    assert not twice.exists()
    days = sorted(left(), reverse=True)
    assert days[:7] == [f"{TODAY - timedelta(days=age):%Y%m%d}" for age in range(7)]
    assert len(days) <= 7 + 4 + 3
    assert min(days) >= f"{TODAY - timedelta(days=90):%Y%m%d}"
    assert backup.last_backup(TODAY) == timedelta(0)


def test_what_a_killed_backup_left_half_made_goes_at_the_next_one():
    half_made = made(TODAY).with_suffix(".partie")
    half_made.write_bytes(b"x")
    backup.forget_old_backups(TODAY)
    assert not half_made.exists() and len(left()) == 1


def test_the_only_backup_of_a_month_is_kept_until_it_is_three_months_old():
    made(TODAY - timedelta(days=89))
    assert backup.forget_old_backups(TODAY) == 0
    assert backup.forget_old_backups(TODAY + timedelta(days=1)) == 1
    assert backup.last_backup(TODAY) is None


def test_what_is_not_a_backup_is_told():
    path = made(TODAY)
    assert "abîmé" in backup.check(path).problem
    with pytest.raises(UnreadableFile, match="n'existe pas"):
        backup.check(path.with_name("autre.sqlite3"))
