"""`pex profil`: checks the profile of a département before any letter is made with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pex.cli.files import count
from pex.cli.french import FrenchCommand
from pex.cli.options import Existing

if TYPE_CHECKING:
    from pex.profile import Profile


@click.command("profil", cls=FrenchCommand)
@click.argument("folder", metavar="DOSSIER", type=Existing(folder=True))
@click.option(
    "--copier", "letter_id", metavar="ID",
    help="Copie le texte national de ce courrier dans DOSSIER/courriers : vous y changez une phrase.",
)  # fmt: skip
def command(folder: Path, letter_id: str | None) -> int:
    """Vérifie le profil d'un département : services, logo, signature, papier à en-tête, et vos propres textes.

    DOSSIER contient profil.yaml et, si vous en avez, logo, signature et tampon (.svg ou .png),
    papier_a_en_tete.docx, et un dossier « courriers » avec vos propres textes de courriers : chacun
    est montré avec ce qui le distingue du texte national.

    \b
    Exemple :
      pex profil examples/profil
      pex profil mon_profil --copier alerte_caf
    """
    if letter_id is not None:
        return _copy(folder, letter_id)
    from pex.outputs.profile_check import check_profile, tell_profile
    from pex.profile import read_profile

    profile = read_profile(folder)
    for label, words in tell_profile(profile):
        click.echo(f"{label + ' :':<16}{words}")
    remarks = check_profile(profile)
    if remarks:
        click.echo("\nÀ voir :")
    for remark in remarks:
        click.echo(f"  - {remark}")
    problems = _own_letters(profile)
    if remarks or problems:
        click.echo(f"\n{count(len(remarks) + problems, 'remarque', 'remarques')}.")
    else:
        click.echo("\nRien à signaler.")
    return 1 if problems else 0


def _copy(folder: Path, letter_id: str) -> int:
    """Put the national text of a letter where the office may change it; an own wording is never replaced."""
    from pex.errors import OutputRefused
    from pex.plain_language.own_texts import national_text

    text = national_text(letter_id)
    path = folder / "courriers" / f"{letter_id}.md"
    if path.exists():
        raise OutputRefused(
            f"{path} existe déjà : vous avez déjà votre texte de ce courrier. Changez-le, ou effacez-le."
        )
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Copié : {path}. Changez-y vos phrases, puis tapez : pex profil {folder}")
    return 0


def _own_letters(profile: Profile) -> int:
    """Show each own wording beside the national text, and what the linter says; the number that cannot be used."""
    from pex.errors import TemplateError
    from pex.plain_language.own_texts import review
    from pex.plain_language.remarks import BLOCKING

    own = profile.letters
    if own is None:
        return 0
    refused = 0
    for path in sorted(own.glob("*.md")):
        click.echo(f"\nVotre texte de « {path.stem} » :")
        try:
            read = review(path.stem, path.read_text(encoding="utf-8"))
        except TemplateError as error:
            click.echo(f"  {error}")
            refused += 1
            continue
        if read.refusal:
            click.echo(f"  {read.refusal}")
        for line in read.difference:
            click.echo(f"  {line}")
        blocking = [remark for remark in read.remarks if remark.level == BLOCKING]
        for remark in blocking:
            click.echo(f"  Bloquant ({remark.name}) : « {remark.sentence} » {remark.instead}")
        refused += bool(read.refusal or blocking)
    return refused
