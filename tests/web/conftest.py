"""What the tests of the pages share: clients, an invented dossier, the real server and a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

OWN_HOST = "127.0.0.1:8000"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TODAY = date.today()


@pytest.fixture
def stranger(database: None) -> Any:
    """A client without a session, at the address of the application."""
    from django.test import Client

    return Client(HTTP_HOST=OWN_HOST, enforce_csrf_checks=True)


@pytest.fixture
def client(account: Any) -> Any:
    """The client of the « titulaire », who opened pex."""
    from django.test import Client

    opened = Client(HTTP_HOST=OWN_HOST)
    opened.force_login(account, backend="pex.web.opening.HolderOfTheOpening")
    return opened


@pytest.fixture
def data_folder() -> Any:
    from django.conf import settings

    return settings.DATA_FOLDER


def an_invented_dossier(**changes: Any) -> dict[str, Any]:
    """A dossier as a file writes it, at the stage of the assignation."""
    return {
        "reference": "FICTIF-1",
        "menage": {
            "personnes": [{"civilite": "Mme", "nom": "INVENTÉE", "prenom": "Zoé"}],
            "adresse": {"lignes": ["1 rue de l'Exemple"], "code_postal": "00100", "commune": "Brumeville"},
        },
        "bail": {"signe_le": "2021-05-01"},
        "bailleur": {"nom": "Office inventé", "type": "bailleur_social"},
        "dette": {"montant": "1200", "constatee_le": f"{TODAY - timedelta(days=10)}", "loyer": "480"},
        "territoire": {"departement": "00"},
        "evenements": [
            {"type": "commandement_de_payer", "date": f"{TODAY - timedelta(days=90)}"},
            {"type": "assignation", "date": f"{TODAY - timedelta(days=10)}"},
        ],
        **changes,
    }


@pytest.fixture
def dossier(account: Any) -> Any:
    """That dossier, in the database."""
    from pex.tracker.editing import create

    return create(account, an_invented_dossier(), TODAY)


@pytest.fixture
def office(account: Any, dossier: Any) -> Any:
    """One of everything that an address can name, around that dossier."""
    from web.office import at_work

    return at_work(account, dossier, TODAY)


class Application:
    """The application as `pex web --exemple` runs it, in its own process and folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "exemple"
        command = [sys.executable, "-m", "pex", "web", "--exemple", "--sans-navigateur", "--donnees", str(folder)]
        self.log = folder / "sortie.txt"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
            )
        limit = time.monotonic() + 300
        while "Pour arrêter" not in self.said():
            assert self.process.poll() is None and time.monotonic() < limit, self.said()
            time.sleep(0.1)
        self.address = (self.folder / "adresse").read_text(encoding="ascii")

    def said(self) -> str:
        """All that it printed."""
        return self.log.read_text(encoding="utf-8")

    def opening(self) -> str:
        """A new address that opens it once."""
        from pex.web.opening import make_token

        return f"{self.address}/ouvrir/?jeton={make_token(self.folder)}"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """One server for all the tests in a browser: they change nothing that another one reads."""
    running = Application(tmp_path_factory.mktemp("pex"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, without a window; closed with the module: Django does not work while its loop runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def session(application: Application, browser: Any) -> Any:
    """The cookies of somebody who opened pex."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(application.opening())
    page.wait_for_selector("#menu", state="attached")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture(scope="module")
def a_dossier(application: Application, browser: Any, session: Any) -> str:
    """The address of an invented dossier, at the stage of the assignation."""
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{application.address}/dossiers/?etape=assignation")
    address = page.locator("tbody th a").first.get_attribute("href")
    context.close()
    return str(address)


@pytest.fixture
def open_page(application: Application, browser: Any, session: Any) -> Iterator[Any]:
    """Opens an address of the application: `open_page("/calcul/", width=320, color_scheme="dark")`."""
    contexts = []

    def open_at(address: str, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, storage_state=session, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(application.address + address)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def settings_of() -> Iterator[Any]:
    """Changes settings for one test."""
    from django.test import override_settings

    changed = []

    def change(**values: Any) -> None:
        override = override_settings(**values)
        override.enable()
        changed.append(override)

    yield change
    for override in changed:
        override.disable()
