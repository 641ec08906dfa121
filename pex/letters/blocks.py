"""A letter and a timeline page as named blocks of words, in no format yet.

Everything the reader sees is in these values: writers choose how it looks, never what it says.
Text is plain text: a writer must escape it for its own format. Pictograms are names of files of the
bank, or None. All sequences are tuples, so that a letter is a value that can be compared and kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style; `lang` is an IETF tag where it differs from the letter's language."""

    text: str
    strong: bool = False
    lang: str | None = None


Spans = tuple[Span, ...]
NEW_LINE = Span("\n")
"""Stands alone: what follows starts on a new line of the same paragraph, item or cell."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of one level; `ordered` where the order matters, and then the numbers are shown.

    `paper` names a drawing of `pictograms/papiers` whose numbered places the items tell, in the same order.
    """

    items: tuple[Spans, ...]
    ordered: bool = False
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: a header row, then rows whose first cell names the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    caption: str | None = None


Content = Paragraph | ItemList | Table
BlockKind = Literal["action", "contact", "section", "law"]


@dataclass(frozen=True, slots=True)
class Block:
    """A named part of a letter.

    `kind` says what it is for: `action` (what to do first, framed), `contact` (whom to call, framed),
    `section` (ordinary), `law` (words of the law, small and framed). `title` is a heading of level 2.
    The pictogram stands at the left of the block and is decoration: the title says the same.
    """

    id: str
    kind: BlockKind
    title: str | None
    contents: tuple[Content, ...]
    pictogram: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: « Pour le préfet, … », a person's name and role."""

    formula: str | None
    name: str | None
    role: str | None


StepState = Literal["done", "here", "may_happen"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated thing inside the current step: what happened, what is planned, what may happen.

    `date` is already written out (« mardi 9 février 2027 »), None where it is not known or not certain.
    """

    label: str
    state: StepState
    state_label: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five big steps. `zoom` fields (milestones, deadlines) are empty but for the current step.

    `deadlines` are the dates that run now, each « label : date »; `ways_out` is what the household can
    still do, `help` who helps at this step.
    """

    id: str
    number: int
    label: str
    pictogram: str
    state: StepState
    state_label: str
    sentence: Spans
    milestones: tuple[Milestone, ...] = ()
    deadlines: tuple[Milestone, ...] = ()
    ways_out: tuple[Spans, ...] = ()
    help: Spans | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """One of the two endings, drawn at equal size."""

    label: str
    pictogram: str
    sentence: Spans


@dataclass(frozen=True, slots=True)
class Note:
    """A remark under the steps: the winter truce, what is not known, a suspension."""

    pictogram: str | None
    title: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The household's timeline: five steps, a zoom on the current one, two endings, whom to call.

    `labels` holds the small words of the page: `ways_out` (« Vous pouvez : »), `help`, `deadlines`,
    `milestones`, `endings`, `step` (« Étape {number} »), `page` (« Page {page} sur {pages} »).
    """

    language: str
    title: str
    household: str
    intro: Spans
    steps: tuple[Step, ...]
    endings: tuple[Ending, ...]
    notes: tuple[Note, ...]
    contact: Block | None
    printed_on: str
    labels: tuple[tuple[str, str], ...]
    reference: str
    fictitious: str | None = None

    def label(self, name: str) -> str:
        """The small word of that name; KeyError where the words file does not hold it."""
        return dict(self.labels)[name]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in no format: sender, recipient, title, named blocks, signature, and the timeline overleaf.

    `title` is the heading of level 1 and says what to do. `subject` is the « objet », short, and never
    seen through the envelope window. `sender` and `recipient` are lines of a postal address, at most six.
    `fictitious` is the mention to print on an invented example, None on a real letter.
    `labels`: `page` (« Page {page} sur {pages} »), `subject` (« Objet »), `reference` (« Référence »),
    `our_contact`. `register` is standard, simple (large, a sentence a line) or complet (with the law).
    `edition` says which text it is, and who read it: it goes into the file's properties.
    `is_personal` where the household itself writes: on plain paper, without the office's logo.
    """

    id: str
    language: str
    reference: str
    title: str
    subject: str
    place_and_date: str
    sender: tuple[str, ...]
    sender_contact: tuple[str, ...]
    recipient: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: Signature
    labels: tuple[tuple[str, str], ...]
    timeline: TimelinePage | None = None
    fictitious: str | None = None
    register: str = "standard"
    edition: str = ""
    is_personal: bool = False

    def label(self, name: str) -> str:
        """The small word of that name; KeyError where the words file does not hold it."""
        return dict(self.labels)[name]
