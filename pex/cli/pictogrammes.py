"""`pex pictogrammes`: the bank, to look at, to search and to take away."""

from __future__ import annotations

from pathlib import Path

import click

from pex.cli.files import count
from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import Count, Target, overwrite_option


@click.command("pictogrammes", cls=FrenchCommand)
@click.argument("wanted", metavar="[NOM…]", nargs=-1)
@click.option("--chercher", "words", metavar="MOTS", default="", help="Seulement ceux dont la fiche contient ces mots.")
@click.option("--sortie", "sheet", metavar="F.pdf", type=Target(), help="Une planche à imprimer, avec les mots.")
@click.option("--cartes", is_flag=True, help="Avec --sortie : des cartes à découper, les mots au dos.")
@click.option("--svg", "svg_folder", metavar="DIR", type=Target(), help="Copie les dessins dans ce dossier.")
@click.option("--png", "png_folder", metavar="DIR", type=Target(), help="Écrit des images dans ce dossier.")
@click.option("--taille", "pixels", metavar="N", type=Count(), default=256, help="Côté des images, en pixels : 256.")
@overwrite_option()
def command(
    wanted: tuple[str, ...],
    words: str,
    sheet: Path | None,
    cartes: bool,
    svg_folder: Path | None,
    png_folder: Path | None,
    pixels: int,
    overwrite: bool,
) -> None:
    """Montre les pictogrammes de pex, en cherche, en exporte. Sans rien : la liste.

    Ils sont libres (CC BY 4.0). Un pictogramme va toujours avec ses mots.

    \b
    Exemples :
      pex pictogrammes --chercher juge
      pex pictogrammes --sortie planche.pdf
      pex pictogrammes --sortie cartes.pdf --cartes
      pex pictogrammes audience payer --png images --taille 512
    """
    from pex.batch import prepare_folder, save
    from pex.outputs import pictograms

    if cartes and sheet is None:
        raise click.UsageError("« --cartes » dit comment est la planche : ajoutez « --sortie cartes.pdf ».")
    known = pictograms.names()
    for name in wanted:
        if name not in known:
            raise click.UsageError(f"Le pictogramme « {name} » n'existe pas. {did_you_mean(name, list(known))}")
    chosen = [name for name in pictograms.search(words) if not wanted or name in wanted]
    if not chosen:
        click.echo("Aucun pictogramme ne contient ces mots. Sans --chercher, tous sont montrés.")
        return
    if sheet is not None:
        prepare_folder(sheet.parent)
        layout = "cards" if cartes else "sheet"
        save(sheet.parent, {sheet.name: pictograms.draw_sheet(chosen, layout)}, overwrite=overwrite)
        click.echo(f"{count(len(chosen), 'pictogramme', 'pictogrammes')} : {sheet}")
        if cartes:
            click.echo("Imprimez en recto verso, retournement sur le bord long.")
    for folder, kind in ((svg_folder, "svg"), (png_folder, "png")):
        if folder is None:
            continue
        prepare_folder(folder)
        for name in chosen:
            content = pictograms.svg(name).encode() if kind == "svg" else pictograms.rasterise(name, pixels)
            save(folder, {f"{name}.{kind}": content}, overwrite=overwrite)
        click.echo(f"{count(len(chosen), 'fichier', 'fichiers')} {kind} : {folder}")
    if sheet is None and svg_folder is None and png_folder is None:
        for name in chosen:
            click.echo(f"{name:<36} {pictograms.label(name):<36} {pictograms.card(name)['statut']}")
