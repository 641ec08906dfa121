"""The page, put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pex.law import read_law
from pex.letters.blocks import Block, Ending, Paragraph, TimelinePage
from pex.letters.no_breaks import bind_numbers
from pex.letters.templates import parse_spans, read_words
from pex.letters.timeline_page.housing_aid import housing_aid
from pex.letters.timeline_page.notes import write_notes
from pex.letters.timeline_page.steps import EVICTED, write_steps
from pex.letters.timeline_page.telling import Telling
from pex.letters.timeline_page.versions import COMPLETE, IN_PICTURES, in_version
from pex.profile import Profile
from pex.timeline import Timeline
from pex.timeline.case import open_case
from pex.timeline.events import happened
from pex.timeline.stage import RESOLVED, paid_in_time

PAGE_LABELS = ("help", "deadlines", "milestones", "endings", "step", "page", "reference")
LEASE_ENDED = frozenset({"commandement_de_quitter_les_lieux", "requisition_force_publique", "concours_force_publique"})


def compose_timeline(
    timeline: Timeline, profile: Profile, language: str = "fr", version: str = COMPLETE
) -> TimelinePage:
    """The household's timeline page, in one of VERSIONS.

    Raises TemplateError for a language without words or a version that does not exist.
    """
    words, law = read_words(language), read_law()
    case = open_case(timeline.dossier, law, timeline.today, paid_in_time)
    told = Telling(timeline, case, law, words, language, profile)
    resolved = timeline.stage == RESOLVED
    beside = housing_aid(told)
    page = TimelinePage(
        language=language,
        title=words["timeline"]["title"],
        household=_household(timeline),
        intro=parse_spans(words["timeline"]["intro_resolved" if resolved else "intro"]),
        steps=(*write_steps(told), *([beside] if beside else ())),
        endings=tuple(
            Ending(item["label"], item["pictogram"], parse_spans(item["sentence"])) for item in _endings(told)
        ),
        notes=write_notes(told),
        contact=_contact(told),
        printed_on=words["labels"]["printed_on"].format(date=told.day(timeline.today)),
        labels=tuple((name, words["labels"][name]) for name in PAGE_LABELS),
        reference=timeline.dossier.reference,
        fictitious=words["labels"]["fictitious"] if profile.fictif else None,
        mention=words["labels"]["in_pictures"] if version == IN_PICTURES else None,
    )
    return in_version(page, version)


def help_block(words: Mapping[str, Any]) -> Block:
    """Whom to call: the one national free number."""
    number = bind_numbers(read_law().helplines["sos_loyers_impayes"].number)
    return Block(
        id="appel",
        kind="contact",
        title=words["timeline"]["contact_title"].format(number=number),
        contents=(Paragraph(parse_spans(words["timeline"]["contact"])),),
        pictogram="appel_gratuit",
    )


def _contact(told: Telling) -> Block:
    """The national number, then the office's own."""
    block = help_block(told.words)
    office = told.profile.expediteur
    if office is None or office.telephone is None:
        return block
    words, number = told.words["timeline"], bind_numbers(office.telephone)
    if office.horaires:
        text = words["our_number"].format(number=number, hours=office.horaires)
    else:
        text = words["our_number_alone"].format(number=number)
    return Block(block.id, block.kind, block.title, (*block.contents, Paragraph(parse_spans(text))), block.pictogram)


def _household(timeline: Timeline) -> str:
    people = timeline.dossier.menage.personnes
    if not people:
        return ""
    first = people[0]
    return " ".join(part for part in (first.civilite, first.prenom, first.nom) if part)


def _endings(told: Telling) -> list[Mapping[str, Any]]:
    """Two, of equal weight, that are true at this stage; the one that was reached, once the situation is resolved."""
    endings, stage = told.words["endings"], told.timeline.stage
    if stage == RESOLVED:
        return [
            entry
            for kind, entry in endings["reached"].items()
            if any(happened(event, told.today) for event in told.case.events.get(kind, ()))
        ][:1]
    if stage == EVICTED:
        return list(endings["after"])
    keeps_the_lease = any(pause.effect == "clause" for pause in told.timeline.suspensions)
    return list(endings["late" if stage in LEASE_ENDED and not keeps_the_lease else "usual"])
