"""The threats that concern one PC, each with what must happen."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from web.addresses import OF_NOBODY, OPEN_TO_ALL, addresses_to_post, addresses_to_read, known, named
from web.conftest import OWN_HOST, TODAY, an_invented_dossier
from web.office import at_work

HERE = {"origin": f"http://{OWN_HOST}"}
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}{% debug %}"


def test_every_address_is_known_to_these_tests():
    assert named() == known()


# --- Nothing is changed by reading ---


def test_reading_any_page_leaves_the_database_as_it_was(client, office):
    """Under a database that refuses to write; only the journal may add its line."""
    from django.db import connection

    written = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        for name, address in addresses_to_read(office):
            answer = client.get(address)
            assert answer.status_code in (200, 204), (name, answer.status_code)
    assert [sql for sql in written if "journalentry" not in sql] == []


def test_a_page_that_writes_while_it_is_read_is_stopped(account):
    from django.db import connection

    from pex.tracker.models import Account
    from pex.web.middleware.read_only import WriteOnRead, refuse_writes

    with connection.execute_wrapper(refuse_writes):
        assert Account.objects.count() == 1
        with pytest.raises(WriteOnRead):
            Account.objects.update(first_name="x")


def test_what_changes_something_is_never_done_by_following_a_link(client, office):
    for name, address in addresses_to_post(office):
        assert client.get(address).status_code == 405, name


# --- Closed by default ---


def test_without_a_session_no_page_says_anything(stranger, office):
    for name, address in addresses_to_read(office):
        answer = stranger.get(address)
        assert answer.status_code == (200 if name in OPEN_TO_ALL else 403), name
        assert "INVENTÉE" not in answer.content.decode()


def test_what_belongs_to_another_structure_does_not_exist(client, account, office):
    """404 and not 403: nobody learns that it is there. Reading and posting alike."""
    from pex.tracker.models import Account, Structure

    Account.objects.filter(pk=account.pk).update(structure=Structure.objects.create(name="Ailleurs"))
    reading = {(name, client.get(address).status_code) for name, address in addresses_to_read(office)}
    assert {name for name, status in reading if status != 404} == OF_NOBODY
    mine = {"close", "calculator_document", "indicators_report", "settings_change", "export"}
    posting = {
        name: client.post(address, {}).status_code for name, address in addresses_to_post(office) if name not in mine
    }
    assert {name: status for name, status in posting.items() if status != 404} == {}


def test_lists_hold_nothing_of_another_structure(client, account, office):
    from pex.tracker.models import Account, Structure

    Account.objects.filter(pk=account.pk).update(structure=Structure.objects.create(name="Ailleurs"))
    for name, address in addresses_to_read(office):
        assert "INVENTÉE" not in client.get(address).content.decode(errors="replace"), name


# --- Another site, another name for this PC ---


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "[::1]", "0.0.0.0:8000"]
)
def test_another_host_is_refused(client, host):
    """DNS rebinding: a name of the Internet that points at this PC."""
    assert client.get("/calcul/", headers={"host": host}).status_code == 400


def test_another_port_of_this_pc_is_refused(client, settings_of):
    settings_of(OWN_HOSTS=(OWN_HOST,))
    assert client.get("/calcul/").status_code == 200
    assert client.get("/calcul/", headers={"host": "127.0.0.1:9999"}).status_code == 400


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-forwarded-for", "x-forwarded-proto", "forwarded"])
def test_what_a_proxy_would_say_is_ignored(client, name):
    answer = client.get("/calcul/", headers={name: "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8000"])
def test_a_form_posted_by_another_site_is_refused(client, origin):
    assert client.post("/calcul/", {"e-assignation": "01/10/2026"}, headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_another_site_started_is_refused(client, site):
    assert client.get("/calcul/", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert client.post("/calcul/", headers={"sec-fetch-site": site, "sec-fetch-mode": "navigate"}).status_code == 403


def test_a_form_without_its_key_is_refused_and_says_what_to_do(account):
    from django.test import Client

    opened = Client(HTTP_HOST=OWN_HOST, enforce_csrf_checks=True)
    opened.force_login(account, backend="pex.web.opening.HolderOfTheOpening")
    answer = opened.post("/dossiers/", {"q": "x"}, headers=HERE)
    assert answer.status_code == 403
    assert "Rien n&#x27;a été enregistré" in answer.content.decode()


# --- What the browser is told ---


def test_no_browser_keeps_a_page_and_no_page_takes_anything_from_elsewhere(client, office):
    for name, address in addresses_to_read(office):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store", name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe-inline" not in policy or ("sandbox" in policy and "script-src" not in policy), name
        assert "http:" not in policy and "https:" not in policy, name


def test_refusals_carry_the_same_headers(client, stranger):
    for answer in (client.get("/rien/"), stranger.get("/"), client.get("/", headers={"host": "evil.example"})):
        assert answer.status_code in (400, 403, 404)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_no_template_holds_a_style_or_a_script(repository):
    pages = list((repository / "pex" / "web" / "templates").rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son\w+=|javascript:", text), page.name
        assert not re.search(r"""(src|href)=["']https?:""", text), page.name
        assert "|safe" not in text and "autoescape off" not in text, page.name


