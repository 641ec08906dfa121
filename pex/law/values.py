"""The law as frozen values: stages, events, dated rules, actions, checks, public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType

from pex.dates import HolidayName, Period, easter
from pex.errors import LawError

A_YEAR = timedelta(days=365)
CERTAIN, DISPUTED, TO_CONFIRM = "certaine", "discutee", "a_confirmer"
"""From the surest to the least sure: what was not read is less sure than what judges read in two ways."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A text and its article as a reader would look it up, with its address where one is known."""

    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event: its name for professionals, the stage it leads to, the details it may hold.

    `details` maps a detail's name to its kind: texte, date, heure, duree, montant, oui_non, choix:a|b.
    `resolves` is None, « always », or « before_lease_ends »; `restarts` is the detail and the value with
    which the procedure starts anew (« decision=rejet »). `comes_after` are events that always precede it.
    """

    id: str
    name: str
    stage: str | None = None
    way_out: bool = False
    official_act: bool = False
    resolves: str | None = None
    restarts: str | None = None
    planned: bool = False
    comes_after: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FollowingStage:
    """A stage that may follow: after the end of some rules, on a planned event, or from a rule's own day."""

    stage: str
    after: tuple[str, ...] = ()
    planned: str | None = None
    not_before: str | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the procedure; `order` counts from 0; `step` is the big step the household sees."""

    id: str
    name: str
    order: int
    step: str | None
    following: tuple[FollowingStage, ...]


@dataclass(frozen=True, slots=True)
class YearlyWindow:
    """A part of the year, both days included, as « mm-dd »; it may run over the new year."""

    first_day: str
    last_day: str

    def season_holding(self, day: date) -> tuple[date, date] | None:
        """First and last day of the season `day` is in, or None outside it."""
        for year in (day.year - 1, day.year):
            first, last = self.season_of(year)
            if first <= day <= last:
                return first, last
        return None

    def season_of(self, year: int) -> tuple[date, date]:
        """First and last day of the season that begins in `year`."""
        first = _day_of_year(self.first_day, year)
        last = _day_of_year(self.last_day, year)
        return first, last if last >= first else _day_of_year(self.last_day, year + 1)


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule says from `since` on. `duration` is None where the text could not be read.

    `amounts` are thresholds: euros, months_of_rent, months_of_housing_cost, share_of_housing_cost.
    `waived_when` are details that take the delay away; `applies` is False where there is no such rule.
    """

    since: date
    duration: Period | None = None
    durations: Mapping[str, Period] | None = None
    amounts: Mapping[str, Decimal] | None = None
    waived_when: tuple[str, ...] = ()
    applies: bool = True
    window: YearlyWindow | None = None
    references: tuple[Reference, ...] = ()
    certainty: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExceptionalEnd:
    """A winter truce whose end a special text moved."""

    last_day: date
    references: tuple[Reference, ...]
    certainty: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A dated rule; see the head of `dated_rules.yaml` for the meaning of each field."""

    id: str
    name: str
    binds: str
    runs_from: tuple[str, ...]
    counted: str
    version_chosen_by: str
    moves_off_holidays: str
    certainty: str
    last_checked: date
    versions: tuple[Version, ...]
    which: str = "last"
    before_first_version: bool = False
    overtaken_by: tuple[str, ...] = ()
    landlords: tuple[str, ...] = ()
    stated_in: str | None = None
    depends_on: str | None = None
    only_when: str | None = None
    after_rule: str | None = None
    set_locally: tuple[str, ...] = ()
    exceptional_ends: Mapping[date, ExceptionalEnd] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def may_rest_on_a_guess(self) -> bool:
        """True where another event may stand for the one the law names, or where the place matters."""
        return self.which in ("later_of", "earlier_of") or self.counted in ("execution_day", "season")

    def version_at(self, day: date) -> Version:
        """The version in force on `day`.

        Raises LawError, naming the day, before the first known version.
        """
        for version in reversed(self.versions):
            if version.since <= day:
                return version
        if self.before_first_version:
            return self.versions[0]
        raise LawError(
            f"La règle « {self.name} » n'est connue qu'à partir du {self.versions[0].since:%d/%m/%Y} : "
            f"rien n'est calculé pour le {day:%d/%m/%Y}."
        )


@dataclass(frozen=True, slots=True)
class Action:
    """Something the household can still do at some stages; `only_when` and `unless` are conditions on details."""

    id: str
    name: str
    stages: tuple[str, ...]
    landlords: tuple[str, ...]
    until: str | None
    best_before: str | None
    done_by: tuple[str, ...]
    references: tuple[Reference, ...]
    certainty: str
    only_when: str | None = None
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """An alert: its level (information, attention, urgent) and its sentence with blanks.

    `effect` is what it may change; `advice` is true where a lawyer or the ADIL should look at it.
    """

    id: str
    level: str
    message: str
    references: tuple[Reference, ...] = ()
    effect: str | None = None
    certainty: str = CERTAIN
    advice: bool = False


@dataclass(frozen=True, slots=True)
class SuspensionRule:
    """What suspends the procedure; see the head of `suspensions.yaml`."""

    id: str
    name: str
    event: str
    effect: str
    ends_when: str
    suspends: tuple[str, ...]
    certainty: str
    references: tuple[Reference, ...]
    when: str | None = None
    until: str | None = None
    at_most: str | None = None
    lasts: str | None = None
    ended_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackRule:
    """What goes on beside the procedure: its events in their usual order, and those that end it."""

    id: str
    name: str
    events: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Helpline:
    """A national free number, as it is to be written."""

    id: str
    number: str
    name: str
    certainty: str
    last_checked: date


@dataclass(frozen=True, slots=True)
class CountingSentence:
    """How a step of a calculation is told, and the article it rests on."""

    sentence: str
    article: str = ""

    def write(self, **words: object) -> str:
        """The sentence with its blanks filled in; KeyError for a blank that was not given."""
        return self.sentence.format(article=self.article, **words)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A public holiday: a fixed « mm-dd », or a number of days after Easter Sunday."""

    name: str
    fixed: str | None = None
    easter: int | None = None
    only_some_communes: bool = False

    def day_in(self, year: int) -> date:
        if self.fixed is not None:
            return _day_of_year(self.fixed, year)
        return easter(year) + timedelta(days=self.easter or 0)


