"""Pictures as PNG, made once per process: programs that open a letter do not all draw SVG, or not alike.

Why no SVG stands beside it: docs/decisions/0005-les-dessins-de-word-sont-des-images.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image

from pex.errors import UnreadableFile
from pex.outputs import pictograms
from pex.outputs.papers import draw_paper

DOTS_PER_INCH = 360
PICTOGRAM_SIZE = 15  # mm, the largest that a page shows
PAPER_HEIGHT = 70
"""How high a drawn paper stands in a page, in mm."""

# The drawing goes in as data, never as Typst source.
_LAYOUT = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", height: float(sys.inputs.height) * 1mm)
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its proportions: `ratio` is width over height. `name` is that of its part in the package."""

    name: str
    png: bytes
    ratio: float

    def size_within(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in mm of the largest picture that fits these."""
        return (width, width / self.ratio) if self.ratio > width / height else (height * self.ratio, height)


@lru_cache(maxsize=256)
def pictogram(name: str) -> Picture:
    """A pictogram of the bank, black on nothing; raises TemplateError where there is none of that name."""
    pixels = round(PICTOGRAM_SIZE / 25.4 * DOTS_PER_INCH)
    return Picture(name, pictograms.rasterise(name, pixels), ratio=1)


@lru_cache(maxsize=32)
def paper(paper_id: str) -> Picture:
    """A paper of the procedure with its numbered places; raises TemplateError for one that is not drawn."""
    png = _rasterise(draw_paper(paper_id), PAPER_HEIGHT)
    image = Image.from_blob(png)
    return Picture(f"papier_{paper_id}", png, image.px_width / image.px_height)


def office_picture(path: Path, name: str, height: float) -> Picture:
    """The logo or signature of an office, shown at most `height` mm high; raises UnreadableFile."""
    return _office_picture(path, path.stat().st_mtime_ns, name, height)


@lru_cache(maxsize=64)
def _office_picture(path: Path, _changed: int, name: str, height: float) -> Picture:
    try:
        if path.suffix == ".svg":
            png = _rasterise(path.read_text(encoding="utf-8"), height)
        else:
            png = path.read_bytes()
        image = Image.from_blob(png)
    except (UnrecognizedImageError, UnicodeDecodeError, typst.TypstError) as error:
        raise UnreadableFile(
            f"« {path.name} » n'est pas une image lisible. Enregistrez-la de nouveau en PNG ou en SVG."
        ) from error
    return Picture(name, png, image.px_width / image.px_height)


def _rasterise(svg: str, height: float) -> bytes:
    png = typst.compile(
        _LAYOUT,
        format="png",
        ignore_system_fonts=True,
        ppi=DOTS_PER_INCH,
        sys_inputs={"svg": svg, "height": str(height)},
    )
    assert isinstance(png, bytes)
    return png
