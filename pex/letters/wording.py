"""How letters are told to the people who send them: families, registers."""

from __future__ import annotations

from pex.letters.registers import COMPLETE, SIMPLE, STANDARD

FAMILY_NAMES = {
    "etat": "De l'État au ménage",
    "ccapex": "De la CCAPEX",
    "partenaire": "Des partenaires au ménage",
    "a_signer": "Que le ménage signe",
}
REGISTER_NAMES = {
    STANDARD: "Lettre ordinaire",
    SIMPLE: "Gros caractères, une idée par ligne",
    COMPLETE: "Avec les calculs et les articles",
}
