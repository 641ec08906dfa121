"""All that is known of one letter of the catalogue: before it is written, and before it is trusted."""

from __future__ import annotations

from collections.abc import Iterator

from pex.dates import write_date
from pex.law import read_law
from pex.law.reading import read_sources
from pex.letters.review import Review, read_review, write_share
from pex.letters.templates import HOUSEHOLD, LetterTemplate, fact_names, read_template
from pex.profile import Profile

CERTAINTIES = {"certaine": "textes lus", "a_confirmer": "à confirmer par un juriste"}


def letter_card(letter_id: str, profile: Profile | None = None) -> Iterator[str]:
    """Lines for a screen: who writes to whom, when, with which facts, on which law, read by whom."""
    template = read_template(letter_id, own=profile.letters if profile else None)
    yield f"{template.id} : {template.subject}"
    yield f"De : {_who(template.sender)}. À : {_who(template.recipient)}."
    yield f"Action demandée : {template.main_action}."
    yield from _when(template)
    yield "Faits nécessaires :"
    names = fact_names()
    for path in template.needs:
        told = names[path]
        yield f"  - {told['nom']} (à demander : {told['demander_a']})"
    if not template.needs:
        yield "  aucun : ce qui manque est laissé de côté"
    yield from _law(template)
    yield from review_lines(read_review(letter_id))


def _who(kind: str) -> str:
    known = {HOUSEHOLD: "le ménage", "nous": "votre service", "ccapex": "la CCAPEX", "bailleur": "le bailleur"}
    return known.get(kind) or f"le service « {kind.removeprefix('service:')} » de votre profil"


def _when(template: LetterTemplate) -> Iterator[str]:
    stages = read_law().stages
    if template.stages:
        yield f"Choisi tout seul à l'étape : {', '.join(stages[stage].name for stage in template.stages)}."
    else:
        yield f"Écrit à la demande : pex courriers FICHIER --courrier {template.id}"
    if template.since:
        yield f"Depuis le {write_date(template.since)}."


def _law(template: LetterTemplate) -> Iterator[str]:
    sources = read_sources()
    if template.sources:
        yield f"Textes : {', '.join(sources[name].title for name in template.sources)}."
    yield f"Droit : {CERTAINTIES[template.certainty]}."
    if template.note:
        yield f"À savoir : {' '.join(template.note.split())}"


def review_lines(review: Review) -> Iterator[str]:
    """Who signed, what the linter said, what readers found: each for the text as it is, or for one before it."""
    yield f"Relecture : {review.status} (empreinte du texte : {review.fingerprint})"
    for name, sign in (("le droit", review.law), ("les mots", review.words)):
        if sign is None:
            yield f"  - personne n'a encore signé {name}"
        else:
            yield f"  - {name} : {sign.by}, le {write_date(sign.day)}{_before(sign.fingerprint, review)}"
    if review.check is not None:
        check = review.check
        yield (
            f"  - contrôle du langage du {write_date(check.day)} : {check.blocking} bloquant, {check.to_see} à voir"
            f"{_before(check.fingerprint, review)}"
        )
    if not review.tests:
        yield "  - aucun essai avec des lecteurs"
    for test in review.tests:
        about = " ; ".join(filter(None, (test.place, test.panel)))
        yield f"  - essai du {write_date(test.day)}{_before(test.fingerprint, review)}{f' ({about})' if about else ''}"
        for question, found in test.found.items():
            yield f"      {question} : {write_share(found, test.readers)}"
        if test.changes:
            yield f"      changé ensuite : {test.changes}"


def _before(fingerprint: str, review: Review) -> str:
    return "" if fingerprint == review.fingerprint else " — pour un texte d'avant"
