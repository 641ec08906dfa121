"""A template + a timeline + a profile → a Letter, in no format yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pex import __version__
from pex.dossier.facts import Adresse, Dossier, Menage, Personne
from pex.errors import MissingFacts, OutputRefused
from pex.law import read_law
from pex.letters.blocks import Letter, Signature, TimelinePage
from pex.letters.facts_for_words import facts_for
from pex.letters.marks import Marks, Missing, write_day
from pex.letters.no_breaks import bind, bind_numbers
from pex.letters.papers import main_paper, paper_block
from pex.letters.registers import COMPLETE, STANDARD, check_register, in_register, law_blocks
from pex.letters.review import read_review
from pex.letters.templates import (
    HOUSEHOLD,
    fact_names,
    fill_in,
    is_for_household,
    letter_ids,
    parse_blocks,
    read_template,
    read_words,
    stages_of,
)
from pex.letters.timeline_page import compose_timeline, help_block
from pex.profile import Profile, Service
from pex.timeline import Timeline

LETTER_LABELS = ("page", "subject", "reference", "our_contact", "stamp")


def letters_for(timeline: Timeline, language: str = "fr") -> tuple[str, ...]:
    """Ids of the letters that fit the household's stage; none at some stages."""
    found = []
    facts: dict[str, Any] | None = None
    for letter_id in letter_ids(language):
        if timeline.stage not in stages_of(letter_id, language):
            continue
        template = read_template(letter_id, language)
        if not template.in_force(timeline.today):
            continue
        if template.fits is not None:
            facts = facts or facts_for(timeline, Profile(), read_law(), read_words(language))
            if not template.fits(**facts):
                continue
        found.append(letter_id)
    return tuple(found)


def compose_letter(
    letter_id: str, timeline: Timeline, profile: Profile, language: str = "fr", register: str = STANDARD
) -> Letter:
    """Write the letter for that household, its timeline overleaf where it is one for the household.

    In the registers « simple » and « complet » the sheet holds a longer letter, and no timeline.
    Raises MissingFacts, with the paths, for a fact without which the letter would have a blank, and
    TemplateError for a letter, a language or a register that does not exist, OutputRefused for a letter that
    says the contrary of the dossier.
    """
    check_register(register)
    profile = profile.near(timeline.dossier)
    template = read_template(letter_id, language, own=profile.letters)
    words = read_words(language)
    facts = facts_for(timeline, profile, read_law(), words)
    marks = Marks()
    try:
        _check_needs(template.needs, facts)
        title = marks.insert(bind(fill_in(template.title, facts, marks)))
        blocks = parse_blocks(fill_in(template.body, facts, marks), marks)
        recipient = _recipient(template.recipient, timeline.dossier, profile, words)
        sender = _sender(template.sender, timeline.dossier, profile, words)
    except MissingFacts as error:
        raise MissingFacts(
            f"Le courrier « {letter_id} » ne peut pas être écrit : il manque "
            f"{' ; '.join(_told(path, language) for path in error.missing)}.",
            error.missing,
        ) from None
    if template.only_if is not None and not template.only_if(**facts):
        raise OutputRefused(f"Le courrier « {letter_id} » ne convient pas à ce dossier. {template.otherwise}")
    to_household = is_for_household(letter_id, language)
    all_blocks = in_register((*blocks, help_block(words)) if to_household else blocks, register)
    if register == COMPLETE:
        paper = main_paper(timeline.stage) if to_household and timeline.stage in template.stages else None
        all_blocks += (paper_block(paper, language),) if paper else ()
        all_blocks += law_blocks(timeline, words, language)
    return Letter(
        id=letter_id,
        language=language,
        reference=timeline.dossier.reference,
        title=title,
        subject=template.subject,
        place_and_date=_place_and_date(template.sender, timeline, profile, language, words),
        sender=sender.lines,
        sender_contact=sender.contact,
        recipient=recipient,
        blocks=all_blocks,
        signature=sender.signature,
        labels=tuple((name, words["labels"][name]) for name in LETTER_LABELS),
        timeline=_overleaf(template.has_timeline and register == STANDARD, timeline, profile, language),
        fictitious=words["labels"]["fictitious"] if profile.fictif else None,
        register=register,
        edition=_edition(letter_id, language, profile),
        is_personal=template.sender == HOUSEHOLD,
    )


def _edition(letter_id: str, language: str, profile: Profile) -> str:
    if profile.letters is not None and (profile.letters / f"{letter_id}.md").is_file():
        return f"pex {__version__}, courrier {letter_id}, texte du service"
    review = read_review(letter_id, language)
    return f"pex {__version__}, courrier {letter_id}, texte {review.fingerprint}, {review.status}"


