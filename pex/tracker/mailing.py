"""Letters of a dossier: proposed, composed, changed at the last minute, kept exactly as sent, returned.

A page calls `proposals` (what fits the stage, and what is missing), `compose` (a `Draft` to show in html or pdf
with `preview`), `with_words` for a paragraph changed by hand, then `keep` (the bytes, once and for all) and
`mark_sent`. `returned` makes a task. `already_sent` is the guard « déjà envoyé le ». Batches are in `batches`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from pex.dates import write_date
from pex.errors import MissingFacts, OutputRefused, PexError
from pex.letters import compose_letter, is_for_household, letter_ids, letters_for
from pex.letters.blocks import Block, Content, ItemList, Letter, Paragraph, Span, Spans
from pex.letters.postal import sending
from pex.letters.templates import read_template
from pex.outputs import write_letter
from pex.profile import Profile
from pex.tracker.assess import dossier_of, law_version, timeline_of
from pex.tracker.journal import record
from pex.tracker.models import Account, Dossier, LetterFile, SentLetter, Task, TaskKind
from pex.tracker.office import profile_hash, profile_of

PAGE = re.compile(rb"/Type\s*/Page\b")


class AlreadySent(PexError):
    """This letter was already sent to this dossier: to be asked, then done again with `again=True`."""

    def __init__(self, letter: SentLetter) -> None:
        super().__init__(f"Déjà envoyé le {write_date(letter.sent_on)}. L'envoyer une seconde fois ?")
        self.letter = letter


@dataclass(frozen=True, slots=True)
class Proposal:
    """A letter that fits the stage. `missing` are paths of facts to ask for, `refusal` why it cannot be written."""

    template: str
    subject: str
    missing: tuple[str, ...] = ()
    refusal: str = ""
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter composed for a dossier, kept nowhere. `sending` is « poste » or why it cannot be posted."""

    dossier: Dossier
    letter: Letter
    profile: Profile
    dated: date
    sending: str
    already: SentLetter | None
    changed: bool = False


@lru_cache(maxsize=4)
def catalogue(language: str = "fr") -> tuple[tuple[str, str, str], ...]:
    """Every letter: « (id, subject, family) », in alphabetical order of the subject."""
    templates = (read_template(letter_id, language) for letter_id in letter_ids(language))
    return tuple(sorted(((item.id, item.subject, item.family) for item in templates), key=lambda item: item[1]))


def proposals(row: Dossier, today: date, language: str = "fr") -> tuple[Proposal, ...]:
    """The letters that fit the household's stage, each with what it lacks and when it was last sent."""
    timeline, profile = timeline_of(row, today), profile_of(row.structure)
    found = []
    for template in letters_for(timeline, language):
        subject = read_template(template, language).subject
        last = already_sent(row, template)
        proposal = Proposal(template, subject, sent_on=last.sent_on if last else None)
        try:
            compose_letter(template, timeline, profile, language)
        except MissingFacts as error:
            proposal = replace(proposal, missing=error.missing, refusal=str(error))
        except PexError as error:
            proposal = replace(proposal, refusal=str(error))
        found.append(proposal)
    return tuple(found)


def compose(row: Dossier, template: str, dated: date, language: str = "fr", register: str = "standard") -> Draft:
    """The letter for that dossier, dated that day.

    Raises MissingFacts, TemplateError or OutputRefused as `compose_letter` does, OutputRefused for a household
    that does not want letters.
    """
    if row.opposes_letters and is_for_household(template, language):
        raise OutputRefused("Ce ménage s'oppose à l'envoi de courriers. Voyez avec lui avant de lui écrire.")
    profile = profile_of(row.structure)
    letter = compose_letter(template, timeline_of(row, dated), profile, language, register)
    how = sending(dossier_of(row).menage, letter.recipient) if is_for_household(template, language) else "poste"
    return Draft(row, letter, profile, dated, how, already_sent(row, template))


def preview(draft: Draft, format: str) -> bytes:
    """The draft in html, pdf, docx or txt, as it would be sent."""
    return write_letter(draft.letter, draft.profile, format)


def words_of_block(block: Block) -> str:
    """The words of a block as a person can change them: a blank line between paragraphs, « - » before an item."""
    return "\n\n".join(_words_of(item) for item in block.contents if isinstance(item, Paragraph | ItemList))


def may_change(block: Block) -> bool:
    """False for words of the law and for tables: nobody rewrites them."""
    return block.kind != "law" and all(isinstance(item, Paragraph | ItemList) for item in block.contents)


def with_words(draft: Draft, words: Mapping[str, str]) -> Draft:
    """The draft with other words in some blocks, by id. Raises PexError for a block that nobody rewrites."""
    known = {block.id: block for block in draft.letter.blocks}
    for block_id, text in words.items():
        if block_id not in known or not may_change(known[block_id]):
            raise PexError(f"La partie « {block_id} » de ce courrier ne peut pas être changée.")
        if not text.strip():
            raise PexError("Une partie du courrier est vide. Écrivez son texte, ou reprenez le texte d'origine.")
    different = {
        block_id: replace(known[block_id], contents=tuple(_contents_of(text)))
        for block_id, text in words.items()
        if text.strip().replace("\r\n", "\n") != words_of_block(known[block_id])
    }
    blocks = tuple(different.get(block.id, block) for block in draft.letter.blocks)
    return replace(draft, letter=replace(draft.letter, blocks=blocks), changed=draft.changed or bool(different))


def already_sent(row: Dossier, template: str) -> SentLetter | None:
    """The last time that letter was sent to that dossier and did not come back, or None."""
    sent = SentLetter.objects.filter(dossier=row, template=template, returned_on=None).exclude(sent_on=None)
    found: SentLetter | None = sent.order_by("-sent_on", "-made_at").first()
    return found


