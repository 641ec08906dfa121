"""The office's own wordings: kept in the folder of its profile, once they were read again.

A page calls `texts_of`, `text_of`, `pex.plain_language.own_texts.review`, then `save` or `give_back`.
"""

from __future__ import annotations

from pathlib import Path

from pex.batch import write_file
from pex.errors import OutputRefused, PexError, TemplateError
from pex.plain_language.own_texts import OwnText, national_text, own_text, review
from pex.tracker.journal import record
from pex.tracker.mailing import catalogue
from pex.tracker.models import Account
from pex.tracker.office import profile_of

FOLDER = "courriers"


def texts_of(account: Account) -> list[tuple[str, str, str, bool]]:
    """Every letter: « (id, subject, family, has its own wording) », by family."""
    own = profile_of(account.structure).letters
    rows = [(name, subject, family, own_text(name, own) is not None) for name, subject, family in catalogue()]
    return sorted(rows, key=lambda row: (row[2], row[1]))


def text_of(account: Account, letter_id: str) -> OwnText:
    """The wording in use, reviewed. Raises TemplateError for a letter that does not exist."""
    national = national_text(letter_id)
    return review(letter_id, own_text(letter_id, profile_of(account.structure).letters) or national)


def save(account: Account, letter_id: str, text: str) -> OwnText:
    """Keep a wording, whole or not at all; the national one given again is no own wording.

    Raises TemplateError where it cannot be used, PexError without a profile, OutputRefused where its folder
    cannot be written.
    """
    found = review(letter_id, text)
    if found.refusal:
        raise TemplateError(found.refusal)
    if not found.difference:
        give_back(account, letter_id)
        return found
    folder = _folder(account)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputRefused(f"Le dossier du profil ne peut pas être écrit ({error.strerror}).") from error
    write_file(folder / f"{letter_id}.md", found.text.encode())
    record("texte_de_courrier", account, account.structure, fields=[letter_id])
    return found


def give_back(account: Account, letter_id: str) -> None:
    """Use the national text again."""
    national_text(letter_id)
    (_folder(account) / f"{letter_id}.md").unlink(missing_ok=True)
    record("texte_de_courrier", account, account.structure, fields=[letter_id])


def _folder(account: Account) -> Path:
    profile = profile_of(account.structure)
    if profile.folder is None:
        raise PexError("Choisissez d'abord le profil de votre service : vos textes y sont gardés.")
    return profile.folder / FOLDER
