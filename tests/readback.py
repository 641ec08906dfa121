"""Timelines read back from what was written: their words, in order, and where they stand on the paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

from pex.letters.blocks import TimelinePage
from pex.letters.timeline_page import timeline_lines

SVG = "{http://www.w3.org/2000/svg}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bare(text: str) -> str:
    """Letters and digits alone: how a format separates its words does not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def furniture(page: TimelinePage) -> tuple[str, ...]:
    """What belongs to the paper and may stand at its top or foot."""
    reference = f"{page.label('reference')}\u00a0: {page.reference}"
    return tuple(text for text in (page.fictitious, page.printed_on, reference, page.mention, page.household) if text)


def told(page: TimelinePage) -> str:
    """All that the page says in order, but its furniture, as `bare`."""
    return bare("".join(line.text for line in timeline_lines(page) if line.text not in furniture(page)))


def without_furniture(text: str, page: TimelinePage) -> str:
    """The same of a text that was read back. Each piece of furniture must be there, on every page for some."""
    found = bare(text)
    for piece in map(bare, furniture(page)):
        assert piece in found, piece
        found = found.replace(piece, "")
    return found


def pdf_words(content: bytes) -> str:
    """The visible words of a PDF, « Page 1 sur 2 » taken away."""
    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"Page \d sur \d", "", text)


def html_words(content: bytes) -> str:
    """The words of a page as a screen reader says them: those of drawings too, and not those hidden from it."""
    from lxml import html

    body = html.document_fromstring(content.decode("utf-8")).find("body")

    def said(element: Any) -> Iterator[str]:
        if element.get("aria-hidden") != "true":
            yield element.get("aria-label") or ""
            yield element.text or ""
            for child in element:
                yield from said(child)
                yield child.tail or ""

    return "".join(said(body))


def docx_words(content: bytes) -> str:
    """The words of headers, footers and body, and of drawings that have some, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if re.match(r"word/(header|document|footer)\d*\.xml", name)]
        parts = [ElementTree.fromstring(package.read(name)) for name in sorted(names)]
    texts = []
    for part in parts:
        for node in part.iter():
            if node.tag.endswith("}docPr"):
                texts.append(node.get("descr") or "")
            elif node.tag == f"{WORD}t":
                texts.append(node.text or "")
    return re.sub(r"Page \d sur \d", "", "".join(texts))


def docx_alternatives(content: bytes) -> str:
    """The title and the words of the drawings of a Word file, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    return "".join(node.get("descr") or "" for node in body.iter() if node.tag.endswith("}docPr"))


def svg_words(content: bytes) -> str:
    """What a picture says of itself: its <desc>."""
    return ElementTree.fromstring(content).findtext(f"{SVG}desc") or ""


def png_words(content: bytes) -> str:
    """What a picture says of itself: its « Description »."""
    place = content.index(b"iTXt")
    length = int.from_bytes(content[place - 4 : place], "big")
    return content[place + 4 : place + 4 + length].rpartition(b"\0")[2].decode("utf-8")


WORDS: dict[str, Callable[[bytes], str]] = {
    "pdf": pdf_words,
    "html": html_words,
    "docx": docx_words,
    "txt": lambda content: content.decode("utf-8"),
    "svg": svg_words,
    "png": png_words,
}


def pdf_alternatives(content: bytes) -> list[str]:
    """The alternative texts of a tagged PDF, in the order of its structure."""
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DictionaryObject

    def alternatives(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for child in node:
                yield from alternatives(child)
        elif isinstance(node, DictionaryObject):
            if "/Alt" in node:
                yield str(node["/Alt"])
            if "/K" in node:
                yield from alternatives(node["/K"])

    return list(alternatives(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]["/K"]))
