"""An office's own wording of a letter: beside the national text, read again before it is kept.

`review(letter_id, text)` says what would be refused, what the linter thinks, and what differs. An own wording is a
file `<letter>.md` in the folder `courriers` of the profile; the national texts are never touched.
"""

from __future__ import annotations

import difflib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES
from pex.letters import letter_ids
from pex.letters.templates import read_template
from pex.plain_language.files import check_file
from pex.plain_language.remarks import Remark


@dataclass(frozen=True, slots=True)
class OwnText:
    """A wording under review.

    `refusal` says why it cannot be used, empty when it can. `difference` are the lines that differ from the
    national text: « -… » is national, « +… » is own.
    """

    letter_id: str
    text: str
    refusal: str
    remarks: tuple[Remark, ...]
    difference: tuple[str, ...]


def national_text(letter_id: str, language: str = "fr") -> str:
    """The national source of a letter. Raises TemplateError for one that does not exist."""
    if letter_id not in letter_ids(language):
        raise TemplateError(f"Il n'y a pas de courrier « {letter_id} ». Tapez « pex courriers --liste ».")
    return (LETTER_TEMPLATES / language / f"{letter_id}.md").read_text(encoding="utf-8")


def own_text(letter_id: str, own: Path | None) -> str | None:
    """The office's wording where it has one."""
    path = own / f"{letter_id}.md" if own is not None else None
    return path.read_text(encoding="utf-8") if path is not None and path.is_file() else None


def review(letter_id: str, text: str) -> OwnText:
    """Read a wording as letters would, and check its language; nothing is kept.

    Raises TemplateError for a letter that does not exist.
    """
    national = national_text(letter_id)
    text = text.replace("\r\n", "\n")
    refusal, remarks = "", tuple[Remark, ...]()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{letter_id}.md"
        path.write_text(text, encoding="utf-8")
        try:
            read_template(letter_id, own=Path(place))
            remarks = check_file(path).remarks
        except TemplateError as error:
            refusal = str(error)
    return OwnText(letter_id, text, refusal, remarks, tuple(differences(national, text)))


def differences(national: str, own: str) -> list[str]:
    """The lines that differ, without those they share."""
    lines = difflib.unified_diff(national.splitlines(), own.splitlines(), lineterm="", n=0)
    return [line for line in list(lines)[2:] if not line.startswith("@@")]
