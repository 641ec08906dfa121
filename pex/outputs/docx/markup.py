"""WordprocessingML as text: the elements of a body, children in the order that the schema asks for.

Only `text` and `attribute` take words written by people; all other arguments are markup or made here.
Lengths are millimetres; Word counts in twips (a twentieth of a point) and in EMU (36,000 to a millimetre).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from pex.letters.blocks import Spans

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
)
TAB = "<w:r><w:tab/></w:r>"
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext></a:extLst>'
)

# XML 1.0 has no way to hold these: no person types them, but a spreadsheet may hold some.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = {"ar", "fa", "ps", "ur"}


@dataclass(frozen=True, slots=True)
class Box:
    """The borders, shading and tabs of framed paragraphs, and their indents, as markup.

    Word draws one box around several paragraphs only where all these are the same.
    """

    edges: str
    indent: str


def twips(millimetres: float) -> int:
    return round(millimetres * 56.693)


def emu(millimetres: float) -> int:
    return round(millimetres * 36000)


def writable(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", words)


def attribute(words: str) -> str:
    """Words as a quoted attribute value."""
    return quoteattr(writable(words))


def run(words: str, *, strong: str = "", lang: str | None = None, size: float | None = None) -> str:
    """Words in one style; `strong` is the id of the character style, `lang` an IETF tag, `size` in points."""
    properties = f'<w:rStyle w:val="{strong}"/>' if strong else ""
    if size is not None:
        properties += f'<w:sz w:val="{round(size * 2)}"/>'
    if lang:
        if lang.partition("-")[0] in _RIGHT_TO_LEFT:
            properties += f"<w:rtl/><w:lang w:bidi={attribute(lang)}/>"
        else:
            properties += f"<w:lang w:val={attribute(lang)}/>"
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    return f"<w:r>{properties}{text(words)}</w:r>"


def text(words: str) -> str:
    """Words as they were typed, inside a run."""
    content = escape(writable(words))
    if "\n" in content or "\t" in content:
        content = content.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        content = content.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{content}</w:t>'


def runs(spans: Spans, strong: str) -> str:
    """Spans; `strong` is the id of the character style of those that are strong."""
    return "".join(run(span.text, strong=strong if span.strong else "", lang=span.lang) for span in spans)


def paragraph(
    style: str,
    content: str,
    *,
    keep_next: bool = False,
    page_break: bool = False,
    frame: str = "",
    numbering: int | None = None,
    space: str = "",
    box: Box | None = None,
) -> str:
    """A paragraph; `style` is an id, `frame` and `space` are made by `frame` and `spacing`."""
    properties = f'<w:pStyle w:val="{style}"/>'
    if keep_next:
        properties += "<w:keepNext/>"
    if page_break:
        properties += "<w:pageBreakBefore/>"
    properties += frame
    if numbering is not None:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    properties += f"{box.edges}{space}{box.indent}" if box else space
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def spacing(*, before: float | None = None, after: float | None = None, natural: bool = False) -> str:
    """Space above and below a paragraph, in points, where it is not that of its style.

    `natural` makes its lines as high as what stands in them: a picture would be cut by the height of the style.
    """
    above = "" if before is None else f' w:before="{round(before * 20)}"'
    below = "" if after is None else f' w:after="{round(after * 20)}"'
    line = ' w:line="240" w:lineRule="auto"' if natural else ""
    return f"<w:spacing{above}{below}{line}/>"


def frame(*, left: float, top: float, width: float, height: float, exact: bool) -> str:
    """Where consecutive paragraphs stand on the page, from its top left corner; nothing flows beside them.

    It goes into each of these paragraphs: LibreOffice ignores a frame that only the style holds.
    """
    rule = "exact" if exact else "atLeast"
    return (
        f'<w:framePr w:w="{twips(width)}" w:h="{twips(height)}" w:hRule="{rule}" w:wrap="notBeside" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{twips(left)}" w:y="{twips(top)}"/>'
    )


def picture(
    relation: str,
    number: int,
    width: float,
    height: float,
    *,
    alt: str | None,
    down: float | None = None,
    aside: float = 0,
) -> str:
    """A run with a picture; without `alt` it is decoration. `number` is unique in the document.

    With `down`, the picture floats `aside` mm from the left of the column, `down` mm under the top of its
    (indented) paragraph, the space above it included.
    """
    size = f'cx="{emu(width)}" cy="{emu(height)}"'
    about = f'<wp:docPr id="{number}" name="Image {number}" descr={attribute(alt or "")}'
    about += "/>" if alt else f">{DECORATIVE}</wp:docPr>"
    shape = (
        f'{about}<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Image {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )
    # LibreOffice adds 3 mm around a picture that does not say 0.
    margins = 'distT="0" distB="0" distL="0" distR="0"'
    if down is None:
        return f"<w:r><w:drawing><wp:inline {margins}><wp:extent {size}/>{shape}</wp:inline></w:drawing></w:r>"
    return (
        f'<w:r><w:drawing><wp:anchor {margins} simplePos="0" relativeHeight="{number}" behindDoc="0" '
        f'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{emu(aside)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{emu(down)}</wp:posOffset></wp:positionV>'
        f"<wp:extent {size}/><wp:wrapNone/>{shape}</wp:anchor></w:drawing></w:r>"
    )


def field(instruction: str, shown: int) -> str:
    """A number that Word keeps up to date; `shown` is what is read until it does."""
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'


def cell(paragraphs: Iterable[str], width: float, *, borders: str = "", fill: str = "") -> str:
    """A cell of a table; `borders` is made by `sides`, `fill` is a colour such as EEF2F7."""
    edges = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>{edges}{shading}'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def sides(**lines: tuple[str, int]) -> str:
    """Borders, in the order top, left, bottom, right, insideH, insideV: a kind of line, in eighths of a point."""
    return "".join(
        f'<w:{side} w:val="{line}" w:sz="{size}" w:space="0" w:color="1F3A5F"/>' for side, (line, size) in lines.items()
    )


def row(cells: Iterable[str], *, header: bool = False) -> str:
    """A row that no page cuts; a header row is read out with each of its cells."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    rows: Iterable[str],
    widths: Sequence[float],
    *,
    caption: str,
    header: bool,
    indent: float = 0,
    borders: str = "",
) -> str:
    """A table of fixed columns; its first column names the rows and, with `header`, its first row the columns.

    LibreOffice follows the grid, Word the cells: both hold the widths.
    """
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={attribute(caption)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
