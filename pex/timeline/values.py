"""Where a household stands on a day: stage, deadlines with their reasons, suspensions, alerts, what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pex.dates import Period, write_date
from pex.dossier.facts import Dossier
from pex.law import Reference
from pex.law.values import CountingSentence

RUNNING, PAST, UNKNOWN, SUSPENDED, MOOT = "en_cours", "passee", "inconnue", "suspendue", "sans_objet"


# Deadline, Reason and Remedy are named tuples: a hundred thousand dossiers make a million of them, and a
# frozen dataclass takes three times as long to make.


class Reason(NamedTuple):
    """A step of a calculation, written only when it is read: most of them never are."""

    sentence: CountingSentence
    words: Mapping[str, object]

    def __str__(self) -> str:
        return self.sentence.write(
            **{name: write_date(word) if isinstance(word, date) else word for name, word in self.words.items()}
        )


class Deadline(NamedTuple):
    """A rule applied to the household's facts.

    `last_day` is the day shown to the household: the earlier one where the law is disputed, None where a
    fact is missing. `last_day_extended` is the other reading, only where it differs. `since` is the day of
    the event it runs from. `version` is the day the version of the law came into force. `at_most` is the
    last day the law allows to a decision whose own date is not known: never shown as a date. `event`,
    `period` and `after` (another rule) are what `short` tells in one line.
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
    steps: tuple[str | Reason, ...] = ()
    references: tuple[Reference, ...] = ()
    missing: tuple[str, ...] = ()
    at_most: date | None = None
    short: CountingSentence | None = None
    event: str = ""
    period: Period | None = None
    after: str | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """The whole calculation, one sentence a step, for an adviser."""
        return tuple(str(step) for step in self.steps)

    @property
    def in_short(self) -> str | None:
        """The calculation in a few words, for the household; None where there is no date."""
        if self.short is None or self.last_day is None or self.since is None:
            return None
        count = self.period.count if self.period else None
        start = write_date(self.since)
        return self.short.write(event=self.event, start=start, period=self.period, count=count, rule=self.after)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Why the procedure is held up, until which day (None: not known), and what would end it.

    `effect` is « clause » (the lease goes on), « execution » (no eviction), « accord » (the landlord waits
    without having to), « meubles » (the furniture is kept) or « dette » (old debts wait; an eviction does
    not). `at_most` is the last day the law allows,
    where the decision does not say its own.
    """

    id: str
    name: str
    effect: str
    since: date | None
    until: date | None
    ends_when: str
    certainty: str
    at_most: date | None = None
    suspends: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def holds_on(self, day: date) -> bool:
        """True from its first day to its last; one whose end is not known goes on."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Track:
    """Where a track beside the procedure stands: the last thing that happened, what is planned next.

    `state` is en_cours, terminee, or prevue where nothing happened yet. `last` and `planned` are ids of
    events, `since` and `planned_on` their days. `rules` are those that run from its events.
    """

    id: str
    name: str
    state: str
    last: str | None = None
    since: date | None = None
    planned: str | None = None
    planned_on: date | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """Something unknown, disputed, impossible or irregular; `level` is information, attention or urgent.

    `effect` says what it may change.
    """

    id: str
    level: str
    message: str
    references: tuple[Reference, ...] = ()
    certainty: str = "certaine"
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class NextStage:
    """A stage that may follow; `not_before` only where a date is certain not to be too late."""

    stage: str
    not_before: date | None = None


class Remedy(NamedTuple):
    """Something the household can still do; `last_useful_day` where one is known, and why that day."""

    action: str
    last_useful_day: date | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that pex computes of a dossier for one day. `today` is that day."""

    dossier: Dossier
    today: date
    stage: str
    step: str | None
    deadlines: tuple[Deadline, ...]
    suspensions: tuple[Suspension, ...]
    tracks: tuple[Track, ...]
    alerts: tuple[Alert, ...]
    next_stages: tuple[NextStage, ...]
    remedies: tuple[Remedy, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """Ids of the actions still possible."""
        return tuple(remedy.action for remedy in self.remedies)

    def deadline(self, rule: str) -> Deadline | None:
        """The deadline of that rule, or None where its starting event is not known."""
        return next((deadline for deadline in self.deadlines if deadline.rule == rule), None)
