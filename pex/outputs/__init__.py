"""Writers: a Letter or a TimelinePage → bytes of a format. They choose how it looks, never what it says."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pex.errors import PexError
from pex.letters.blocks import Letter, TimelinePage
from pex.outputs.timeline_sheet import ORDINARY, Sheet
from pex.profile import Profile

LETTER_FORMATS = ("docx", "pdf", "html", "txt")
TIMELINE_FORMATS = ("pdf", "svg", "png", "html", "docx", "txt")


def write_letter(letter: Letter, profile: Profile, format: str) -> bytes:
    """The letter in one of LETTER_FORMATS. Raises PexError for another format."""
    if format not in LETTER_FORMATS:
        raise _unknown_format(format, LETTER_FORMATS)
    write: Callable[..., bytes] = import_module(f"pex.outputs.{format}").write_letter
    paper = profile.on_plain_paper() if letter.is_personal else profile
    return write(letter) if format == "txt" else write(letter, paper)


def write_timeline(page: TimelinePage, profile: Profile, format: str, sheet: Sheet = ORDINARY) -> bytes:
    """The timeline page in one of TIMELINE_FORMATS, on that sheet; the page itself says in which version.

    Raises PexError for another format, or one that does not go with the sheet.
    """
    if format not in TIMELINE_FORMATS:
        raise _unknown_format(format, TIMELINE_FORMATS)
    sheet.check(format)
    if format in ("svg", "png"):
        pictures: Callable[..., bytes] = import_module("pex.outputs.pictures").write_timeline
        return pictures(page, profile, format, sheet)
    write: Callable[..., bytes] = import_module(f"pex.outputs.{format}").write_timeline
    return write(page) if format == "txt" else write(page, profile, sheet)


def _unknown_format(format: str, known: tuple[str, ...]) -> PexError:
    return PexError(f"Le format « {format} » n'existe pas ici. Formats possibles : {', '.join(known)}.")
