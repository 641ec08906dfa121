"""`pex profil`: checks the profile of a département before any letter is made with it."""

from __future__ import annotations

from collections.abc import Iterator
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
def command(folder: Path) -> int:
    """Vérifie le profil d'un département : services, logo, signature, papier à en-tête, et vos propres textes.

    DOSSIER contient profil.yaml et, si vous en avez, logo.svg ou logo.png, signature.png,
    papier_a_en_tete.docx, et un dossier « courriers » avec vos propres textes de courriers : chacun
    est montré avec ce qui le distingue du texte national.

    \b
    Exemple :
      pex profil examples/profil
    """
    from pex.profile import read_profile

    profile = read_profile(folder)
    name = profile.expediteur.nom if profile.expediteur else "sans expéditeur"
    click.echo(f"Profil : {name}")
    remarks = [*_office(profile), *_services(profile), *_letterhead(profile)]
    for remark in remarks:
        click.echo(f"  - {remark}")
    problems = _own_letters(profile)
    if remarks or problems:
        click.echo(f"\n{count(len(remarks) + problems, 'remarque', 'remarques')}.")
    else:
        click.echo("Rien à signaler.")
    return 1 if problems else 0


def _office(profile: Profile) -> Iterator[str]:
    office = profile.expediteur
    if office is None:
        yield "Il manque « expediteur » : sans lui, les courriers n'ont ni adresse, ni numéro à appeler."
    elif office.telephone is None:
        yield "Il manque « expediteur.telephone » : un courrier sans numéro à appeler n'est pas écrit."
    elif office.horaires is None:
        yield "« expediteur.horaires » n'est pas rempli : dites quand on peut appeler."
    if profile.signataire.nom is None:
        yield "« signataire.nom » n'est pas rempli : les courriers ne sont pas signés."
    if profile.lieu is None:
        yield "« lieu » n'est pas rempli : les courriers sont datés sans lieu."
    if profile.territoire.departement is None:
        yield "« territoire.departement » n'est pas rempli : les jours fériés sont ceux de la métropole."


def _services(profile: Profile) -> Iterator[str]:
    """The services that some letters need and this profile does not have."""
    from pex.letters import letter_ids
    from pex.letters.templates import read_template

    users: dict[str, list[str]] = {}
    for letter_id in letter_ids():
        template = read_template(letter_id)
        wanted = {kind.removeprefix("service:") for kind in (template.sender, template.recipient) if "service:" in kind}
        wanted |= {need.split(".")[2] for need in template.needs if need.startswith("profil.services.")}
        for name in wanted - set(profile.services):
            users.setdefault(name, []).append(letter_id)
    for name, letters in sorted(users.items()):
        yield f"Sans « services.{name} », ces courriers ne peuvent pas être écrits : {', '.join(letters)}."


def _letterhead(profile: Profile) -> Iterator[str]:
    path = profile.file("papier_a_en_tete.docx")
    if path is not None:
        from pex.outputs.docx.letterhead_check import check_letterhead

        yield from (f"Papier à en-tête. {remark}" for remark in check_letterhead(path, profile.fenetre))


def _own_letters(profile: Profile) -> int:
    """Show each own wording beside the national text; the number of what must be changed."""
    import difflib

    from pex.errors import TemplateError
    from pex.folders import LETTER_TEMPLATES
    from pex.letters import letter_ids
    from pex.letters.templates import read_template
    from pex.plain_language import check_file

    own = profile.letters
    if own is None:
        return 0
    refused = 0
    for path in sorted(own.glob("*.md")):
        click.echo(f"\nVotre texte de « {path.stem} » :")
        if path.stem not in letter_ids():
            click.echo("  Il n'y a pas de courrier de ce nom. Tapez « pex courriers --liste ».")
            refused += 1
            continue
        try:
            read_template(path.stem, own=own)
            blocking = check_file(path).blocking
        except TemplateError as error:
            click.echo(f"  {error}")
            refused += 1
        else:
            refused += len(blocking)
            for remark in blocking:
                click.echo(f"  {remark.rule} {remark.name} : « {remark.sentence} » {remark.instead}")
        national = (LETTER_TEMPLATES / "fr" / path.name).read_text(encoding="utf-8").splitlines()
        ours = path.read_text(encoding="utf-8").splitlines()
        changes = difflib.unified_diff(national, ours, "texte national", "votre texte", lineterm="", n=0)
        for line in list(changes)[2:]:
            if not line.startswith("@@"):
                click.echo(f"  {line}")
    return refused
