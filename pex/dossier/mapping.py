"""YAML and JSON: a mapping with French keys → a Dossier, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pex.dates import Period
from pex.dossier.facts import Dossier, Evenement, Personne
from pex.dossier.fields import FACTS, PERSON, Events, Fact, build_dossier
from pex.dossier.values import as_shown, detail_reader, read_day, read_text
from pex.errors import PexError, Problem

BY_PATH = {fact.path: fact for fact in FACTS}
PREFIXES = {path.rsplit(".", depth)[0] for path in BY_PATH for depth in (1, 2) if "." in path}


class MappingReader:
    """Reads one mapping; every problem is kept, so that all are told at once."""

    def __init__(self, events: Events, lines: Mapping[str, int]) -> None:
        self.events = events
        self.lines = lines
        self.problems: list[Problem] = []
        self.reference: str | None = None

    def dossier(self, raw: Any) -> Dossier | None:
        """The dossier, or None where anything in it is refused."""
        if not isinstance(raw, dict):
            self.refuse(
                "",
                "Un dossier s'écrit avec des clés et des valeurs.",
                "Écrivez par exemple « reference: A-1 ».",
            )
            return None
        if raw.get("reference") is None:
            self.refuse("reference", "il manque la référence du dossier.", "Écrivez par exemple « reference: A-1 ».")
        else:
            self.reference = as_shown(raw["reference"])
        values: dict[str, Any] = {}
        self.walk(raw, "", values)
        household = _inner(raw, "menage")
        people = tuple(self.people(household.get("personnes")))
        address = _inner(household, "adresse")
        lines = tuple(self.address_lines(address.get("lignes")))
        events = tuple(self.event_list(raw.get("evenements")))
        truce = [path for path in values if path.startswith("territoire.treve_hivernale.")]
        if len(truce) == 1:
            self.refuse("territoire.treve_hivernale", "il faut les deux dates.", "Écrivez « {du: …, au: …} ».")
        return None if self.problems else build_dossier(values, people, lines, events)

    def walk(self, raw: Mapping[str, Any], prefix: str, values: dict[str, Any]) -> None:
        for key, value in raw.items():
            path = f"{prefix}{key}"
            if path in ("menage.personnes", "menage.adresse.lignes", "evenements") or value is None:
                if value is None and path not in BY_PATH and path not in PREFIXES and path != "evenements":
                    self.unknown(path, prefix)
                continue
            if path in BY_PATH:
                self.value(BY_PATH[path], value, path, values)
            elif path in PREFIXES:
                if isinstance(value, dict):
                    self.walk(value, f"{path}.", values)
                else:
                    self.refuse(path, "il faut des clés et des valeurs.", "Voyez le fichier d'exemple.")
            else:
                self.unknown(path, prefix)

    def value(self, fact: Fact, value: Any, path: str, values: dict[str, Any]) -> None:
        if isinstance(value, (dict, list)):
            self.refuse(path, "il faut une seule valeur.", "")
            return
        try:
            values[fact.path] = fact.read(value)
        except PexError as error:
            self.refuse(path, str(error), "", value)

    def people(self, raw: Any) -> Iterator[Personne]:
        for number, person in enumerate(self.items(raw, "menage.personnes")):
            where = f"menage.personnes[{number}]"
            found: dict[str, Any] = {}
            known = {fact.path: fact for fact in PERSON}
            for key, value in person.items():
                if key not in known:
                    self.unknown(f"{where}.{key}", f"{where}.", known)
                elif value is not None:
                    self.value(known[key], value, f"{where}.{key}", found)
            yield Personne(**found)

    def address_lines(self, raw: Any) -> Iterator[str]:
        if raw is None:
            return
        if not isinstance(raw, list) or len(raw) > 4:
            self.refuse("menage.adresse.lignes", "il faut une liste d'au plus quatre lignes.", "")
            return
        yield from (read_text(line) for line in raw if line is not None)

    def event_list(self, raw: Any) -> Iterator[Evenement]:
        for number, item in enumerate(self.items(raw, "evenements")):
            where = f"evenements[{number}]"
            kind = str(item.get("type"))
            if kind not in self.events:
                close = get_close_matches(kind, self.events, n=1, cutoff=0.5)
                hint = f"Vouliez-vous dire « {close[0]} » ?" if close else "Voyez la liste des événements."
                self.refuse(f"{where}.type", f"« {kind} » n'est pas un événement connu.", hint, kind)
                continue
            found: dict[str, Any] = {}
            details = self.events[kind].details
            for key, value in item.items():
                if key == "type" or value is None:
                    continue
                if key != "date" and key not in details:
                    self.unknown(f"{where}.{key}", f"{where}.", ["type", "date", *details])
                    continue
                reader = read_day if key == "date" else detail_reader(details[key])
                self.value(Fact(key, reader), value, f"{where}.{key}", found)
            yield Evenement(kind, found.pop("date", None), found)

    def items(self, raw: Any, where: str) -> Iterator[Mapping[str, Any]]:
        if raw is None:
            return
        if not isinstance(raw, list):
            self.refuse(where, "il faut une liste.", "Commencez chaque ligne par un tiret.")
            return
        for number, item in enumerate(raw):
            if isinstance(item, dict):
                yield item
            else:
                self.refuse(f"{where}[{number}]", "il faut des clés et des valeurs.", "")

    def unknown(self, path: str, prefix: str, known: Any = None) -> None:
        names = known or [
            p.removeprefix(prefix).split(".")[0]
            for p in (*BY_PATH, "menage.personnes", "menage.adresse.lignes", "evenements")
            if p.startswith(prefix)
        ]
        close = get_close_matches(path.removeprefix(prefix), list(names), n=1, cutoff=0.5)
        hint = f"Vouliez-vous dire « {close[0]} » ?" if close else f"Clés admises : {', '.join(dict.fromkeys(names))}."
        self.refuse(path, "clé inconnue.", hint)

    def refuse(self, path: str, message: str, remedy: str, value: Any = None) -> None:
        self.problems.append(
            Problem(
                message,
                line=self.lines.get(path) or self.lines.get(path.split("[")[0]) or self.lines.get(""),
                column=path or None,
                value=None if value is None else as_shown(value),
                remedy=remedy,
                reference=self.reference,
            )
        )


def _inner(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The mapping under that key; an empty one where there is none, `walk` having told why."""
    value = raw.get(name)
    return value if isinstance(value, dict) else {}


