"""A timeline as the plain mapping that `--json` prints: the contract other tools rely on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pex.law import Reference
from pex.timeline.compare import Change
from pex.timeline.values import Deadline, Timeline


def timeline_to_mapping(timeline: Timeline, letters: Sequence[str] = ()) -> dict[str, object]:
    """Keys in French, dates as « AAAA-MM-JJ », unknown values as None; `letters` are ids of letters that fit."""
    return {
        "reference": timeline.dossier.reference,
        "le": _iso(timeline.today),
        "etape": timeline.stage,
        "echeances": [_deadline(deadline) for deadline in timeline.deadlines],
        "suspensions": [
            {
                "id": item.id,
                "nom": item.name,
                "effet": item.effect,
                "depuis": _iso(item.since),
                "jusqu_au": _iso(item.until),
                "au_plus_tard": _iso(item.at_most),
                "fin_si": item.ends_when,
                "certitude": item.certainty,
                "references": _references(item.references),
            }
            for item in timeline.suspensions
        ],
        "voies": [
            {
                "id": item.id,
                "nom": item.name,
                "etat": item.state,
                "dernier_evenement": item.last,
                "depuis": _iso(item.since),
                "evenement_prevu": item.planned,
                "prevu_le": _iso(item.planned_on),
                "echeances": list(item.rules),
            }
            for item in timeline.tracks
        ],
        "alertes": [
            {
                "id": alert.id,
                "niveau": alert.level,
                "message": alert.message,
                "effet": alert.effect,
                "certitude": alert.certainty,
                "references": _references(alert.references),
            }
            for alert in timeline.alerts
        ],
        "suites": [{"etape": item.stage, "pas_avant": _iso(item.not_before)} for item in timeline.next_stages],
        "actions": list(timeline.actions),
        "recours": [
            {"action": item.action, "dernier_jour_utile": _iso(item.last_useful_day), "pourquoi": item.why}
            for item in timeline.remedies
        ],
        "courriers": list(letters),
    }


def changes_to_mapping(timeline: Timeline, changes: Sequence[Change]) -> dict[str, object]:
    """What changed for a household, up to the day of `timeline`."""
    return {
        "reference": timeline.dossier.reference,
        "le": _iso(timeline.today),
        "changements": [
            {"quoi": item.what, "id": item.id, "nom": item.name, "avant": item.before, "apres": item.after}
            for item in changes
        ],
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
        "au_plus_tard": _iso(deadline.at_most),
        "en_bref": deadline.in_short,
        "motifs": list(deadline.reasons),
        "references": _references(deadline.references),
        "manque": list(deadline.missing),
    }


def _references(references: tuple[Reference, ...]) -> list[dict[str, str | None]]:
    return [{"titre": reference.title, "lien": reference.href} for reference in references]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
