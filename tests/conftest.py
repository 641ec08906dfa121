"""What every test may use: the folders of test material, and programs that may be absent."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
NODE_MODULES = REPOSITORY / ".node_tools" / "node_modules"

# How to get each program that a test can ask for with @pytest.mark.requires("…").
REMEDIES = {
    "chromium": "apt install chromium",
    "node": "apt install nodejs",
    "pdftoppm": "apt install poppler-utils",
    "pdftotext": "apt install poppler-utils",
    "soffice": "apt install libreoffice-writer-nogui",
    "unshare": "apt install util-linux",
    "axe-core": "npm install --prefix .node_tools axe-core",
    "@ooxml-tools/validate": "npm install --prefix .node_tools @ooxml-tools/validate",
}


def is_present(program: str) -> bool:
    return shutil.which(program) is not None or (NODE_MODULES / program / "package.json").exists()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.requires("chromium", "axe-core")`: skip, or fail where PEX_TOUT_TESTER is set."""
    for marker in item.iter_markers("requires"):
        for program in marker.args:
            remedy = REMEDIES[program]
            if not is_present(program):
                refuse = pytest.fail if os.environ.get("PEX_TOUT_TESTER") else pytest.skip
                refuse(f"« {program} » manque : {remedy}")


def pytest_configure(config: pytest.Config) -> None:
    """The application works in a data folder of its own, made for this run and removed after it."""
    import django

    os.environ["PEX_DONNEES"] = tempfile.mkdtemp(prefix="pex-tests-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "pex.web.settings.local"
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["PEX_DONNEES"], ignore_errors=True)


@pytest.fixture(scope="session")
def migrated():
    """A database with its tables, empty."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@pytest.fixture
def database(migrated):
    """A database whose changes are undone after the test."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def account(database):
    """The « titulaire » of an invented office."""
    from pex.tracker.office import titulaire

    return titulaire("CCAPEX du Val-de-Brume (FICTIF)", fictitious=True)


@pytest.fixture(scope="session")
def tests_folder() -> Path:
    return TESTS


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where `.ci/run` puts axe-core and @ooxml-tools/validate."""
    return NODE_MODULES
