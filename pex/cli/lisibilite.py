"""`pex lisibilite`: what to change in a text so that it is understood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pex.cli.files import count, read_file
from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import Existing, OneOf, Target, day_option, json_option, overwrite_option, profile_option

if TYPE_CHECKING:
    from pex.plain_language import Remark, Report
    from pex.plain_language.measures import Measures, Score

LEVEL_NAMES = {"bloquant": "BLOQUANT", "a_voir": "À voir", "information": "Information"}
COUNTED = {
    "bloquant": ("bloquant", "bloquants"),
    "a_voir": ("à voir", "à voir"),
    "information": ("information", "informations"),
}
MOST_NAMED = 100
"""With more texts than this, those that have no remark are only counted."""
KINDS = {"modele": "modèle", "lettre": "lettre", "frise": "frise", "docx": "Word", "texte": "texte"}


@click.command("lisibilite", cls=FrenchCommand)
@click.argument("paths", metavar="[CHEMIN …]", nargs=-1)
@json_option()
@click.option(
    "--registre", "register", metavar="R", type=OneOf("standard", "simple"), default="standard",
    help="standard : 13 mots par phrase en moyenne ; simple : 10.",
)  # fmt: skip
@click.option(
    "--lecteur", "reader", metavar="L", type=OneOf("menage", "signataire", "professionnel"), default="menage",
    help="Qui lit vos textes : menage, signataire (le ménage signe) ou professionnel. Sans cette option : menage.",
)  # fmt: skip
@profile_option("Dossier de votre département : relit vos propres textes de courriers.")
@click.option(
    "--menages", "households", metavar="FICHIER", type=Existing(),
    help="Relit les courriers écrits pour ces ménages, avec ce qui a été tapé dans les dossiers. Demande --profil.",
)  # fmt: skip
@day_option()
@click.option("--tout", "everything", is_flag=True, help="Montre aussi les simples informations.")
@click.option("--fiche", "proof", metavar="F.pdf", type=Target(), help="Écrit la fiche de preuve d'un seul texte.")
@click.option(
    "--glossaire", "glossary", metavar="F.pdf", type=Target(),
    help="Écrit le glossaire : un dépliant à imprimer (.pdf) ou une page (.md) ; avec CHEMIN, les mots de ce texte.",
)  # fmt: skip
@click.option("--regles", "rules", metavar="F.md", type=Target(), help="Écrit les cinquante règles dans une page.")
@overwrite_option()
def command(
    paths: tuple[str, ...],
    as_json: bool,
    register: str,
    reader: str,
    profile: Path | None,
    households: Path | None,
    day: date | None,
    everything: bool,
    proof: Path | None,
    glossary: Path | None,
    rules: Path | None,
    overwrite: bool,
) -> int:
    """Relit un texte en langage clair : chaque remarque montre la phrase, la règle, la raison, et quoi écrire.

    CHEMIN est un courrier de pex (son nom), un fichier .docx, .txt ou .md, ou un dossier. Sans CHEMIN :
    tous les courriers nationaux. Les mots de loi, sous un titre « Texte de la loi », ne sont pas relus.

    Trois niveaux : bloquant, à voir, information. Ce contrôle ne remplace pas des lecteurs : voyez « pex essai ».

    \b
    Exemples :
      pex lisibilite
      pex lisibilite assignation --registre simple
      pex lisibilite ma_lettre.docx
      pex lisibilite --profil mon_profil
      pex lisibilite --menages menages.xlsx --profil mon_profil
      pex lisibilite assignation --fiche fiche.pdf
      pex lisibilite --glossaire mots.pdf
      pex lisibilite assignation --glossaire mots.pdf

    Code de retour : 0 si rien n'est bloquant, 1 sinon, 2 si la commande est mal écrite.
    """
    if rules is not None:
        _write_rules(rules, overwrite)
    if (glossary or rules) and not (paths or households or proof):
        if glossary is not None:
            _write_glossary(glossary, (), profile, overwrite)
        return 0
    if households is not None:
        reports, refused = _merged(households, profile, day or date.today(), register)
    else:
        reports, refused = _reports(list(_files(paths, profile)), reader, register)
    if glossary is not None:
        _write_glossary(glossary, reports, profile, overwrite)
    if proof is not None:
        _write_proof(reports, proof, profile, overwrite)
    if as_json:
        content = {"textes": [_as_json(report) for report in reports], "refuses": refused}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        _tell(reports, everything)
    for message in refused:
        click.echo(message, err=True)
    return 1 if refused or any(report.blocking for report in reports) else 0


def _files(paths: Sequence[str], profile: Path | None) -> Iterator[Path]:
    """The files meant: a path, the name of a letter, the office's own wordings, or every national letter."""
    from pex.errors import UnreadableFile
    from pex.folders import LETTER_TEMPLATES
    from pex.letters import letter_ids
    from pex.plain_language.files import files_in
    from pex.profile import read_profile

    for path in paths:
        found = Path(path).expanduser()
        if path in letter_ids():
            yield LETTER_TEMPLATES / "fr" / f"{path}.md"
        elif not found.exists():
            hint = did_you_mean(path, letter_ids())
            raise click.UsageError(
                f"« {path} » n'est ni un fichier, ni un courrier. {hint}", click.get_current_context()
            )
        else:
            inside = list(files_in(found))
            if not inside:
                raise UnreadableFile(f"Le dossier « {found} » ne contient aucun fichier .docx, .txt ou .md.")
            yield from inside
    if profile is not None:
        own = read_profile(profile).letters
        yield from sorted(own.glob("*.md")) if own else ()
    elif not paths:
        yield from (LETTER_TEMPLATES / "fr" / f"{letter_id}.md" for letter_id in letter_ids())


