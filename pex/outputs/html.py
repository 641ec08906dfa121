"""HTML: one self-contained page, readable on a phone, printing on one sheet."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pex.folders import FONTS, LOOK
from pex.letters.blocks import NEW_LINE, ItemList, Letter, Paragraph, Spans, TimelinePage
from pex.letters.papers import read_paper
from pex.letters.timeline_page.text import milestone_text, note_text, step_text, timeline_lines
from pex.outputs.papers import draw_paper
from pex.outputs.phones import PHONE, phone_in
from pex.outputs.pictograms import svg
from pex.outputs.timeline_sheet import A3, ORDINARY, Sheet
from pex.outputs.txt import block_words
from pex.profile import Fenetre, Profile

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STATE_PICTOGRAMS = {"done": "fait", "here": "vous_etes_ici", "may_happen": "peut_arriver"}
LONG = 1250
"""Characters in the blocks of a letter from which paper sets it a little smaller, to stay on one page."""
A4_WIDTH, GAP = 210, 2
PRINTABLE_HEIGHT = 266.0
"""Millimetres of an A4 page that a browser prints on, some kept spare."""
PRINTED = {
    "complete": (24.0, 0.055, 9.0, 2.0),
    "peu_de_mots": (66.0, 0.058, -7.9, 3.5),
    "images": (42.0, 0.048, 15.8, 1.2),
}
"""Millimetres of a timeline as printed: whatever it says, then for each character, each step, each sentence.

Found by least squares on the invented households, a little on the safe side.
"""
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".woff2": "font/woff2"}


def write_letter(letter: Letter, profile: Profile) -> bytes:
    """The letter, then its timeline, as one UTF-8 page without any outside file.

    Raises TemplateError for a pictogram that the bank does not hold.
    """
    return render_page(
        "letter.html",
        title=letter.title,
        language=letter.language,
        paper=_paper(letter.label("page"), letter.timeline, profile),
        letter=letter,
        is_long=sum(map(len, block_words(letter.blocks))) >= LONG,
        page=letter.timeline,
        logo=_picture(profile.logo),
        signature=_picture(profile.signature),
        stamp=_picture(profile.stamp),
    )


def write_timeline(page: TimelinePage, profile: Profile, sheet: Sheet = ORDINARY) -> bytes:
    """The timeline as one UTF-8 page without any outside file, for a phone; it prints on that sheet.

    Raises TemplateError for a pictogram that the bank does not hold.
    """
    return render_page(
        "timeline.html",
        title=page.title,
        language=page.language,
        paper=_paper(page.label("page"), page, profile, sheet),
        page=page,
        large=sheet.large,
    )


def timeline_fragment(page: TimelinePage, level: int = 2) -> Markup:
    """The timeline for a place inside another page: its title is a heading of that level.

    It goes inside an element of class « timeline », and `timeline_style` goes once into that page.
    """
    parts: Any = _environment().get_template("timeline_parts.html").module
    return parts.timeline(page, level)


def timeline_style() -> Markup:
    """The style sheet of `timeline_fragment`; it says nothing of the rest of the page."""
    from markupsafe import Markup

    return Markup((LOOK / "timeline.css").read_text(encoding="utf-8"))


def render_page(layout: str, **values: object) -> bytes:
    """The page that this layout of the look folder makes of the values; all text is escaped."""
    return _environment().get_template(layout).render(values).encode("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(LOOK),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        paper_drawing=_paper_drawing,
        style=_style,
        direction=_direction,
        drawing=_drawing,
        picture=_said_drawing,
        step_text=step_text,
        note_text=note_text,
        milestone_text=milestone_text,
        contact_number=lambda page: phone_in(page.contact.title or ""),
        state_drawing=lambda state: _drawing(STATE_PICTOGRAMS[state]),
    )
    environment.filters.update(phones=_with_phone_links, rich=_rich)
    environment.tests.update(
        paragraph=lambda content: isinstance(content, Paragraph),
        item_list=lambda content: isinstance(content, ItemList),
    )
    return environment


@lru_cache(maxsize=8)
def _style(*sheets: str) -> Markup:
    """The fonts and these style sheets of the look folder, as one text."""
    from markupsafe import Markup

    faces = [
        f'@font-face {{ font-family: "Atkinson Hyperlegible"; font-weight: {weight}; '
        f'src: url("{_picture(FONTS / f"AtkinsonHyperlegible-{name}.woff2")}") format("woff2"); }}\n'
        for weight, name in ((400, "Regular"), (700, "Bold"))
    ]
    return Markup("".join([*faces, *((LOOK / sheet).read_text(encoding="utf-8") for sheet in sheets)]))


def _paper(page_label: str, page: TimelinePage | None, profile: Profile, sheet: Sheet = ORDINARY) -> Markup:
    """What printing needs to know: the paper, where the window of the envelope is, what the bottom of a page says."""
    from markupsafe import Markup

    window, seen = profile.fenetre, profile.fenetre.seen
    printed_on = _css_text(f"{page.printed_on} · {page.label('reference')} : {page.reference}" if page else "")
    size = "size: A3; " if sheet.paper == A3 else ""
    return Markup(
        f":root {{ --window-left: {window.gauche:g}mm; --window-top: {window.haut:g}mm; "
        f"--window-width: {window.largeur:g}mm; --window-height: {window.hauteur:g}mm; "
        f"--seen-left: {seen.gauche:g}mm; --seen-top: {seen.haut:g}mm; "
        f"--seen-right: {seen.droite:g}mm; --seen-bottom: {seen.bas:g}mm; "
        f"--side: {'left' if window.is_left else 'right'}; --beside: {_beside(window)}; }}\n"
        f"@page {{ {size}@bottom-left {{ content: {printed_on}; }} "
        f"@bottom-right {{ content: {_page_number(page_label)}; }} }}"
        + (f"\n.timeline {{ --print-zoom: {_print_zoom(page, sheet):.3f}; }}" if page else "")
    )


def _beside(window: Fenetre) -> str:
    """How much of the width of the page stays blank beside the words, as a CSS length."""
    if window.is_left:
        return f"calc({window.seen.droite + GAP:g}mm - var(--left))"
    return f"calc({A4_WIDTH - window.seen.gauche + GAP:g}mm - var(--right))"


def _print_zoom(page: TimelinePage, sheet: Sheet) -> float:
    """How much smaller or greater a browser must print the timeline for it to fill its paper."""
    lines = timeline_lines(page)
    always, character, step, sentence = PRINTED[page.version]
    characters = sum(len(line.text) for line in lines)
    height = always + character * characters + step * len(page.steps) + sentence * len(lines)
    if sheet.paper == A3:
        return min(1.42, 1.42 * (PRINTABLE_HEIGHT / height) ** 0.8)
    largest = 1.46 if sheet.large else 1.0  # 16 points, on as many pages as it takes
    return largest if sheet.large else min(largest, (PRINTABLE_HEIGHT / height) ** 0.8)


def _page_number(label: str) -> str:
    """« Page {page} sur {pages} » as a CSS value that counts."""
    parts = re.split(r"\{(pages?)\}", label)
    return " ".join(f"counter({part})" if index % 2 else _css_text(part) for index, part in enumerate(parts))


def _css_text(text: str) -> str:
    """A CSS string that can neither end its quotes nor its <style>."""
    escaped = re.sub(r"[^\w ]", lambda found: f"\\{ord(found[0]):x} ", text)
    return f'"{escaped}"'


@lru_cache(maxsize=64)
def _direction(language: str) -> str:
    """« rtl » for a language written from right to left, otherwise « ltr »."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=256)
