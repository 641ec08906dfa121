"""R29 to R34: numbers, dates, hours, sums, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from pex.plain_language.remarks import BLOCKING, INFORMATION, TO_SEE, Finding
from pex.plain_language.rules.matching import MONTHS, SUM, WEEKDAYS, at
from pex.plain_language.rules.registry import Limits, read_list, rule, sentence_rule
from pex.plain_language.text import Sentence, Text

DIGIT_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b")
DATED = re.compile(rf"(?:\b({'|'.join(WEEKDAYS)}) )?\b(\d{{1,2}}(?:er)?) ({MONTHS}) (\d{{4}})\b", re.IGNORECASE)
NO_YEAR = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)} )?\d{{1,2}}(?:er)? (?:{MONTHS})\b(?! \d{{4}})", re.IGNORECASE)
GLUED_HOUR = re.compile(r"\b\d{1,2}(?:h\d{0,2}|:\d\d|H ?\d{0,2})\b")
HOUR = re.compile(r"\b(\d{1,2}) h(?: \d\d)?\b")
PART_OF_DAY = re.compile(r"du matin|de l'après-midi|du soir|midi|minuit")
OPENING = re.compile(r"de \d{1,2} h(?: \d\d)? à \d{1,2} h(?: \d\d)?")
ODD_SUM = re.compile(r"\b\d[\d .]*(?:,\d\d)? ?euros?\b|€ ?\d|\b\d{1,3}\.\d{3}(?:,\d\d)? ?€|\b\d{4,} ?€|\d€|\bEUR\b")
ODD_PHONE = re.compile(r"(?<![\d/-])0[1-9](?:[.-]\d\d){4}\b|(?<![\d/-])0[1-9]\d{8}\b|\+33[ .\d]{9,}")
ROMAN = re.compile(r"(?<![\w.-])(?:[IVX]{2,}|[IVX]+(?:e|ème|er))(?![\w'-])")
BREAKING_PHONE = re.compile(r"\b0[1-9](?:[ \u00a0\u202f]\d\d){4}\b")


@sentence_rule("R29")
def digits(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    numbers = read_list("signs")["number_words"]
    if match := _number_words().search(sentence.lower):
        yield at(sentence, match[1], f"Écrivez « {numbers[match[1]]} » au lieu de « {match[1]} ».")


@sentence_rule("R30")
def no_percentage(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    if match := re.search(r"\d+(?:,\d+)? ?(?:%|pour cent)", sentence.bare):
        yield at(sentence, match.group())
    elif match := ROMAN.search(sentence.bare):
        yield at(sentence, match.group(), f"Écrivez « {match.group()} » avec des chiffres ordinaires.")


@sentence_rule("R31")
def whole_dates(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    if match := DIGIT_DATE.search(sentence.bare):
        yield at(sentence, match.group(), f"Écrivez « {match.group()} » en toutes lettres, avec le jour de la semaine.")
    for match in DATED.finditer(sentence.bare):
        yield from _slip(sentence, match)
    if (match := NO_YEAR.search(sentence.bare)) and not re.search(r"\bau \d|\bchaque année", sentence.lower):
        yield at(sentence, match.group(), f"Ajoutez l'année à « {match.group()} ».", TO_SEE)


@rule("R32")
def hours_of_the_day(text: Text, limits: Limits) -> Iterator[Finding]:
    """« 9 h 30 du matin », once at least for each hour of an appointment; opening hours are left alone."""
    told = " ".join(sentence.lower for sentence in text.read())
    for sentence in text.read():
        if match := GLUED_HOUR.search(sentence.bare):
            yield at(sentence, match.group(), f"Écrivez « {_spaced(match.group())} ».")
            continue
        for match in HOUR.finditer(OPENING.sub("", sentence.bare)):
            if not re.search(rf"{re.escape(match.group().lower())} (?:{PART_OF_DAY.pattern})", told):
                yield at(sentence, match.group(), f"Ajoutez « du matin » ou « de l'après-midi » à « {match.group()} ».")
                break


@rule("R33")
def few_sums(text: Text, limits: Limits) -> Iterator[Finding]:
    for sentence in text.read():
        if match := ODD_SUM.search(sentence.bare):
            yield at(sentence, match.group(), f"Écrivez « {match.group()} » sous la forme « 1 250 € ».")
        elif "\u00a0" not in sentence.text and text.kind in ("lettre", "docx") and re.search(r"\d €", sentence.text):
            yield at(sentence, "€", "Mettez une espace qui ne se coupe pas avant « € ».", INFORMATION)
    sums = {match.group() for sentence in text.read() for match in SUM.finditer(sentence.bare)}
    if text.is_letter and len(sums) > limits["sommes"]:
        yield Finding(" · ".join(sorted(sums)), f"{len(sums)} sommes", f"Gardez {limits['sommes']} sommes au plus.")


@rule("R34")
def phones_in_pairs(text: Text, limits: Limits) -> Iterator[Finding]:
    for sentence in text.read():
        if match := ODD_PHONE.search(sentence.bare):
            yield at(sentence, match.group())
        elif (
            text.kind in ("lettre", "docx") and (match := BREAKING_PHONE.search(sentence.text)) and " " in match.group()
        ):
            yield at(sentence, match.group(), "Mettez dans le numéro des espaces qui ne se coupent pas.")


def _slip(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """What is wrong in a date written out: a day that does not exist, the wrong weekday, « 1 mars »."""
    weekday, number, month, year = match.groups()
    try:
        day = date(int(year), MONTHS.split("|").index(month.lower()) + 1, int(number.removesuffix("er")))
    except ValueError:
        yield at(sentence, match.group(), f"« {match.group()} » n'existe pas dans le calendrier.", BLOCKING)
        return
    right = WEEKDAYS[day.weekday()]
    if weekday and weekday.lower() != right:
        yield at(sentence, match.group(), f"Le {number} {month} {year} est un {right}.", BLOCKING)
    if day.day == 1 and number != "1er":
        yield at(sentence, match.group(), f"Écrivez « 1er {month} {year} ».", BLOCKING)


def _spaced(hour: str) -> str:
    found = re.match(r"(\d{1,2})[hH:] ?(\d\d)?", hour)
    assert found is not None
    minutes = f" {found[2]}" if found[2] and found[2] != "00" else ""
    return f"{int(found[1])} h{minutes}"


@lru_cache(maxsize=1)
def _number_words() -> re.Pattern[str]:
    numbers = "|".join(read_list("signs")["number_words"])
    return re.compile(rf"(?<!les )(?<!tous )(?<!à )(?<![\w-])({numbers}) (?=\w)")