def _overleaf(wanted: bool, timeline: Timeline, profile: Profile, language: str) -> TimelinePage | None:
    return compose_timeline(timeline, profile, language) if wanted else None


def _check_needs(needs: tuple[str, ...], facts: Mapping[str, Any]) -> None:
    """Raises MissingFacts with every fact that the letter needs and nobody gave: all are asked for at once."""
    missing = []
    for path in needs:
        value: Any = facts
        for name in path.removeprefix("profil.").replace("expediteur", "nous").split("."):
            value = value[name] if isinstance(value, Mapping) else getattr(value, name)
        if isinstance(value, Missing):
            missing.append(path)
    if missing:
        raise MissingFacts(f"Il manque {', '.join(missing)}.", missing)


@dataclass(frozen=True, slots=True)
class _Sender:
    lines: tuple[str, ...]
    contact: tuple[str, ...]
    signature: Signature


def _sender(kind: str, dossier: Dossier, profile: Profile, words: Mapping[str, Any]) -> _Sender:
    """Who writes: the household, or an office of the profile. Raises MissingFacts for one it does not have."""
    if kind == HOUSEHOLD:
        lines = recipient_lines(dossier.menage, words["labels"]["unknown_recipient"])
        names = [line for person in dossier.menage.personnes if (line := person_line(person))]
        return _Sender(lines, (), Signature(words["labels"]["sign_here"], " et ".join(names) or None, None))
    service = _office(kind, profile)
    signer = profile.signataire
    signature = Signature(signer.formule, signer.nom, signer.fonction)
    return _Sender(_sender_lines(service), _contact_lines(service), signature)


def _office(kind: str, profile: Profile) -> Service | None:
    if kind == "nous":
        return profile.expediteur
    name = kind.removeprefix("service:")
    if name == "ccapex":
        return profile.services.get(name) or profile.expediteur
    if name not in profile.services:
        path = f"profil.services.{name}"
        raise MissingFacts(f"Il manque « {path} ».", [path])
    return profile.services[name]


def _recipient(kind: str, dossier: Dossier, profile: Profile, words: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines of the envelope's window. Raises MissingFacts where nobody can be written to."""
    if kind == HOUSEHOLD:
        return recipient_lines(dossier.menage, words["labels"]["unknown_recipient"])
    if kind == "bailleur":
        if dossier.bailleur.nom is None:
            raise MissingFacts("Il manque « bailleur.nom ».", ["bailleur.nom"])
        address = dossier.bailleur.adresse
        return (
            (dossier.bailleur.nom, *(part.strip() for part in address.split(",")))
            if address
            else (dossier.bailleur.nom,)
        )
    service = _office(kind, profile)
    return (service.nom, *_window_lines(service.adresse)) if service else ()


def _told(path: str, language: str) -> str:
    """« la date de l'audience (à demander au ménage ou au greffe) »."""
    entry = fact_names(language).get(path)
    return f"{entry['nom']} (à demander : {entry['demander_a']})" if entry else path


def recipient_lines(menage: Menage, unknown: str) -> tuple[str, ...]:
    """The lines of the envelope's window: at most six, people first, town last."""
    people = [line for person in menage.personnes if (line := person_line(person))]
    address = () if menage.adresse_confidentielle else _window_lines(menage.adresse)
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


def _window_lines(adresse: Adresse | None) -> tuple[str, ...]:
    """An address as the post reads it best: its last line, postcode and town, in capitals."""
    lines = _address_lines(adresse)
    town = adresse is not None and (adresse.code_postal or adresse.commune)
    return (*lines[:-1], lines[-1].upper()) if town else lines


def _sender_lines(service: Service | None) -> tuple[str, ...]:
    return (service.nom, *_address_lines(service.adresse)) if service else ()


def _contact_lines(service: Service | None) -> tuple[str, ...]:
    if service is None:
        return ()
    return tuple(bind_numbers(line) for line in (service.telephone, service.horaires, service.courriel) if line)


def _place_and_date(sender: str, timeline: Timeline, profile: Profile, language: str, words: Mapping[str, Any]) -> str:
    day = write_day(timeline.today, language=language)
    address = timeline.dossier.menage.adresse
    place = (address.commune if address else None) if sender == HOUSEHOLD else profile.lieu
    if place is None:
        return day
    return str(words["labels"]["place_and_date"].format(place=place, date=day))
