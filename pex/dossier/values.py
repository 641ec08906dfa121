"""One value as it was typed → a fact, or a PexError that says what to write.

The sentence is in two parts, « what is wrong » and « what to write », joined in the error.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pex.dates import EARLIEST, LATEST, Period, read_date, read_period
from pex.dossier.text import LONGEST, clean, folded
from pex.errors import PexError

CIVILITIES = {
    "mme": "Mme", "madame": "Mme", "mlle": "Mme", "mademoiselle": "Mme",
    "m": "M.", "mr": "M.", "monsieur": "M.",
}  # fmt: skip
YES, NO = {"oui", "o", "x", "vrai", "true", "1", "yes"}, {"non", "n", "faux", "false", "0", "no"}
UNKNOWN_DAY = {"?", "inconnue", "inconnu", "oui", "x"}
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
DEPARTEMENT = re.compile(r"0[0-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[678]")
LARGEST_SUM = Decimal(1_000_000)
EXCEL_FIRST_DAY = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 80_000)

Reader = Callable[[Any], Any]


def read_text(value: Any) -> str:
    """Any cell as clean text; a whole number loses its « .0 »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (date, time, timedelta)):
        raise PexError("Le tableur a pris ce texte pour une date. Mettez la cellule au format Texte et retapez-le.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = clean(str(value))
    if len(text) > LONGEST:
        raise PexError(f"« {text[:40]}… » est trop long. Écrivez au plus {LONGEST} caractères.")
    return text


def as_shown(value: Any) -> str:
    """A refused value as a message may show it: short, on one line, without control characters."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)[:120])[:60]


def read_reference(value: Any) -> str:
    """A reference that can be part of a file name on any PC."""
    text = read_text(value)
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}", text) or RESERVED.fullmatch(text) or text.endswith("."):
        raise PexError(
            f"« {text[:60]} » ne peut pas servir de référence. "
            "Écrivez 1 à 40 lettres sans accent, chiffres, points ou tirets, sans espace."
        )
    return text


def read_day(value: Any) -> date:
    """A real date cell, an Excel serial, « jj/mm/aaaa » or « aaaa-mm-jj »."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if not EARLIEST <= value <= LATEST:
            raise PexError(f"« {value:%d/%m/%Y} » : l'année n'est pas possible. Vérifiez l'année.")
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _excel_serial(value)
    text = as_shown(value)
    if re.fullmatch(r"[0-9]{5}(\.0+)?", text):
        return _excel_serial(float(text))
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", text):
        raise PexError(f"« {text} » : l'année n'a que deux chiffres. Écrivez la date jj/mm/aaaa.")
    text = re.sub(r"[ T]00:00(:00)?$", "", text)
    if re.fullmatch(r"[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{4}", text):
        text = re.sub(r"[-.]", "/", text)
    return read_date(text)


def _excel_serial(value: float) -> date:
    if not math.isfinite(value) or int(value) not in EXCEL_DAYS:
        raise PexError(f"« {value} » n'est pas une date. Écrivez-la jj/mm/aaaa.")
    return EXCEL_FIRST_DAY + timedelta(days=int(value))


def read_sum(value: Any) -> Decimal:
    """A sum in euros: « 1 234,56 € », 1234.5; from 0 to one million, at most two decimals."""
    if isinstance(value, bool) or value is None:
        raise PexError(f"« {as_shown(value)} » n'est pas un montant. Écrivez par exemple 1234,56.")
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise PexError("Ce n'est pas un montant. Écrivez par exemple 1234,56.")
        amount = Decimal(str(round(value, 4)))
    else:
        text = clean(str(value))
        bare = re.sub(r"[ \u00a0\u202f]|€|euros?$", "", text)
        if not re.fullmatch(r"-?[0-9]{1,9}([.,][0-9]+)?", bare):
            raise PexError(f"« {as_shown(text)} » n'est pas un montant. Écrivez par exemple 1234,56.")
        amount = Decimal(bare.replace(",", "."))
    if not 0 <= amount <= LARGEST_SUM:
        raise PexError(f"« {as_shown(value)} » n'est pas un montant possible. Vérifiez la somme, en euros.")
    if amount != amount.quantize(Decimal("0.01")):
        raise PexError(f"« {as_shown(value)} » a plus de deux chiffres après la virgule. Écrivez par exemple 1234,56.")
    return abs(amount)


def read_hour(value: Any) -> time:
    """« 09:30 », « 9 h 30 », « 9h », or a time cell."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, timedelta):
        value = f"{value.seconds // 3600}:{value.seconds // 60 % 60:02d}"
    match = re.fullmatch(r"([0-9]{1,2}) ?[:hH] ?([0-9]{2})?(:00)?", clean(str(value)))
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise PexError(
            f"« {as_shown(value)} » n'est pas une heure. Écrivez-la « 09:30 », entre guillemets dans un fichier YAML."
        )
    return time(int(match[1]), int(match[2] or 0))


def read_length(value: Any) -> Period:
    """« 2 months », « 6 semaines »…"""
    return read_period(as_shown(value))


def read_yes_no(value: Any) -> bool:
    """oui, non, x, 1, 0, vrai, faux."""
    word = folded(read_text(value))
    if word in YES or word in NO:
        return word in YES
    raise PexError(f"« {as_shown(value)} » : écrivez oui ou non.")


def read_whole_number(value: Any) -> int:
    """A small whole number, such as a number of children."""
    text = read_text(value)
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise PexError(f"« {text} » n'est pas un nombre. Écrivez un nombre entier, par exemple 2.")
    return int(text)


def read_civility(value: Any) -> str:
    """« Mme » or « M. », whatever the writing."""
    word = folded(read_text(value))
    if word not in CIVILITIES:
        raise PexError(f"« {as_shown(value)} » n'est pas une civilité. Écrivez Mme ou M.")
    return CIVILITIES[word]


def read_postcode(value: Any) -> str:
    """Five digits; a zero that a spreadsheet ate is never guessed."""
    text = re.sub(r'^="([0-9]{5})"$', r"\1", read_text(value)).replace(" ", "")
    if re.fullmatch(r"[0-9]{4}", text):
        raise PexError(f"« {text} » : il manque le zéro du début. Écrivez 0{text}, dans une cellule de texte.")
    if not re.fullmatch(r"[0-9]{5}", text):
        raise PexError(f"« {text} » n'est pas un code postal. Écrivez cinq chiffres, par exemple 71000.")
    return text


def departement_of_postcode(postcode: str) -> str:
    """The département of a postcode, Corsica and overseas included; a few communes have their neighbour's."""
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2]


