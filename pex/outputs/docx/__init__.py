"""Letters and timelines as Word files: native paragraphs, lists and tables that people can go on editing.

python-docx owns the package, the styles, the headers and the properties; the body, which it has no words
for (frames, decorative pictures, header rows), is written as WordprocessingML and parsed in one go.
"""

from __future__ import annotations

from dataclasses import replace

from pex.letters.blocks import Letter, TimelinePage
from pex.outputs.docx.base import Base, open_base
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.fit import Densities, Room, letter_density
from pex.outputs.docx.letter import foot_of_address, letter_body
from pex.outputs.docx.timeline import timeline_body
from pex.outputs.docx.timeline_fit import timeline_density
from pex.outputs.timeline_sheet import ORDINARY, Sheet
from pex.profile import Profile


def write_letter(letter: Letter, profile: Profile) -> bytes:
    """The .docx of a letter, its timeline overleaf; the same letter always gives the same bytes.

    Raises UnreadableFile where the profile's letterhead cannot be used, TemplateError where the bank holds
    no pictogram of the name that a block gives.
    """
    base = open_base(profile, letter.language)
    room, overleaf = _room(base, foot_of_address(base, profile.fenetre)), _room(base, base.top_margin)
    densities = Densities(letter_density(letter, room))
    if letter.timeline:
        densities = replace(densities, timeline=timeline_density(letter.timeline, overleaf, densities.letter))
    draft = Draft(open_base(profile, letter.language, densities), densities)
    draft.body.extend(letter_body(draft, letter, profile))
    if letter.timeline:
        draft.body.extend(timeline_body(draft, letter.timeline, overleaf=True))
    draft.fill_header(letter.fictitious)
    pages = 2 if letter.timeline else 1
    draft.fill_footer(letter.label("reference"), letter.reference, letter.label("page"), pages)
    author = letter.sender[0] if letter.sender else ""
    return draft.save(
        title=letter.title,
        subject=letter.subject,
        author=author,
        language=letter.language,
        keywords=letter.edition,
    )


def write_timeline(page: TimelinePage, profile: Profile, sheet: Sheet = ORDINARY) -> bytes:
    """The .docx of a timeline alone, on one page, or two in large print; the same page always gives the same bytes.

    Raises the same errors as `write_letter`.
    """
    base = open_base(profile, page.language)
    densities = Densities()
    room = _room(base, base.top_margin)
    timeline = timeline_density(page, room, large=sheet.large)
    densities = Densities(letter=timeline, timeline=timeline)
    draft = Draft(open_base(profile, page.language, densities), densities)
    draft.body.extend(timeline_body(draft, page, overleaf=False))
    draft.fill_header(page.fictitious)
    draft.fill_footer(page.label("reference"), page.reference, page.label("page"), pages=1)
    author = profile.expediteur.nom if profile.expediteur else ""
    return draft.save(title=page.title, subject=page.household, author=author, language=page.language)


def _room(base: Base, top: float) -> Room:
    return Room(base.text_width, base.bottom - top, own_font=not base.is_letterhead)
