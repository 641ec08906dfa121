"""How a timeline is told in French to professionals: on a terminal, on a page."""

from __future__ import annotations

from datetime import date

from pex.timeline.values import MOOT, PAST, RUNNING, SUSPENDED, UNKNOWN

STATUSES = {
    RUNNING: "en cours",
    PAST: "passée",
    UNKNOWN: "date inconnue",
    SUSPENDED: "suspendue",
    MOOT: "sans objet",
}
EFFECTS = {
    "clause": "le bail continue",
    "execution": "pas d'expulsion pendant ce temps",
    "dette": "les dettes anciennes attendent, l'expulsion n'est pas arrêtée",
    "accord": "le bailleur attend, sans y être obligé",
    "meubles": "le délai pour reprendre les meubles ne court pas",
}
LEVELS = {"urgent": "Urgent", "attention": "Attention", "information": "Information"}


def write_distance(day: date, today: date) -> str:
    """« dans 3 jours », « il y a 2 jours », « c'est aujourd'hui »."""
    days = (day - today).days
    if days == 0:
        return "c'est aujourd'hui"
    unit = "jour" if abs(days) == 1 else "jours"
    return f"dans {days} {unit}" if days > 0 else f"il y a {-days} {unit}"
