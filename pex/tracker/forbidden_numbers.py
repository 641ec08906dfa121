"""Numbers that have no place in a note: social security numbers and bank accounts, found by their control keys."""

from __future__ import annotations

import re

from pex.errors import PexError

GAP = r"[ .\-\u00a0\u202f]?"
NIR = re.compile(rf"(?<![0-9])[1-478](?:{GAP}[0-9]){{4}}{GAP}(?:[0-9]{GAP}[0-9AB])(?:{GAP}[0-9]){{6,8}}(?![0-9])")
IBAN = re.compile(rf"(?<![0-9A-Z])[A-Z]{{2}}[0-9]{{2}}(?:{GAP}[A-Z0-9]){{11,30}}")
IBAN_LENGTHS = {
    "FR": 27, "MC": 27, "BE": 16, "LU": 20, "DE": 22, "CH": 21, "ES": 24, "PT": 25, "IT": 27, "GB": 22, "IE": 22,
    "NL": 18, "PL": 28, "RO": 24, "BG": 22, "TN": 24, "LT": 20,
}  # fmt: skip


def refuse_forbidden_numbers(text: str) -> str:
    """The text as it is. Raises PexError where it holds a social security number or a bank account."""
    upper = text.upper()
    if any(_is_nir(_joined(match.group())) for match in NIR.finditer(upper)):
        raise PexError("Ce texte contient un numéro de sécurité sociale. Effacez-le : pex ne doit pas le garder.")
    if any(_is_iban(_joined(match.group())) for match in IBAN.finditer(upper)):
        raise PexError("Ce texte contient un numéro de compte bancaire (IBAN). Effacez-le : pex ne doit pas le garder.")
    return text


def _joined(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text)


def _is_nir(number: str) -> bool:
    """Thirteen digits and their key; without the key nothing tells it from another number."""
    if len(number) != 15:
        return False
    digits = number[:13].replace("2A", "19").replace("2B", "18")
    return digits.isdigit() and 97 - int(digits) % 97 == int(number[13:])


def _is_iban(number: str) -> bool:
    number = number[: IBAN_LENGTHS.get(number[:2], 0)]
    return len(number) > 4 and int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
