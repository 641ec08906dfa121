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
