"""HTML: one self-contained page, readable on a phone, printing on one sheet."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pex.folders import FONTS, LOOK
from pex.letters.blocks import Letter, TimelinePage
from pex.outputs.pictograms import svg
from pex.profile import Profile

if TYPE_CHECKING:
    from jinja2 import Environment

PHONE = re.compile(r"0[ \u00a0]?80\d(?:[ \u00a0]\d\d){3}|0[1-9](?:[ \u00a0]\d\d){4}")
STATE_PICTOGRAMS = {"done": "fait", "here": "vous_etes_ici", "may_happen": "peut_arriver"}


def write_letter(letter: Letter, profile: Profile) -> bytes:
    """The letter, then its timeline, as one page without any outside file."""
    return render_page("letter.html", letter=letter, page=letter.timeline, profile=profile)


def write_timeline(page: TimelinePage, profile: Profile) -> bytes:
    """The timeline as one page without any outside file."""
    return render_page("timeline.html", page=page, profile=profile)


def render_page(layout: str, **values: object) -> bytes:
    return _environment().get_template(layout).render(values).encode("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(LOOK),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        css=_style(),
        drawing=_drawing,
        state_drawing=lambda state: _drawing(STATE_PICTOGRAMS[state]),
        logo=_logo,
    )
    # « items » is a method of every mapping for Jinja; a list's own items need a name of their own.
    environment.filters["list_items"] = lambda content: content.items
    environment.filters["phones"] = _with_phone_links
    return environment


@lru_cache(maxsize=1)
def _style() -> str:
    from markupsafe import Markup

    faces = ""
    for weight, name in ((400, "Regular"), (700, "Bold")):
        for path in FONTS.glob(f"*{name}*.woff2"):
            data = base64.b64encode(path.read_bytes()).decode("ascii")
            faces += (
                f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{weight};'
                f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
            )
            break
    return Markup(faces + (LOOK / "page.css").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    """The drawing beside words that say the same: hidden from screen readers."""
    from markupsafe import Markup

    return Markup(svg(name).replace("<svg ", '<svg class="picto" aria-hidden="true" focusable="false" ', 1))


def _logo(profile: Profile) -> str | None:
    """The logo as a data address, or None."""
    path = profile.file("logo.svg", "logo.png")
    if path is None:
        return None
    kind = "svg+xml" if path.suffix.lower() == ".svg" else "png"
    return f"data:image/{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def _with_phone_links(text: str) -> str:
    """The same words, each telephone number made tappable."""
    from markupsafe import Markup, escape

    parts, end = [], 0
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        parts += [
            escape(text[end : match.start()]),
            Markup('<a href="tel:{}">{}</a>').format(digits, match[0]),
        ]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])
