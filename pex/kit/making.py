"""Every file of the kit, made in the order of `kit.yaml`, and the sheet that says how to print each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pex.dates import write_date
from pex.dossier.facts import Dossier, Territoire
from pex.errors import MissingFacts
from pex.kit.cards import magnets, question_cards, solution_cards, step_cards
from pex.kit.comprehension import comprehension_form, scoring_sheet
from pex.kit.scoring_workbook import write_scoring_workbook
from pex.law import Law
from pex.letters import compose_letter
from pex.letters.blocks import Block, ItemList, Span, Table
from pex.letters.glossary import read_glossary
from pex.letters.interview import blank_interview
from pex.letters.papers import paper_ids, read_paper
from pex.letters.templates import read_tool_words, read_words
from pex.letters.tools import ToolSheet, compose_tool
from pex.outputs import write_letter
from pex.outputs.interview import write_interview
from pex.outputs.law_poster import draw_poster
from pex.outputs.leaflet import write_leaflet
from pex.outputs.papers import write_papers
from pex.outputs.pictograms import draw_sheet, names
from pex.outputs.tools import write_cards, write_form, write_tool
from pex.profile import Profile
from pex.timeline import build_timeline

READ_ME = "lisez_moi"


@dataclass(frozen=True, slots=True)
class KitFile:
    """A file of the kit: its name, without the ending of a PDF; its title, what it is for, how to print it."""

    name: str
    title: str
    purpose: str
    paper: str
    printing: str
    copies: str

    @property
    def full_name(self) -> str:
        """The name of the file in the folder."""
        return self.name if "." in self.name else f"{self.name}.pdf"


@dataclass(frozen=True, slots=True)
class Kit:
    """The files made, by name with ending, and the sentences that say what is left out and why."""

    contents: Mapping[str, bytes]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """What every file is made from."""

    profile: Profile
    law: Law
    today: date
    words: Mapping[str, Any]
    common: Mapping[str, Any]
    foot: str
    language: str

    @property
    def territory(self) -> Territoire:
        return self.profile.territoire

    @property
    def fictitious(self) -> str | None:
        return self.common["labels"]["fictitious"] if self.profile.fictif else None


def make_kit(profile: Profile, law: Law, today: date, language: str = "fr") -> Kit:
    """Every file of the kit, ready to print; the sheet « lisez_moi » tells those that were made.

    Without a profile, what needs the office's own number is left out, and `left_out` says so.
    """
    words = read_tool_words("kit", language)
    foot = words["mention"].format(date=write_date(today, language=language))
    order = _Order(profile, law, today, words, read_words(language), foot, language)
    contents: dict[str, bytes] = {}
    made, left_out = [], []
    for file in kit_files(words):
        if file.name == READ_ME:
            made.append(file)
            continue
        try:
            contents[file.full_name] = MAKERS[file.name](order)
            made.append(file)
        except MissingFacts as error:
            left_out.append(f"{file.title} : {error}")
    read_me = write_tool(_read_me(made, left_out, order), order.common["labels"]["page"])
    return Kit({f"{READ_ME}.pdf": read_me, **contents}, tuple(left_out))


def kit_files(words: Mapping[str, Any]) -> tuple[KitFile, ...]:
    """The files that the kit may hold, in its order."""
    return tuple(
        KitFile(item["fichier"], item["titre"], item["pour"], item["papier"], item["impression"], item["combien"])
        for item in words["contenu"]
    )


def _read_me(made: list[KitFile], left_out: list[str], order: _Order) -> ToolSheet:
    """The sheet of that name, with the table of what was made and the list of what was not."""
    entry = order.words["lisez_moi"]
    rows = tuple(
        (
            (Span(file.title, strong=True), Span(f" ({file.full_name})")),
            (Span(file.purpose),),
            (Span(f"{file.paper}, {file.printing}"),),
            (Span(file.copies),),
        )
        for file in made
    )
    blocks = [Block("contenu", "section", entry["titre_tableau"], (Table(tuple(entry["tableau"]), rows),), None)]
    if left_out:
        missing = ItemList(tuple((Span(text),) for text in left_out))
        blocks.append(Block("absents", "action", entry["absents"], (missing,), "information"))
    sheet = _sheet(READ_ME, order)
    return replace(sheet, blocks=(*blocks, *sheet.blocks))


def _sheet(name: str, order: _Order) -> ToolSheet:
    numbers = {line.id: line.number.replace(" ", "\u00a0") for line in order.law.helplines.values()}
    limits = order.words["depouillement"]["seuils"]
    facts = {"numeros": numbers, "seuils": {name: round(limit * 100) for name, limit in limits.items()}}
    return compose_tool(name, facts, order.foot, order.language)


def _written(name: str) -> Callable[[_Order], bytes]:
    return lambda order: write_tool(_sheet(name, order), order.common["labels"]["page"])


def _pictogram_cards(order: _Order) -> bytes:
    return draw_sheet(names(), "cards")


def _step_cards(order: _Order) -> bytes:
    cards = step_cards(order.law, order.today, order.words, order.common, order.territory)
    return write_cards(_title("cartes_etapes", order), "steps", cards, order.words["cartes"])


def _solution_cards(order: _Order) -> bytes:
    cards = solution_cards(order.law, order.today, order.words, order.territory)
    return write_cards(_title("cartes_solutions", order), "solutions", cards, order.words["cartes"])


def _question_cards(order: _Order) -> bytes:
    cards = question_cards(order.law, order.today, order.words, order.territory)
    return write_cards(_title("cartes_questions", order), "questions", cards, order.words["cartes"])


def _magnets(order: _Order) -> bytes:
    return write_cards(
        _title("magnets", order), "magnets", magnets(order.law, order.profile, order.words, order.fictitious)
    )


def _papers(order: _Order) -> bytes:
    return write_papers([read_paper(paper_id) for paper_id in paper_ids()], order.law, order.language)


def _glossary(order: _Order) -> bytes:
    terms = [term for term in read_glossary(order.today, order.language).values() if term.must_be_explained]
    return write_leaflet(terms, order.profile, _title("mots", order), order.language)


def _new_tenant(order: _Order) -> bytes:
    """The letter of that name, to nobody in particular: a reference, and nothing else, is a dossier."""
    timeline = build_timeline(order.profile.place(Dossier(reference="nouveau-locataire")), order.law, order.today)
    letter = compose_letter("nouveau_locataire", timeline, order.profile, order.language)
    return write_letter(letter, order.profile, "pdf")


def _interview(order: _Order) -> bytes:
    page_label = order.common["labels"]["page"]
    sheet = blank_interview(order.profile, order.foot, order.language)
    return write_interview(sheet, None, order.profile, page_label, "pdf")


def _form(order: _Order) -> bytes:
    return write_form({**comprehension_form(order.words, order.foot), "title": _title("test_pictogrammes", order)})


def _scoring(order: _Order) -> bytes:
    sheet = scoring_sheet(_sheet("depouillement", order), order.words)
    return write_tool(sheet, order.common["labels"]["page"])


def _title(name: str, order: _Order) -> str:
    return next(file.title for file in kit_files(order.words) if file.name == name)


MAKERS: Mapping[str, Callable[[_Order], bytes]] = {
    "guide_animation": _written("guide_animation"),
    "cartes_pictogrammes": _pictogram_cards,
    "cartes_etapes": _step_cards,
    "cartes_solutions": _solution_cards,
    "cartes_questions": _question_cards,
    "papiers": _papers,
    "affiche_a3": lambda order: draw_poster(order.law, order.today, "a3", order.territory, order.language),
    "affiche_a2": lambda order: draw_poster(order.law, order.today, "a2", order.territory, order.language),
    "magnets": _magnets,
    "mots": _glossary,
    "nouveau_locataire": _new_tenant,
    "entretien": _interview,
    "consigne_test": _written("test_pictogrammes"),
    "test_pictogrammes": _form,
    "depouillement": _scoring,
    "depouillement.xlsx": lambda order: write_scoring_workbook(order.words, order.today),
}
"""How each file is made; `kit.yaml` says what each is for."""
