"""The document that a letter starts from: the office's letterhead, or ours, kept unzipped in `look/word`.

Unzipped, our styles are text: read, compared and changed like any other file of the look. Either document is
made ready once, with python-docx, and then opened again for each letter.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_LINE_SPACING
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Length, Pt
from lxml import etree

from pex.folders import FONTS, LOOK
from pex.outputs.docx.fit import NATURAL_LINE, Densities
from pex.outputs.docx.letterhead import list_ids, open_letterhead
from pex.outputs.docx.markup import Box
from pex.profile import Profile

ORDINARY = Densities()
BOXES = ("Encadré", "Encadré contact", "Encadré loi")

_FOLDER = LOOK / "word"
_REGIONS = {"fr": "fr-FR"}
_CHANGED_BY_LETTERS = re.compile(r"\.(document\.main|header|footer|numbering|core-properties)\+xml$")


@dataclass(frozen=True, slots=True)
class Base:
    """A document ready to be filled; lengths are millimetres.

    `package` is the whole .docx without its text. `unchanged` is a zip of those of its parts that no letter
    changes (fonts, styles…), compressed once for all, and `unchanged_names` says what it holds. `style_ids`
    gives the id of a style by its name, `list_ids` that of a kind of list, `boxes` the look of each framed
    style. `bottom` is where the text of a page must end, from its top.
    """

    package: bytes
    unchanged: bytes
    unchanged_names: frozenset[str]
    style_ids: Mapping[str, str]
    list_ids: Mapping[str, int]
    boxes: Mapping[str, Box]
    left_margin: float
    top_margin: float
    text_width: float
    bottom: float
    is_letterhead: bool


def open_base(profile: Profile, language: str, densities: Densities = ORDINARY) -> Base:
    """The letterhead of the profile, or our base document; raises UnreadableFile for a damaged letterhead."""
    letterhead = profile.file("papier_a_en_tete.docx")
    if letterhead:
        return _letterhead_base(letterhead, letterhead.stat().st_mtime_ns, language, densities)
    return _our_base(language, densities)


def headers_and_footers(document: DocumentObject) -> tuple[list[_Header], list[_Footer]]:
    """The headers and footers that pages of the document show; those that it lacks are added."""
    section = document.sections[-1]
    headers: list[_Header] = [section.header]
    footers: list[_Footer] = [section.footer]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
        footers.append(section.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
        footers.append(section.even_page_footer)
    for header_or_footer in (*headers, *footers):
        header_or_footer.is_linked_to_previous = False
    return headers, footers


def write_member(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a part, always of the same day, so that the same letter gives the same bytes."""
    member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
    package.writestr(member, content)


@lru_cache(maxsize=128)
def _our_base(language: str, densities: Densities) -> Base:
    document = open_ours()
    _set_densities(document, densities, frozenset(style.name for style in document.styles))
    return _prepare(document, language, is_letterhead=False)


@lru_cache(maxsize=128)
def _letterhead_base(path: Path, _changed: int, language: str, densities: Densities) -> Base:
    document, added_styles = open_letterhead(path, open_ours())
    _set_densities(document, densities, added_styles)
    return _prepare(document, language, is_letterhead=True)


def _set_densities(document: DocumentObject, densities: Densities, styles: frozenset[str]) -> None:
    """Set those of these styles that the others come from; an office's own styles are left as they are."""
    letter, timeline = densities.letter, densities.timeline
    for name, size, line, before, after in (
        ("Body Text", letter.size, letter.line, 0, letter.gap),
        ("Heading 2", letter.size + 1, None, 0, 0),
        ("Texte de la frise", timeline.size, timeline.line, 0, 0),
        ("Titre d’étape", timeline.size + 1, None, timeline.gap, 0),
        ("État de l’étape", timeline.size, None, timeline.gap, 0),
    ):
        if name in styles:
            style = document.styles[name]
            style.font.size = Pt(size)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(after)
            if line is not None:
                natural = NATURAL_LINE * size
                rule = WD_LINE_SPACING.AT_LEAST if line >= natural else WD_LINE_SPACING.EXACTLY
                style.paragraph_format.line_spacing_rule = rule
                style.paragraph_format.line_spacing = Pt(line)
    for name in ("État de l’étape", "Heading 3"):  # they hold a drawing, which an exact height would cut
        if name in styles:
            document.styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
            document.styles[name].paragraph_format.line_spacing = Pt(timeline.line)


