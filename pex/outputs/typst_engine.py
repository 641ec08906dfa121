"""One Typst compiler per thread, with the package's own fonts; data go in as JSON, never as source."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pex.errors import PexError
from pex.folders import FONTS, LOOK
from pex.letters.blocks import Letter, TimelinePage
from pex.letters.registers import SIMPLE, STANDARD
from pex.outputs.papers import give_drawings
from pex.outputs.phones import phone_in
from pex.outputs.pictograms import svg
from pex.outputs.timeline_sheet import BACKS, ORDINARY, Density, Sheet, paper_data
from pex.profile import Profile

STANDARDS = ["a-2a", "ua-1"]
# PDF/A wants a date; a fixed one makes the same letter give the same bytes.
TIMESTAMP = 0
REPLACEMENT = "□"

FRONTS: tuple[Density, ...] = (
    {"size": 12, "gap": 6.4, "leading": 0.55, "sign": 7},
    {"size": 12, "gap": 4.6, "leading": 0.5, "sign": 5},
    {"size": 11.5, "gap": 3.6, "leading": 0.48, "sign": 3},
)
"""Sizes of the letter from airy to dense: letters and gaps in points, between lines in ems; never below 11.5.

`sign` is the room to sign by hand, in millimetres, `paragraphs` the space between them in points.
"""
ALONE: tuple[Density, ...] = (
    {"size": 12, "gap": 9, "leading": 0.65, "sign": 16, "paragraphs": 11},
    {"size": 12, "gap": 6.4, "leading": 0.6, "sign": 13, "paragraphs": 9},
    {"size": 12, "gap": 4.6, "leading": 0.52, "sign": 10, "paragraphs": 7},
    {"size": 11.5, "gap": 3.6, "leading": 0.48, "sign": 8},
)
"""Sizes of a letter with nothing overleaf, to a service or to be signed: it has more room."""
LARGE: tuple[Density, ...] = ({"size": 14, "gap": 8, "leading": 0.7}, {"size": 14, "gap": 6, "leading": 0.6})
"""Sizes of the letter in the simple register: never below 14 points, on two pages at most."""
_local = threading.local()


def compile_pages(kind: str, data: dict[str, Any], format: str = "pdf", ppi: float | None = None) -> bytes:
    """The document of that kind (« letters » or « timeline ») in pdf, or its first page in svg or png.

    Raises PexError as `compile_each`.
    """
    return compile_each(kind, data, format, ppi)[0]


def compile_each(kind: str, data: dict[str, Any], format: str = "pdf", ppi: float | None = None) -> tuple[bytes, ...]:
    """The document in one pdf, or each of its pages in svg or png.

    Raises PexError, naming what is wrong, where Typst refuses the document.
    """
    import typst

    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(
            LOOK / "main.typ",
            root=LOOK,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        )
    options: dict[str, Any] = {"format": format}
    if format == "pdf":
        options |= {"pdf_standards": STANDARDS, "timestamp": TIMESTAMP}
    if ppi is not None:
        options["ppi"] = ppi
    try:
        found = _local.compiler.compile(_source(kind, data), **options)
    except typst.TypstError as error:
        raise PexError(f"La mise en page a échoué : {error}") from error
    return tuple(map(bytes, found)) if isinstance(found, list) else (bytes(found),)


def _source(kind: str, data: dict[str, Any]) -> bytes:
    """A source that reads `data` as JSON out of one string literal, which nothing in it can leave.

    Not by `sys.inputs`: new ones make a new library, so Typst forgets all that it had laid out, and a letter
    takes twice as long.
    """
    literal = json.dumps(data).replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "main.typ": document-of\n#document-of("{kind}", json(bytes("{literal}")))\n'.encode("ascii")


def fronts_for(letter: Letter) -> tuple[Density, ...]:
    """The densities that such a letter may be set in, airy first."""
    if letter.register == SIMPLE:
        return LARGE
    return FRONTS if letter.timeline is not None or letter.register != STANDARD else ALONE


def letter_data(
    letter: Letter, profile: Profile, front: Sequence[Density] | None = None, back: Sequence[Density] = BACKS
) -> dict[str, Any]:
    """A letter as JSON-ready values that the fonts can write.

    With several densities for a side, the layout measures which fits, which is slower.
    """
    values = values_of(letter)
    give_drawings(letter.blocks, values["blocks"])
    return {
        "front": front or fronts_for(letter),
        "back": back,
        "letter": values,
        "window": asdict(profile.fenetre) | {"seen": asdict(profile.fenetre.seen), "is_left": profile.fenetre.is_left},
        "logo": picture(profile.logo),
        "signature": picture(profile.signature),
        "stamp": picture(profile.stamp),
        "pictograms": {name: svg(name) for name in _pictograms(letter)},
    }


def timeline_data(
    page: TimelinePage, sheet: Sheet = ORDINARY, backs: Sequence[Density] = BACKS, *, endless: bool = False
) -> dict[str, Any]:
    """A timeline page as JSON-ready values that the fonts can write; `endless`: one sheet as long as it takes."""
    return {
        "back": backs,
        "page": values_of(page),
        "paper": paper_data(sheet) | {"endless": endless, "measured": len(backs) == 1 and not endless},
        "number": phone_in(page.contact.title or "") if page.contact else None,
        "pictograms": {name: svg(name) for name in _page_pictograms(page)},
    }


def picture(path: Path | None) -> dict[str, Any] | None:
    """A picture of the office as bytes and format, or None."""
    if path is None:
        return None
    return {"bytes": list(path.read_bytes()), "format": path.suffix.lstrip(".").lower()}


def values_of(value: Any) -> Any:
    """A frozen value as JSON-ready ones that the fonts can write: `printable(asdict(value))`, in one pass."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return [values_of(item) for item in value]
    kind: Any = type(value)
    names = _names_of(kind)
    return value if names is None else {name: values_of(getattr(value, name)) for name in names}


