"""The papers of a batch: one PDF in posting order, the bordereau, labels, a list for a print service.

A page calls `print_file`, `bordereau`, `labels` and `print_service_list`; each gives the bytes of a file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pex.errors import PexError
from pex.outputs.labels import write_labels
from pex.tracker.mailing import catalogue, content_of
from pex.tracker.models import Batch, BatchItem, ItemState
from pex.tracker.spreadsheets import write_csv

POSTABLE = "poste"
ADDRESS_LINES = 6
SIDES = 2


def print_file(batch: Batch) -> bytes:
    """The letters of the batch exactly as they were made, each starting on a recto, in posting order.

    Raises PexError where no letter was made.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for item in _made(batch):
        letter = PdfReader(io.BytesIO(content_of(item.letter)))
        writer.append(letter)
        if len(letter.pages) % SIDES:
            writer.add_blank_page(letter.pages[0].mediabox.width, letter.pages[0].mediabox.height)
    if not writer.pages:
        raise PexError("Ce lot n'a encore aucun courrier à imprimer.")
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()


def bordereau(batch: Batch) -> bytes:
    """What became of each dossier, as a csv that a French spreadsheet opens; no name in it."""
    subjects = {letter_id: subject for letter_id, subject, _ in catalogue(batch.language)}
    header = ("ordre", "reference", "courrier", "etat", "pages", "envoi", "empreinte", "motif")
    rows = [
        (
            item.position, item.dossier.reference, subjects.get(item.template, item.template),
            item.get_state_display(), item.letter.pages if item.letter else None,
            item.letter.sending if item.letter else "", item.letter.file.sha256 if item.letter else "", item.reason,
        )
        for item in _items(batch)
    ]  # fmt: skip
    return write_csv(header, rows)


def labels(batch: Batch) -> bytes:
    """The addresses of the letters that can be posted, on A4 sheets of labels. Raises PexError where there is none."""
    addresses = [tuple(item.letter.recipient) for item in _postable(batch)]
    if not addresses:
        raise PexError("Aucun courrier de ce lot ne peut être posté : les adresses manquent ou sont à corriger.")
    return write_labels(addresses)


def print_service_list(batch: Batch) -> bytes:
    """For a print service: the order in the PDF, the lines of the address, first page and pages of each letter."""
    header = (
        "ordre",
        "reference",
        *(f"ligne_{n}" for n in range(1, ADDRESS_LINES + 1)),
        "premiere_page",
        "pages",
        "empreinte",
    )
    rows, page = [], 1
    for item in _made(batch):
        letter = item.letter
        lines = letter.recipient if letter.sending == POSTABLE else [letter.sending]
        padded = [*lines, *[""] * ADDRESS_LINES][:ADDRESS_LINES]
        rows.append((item.position, item.dossier.reference, *padded, page, letter.pages, letter.file.sha256))
        page += letter.pages + letter.pages % SIDES
    return write_csv(header, rows)


def _items(batch: Batch) -> Sequence[BatchItem]:
    return list(batch.items.select_related("dossier", "letter__file").defer("letter__file__content"))


def _made(batch: Batch) -> Iterator[BatchItem]:
    keys = batch.items.filter(state=ItemState.DONE).values_list("pk", flat=True)
    for key in list(keys):
        # One at a time: the bytes of five thousand letters do not fit in memory together.
        yield BatchItem.objects.select_related("dossier", "letter__file").get(pk=key)


def _postable(batch: Batch) -> list[BatchItem]:
    return [item for item in _items(batch) if item.letter is not None and item.letter.sending == POSTABLE]