@lru_cache(maxsize=1)
def _our_package() -> bytes:
    """`look/word` zipped, with the fonts that its font table names."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as members:
        for path in sorted(path for path in _FOLDER.rglob("*") if path.is_file()):
            write_member(members, path.relative_to(_FOLDER).as_posix(), path.read_bytes())
        font_table = (_FOLDER / "word" / "fontTable.xml").read_text(encoding="utf-8")
        for face, key in re.findall(r'<w:embed(\w+) r:id="\w+" w:fontKey="{([-0-9A-F]+)}"', font_table):
            font = (FONTS / f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
            write_member(members, f"word/fonts/AtkinsonHyperlegible-{face}.odttf", _obfuscate(font, key))
    return package.getvalue()


def open_ours() -> DocumentObject:
    return Document(io.BytesIO(_our_package()))


def _obfuscate(font: bytes, key: str) -> bytes:
    """A font as Word embeds it: its first 32 bytes mixed with the key, read backwards (ECMA-376-4, 2.8.1)."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(byte ^ other for byte, other in zip(font[:32], mask, strict=True)) + font[32:]


def _prepare(document: DocumentObject, language: str, *, is_letterhead: bool) -> Base:
    _set_language(document, language)
    headers_and_footers(document)
    package = io.BytesIO()
    document.save(package)
    unchanged, unchanged_names = _unchanged_parts(document, package)
    section = document.sections[-1]
    left, right = _millimetres(section.left_margin), _millimetres(section.right_margin)
    return Base(
        package=package.getvalue(),
        unchanged=unchanged,
        unchanged_names=unchanged_names,
        style_ids={style.name: style.style_id for style in document.styles if style.name},
        list_ids=list_ids(document),
        boxes={name: _box(document, name) for name in BOXES},
        left_margin=left,
        top_margin=_millimetres(section.top_margin),
        text_width=_millimetres(section.page_width) - left - right,
        bottom=_millimetres(section.page_height) - _millimetres(section.bottom_margin),
        is_letterhead=is_letterhead,
    )


def _millimetres(length: Length | None) -> float:
    return length.mm if length is not None else 0.0


def _set_language(document: DocumentObject, language: str) -> None:
    """Tell Word, its spelling checker and screen readers which language the words are in."""
    element = document.styles.element
    for name in ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"):
        child = element.find(qn(name))
        if child is None:
            child = OxmlElement(name)
            element.insert(len(element) if name == "w:lang" else 0, child)
        element = child
    element.set(qn("w:val"), _REGIONS.get(language, language))


def _box(document: DocumentObject, style_name: str) -> Box:
    """The look of a framed style, for the headings and lists that stand in the same box."""
    found = {
        name: re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(child, encoding="unicode", with_tail=False))
        for name in ("w:pBdr", "w:shd", "w:tabs", "w:ind")
        if (child := document.styles[style_name].element.pPr.find(qn(name))) is not None
    }
    indent = found.pop("w:ind", "")
    return Box("".join(found.values()), indent)


def _unchanged_parts(document: DocumentObject, package: io.BytesIO) -> tuple[bytes, frozenset[str]]:
    """A zip of the parts that no letter changes, and their names."""
    changed: set[str] = set()
    part: Part
    for part in document.part.package.iter_parts():
        if _CHANGED_BY_LETTERS.search(part.content_type):
            changed |= {part.partname.membername, part.partname.rels_uri.membername}
    target = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(target, "w") as kept:
        names = [name for name in source.namelist() if name not in changed]
        for name in names:
            content = source.read(name)
            write_member(kept, name, _announce_png(content) if name == "[Content_Types].xml" else content)
    return target.getvalue(), frozenset(names)


def _announce_png(content_types: bytes) -> bytes:
    """Pictograms are the only parts that a letter adds."""
    if b'Extension="png"' in content_types:
        return content_types
    return content_types.replace(b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1)
