"""What is read by the linter: a text as parts and sentences, wherever it comes from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Spans, TimelinePage
from pex.letters.registers import SIMPLE, STANDARD
from pex.letters.review import Review, read_review
from pex.letters.templates import is_for_household
from pex.plain_language.words import normalised, split_sentences

HOUSEHOLD, SIGNER, PROFESSIONAL = "menage", "signataire", "professionnel"
READERS = (HOUSEHOLD, SIGNER, PROFESSIONAL)
Kind = Literal["lettre", "modele", "frise", "texte", "docx"]
Role = Literal["title", "subject", "heading", "sentence", "item", "cell"]

STREET = r"rue|avenue|av|boulevard|bd|place|allée|chemin|impasse|route|quai|square|cours|passage|faubourg"
ADDRESS = re.compile(
    rf"\b\d+(?: bis| ter)?,? (?:{STREET})\b[^.;:()!?\n]*?(?=(?:, \d{{5}} )|[.;:()!?\n]|$)|\b\d{{5}} [A-ZÉÈÀ][\w' -]*",
    re.IGNORECASE,
)
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
LOCKED_HEADING = re.compile(r"^(?:le |les )?textes?(?: de (?:la )?loi.*)?$|^texte de la loi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, list item or cell.

    `text` is what the reader sees; `bare` is what rules search: composed, straight apostrophes, plain spaces, postal
    addresses and proper names replaced by « Nom ». `line` counts from 1 in a file.
    """

    text: str
    role: Role = "sentence"
    bare: str = ""
    line: int | None = None

    @property
    def lower(self) -> str:
        return self.bare.lower()

    @property
    def is_running(self) -> bool:
        """False for a title, a subject or a heading, which are no sentences."""
        return self.role in ("sentence", "item", "cell")


@dataclass(frozen=True, slots=True)
class Part:
    """A block: its heading, then its sentences. `locked` where the words are the law's own: rules leave it alone.

    `lists` holds the number of items of each list, `columns` the widest table's, `depth` the deepest list's level.
    """

    kind: str = "section"
    title: Sentence | None = None
    sentences: tuple[Sentence, ...] = ()
    lists: tuple[int, ...] = ()
    columns: int = 0
    depth: int = 1
    pictogram: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a Word file says of its look. `smallest` in points; the rest, counts of paragraphs or pictures."""

    smallest: float | None = None
    fonts: tuple[str, ...] = ()
    justified: int = 0
    italic: int = 0
    underlined: int = 0
    columns: int = 1
    tight: int = 0
    has_page_number: bool = False
    title: str = ""
    language: str = ""
    headings: int = 0
    pictures_without_words: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text to check. `sender`, `subject`, `dated` and `recipient` are empty where the kind has none."""

    name: str
    kind: Kind
    reader: str = HOUSEHOLD
    register: str = "standard"
    title: Sentence | None = None
    subject: Sentence | None = None
    sender: tuple[str, ...] = ()
    dated: str = ""
    parts: tuple[Part, ...] = ()
    look: PageLook | None = None
    review: Review | None = None
    day: date | None = None

    @property
    def is_letter(self) -> bool:
        return self.kind in ("lettre", "modele")

    def body(self) -> Iterator[Sentence]:
        """The sentences, items and cells that are not locked, headings left out."""
        for part in self.open_parts():
            yield from part.sentences

    def read(self) -> Iterator[Sentence]:
        """Everything a reader meets that is not locked: title, headings, body."""
        if self.title:
            yield self.title
        for part in self.open_parts():
            if part.title:
                yield part.title
            yield from part.sentences

    def open_parts(self) -> Iterator[Part]:
        return (part for part in self.parts if not part.locked)

    def action(self) -> Part | None:
        """The block that says what to do first."""
        return next((part for part in self.parts if part.kind == "action"), None)


class SentenceMaker:
    """Makes sentences, with these proper names and addresses hidden from the rules about words."""

    def __init__(self, names: Collection[str] = ()) -> None:
        known = {normalised(name).strip() for name in names if len(name.strip()) > 2}
        self._names = tuple(sorted(known, key=len, reverse=True))

    def _bare(self, text: str) -> str:
        """Letters share most of their sentences: what does not depend on the household is prepared once."""
        text = _spaced(text)
        for name in self._names:
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _hide, text)
        return _without_addresses(text)

    def make(self, text: str, role: Role = "sentence", line: int | None = None) -> Sentence:
        return Sentence(text, role, self._bare(text), line)

    def cut(self, text: str, role: Role = "sentence", line: int | None = None) -> list[Sentence]:
        """The sentences of a paragraph, an item or a cell."""
        return [self.make(sentence, role, line) for sentence in split_sentences(text)]


@lru_cache(maxsize=16384)
def _spaced(text: str) -> str:
    return normalised(text).translate(SPACES)


@lru_cache(maxsize=16384)
def _without_addresses(text: str) -> str:
    return ADDRESS.sub("Adresse", text) if any(character.isdigit() for character in text) else text


