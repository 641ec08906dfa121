"""The document that a letter starts from: the office's letterhead, or ours, kept unzipped in `look/word`.

Unzipped, our styles are text: read, compared and changed like any other file of the look. Both are made
ready once, with python-docx, and then opened again for each letter.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.section import Section, _Footer, _Header
from lxml import etree

from pex.errors import UnreadableFile
from pex.folders import FONTS, LOOK
from pex.profile import Profile

BOXES = ("Encadré", "Encadré contact", "Encadré loi")
SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip, so that the same letter gives the same bytes."""

_FONT_TABLE = "word/fontTable.xml"
_BOX_PROPERTIES = [qn(name) for name in ("w:pBdr", "w:shd", "w:tabs", "w:ind")]
