"""The documents say what is true: their commands run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pex.cli import COMMANDS
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.outputs.law_page import write_law_page

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = [line for block in re.findall(r"```sh\n(.*?)```", README, re.S) for line in block.splitlines()]


@pytest.mark.parametrize("line", [line for line in RUN if line.startswith("pex ")])
def test_each_command_of_the_readme_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    (tmp_path / "examples").symlink_to(EXAMPLES)
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-m", "pex", *shlex.split(line)[1:]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    # The office's spreadsheet holds three faulty rows on purpose.
    assert done.returncode == (1 if "tableau-bureau" in line else 0), done.stderr


def test_every_command_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"`pex {name}`" in README


def test_the_page_of_the_law_says_what_the_data_say() -> None:
    page = (ROOT / "docs" / "droit.md").read_text(encoding="utf-8")
    assert page == write_law_page(read_law()), "Lancez « make docs »."


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
