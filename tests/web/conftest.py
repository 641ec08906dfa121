"""What the tests of the pages share: a client at the application's own address, opened or not."""

from __future__ import annotations

from typing import Any

import pytest

OWN_HOST = "127.0.0.1:8000"


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
