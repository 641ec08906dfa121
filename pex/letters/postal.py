"""Can this letter be posted? The lines of the envelope's window, as La Poste asks for them.

La Poste, norme NF Z10-011: six lines at most, thirty-eight characters a line, the postcode and the town last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pex.dossier.facts import Menage

MOST_LINES, MOST_CHARACTERS = 6, 38
SMALLEST_LINE = 3.55
"""Millimetres from one line to the next at 9 points, the smallest that La Poste reads."""
POST, BY_HAND = "poste", "à remettre"
LAST_LINE = re.compile(r"\d{5} \S.*")


def sending(menage: Menage, recipient: Sequence[str]) -> str:
    """« poste », or « à remettre » and why: in a bordereau, never in the letter itself."""
    if menage.adresse_confidentielle:
        return f"{BY_HAND} : adresse confidentielle"
    if menage.adresse is None:
        return f"{BY_HAND} : pas d'adresse"
    problems = address_problems(recipient)
    return f"{BY_HAND} : {' ; '.join(problems)}" if problems else POST


def address_problems(lines: Sequence[str]) -> tuple[str, ...]:
    """What stops the post from reading an address, each with what to do; no part of the address in the words."""
    found = []
    if len(lines) > MOST_LINES:
        found.append(f"l'adresse a {len(lines)} lignes, {MOST_LINES} au plus")
    for number, line in enumerate(lines, start=1):
        if len(line) > MOST_CHARACTERS:
            found.append(f"la ligne {number} a {len(line)} caractères, {MOST_CHARACTERS} au plus : abrégez-la")
    if not lines or not LAST_LINE.fullmatch(lines[-1]):
        found.append("il manque le code postal ou la commune")
    return tuple(found)
