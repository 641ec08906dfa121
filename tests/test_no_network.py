"""pex works on a machine without any network route: letters, and every page that is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pex.folders import EXAMPLES

pytestmark = pytest.mark.requires("unshare")
REACH = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"


def without_network(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python where there is no interface but a loopback that is down."""
    command = ["unshare", "--map-root-user", "--net", sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture(autouse=True)
def _a_place_without_network(tmp_path: Path) -> None:
    if without_network("-c", "pass", cwd=tmp_path).returncode:
        pytest.skip("ce système ne permet pas de retirer le réseau à un programme")


def test_there_is_really_no_route(tmp_path: Path) -> None:
    assert "Network is unreachable" in without_network("-c", REACH, cwd=tmp_path).stderr


def test_letters_and_timelines_are_made(tmp_path: Path) -> None:
    file, profile = str(EXAMPLES / "tableau.csv"), str(EXAMPLES / "profil")
    for command in ("courriers", "frise"):
        made = without_network(
            "-m", "pex", command, file, "--profil", profile, "--sortie", str(tmp_path / command), "--processus", "1",
            cwd=tmp_path,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        assert list((tmp_path / command).glob("*.pdf"))


def test_every_page_is_read(tests_folder: Path) -> None:
    wanted = "reading_any_page_leaves_the_database"
    read = without_network(
        "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "tests/web/test_threats.py", "-k", wanted,
        cwd=tests_folder.parent,
    )  # fmt: skip
    assert read.returncode == 0, read.stdout[-2000:]
    assert "1 passed" in read.stdout or read.stdout.strip().endswith("[100%]")
