"""A dated rule and a dossier → a Deadline that explains itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pex.dates import (
    Period,
    add_period,
    add_working_days,
    day_before_period,
    move_to_working_day,
    why_not_working,
    write_date,
)
from pex.dossier.facts import Dossier, Evenement
from pex.errors import LawError
from pex.law import Law, Rule, Version
from pex.law.values import CERTAIN, DISPUTED, TO_CONFIRM
from pex.timeline.events import events_of, last_event, starting_event
from pex.timeline.place import (
    TruceNotSet,
    current_or_next_truce,
    departement_of,
    first_execution_day,
    holidays_of,
)
from pex.timeline.values import MOOT, PAST, RUNNING, UNKNOWN, Deadline


def compute_deadlines(dossier: Dossier, law: Law, today: date) -> tuple[Deadline, ...]:
    """Every rule whose starting event is known, in the order of the law, whatever its status."""
    found = (compute_deadline(rule, dossier, law, today) for rule in law.rules.values())
    return tuple(deadline for deadline in found if deadline is not None)


def compute_deadline(rule: Rule, dossier: Dossier, law: Law, today: date) -> Deadline | None:
    """The rule applied to the dossier on `today`; None where its starting event is not known."""
    start = starting_event(dossier, rule.runs_from, rule.which)
    if start is None:
        return None
    calculation = _Calculation(rule, dossier, law, today, start)
    deadline = calculation.result()
    return replace(deadline, status=_status(deadline, calculation))


@dataclass(frozen=True, slots=True)
class _Calculation:
    """What one calculation needs at hand."""

    rule: Rule
    dossier: Dossier
    law: Law
    today: date
    start: Evenement

    def result(self) -> Deadline:
        if self.rule.landlords:
            landlord = self.dossier.bailleur.type
            if landlord is None:
                return self.unknown("bailleur.type")
            if landlord not in self.rule.landlords:
                return self.moot("Cette règle ne concerne pas ce type de bailleur.")
        if self.start.date is None:
            return self.unknown(f"evenements.{self.start.type}.date")
        if self.rule.counted == "season":
            return self.season(self.start.date)
        if self.rule.counted == "execution_day":
            return self.execution_day(self.start.date)
        if self.waived:
            reason = self.law.counting["execution_without_delay"].write()
            return self.moot(reason, self.version_or_first(self.start.date))
        return self.counted(self.start.date)

    @property
    def waived(self) -> bool:
        """True where the judge found the fact that takes the delay away."""
        if self.rule.waived_when is None:
            return False
        event_type, detail = self.rule.waived_when.split(".")
        return any(event.precisions.get(detail) is True for event in events_of(self.dossier, [event_type]))

    def counted(self, start: date) -> Deadline:
        stated = self.start.precisions.get(self.rule.stated_in) if self.rule.stated_in else None
        chosen = self.chosen_version(start)
        if isinstance(chosen, str) and not isinstance(stated, Period):
            return self.unknown(chosen)
        version = None if isinstance(chosen, str) else chosen
        period = stated if isinstance(stated, Period) else self.period_of(version)
        if isinstance(period, str):
            return self.unknown(period, version=version, reasons=self.both_readings(start, version))
        if period is None:
            reasons = (version.note,) if version and version.note else ()
            return self.deadline(None, version, reasons, status=UNKNOWN)
        return self.moved(start, period, version, isinstance(stated, Period))

    def chosen_version(self, start: date) -> Version | str:
        """The version that applies, or the path of the fact that is missing to choose it."""
        try:
            if self.rule.version_chosen_by == "bail":
                if self.dossier.bail.signe_le is None:
                    return "bail.signe_le"
                version = self.rule.version_at(self.dossier.bail.signe_le)
                renewed = self.dossier.bail.renouvele_le
                if renewed is None:
                    return version
                # Unsettled for a lease renewed since the reform: the shorter delay is the one shown.
                return min(version, self.rule.version_at(renewed), key=lambda item: _length(item, start))
            if self.rule.version_chosen_by == "assignation":
                summons = last_event(self.dossier, "assignation")
                return self.rule.version_at(summons.date if summons and summons.date else start)
            return self.rule.version_at(start)
        except LawError as error:
            return str(error)

    def period_of(self, version: Version | None) -> Period | str | None:
        """The length, or the path of the fact that chooses it."""
        if version is None or version.durations is None:
            return version.duration if version else None
        event_type, detail = (self.rule.depends_on or "").split(".")
        events = events_of(self.dossier, [event_type])
        choice = next((str(e.precisions[detail]) for e in reversed(events) if e.precisions.get(detail)), None)
        return version.durations[choice] if choice else f"evenements.{self.rule.depends_on}"

    def both_readings(self, start: date, version: Version | None) -> tuple[str, ...]:
        if version is None or version.durations is None:
            return ()
        return tuple(
            f"Si {choice} : {self.sum_up(start, period, add_period(start, period))}"
            for choice, period in version.durations.items()
        )

    def sum_up(self, start: date, period: Period, last_day: date) -> str:
        kind = "months" if period.unit in ("months", "years") else period.unit
        return self.law.counting[kind].write(
            start=write_date(start), period=period, days=period.in_days, last_day=write_date(last_day)
        )

    def moved(self, start: date, period: Period, version: Version | None, stated: bool) -> Deadline:
        """The last day, after asking whether it moves off a Saturday, Sunday or holiday."""
        last_day, reasons = self.last_day(start, period)
        if stated:
            reasons.insert(0, f"Le commandement indique un délai de {period} : c'est ce délai qui est montré.")
        elif self.rule.version_chosen_by == "bail" and version is not None:
            reasons.insert(0, self.why_this_version(version, period))
        why = why_not_working(last_day, holidays_of(self.dossier, self.law))
        extended = move_to_working_day(last_day, holidays_of(self.dossier, self.law))
        words = {"last_day": write_date(last_day), "why": why, "moved": write_date(extended)}
        moves = self.rule.moves_off_holidays
        certainty = None
        shown, other = last_day, None
        if why is not None and not self.rule.counted.startswith("working_days"):
            if moves == "always":
                shown = extended
                reasons.append(self.law.counting["moved"].write(**words))
            elif moves == "disputed":
                other, certainty = extended, DISPUTED
                reasons.append(self.law.counting["maybe_moved"].write(**words))
            else:
                name = "backward_not_moved" if self.rule.counted == "backward" else "not_moved"
                reasons.append(self.law.counting[name].write(**words))
        if version is not None and version.note:
            reasons.append(version.note)
        if self.version_is_disputed(start, stated):
            certainty = DISPUTED
        return self.deadline(shown, version, tuple(reasons), extended=other, certainty=certainty)

    def last_day(self, start: date, period: Period) -> tuple[date, list[str]]:
        """The raw last day of the rule's way of counting, and the sentence that tells it."""
        counting = self.law.counting
        if self.rule.counted == "forward":
            last_day = add_period(start, period)
            return last_day, [self.sum_up(start, period, last_day)]
        if self.rule.counted == "backward":
            last_day = day_before_period(start, period)
            name = "backward_months" if period.in_days is None else "backward_weeks"
            sentence = counting[name].write(
                start=write_date(start), period=period, days=period.in_days,
                first_day=write_date(last_day + timedelta(days=1)), last_day=write_date(last_day),
            )  # fmt: skip
            return last_day, [sentence]
        sign = -1 if self.rule.counted == "working_days_before" else 1
        last_day = add_working_days(start, sign * period.count, holidays_of(self.dossier, self.law))
        sentence = counting[self.rule.counted].write(
            start=write_date(start), count=period.count, last_day=write_date(last_day)
        )
        return last_day, [sentence]

    def why_this_version(self, version: Version, period: Period) -> str:
        reform = self.rule.versions[-1].since
        signed = self.dossier.bail.signe_le
        assert signed is not None  # a version chosen by the lease always has its day
        side = "avant" if signed < reform else "depuis"
        text = f"Bail signé le {write_date(signed)}, {side} le {write_date(reform)} : délai de {period}"
        return f"{text} ({' ; '.join(reference.title for reference in version.references)})"

    def version_is_disputed(self, start: date, stated: bool) -> bool:
        """True for a lease renewed since the reform, and where the act and the lease do not agree."""
        if self.rule.version_chosen_by != "bail" or self.dossier.bail.signe_le is None:
            return False
        usual = self.rule.version_at(self.dossier.bail.signe_le)
        if stated:
            return usual.duration != self.start.precisions.get(self.rule.stated_in or "")
        renewed = self.dossier.bail.renouvele_le
        return renewed is not None and self.rule.version_at(renewed) is not usual

    def season(self, start: date) -> Deadline:
        version = self.version_or_first(max(start, self.today))
        try:
            truce = current_or_next_truce(max(start, self.today), self.dossier, self.rule)
        except TruceNotSet:
            return self.unknown("territoire.treve_hivernale", version=version, reasons=self.truce_unknown())
        reason = self.law.counting["season_now"].write(
            first_day=write_date(truce.first_day), last_day=write_date(truce.last_day)
        )
        return self.deadline(truce.last_day, version, (reason,))

    def execution_day(self, start: date) -> Deadline:
        before = self.law.rules[self.rule.after_rule or ""]
        delay = compute_deadline(before, self.dossier, self.law, self.today)
        version = self.version_or_first(start)
        waived = replace(self, rule=before).waived
        if delay is None or (delay.last_day is None and not waived):
            return self.unknown(*(delay.missing if delay else ()), version=version)
        if delay.last_day is None:
            day, reasons = start, list(delay.reasons)
        else:
            day = delay.last_day + timedelta(days=1)
            words = {"last_day": write_date(delay.last_day), "day": write_date(day)}
            reasons = [*delay.reasons[:1], self.law.counting["execution_after"].write(**words)]
        try:
            day, moves = first_execution_day(day, self.dossier, self.law, self.law.rules["treve_hivernale"])
        except TruceNotSet:
            return self.unknown("territoire.treve_hivernale", version=version, reasons=self.truce_unknown())
        return self.deadline(day, version, (*reasons, *moves))

    @property
    def rests_on_a_guess(self) -> bool:
        """True where the second event of a « later of » has no day, or a calendar of the place is assumed."""
        if self.rule.which == "later_of":
            second = events_of(self.dossier, self.rule.runs_from[1:])
            if not any(event.date for event in second):
                return True
        return self.rule.counted in ("execution_day", "season") and departement_of(self.dossier) is None

    def version_or_first(self, day: date) -> Version:
        try:
            return self.rule.version_at(day)
        except LawError:
            return self.rule.versions[0]

    def truce_unknown(self) -> tuple[str, ...]:
        return (self.law.counting["execution_truce_unknown"].write(),)

    def deadline(
        self,
        last_day: date | None,
        version: Version | None,
        reasons: tuple[str, ...],
        extended: date | None = None,
        certainty: str | None = None,
        status: str = RUNNING,
        missing: tuple[str, ...] = (),
    ) -> Deadline:
        stated = version.certainty if version and version.certainty else self.rule.certainty
        if stated == CERTAIN and self.rests_on_a_guess:
            stated = TO_CONFIRM
        return Deadline(
            rule=self.rule.id,
            name=self.rule.name,
            binds=self.rule.binds,
            since=self.start.date,
            last_day=last_day,
            last_day_extended=extended,
            status=status,
            certainty=certainty or stated,
            version=version.since if version else None,
            reasons=reasons,
            references=version.references if version else self.rule.versions[-1].references,
            missing=missing,
        )

    def unknown(self, *missing: str, version: Version | None = None, reasons: tuple[str, ...] = ()) -> Deadline:
        # A version that is not known comes as a sentence rather than as the path of a fact.
        paths = tuple(item for item in missing if isinstance(item, str) and " " not in item)
        sentences = tuple(item for item in missing if isinstance(item, str) and " " in item)
        return self.deadline(None, version, sentences + reasons, status=UNKNOWN, missing=paths)

    def moot(self, reason: str, version: Version | None = None) -> Deadline:
        return self.deadline(None, version, (reason,), status=MOOT)


