"""R11 to R15, R18, R20: how a sentence is built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pex.plain_language.measures import measure
from pex.plain_language.remarks import BLOCKING, INFORMATION, TO_SEE, Finding
from pex.plain_language.rules.matching import at
from pex.plain_language.rules.registry import Limits, read_list, rule, sentence_rule
from pex.plain_language.text import Sentence, Text
from pex.plain_language.words import count_words, split_words

# « le rendez-vous avec le juge (audience) »: the official word, which is on the paper, may stand in brackets.
ASIDE = re.compile(r"\((?!(?:[^\s()]+ ){0,4}[^\s()]+\))[^()]*\)")
SUBORDINATORS = re.compile(
    r"(?<!ce )(?<!est-)(?<!plus )\b"
    r"(?:qui|que|qu'|dont|où|lorsque|lorsqu'|afin que|si|tandis que|puisque|bien que|parce que)\b"
)
NEGATION = re.compile(r"\b(?:ne|n')(?=[ \w])")
WITHOUT = re.compile(r"\bsans\b")
ETRE = (
    r"(?:est|es|sont|était|étaient|sera|seront|serait|seraient|soit|soient|suis|sommes|êtes|serez|serai|fut|furent"
    r"|(?:a|ont|avez|avons|ai|aura|auront|avait) été|être|étant)"
)
PARTICIPLE = r"(?P<participle>[a-zàâçéèêëîïôûü]{2,}(?:é|i|u|it|is|ert|eint|ait|aint|oint|uit|os)(?:e|s|es)?)"
PASSIVE = re.compile(
    rf"\b(?P<aux>{ETRE}) (?:pas |plus |jamais |aussi |toujours |bien |déjà |ensuite |alors )?{PARTICIPLE}\b"
)
CONDITIONAL = re.compile(r"\b[a-zàâçéèêëîïôûü]+r(?:ais|ait|ions|iez|aient)\b")
IMPERFECT_SUBJUNCTIVE = re.compile(r"\b(?:fût|eût|fussent|eussent|[a-zé]+assent|(?!dég|mât|bât|appât)[a-zé]+ât)\b")
PRONOUN = re.compile(r"(?:il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière|ces derniers) ")


@sentence_rule("R11")
def short_sentences(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    if sentence.is_running and (long := count_words(sentence.bare)) > limits["a_voir"]:
        level = BLOCKING if long > limits["bloquant"] else TO_SEE
        yield at(sentence, f"{long} mots", f"Cette phrase a {long} mots : coupez-la, une idée dans chacune.", level)


@rule("R12")
def short_on_average(text: Text, limits: Limits) -> Iterator[Finding]:
    """The mean over whole sentences: headings and bare items, which would lower it, are left out."""
    counted = measure([sentence.bare for sentence in text.body() if _is_whole(sentence)])
    if counted.sentences >= 3 and counted.mean > limits["moyenne"]:
        mean = f"{counted.mean:.1f}".replace(".", ",")
        yield Finding(
            f"{counted.sentences} phrases",
            f"{mean} mots en moyenne",
            f"La moyenne est de {mean} mots par phrase : visez {limits['moyenne']} au plus.",
        )


@sentence_rule("R13")
def one_idea(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    bare = sentence.lower
    subordinators = SUBORDINATORS.findall(bare)
    if not sentence.is_running:
        return
    if ";" in bare.rstrip(" ;"):
        yield at(sentence, ";", "Remplacez le point-virgule par un point.")
    elif aside := ASIDE.search(sentence.bare):
        yield at(sentence, aside.group(), "Enlevez les parenthèses : faites une phrase à part.")
    elif len(subordinators) >= limits["subordonnants"]:
        yield at(sentence, " … ".join(subordinators))
    elif bare.count(",") > limits["virgules"] and not _is_list_of_words(bare):
        yield at(sentence, f"{bare.count(',')} virgules")


@sentence_rule("R14")
def active_voice(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    for match in PASSIVE.finditer(sentence.lower if sentence.is_running else ""):
        if not _is_active(match["aux"], match["participle"], sentence.lower[: match.start()]):
            yield at(sentence, match.group(), f"« {match.group()} » : dites qui le fait, avec un verbe actif.")
            return


@rule("R15")
def positive_sentences(text: Text, limits: Limits) -> Iterator[Finding]:
    """Two negations in a sentence block; a text mostly negative is told."""
    protective = read_list("verbs")["protective"]
    sentences = list(text.body())
    negative = [sentence for sentence in sentences if NEGATION.search(sentence.lower)]
    for sentence in negative:
        many = len(NEGATION.findall(sentence.lower))
        if WITHOUT.search(sentence.lower) and not re.search(r"sans (?:rien|attendre|frais)", sentence.lower):
            yield at(sentence, "ne … sans", "Deux négations : dites ce qui est possible, à quelle condition.")
        elif many > 1 and not any(phrase in sentence.lower for phrase in protective):
            yield at(sentence, f"{many} négations", level=TO_SEE)
    unprotected = [sentence for sentence in negative if not any(phrase in sentence.lower for phrase in protective)]
    if len(sentences) >= 6 and len(unprotected) > limits["part_negative"] * len(sentences):
        yield Finding(
            f"{len(unprotected)} phrases négatives sur {len(sentences)}", level=INFORMATION,
            instead="Dites ce qu'il faut faire plutôt que ce qu'il ne faut pas faire.",
        )  # fmt: skip


@sentence_rule("R18")
def simple_tenses(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    verbs = read_list("verbs")
    bare = sentence.lower
    conditional = next((word for word in CONDITIONAL.findall(bare) if word not in verbs["not_conditional"]), None)
    past = IMPERFECT_SUBJUNCTIVE.search(bare)
    start = re.match(r"[«\" ]*(?:n'|ne )?([a-zàâçéèêëîïôûü]+ant)\b", bare)
    if conditional:
        yield at(sentence, conditional, f"« {conditional} » est au conditionnel : mettez le présent ou « peut ».")
    elif past:
        yield at(sentence, past.group(), f"« {past.group()} » : mettez le présent.")
    elif start and start[1] not in verbs["not_participle"]:
        yield at(sentence, start[1], f"« {start[1].capitalize()} … » : commencez par qui fait quoi.")


@sentence_rule("R20")
def clear_pronouns(sentence: Sentence, limits: Limits) -> Iterator[Finding]:
    clear = tuple(read_list("verbs")["impersonal"])
    if (match := PRONOUN.match(sentence.lower)) and not sentence.lower.startswith(clear):
        yield at(sentence, match.group().strip())


def _is_whole(sentence: Sentence) -> bool:
    """A sentence that ends as one; « cette lettre et l'assignation » in a list is none."""
    return sentence.role == "sentence" or sentence.bare.rstrip(' »"')[-1:] in ".!?…"


def _is_list_of_words(bare: str) -> bool:
    """« cartes, photos, ordonnances, diplômes »: short things one after the other, no idea in another."""
    _, _, rest = bare.rpartition(":")
    return all(len(split_words(piece)) <= 4 for piece in rest.split(",")[:-1])


def _is_active(auxiliary: str, participle: str, before: str) -> bool:
    verbs = read_list("verbs")
    forms = {participle, participle.removesuffix("s"), participle.removesuffix("e"), participle.removesuffix("es")}
    if forms & {*verbs["with_etre"], *verbs["adverbs"]} or re.search(r"(?:\bs'|\bse |\bc'|\bce )$", before):
        return True
    return "été" not in auxiliary and bool(forms & set(verbs["states"]))
