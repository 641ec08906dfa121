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

    DOSSIER contient profil.yaml et, si vous en avez, logo, signature et tampon (.svg ou .png),
    papier_a_en_tete.docx, et un dossier « courriers » avec vos propres textes de courriers : chacun
    est montré avec ce qui le distingue du texte national.

    \b
    Exemple :
      pex profil examples/profil
    """
    from pex.profile import read_profile

    profile = read_profile(folder)
    for label, words in _told(profile):
        click.echo(f"{label + ' :':<16}{words}")
    remarks = [*_office(profile), *_services(profile), *_window(profile), *_letterhead(profile)]
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


def _told(profile: Profile) -> Iterator[tuple[str, str]]:
    """What the profile holds, one line a subject."""
    office, signer, window = profile.expediteur, profile.signataire, profile.fenetre
    yield "Profil", office.nom if office else "sans expéditeur"
    if office:
        yield "Nous appeler", ", ".join(filter(None, (office.telephone, office.horaires, office.courriel))) or "—"
    formula = (signer.formule or "").rstrip(" ,")
    yield "Signataire", ", ".join(filter(None, (formula, signer.nom, signer.fonction))) or "—"
    for label, file in (("Logo", profile.logo), ("Signature", profile.signature), ("Tampon", profile.stamp)):
        yield label, file.name if file else "—"
    paper = profile.file("papier_a_en_tete.docx")
    sides = "recto verso" if profile.recto_verso else "recto seul"
    yield "Papier", f"A4, {sides}, {paper.name if paper else 'sans papier à en-tête'}"
    side = "gauche" if window.is_left else "droite"
    yield (
        "Fenêtre",
        (
            f"à {side} ; l'adresse est à {window.gauche:.0f} mm du bord gauche et {window.haut:.0f} mm du haut, "
            f"dans {window.largeur:.0f} × {window.hauteur:.0f} mm"
        ),
    )
    yield "Services", ", ".join(sorted(profile.services)) or "aucun"
    for sector in profile.partenaires:
        yield (
            "Partenaires",
            f"{sector.secteur} ({', '.join((*sector.communes, *sector.codes_postaux))}) : "
            + ", ".join(service.nom for service in sector.services.values()),
        )


def _window(profile: Profile) -> Iterator[str]:
    """Whether a whole address, six lines, stays large enough for the post in the window."""
    from pex.letters.postal import MOST_LINES, SMALLEST_LINE

    if profile.fenetre.hauteur < MOST_LINES * SMALLEST_LINE:
        yield (
            f"La fenêtre laisse {profile.fenetre.hauteur:.0f} mm à l'adresse : six lignes n'y tiennent pas. "
            "Choisissez une enveloppe à plus grande fenêtre."
        )


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
