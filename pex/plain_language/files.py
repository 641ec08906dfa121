"""Files of any kind → reports: a template, a Word file, a text; refused with what to do where it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pex.errors import UnreadableFile
from pex.plain_language.check import check_text, check_together
from pex.plain_language.plain_text import read_plain
from pex.plain_language.remarks import Report
from pex.plain_language.template_source import read_template_texts
from pex.plain_language.text import HOUSEHOLD
from pex.plain_language.word_file import read_docx

KINDS = (".docx", ".md", ".txt")
LARGEST = 5_000_000
"""Bytes of a text file: more is no letter."""


def check_file(path: Path, reader: str = HOUSEHOLD, register: str = "standard") -> Report:
    """The report on one file. Raises UnreadableFile for a kind that is not read or a damaged file."""
    kind = path.suffix.lower()
    if kind == ".docx":
        return check_text(read_docx(path, reader, register))
    if kind not in KINDS:
        raise UnreadableFile(
            f"« {path.name} » n'est pas un fichier que pex sait relire. Donnez un .docx, un .txt ou un .md : "
            "pour un PDF ou une page web, copiez le texte dans un fichier .txt."
        )
    content = _read(path)
    if kind == ".md" and content.startswith("---\n") and "\naction_principale:" in content:
        return check_together(read_template_texts(path, register))
    if not content.strip():
        raise UnreadableFile(f"« {path.name} » ne contient aucun texte.")
    return check_text(read_plain(content, path.name, reader, register))


def files_in(path: Path) -> Iterator[Path]:
    """The file itself, or the files of a folder that can be checked, in order."""
    if path.is_file():
        yield path
    else:
        yield from (found for found in sorted(path.rglob("*")) if found.suffix.lower() in KINDS and found.is_file())


def _read(path: Path) -> str:
    content = path.read_bytes()
    if len(content) > LARGEST:
        raise UnreadableFile(f"« {path.name} » est trop grand pour une lettre. Donnez un texte plus court.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"Les lettres de « {path.name} » ne peuvent pas être lues. Enregistrez-le en UTF-8.")
