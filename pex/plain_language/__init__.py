"""A text → remarks: what to change, why, and what to write instead; raw counts first, a readability score last."""

from pex.plain_language.check import check_text, check_together
from pex.plain_language.files import check_file
from pex.plain_language.measures import measure
from pex.plain_language.plain_text import read_plain
from pex.plain_language.remarks import BLOCKING, INFORMATION, LEVELS, TO_SEE, Remark, Report
from pex.plain_language.text import read_letter, read_timeline

__all__ = [
    "BLOCKING",
    "INFORMATION",
    "LEVELS",
    "TO_SEE",
    "Remark",
    "Report",
    "check_file",
    "check_text",
    "check_together",
    "measure",
    "read_letter",
    "read_plain",
    "read_timeline",
]
