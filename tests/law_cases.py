"""Reads `tests/law/*.yaml`: cases that a jurist can redo by hand. The head of `tests/law/LISEZMOI.md` says how."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pex.dates import read_period
from pex.dossier.facts import Bail, Bailleur, Dette, Dossier, Evenement, Territoire, TreveLocale
from pex.law import read_law

FOLDER = Path(__file__).parent / "law"
TODAY = date(2026, 11, 24)
FACTS = {
    "nom",
    "le",
    "bail",
    "renouvele",
    "clause",
    "bailleur",
    "departement",
    "treve",
    "regime",
    "dette",
    "precisions",
}
EXPECTED = {
    "attendu", "manque", "statut", "certitude", "prolonge", "version", "au_plus_tard", "etape", "alertes",
    "sans_alerte", "suspensions", "voies", "pas_avant", "dernier_jour_utile", "source",
}  # fmt: skip


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """(« file: name », case) for every case of the folder."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            found.append((f"{path.stem}: {case['nom']}", case))
    return found


def dossier_of(case: dict[str, Any]) -> Dossier:
    """The dossier of a case; KeyError for a key that is neither a fact nor an event."""
    events = []
    kinds = read_law().events
    details = {kind: _details(kind, given) for kind, given in case.get("precisions", {}).items()}
    for key, days in case.items():
        if key in FACTS | EXPECTED:
            continue
        if key not in kinds:
            raise KeyError(f"« {case['nom']} » : « {key} » n'est ni un fait ni un événement.")
        for day in days if isinstance(days, list) else [days]:
            known = day if isinstance(day, date) else None
            events.append(Evenement(key, known, details.get(key, {})))
    events += [Evenement(kind, None, given) for kind, given in details.items() if kind not in case]
    truce = TreveLocale(*case["treve"]) if "treve" in case else None
    return Dossier(
        "CAS",
        bail=Bail(
            signe_le=case.get("bail"),
            renouvele_le=case.get("renouvele"),
            delai_clause_resolutoire=read_period(case["clause"]) if "clause" in case else None,
        ),
        bailleur=Bailleur(type=case.get("bailleur")),
        dette=Dette(regime_aide_logement=case.get("regime"), **_debt(case.get("dette", {}))),
        territoire=Territoire(case.get("departement", "71"), truce),
        evenements=tuple(events),
    )


def _debt(given: dict[str, Any]) -> dict[str, Any]:
    sums = (int, float)
    return {
        name: Decimal(str(value)) if isinstance(value, sums) and not isinstance(value, bool) else value
        for name, value in given.items()
    }


def _details(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    kinds = read_law().events[kind].details
    return {name: read_period(value) if kinds[name] == "duree" else value for name, value in given.items()}