def test_no_page_and_no_paper_asks_anything_of_a_network(client, office, monkeypatch):
    """The part of the server; what the browser asks for is listened to in test_every_page.py."""
    import socket

    called = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: called.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: called.append(where))
    for _, address in addresses_to_read(office):
        client.get(address)
    client.post("/calcul/document/", {"e-assignation": "01/10/2026", "document": "frise.pdf"})
    assert called == []


# --- Nothing personal outside the page ---


def test_no_name_in_an_address_a_title_or_a_file_name(client, office):
    for name, address in addresses_to_read(office):
        answer = client.get(address)
        assert "INVENT" not in address, name
        assert "INVENT" not in answer.headers.get("Content-Disposition", ""), name
        if answer.content and answer.headers.get("Content-Type", "").startswith("text/html"):
            title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
            assert title and title[1].strip(" ·\n") != "pex", name
            assert "INVENT" not in title[1], name


def test_what_is_searched_for_stays_out_of_the_address(client, dossier):
    answer = client.post("/dossiers/", {"q": "inventee zoe"}, headers=HERE)
    assert answer.status_code == 302
    assert re.fullmatch(r"/dossiers/\?liste=[0-9a-f]{8}", answer["Location"])
    assert "INVENTÉE Zoé" in client.get(answer["Location"]).content.decode()


def test_a_log_says_where_a_bug_is_and_not_what_was_in_the_page():
    from pex.web.quiet_log import QuietFormatter

    try:
        raise ValueError("Mme INVENTÉE")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "%s",
            ("/x/INVENTÉE",),
            (ValueError, error, error.__traceback__),
        )
    line = QuietFormatter().format(record)
    assert "ValueError" in line and "test_threats.py" in line
    assert "INVENT" not in line


def test_a_bug_shows_nothing_of_the_page(client, dossier, monkeypatch):
    from pex.web.views import dossier as view

    def break_down(*_):
        raise ValueError("Mme INVENTÉE")

    monkeypatch.setattr(view, "tell", break_down)
    client.raise_request_exception = False
    answer = client.get(f"/dossiers/{dossier.pk}/")
    assert answer.status_code == 500
    assert "INVENT" not in answer.content.decode()
    assert "C&#x27;est une erreur de pex, pas de vous" in answer.content.decode()


# --- What people type ---


def test_no_text_is_ever_read_as_a_page(client, account, dossier):
    from pex.tracker.editing import add_event, add_note, create

    menage = {
        "personnes": [{"nom": NASTY[:60], "prenom": NASTY[60:]}],
        "adresse": {"lignes": [NASTY[:100]], "code_postal": "00100", "commune": NASTY[:90]},
    }
    row = create(account, an_invented_dossier(reference="X-1", menage=menage, bailleur={"nom": NASTY}), TODAY)
    day = f"{TODAY + timedelta(days=60):%d/%m/%Y}"
    add_event(account, row, {"type": "audience", "date": day, "lieu": NASTY}, TODAY, sure=True)
    add_note(account, row, NASTY, TODAY)
    for name, address in addresses_to_read(at_work(account, row, TODAY, text=NASTY)):
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            assert "<script>alert" not in text and "<img src=x" not in text, name
            assert "49" not in re.findall(r"onerror=alert\(2\)&gt;(\d+)", text), name
    assert "&lt;script&gt;alert(1)" in client.get(f"/dossiers/{row.pk}/").content.decode()