def dossier_to_mapping(dossier: Dossier) -> dict[str, Any]:
    """The dossier with the keys of the file; what is not known is left out. Read back, it gives the same dossier."""
    found: dict[str, Any] = {}
    for fact in FACTS:
        value: Any = dossier
        for name in fact.path.split("."):
            value = getattr(value, name) if value is not None else None
        if value is None:
            continue
        place = found
        *parents, last = fact.path.split(".")
        for name in parents:
            place = place.setdefault(name, {})
        place[last] = _plain(value)
    if dossier.menage.personnes:
        people = [
            {fact.path: getattr(person, fact.path) for fact in PERSON if getattr(person, fact.path) is not None}
            for person in dossier.menage.personnes
        ]
        found.setdefault("menage", {})["personnes"] = people
    if dossier.menage.adresse and dossier.menage.adresse.lignes:
        address = found.setdefault("menage", {}).setdefault("adresse", {})
        address["lignes"] = list(dossier.menage.adresse.lignes)
    if dossier.evenements:
        found["evenements"] = [_event(event) for event in dossier.evenements]
    return found


def _event(event: Evenement) -> dict[str, Any]:
    day = {"date": event.date.isoformat()} if event.date else {}
    return {"type": event.type, **day, **{name: _plain(value) for name, value in event.precisions.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, Period):
        return f"{value.count} {value.unit}"
    return value
