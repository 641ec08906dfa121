"""An office's letterhead: its styles, header, footer and margins are kept, what it lacks is brought in."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from lxml import etree

from pex.errors import UnreadableFile


def open_letterhead(path: Path, ours: DocumentObject) -> tuple[DocumentObject, frozenset[str]]:
    """The letterhead without its text, with our styles and lists where it has none of that name.

    Also gives the names of the styles brought in. Raises UnreadableFile where it is no Word document.
    """
    try:
        document = Document(str(path))
    except (OpcError, BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UnreadableFile(
            f"« {path.name} » n'est pas un document Word lisible. Ouvrez-le dans Word ou LibreOffice, "
            "puis enregistrez-le de nouveau au format .docx."
        ) from error
    document.element.body.clear_content()
    own_styles = {style.name for style in document.styles}
    _add_missing_styles(document, ours)
    _add_missing_lists(document, ours)
    return document, frozenset(style.name for style in document.styles) - own_styles


def list_ids(document: DocumentObject) -> dict[str, int]:
    """The kinds of list that have a name, with their number."""
    kinds = document.part.numbering_part.element.findall(qn("w:abstractNum"))
    return {name: int(kind.get(qn("w:abstractNumId"))) for kind in kinds if (name := _name(kind))}


def _add_missing_styles(document: DocumentObject, ours: DocumentObject) -> None:
    """Ids follow the language of the Word that made the letterhead (`Titre1`); names do not."""
    styles = document.styles.element
    known = {style.name_val.lower(): style.styleId for style in styles.style_lst}
    types_with_default = {style.type for style in styles.style_lst if style.default}
    new_ids: dict[str, str] = {}
    added = []
    for style in ours.styles.element.style_lst:
        same = known.get(style.name_val.lower())
        new_ids[style.styleId] = same or _free_id(style.styleId, known.values())
        if same is None:
            added.append(deepcopy(style))
    for style in added:
        style.styleId = new_ids[style.styleId]
        if style.type in types_with_default:
            style.attrib.pop(qn("w:default"), None)
        for reference in style.iter(qn("w:basedOn"), qn("w:next")):
            reference.set(qn("w:val"), new_ids[reference.get(qn("w:val"))])
        styles.append(style)


def _free_id(wanted: str, taken: Iterable[str]) -> str:
    return f"Pex{wanted}" if wanted in set(taken) else wanted


def _add_missing_lists(document: DocumentObject, ours: DocumentObject) -> None:
    source = ours.part.numbering_part
    if not any(relation.reltype == RELATIONSHIP_TYPE.NUMBERING for relation in document.part.rels.values()):
        part = NumberingPart.load(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, source.blob, document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return
    numbering = document.part.numbering_part.element
    kinds = numbering.findall(qn("w:abstractNum"))
    first_free = max((int(kind.get(qn("w:abstractNumId"))) for kind in kinds), default=-1) + 1
    place = numbering.index(kinds[-1]) + 1 if kinds else 0
    known = list_ids(document)
    missing = [kind for kind in source.element.findall(qn("w:abstractNum")) if _name(kind) not in known]
    for offset, kind in enumerate(missing):
        copied = deepcopy(kind)
        copied.set(qn("w:abstractNumId"), str(first_free + offset))
        numbering.insert(place + offset, copied)


def _name(kind: etree._Element) -> str:
    name = kind.find(qn("w:name"))
    return "" if name is None else name.get(qn("w:val"))
