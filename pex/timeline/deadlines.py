"""A dated rule and a case → a Deadline that explains itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pex.dates import Period, add_period, first_of_next_month
from pex.dossier.facts import Evenement
from pex.errors import LawError
from pex.law import Rule, Version
from pex.law.values import CERTAIN, DISPUTED, TO_CONFIRM
from pex.law.wording import CHOICES, write_condition
from pex.timeline.case import Case
from pex.timeline.choices import earlier_starts, regime_version, starting_event, which_one, why_this_text
from pex.timeline.counting import count_days
from pex.timeline.place import SuspendedWithoutEnd, TruceNotSet
from pex.timeline.status import status_of
from pex.timeline.values import MOOT, RUNNING, SUSPENDED, UNKNOWN, Deadline, Reason, Suspension

TRUCE_FACT = "territoire.treve_hivernale"


def compute_deadlines(case: Case, suspensions: Sequence[Suspension]) -> tuple[Deadline, ...]:
    """Every rule whose starting event is known, in the order of the law, whatever its status."""
    law = case.law
    places = {place for kind in case.events for place in law.rules_from[kind]}
    found = []
    for place in sorted(places):
        deadline = compute_deadline(law.dated_rules[place], case, suspensions)
        if deadline is not None:
            found.append(deadline)
    return tuple(found)


def compute_deadline(rule: Rule, case: Case, suspensions: Sequence[Suspension] = ()) -> Deadline | None:
    """The rule applied to the case; None where its starting event is not known.

    `suspensions`: what holds the procedure up; without them, the date as if nothing did.
    """
    key = (rule.id, bool(suspensions))
    if key not in case.computed:
        start = starting_event(case, rule)
        found = _Calculation(rule, case, start, suspensions).result() if start else None
        if found is not None and rule.which == "nearest" and len(case.events[rule.runs_from[0]]) > 1:
            found = _nearest(found, older_deadlines(rule, case, suspensions))
        case.computed[key] = found
    return case.computed[key]


def older_deadlines(rule: Rule, case: Case, suspensions: Sequence[Suspension] = ()) -> list[Deadline]:
    """The rule counted from each act before the last one, as if that act were alone."""
    found = []
    for act in earlier_starts(case, rule):
        deadline = _Calculation(rule, case, act, suspensions).result()
        if deadline.last_day is not None:
            found.append(deadline)
    return found


def _nearest(newest: Deadline, older: Sequence[Deadline]) -> Deadline:
    """An older delay that still runs is the cautious reading; that of the last act is then the other one."""
    last_day = newest.last_day
    if last_day is None:
        return newest
    running = [item for item in older if item.status == RUNNING and item.last_day and item.last_day < last_day]
    if not running:
        return newest
    soonest = min(running, key=lambda item: item.last_day or date.max)
    return soonest._replace(last_day_extended=newest.last_day_extended or last_day, certainty=DISPUTED)


class _Calculation:
    """What one calculation needs at hand."""

    __slots__ = ("case", "counting", "rule", "start", "suspensions")

    def __init__(self, rule: Rule, case: Case, start: Evenement, suspensions: Sequence[Suspension]) -> None:
        self.rule = rule
        self.case = case
        self.start = start
        self.suspensions = suspensions
        self.counting = case.law.counting

    def result(self) -> Deadline:
        rule = self.rule
        if rule.landlords:
            landlord = self.case.dossier.bailleur.type
            if landlord is None:
                return self.unknown("bailleur.type")
            if landlord not in rule.landlords:
                return self.moot(Reason(self.counting["other_landlord"], {}))
        if rule.only_when is not None:
            holds = self.case.holds(rule.only_when)
            if holds is None:
                return self.unknown(f"evenements.{rule.only_when.partition('=')[0]}")
            if not holds:
                return self.moot(
                    Reason(self.counting["not_the_case"], {"detail": write_condition(rule.only_when, self.case.law)})
                )
        start = self.start.date
        if start is None:
            return self.unknown(f"evenements.{self.start.type}.date")
        match rule.counted:
            case "season":
                return self.season(start)
            case "execution_day":
                return self.execution_day(start)
            case "day_before_rule":
                return self.day_before_rule(start)
        version = self.chosen_version(start)
        if isinstance(version, Version):
            if not version.applies:
                return self.moot(version.note or "", version)
            if version.waived_when and any(self.case.holds(detail) for detail in version.waived_when):
                return self.moot(Reason(self.counting["execution_without_delay"], {}), version)
        match rule.counted:
            case "maximum":
                return self.maximum(start, version)
            case "first_of_next_month":
                return self.first_of_next_month(start, version)
            case "after_rule":
                return self.after_rule(version)
        return self.counted(start, version)

    # Which version of the law, and how long.

    def chosen_version(self, start: date) -> Version | str:
        """The version that applies, or what is missing to choose it: the path of a fact, or a sentence."""
        rule, dossier = self.rule, self.case.dossier
        try:
            match rule.version_chosen_by:
                case "bail":
                    if dossier.bail.signe_le is None:
                        return "bail.signe_le"
                    version = rule.version_at(dossier.bail.signe_le)
                    renewed = dossier.bail.renouvele_le
                    if renewed is None:
                        return version
                    # Unsettled for a lease renewed since the reform: the shorter delay is the one shown.
                    return min(version, rule.version_at(renewed), key=lambda item: _length(item, start))
                case "assignation":
                    return rule.version_at(self.case.last_day("assignation") or start)
                case "signalement":
                    return regime_version(rule, self.case, start)
                case "signalement_ou_jour":
                    return regime_version(rule, self.case, max(start, self.case.today))
            return rule.version_at(start)
        except LawError as error:
            return str(error)

    def period_of(self, version: Version) -> Period | str | None:
        """The length, or the path of the fact that chooses it, or None where the text was not read."""
        if version.durations is None:
            return version.duration
        assert self.rule.depends_on is not None
        choice = self.case.detail(self.rule.depends_on)
        return version.durations[str(choice)] if choice else f"evenements.{self.rule.depends_on}"

    # One way of counting each.

    def counted(self, start: date, chosen: Version | str) -> Deadline:
        stated = self.start.precisions.get(self.rule.stated_in) if self.rule.stated_in else None
        if not isinstance(stated, Period):
            stated = None
        if isinstance(chosen, str):
            if stated is None:
                return self.unknown(chosen)
            return self.moved(start, stated, None, TO_CONFIRM, [Reason(self.counting["stated"], {"period": stated})])
        if stated is not None:
            certainty = DISPUTED if stated != self.version_of_lease(chosen).duration else None
            return self.moved(start, stated, chosen, certainty, [Reason(self.counting["stated"], {"period": stated})])
        period = self.period_of(chosen)
        if isinstance(period, str):
            return self.unknown(period, version=chosen, steps=self.both_readings(start, chosen))
        if period is None:
            return self.deadline(None, chosen, (chosen.note,) if chosen.note else (), status=UNKNOWN)
        steps: list[str | Reason] = []
        certainty = None
        if self.rule.version_chosen_by == "bail":
            steps.append(self.why_this_version(chosen, period))
            renewed = self.case.dossier.bail.renouvele_le
            if renewed is not None and self.rule.version_at(renewed) is not self.version_of_lease(chosen):
                certainty = DISPUTED
        return self.moved(start, period, chosen, certainty, steps)

    def moved(
        self, start: date, period: Period, version: Version | None, certainty: str | None, steps: list[str | Reason]
    ) -> Deadline:
        """The last day, after asking whether it moves off a Saturday, Sunday or holiday."""
        counted = count_days(self.case.law, self.rule, self.case.place.departement, start, period)
        if counted.other is not None:
            certainty = DISPUTED
        note = (version.note,) if version is not None and version.note else ()
        return self.deadline(
            counted.last_day,
            version,
            (*steps, *counted.steps, *note),
            extended=counted.other,
            certainty=certainty,
            period=period,
        )

    def both_readings(self, start: date, version: Version) -> tuple[Reason, ...]:
        return tuple(
            Reason(
                self.counting["one_reading"],
                {"choice": CHOICES[choice], "start": start, "period": period, "last_day": add_period(start, period)},
            )
            for choice, period in (version.durations or {}).items()
        )

    def maximum(self, start: date, chosen: Version | str) -> Deadline:
        """The day that the decision itself says; without it, only the longest the law allows, never as a date."""
        if isinstance(chosen, str):
            return self.unknown(chosen)
        stated = self.start.precisions.get(self.rule.stated_in or "")
        if isinstance(stated, date):
            return self.deadline(stated, chosen, (Reason(self.counting["stated_day"], {"last_day": stated}),))
        if self.rule.after_rule is not None:
            before = compute_deadline(self.case.law.rules[self.rule.after_rule], self.case)
            if before is None or before.last_day is None:
                return self.unknown(*self.missing_of(before), version=chosen)
            start = before.last_day
        missing = (f"evenements.{self.start.type}.{self.rule.stated_in}",) if self.rule.stated_in else ()
        if chosen.duration is None:
            return self.unknown(*missing, version=chosen)
        longest = add_period(start, chosen.duration)
        words = {"start": start, "period": chosen.duration, "last_day": longest}
        steps = (Reason(self.counting["at_most"], words), *((chosen.note,) if chosen.note else ()))
        return self.deadline(None, chosen, steps, status=UNKNOWN, missing=missing, at_most=longest)

    def first_of_next_month(self, start: date, chosen: Version | str) -> Deadline:
        if isinstance(chosen, str):
            return self.unknown(chosen)
        day = first_of_next_month(start)
        steps: list[str | Reason] = [
            Reason(self.counting["first_of_next_month"], {"start": start, "last_day": day}),
            *((chosen.note,) if chosen.note else ()),
        ]
        return self.deadline(day, chosen, steps)

    def after_rule(self, chosen: Version | str) -> Deadline:
        if isinstance(chosen, str):
            return self.unknown(chosen)
        rule = self.case.law.rules[self.rule.after_rule or ""]
        before = compute_deadline(rule, self.case)
        if before is None or before.last_day is None or chosen.duration is None:
            return self.unknown(*self.missing_of(before), version=chosen)
        end = add_period(before.last_day, chosen.duration)
        words = {"rule": rule.name, "start": before.last_day, "period": chosen.duration, "last_day": end}
        return self.moved(before.last_day, chosen.duration, chosen, None, [Reason(self.counting["from_rule"], words)])

    def day_before_rule(self, start: date) -> Deadline:
        version = self.version_or_first(start)
        rule = self.case.law.rules[self.rule.after_rule or ""]
        target = compute_deadline(rule, self.case, self.suspensions)
        if target is None or target.last_day is None:
            return self.unknown(*self.missing_of(target), version=version)
        day = target.last_day - timedelta(days=1)
        words: dict[str, object] = {"rule": rule.name, "start": target.last_day, "last_day": day}
        steps = (Reason(self.counting["eve_of_rule"], words), *((version.note,) if version.note else ()))
        return self.deadline(day, version, steps)

    def season(self, start: date) -> Deadline:
        day = max(start, self.case.today)
        version = self.version_or_first(day)
        try:
            truce = self.case.place.current_or_next_truce(day)
        except TruceNotSet:
            return self.truce_unknown(version)
        words = {"first_day": truce.first_day, "last_day": truce.last_day}
        told = (Reason(self.counting["season_now"], words),)
        return self.deadline(truce.last_day, version, told, certainty=truce.certainty)

    def execution_day(self, start: date) -> Deadline:
        before = compute_deadline(self.case.law.rules[self.rule.after_rule or ""], self.case)
        version = self.version_or_first(start)
        if before is None or (before.last_day is None and before.status != MOOT):
            return self.unknown(*self.missing_of(before), version=version)
        counted = (
            step for step in before.steps if getattr(step, "sentence", None) is not self.counting["several_events"]
        )
        steps = list(counted)[:1]
        # Without a delay, nothing waits for the préfet: the act itself is the earliest reading.
        day = self.case.last_day(self.rule.runs_from[0]) or start
        if before.last_day is not None:
            day = before.last_day + timedelta(days=1)
            words = {"last_day": before.last_day, "day": day}
            steps.append(Reason(self.counting["execution_after"], words))
        # The eviction that did not come before a suspension cannot come before its end.
        holding = [replace(item, since=None) for item in self.suspensions if self.rule.id in item.suspends]
        try:
            day, moves = self.case.place.first_execution_day(day, holding)
        except TruceNotSet:
            return self.truce_unknown(version)
        except SuspendedWithoutEnd as stop:
            open_end = Reason(self.counting["execution_suspended_open"], {"why": stop.suspension.name})
            return self.deadline(None, version, (*steps, open_end), status=SUSPENDED)
        return self.deadline(day, version, (*steps, *moves))

    # What is told of the result.

    def version_of_lease(self, otherwise: Version) -> Version:
        signed = self.case.dossier.bail.signe_le
        return self.rule.version_at(signed) if signed else otherwise

    def why_this_version(self, version: Version, period: Period) -> Reason:
        reform = self.rule.versions[-1].since
        signed = self.case.dossier.bail.signe_le
        assert signed is not None  # a version chosen by the lease always has its day
        side = "avant le" if signed < reform else "depuis le"
        sources = " ; ".join(reference.title for reference in version.references)
        words = {"signed": signed, "side": side, "reform": reform, "period": period, "references": sources}
        return Reason(self.counting["lease_version"], words)

    @property
    def rests_on_a_guess(self) -> bool:
        """True where another event stands for the one the law names, or a calendar of the place is assumed."""
        rule = self.rule
        if rule.counted in ("execution_day", "season") and self.case.place.departement is None:
            return True
        if rule.counted == "season":
            return False
        is_first_kind = self.start.type == rule.runs_from[0]
        return is_first_kind if rule.which == "later_of" else rule.which == "earlier_of" and not is_first_kind

    def version_or_first(self, day: date) -> Version:
        try:
            return self.rule.version_at(day)
        except LawError:
            return self.rule.versions[0]

    def deadline(
        self,
        last_day: date | None,
        version: Version | None,
        steps: Sequence[str | Reason],
        extended: date | None = None,
        certainty: str | None = None,
        status: str = RUNNING,
        missing: tuple[str, ...] = (),
        period: Period | None = None,
        at_most: date | None = None,
    ) -> Deadline:
        rule = self.rule
        stated = version.certainty if version is not None and version.certainty else rule.certainty
        if stated == CERTAIN and rule.may_rest_on_a_guess and self.rests_on_a_guess:
            stated = TO_CONFIRM
        events, law = self.case.events, self.case.law
        several = which_one(self.case, rule, self.start) if len(events.get(self.start.type, ())) > 1 else None
        short, after = law.told_as[rule.id]
        told = (several, *steps) if several else tuple(steps)
        if version is not None and len(rule.versions) > 1 and rule.version_chosen_by != "bail":
            told = (*told, why_this_text(law, rule, version.since))
        if status == RUNNING and last_day is not None:
            status = status_of(rule, self.case, self.start.date, last_day, self.suspensions)
        return Deadline(
            rule.id,
            rule.name,
            rule.binds,
            self.start.date,
            last_day,
            status,
            TO_CONFIRM if stated == TO_CONFIRM else certainty or stated,
            extended,
            version.since if version is not None else None,
            told,
            version.references if version is not None else rule.versions[-1].references,
            missing,
            at_most,
            short,
            law.events[self.start.type].name,
            period,
            after,
        )

    def missing_of(self, other: Deadline | None) -> tuple[str, ...]:
        """What the other rule lacks; its starting act, where that is not known at all."""
        if other is not None:
            return other.missing
        return (f"evenements.{self.case.law.rules[self.rule.after_rule or ''].runs_from[0]}.date",)

    def unknown(self, *missing: str, version: Version | None = None, steps: Sequence[str | Reason] = ()) -> Deadline:
        # A version that is not known comes as a sentence rather than as the path of a fact.
        paths = tuple(item for item in missing if " " not in item)
        sentences = [item for item in missing if " " in item]
        return self.deadline(None, version, [*sentences, *steps], status=UNKNOWN, missing=paths)

    def truce_unknown(self, version: Version) -> Deadline:
        return self.unknown(TRUCE_FACT, version=version, steps=(Reason(self.counting["execution_truce_unknown"], {}),))

    def moot(self, reason: str | Reason, version: Version | None = None) -> Deadline:
        return self.deadline(None, version, (reason,), status=MOOT)


def _length(version: Version, start: date) -> date:
    return add_period(start, version.duration) if version.duration else date.max
