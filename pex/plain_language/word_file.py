"""A Word file as a text to check, and what it says of its look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from pex.errors import UnreadableFile
from pex.plain_language.text import HOUSEHOLD, PageLook, Part, PartMaker, Sentence, SentenceMaker, Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
HEADING_STYLES = ("heading", "titre", "title")
LIST_STYLES = ("list", "liste", "puce")
SHORTEST = 20
"""Characters: a shorter line (a date, an address, a page number) is no body text, and its size is not looked at."""
FAIR_SHARE = 0.2
TIGHT = 1.0
"""A line spacing under this, in lines, is tight."""


def read_docx(path: Path, reader: str = HOUSEHOLD, register: str = "standard") -> Text:
    """The words of a Word file, headers and footers left out, and its look. UnreadableFile where it is none."""
    document = _open(path)
    maker = SentenceMaker()
    parts, title = _parts(document, maker)
    return Text(path.name, "docx", reader, register, title=title, parts=tuple(parts), look=_look(document))


def _open(path: Path) -> Document:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        return docx.Document(str(path))
    except (OpcError, BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UnreadableFile(
            f"Le fichier « {path.name} » n'est pas un document Word lisible. Ouvrez-le, puis enregistrez-le en .docx."
        ) from error


def _parts(document: Document, maker: SentenceMaker) -> tuple[list[Part], Sentence | None]:
    """Parts cut at headings; the first heading is the title."""
    made = PartMaker(maker)
    for paragraph, columns in _paragraphs(document):
        words = paragraph.text.strip()
        if not words:
            continue
        if _is_styled(paragraph, HEADING_STYLES):
            made.start(words, title=made.title is None)
        elif columns:
            made.add(words, "cell", columns=columns)
        elif level := _list_level(paragraph):
            made.add(words, "item", depth=level)
        else:
            made.add(words)
    made.close()
    return made.parts, made.title


def _paragraphs(document: Document) -> Iterator[tuple[Paragraph, int]]:
    """Every paragraph in order, with how many columns its table has; 0 outside a table."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for cell in dict.fromkeys(cell for row in block.rows for cell in row.cells):
                yield from ((paragraph, len(block.columns)) for paragraph in cell.paragraphs)
        else:
            yield block, 0


def _is_styled(paragraph: Paragraph, starts: tuple[str, ...]) -> bool:
    style = paragraph.style
    return style is not None and (style.name or "").lower().startswith(starts)


def _list_level(paragraph: Paragraph) -> int:
    """1 for an item of a list, 2 for an item of a list in it; 0 for none."""
    numbering = paragraph._p.find(f"{W}pPr/{W}numPr")
    if numbering is None:
        return 1 if _is_styled(paragraph, LIST_STYLES) else 0
    level = numbering.find(f"{W}ilvl")
    return 1 + (int(level.get(f"{W}val", "0")) if level is not None else 0)


def _look(document: Document) -> PageLook:
    body = [paragraph for paragraph, _ in _paragraphs(document) if len(paragraph.text.strip()) >= SHORTEST]
    runs = [(run, paragraph) for paragraph in body for run in paragraph.runs if run.text.strip()]
    sizes: Counter[float] = Counter()
    for run, paragraph in runs:
        sizes[_size(run, paragraph, document) or 0.0] += len(run.text)
    fonts = {font for run, paragraph in runs if (font := _font(run, paragraph))}
    footers = [section.footer for section in document.sections]
    columns = document.element.body.findall(f".//{W}sectPr/{W}cols")
    return PageLook(
        smallest=_body_size(sizes),
        fonts=tuple(sorted(fonts)),
        justified=sum(_value(paragraph, "alignment") == 3 for paragraph in body),
        italic=sum(bool(run.italic) for run, _ in runs),
        underlined=sum(bool(run.underline) for run, _ in runs),
        columns=max((int(found.get(f"{W}num", "1")) for found in columns), default=1),
        tight=sum(_is_tight(_value(paragraph, "line_spacing")) for paragraph in body),
        has_page_number=any("PAGE" in _fields(footer._element) for footer in footers),
        title=document.core_properties.title or "",
        language=_language(document),
        headings=sum(_is_styled(paragraph, HEADING_STYLES) for paragraph, _ in _paragraphs(document)),
        pictures_without_words=sum(
            not found.get("descr") and not found.findall(".//{*}decorative")
            for found in document.element.body.iter(DRAWN)
        ),
        notes=len(document.element.body.findall(f".//{W}footnoteReference")),
    )


def _body_size(sizes: Counter[float]) -> float | None:
    """The smallest size that a fair share of the text is written in: an address may be a little smaller."""
    share = sum(sizes.values()) * FAIR_SHARE
    return min((size for size, written in sizes.items() if size and written >= share), default=None)


def _styles(paragraph: Paragraph) -> Iterator[Any]:
    """The paragraph's style, then those it is based on."""
    style = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def _value(paragraph: Paragraph, name: str) -> Any:
    """A setting of the paragraph, its own or its style's."""
    formats = (paragraph.paragraph_format, *(style.paragraph_format for style in _styles(paragraph)))
    return next((found for item in formats if (found := getattr(item, name)) is not None), None)


def _size(run: Any, paragraph: Paragraph, document: Document) -> float | None:
    """The size of a run in points: its own, its style's, or the document's."""
    for font in (run.font, *(style.font for style in _styles(paragraph))):
        if font.size is not None:
            return float(font.size.pt)
    default = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    return float(default.get(f"{W}val")) / 2 if default is not None else None


def _font(run: Any, paragraph: Paragraph) -> str | None:
    fonts = (run.font, *(style.font for style in _styles(paragraph)))
    return next((font.name for font in fonts if font.name), None)


def _is_tight(spacing: Any) -> bool:
    return isinstance(spacing, float) and spacing < TIGHT


def _fields(element: Any) -> str:
    codes = [found.text or "" for found in element.iter(f"{W}instrText")]
    return " ".join(codes + [found.get(f"{W}instr", "") for found in element.iter(f"{W}fldSimple")])


def _language(document: Document) -> str:
    default = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    found = default.get(f"{W}val") if default is not None else None
    return str(found or document.core_properties.language or "")
