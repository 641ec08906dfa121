"""The timeline as a picture, SVG or PNG, by Typst."""

from __future__ import annotations

from pex.letters.blocks import TimelinePage
from pex.outputs.typst_engine import compile_pages, timeline_data
from pex.profile import Profile

PIXELS_PER_INCH = 150.0


def write_timeline(page: TimelinePage, profile: Profile, format: str) -> bytes:
    """One page; `format` is svg or png, the png at PIXELS_PER_INCH."""
    return compile_pages("timeline", timeline_data(page), format, PIXELS_PER_INCH if format == "png" else None)
