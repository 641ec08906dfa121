"""Text as people and spreadsheets give it, made safe to keep and to print."""

from __future__ import annotations

import re
import unicodedata

# Controls, directional overrides, zero-width characters and private-use marks: never wanted in a name,
# refused by Word files, or used as marks by the letters.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
LONGEST = 300


def clean(text: str) -> str:
    """NFC, on one line, without control characters; spaces at the ends and doubled are dropped."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text)
    text = UNWANTED.sub("", re.sub(r"[\t\r\n\x0b\x0c]+", " ", text))
    return re.sub(r" {2,}", " ", text).strip(" \u00a0\u202f")


def folded(text: str) -> str:
    """A heading without case, accents, spaces or punctuation: « Date d'audience » → « datedaudience »."""
    plain = unicodedata.normalize("NFD", text.lower())
    return re.sub(r"[^a-z0-9]", "", "".join(char for char in plain if not unicodedata.combining(char)))
