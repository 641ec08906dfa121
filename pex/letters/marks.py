"""Values stand in a template's text as marks until the text has been parsed; then they are inserted.

A mark is a number between two private-use characters, which the readers of dossiers remove from any
text. So no name, address or reference is ever seen by Jinja or Markdown: it cannot be markup.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Any

from pex.dates import Period, write_date
from pex.errors import MissingFacts
from pex.letters.no_breaks import NO_BREAK, bind_numbers

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")


def write_day(day: date, weekday: bool = False, language: str = "fr") -> str:
    """« lundi 1er mars 2027 » on one line, but for its weekday."""
    text = write_date(day, weekday, language)
    head, space, tail = text.partition(" ") if weekday else ("", "", text)
    return head + space + tail.replace(" ", NO_BREAK)


class Missing:
    """A fact nobody gave. False in a condition; refused where a template writes it out."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(f"{self.path}.{name}")


class Facts:
    """Named values for a template; a value of None is a Missing that knows its path."""

    def __init__(self, path: str, values: dict[str, Any]) -> None:
        self._path = path
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        path = f"{self._path}.{name}" if self._path else name
        value = self._values.get(name)
        if value is None:
            return Missing(path)
        return Facts(path, value) if isinstance(value, dict) else value


class Marks:
    """The values of one letter, in the order they were written."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def add(self, value: Any) -> str:
        """The mark that stands for a value. Raises MissingFacts for a value that is not known."""
        if isinstance(value, Missing):
            raise MissingFacts(f"Il manque « {value.path} ».", [value.path])
        self.values.append(write_value(value))
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def insert(self, text: str) -> str:
        """The text with each mark replaced by its value."""
        return MARK.sub(lambda match: self.values[int(match.group(1))], text)


def write_value(value: Any) -> str:
    """A value as a French letter writes it: day with its weekday, sum in euros, hour with its part of day."""
    if isinstance(value, str):
        return bind_numbers(value)
    if isinstance(value, date):
        return write_day(value, weekday=True)
    if isinstance(value, time):
        return (
            f"{write_hour(value)} du {'matin' if value.hour < 12 else 'soir' if value.hour >= 18 else 'midi'}".replace(
                "du midi", "de l'après-midi"
            )
        )
    if isinstance(value, Decimal):
        return write_sum(value)
    if isinstance(value, Period):
        return str(value).replace(" ", NO_BREAK)
    return str(value)


def write_hour(value: time) -> str:
    """« 9 h 30 », « 14 h »."""
    minutes = f"{NO_BREAK}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NO_BREAK}h{minutes}"


def write_sum(value: Decimal) -> str:
    """« 330 € », « 2 450,50 € »: cents only where there are some, no-break spaces."""
    from babel.numbers import format_decimal

    pattern = "#,##0" if value == value.to_integral_value() else "#,##0.00"
    # Babel groups with U+202F, which the letters' font lacks.
    return f"{format_decimal(value, pattern, locale='fr')}{NO_BREAK}€".replace("\u202f", NO_BREAK)
