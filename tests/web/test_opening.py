"""Who may open pex on one PC: whoever holds the token, once, from this PC, at its own address."""

from __future__ import annotations

import os
import stat
from datetime import timedelta

import pytest
from web.conftest import OWN_HOST

from pex.web.opening import FOLDER, make_token, use_token


def test_a_token_opens_once(data_folder):
    token = make_token(data_folder)
    assert use_token(data_folder, token)
    assert not use_token(data_folder, token)


@pytest.mark.parametrize("wrong", ["", "a", "é" * 43, "../" * 14 + "x", "a" * 43, "\x00" * 43])
def test_nothing_else_opens(data_folder, wrong):
    make_token(data_folder)
    assert not use_token(data_folder, wrong)


def test_a_token_of_yesterday_opens_nothing(data_folder, monkeypatch):
    from django.utils import timezone

    token = make_token(data_folder)
    later = timezone.now() + timedelta(hours=13)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not use_token(data_folder, token)


def test_another_user_of_the_pc_cannot_read_the_tokens(data_folder):
    make_token(data_folder)
    folder = data_folder / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_token_itself_is_written_nowhere(data_folder):
    token = make_token(data_folder)
    assert token not in "".join(os.listdir(data_folder / FOLDER))


def test_reading_the_address_spends_nothing(stranger, account, data_folder):
    token = make_token(data_folder)
    page = stranger.get("/ouvrir/", {"jeton": token})
    assert page.status_code == 200
    assert use_token(data_folder, token)


def test_the_button_opens_pex(client, stranger, account, data_folder):
    token = make_token(data_folder)
    stranger.get("/ouvrir/", {"jeton": token})
    key = stranger.cookies["pex_csrf"].value
    answer = stranger.post(
        "/ouvrir/", {"jeton": token, "csrfmiddlewaretoken": key}, headers={"origin": f"http://{OWN_HOST}"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = answer.cookies["pex_session"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict"
    assert stranger.get("/calcul/").status_code == 200


def test_a_used_address_says_what_to_do(stranger, account, data_folder):
    token = make_token(data_folder)
    assert use_token(data_folder, token)
    stranger.get("/ouvrir/", {"jeton": token})
    key = stranger.cookies["pex_csrf"].value
    answer = stranger.post("/ouvrir/", {"jeton": token, "csrfmiddlewaretoken": key})
    assert answer.status_code == 403
    assert "Lancez de nouveau « pex web »" in answer.content.decode()


def test_closed_by_default(stranger):
    answer = stranger.get("/calcul/")
    assert answer.status_code == 403
    assert "Ouvrez pex" in answer.content.decode()


def test_every_session_is_a_new_one(stranger, account, data_folder):
    """Session fixation: a cookie that was there before opening is not the one that is opened."""
    stranger.cookies["pex_session"] = "a" * 32
    token = make_token(data_folder)
    stranger.get("/ouvrir/", {"jeton": token})
    key = stranger.cookies["pex_csrf"].value
    stranger.post("/ouvrir/", {"jeton": token, "csrfmiddlewaretoken": key})
    assert stranger.cookies["pex_session"].value != "a" * 32


def test_closing_needs_a_form_of_pex_and_forgets(client):
    kept = client.cookies["pex_session"].value
    assert client.get("/fermer/").status_code == 405
    answer = client.post("/fermer/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["pex_session"] = kept
    assert client.get("/calcul/").status_code == 403


def test_an_idle_session_locks(client, monkeypatch):
    from django.utils import timezone

    assert client.get("/calcul/").status_code == 200
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = client.get("/calcul/")
    assert answer.status_code == 403
    assert "pex s&#x27;est verrouillé" in answer.content.decode()


def test_a_session_that_is_used_stays_open(client, monkeypatch):
    from django.utils import timezone

    start = timezone.now()
    for minutes in (0, 10, 20, 30):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        assert client.get("/rester/").status_code == 204
