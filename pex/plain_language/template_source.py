"""A letter's template as texts to check: one for each way through its conditions, with sample values in the blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pex.errors import TemplateError
from pex.letters.glossary import explain
from pex.letters.marks import Marks
from pex.letters.review import read_review
from pex.letters.templates import HOUSEHOLD as HOUSEHOLD_NAME
from pex.letters.templates import TAGS_ALONE, parse_blocks, read_source
from pex.plain_language.text import HOUSEHOLD, PROFESSIONAL, SIGNER, SentenceMaker, Text, part_of

LATEST = date.max
TOKEN = re.compile(r"(\{%-?.*?-?%\}|\{\{.*?\}\})", re.DOTALL)
TAG = re.compile(r"\{%-?\s*(\w+)")
NAME = "Exemple"
"""What stands for a name of a person or of a service: hidden from the rules about words."""
ADDRESS = "3 rue du Palais, 00100 Brumeville"
# What stands for a value, by the end of its name; the day is a true Tuesday.
SAMPLES = (
    (r"(?:dernier_jour|date|jusqu_au|_le|a_partir_du|delais_jusqu_au)$", "mardi 9 février 2027"),
    (r"heure$", "9 h 30 du matin"),
    (r"(?:montant|mensualite|loyer|a_payer_chaque_mois)$", "330\u00a0€"),
    (r"^numeros\.|telephone$", "03\u00a053\u00a001\u00a000\u00a000"),
    (r"horaires$", "du lundi au vendredi, de 9 h à 12 h"),
    (r"^droit\.", "2 ans"),
    (r"(?:adresse|lieu)$", ADDRESS),
    (r"enfants$", "2"),
    (r"^organisme$", "la CAF"),
    (r"\.texte|motifs?$|attendu$", "Payer chaque mois une petite somme."),
)


@dataclass(slots=True)
class _Choice:
    """An « if » with its branches; `has_else` where one of them always holds."""

    branches: list[list[str | _Choice]] = field(default_factory=lambda: [[]])
    has_else: bool = False


def read_template_texts(path: Path, register: str = "standard") -> tuple[Text, ...]:
    """The texts that a template can give, as far as each condition is taken each way at least once.

    Raises TemplateError for a template that cannot be used as written.
    """
    head, body = read_source(path)
    titles, bodies = _parse(head["titre"]), _parse(TAGS_ALONE.sub(r"\1", body))
    ways = max(_ways(titles), _ways(bodies))
    sender, recipient = head.get("expediteur", "nous"), head.get("destinataire", HOUSEHOLD_NAME)
    reader = SIGNER if sender == HOUSEHOLD_NAME else HOUSEHOLD if recipient == HOUSEHOLD_NAME else PROFESSIONAL
    maker = SentenceMaker((NAME, ADDRESS))
    known = (path.parent.parent / "fr" / path.name).is_file() and path.parent.name == "fr"
    texts = (
        Text(
            name=path.stem,
            kind="modele",
            reader=reader,
            register=register if reader != PROFESSIONAL else "standard",
            title=maker.make(_written(titles, way), "title"),
            subject=maker.make(str(head["objet"]), "subject"),
            sender=(sender,),
            dated="2027",
            parts=tuple(part_of(block, maker) for block in parse_blocks(_written(bodies, way), Marks())),
            review=read_review(path.stem, "fr", path.parent.parent) if known else None,
        )
        for way in range(ways)
    )
    return tuple({(text.title, text.parts): text for text in texts}.values())


def _parse(source: str) -> list[str | _Choice]:
    """The source as words and choices. Raises TemplateError where an « if » is not closed."""
    root: list[str | _Choice] = []
    levels = [root]
    open_choices: list[_Choice] = []
    for piece in TOKEN.split(source):
        tag = TAG.match(piece)
        if tag is None:
            levels[-1].append(_sample(piece) if piece.startswith("{{") else piece)
        elif tag[1] == "if":
            choice = _Choice()
            levels[-1].append(choice)
            open_choices.append(choice)
            levels.append(choice.branches[0])
        elif tag[1] in ("elif", "else") and open_choices:
            open_choices[-1].branches.append([])
            open_choices[-1].has_else = tag[1] == "else"
            levels[-1] = open_choices[-1].branches[-1]
        elif tag[1] == "endif" and open_choices:
            open_choices.pop()
            levels.pop()
    if open_choices:
        raise TemplateError("Un « {% if … %} » n'est pas fermé par « {% endif %} ».")
    return root


def _ways(nodes: Sequence[str | _Choice]) -> int:
    """How many ways must be taken for each branch to be read once."""
    found = 1
    for node in nodes:
        if isinstance(node, _Choice):
            own = len(node.branches) + (0 if node.has_else else 1)
            found = max(found, own, *(_ways(branch) for branch in node.branches))
    return found


def _written(nodes: Sequence[str | _Choice], way: int) -> str:
    return "".join(_pieces(nodes, way))


def _pieces(nodes: Sequence[str | _Choice], way: int) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif way < len(node.branches):
            yield from _pieces(node.branches[way], way)
        elif node.has_else:
            yield from _pieces(node.branches[-1], way)


def _sample(blank: str) -> str:
    """A value for a blank: « {{ audience.date | jour }} » gives a day."""
    path, _, filters = blank.strip("{} \n").partition("|")
    if (word := path.strip()).startswith("mots."):
        return explain(word.removeprefix("mots."), LATEST).explanation
    value = next((sample for pattern, sample in SAMPLES if re.search(pattern, path.strip())), NAME)
    if "heure_courte" in filters:
        return value.removesuffix(" du matin")
    if "majuscule" in filters:
        return value[:1].upper() + value[1:]
    return value.partition(" ")[2] if filters.strip() == "jour" and value.startswith("mardi") else value
