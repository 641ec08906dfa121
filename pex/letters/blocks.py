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


StepState = Literal["done", "here", "may_happen", "beside"]
MilestoneState = Literal["done", "here", "may_happen", "paused"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A thing with its date: what happened, what is planned or to do (`here`), what may happen, what is paused.

    `date` is already written out (« mardi 9 février 2027 »), None where it is not known or not certain;
    `numerals` is the same in digits, for who reads no words. `reason` says in a line where the date comes from.
    `state_label` is not written beside what is done: the words of a thing done are in the past.
    """

    label: str
    state: MilestoneState
    state_label: str
    date: str | None = None
    reason: str | None = None
    pictogram: str | None = None
    numerals: str | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """Something the household can do, whole and in three or four words."""

    spans: Spans
    short: str
    pictogram: str | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """Who helps: a person or a service, with the number to call where one is known."""

    name: str
    phone: str | None = None
    pictogram: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark: what is not known (`note`), what holds the procedure up (`pause`), the winter truce (`truce`).

    `short` says the same in few words, `numerals` its days in digits (« → 31/03/2027 »).
    """

    pictogram: str | None
    title: str
    spans: Spans
    kind: Literal["note", "pause", "truce"] = "note"
    short: Spans = ()
    numerals: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five big steps, or, with no number, what goes on beside them (`beside`).

    `bands` are drawn across the step: pauses, the winter truce. `milestones` are the step's own events;
    `deadlines` the dates that run now, each « label : date », for the current step only. `ways_out` is what
    the household can do, under the words of `ways_label`; `help` is who helps.
    """

    id: str
    number: int | None
    label: str
    pictogram: str
    state: StepState
    state_label: str
    sentence: Spans
    milestones: tuple[Milestone, ...] = ()
    deadlines: tuple[Milestone, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    ways_label: str = ""
    help: tuple[Helper, ...] = ()
    bands: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """One of the two endings, drawn at equal size."""

    label: str
    pictogram: str
    sentence: Spans


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The household's timeline, as the ordered list of all that it says; every drawing of it is made from this.

    Five steps, then what goes on beside them, the endings, remarks, whom to call. `version` is « complete »,
    « peu_de_mots » or « images »; in the last one the words are not shown: they are the pictures' alternative text.
    `mention` is a small line at the foot. `labels` holds the small words of the page: `help`, `deadlines`,
    `milestones`, `endings`, `step` (« Étape {number} »), `page` (« Page {page} sur {pages} »), `reference`.
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
    version: str = "complete"
    mention: str | None = None

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
