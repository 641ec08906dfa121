"""What a template draws: pictograms of the bank, small icons, addresses of static files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from pex import __version__
from pex.outputs import pictograms
from pex.outputs.papers import draw_paper

ICONS = Path(__file__).resolve().parent.parent / "icons"

register = template.Library()


@register.simple_tag
def picto(name: str, size: str = "") -> SafeString:
    """A drawing of the bank, beside words that say the same; size is « small », « large » or nothing."""
    return _inline(pictograms.svg(name), f"picto {size}".strip())


@register.simple_tag
def paper_drawing(name: str) -> SafeString:
    """An official paper with its numbered places, for the list of words beside it."""
    return _inline(draw_paper(name), "paper")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small sign beside a word."""
    return _icon(name)


@lru_cache(maxsize=64)
def _icon(name: str) -> SafeString:
    return _inline((ICONS / f"{name}.svg").read_text(encoding="utf-8"), "icon")


@lru_cache(maxsize=512)
def _inline(drawing: str, css_class: str) -> SafeString:
    # The drawings are files of pex, tested: no script, no text of a user.
    bare = drawing.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1).strip()
    return mark_safe(bare.replace("<svg", f'<svg class="{css_class}" aria-hidden="true" focusable="false"', 1))


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with the version of pex: a browser never shows an old one."""
    return f"{static(path)}?v={__version__}"
