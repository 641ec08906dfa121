"""The procedure drawn from the law data: stages, deadlines, ways out. For a lawyer to review."""

from __future__ import annotations

from datetime import date

from pex.dates import write_date
from pex.errors import LawError
from pex.law import Law, Rule, Version
from pex.law.values import FollowingStage
from pex.law.wording import BOUND, CERTAINTIES, write_choice_of_length


def draw_law(law: Law, day: date) -> bytes:
    """The drawing as SVG, with the versions in force on `day`."""
    from pex.outputs.typst_engine import compile_pages

    stages = [stage for stage in law.stages.values() if stage.step is not None]
    by_stage = {stage.id: [rule for rule in law.dated_rules if _stage_of(rule, law) == stage.id] for stage in stages}
    placed = {rule.id for rules in by_stage.values() for rule in rules}
    data = {
        "title": "La procédure d'expulsion pour loyers impayés, telle que pex la connaît",
        "subtitle": f"Règles en vigueur le {write_date(day)}. Les dates des règles comptent, pas celles du dessin.",
        "headings": ["Ce que le ménage peut faire", "Étape", "Délais et règles"],
        "stages": [
            {
                "name": stage.name,
                "actions": [action.name for action in law.actions_at[stage.id]],
                "rules": [_box(rule, day) for rule in by_stage[stage.id]],
                "next": [_following(item, law) for item in stage.following],
            }
            for stage in stages
        ],
        "parallel": [_box(rule, day) for rule in law.rules.values() if rule.id not in placed],
        "parallel_title": "Voies parallèles, durées et seuils",
        "suspensions": [f"{item.name} : {item.ends_when}" for item in law.suspensions.values()],
        "suspensions_title": "Ce qui suspend, et ce qui y met fin",
    }
    return compile_pages("law", data, "svg")


def _stage_of(rule: Rule, law: Law) -> str | None:
    """The stage at which the rule starts: that of its event, or of what always precedes its event."""
    return _stage_of_event(rule.runs_from[0], law)


def _stage_of_event(event: str, law: Law) -> str | None:
    kind = law.events[event]
    if kind.stage is not None:
        return kind.stage
    return next((stage for earlier in kind.comes_after if (stage := _stage_of_event(earlier, law))), None)


def _box(rule: Rule, day: date) -> dict[str, object]:
    version = _version_on(rule, day)
    certainty = (version.certainty if version else None) or rule.certainty
    return {
        "name": rule.name,
        "length": write_choice_of_length(rule, version),
        "binds": BOUND[rule.binds],
        "articles": _articles(version) if version else "",
        "certainty": CERTAINTIES[certainty],
        "sure": certainty == "certaine",
    }


def _version_on(rule: Rule, day: date) -> Version | None:
    try:
        return rule.version_at(day)
    except LawError:
        return None


def _articles(version: Version) -> str:
    return " ; ".join(reference.title for reference in version.references)


def _following(item: FollowingStage, law: Law) -> str:
    name = law.stages[item.stage].name
    after = " et ".join(f"« {law.rules[rule].name} »" for rule in item.after)
    return f"{name}, après : {after}" if after else name