def _reports(files: Sequence[Path], reader: str, register: str) -> tuple[list[Report], list[str]]:
    from pex.errors import PexError
    from pex.plain_language import check_file

    reports, refused = [], []
    for path in files:
        try:
            reports.append(check_file(path, reader, register))
        except PexError as error:
            refused.append(str(error))
    return reports, refused


def _merged(path: Path, profile: Path | None, today: date, register: str) -> tuple[list[Report], list[str]]:
    """Reports on the letters of these households, and what could not be written."""
    from pex.plain_language.merged import check_letters
    from pex.profile import read_profile

    if profile is None:
        raise click.UsageError(
            "--menages demande --profil : les courriers portent vos services.", click.get_current_context()
        )
    reading = read_file(path, None, today)
    made = list(check_letters(reading.dossiers, read_profile(profile), today, register))
    refused = [found for found in made if isinstance(found, str)]
    if reading.problems:
        refused.append("Des lignes du fichier sont refusées : voyez ci-dessus.")
    return [found for found in made if not isinstance(found, str)], refused


def _tell(reports: Sequence[Report], everything: bool) -> None:
    from pex.plain_language import LEVELS

    for report in reports:
        lines = list(_lines(report, everything))
        if len(lines) > 1 or len(reports) <= MOST_NAMED:
            click.echo("\n".join(lines))
    if not reports:
        click.echo("Aucun texte à relire.")
        return
    totals = ", ".join(count(sum(report.count(level) for report in reports), *COUNTED[level]) for level in LEVELS)
    click.echo(f"{count(len(reports), 'texte relu', 'textes relus')} : {totals}.")
    if not everything and any(report.count("information") for report in reports):
        click.echo("Les informations sont montrées avec --tout.")
    if len(reports) == 1:
        click.echo("")
        for line in _measures(reports[0].measures):
            click.echo(line)
    click.echo("Aucun contrôle automatique ne dit si un lecteur comprend : essayez le texte (pex essai).")


def _lines(report: Report, everything: bool) -> Iterator[str]:
    """Each sentence once, in the order of the text, with its remarks; why, the first time a rule comes."""
    text = report.text
    shown = [remark for remark in report.remarks if everything or remark.level != "information"]
    head = f"{text.name} ({KINDS[text.kind]}, registre {text.register}, pour : {text.reader})"
    yield head if shown else f"{head} : rien à changer"
    said: set[str] = set()
    for sentence, remarks in _by_sentence(shown, report).items():
        line = next((f"ligne {remark.line} : " for remark in remarks if remark.line), "")
        yield f"  {line}« {sentence} »" if sentence else "  Sur tout le texte"
        for remark in remarks:
            found = f" ({remark.found})" if remark.found not in ("", sentence) else ""
            yield f"    {LEVEL_NAMES[remark.level]} · {remark.rule} {remark.name}{found}"
            yield f"      {remark.instead}" + ("" if remark.rule in said else f" Pourquoi : {remark.why}")
            said.add(remark.rule)
    if shown:
        yield ""


