"""A Word document under way: python-docx's document, and what the body may not use twice."""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from pex.letters.blocks import Spans
from pex.outputs.docx import markup
from pex.outputs.docx.base import ORDINARY, Base, headers_and_footers, write_member
from pex.outputs.docx.fit import Densities
from pex.outputs.docx.markup import Box
from pex.outputs.docx.pictures import Picture, pictogram


class Draft:
    """What is being written: `body` gathers the markup of paragraphs and tables, in reading order."""

    def __init__(self, base: Base, densities: Densities = ORDINARY) -> None:
        self.base = base
        self.densities = densities
        self.body: list[str] = []
        self._document = Document(io.BytesIO(base.package))
        self._relations: dict[str, str] = {}
        self._pictures = 0

    def style(self, name: str) -> str:
        """The id, in this document, of the style of that name."""
        return self.base.style_ids[name]

    def runs(self, spans: Spans) -> str:
        return markup.runs(spans, strong=self.style("Strong"))

    def strong(self, words: str) -> str:
        return markup.run(words, strong=self.style("Strong"))

    def paragraph(
        self,
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
        """A paragraph in the style of that name; for the rest, see `markup.paragraph`."""
        return markup.paragraph(
            self.style(style),
            content,
            keep_next=keep_next,
            page_break=page_break,
            frame=frame,
            numbering=numbering,
            space=space,
            box=box,
        )

    def new_list(self, kind: str) -> int:
        """The number of a list of its own, which starts at 1; `kind` is a name of `look/word/numbering.xml`."""
        numbering = self._document.part.numbering_part.element
        own = numbering.add_num(self.base.list_ids[kind])
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return own.numId

    def pictogram(self, name: str | None, size: float, *, down: float | None = None, aside: float = 0) -> str:
        """A run with a pictogram `size` mm high, or nothing; decoration, for the words beside it say the same."""
        return self.picture(pictogram(name), size, size, alt=None, down=down, aside=aside) if name else ""

    def picture(
        self,
        picture: Picture,
        width: float,
        height: float,
        *,
        alt: str | None,
        down: float | None = None,
        aside: float = 0,
    ) -> str:
        """A run with a picture of this size in mm; see `markup.picture`."""
        self._pictures += 1
        relation = self._relation(picture)
        return markup.picture(relation, self._pictures, width, height, alt=alt, down=down, aside=aside)

    def fill_header(self, mention: str | None) -> None:
        """Write the mention of an invented example at the top of every page."""
        if mention:
            headers, _ = headers_and_footers(self._document)
            for header in headers:
                _append(header, self.paragraph("Mention", markup.run(mention)))

    def fill_footer(self, label: str, reference: str, page_pattern: str, pages: int) -> None:
        """Write the reference and « Page 1 sur 2 », which Word keeps right, unless the letterhead counts pages.

        `page_pattern` holds `{page}` and `{pages}`; `pages` is how many there should be.
        """
        content = markup.run(f"{label}\u00a0: {reference}") + markup.TAB
        for piece in re.split(r"(\{pages?\})", page_pattern):
            if piece == "{page}":
                content += markup.field("PAGE", 1)
            elif piece == "{pages}":
                content += markup.field("NUMPAGES", pages)
            elif piece:
                content += markup.run(piece)
        _, footers = headers_and_footers(self._document)
        for footer in footers:
            if not _counts_pages(footer):
                _append(footer, self.paragraph("Footer", content))

    def save(self, *, title: str, subject: str, author: str, language: str, keywords: str = "") -> bytes:
        """The .docx, with these core properties."""
        properties = self._document.core_properties
        # The schema of properties gives each of them at most 255 characters.
        given = (("title", title), ("subject", subject), ("author", author), ("keywords", keywords))
        for name, words in given:
            setattr(properties, name, markup.writable(words)[:255])
        properties.language = language
        body = parse_xml(f"<w:body {markup.NAMESPACES}>{''.join(self.body)}</w:body>")
        self._document.element.body[:0] = list(body)
        return self._zip()

    def _relation(self, picture: Picture) -> str:
        """The id under which the body names the picture; the package holds each picture once."""
        if picture.name not in self._relations:
            part = Part(PackURI(f"/word/media/pex-{picture.name}.png"), "image/png", picture.png)
            self._relations[picture.name] = self._document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._relations[picture.name]

    def _zip(self) -> bytes:
        """python-docx's own `save` compresses the fonts again each time, and writes the hour into the file."""
        target = io.BytesIO()
        target.write(self.base.unchanged)
        with zipfile.ZipFile(target, "a") as package:
            for part in self._document.part.package.iter_parts():
                name = part.partname.membername
                if name in self.base.unchanged_names:
                    continue
                write_member(package, name, part.blob)
                if part.rels:
                    write_member(package, part.partname.rels_uri.membername, part.rels.xml)
        return target.getvalue()


def _append(place: BlockItemContainer, paragraph: str) -> None:
    """Add a paragraph at the end of a header or footer, in place of the empty one that Word puts there."""
    if len(place._element) == 1 and len(place.paragraphs) == 1 and not place.paragraphs[0].runs:
        place._element.remove(place.paragraphs[0]._element)
    element = parse_xml(f"<w:body {markup.NAMESPACES}>{paragraph}</w:body>")[0]
    place._element.append(element)


def _counts_pages(footer: BlockItemContainer) -> bool:
    codes = footer._element.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr")
    return any("PAGE" in code for code in codes)