class PartMaker:
    """Parts of a running text, cut at its headings; what stands under a heading of law is locked."""

    def __init__(self, maker: SentenceMaker) -> None:
        self.parts: list[Part] = []
        self.title: Sentence | None = None
        self._maker = maker
        self._heading: Sentence | None = None
        self._sentences: list[Sentence] = []
        self._items, self._depth, self._columns, self._locked = 0, 1, 0, False

    def start(self, heading: str, line: int | None = None, title: bool = False) -> None:
        """A new part under that heading; where `title`, the title of the whole."""
        self.close()
        self._locked = is_locked(heading)
        if title:
            self.title, self._heading = self._maker.make(heading, "title", line), None
        else:
            self._heading = self._maker.make(heading, "heading", line)

    def add(
        self, words: str, role: Role = "sentence", line: int | None = None, depth: int = 1, columns: int = 0
    ) -> None:
        """Words of the current part: running text, an item at that depth, or a cell of a table so wide."""
        self._items += role == "item"
        self._depth, self._columns = max(self._depth, depth), max(self._columns, columns)
        self._sentences += self._maker.cut(words, role, line)

    def close(self) -> None:
        """End the current part; the next one has no heading of its own."""
        if self._sentences:
            kind, lists = ("law" if self._locked else "section"), (self._items,)
            self.parts.append(
                Part(
                    kind, self._heading, tuple(self._sentences), lists, self._columns, self._depth, locked=self._locked
                )
            )
            self._heading = None
        self._sentences, self._items, self._depth, self._columns = [], 0, 1, 0


def _hide(match: re.Match[str]) -> str:
    return "Adresse" if "," in match.group() else re.sub(r"[\w'-]+", "Nom", match.group())


def read_letter(letter: Letter, names: Collection[str] = (), day: date | None = None, own: bool = False) -> Text:
    """A letter as it is sent: merged. `own` where its words are the office's: the national review does not hold."""
    maker = SentenceMaker((*names, *letter.sender, *letter.recipient, *_signatory(letter)))
    return Text(
        name=letter.id,
        kind="lettre",
        reader=(reader := _reader(letter)),
        register=STANDARD if letter.register == SIMPLE and reader == PROFESSIONAL else letter.register,
        title=maker.make(letter.title, "title"),
        subject=maker.make(letter.subject, "subject"),
        sender=letter.sender,
        dated=letter.place_and_date,
        parts=tuple(part_of(block, maker) for block in letter.blocks),
        review=None if own else read_review(letter.id, letter.language),
        day=day,
    )


def read_timeline(page: TimelinePage, names: Collection[str] = ()) -> Text:
    """The page of the timeline as a text of its own: a step is a part."""
    maker = SentenceMaker((*names, page.household))
    parts = [Part("section", None, tuple(maker.cut(_text(page.intro))))]
    for step in page.steps:
        words = [_text(step.sentence)]
        words += [text for band in step.bands for text in (band.title, _text(band.spans))]
        words += [item.label + (f" : {item.date}" if item.date else "") for item in (*step.milestones, *step.deadlines)]
        words += [_text(way.spans) for way in step.ways_out]
        words += [helper.name for helper in step.help]
        parts.append(
            Part("section", maker.make(step.label, "heading"), _cut_all(words, maker), pictogram=step.pictogram)
        )
    titled = [(ending.label, ending.sentence) for ending in page.endings]
    for title, spans in (*titled, *((note.title, note.spans) for note in page.notes)):
        parts.append(Part("section", maker.make(title, "heading"), tuple(maker.cut(_text(spans)))))
    if page.contact:
        parts.append(part_of(page.contact, maker))
    return Text("frise", "frise", title=maker.make(page.title, "title"), parts=tuple(parts))


def is_locked(heading: str) -> bool:
    """True for a heading that says the words under it are the law's own."""
    return bool(LOCKED_HEADING.match(heading.strip()))


def part_of(block: Block, maker: SentenceMaker) -> Part:
    """A block as a part."""
    sentences: list[Sentence] = []
    lists, columns = [], 0
    for content in block.contents:
        if isinstance(content, Paragraph):
            sentences += maker.cut(_text(content.spans))
        elif isinstance(content, ItemList):
            lists.append(len(content.items))
            for item in content.items:
                sentences += maker.cut(_text(item), "item")
        else:
            columns = max(columns, len(content.header))
            for cell in (cell for row in content.rows for cell in row):
                sentences += maker.cut(_text(cell), "cell")
    return Part(
        kind=block.kind,
        title=maker.make(block.title, "heading") if block.title else None,
        sentences=tuple(sentences),
        lists=tuple(lists),
        columns=columns,
        pictogram=block.pictogram,
        locked=block.kind == "law",
    )


def _cut_all(texts: Iterable[str], maker: SentenceMaker) -> tuple[Sentence, ...]:
    return tuple(sentence for text in texts for sentence in maker.cut(text, "item"))


def _reader(letter: Letter) -> str:
    if letter.is_personal:
        return SIGNER
    return HOUSEHOLD if is_for_household(letter.id, letter.language) else PROFESSIONAL


def _signatory(letter: Letter) -> tuple[str, ...]:
    return (letter.signature.name,) if letter.signature.name else ()


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)