@transaction.atomic
def keep(
    account: Account, draft: Draft, *, channel: str = "courrier", format: str = "pdf", again: bool = False
) -> SentLetter:
    """Keep the letter exactly as it will be sent. The same letter asked for twice is kept once.

    Raises AlreadySent unless `again`.
    """
    if draft.already is not None and not again:
        raise AlreadySent(draft.already)
    letter = keep_bytes(draft, preview(draft, format), account, channel=channel, format=format)
    record("courrier", account, draft.dossier, fields=[f"courrier.{draft.letter.id}"])
    return letter


def keep_bytes(
    draft: Draft, content: bytes, account: Account | None, *, channel: str = "courrier", format: str = "pdf"
) -> SentLetter:
    """The row of a letter and its bytes; the one that is there already where it is the same, not yet sent."""
    row, letter = draft.dossier, draft.letter
    sha256 = hashlib.sha256(content).hexdigest()
    same = SentLetter.objects.filter(
        dossier=row, template=letter.id, written_on=draft.dated, file__sha256=sha256, sent_on=None, channel=channel
    )
    if (there := same.first()) is not None:
        return there
    made: SentLetter = SentLetter.objects.create(
        dossier=row, template=letter.id, title=letter.title[:300] if isinstance(letter.title, str) else letter.subject,
        recipient=list(letter.recipient), sending=draft.sending, language=letter.language, register=letter.register,
        edition=letter.edition or "", profile_hash=profile_hash(draft.profile), law_version=law_version(),
        changed=draft.changed, format=format, file=LetterFile.objects.create(content=content, sha256=sha256),
        pages=len(PAGE.findall(content)) if format == "pdf" else 0, written_on=draft.dated, channel=channel,
        made_by=account,
    )  # fmt: skip
    return made


def content_of(letter: SentLetter) -> bytes:
    """The bytes as they were sent. Raises PexError where they are past their term, or no longer what was kept."""
    content = bytes(letter.file.content)
    if not content:
        raise PexError("Ce courrier a dépassé sa durée de conservation : seule la trace de son envoi est gardée.")
    if hashlib.sha256(content).hexdigest() != letter.file.sha256:
        raise PexError("Ce courrier a été altéré dans la base. Restaurez une sauvegarde, et prévenez votre DPO.")
    return content


@transaction.atomic
def mark_sent(account: Account, letters: Iterable[SentLetter], on: date, channel: str | None = None) -> int:
    """Say that these letters left on that day; those that already left keep their day. Gives how many left."""
    keys = [letter.pk for letter in letters]
    mine = SentLetter.objects.filter(pk__in=keys, sent_on=None, dossier__in=Dossier.objects.visible_to(account))
    rows = list(mine.select_related("dossier"))
    mine.update(sent_on=on, **({"channel": channel} if channel else {}))
    for letter in rows:
        record("envoi", account, letter.dossier, fields=[f"courrier.{letter.template}"])
    return len(rows)


@transaction.atomic
def returned(account: Account, letter: SentLetter, on: date, why: str = "") -> Task:
    """The letter came back: a task to find the address, made once. Raises PexError for one that never left."""
    if letter.sent_on is None:
        raise PexError("Ce courrier n'est pas noté comme envoyé : il ne peut pas être revenu.")
    if letter.dossier.structure_id != account.structure_id:
        raise Dossier.DoesNotExist
    letter.returned_on, letter.returned_why = on, why[:300]
    letter.save(update_fields=["returned_on", "returned_why"])
    title = f"Courrier revenu{f' ({why})' if why else ''} : chercher l'adresse, ou remettre le courrier"
    task, made = Task.objects.get_or_create(
        letter=letter, kind=TaskKind.RETURNED,
        defaults={"dossier": letter.dossier, "title": title[:300], "due_on": on, "made_by": account},
    )  # fmt: skip
    if made:
        record("courrier_revenu", account, letter.dossier, fields=[f"courrier.{letter.template}"])
    return task


def letters_of(row: Dossier) -> Sequence[SentLetter]:
    """The letters of a dossier, the newest first, without their bytes."""
    return list(row.letters.select_related("made_by").order_by("-written_on", "-made_at"))


def letter_of(account: Account, letter_id: UUID) -> SentLetter:
    """A letter that the account may read. Raises SentLetter.DoesNotExist."""
    mine = Dossier.objects.visible_to(account)
    found: SentLetter = SentLetter.objects.select_related("dossier", "file").get(pk=letter_id, dossier__in=mine)
    return found


def _words_of(item: Paragraph | ItemList) -> str:
    if isinstance(item, Paragraph):
        return _marked(item.spans)
    return "\n".join(
        f"{f'{number}.' if item.ordered else '-'} {_marked(run)}" for number, run in enumerate(item.items, 1)
    )


def _marked(spans: Spans) -> str:
    return "".join(f"**{span.text}**" if span.strong else span.text for span in spans)


def _contents_of(text: str) -> Iterator[Content]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        items = [re.fullmatch(r"(-|[0-9]{1,2}\.) +(.+)", line) for line in lines]
        if lines and all(items):
            ordered = all(item[1] != "-" for item in items if item)
            yield ItemList(tuple(_spans_of(item[2]) for item in items if item), ordered)
        else:
            yield Paragraph(_spans_of(" ".join(lines)))


def _spans_of(text: str) -> Spans:
    parts = text.split("**")
    return tuple(Span(part, strong=place % 2 == 1) for place, part in enumerate(parts) if part)