@lru_cache(maxsize=64)
def _names_of(kind: Any) -> tuple[str, ...] | None:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None


def printable(value: Any) -> Any:
    """The same values, each character that no font holds replaced by « □ »: a name never stops a letter."""
    if isinstance(value, str):
        if value.isascii() or not (missing := set(map(ord, value)) - glyphs()):
            return value
        return value.translate(dict.fromkeys(missing, REPLACEMENT))
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value


def missing_glyphs(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of these texts that no font of the package can write."""
    return tuple(sorted({char for text in texts for char in text if ord(char) not in glyphs()}))


@lru_cache(maxsize=1)
def glyphs() -> frozenset[int]:
    """The code points that the package's fonts hold, read from their « cmap » tables."""
    found: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        found |= _code_points(path.read_bytes())
    return frozenset(found)


def _code_points(font: bytes) -> set[int]:
    """Code points of a TrueType font: its Unicode subtables of formats 4 and 12."""

    def number(at: int, size: int = 2) -> int:
        return int.from_bytes(font[at : at + size], "big")

    tables = {font[12 + 16 * i : 16 + 16 * i]: number(20 + 16 * i, 4) for i in range(number(4))}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for index in range(number(cmap + 2)):
        start = cmap + number(cmap + 8 + 8 * index, 4)
        if number(start) == 12:
            for group in range(number(start + 12, 4)):
                at = start + 16 + 12 * group
                found.update(range(number(at, 4), number(at + 4, 4) + 1))
        elif number(start) == 4:
            half = number(start + 6)
            for at in range(start + 14, start + 14 + half, 2):
                found.update(range(number(at + half + 2), number(at) + 1))
    return found - {0xFFFF}


def _pictograms(letter: Letter) -> set[str]:
    names = {block.pictogram for block in letter.blocks if block.pictogram}
    return names | (_page_pictograms(letter.timeline) if letter.timeline else set())


def _page_pictograms(page: TimelinePage) -> set[str]:
    names = {"fait", "vous_etes_ici", "peut_arriver"}
    for step in page.steps:
        drawn: list[str | None] = [step.pictogram]
        for items in (step.milestones, step.deadlines, step.ways_out, step.help, step.bands):
            drawn += [item.pictogram for item in items]
        names |= set(filter(None, drawn))
    names |= {ending.pictogram for ending in page.endings}
    names |= {note.pictogram for note in page.notes if note.pictogram}
    if page.contact and page.contact.pictogram:
        names.add(page.contact.pictogram)
    return names
