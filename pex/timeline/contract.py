"""A timeline as the plain mapping that `--json` prints: the contract other tools rely on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pex.law import Reference
from pex.timeline.values import Deadline, Timeline


def timeline_to_mapping(timeline: Timeline, letters: Sequence[str] = ()) -> dict[str, object]:
    """Keys in French, dates as « AAAA-MM-JJ », unknown values as None; `letters` are ids of letters that fit."""
    return {
        "reference": timeline.dossier.reference,
        "le": _iso(timeline.today),
        "etape": timeline.stage,
        "echeances": [_deadline(deadline) for deadline in timeline.deadlines],
        "alertes": [
            {
                "id": alert.id,
                "niveau": alert.level,
                "message": alert.message,
                "references": _references(alert.references),
            }
            for alert in timeline.alerts
        ],
        "suites": [{"etape": item.stage, "pas_avant": _iso(item.not_before)} for item in timeline.next_stages],
        "actions": list(timeline.actions),
        "courriers": list(letters),
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    return {
        "regle": deadline.rule,
        "nom": deadline.name,
        "depuis": _iso(deadline.since),
        "dernier_jour": _iso(deadline.last_day),
        "statut": deadline.status,
        "certitude": deadline.certainty,
        "dernier_jour_prolonge": _iso(deadline.last_day_extended),
        "version": _iso(deadline.version),
        "motifs": list(deadline.reasons),
        "references": _references(deadline.references),
        "manque": list(deadline.missing),
    }


def _references(references: tuple[Reference, ...]) -> list[dict[str, str | None]]:
    return [{"titre": reference.title, "lien": reference.href} for reference in references]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
