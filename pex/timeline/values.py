"""Where a household stands on a day: stage, deadlines with their reasons, alerts, what may follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pex.dossier.facts import Dossier
from pex.law import Reference

RUNNING, PAST, UNKNOWN, SUSPENDED, MOOT = "en_cours", "passee", "inconnue", "suspendue", "sans_objet"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A rule applied to the household's facts.

    `last_day` is the day shown to the household: the earlier one where the law is disputed, None where a
    fact is missing. `last_day_extended` is the other reading, only where it differs. `since` is the day of
    the event it runs from. `version` is the day the version of the law came into force.
    """

    rule: str
    name: str
    binds: str
    since: date | None
    last_day: date | None
    status: str
    certainty: str
    last_day_extended: date | None = None
    version: date | None = None
    reasons: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """Something unknown, disputed or to be checked; `level` is information, attention or urgent."""

    id: str
    level: str
    message: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class NextStage:
    """A stage that may follow; `not_before` only where a date is certain not to be too late."""

    stage: str
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that pex computes of a dossier for one day. `today` is that day."""

    dossier: Dossier
    today: date
    stage: str
    step: str | None
    deadlines: tuple[Deadline, ...]
    alerts: tuple[Alert, ...]
    next_stages: tuple[NextStage, ...]
    actions: tuple[str, ...]

    def deadline(self, rule: str) -> Deadline | None:
        """The deadline of that rule, or None where its starting event is not known."""
        return next((deadline for deadline in self.deadlines if deadline.rule == rule), None)
