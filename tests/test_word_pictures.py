"""Drawings in Word files are shown whole: no line of an exact height cuts one, however close the page is set."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from samples import LETTER, TIMELINE

from pex.outputs.docx import write_letter, write_timeline
from pex.outputs.docx.base import open_base
from pex.outputs.docx.fit import LETTER_DENSITIES, Densities, Density
from pex.outputs.docx.timeline_fit import DENSITIES, LARGE
from pex.profile import Profile

EMU_IN_A_POINT = 12700


def tallest_drawings() -> dict[str, float]:
    """For each style, the tallest picture, in points, in a line whose height comes from that style."""
    found: dict[str, float] = {}
    for content in (write_letter(LETTER, Profile()), write_timeline(TIMELINE, Profile())):
        document = Document(io.BytesIO(content))
        names = {style.style_id: style.name for style in document.styles}
        for paragraph in document.element.body.iter(qn("w:p")):
            properties = paragraph.pPr
            spacing = properties.find(qn("w:spacing")) if properties is not None else None
            if spacing is not None and spacing.get(qn("w:lineRule")) in {"auto", "atLeast"}:
                continue  # its lines grow, whatever its style says
            style = (
                names[properties.pStyle.val] if properties is not None and properties.pStyle is not None else "Normal"
            )
            for inline in paragraph.iter(qn("wp:inline")):
                height = int(inline.find(qn("wp:extent")).get("cy")) / EMU_IN_A_POINT
                found[style] = max(height, found.get(style, 0))
    return found


def exact_height(style: ParagraphStyle | None) -> float | None:
    """The height that each line of this style has, whatever is in it, or None where lines grow."""
    while style is not None:
        spacing = style.paragraph_format
        if spacing.line_spacing_rule is not None:
            exactly = spacing.line_spacing_rule == WD_LINE_SPACING.EXACTLY
            return spacing.line_spacing.pt if exactly else None
        style = style.base_style
    return None


@pytest.mark.parametrize("density", [*DENSITIES, *LARGE], ids=lambda density: f"{density.size}/{density.line}")
def test_no_line_cuts_a_drawing(density: Density) -> None:
    drawings = tallest_drawings()
    assert drawings
    base = open_base(Profile(), "fr", Densities(LETTER_DENSITIES[-1], density))
    styles = Document(io.BytesIO(base.package)).styles
    for name, height in drawings.items():
        limit = exact_height(styles[name])
        assert limit is None or height <= limit, f"« {name} » : {height:.0f} points dans une ligne de {limit:.0f}"
