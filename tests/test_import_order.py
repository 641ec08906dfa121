"""One straight line: imports go one way, only the ends read the clock, the command line starts light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pex

PACKAGE = Path(pex.__file__).parent

ORDER = [
    "errors",
    "dates",
    "folders",
    "law",
    "dossier",
    "timeline",
    "profile",
    "letters",
    "plain_language",
    "outputs",
    "kit",
    "batch",
    "tracker",
    "web",
    "cli",
]
MAY_READ_THE_CLOCK = {"web", "cli"}
TRACES = PACKAGE / "tracker" / "moment.py"  # when something was done, never the day of a calculation
HEAVY = ["babel", "dateutil", "docx", "jinja2", "lxml", "markdown_it", "openpyxl", "typst", "yaml"]

SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def label(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def station(path: Path) -> str:
    """Where a file is on the line: `law` for `law/reading.py`, `timeline` for `timeline.py`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def stations_imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every station that a file imports, at its top or inside its functions, with the line."""
    package = ["pex", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*above, node.module] if node.module else above)
            names = [f"{start}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            root, *rest = name.split(".")
            if root == "pex" and rest and not rest[0].startswith("__"):
                yield rest[0], node.lineno


@pytest.mark.parametrize("path", [path for path in SOURCES if not path.name.startswith("__main__")], ids=label)
def test_imports_go_one_way(path):
    here = station(path)
    if path.parent == PACKAGE and path.name == "__init__.py":
        assert not list(stations_imported(path)), "pex/__init__.py n’importe rien : la commande démarre vite"
        return
    assert here in ORDER, f"« {here} » n’a pas de place dans ORDER : choisissez-la"
    back = [
        f"{label(path)}, ligne {line} : « {here} » importe « {imported} »"
        for imported, line in stations_imported(path)
        if imported != here and imported not in ORDER[: ORDER.index(here)]
    ]
    assert not back, "\n".join(back)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if station(path) not in MAY_READ_THE_CLOCK and path != TRACES], ids=label
)
def test_only_the_ends_read_the_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    readings = [
        f"{label(path)}, ligne {node.lineno} : {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"today", "now", "utcnow"}
    ]
    assert not readings, "Recevez la date en argument :\n" + "\n".join(readings)


def test_the_command_line_starts_light():
    loaded = subprocess.run(
        [sys.executable, "-c", "import pex.cli, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not [name for name in HEAVY if name in loaded]
