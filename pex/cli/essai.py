"""`pex essai`: the kit to test a letter with readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import Formats, day_option, file_argument, folder_option, overwrite_option, profile_option


@click.command("essai", cls=FrenchCommand)
@click.argument("letter_id", metavar="COURRIER")
@file_argument()
@folder_option()
@click.option(
    "--formats", metavar="F,F", type=Formats(("docx", "pdf", "html", "txt")), default="pdf",
    help="docx, pdf, html ou txt, séparés par des virgules. Sans cette option : pdf.",
)  # fmt: skip
@profile_option("Dossier de votre département : adresse, téléphones, signataire, logo.")
@day_option()
@overwrite_option()
def command(
    letter_id: str,
    file: Path,
    folder: Path,
    formats: tuple[str, ...],
    profile: Path | None,
    day: date | None,
    overwrite: bool,
) -> None:
    """Prépare un essai de COURRIER avec des lecteurs : la lettre d'un ménage inventé, puis les questions,
    les réponses attendues, la feuille pour redire, la feuille de résultats et l'accord à demander.

    FICHIER contient le ménage inventé : le premier pour qui ce courrier peut être écrit est pris.
    Ne testez jamais une lettre avec un vrai dossier.

    \b
    Exemple :
      pex essai assignation examples/menages.yaml --sortie essai --profil examples/profil
    """
    from pex.batch import prepare_folder, save
    from pex.cli.files import read_file
    from pex.errors import MissingFacts, PexError
    from pex.law import read_law
    from pex.letters import compose_letter, letter_ids, letters_for
    from pex.letters.reader_test import as_sheet, reader_test
    from pex.outputs import write_letter
    from pex.outputs.tools import write_tool
    from pex.profile import Profile, read_profile
    from pex.timeline import build_timeline

    if letter_id not in letter_ids():
        hint = did_you_mean(letter_id, letter_ids())
        raise click.UsageError(f"Le courrier « {letter_id} » n'existe pas. {hint}", click.get_current_context())
    today = day or date.today()
    office, law = read_profile(profile) if profile else Profile(), read_law()
    timelines = [build_timeline(office.place(item), law, today) for item in read_file(file, None, today).dossiers]
    timelines.sort(key=lambda timeline: letter_id not in letters_for(timeline))
    for timeline in timelines:
        try:
            letter = compose_letter(letter_id, timeline, office)
        except MissingFacts:
            continue
        prepare_folder(folder)
        kit, page = reader_test(letter), letter.label("page")
        files = {f"{letter_id}.{kind}": write_letter(letter, office, kind) for kind in formats}
        files |= {
            f"{letter_id}_essai.{kind}": write_tool(as_sheet(kit), page)
            if kind == "pdf"
            else write_letter(kit, office, kind)
            for kind in formats
        }
        save(folder, files, overwrite=overwrite)
        click.echo(f"Essai prêt : {folder}. Lisez la feuille « {letter_id}_essai » avant de commencer.")
        return
    raise PexError(f"Aucun ménage de ce fichier n'a les faits qu'il faut pour le courrier « {letter_id} ».")
