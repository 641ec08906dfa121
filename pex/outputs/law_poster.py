"""The procedure as a poster, A3 or A2: five big steps, how long, what can be done and who helps at each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pex.dates import write_date
from pex.dossier.facts import Territoire
from pex.errors import PexError
from pex.law import Law, Rule
from pex.law.values import TO_CONFIRM
from pex.law.wording import version_on
from pex.letters.templates import parse_spans, read_tool_words, read_words
from pex.letters.tools import NATIONAL, law_blanks
from pex.outputs.pictograms import svg
from pex.outputs.typst_engine import compile_pages

SHEETS = {"a3": 1.0, "a2": 2**0.5}
"""Each size and how much larger than A3 everything on it is."""


def draw_poster(
    law: Law, day: date, paper: str = "a3", territory: Territoire = NATIONAL, language: str = "fr"
) -> bytes:
    """The poster as PDF, with the lengths in force on `day`, and the winter truce of the territory.

    Raises PexError for a sheet other than SHEETS.
    """
    if paper not in SHEETS:
        raise PexError(f"Le papier « {paper} » n'existe pas ici. Choix possibles : {', '.join(SHEETS)}.")
    words, common = read_tool_words("affiche", language), read_words(language)
    known = law_blanks(law, day, territory, language)
    steps = [
        _step(number, step_id, entry, words, common, known, law, day)
        for number, (step_id, entry) in enumerate(common["steps"].items(), 1)
    ]
    truce = words["treve"]
    data = {
        "paper": paper,
        "scale": SHEETS[paper],
        "words": {name: words[name] for name in ("titre", "sous_titre", "colonnes", "appel_detail", "sources")},
        "call": words["appel"].format(numero=known["sos_loyers_impayes"]),
        "urgent": words["urgence"].format(numero=known["hebergement_urgence"]),
        "steps": steps,
        "truce": {"title": truce["titre"], **_time(truce, law.rule(truce["regle"]), words, known, day)},
        "endings": [{"label": item["label"], "pictogram": item["pictogram"]} for item in common["endings"]["usual"]],
        "foot": words["pied"].format(date=write_date(day, language=language)),
        "sources": _sources(words, law, day),
    }
    used = {step["pictogram"] for step in steps} | {ending["pictogram"] for ending in data["endings"]}
    used |= {"appel_gratuit", "hebergement", "treve_hivernale", "date_limite", "aide_sociale"}
    return compile_pages("poster", {**data, "pictograms": {name: svg(name) for name in sorted(used)}})


def _step(
    number: int,
    step_id: str,
    entry: Mapping[str, Any],
    words: Mapping[str, Any],
    common: Mapping[str, Any],
    known: Mapping[str, str],
    law: Law,
    day: date,
) -> dict[str, Any]:
    helpers = _enumerated([words["aides"][helper] for helper in entry["help"]])
    return {
        "number": number,
        "label": entry["label"],
        "pictogram": entry["pictogram"],
        "times": [_time(item, law.rule(item["regle"]), words, known, day) for item in words["etapes"][step_id]],
        "ways_out": [_runs(common["actions"][action]["short"]) for action in entry["ways_out"]],
        "help": words["aide"].format(noms=helpers[:1].upper() + helpers[1:]),
    }


def _enumerated(names: list[str]) -> str:
    """« un travailleur social, le FSL et un avocat »."""
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _time(
    item: Mapping[str, str], rule: Rule, words: Mapping[str, Any], known: Mapping[str, str], day: date
) -> dict[str, Any]:
    """The sentence that tells the rule's length, and how sure it is; without a length, what there is to ask."""
    length = known.get(rule.id)
    if length is None:
        said = item.get("sans_duree") or f"{rule.name} : {words['inconnu'][0].lower()}{words['inconnu'][1:]}"
        return {"runs": _runs(said), "certainty": words["certitudes"][TO_CONFIRM]}
    version = version_on(rule, day)
    certainty = (version.certainty if version else None) or rule.certainty
    sentence = item["phrase"].format(duree=length)
    return {"runs": _runs(sentence[:1].upper() + sentence[1:]), "certainty": words["certitudes"][certainty]}


def _runs(text: str) -> list[dict[str, Any]]:
    return [asdict(span) for span in parse_spans(text)]


def _sources(words: Mapping[str, Any], law: Law, day: date) -> str:
    """The articles behind the lengths shown, each once, in the order of the poster."""
    items = [item for step in words["etapes"].values() for item in step] + [words["treve"]]
    versions = [version for item in items if (version := version_on(law.rule(item["regle"]), day))]
    return " ; ".join(dict.fromkeys(reference.title for version in versions for reference in version.references))
