"""The body of a letter: sender and window address side by side, the title, the blocks, the signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Table
from pex.letters.papers import read_paper
from pex.outputs.columns import column_weights
from pex.outputs.docx import markup
from pex.outputs.docx.base import Base
from pex.outputs.docx.draft import Draft
from pex.outputs.docx.fit import GUTTER, POINT, address_size
from pex.outputs.docx.markup import Box
from pex.outputs.docx.pictures import PAPER_HEIGHT, office_picture, paper
from pex.profile import Fenetre, Profile

_LOGO = (70.0, 16.0)
_SIGNATURE = (60.0, 18.0)
_PAPER_WIDTH = 60.0
_BESIDE_WINDOW = 2.0
_BELOW_WINDOW = 0.5
_BESIDE_BOX = 5.0  # points, for the border that reaches out of a box
_GAP = markup.spacing(before=8)
_ROOM_TO_SIGN = markup.spacing(before=20)
_STAMP = (40.0, 22.0)
_SIGNATURE_COLUMN = 80.0  # as in the style « Signature »
_IN_BOX = 3.4
"""How far (mm) a drawing stands inside the frame that its box draws."""
_NO_GUTTER = Box("", '<w:ind w:left="0" w:firstLine="0"/>')
_NO_GUTTER_IN_LIST = Box("", '<w:ind w:left="340" w:hanging="284"/>')
_NO_GUTTER_IN_BOX = '<w:ind w:left="190" w:right="190" w:firstLine="0"/>'


@dataclass(frozen=True, slots=True)
class BlockLook:
    """How blocks of one kind look: the style of their text, their kinds of list, and whether they are framed."""

    text: str
    bullets: str
    numbers: str
    framed: bool


LOOKS = {
    "action": BlockLook("Encadré", "puces encadrées", "numéros encadrés", framed=True),
    "contact": BlockLook("Encadré contact", "puces encadrées", "numéros encadrés", framed=True),
    "section": BlockLook("Texte", "puces", "numéros", framed=False),
    "law": BlockLook("Encadré loi", "puces encadrées", "numéros encadrés", framed=True),
}


def letter_body(draft: Draft, letter: Letter, profile: Profile) -> Iterator[str]:
    """The paragraphs and tables of the letter's page, in reading order."""
    yield from _sender(draft, letter, profile)
    yield from _recipient(draft, letter.recipient, profile.fenetre)
    yield draft.paragraph("Heading 1", markup.run(letter.title))
    above = 0.0
    gutter = any(block.pictogram for block in letter.blocks)
    for block, following in zip(letter.blocks, (*letter.blocks[1:], None), strict=True):
        below = 2 * draft.densities.letter.gap + _BESIDE_BOX * (_framed(block) + _framed(following))
        yield from block_body(draft, block, above=above, below=below, gutter=gutter)
        above = below if block.contents and isinstance(block.contents[-1], Table) else 0.0
    yield from _signature(draft, letter, profile)


def _framed(block: Block | None) -> bool:
    return block is not None and LOOKS[block.kind].framed


def foot_of_address(base: Base, window: Fenetre) -> float:
    """Where the letter's blocks start, in mm from the top of the page."""
    return max(base.top_margin, window.seen.bas + _BELOW_WINDOW)


def block_body(draft: Draft, block: Block, *, above: float, below: float, gutter: bool = True) -> Iterator[str]:
    """A block: its pictogram in the gutter, its title, its contents, in one box where its kind is framed.

    `above` and `below` are the space around it, in points; a table that ends a block has none below it.
    Without a `gutter`, its words start at the margin.
    """
    look = LOOKS[block.kind]
    box = draft.base.boxes[look.text] if look.framed else None
    if not gutter:
        box = Box(box.edges, _NO_GUTTER_IN_BOX) if box else _NO_GUTTER
    # Framed paragraphs all hang from the margin, or Word would draw one box each; a tab leads to their text.
    tab = markup.TAB if look.framed and gutter else ""
    down = (2 if look.framed else 1) + above / POINT
    aside = _IN_BOX if look.framed else 0.0
    lead = draft.pictogram(block.pictogram, draft.densities.letter.drawing, down=down, aside=aside) + tab
    space = markup.spacing(before=above) if above else ""
    last = len(block.contents) - 1
    if block.title:
        yield draft.paragraph("Heading 2", lead + markup.run(block.title), box=box, space=space)
        lead, space = tab, ""
    for index, content in enumerate(block.contents):
        match content:
            case Paragraph(spans):
                yield draft.paragraph(
                    look.text,
                    lead + draft.runs(spans),
                    keep_next=look.framed and index < last,
                    space=markup.spacing(after=below) if index == last else space,
                    box=_NO_GUTTER if box == _NO_GUTTER else (box if not gutter else None),
                )
            case ItemList():
                yield from _list(draft, content, look, box, below if index == last else None)
            case Table():
                yield from _table(draft, content, block.title or "", GUTTER if gutter else 0)
        lead, space = tab, ""


def _list(
    draft: Draft, content: ItemList, look: BlockLook, box: Box | None, space_below: float | None
) -> Iterator[str]:
    """The items; `space_below` in points where the list ends its block."""
    if content.paper:
        room = markup.spacing(before=4, after=4, natural=True)
        yield draft.paragraph(look.text, _drawn_paper(draft, content.paper), keep_next=True, space=room)
    style = "List Number" if content.ordered else "List Bullet"
    numbering = draft.new_list(look.numbers if content.ordered else look.bullets)
    box = _NO_GUTTER_IN_LIST if box == _NO_GUTTER else box
    last = len(content.items) - 1
    for index, item in enumerate(content.items):
        ends_block = index == last and space_below is not None
        yield draft.paragraph(
            style,
            draft.runs(item),
            numbering=numbering,
            box=box,
            keep_next=look.framed and not ends_block,
            space=markup.spacing(after=space_below) if ends_block and space_below is not None else "",
        )