def _by_sentence(remarks: Sequence[Remark], report: Report) -> dict[str, list[Remark]]:
    """Remarks under the sentence they are about, sentences in reading order, the whole text first."""
    order = {sentence.text: place for place, sentence in reversed([*enumerate(report.text.read())])}
    grouped: dict[str, list[Remark]] = {}
    for remark in sorted(remarks, key=lambda remark: order.get(remark.sentence, -1)):
        grouped.setdefault(remark.sentence, []).append(remark)
    return grouped


def _measures(measures: Measures) -> Iterator[str]:
    """Raw counts first; the score last, with its name and its caveat."""
    yield (
        f"{count(measures.words, 'mot', 'mots')}, {count(measures.sentences, 'phrase', 'phrases')}, "
        f"{_number(measures.mean)} mots par phrase, {measures.longest} dans la plus longue."
    )
    for score in (measures.kandel_moles, measures.lix):
        if score is not None:
            yield f"{score.variant} : {_number(score.value)}. {score.caveat}"


def _as_json(report: Report) -> dict[str, Any]:
    from pex.plain_language import LEVELS

    text, measures = report.text, report.measures
    return {
        "nom": text.name,
        "genre": text.kind,
        "registre": text.register,
        "lecteur": text.reader,
        **{level: report.count(level) for level in LEVELS},
        "remarques": [remark.as_json() for remark in report.remarks],
        "mesures": {
            "mots": measures.words,
            "phrases": measures.sentences,
            "mots_par_phrase": round(measures.mean, 2),
            "plus_longue_phrase": measures.longest,
            "syllabes": measures.syllables,
            "mots_longs": measures.long_words,
            "scores": [_score(score) for score in (measures.kandel_moles, measures.lix) if score],
        },
        "relecture": text.review.status if text.review else None,
    }


def _score(score: Score) -> dict[str, Any]:
    return {"variante": score.variant, "valeur": round(score.value, 2), "avertissement": score.caveat}


def _write_proof(reports: Sequence[Report], path: Path, profile: Path | None, overwrite: bool) -> None:
    from pex.batch import prepare_folder, save
    from pex.outputs.proof import write_proof

    if len(reports) != 1:
        raise click.UsageError(
            "--fiche demande un seul texte : donnez son nom ou son fichier.", click.get_current_context()
        )
    prepare_folder(path.parent)
    save(path.parent, {path.name: write_proof(reports[0], date.today())}, overwrite=overwrite)
    click.echo(f"Fiche de preuve : {path}", err=True)


def _write_glossary(path: Path, reports: Sequence[Report], profile: Path | None, overwrite: bool) -> None:
    """The whole glossary, or as a leaflet the words of these texts only."""
    from pex.batch import prepare_folder, save
    from pex.law.reading import read_sources
    from pex.letters.glossary import read_entries, read_glossary
    from pex.outputs.glossary_page import write_glossary_page
    from pex.outputs.leaflet import TITLE, TITLE_OF_LETTER, write_leaflet
    from pex.plain_language.rules.terms import terms_in
    from pex.profile import Profile, read_profile

    if path.suffix.lower() not in (".pdf", ".md"):
        raise click.UsageError("--glossaire écrit un fichier .pdf ou .md.", click.get_current_context())
    prepare_folder(path.parent)
    if path.suffix.lower() == ".md":
        content = write_glossary_page(read_entries(), read_sources()).encode()
    else:
        used = dict.fromkeys(term for report in reports for term in terms_in(report.text))
        terms = tuple(used) or tuple(read_glossary(date.today()).values())
        office = read_profile(profile) if profile else Profile()
        content = write_leaflet(terms, office, TITLE_OF_LETTER if len(reports) == 1 and used else TITLE)
    save(path.parent, {path.name: content}, overwrite=overwrite)
    click.echo(f"Glossaire : {path}", err=True)


def _write_rules(path: Path, overwrite: bool) -> None:
    from pex.batch import prepare_folder, save
    from pex.outputs.rules_page import write_rules_page

    prepare_folder(path.parent)
    save(path.parent, {path.name: write_rules_page().encode()}, overwrite=overwrite)
    click.echo(f"Règles : {path}", err=True)


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