def read_departement(value: Any) -> str:
    """« 71 », « 2A », « 974 »; « 00 » is the invented département."""
    text = read_text(value).upper()
    text = f"0{text}" if re.fullmatch(r"[1-9]", text) else text
    if not DEPARTEMENT.fullmatch(text):
        raise PexError(f"« {text} » n'est pas un département. Écrivez par exemple 71, 2A ou 974.")
    return text


def read_language(value: Any) -> str:
    """A language tag such as « fr »."""
    text = read_text(value)
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", text):
        raise PexError(f"« {text} » n'est pas une langue. Écrivez par exemple fr.")
    return text


def choice(*values: str) -> Reader:
    """A reader that takes one of these words, written with or without accents, spaces or capitals."""
    by_word = {folded(value): value for value in values}

    def read(value: Any) -> str:
        word = folded(read_text(value))
        if word not in by_word:
            raise PexError(f"« {as_shown(value)} » n'est pas possible ici. Écrivez : {', '.join(values)}.")
        return by_word[word]

    return read


def is_unknown_day(value: Any) -> bool:
    """True for « ? », « inconnue », « x », « oui »: it happened, on a day nobody knows."""
    return isinstance(value, str) and clean(value).lower() in UNKNOWN_DAY


def detail_reader(kind: str) -> Reader:
    """The reader of an event's detail, from its kind in the law's catalogue."""
    if kind.startswith("choix:"):
        return choice(*kind.removeprefix("choix:").split("|"))
    return {
        "texte": read_text,
        "date": read_day,
        "heure": read_hour,
        "duree": read_length,
        "montant": read_sum,
        "oui_non": read_yes_no,
    }[kind]
