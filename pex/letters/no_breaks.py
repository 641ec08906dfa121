"""Spaces at which a line must not break: inside a number, between it and its unit, before a French colon.

A phone number, a sum or a date cut in two by the end of a line is read wrong. Nothing but plain spaces is
changed, and always into U+00A0: the letters' font lacks the narrow one.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
UNITS = "h|ans?|mois|jours?|semaines?|heures?|minutes?|euros?"
NUMBERS = re.compile(
    rf"(?<=\d) (?=\d|[€%]|(?:{UNITS}|{MONTHS})\b)"  # 03 53 01 00 00 · 2 450 € · 6 semaines · 9 février
    rf"|(?<=\d h) (?=\d)|(?<=\b1er) (?=(?:{MONTHS})\b)"  # 9 h 30 · 1er mars
)
YEARS = re.compile(rf"\b({MONTHS}) (?=\d{{4}}\b)")
WORDS = re.compile(
    r" (?=[:;?!»])|(?<=«) "
    r"|(?<=\bn°) |(?<=\b[LRD]\.) (?=\d)|(?<=\barticle) (?=[\dLRD])|(?<=\bM\.) (?=[A-ZÀ-Ý])|(?<=\bMme) (?=[A-ZÀ-Ý])"
)


def bind_numbers(text: str) -> str:
    """The same words, each number, sum, hour and date on one line: for what people typed."""
    return YEARS.sub(rf"\1{NO_BREAK}", NUMBERS.sub(NO_BREAK, text))


def bind(text: str) -> str:
    """The same, with French punctuation held to its word too: for our own words."""
    return WORDS.sub(NO_BREAK, bind_numbers(text))