def replace_rule(calculation: _Calculation, rule: Rule) -> _Calculation:
    """The same calculation for another rule that runs from the same event."""
    return replace(calculation, rule=rule)


def _length(version: Version, start: date) -> date:
    return add_period(start, version.duration) if version.duration else date.max


def _status(deadline: Deadline, calculation: _Calculation) -> str:
    if deadline.status in (UNKNOWN, MOOT) or deadline.last_day is None:
        return deadline.status
    if any(_overtakes(event, deadline, calculation) for event in _overtaking(calculation)):
        return MOOT
    return PAST if deadline.last_day < calculation.today else RUNNING


def _overtaking(calculation: _Calculation) -> tuple[Evenement, ...]:
    return events_of(calculation.dossier, calculation.rule.overtaken_by)


def _overtakes(event: Evenement, deadline: Deadline, calculation: _Calculation) -> bool:
    """True where the awaited act was done in time; a late act does not hide that the day was missed.

    A deadline counted from its start is not overtaken by an older act. A day that is not known is taken as
    in time, except for a payment.
    """
    if event.date is None:
        return event.type != "dette_soldee"
    if event.date > calculation.today:
        return False
    if calculation.rule.counted in ("execution_day", "season"):
        return True
    in_time = deadline.last_day is not None and event.date <= deadline.last_day
    backward = calculation.rule.counted in ("backward", "working_days_before")
    return in_time and (backward or deadline.since is None or event.date >= deadline.since)
