"""What is wrong in an office's letterhead, said in French sentences when it comes in rather than on a letter."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from pex.outputs.docx.base import open_ours
from pex.outputs.docx.letterhead import open_letterhead
from pex.profile import Fenetre

A4 = (210, 297)
SMALLEST_MARGIN, LARGEST_MARGIN = 10, 40
LARGEST_PICTURE = 2_000_000
"""Bytes: a thousand letters carry it a thousand times."""


def check_letterhead(path: Path, window: Fenetre) -> tuple[str, ...]:
    """What is wrong, and what to do about it, in the order of the page; nothing where all is well.

    `window` is that of the office's envelopes. Raises UnreadableFile where it is no Word document.
    """
    open_letterhead(path, open_ours())
    document = Document(str(path))
    return (*_page(document), *_header(document, window), *_contents(document, path))


def _page(document: DocumentObject) -> Iterator[str]:
    section = document.sections[-1]
    size = tuple(round(length.mm) for length in (section.page_width, section.page_height) if length)
    if size != A4:
        yield f"La page fait {' × '.join(map(str, size))} mm : choisissez le format A4, debout (210 × 297)."
    for name, margin in (("gauche", section.left_margin), ("droite", section.right_margin)):
        if margin is None:
            continue
        if margin.mm < SMALLEST_MARGIN:
            yield f"La marge de {name} fait {margin.mm:.0f} mm : une imprimante coupe sous {SMALLEST_MARGIN} mm."
        elif margin.mm > LARGEST_MARGIN:
            yield f"La marge de {name} fait {margin.mm:.0f} mm : le texte n'a plus la place de tenir sur une page."


def _header(document: DocumentObject, window: Fenetre) -> Iterator[str]:
    section = document.sections[-1]
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    if any(paragraph.text.strip() for paragraph in header.paragraphs) and section.top_margin is not None:
        lines = len([paragraph for paragraph in header.paragraphs if paragraph.text.strip()])
        bottom = (section.header_distance.mm if section.header_distance else 0) + 5 * lines
        if bottom > window.haut:
            yield (
                f"L'en-tête descend à environ {bottom:.0f} mm : il serait vu dans la fenêtre de l'enveloppe, "
                f"qui commence à {window.haut:.0f} mm. Raccourcissez-le."
            )
    for part in (header._element, section.footer._element):
        for picture in part.iter(qn("wp:docPr")):
            if not picture.get("descr"):
                yield (
                    f"L'image « {picture.get('name') or 'sans nom'} » n'a pas de texte de remplacement : "
                    "dans Word, clic droit, « Modifier le texte de remplacement »."
                )


def _contents(document: DocumentObject, path: Path) -> Iterator[str]:
    if any(paragraph.text.strip() for paragraph in document.paragraphs) or document.tables:
        yield "Le papier contient du texte ou un tableau au milieu de la page : il n'est pas repris. Videz la page."
    body = document.element.body
    if any(True for _ in body.iter(qn("w:ins"), qn("w:del"))):
        yield "Le papier contient des modifications suivies : acceptez-les ou refusez-les."
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if any(name.endswith("vbaProject.bin") for name in names):
            yield "Le papier contient des macros : enregistrez-le au format .docx, sans macro."
        for info in package.infolist():
            if info.filename.startswith("word/media/") and info.file_size > LARGEST_PICTURE:
                size = info.file_size / 1_000_000
                yield f"L'image {Path(info.filename).name} pèse {size:.1f} Mo : compressez-la.".replace(".", ",", 1)
    if 'TargetMode="External"' in _relationships(path):
        yield "Le papier va chercher une image ou un modèle hors du fichier : insérez-les dans le fichier."


def _relationships(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        wanted = [name for name in package.namelist() if name.endswith(".rels")]
        texts = (package.read(name).decode("utf-8", "replace") for name in wanted)
        return "".join(text for text in texts if "hyperlink" not in text)
