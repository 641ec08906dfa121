"""R01 to R10: what the letter is for, and the order it says it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pex.plain_language.measures import measure
from pex.plain_language.remarks import TO_SEE, Finding
from pex.plain_language.rules.matching import FULL_DATE, PHONE, at, expression
from pex.plain_language.rules.registry import Limits, read_list, rule, sentence_rule
from pex.plain_language.text import Part, Sentence, Text
from pex.plain_language.words import count_words

DURATION = re.compile(
    r"\b(?:dans|sous|avant|délai de|délai d'|vous avez) (?:les |un délai de )?"
    r"(?:\d+|un|une|deux|trois|six|huit|quinze) (?:jours?|semaines?|mois|ans?)\b"
    r"|\b\d+ (?:jours?|semaines?|mois|ans?) (?:à compter|à partir|après)"
    r"|\b\d+ (?:jours?|semaines?|mois|ans?) pour (?:payer|répondre|partir|quitter|faire|demander)"
)
ARTICLE = re.compile(r"\b(?:articles? )?[LRD]\. ?\d[\d-]*(?:-\d+)*|\barticles? \d+")


@rule("R01")
def one_action(text: Text, limits: Limits) -> Iterator[Finding]:
    """One block of kind « action », and a title that starts with a verb in the imperative."""
    if not text.is_letter:
        return
    blocks = [part for part in text.parts if part.kind == "action"]
    title = text.title or Sentence("")
    if len(blocks) != 1:
        count = "Il n'y a pas de bloc" if not blocks else f"Il y a {len(blocks)} blocs"
        yield at(title, instead=f"{count} « action » : il en faut un, et un seul.")
    first = re.match(r"[\w'-]+", title.lower)
    verb = first.group().removesuffix("-nous").removesuffix("-vous") if first else ""
    if verb not in read_list("verbs")["imperatives"]:
        yield at(title, verb, "Commencez le titre par ce qu'il faut faire : « Appelez… », « Venez… », « Payez… ».")


@rule("R02")
def action_first(text: Text, limits: Limits) -> Iterator[Finding]:
    if not text.is_letter or text.action() is None:
        return
    before = 0
    for part in text.parts:
        if part.kind == "action":
            break
        before += sum(count_words(sentence.bare) for sentence in part.sentences)
    if before > limits["mots_avant"]:
        yield at(text.title or Sentence(""), f"{before} mots avant le bloc « action »")


@rule("R03")
def who_writes(text: Text, limits: Limits) -> Iterator[Finding]:
    """The sender, the date, and a short subject; without a word of law for a household."""
    subject = text.subject or Sentence("")
    if not text.is_letter:
        if count_words(subject.bare) > limits["mots_objet"]:
            yield at(subject, instead=f"Donnez un objet de {limits['mots_objet']} mots au plus.", level=TO_SEE)
        return
    if not text.sender:
        yield at(subject, instead="Il manque l'expéditeur : dites qui écrit.")
    if not re.search(r"\d{4}", text.dated):
        yield at(subject, instead="Il manque la date de la lettre.")
    if not subject.text or count_words(subject.bare) > limits["mots_objet"]:
        yield at(subject, instead=f"Donnez un objet de {limits['mots_objet']} mots au plus.")
    if text.reader == "menage" and (match := re.search(read_list("verbs")["threats"], subject.lower)):
        yield at(subject, match.group(), "Enlevez ce mot de l'objet : il fait peur, et d'autres peuvent le lire.")


@rule("R04")
def someone_to_call(text: Text, limits: Limits) -> Iterator[Finding]:
    """A telephone number in the action block; in a Word file, anywhere."""
    if text.kind == "docx":
        if not any(PHONE.search(sentence.bare) for sentence in text.read()):
            yield at(text.title or Sentence(text.name), instead="Ajoutez un numéro à appeler.", level=TO_SEE)
    elif (
        text.is_letter
        and (action := text.action()) is not None
        and not any(PHONE.search(sentence.bare) for sentence in action.sentences)
    ):
        yield at(action.title or Sentence(""), instead="Ajoutez un numéro à appeler dans ce bloc.")


@rule("R05")
def a_date_not_a_duration(text: Text, limits: Limits) -> Iterator[Finding]:
    """A period to act in has its date in the same sentence or the next; a date is not repeated everywhere."""
    for part in text.open_parts():
        for place, sentence in enumerate(part.sentences):
            if match := DURATION.search(sentence.lower):
                near = " ".join(near.bare for near in part.sentences[place : place + 2])
                if not FULL_DATE.search(near):
                    yield at(sentence, match.group())
    if text.kind != "lettre":
        return
    dates = [match.group() for sentence in text.read() for match in FULL_DATE.finditer(sentence.bare)]
    for day in dict.fromkeys(dates):
        if dates.count(day) > limits["rappels"]:
            where = next(sentence for sentence in text.read() if day in sentence.bare)
            yield at(where, day, f"« {day} » est écrit {dates.count(day)} fois : deux suffisent.", TO_SEE)


@rule("R06")
def no_threat(text: Text, limits: Limits) -> Iterator[Finding]:
    """What frightens is never in the title or the first sentence, and is followed by a help."""
    verbs = read_list("verbs")
    threat, helps = expression(verbs["threats"]), re.compile(verbs["help"])
    first = next(iter(text.body()), None)
    for sentence in filter(None, (text.title, first)):
        if text.kind != "texte" and (match := threat.search(sentence.lower)):
            yield at(
                sentence, match.group(), "Enlevez ce mot du titre et de la première phrase : commencez par l'action."
            )
    for part in text.open_parts():
        for place, sentence in enumerate(part.sentences):
            match = threat.search(sentence.lower)
            around = " ".join(near.lower for near in _around(part, place, int(limits["phrases"])))
            if match and not helps.search(around):
                yield at(sentence, match.group(), "Dites juste après qui peut aider, ou ce qui reste possible.", TO_SEE)


@rule("R07")
def one_page(text: Text, limits: Limits) -> Iterator[Finding]:
    if text.is_letter and (long := measure([sentence.bare for sentence in text.read()]).words) > limits["mots"]:
        yield at(
            text.title or Sentence(""), f"{long} mots", f"Gardez {limits['mots']} mots au plus sur la première page."
        )


@sentence_rule("R08")
def law_in_its_box(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    """An article number belongs to the locked block."""
    if match := ARTICLE.search(sentence.bare):
        yield at(sentence, match.group())


@rule("R09")
def headings_that_speak(text: Text, limits: Limits) -> Iterator[Finding]:
    for heading in (part.title for part in text.open_parts() if part.title):
        if (long := count_words(heading.bare)) > limits["mots"]:
            yield at(heading, f"{long} mots")
    if text.title and (long := count_words(text.title.bare)) > limits["mots_du_titre"]:
        yield at(text.title, f"{long} mots")


@rule("R10")
def short_lists(text: Text, limits: Limits) -> Iterator[Finding]:
    for part in text.open_parts():
        heading = part.title or Sentence("")
        if (most := max(part.lists, default=0)) > limits["points"]:
            yield at(heading, f"{most} points")
        if part.depth > 1:
            yield at(heading, "une liste dans une liste")


def _around(part: Part, place: int, reach: int) -> tuple[Sentence, ...]:
    heading = (part.title,) if part.title else ()
    return (*heading, *part.sentences[max(0, place - 1) : place + 1 + reach])
