"""The timeline as a picture, SVG or PNG, by Typst; its words go with it, for who cannot see it."""

from __future__ import annotations

import zlib
from html import escape

from pex.letters.blocks import TimelinePage
from pex.letters.timeline_page import timeline_lines
from pex.outputs.pdf import fitted
from pex.outputs.timeline_sheet import ORDINARY, Sheet, densities
from pex.outputs.typst_engine import compile_pages, timeline_data
from pex.profile import Profile

PIXELS_PER_INCH = 150.0
HEADER_END = 8 + 4 + 4 + 13 + 4
"""Where the first chunk of a PNG ends: signature, then length, name, content and sum of IHDR."""


def write_timeline(page: TimelinePage, profile: Profile, format: str, sheet: Sheet = ORDINARY) -> bytes:
    """One picture; `format` is svg or png, the png at PIXELS_PER_INCH.

    Large print makes one long picture. The list of sentences of the page is its <title> and <desc> in SVG, its
    « Description » in PNG.
    """
    content = _drawn(page, format, sheet)
    title, words = page.title, "\n".join(line.text for line in timeline_lines(page))
    return _described_svg(content, title, words, page.language) if format == "svg" else _described_png(content, words)


def _drawn(page: TimelinePage, format: str, sheet: Sheet) -> bytes:
    """Drawn once: the setting that fits is looked for in PDF, which is much faster than pixels."""
    density = densities(sheet, page.version)[-1] if sheet.large else fitted(page, sheet)[1]
    data = timeline_data(page, sheet, [density], endless=sheet.large)
    return compile_pages("timeline", data, format, PIXELS_PER_INCH if format == "png" else None)


def _described_svg(content: bytes, title: str, words: str, language: str) -> bytes:
    """Typst draws letters as shapes: without these words nobody could read, search or translate the picture."""
    start = content.index(b">") + 1
    opening = content[: start - 1] + f' role="img" lang="{escape(language)}" aria-labelledby="titre mots">'.encode()
    described = f'<title id="titre">{escape(title)}</title><desc id="mots">{escape(words)}</desc>'
    return opening + described.encode() + content[start:]


def _described_png(content: bytes, words: str) -> bytes:
    """The picture with an iTXt chunk, right after its header."""
    chunk = b"iTXt" + b"Description\0\0\0fr\0\0" + words.encode("utf-8")
    length, total = (len(chunk) - 4).to_bytes(4, "big"), zlib.crc32(chunk).to_bytes(4, "big")
    return content[:HEADER_END] + length + chunk + total + content[HEADER_END:]
