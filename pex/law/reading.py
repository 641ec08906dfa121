"""The YAML files of this folder, read once into frozen values; a slip in them is told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pex.dates import read_period
from pex.errors import LawError
from pex.folders import LAW
from pex.law.values import (
    Action,
    Check,
    CountingSentence,
    EventType,
    ExceptionalEnd,
    FollowingStage,
    Helpline,
    HolidayRule,
    Holidays,
    Law,
    Reference,
    Rule,
    Stage,
    SuspensionRule,
    TrackRule,
    Version,
    YearlyWindow,
)

Sources = Mapping[str, Reference]


@lru_cache(maxsize=4)
def read_law(folder: Path = LAW, draft: Path | None = None) -> Law:
    """Read the law data of `folder`; with `draft`, as if the versions of that file were in force too.

    A draft holds, for some rules, « rule: {versions: {date: …}} » as `dated_rules.yaml` does.
    Raises LawError for an unknown field, an unknown id or a version out of order.
    """
    sources = read_sources(folder)
    raw_stages = _read_yaml(folder / "stages.yaml")
    raw_rules = _read_yaml(folder / "dated_rules.yaml")
    if draft is not None:
        _add_versions(raw_rules, draft)
    law = Law(
        stages=_frozen(_stage(key, order, entry) for order, (key, entry) in enumerate(raw_stages["stages"].items())),
        events=_frozen(_event(key, entry) for key, entry in raw_stages["events"].items()),
        rules=_frozen(_rule(key, entry, sources) for key, entry in raw_rules.items()),
        actions=_frozen(_action(key, entry, sources) for key, entry in _read_yaml(folder / "actions.yaml").items()),
        checks=_frozen(_check(key, entry, sources) for key, entry in _read_yaml(folder / "checks.yaml").items()),
        suspensions=_frozen(
            _suspension(key, entry, sources) for key, entry in _read_yaml(folder / "suspensions.yaml").items()
        ),
        tracks=_frozen(_track(key, entry) for key, entry in _read_yaml(folder / "tracks.yaml").items()),
        counting=MappingProxyType(
            {key: CountingSentence(**entry) for key, entry in _read_yaml(folder / "counting.yaml").items()}
        ),
        holidays=_holidays(_read_yaml(folder / "public_holidays.yaml")),
        helplines=_frozen(Helpline(id=key, **entry) for key, entry in _read_yaml(folder / "helplines.yaml").items()),
    )
    _check_ids(law)
    return law


def read_sources(folder: Path = LAW) -> Mapping[str, Reference]:
    """The texts that law, letters and glossary rest on, by id."""
    return {key: Reference(entry["title"], entry["href"]) for key, entry in _read_yaml(folder / "sources.yaml").items()}


def _read_yaml(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_bytes(), Loader=loader)
    except yaml.YAMLError as error:
        raise LawError(f"Le fichier de droit {path.name} ne peut pas être lu : {error}") from error


def _add_versions(rules: dict[str, Any], draft: Path) -> None:
    """Put the draft's versions among those of the law, in the order of their dates."""
    from pex.dates import read_date

    added = _read_yaml(draft)
    if not isinstance(added, dict):
        raise LawError(f"« {draft.name} » : écrivez « regle: {{versions: {{date: …}}}} », comme dans dated_rules.yaml.")
    for key, entry in added.items():
        if key not in rules:
            raise LawError(f"« {draft.name} » : la règle « {key} » n'existe pas. Tapez « pex droit » pour la liste.")
        versions = entry.get("versions") if isinstance(entry, dict) else None
        if not isinstance(versions, dict) or not all(isinstance(version, dict) for version in versions.values()):
            raise LawError(f"« {draft.name} », « {key} » : il faut « versions », avec une date et ce qu'elle change.")
        drafted = {since if isinstance(since, date) else read_date(str(since)): raw for since, raw in versions.items()}
        for raw in drafted.values():
            raw.setdefault("references", [])
        rules[key]["versions"] = dict(sorted({**rules[key]["versions"], **drafted}.items()))


def _frozen(values: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({value.id: value for value in values})


def _known(kind: type, key: str, entry: Mapping[str, Any], also: tuple[str, ...] = ()) -> None:
    unknown = set(entry) - {field.name for field in fields(kind)} - set(also)
    if unknown:
        raise LawError(f"« {key} » : champs inconnus dans le droit : {', '.join(sorted(unknown))}.")


def _stage(key: str, order: int, entry: Mapping[str, Any]) -> Stage:
    following = tuple(
        FollowingStage(item["stage"], tuple(item.get("after", ())), item.get("planned"), item.get("not_before"))
        for item in entry["next"]
    )
    return Stage(key, entry["name"], order, entry["step"], following)


def _event(key: str, entry: Mapping[str, Any]) -> EventType:
    _known(EventType, key, entry)
    details = MappingProxyType(dict(entry.get("details", {})))
    after = tuple(entry.get("comes_after", ()))
    return EventType(id=key, **{**entry, "details": details, "comes_after": after})


def _rule(key: str, entry: Mapping[str, Any], sources: Sources) -> Rule:
    _known(Rule, key, entry)
    versions = tuple(_version(key, since, raw, sources) for since, raw in entry["versions"].items())
    if list(versions) != sorted(versions, key=lambda version: version.since):
        raise LawError(f"« {key} » : les versions ne sont pas dans l'ordre des dates.")
    ends = {
        usual: ExceptionalEnd(raw["last_day"], _references(key, raw["references"], sources), raw.get("certainty"))
        for usual, raw in entry.get("exceptional_ends", {}).items()
    }
    fields_read: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entry.items()
        if name not in ("versions", "exceptional_ends")
    }
    return Rule(id=key, versions=versions, exceptional_ends=MappingProxyType(ends), **fields_read)


