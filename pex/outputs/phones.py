"""Telephone numbers inside our own sentences."""

from __future__ import annotations

import re

# « 03 53 01 00 00 », « 0 805 16 00 75 » and « 0805 16 00 75 », alone: no digit before or after.
PHONE = re.compile(
    r"(?<!\d)(?<!\d[ \u00a0\u202f])"
    r"(?:0[ \u00a0\u202f]?8\d\d(?:[ \u00a0\u202f]\d\d){3}|0[1-9](?:[ \u00a0\u202f.]\d\d){4})"
    r"(?![ \u00a0\u202f]?\d)"
)


def phone_in(text: str) -> str | None:
    """The first number of the sentence, or None."""
    found = PHONE.search(text)
    return found[0] if found else None
