"""Options that several commands share, and the kinds of values people type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pex.cli.french import did_you_mean
from pex.errors import PexError

if TYPE_CHECKING:
    ValueKind = click.ParamType[Any]
else:
    ValueKind = click.ParamType  # generic for the type checker only: older versions of click cannot be subscripted

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(ValueKind):
    """A day typed « 2026-11-23 » or « 23/11/2026 »."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from pex.dates import read_date

        if isinstance(value, date):
            return value
        try:
            return read_date(value)
        except PexError as error:
            self.fail(str(error), param, ctx)


class Existing(ValueKind):
    """The path of a file, or of a folder, that exists."""

    def __init__(self, folder: bool = False) -> None:
        self.folder = folder
        self.name = "dossier" if folder else "fichier"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value).expanduser()
        if not path.exists():
            kind = "Le dossier" if self.folder else "Le fichier"
            self.fail(f"{kind} « {path} » n'existe pas. Vérifiez son nom et le dossier où il est.", param, ctx)
        if path.is_dir() != self.folder:
            wanted, found = ("un dossier", "un fichier") if self.folder else ("un fichier", "un dossier")
            self.fail(f"« {path} » est {found} : donnez {wanted}.", param, ctx)
        return path


class Target(ValueKind):
    """The path of a file or folder to write."""

    name = "chemin"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        return Path(value).expanduser()


class Formats(ValueKind):
    """Formats separated by commas: « docx,pdf »."""

    name = "formats"

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        wanted = [name.strip().lower() for name in value.split(",") if name.strip()]
        for name in wanted:
            if name not in self.known:
                self.fail(f"le format « {name} » n'existe pas. {did_you_mean(name, self.known)}", param, ctx)
        if not wanted:
            self.fail(f"aucun format. Choix possibles : {', '.join(self.known)}.", param, ctx)
        return tuple(dict.fromkeys(wanted))


class Count(ValueKind):
    """A whole number from 1."""

    name = "nombre"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        if not (value.isascii() and value.isdigit() and int(value) >= 1):
            self.fail(f"« {value} » n'est pas un nombre entier à partir de 1.", param, ctx)
        return int(value)


class OneOf(ValueKind):
    """One word of a short list."""

    name = "choix"

    def __init__(self, *known: str) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.known:
            self.fail(f"« {value} » n'est pas possible. {did_you_mean(value, self.known)}", param, ctx)
        return str(value)


def file_argument() -> Decorator:
    """FICHIER: dossiers in YAML or JSON, or a spreadsheet."""
    return click.argument("file", metavar="FICHIER", type=Existing())


def columns_option() -> Decorator:
    return click.option(
        "--colonnes", "columns", metavar="M.yaml", type=Existing(),
        help="Fichier qui dit quelle colonne de votre tableau contient quoi.",
    )  # fmt: skip


def day_option() -> Decorator:
    return click.option(
        "--le", "day", metavar="DATE", type=Day(),
        help="Jour du calcul, 2026-11-23 ou 23/11/2026. Sans cette option : aujourd'hui.",
    )  # fmt: skip


def hypothesis_option() -> Decorator:
    return click.option(
        "--hypothese", "hypotheses", metavar="EVENEMENT=DATE", multiple=True,
        help="Montre ce qui changerait si cet événement avait lieu. Peut se répéter.",
    )  # fmt: skip


def profile_option(text: str) -> Decorator:
    return click.option("--profil", "profile", metavar="DIR", type=Existing(folder=True), help=text)


def json_option() -> Decorator:
    return click.option("--json", "as_json", is_flag=True, help="Résultat pour un autre logiciel (JSON).")


def folder_option() -> Decorator:
    return click.option(
        "--sortie", "folder", metavar="DIR", type=Target(), required=True,
        help="Dossier où écrire. Il est créé s'il n'existe pas.",
    )  # fmt: skip


def overwrite_option() -> Decorator:
    return click.option(
        "--ecraser",
        "overwrite",
        is_flag=True,
        help="Remplace les fichiers déjà là quand leur contenu a changé.",
    )


def processes_option() -> Decorator:
    return click.option(
        "--processus", "processes", metavar="N", type=Count(),
        help="Nombre de processus. Sans cette option : un par cœur de la machine.",
    )  # fmt: skip