def _version(key: str, since: date, entry: Mapping[str, Any], sources: Sources) -> Version:
    _known(Version, f"{key}, {since}", entry)
    durations = entry.get("durations")
    amounts = entry.get("amounts")
    window = entry.get("window")
    return Version(
        since=since,
        duration=read_period(entry["duration"]) if entry.get("duration") else None,
        durations=MappingProxyType({k: read_period(v) for k, v in durations.items()}) if durations else None,
        amounts=MappingProxyType({k: Decimal(str(v)) for k, v in amounts.items()}) if amounts else None,
        waived_when=tuple(entry.get("waived_when", ())),
        applies=entry.get("applies", True),
        window=YearlyWindow(**window) if window else None,
        references=_references(key, entry["references"], sources),
        certainty=entry.get("certainty"),
        note=entry.get("note"),
    )


def _references(key: str, entries: Iterable[Any], sources: Sources) -> tuple[Reference, ...]:
    return tuple(_reference(key, entry, sources) for entry in entries)


def _reference(key: str, entry: Any, sources: Sources) -> Reference:
    source, article = (entry, None) if isinstance(entry, str) else next(iter(entry.items()))
    if source not in sources:
        raise LawError(f"« {key} » cite « {source} », qui n'est pas dans sources.yaml.")
    text = sources[source]
    return Reference(f"{text.title}, {article}", text.href) if article else text


def _action(key: str, entry: Mapping[str, Any], sources: Sources) -> Action:
    _known(Action, key, entry)
    return Action(
        id=key,
        name=entry["name"],
        stages=tuple(entry["stages"]),
        landlords=tuple(entry.get("landlords", ())),
        until=entry.get("until"),
        best_before=entry.get("best_before"),
        only_when=entry.get("only_when"),
        unless=entry.get("unless"),
        done_by=tuple(entry.get("done_by", ())),
        references=_references(key, entry["references"], sources),
        certainty=entry["certainty"],
    )


def _check(key: str, entry: Mapping[str, Any], sources: Sources) -> Check:
    _known(Check, key, entry)
    read = {**entry, "message": entry["message"].strip(), "references": _references(key, entry["references"], sources)}
    return Check(id=key, **read)


def _suspension(key: str, entry: Mapping[str, Any], sources: Sources) -> SuspensionRule:
    _known(SuspensionRule, key, entry)
    lists = {name: tuple(entry.get(name, ())) for name in ("suspends", "ended_by")}
    return SuspensionRule(id=key, **{**entry, **lists, "references": _references(key, entry["references"], sources)})


def _track(key: str, entry: Mapping[str, Any]) -> TrackRule:
    _known(TrackRule, key, entry)
    return TrackRule(key, entry["name"], tuple(entry["events"]), tuple(entry["ends"]))


def _holidays(entry: Mapping[str, Any]) -> Holidays:
    territories = {
        departement: tuple(HolidayRule(**day) for day in place["days"])
        for place in entry["territories"]
        for departement in place["departments"]
    }
    national = tuple(HolidayRule(**day) for day in entry["national"]["days"])
    return Holidays(national, MappingProxyType(territories))


def _check_ids(law: Law) -> None:
    """Every id named somewhere exists: a slip in the data is found at reading, not in a letter."""
    named: list[tuple[str, Iterable[str], Mapping[str, Any]]] = []
    for stage in law.stages.values():
        for item in stage.following:
            named.append((stage.id, [item.stage], law.stages))
            named.append((stage.id, item.after, law.rules))
            named.append((stage.id, [item.not_before] if item.not_before else [], law.rules))
            named.append((stage.id, [item.planned] if item.planned else [], law.events))
    for event in law.events.values():
        named.append((event.id, [event.stage] if event.stage else [], law.stages))
        named.append((event.id, event.comes_after, law.events))
    for rule in law.rules.values():
        named.append((rule.id, rule.runs_from + rule.overtaken_by, law.events))
        named.append((rule.id, [rule.after_rule] if rule.after_rule else [], law.rules))
        for version in rule.versions:
            named.append((rule.id, [detail.split(".")[0] for detail in version.waived_when], law.events))
    for suspension in law.suspensions.values():
        named.append((suspension.id, (suspension.event, *suspension.ended_by), law.events))
        rules = (*suspension.suspends, *filter(None, (suspension.at_most, suspension.lasts)))
        named.append((suspension.id, rules, law.rules))
    for track in law.tracks.values():
        named.append((track.id, (*track.events, *track.ends), law.events))
    either = {**law.rules, **law.events}
    for action in law.actions.values():
        named.append((action.id, action.stages, law.stages))
        named.append((action.id, action.done_by, law.events))
        named.append((action.id, list(filter(None, (action.until, action.best_before))), either))
    for owner, ids, known in named:
        for name in ids:
            if name not in known:
                raise LawError(f"« {owner} » nomme « {name} », qui n'existe pas dans le droit.")