def test_two_tabs_on_one_dossier_lose_nothing(client, dossier):
    """The second one is told, sees what changed, keeps what it had typed, and may then save."""
    address = f"/dossiers/{dossier.pk}/evenements/"
    typed = {"type": "dsf_transmis", "date": f"{TODAY:%d/%m/%Y}", "version": str(dossier.version)}
    other = {"type": "saisine_dsf", "date": f"{TODAY - timedelta(days=3):%d/%m/%Y}", "version": str(dossier.version)}
    assert client.post(address, other).status_code == 302
    answer = client.post(address, typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "a été modifié entre-temps" in page
    assert "Demande du diagnostic social et financier" in page
    assert f'value="{TODAY:%d/%m/%Y}"' in page
    again = re.search(r'name="version" value="(\d+)"', page)
    assert client.post(address, {**typed, "version": again[1]}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.events.count() == 4


@pytest.mark.parametrize(
    "pk",
    [
        "1",
        "-1",
        "1" * 31,
        "１２",
        "%00",
        "../../etc/passwd",
        "C:%5C",
        "' OR 1=1 --",
        "0" * 8 + "-0000-0000-0000-" + "0" * 12,
    ],
)
def test_a_nonsense_dossier_does_not_exist(client, pk):
    assert client.get(f"/dossiers/{pk}/").status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=1e9", "?page=-1", "?page=" + "9" * 40, "?liste=<script>", "?etape=xxx", "?page=１２"]
)
def test_a_nonsense_list_is_still_a_list(client, dossier, query):
    answer = client.get(f"/dossiers/{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_too_many_fields_or_too_much_text_is_refused_in_french(client):
    many = client.post("/calcul/", {f"f{number}": "x" for number in range(1001)})
    big = client.post("/calcul/", {"bail": "x" * 3_000_000})
    for answer in (many, big):
        assert answer.status_code == 400
        assert "Rien n&#x27;a été enregistré" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ['a"\r\nSet-Cookie: x=1.pdf', "é" * 300 + ".pdf", "../../etc/passwd.pdf", "CON.docx", "a\x00b.pdf"]
)
def test_a_file_name_is_plain_whatever_it_was(name):
    from pex.web.documents import download

    told = download(b"x", name).headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9._-]{1,100}"', told)


@pytest.mark.parametrize("field", ["version", "said_by", "structure", "role"])
def test_hidden_fields_give_no_right(client, account, dossier, field):
    """Mass assignment: an unknown field is ignored, a known one is checked."""
    typed = {"type": "saisine_dsf", "date": f"{TODAY:%d/%m/%Y}", field: "admin"}
    answer = client.post(f"/dossiers/{dossier.pk}/evenements/", typed)
    assert answer.status_code in (302, 422)
    account.refresh_from_db()
    assert account.role == "titulaire"


def test_a_number_that_may_not_be_kept_is_refused(client, dossier):
    note = {"kind": "note", "on": f"{TODAY:%d/%m/%Y}", "text": "N° 2 85 05 78 006 084 41"}
    answer = client.post(f"/dossiers/{dossier.pk}/notes/", note)
    assert answer.status_code == 422
    assert dossier.notes.count() == 0


def test_the_journal_says_who_looked_and_not_at_what(client, account, dossier):
    from pex.tracker.models import JournalEntry

    client.get(f"/dossiers/{dossier.pk}/")
    client.get(f"/dossiers/{dossier.pk}/")
    lines = JournalEntry.objects.filter(action="consultation")
    assert [(line.actor, line.object_id) for line in lines] == [(str(account.pk), str(dossier.pk))]