def _drawing(name: str) -> Markup:
    """A drawing beside words that say the same, hence hidden from screen readers."""
    from markupsafe import Markup

    drawing = svg(name).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    return Markup(drawing.replace("<svg", '<svg class="picto" aria-hidden="true" focusable="false"', 1).strip())


@lru_cache(maxsize=32)
def _paper_drawing(paper_id: str) -> Markup:
    """A paper with its numbered places; what it shows is told, for the list beside it says only the words."""
    from markupsafe import Markup, escape

    drawing = draw_paper(paper_id).replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    label = escape(read_paper(paper_id).alt)
    return Markup(drawing.replace("<svg", f'<svg class="paper" role="img" aria-label="{label}"', 1).strip())


@lru_cache(maxsize=1024)
def _said_drawing(name: str, words: str) -> Markup:
    """A drawing without words beside it: they are its name for screen readers."""
    from markupsafe import Markup, escape

    # As a plain text: a Markup would escape the quotes of what replaces.
    drawing = str(_drawing(name))
    return Markup(drawing.replace('aria-hidden="true"', f'role="img" aria-label="{escape(words)}"', 1))


def _picture(path: Path | None) -> str | None:
    """The file as a data address; None where there is no file."""
    if path is None:
        return None
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"data:{MEDIA_TYPES[path.suffix.lower()]};base64,{content}"


def _rich(spans: Spans) -> Markup:
    """The words with their style and language, telephone numbers tappable."""
    from markupsafe import Markup

    runs = []
    for span in spans:
        run = Markup("<br>") if span == NEW_LINE else _with_phone_links(span.text)
        if span.strong:
            run = Markup("<strong>{}</strong>").format(run)
        if span.lang:
            run = Markup('<span lang="{}" dir="{}">{}</span>').format(span.lang, _direction(span.lang), run)
        runs.append(run)
    return Markup("").join(runs)


def _with_phone_links(text: str) -> Markup:
    """The same words, each telephone number tappable and read from left to right."""
    from markupsafe import Markup, escape

    parts, end = [], 0
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        link = Markup('<a href="tel:{}" dir="ltr">{}</a>').format(digits, match[0])
        parts += [escape(text[end : match.start()]), link]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])
