"""The wheel holds all that pex needs, and works from any folder once installed."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import pex


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=120, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", built, repository, cwd=built)
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def commands(wheel, tmp_path_factory) -> Path:
    """The commands of an environment with this wheel, which borrows its dependencies from ours."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    commands = home / "bin"
    run(
        sys.executable,
        *("-m", "pip", "--python", commands / "python"),
        *("install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", wheel),
    )
    # A plain path line: our own `.pth` files, which name the checkout, are not followed from there.
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


@pytest.mark.parametrize("folder", ["letter_templates", "pictograms", "examples"])
def test_every_file_of_a_root_folder_travels(wheel, repository, folder):
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    here = [path for path in (repository / folder).rglob("*") if path.is_file() and path.name[0] != "."]
    assert here
    assert not {f"pex/data/{path.relative_to(repository).as_posix()}" for path in here} - packed


def test_the_law_the_look_and_the_licences_travel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.namelist()
    for folder, ending in [
        ("pex/law/", ".yaml"),
        ("pex/plain_language/fr/", ".yaml"),
        ("pex/outputs/look/", ".typ"),
        ("pex/outputs/look/", ".css"),
        ("pex/outputs/look/fonts/", ".ttf"),
        ("pex/outputs/look/fonts/", ".woff2"),
        ("pex_expulsions-", "licenses/LICENSE"),
        ("pex_expulsions-", "licenses/LICENSE-TEXTS.md"),
        ("pex_expulsions-", "OFL-NotoSans.txt"),
    ]:
        assert any(name.startswith(folder) and name.endswith(ending) for name in packed), (folder, ending)


def test_the_command_says_its_version(commands, tmp_path):
    assert pex.__version__ in run(commands / "pex", "--version", cwd=tmp_path).stdout


def test_the_installed_package_reads_its_own_data(commands, tmp_path):
    where = run(
        *(commands / "python", "-c"),
        "from pex import folders as f; print(f.LETTER_TEMPLATES, f.PICTOGRAMS, f.EXAMPLES, sep='\\n')",
        cwd=tmp_path,
    ).stdout.splitlines()
    assert [Path(place).parent.parts[-2:] for place in where] == [("pex", "data")] * 3
    assert all(Path(place).is_dir() for place in where)


def test_the_demonstration_works_from_another_folder(commands, tmp_path):
    run(commands / "pex", "demo", "--sortie", "sortie", cwd=tmp_path)
    made = {path.suffix for path in (tmp_path / "sortie").rglob("*") if path.is_file()}
    assert {".docx", ".pdf", ".html", ".svg", ".png"} <= made
    assert (tmp_path / "sortie" / "index.html").is_file()
