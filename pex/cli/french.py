"""Click in French: usage, headings, and what it says of a command typed wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

# Click's own sentences → ours. The groups are the names it quotes.
SENTENCES = (
    (
        r"Got unexpected extra arguments? \((.*)\)",
        "« {0} » est en trop. Un nom avec des espaces se met entre guillemets.",
    ),
    (r"Option '(.*?)' requires .*", "L'option « {0} » attend une valeur."),
    (r"Option '(.*?)' does not take a value\.", "L'option « {0} » ne prend pas de valeur."),
)


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [_in_french(record) for param in self.get_params(ctx) if (record := _record(param, ctx))]
        if records:
            with formatter.section("Options "):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    return param.get_help_record(ctx) if isinstance(param, click.Option) else None


def _in_french(record: tuple[str, str]) -> tuple[str, str]:
    names, text = record
    return names, text.replace("[required]", "[obligatoire]")


def explain(error: click.UsageError) -> str:
    """What is wrong with the command typed, and where to read more, in French."""
    sentence = _sentence(error)
    if error.ctx is None:
        return f"{sentence}\nTapez « pex --help » pour voir l'aide et des exemples."
    usage = error.ctx.get_usage()
    return f"{usage}\n\n{sentence}\nTapez « {error.ctx.command_path} --help » pour voir l'aide et des exemples."


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f" Vouliez-vous dire {' ou '.join(error.possibilities)} ?" if error.possibilities else ""
        return f"L'option « {error.option_name} » n'existe pas.{close}"
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_name(error.param)}."
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param).capitalize()} : {error.message}" if error.param else error.message
    for pattern, french in SENTENCES:
        if match := re.fullmatch(pattern, error.message, re.DOTALL):
            return french.format(*match.groups())
    return error.message


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "une valeur"
    if isinstance(param, click.Option):
        return f"l'option {max(param.opts, key=len)}"
    return f"l'argument {param.metavar or (param.name or '').upper()}"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """« Vouliez-vous dire : … ? » with the closest names, or all of them where none is close."""
    from difflib import get_close_matches

    close: list[Any] = get_close_matches(word, known, n=3, cutoff=0.5)
    return f"Vouliez-vous dire : {', '.join(close)} ?" if close else f"Choix possibles : {', '.join(known)}."