def _drawn_paper(draft: Draft, paper_id: str) -> str:
    drawing = paper(paper_id)
    return draft.picture(drawing, *drawing.size_within(_PAPER_WIDTH, PAPER_HEIGHT), alt=read_paper(paper_id).alt)


def _table(draft: Draft, content: Table, title: str, gutter: float) -> Iterator[str]:
    if content.caption:
        yield draft.paragraph("Légende de tableau", markup.run(content.caption))
    widths = _widths(content, draft.base.text_width - gutter)
    header = [draft.paragraph("Tableau", draft.strong(words), keep_next=True) for words in content.header]
    rows = [markup.row(_cells([[each] for each in header], widths), header=True)]
    for spans in content.rows:
        cells = [[draft.paragraph("Tableau", draft.runs(cell))] for cell in spans]
        rows.append(markup.row(_cells(cells, widths)))
    lines = markup.sides(top=("single", 8), bottom=("single", 8), insideH=("single", 4))
    yield markup.table(rows, widths, indent=gutter, caption=content.caption or title, borders=lines, header=True)


def _widths(content: Table, width: float) -> list[float]:
    """In mm: two columns as in every letter, more of them by what they hold."""
    if len(content.header) <= 2:
        first = width if len(content.header) == 1 else width * 0.34
        return [first, width - first][: len(content.header)]
    weights = column_weights(content)
    return [width * weight / sum(weights) for weight in weights]


def _cells(contents: Iterable[list[str]], widths: Iterable[float]) -> list[str]:
    return [markup.cell(paragraphs, width) for paragraphs, width in zip(contents, widths, strict=True)]


def _sender(draft: Draft, letter: Letter, profile: Profile) -> Iterator[str]:
    """Who writes, when and about what: beside the window, and at least down to its foot."""
    window, base = profile.fenetre, draft.base
    left = max(base.left_margin, window.seen.droite + _BESIDE_WINDOW) if window.is_left else base.left_margin
    right = base.left_margin + base.text_width if window.is_left else window.seen.gauche - _BESIDE_WINDOW
    frame = markup.frame(
        left=left,
        top=base.top_margin,
        width=right - left,
        height=foot_of_address(base, window) - base.top_margin,
        exact=False,
    )
    logo = profile.logo
    if logo and not base.is_letterhead:
        picture = office_picture(logo, "logo", _LOGO[1])
        name = letter.sender[0] if letter.sender else ""
        run = draft.picture(picture, *picture.size_within(*_LOGO), alt=name)
        yield draft.paragraph("Expéditeur", run, frame=frame, space=markup.spacing(after=4))
    for index, line in enumerate(letter.sender):
        content = draft.strong(line) if index == 0 else markup.run(line)
        yield draft.paragraph("Expéditeur", content, frame=frame)
    for index, line in enumerate(letter.sender_contact):
        words = f"{letter.label('our_contact')}\u00a0: {line}" if index == 0 else line
        yield draft.paragraph("Expéditeur", markup.run(words), frame=frame)
    for number, content in enumerate(_references(draft, letter)):
        yield draft.paragraph("Expéditeur", content, frame=frame, space=_GAP if number == 0 else "")


def _references(draft: Draft, letter: Letter) -> Iterator[str]:
    if letter.place_and_date:
        yield markup.run(letter.place_and_date)
    yield markup.run(f"{letter.label('reference')}\u00a0: {letter.reference}")
    yield draft.strong(f"{letter.label('subject')}\u00a0:") + markup.run(f" {letter.subject}")


def _recipient(draft: Draft, lines: tuple[str, ...], window: Fenetre) -> Iterator[str]:
    """The address, and nothing else, where the envelope has its window."""
    frame = markup.frame(left=window.gauche, top=window.haut, width=window.largeur, height=window.hauteur, exact=True)
    size = address_size(lines, window.largeur)
    for line in lines:
        yield draft.paragraph("Adresse", markup.run(line, size=size), frame=frame)


def _signature(draft: Draft, letter: Letter, profile: Profile) -> Iterator[str]:
    """The formula, room to sign or the picture of a signature, the name, the role; a stamp at their left."""
    signature, drawn = letter.signature, profile.signature
    lines = [(markup.run(signature.formula), _GAP)] if signature.formula else []
    if drawn:
        picture = office_picture(drawn, "signature", _SIGNATURE[1])
        lines.append((draft.picture(picture, *picture.size_within(*_SIGNATURE), alt=signature.name), ""))
    if signature.name:
        lines.append((draft.strong(signature.name), "" if drawn else _ROOM_TO_SIGN))
    if signature.role:
        lines.append((markup.run(signature.role), ""))
    for index, (words, space) in enumerate(lines):
        stamp = _stamp(draft, letter, profile) if index == 0 else ""
        yield draft.paragraph("Signature", stamp + words, space=space, keep_next=index < len(lines) - 1)


def _stamp(draft: Draft, letter: Letter, profile: Profile) -> str:
    if profile.stamp is None:
        return ""
    picture = office_picture(profile.stamp, "tampon", _STAMP[1])
    width, height = picture.size_within(*_STAMP)
    alt = f"{letter.label('stamp')}, {letter.sender[0]}" if letter.sender else letter.label("stamp")
    return draft.picture(picture, width, height, alt=alt, down=3, aside=_SIGNATURE_COLUMN - width - 5)
