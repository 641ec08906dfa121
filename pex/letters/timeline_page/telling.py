"""What every part of the page is told from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from pex.dossier.facts import Evenement
from pex.law import Law
from pex.letters.blocks import Helper, Milestone, MilestoneState, WayOut
from pex.letters.marks import write_day, write_hour
from pex.letters.no_breaks import bind_numbers
from pex.letters.templates import parse_spans
from pex.profile import Profile
from pex.timeline import Timeline
from pex.timeline.case import Case
from pex.timeline.events import happened


@dataclass(frozen=True, slots=True)
class Telling:
    """The timeline, the events of the procedure under way, the words of one language, who helps here."""

    timeline: Timeline
    case: Case
    law: Law
    words: Mapping[str, Any]
    language: str
    profile: Profile

    @property
    def today(self) -> date:
        return self.timeline.today

    def day(self, day: date, *, weekday: bool = False) -> str:
        """« lundi 1er mars 2027 »."""
        return write_day(day, weekday=weekday, language=self.language)

    def state(self, name: str) -> str:
        """The words of a state: « Peut arriver »."""
        return str(self.words["states"][name])

    def milestone(self, event: Evenement) -> Milestone | None:
        """An event that happened, or that is planned for a day; None for one that has no words."""
        entry = self.words["events"][event.type]
        if happened(event, self.today):
            day = self.day(event.date) if event.date else self.state("unknown_date")
            return self.dated(entry["done"], "done", "done", day, event.date, entry["pictogram"])
        if "planned" not in entry or event.date is None:
            return None
        day, hour = self.day(event.date, weekday=True), event.precisions.get("heure")
        if isinstance(hour, time):
            day = f"{day} à {write_hour(hour)}"
        found = self.dated(entry["planned"], "here", "planned", day, event.date, entry["pictogram"])
        return found if not isinstance(hour, time) else _at(found, hour)

    def dated(
        self,
        label: str,
        state: MilestoneState,
        state_words: str | None,
        words: str | None,
        day: date | None,
        pictogram: str,
    ) -> Milestone:
        """A milestone whose date is `words`; `state_words` names the words of its state, if it needs any."""
        numerals = in_digits(day) if day else None
        return Milestone(label, state, self.state(state_words) if state_words else "", words, None, pictogram, numerals)

    def ways_out(self, actions: Iterable[str], *, short: bool = False) -> tuple[WayOut, ...]:
        """These actions in the household's words, or in three or four of them."""
        entries = (self.words["actions"][action] for action in actions)
        name = "short" if short else "text"
        return tuple(WayOut(parse_spans(item[name]), item["short"], item["pictogram"]) for item in entries)

    def helpers(self, names: Iterable[str]) -> tuple[Helper, ...]:
        """Who helps, with the number of this département where the profile gives one, or a national one."""
        entries = (self.words["helpers"][name] for name in names)
        return tuple(Helper(item["name"], self._phone(item), item["pictogram"]) for item in entries)

    def _phone(self, entry: Mapping[str, Any]) -> str | None:
        service = self.profile.services.get(entry["service"])
        phone = service.telephone if service else None
        if phone is None and "line" in entry:
            phone = self.law.helplines[entry["line"]].number
        return bind_numbers(phone) if phone else None


def in_digits(first: date | None, last: date | None = None) -> str:
    """« 09/02/2027 », « 01/11/2026 → 31/03/2027 » or, up to a day, « → 31/03/2027 »."""
    start = f"{first:%d/%m/%Y}" if first else ""
    return f"{start} → {last:%d/%m/%Y}".strip() if last else start


def _at(milestone: Milestone, hour: time) -> Milestone:
    return replace(milestone, numerals=f"{milestone.numerals} {hour:%H:%M}")
