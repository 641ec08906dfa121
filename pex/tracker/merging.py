"""Two tellings of the same household: what one adds to the other, and where they disagree. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pex.tracker.words import key_of

AS_ONE = frozenset({"menage.personnes", "menage.adresse", "territoire.treve_hivernale"})
"""Parts that are compared as a whole: half of an address with half of another is nobody's."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact told in two ways. `path` names it, as « dette.montant » or « evenements.assignation »."""

    path: str
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The facts put together, the names of what was added, and what disagrees."""

    facts: dict[str, Any]
    added: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, replace: bool = False) -> Merge:
    """Our facts completed by theirs, both as mappings with the keys of the dossier file.

    Where they disagree ours stay, or theirs take their place with `replace`. The reference stays ours. A debt
    of a later day is news, not a disagreement; one of an earlier day is left aside.
    """
    added: list[str] = []
    conflicts: list[Conflict] = []
    facts = {name: value for name, value in ours.items() if name not in ("dette", "evenements")}
    others = {name: value for name, value in theirs.items() if name not in ("reference", "dette", "evenements")}
    _merge_part(facts, others, "", added, conflicts, replace)
    debt = _merge_debt(ours.get("dette"), theirs.get("dette"), added, conflicts, replace)
    if debt:
        facts["dette"] = debt
    events = _merge_events(ours.get("evenements", []), theirs.get("evenements", []), added, conflicts, replace)
    if events:
        facts["evenements"] = events
    return Merge(facts, tuple(dict.fromkeys(added)), tuple(conflicts))


def _merge_part(
    into: dict[str, Any], other: Mapping[str, Any], prefix: str, added: list[str], conflicts: list[Conflict],
    replace: bool,
) -> None:  # fmt: skip
    for name, theirs in other.items():
        path = f"{prefix}{name}"
        if name not in into:
            if path == "menage.langue" and theirs == "fr":
                continue
            into[name] = theirs
            added.append(path)
        elif isinstance(theirs, Mapping) and path not in AS_ONE:
            into[name] = dict(into[name])
            _merge_part(into[name], theirs, f"{path}.", added, conflicts, replace)
        elif not _same(into[name], theirs):
            if path == "menage.langue" and into[name] == "fr":
                into[name] = theirs
                added.append(path)
                continue
            conflicts.append(Conflict(path, into[name], theirs))
            if replace:
                into[name] = theirs


def _merge_debt(
    ours: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None, added: list[str], conflicts: list[Conflict],
    replace: bool,
) -> dict[str, Any] | None:  # fmt: skip
    if not theirs or not ours:
        added += [f"dette.{name}" for name in theirs or {} if not ours]
        return dict(ours or theirs or {}) or None
    mine, other = ours.get("constatee_le"), theirs.get("constatee_le")
    if mine and other and other != mine:
        if other < mine:
            return dict(ours)
        added.append("dette")
        return {**ours, **theirs}
    merged = dict(ours)
    _merge_part(merged, theirs, "dette.", added, conflicts, replace)
    return merged


def _merge_events(
    ours: list[dict[str, Any]], theirs: list[dict[str, Any]], added: list[str], conflicts: list[Conflict], replace: bool
) -> list[dict[str, Any]]:
    merged = [dict(event) for event in ours]
    free = list(merged)
    for event in sorted(theirs, key=lambda item: item not in merged):  # those that are known find themselves first
        path = f"evenements.{event['type']}"
        alike = [item for item in free if item["type"] == event["type"]]
        same = _counterpart(event, alike)
        if same is not None:
            free.remove(same)
            _merge_part(same, event, f"{path}.", added, conflicts, replace)
        elif not alike:
            # None of ours, or each of ours is told by theirs already: this is one more.
            merged.append(dict(event))
            added.append(path)
        else:
            conflicts.append(Conflict(path, alike[-1].get("date"), event.get("date")))
            if replace and len(alike) == 1:
                free.remove(alike[0])
                alike[0].update(event)
            elif replace:
                merged.append(dict(event))
    return merged


def _counterpart(event: Mapping[str, Any], alike: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The one of ours that this event tells of: the same, of the same day, or of a day that one of them ignores."""
    tests = (
        lambda item: item == event,
        lambda item: item.get("date") == event.get("date"),
        lambda item: "date" not in event or "date" not in item,
    )
    return next((item for test in tests for item in alike if test(item)), None)


def _same(ours: Any, theirs: Any) -> bool:
    """True for the same value, whatever its capitals, accents and punctuation."""
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours == theirs or (key_of([ours]) == key_of([theirs]) != "")
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(_same(one, other) for one, other in zip(ours, theirs, strict=True))
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return all(name not in ours or _same(ours[name], value) for name, value in theirs.items()) and not (
            theirs.keys() - ours.keys()
        )
    return bool(ours == theirs)
