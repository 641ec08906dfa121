"""A bad photocopy: black and white only. What carries meaning must still be there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from catalogue import complete_letter

from pex.folders import EXAMPLES, LOOK
from pex.outputs import write_letter
from pex.profile import read_profile

PROFILE = read_profile(EXAMPLES / "profil")
INK = {"accent", "line"}
"""The colours of `style.typ` that words and strokes are drawn with; the others are only backgrounds."""
WIDE = 40
"""Pixels of grey side by side, at which it is a rule or a frame and no tip of a letter."""


def strokes_lost(width: int, pixels: bytes) -> list[tuple[int, int]]:
    """Where a level stroke was drawn and no black is left of it, on its row or the two beside: « (row, column) »."""
    found = []
    for row in range(1, len(pixels) // width - 1):
        at = row * width
        grey = bytes(
            128 <= pixels[at + x] < 200 and pixels[at - width + x] >= 128 and pixels[at + width + x] >= 128
            for x in range(width)
        )
        start = grey.find(b"\x01" * WIDE)
        if start >= 0:
            found.append((row, start))
    return found


def luminance(colour: str) -> float:
    """From 0, black, to 1, white: what a photocopier sees."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_stays_black_and_every_background_turns_white() -> None:
    colours = dict(
        re.findall(r'#let (\w+) = rgb\("(#[0-9a-f]{6})"\)', (LOOK / "style.typ").read_text(encoding="utf-8"))
    )
    assert colours.keys() > INK
    for name, colour in colours.items():
        if name in INK:
            assert luminance(colour) < 0.45, name
        else:
            assert luminance(colour) > 0.85, name


def grey_page(pdf: bytes, number: int, folder: Path) -> tuple[int, bytes]:
    """Width in pixels and the pixels of a page in grey, at 100 dots per inch."""
    (folder / "lettre.pdf").write_bytes(pdf)
    options = ["-gray", "-r", "100", "-f", str(number), "-l", str(number)]
    done = subprocess.run(["pdftoppm", *options, folder / "lettre.pdf"], capture_output=True, check=True)
    header = re.match(rb"P5\s+(\d+)\s+\d+\s+255\s", done.stdout)
    assert header is not None
    return int(header.group(1)), done.stdout[header.end() :]


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("letter_id", ["assignation", "commandement_de_quitter_les_lieux"])
@pytest.mark.parametrize("page", [1, 2])
def test_what_is_drawn_survives_black_and_white(letter_id: str, page: int, tmp_path: Path) -> None:
    width, pixels = grey_page(write_letter(complete_letter(letter_id, PROFILE), PROFILE, "pdf"), page, tmp_path)
    black = [value < 128 for value in pixels]
    drawn = sum(value < 200 for value in pixels)
    # Half-tones are the edges of letters; a stroke that vanished whole would take most of them with it.
    assert sum(black) > 0.6 * drawn
    rows = [any(black[start : start + width]) for start in range(0, len(black), width)]
    tones = [min(pixels[start : start + width]) < 200 for start in range(0, len(pixels), width)]
    lost = sum(tone and not row for row, tone in zip(rows, tones, strict=True))
    # The blurred top and foot of a line of words; of two rows of ink, one at most may be such an edge.
    assert lost < 0.05 * sum(tones)
    assert strokes_lost(width, pixels) == []
