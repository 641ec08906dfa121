"""What every test may use: the folders of test material, and programs that may be absent."""

import os
import shutil
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
