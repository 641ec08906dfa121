"""A template + a timeline + a profile → a Letter, in no format yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pex.dossier.facts import Adresse, Menage, Personne
from pex.errors import MissingFacts
from pex.law import read_law
from pex.letters.blocks import Letter, Signature
from pex.letters.facts_for_words import facts_for
from pex.letters.marks import Marks, write_day
from pex.letters.templates import fill_in, letter_ids, parse_blocks, read_template, read_words
from pex.letters.timeline_page import compose_timeline, help_block
from pex.profile import Profile, Service
from pex.timeline import Timeline

LETTER_LABELS = ("page", "subject", "reference", "our_contact")


def letters_for(timeline: Timeline, language: str = "fr") -> tuple[str, ...]:
    """Ids of the letters that fit the household's stage; none at some stages."""
    return tuple(
        letter_id for letter_id in letter_ids(language) if timeline.stage in read_template(letter_id, language).stages
    )


def compose_letter(letter_id: str, timeline: Timeline, profile: Profile, language: str = "fr") -> Letter:
    """Write the letter for that household, its timeline overleaf.

    Raises MissingFacts, with the paths, for a fact without which the letter would have a blank, and
    TemplateError for a letter or a language that does not exist.
    """
    template = read_template(letter_id, language)
    words = read_words(language)
    facts = facts_for(timeline, profile, read_law(), words)
    marks = Marks()
    try:
        title = marks.insert(fill_in(template.title, facts, marks))
        blocks = parse_blocks(fill_in(template.body, facts, marks), marks)
    except MissingFacts as error:
        raise MissingFacts(
            f"Le courrier « {letter_id} » ne peut pas être écrit : il manque {', '.join(error.missing)}.",
            error.missing,
        ) from None
    return Letter(
        id=letter_id,
        language=language,
        reference=timeline.dossier.reference,
        title=title,
        subject=template.subject,
        place_and_date=_place_and_date(profile, timeline.today, language, words),
        sender=_sender_lines(profile.expediteur),
        sender_contact=_contact_lines(profile.expediteur),
        recipient=recipient_lines(timeline.dossier.menage, words["labels"]["unknown_recipient"]),
        blocks=(*blocks, help_block(words)),
        signature=Signature(profile.signataire.formule, profile.signataire.nom, profile.signataire.fonction),
        labels=tuple((name, words["labels"][name]) for name in LETTER_LABELS),
        timeline=compose_timeline(timeline, profile, language),
        fictitious=words["labels"]["fictitious"] if profile.fictif else None,
    )


def recipient_lines(menage: Menage, unknown: str) -> tuple[str, ...]:
    """The lines of the envelope's window: at most six, people first, town last."""
    people = [line for person in menage.personnes if (line := person_line(person))]
    address = _address_lines(menage.adresse)
    if not people:
        people = [unknown]
    room = max(1, 6 - len(address))
    if len(people) > room:
        people = [*people[: room - 1], " et ".join(people[room - 1 :])]
    return (*people, *address)


def person_line(person: Personne) -> str:
    """« Mme Aïcha DURAND »: the name as it was typed."""
    return " ".join(part for part in (person.civilite, person.prenom, person.nom) if part)


def _address_lines(adresse: Adresse | None) -> tuple[str, ...]:
    if adresse is None:
        return ()
    town = " ".join(part for part in (adresse.code_postal, adresse.commune) if part)
    return (*adresse.lignes, town) if town else adresse.lignes


def _sender_lines(service: Service | None) -> tuple[str, ...]:
    return (service.nom, *_address_lines(service.adresse)) if service else ()


def _contact_lines(service: Service | None) -> tuple[str, ...]:
    if service is None:
        return ()
    phone = service.telephone.replace(" ", "\u00a0") if service.telephone else None
    return tuple(line for line in (phone, service.horaires, service.courriel) if line)


def _place_and_date(profile: Profile, today: date, language: str, words: Mapping[str, Any]) -> str:
    day = write_day(today, language=language)
    if profile.lieu is None:
        return day
    return str(words["labels"]["place_and_date"].format(place=profile.lieu, date=day))
