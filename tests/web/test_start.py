"""`pex web` starts, or says in French why not: nothing is changed when it refuses."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from pex.errors import PexError
from pex.web.instance import AlreadyOpen, only_one, read_address, say_address
from pex.web.serve import HOST, _listen


def started(folder, *options, code=None):
    """The command, and what it answered."""
    call = [sys.executable, "-m", "pex", "web", "--sans-navigateur", "--donnees", str(folder), *options]
    if code is not None:
        call = [sys.executable, "-c", f"{code}\nfrom pex.cli import main\nmain({call[3:]!r})"]
    return subprocess.run(call, capture_output=True, text=True, timeout=120)


def test_one_pex_at_a_time_on_the_same_data(tmp_path):
    with only_one(tmp_path):
        say_address(tmp_path, "http://127.0.0.1:1")
        with pytest.raises(AlreadyOpen) as refused, only_one(tmp_path):
            pass
        assert refused.value.address == "http://127.0.0.1:1"
    with only_one(tmp_path):
        assert read_address(tmp_path) is None


def test_a_port_that_is_taken_is_said():
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        with pytest.raises(PexError, match="est déjà pris"):
            _listen(other.getsockname()[1])


def test_only_this_pc_is_listened_to():
    with _listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_database_of_a_later_pex_is_refused(database):
    from django.conf import settings
    from django.db.migrations.recorder import MigrationRecorder

    from pex.web.database import NewerDatabase, prepare

    MigrationRecorder.Migration.objects.create(app="tracker", name="9999_later")
    with pytest.raises(NewerDatabase, match="plus récent"):
        prepare(settings.DATABASES["default"]["NAME"])


def test_a_damaged_database_is_said_and_left_alone(tmp_path):
    path = tmp_path / "pex.sqlite3"
    path.write_bytes(b"ceci n'est pas une base" * 1000)
    answer = started(tmp_path)
    assert answer.returncode == 1
    assert "est abîmé" in answer.stderr and "Traceback" not in answer.stderr
    assert path.read_bytes().startswith(b"ceci")


def test_without_the_extra_the_remedy_is_given(tmp_path):
    answer = started(tmp_path, code="import sys; sys.modules['django'] = None")
    assert answer.returncode == 1
    assert "pip install pex-expulsions[web]" in answer.stderr


def test_a_folder_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "fichier").write_text("x")
    answer = started(tmp_path / "fichier")
    assert answer.returncode == 1
    assert "ne peut pas être utilisé" in answer.stderr
