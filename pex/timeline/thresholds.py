"""Does the debt reach a threshold of the law? True, false, or not known; with the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pex.dossier.facts import Dette
from pex.law import Version


@dataclass(frozen=True, slots=True)
class Reached:
    """`sentence` is in French, for professionals."""

    sentence: str
    version: date


def threshold_reached(version: Version, dette: Dette) -> Reached | None:
    """The threshold that the debt reaches; None where it does not, or where a sum is not known."""
    if version.amounts is None or dette.montant is None:
        return None
    for unit, count in version.amounts.items():
        reached = _reached(unit, count, dette, dette.montant)
        if reached is not None:
            return Reached(f"La dette ({_euros(dette.montant)}) {reached}.", version.since)
    return None


def _reached(unit: str, count: Decimal, dette: Dette, debt: Decimal) -> str | None:
    if unit == "euros":
        # « dépasse » : the threshold itself is not enough.
        return f"dépasse {_euros(count)}" if debt > count else None
    base = housing_cost(dette) if unit == "months_of_housing_cost" else dette.loyer
    if base is None or unit not in ("months_of_housing_cost", "months_of_rent"):
        return None
    what = "le loyer et les charges" if unit == "months_of_housing_cost" else "le loyer sans les charges"
    return f"atteint {count} fois {what} du mois ({_euros(base)})" if debt >= count * base else None


def housing_cost(dette: Dette) -> Decimal | None:
    """Rent and charges of a month in euros, less the aid that goes to the landlord; None where a part is missing.

    CCH, art. R. 824-1.
    """
    if dette.loyer is None or dette.charges is None:
        return None
    gross = dette.loyer + dette.charges
    if not dette.aide_logement:
        return gross
    if dette.tiers_payant is None:
        return None
    return gross - dette.aide_logement if dette.tiers_payant else gross


def _euros(amount: Decimal) -> str:
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",") + " €"
