"""What stands on the cards: the steps in the law's order, the solutions and when they are open, questions, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from pex.dossier.facts import Territoire
from pex.law import Law
from pex.letters.templates import parse_spans
from pex.letters.tools import NATIONAL, law_blanks
from pex.profile import Profile, Service

Card = dict[str, Any]
MOST_ACTIONS = 4
MOST_LOCAL_NUMBERS = 4
SHEET_OF_MAGNETS = 8


def step_cards(
    law: Law, day: date, words: Mapping[str, Any], common: Mapping[str, Any], territory: Territoire = NATIONAL
) -> list[Card]:
    """One card a stage, numbered in the order of the law, behind it what can be done; then the two endings."""
    known = law_blanks(law, day, territory)
    steps = [
        {
            "number": str(number),
            "name": entry["nom"],
            "pictogram": entry["dessin"],
            "sentence": _runs(entry["phrase"].format(**known)),
            "actions": [
                _runs(common["actions"][action]["text"]) for action in _actions(_stages(stage, entry), law, common)
            ],
        }
        for number, (stage, entry) in enumerate(_in_order(law, words["etapes"]), 1)
    ]
    endings = [
        {
            "number": words["cartes"]["fin"],
            "name": ending["label"],
            "pictogram": ending["pictogram"],
            "sentence": _runs(ending["sentence"]),
            "actions": [],
        }
        for ending in common["endings"]["usual"]
    ]
    return steps + endings


def _actions(stages: Sequence[str], law: Law, common: Mapping[str, Any]) -> list[str]:
    """What the timeline shows at the first of these stages that has something, and that the law allows there."""
    shown = next(found for stage in stages if (found := common["actions_shown"].get(stage)))
    allowed = {action.id for stage in stages for action in law.actions_at[stage]}
    return [action for action in shown if action in allowed][:MOST_ACTIONS]


def _stages(stage: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(entry.get("droit", (stage,)))


def solution_cards(law: Law, day: date, words: Mapping[str, Any], territory: Territoire = NATIONAL) -> list[Card]:
    """One card an action, behind it the numbers of the step cards at which the law allows it."""
    known = law_blanks(law, day, territory)
    steps = [set(_stages(stage, entry)) for stage, entry in _in_order(law, words["etapes"])]
    return [
        {
            "name": entry["nom"],
            "pictogram": entry["dessin"],
            "sentence": _runs(entry["phrase"].format(**known)),
            "steps": [number for number, stages in enumerate(steps, 1) if stages & set(law.actions[action].stages)],
        }
        for action, entry in words["solutions"].items()
        if _can_say(entry["phrase"], known)
    ]


def question_cards(law: Law, day: date, words: Mapping[str, Any], territory: Territoire = NATIONAL) -> list[Card]:
    """One card a question; one whose answer needs a length unknown on `day` is left out."""
    known = law_blanks(law, day, territory)
    return [
        {"question": item["question"], "pictogram": item["dessin"], "answer": _runs(_sentence(item["reponse"], known))}
        for item in words["questions"]
        if _can_say(item["reponse"], known)
    ]


def magnets(law: Law, profile: Profile, words: Mapping[str, Any], fictitious: str | None) -> list[Card]:
    """A sheet of the same card: the national free number, then the profile's own; no other number is ever put."""
    entry, known = words["magnet"], {line.id: line.number.replace(" ", "\u00a0") for line in law.helplines.values()}
    card = {
        "title": entry["titre"],
        "subtitle": entry["sous_titre"],
        "pictogram": "appel_gratuit",
        "number": known["sos_loyers_impayes"],
        "local": local_numbers(profile, entry["locaux"]),
        "urgent": entry["urgence"].format(numero=known["hebergement_urgence"]),
        "fictitious": fictitious,
    }
    return [card] * SHEET_OF_MAGNETS


def local_numbers(profile: Profile, wanted: list[str]) -> list[dict[str, str]]:
    """Name and number of the services of the profile that have one, in that order, each number once."""
    offices: list[Service | None] = [
        profile.expediteur if name == "expediteur" else profile.services.get(name) for name in wanted
    ]
    found = {
        office.telephone: {"name": office.nom, "phone": office.telephone.replace(" ", "\u00a0")}
        for office in reversed(offices)
        if office is not None and office.telephone
    }
    return list(reversed(found.values()))[:MOST_LOCAL_NUMBERS]


def _in_order(law: Law, entries: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((stage.id, entries[stage.id]) for stage in law.stages.values() if stage.id in entries)


def _can_say(text: str, known: Mapping[str, str]) -> bool:
    try:
        text.format(**known)
    except KeyError:
        return False
    return True


def _sentence(text: str, known: Mapping[str, str]) -> str:
    said = text.format(**known)
    return said[:1].upper() + said[1:]


def _runs(text: str) -> list[dict[str, Any]]:
    return [asdict(span) for span in parse_spans(text)]