@dataclass(frozen=True, slots=True, eq=False)
class Holidays:
    """Public holidays: the national ones, and those of some départements and territories."""

    national: tuple[HolidayRule, ...]
    territories: Mapping[str, tuple[HolidayRule, ...]]

    def name_of(self, day: date, departement: str | None) -> str | None:
        """Name of the public holiday that `day` is in that département, or None.

        A holiday of some communes only is not counted: not moving a date is the cautious reading.
        """
        return self.calendar(departement)(day)

    @lru_cache(maxsize=512)  # noqa: B019 - the law is read once and kept
    def calendar(self, departement: str | None) -> HolidayName:
        """`name_of` for that département, its years worked out once."""
        rules = [
            rule for rule in self.national + self.territories.get(departement or "", ()) if not rule.only_some_communes
        ]
        years: dict[int, dict[date, str]] = {}

        def name_of(day: date) -> str | None:
            year = years.get(day.year)
            if year is None:
                year = years[day.year] = {rule.day_in(day.year): rule.name for rule in rules}
            return year.get(day)

        return name_of


def _day_of_year(month_day: str, year: int) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


@dataclass(frozen=True, eq=False)
class Law:
    """Everything pex knows of the law, by id."""

    stages: Mapping[str, Stage]
    events: Mapping[str, EventType]
    rules: Mapping[str, Rule]
    actions: Mapping[str, Action]
    checks: Mapping[str, Check]
    suspensions: Mapping[str, SuspensionRule]
    tracks: Mapping[str, TrackRule]
    counting: Mapping[str, CountingSentence]
    holidays: Holidays
    helplines: Mapping[str, Helpline]

    @cached_property
    def ending_events(self) -> frozenset[str]:
        """Events that may end a procedure, so that another may begin."""
        return frozenset(kind.id for kind in self.events.values() if kind.resolves or kind.restarts)

    @cached_property
    def stage_of(self) -> Mapping[str, tuple[Stage, bool]]:
        """The stage that each event leads to, and whether the event is an appointment."""
        return {kind.id: (self.stages[kind.stage], kind.planned) for kind in self.events.values() if kind.stage}

    @cached_property
    def track_of(self) -> Mapping[str, TrackRule]:
        """The track of each event that is in one."""
        return {event: track for track in self.tracks.values() for event in track.events}

    @cached_property
    def told_as(self) -> Mapping[str, tuple[CountingSentence | None, str | None]]:
        """For each rule: how it is told in one line, and the name of the rule that it comes after."""
        return {
            rule.id: (
                self.counting.get(f"short_{rule.counted}"),
                self.rules[rule.after_rule].name if rule.after_rule else None,
            )
            for rule in self.rules.values()
        }

    @cached_property
    def dated_rules(self) -> tuple[Rule, ...]:
        """The rules that run from an event, in the order of the law."""
        return tuple(rule for rule in self.rules.values() if rule.runs_from)

    @cached_property
    def rules_from(self) -> Mapping[str, tuple[int, ...]]:
        """The places in `dated_rules` of the rules that run from each type of event."""
        return {
            event: tuple(place for place, rule in enumerate(self.dated_rules) if event in rule.runs_from)
            for event in self.events
        }

    @cached_property
    def check_order(self) -> Mapping[str, int]:
        """The place of each check in the data: alerts are told in that order."""
        return {check: place for place, check in enumerate(self.checks)}

    @cached_property
    def actions_at(self) -> Mapping[str, tuple[Action, ...]]:
        """What can be done at each stage."""
        return {
            stage: tuple(action for action in self.actions.values() if stage in action.stages) for stage in self.stages
        }

    def rules_to_check(self, day: date) -> tuple[Rule, ...]:
        """The rules that nobody has checked against the texts for a year."""
        return tuple(rule for rule in self.rules.values() if day - rule.last_checked > A_YEAR)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; LawError, with close names, where there is none."""
        if rule_id in self.rules:
            return self.rules[rule_id]
        from difflib import get_close_matches

        close = get_close_matches(rule_id, self.rules, n=3)
        hint = f" Vouliez-vous dire : {', '.join(close)} ?" if close else " Tapez « pex droit » pour la liste."
        raise LawError(f"La règle « {rule_id} » n'existe pas.{hint}")
