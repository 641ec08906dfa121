"""What a rule starts from in a case, and which regime of the housing aid a household is under."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from pex.dossier.facts import Evenement
from pex.law import Law, Rule, Version
from pex.law.wording import CHOSEN_BY
from pex.timeline.case import Case
from pex.timeline.place import write_days
from pex.timeline.values import Reason


def starting_event(case: Case, rule: Rule) -> Evenement | None:
    """The event a rule runs from; events of unknown date never hide a date."""
    types = rule.runs_from
    if rule.which == "preferred":
        return next((event for kind in types if (event := case.last(kind)) is not None), None)
    if len(types) == 1 and rule.which in ("last", "nearest"):
        return case.last(types[0])
    found = case.all_of(types)
    if rule.which == "later_of":
        act = case.last(types[0])
        if act is None or act.date is None:
            # The notification without the act it notifies: the act's own day is not known.
            return act or (Evenement(types[0]) if found else None)
        # An older notification is that of an older act; a second one of the same act changes nothing.
        notified = (event for event in found if event.type != types[0] and event.date and event.date >= act.date)
        return next(notified, act)
    dated = [event for event in found if event.date is not None]
    if not dated:
        return found[0] if found else None
    return dated[0] if rule.which in ("first", "earlier_of") else dated[-1]


def earlier_starts(case: Case, rule: Rule) -> list[Evenement]:
    """What the rule would start from for each act before the last one: its own notification, or the act itself."""
    acts = [event for event in case.events.get(rule.runs_from[0], ()) if event.date is not None]
    found = []
    for act, following in pairwise(acts):
        own = (event for event in case.all_of(rule.runs_from[1:]) if event.date and _between(act, event, following))
        found.append(next(own, act))
    return found


def _between(act: Evenement, event: Evenement, following: Evenement) -> bool:
    return bool(act.date and event.date and following.date and act.date <= event.date < following.date)


def which_one(case: Case, rule: Rule, start: Evenement) -> Reason | None:
    """Why that one counts, where the act is known more than once."""
    events = case.events.get(start.type, ())
    if len(events) < 2:
        return None
    days = [event.date for event in events if event.date is not None]
    if len(days) < 2 or start.date is None:
        return None
    if rule.which == "nearest" and start.date != days[-1]:
        words = {"event": case.law.events[start.type].name, "days": write_days(days), "start": start.date}
        return Reason(case.law.counting["older_act_counts"], words)
    which = "le premier" if rule.which in ("first", "earlier_of") else "le dernier"
    words = {"event": case.law.events[start.type].name, "days": write_days(days), "which": which, "start": start.date}
    return Reason(case.law.counting["several_events"], words)


@lru_cache(maxsize=1024)
def why_this_text(law: Law, rule: Rule, since: date) -> Reason:
    """Which version of the text was applied, and what chose it."""
    words = {"since": since, "chosen_by": CHOSEN_BY[rule.version_chosen_by]}
    return Reason(law.counting["version_used"], words)


def regime_version(rule: Rule, case: Case, start: date) -> Version:
    """The version that the day of the report to the CAF or MSA chooses; `dette.regime_aide_logement` overrides it.

    Raises LawError before the first known version.
    """
    override = case.dossier.dette.regime_aide_logement
    newest = rule.versions[-1]
    if override == "depuis_2027":
        return newest
    if override == "avant_2027":
        return rule.version_at(min(start, newest.since - timedelta(days=1)))
    return rule.version_at(case.first_day("signalement_caf") or start)
