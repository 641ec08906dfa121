"""The law as dated data: `read_law()` gives the stages, events, rules, actions, checks and holidays."""

from pex.law.reading import read_law
from pex.law.values import Action, Check, EventType, Law, Reference, Rule, Stage, Version

__all__ = ["Action", "Check", "EventType", "Law", "Reference", "Rule", "Stage", "Version", "read_law"]
