"""Letter templates: front matter, then blocks of Markdown with blanks to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pex.errors import TemplateError
from pex.folders import LETTER_TEMPLATES
from pex.letters.blocks import Block, Content, ItemList, Paragraph, Span, Spans, Table
from pex.letters.marks import Marks, write_day, write_hour
from pex.letters.no_breaks import bind

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HEADING = re.compile(r"^## (?P<title>.*?)\s*\{#(?P<id>[a-z_]+) (?P<kind>[a-z]+)(?: picto=(?P<picto>[a-z_]+))?\}$")
# A line that holds only tags leaves no empty line behind: it would cut a list or a table in two.
TAGS_ALONE = re.compile(r"(?m)^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)+)\n")
REQUIRED_KEYS = {"titre", "objet", "action_principale", "famille"}
FRONT_KEYS = REQUIRED_KEYS | {
    "etapes", "expediteur", "destinataire", "frise", "depuis", "jusqu_au", "convient_si", "fondement", "certitude",
    "a_savoir", "besoins", "seulement_si", "sinon",
}  # fmt: skip
FAMILIES = ("etat", "ccapex", "partenaire", "a_signer")
HOUSEHOLD = "menage"


@dataclass(frozen=True, slots=True, eq=False)
class LetterTemplate:
    """One `<id>.md`: what it is for, and its compiled texts.

    `family` is etat, ccapex, partenaire or a_signer. `sender` and `recipient` are « menage », « nous » (the
    profile's office), « ccapex », « bailleur » or « service:<name> » of the profile. `stages` are those at
    which the letter is chosen by itself, if `fits` holds and the day is from `since` to `until`. `sources`
    are the texts it rests on, `certainty` says whether they were read, `note` what is inferred.
    `needs` are the paths of the facts without which it cannot be written; `only_if` must hold too, or else
    `otherwise` says why the letter is refused.
    """

    id: str
    language: str
    family: str
    sender: str
    recipient: str
    stages: tuple[str, ...]
    title: Template
    subject: str
    body: Template
    has_timeline: bool
    main_action: str
    fits: Callable[..., Any] | None = None
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    certainty: str = "certaine"
    note: str | None = None
    needs: tuple[str, ...] = ()
    only_if: Callable[..., Any] | None = None
    otherwise: str = ""

    def in_force(self, day: date) -> bool:
        """True from the first day to the last day of the law it tells of."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def letter_ids(language: str = "fr", folder: Path = LETTER_TEMPLATES) -> tuple[str, ...]:
    """Ids of the letters of that language, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder / language).glob("*.md")))


def read_template(
    letter_id: str, language: str = "fr", folder: Path = LETTER_TEMPLATES, own: Path | None = None
) -> LetterTemplate:
    """Read and compile a letter's template; an office's own wording where the folder `own` holds one.

    Raises TemplateError for a letter that does not exist, unknown front matter, a slip in a blank, or an own
    wording that changes words of the law.
    """
    path = own / f"{letter_id}.md" if own is not None else None
    if path is None or not path.is_file():
        return _read_template(letter_id, language, folder, None, 0)
    return _read_template(letter_id, language, folder, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _read_template(letter_id: str, language: str, folder: Path, own: Path | None, _changed: int) -> LetterTemplate:
    """The same, kept until the office's wording changes."""
    national = folder / language / f"{letter_id}.md"
    if letter_id not in letter_ids(language, folder):
        known = ", ".join(letter_ids(language, folder)) or "aucun"
        raise TemplateError(f"Le courrier « {letter_id} » n'existe pas en « {language} ». Courriers : {known}.")
    path = own or national
    head, body = read_source(path)
    if own is not None and _locked(own) != _locked(national):
        raise TemplateError(f"{own.name} : un texte de loi a été changé ou enlevé. Reprenez-le du texte national.")
    sender, recipient = head.get("expediteur", "nous"), head.get("destinataire", HOUSEHOLD)
    condition, only_if = head.get("convient_si"), head.get("seulement_si")
    return LetterTemplate(
        id=letter_id,
        language=language,
        family=head["famille"],
        sender=sender,
        recipient=recipient,
        stages=tuple(head.get("etapes", ())),
        title=_compile(head["titre"], path),
        subject=head["objet"],
        body=_compile(body, path),
        has_timeline=head.get("frise", recipient == HOUSEHOLD and sender != HOUSEHOLD),
        main_action=head["action_principale"],
        fits=_environment().compile_expression(condition) if condition else None,
        since=head.get("depuis"),
        until=head.get("jusqu_au"),
        sources=tuple(head.get("fondement", ())),
        certainty=head.get("certitude", "certaine"),
        note=head.get("a_savoir"),
        needs=tuple(head.get("besoins", ())),
        only_if=_environment().compile_expression(only_if) if only_if else None,
        otherwise=head.get("sinon", ""),
    )


@lru_cache(maxsize=128)
def stages_of(letter_id: str, language: str = "fr", folder: Path = LETTER_TEMPLATES) -> tuple[str, ...]:
    """The stages at which the letter is chosen by itself; its text is not compiled, which takes a hundred times longer.

    Raises TemplateError for a front matter that cannot be used.
    """
    path = folder / language / f"{letter_id}.md"
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) < 3:
        raise TemplateError(f"{path.name} : il manque l'en-tête, entre deux lignes « --- ».")
    return tuple(_read_front(parts[1], path).get("etapes", ()))


def is_for_household(letter_id: str, language: str = "fr") -> bool:
    """True for a letter that an office sends to the household."""
    template = read_template(letter_id, language)
    return template.recipient == HOUSEHOLD and template.sender != HOUSEHOLD


@lru_cache(maxsize=8)
def read_words(language: str = "fr", folder: Path = LETTER_TEMPLATES) -> Mapping[str, Any]:
    """The words of the timeline and the small words of letters. Raises TemplateError where absent."""
    import yaml

    path = folder / language / "words.yaml"
    if not path.is_file():
        raise TemplateError(f"La langue « {language} » n'a pas de fichier words.yaml.")
    return MappingProxyType(_bound(yaml.safe_load(path.read_text(encoding="utf-8"))))


def _bound(words: Any) -> Any:
    """The same words, no line breaking inside a number or before a colon."""
    if isinstance(words, str):
        return bind(words)
    if isinstance(words, dict):
        return {name: _bound(value) for name, value in words.items()}
    return [_bound(value) for value in words] if isinstance(words, list) else words


@lru_cache(maxsize=8)
def read_tool_words(name: str, language: str = "fr", folder: Path = LETTER_TEMPLATES) -> Mapping[str, Any]:
    """The words of a tool for the office: `outils/<name>.yaml`. Raises TemplateError where absent."""
    import yaml

    path = folder / language / "outils" / f"{name}.yaml"
    if not path.is_file():
        raise TemplateError(f"La langue « {language} » n'a pas de fichier outils/{name}.yaml.")
    return MappingProxyType(yaml.safe_load(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def compile_text(path: Path) -> Template:
    """A text without front matter, such as a tool for the office. Raises TemplateError for a slip in a blank."""
    return _compile(path.read_text(encoding="utf-8"), path)


def fill_in(template: Template, facts: Mapping[str, Any], marks: Marks) -> str:
    """The template's text with marks in place of values. Raises MissingFacts, TemplateError."""
    from jinja2 import UndefinedError

    try:
        return template.render(facts, marks=marks)
    except UndefinedError as error:
        raise TemplateError(f"Un modèle de courrier nomme une donnée inconnue : {error}") from error


def parse_blocks(text: str, marks: Marks) -> tuple[Block, ...]:
    """The blocks of a filled-in text, values inserted."""
    return tuple(_insert_in_block(block, marks) for block in _parse(text))


def parse_spans(text: str, marks: Marks | None = None) -> Spans:
    """One line of Markdown as spans."""
    spans = _spans(_markdown().parseInline(text)[0])
    return _insert(spans, marks) if marks else spans


def _locked(path: Path) -> list[str]:
    """The blocks that hold words of the law: nobody rewrites them."""
    parts = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
    return [
        part.strip() for part in parts if (found := HEADING.match(part.partition("\n")[0])) and found["kind"] == "law"
    ]


def read_source(path: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a letter's file, as written. Raises TemplateError for what is wrong in it."""
    text = path.read_text(encoding="utf-8")
    if text.count("---\n") < 2:
        raise TemplateError(f"{path.name} : il manque l'en-tête, entre deux lignes « --- ».")
    _, front, body = text.split("---\n", 2)
    return _read_front(front, path), body


def _read_front(text: str, path: Path) -> dict[str, Any]:
    import yaml

    try:
        head = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TemplateError(f"{path.name} : l'en-tête ne peut pas être lu : {error}") from error
    if not isinstance(head, dict):
        raise TemplateError(f"{path.name} : l'en-tête doit contenir des clés, par exemple « titre: … ».")
    if missing := REQUIRED_KEYS - set(head):
        raise TemplateError(f"{path.name} : l'en-tête doit contenir aussi {', '.join(sorted(missing))}.")
    if unknown := set(head) - FRONT_KEYS:
        raise TemplateError(f"{path.name} : l'en-tête contient une clé inconnue, {', '.join(sorted(unknown))}.")
    if head["famille"] not in FAMILIES:
        raise TemplateError(f"{path.name} : « famille » est {', '.join(FAMILIES)}, pas « {head['famille']} ».")
    return dict(head)


@lru_cache(maxsize=8)
def fact_names(language: str = "fr", folder: Path = LETTER_TEMPLATES) -> Mapping[str, Mapping[str, str]]:
    """How a fact that is missing is told: its path → its name, and whom to ask."""
    import yaml

    return MappingProxyType(yaml.safe_load((folder / language / "facts.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined, pass_context
    from jinja2.sandbox import SandboxedEnvironment

    @pass_context
    def finalize(context: Any, value: Any) -> Any:
        return context["marks"].add(value)

    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=False,
        comment_start_string="{%#",  # « {# » names a block here
        comment_end_string="#%}",
    )
    environment.filters["jour"] = write_day
    environment.filters["heure_courte"] = write_hour
    environment.filters["majuscule"] = lambda text: text[:1].upper() + text[1:]
    return environment


def _compile(text: str, path: Path) -> Template:
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().from_string(TAGS_ALONE.sub(r"\1", text))
    except TemplateSyntaxError as error:
        raise TemplateError(f"{path.name}, ligne {error.lineno} : {error.message}") from error


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # « zero » knows no HTML, link or code: only what a letter may hold is switched on.
    return MarkdownIt("zero").enable(["list", "table", "emphasis", "heading"])


@lru_cache(maxsize=256)
def _parse(text: str) -> tuple[Block, ...]:
    """Households on the same branches give the same text, marks included: it is parsed once."""
    blocks = []
    for part in re.split(r"(?m)^(?=## )", text):
        if not part.strip():
            continue
        line, _, body = part.partition("\n")
        heading = HEADING.match(line.strip())
        if heading is None:
            raise TemplateError(f"Bloc mal nommé : « {line.strip()} ». Écrivez « ## Titre {{#nom action}} ».")
        blocks.append(
            Block(
                id=heading["id"],
                kind=heading["kind"],  # type: ignore[arg-type]
                title=bind(heading["title"]) or None,
                contents=_contents(_markdown().parse(body)),
                pictogram=heading["picto"],
            )
        )
    return tuple(blocks)


def _contents(tokens: list[Token]) -> tuple[Content, ...]:
    contents: list[Content] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        inside = tokens[position : end + 1]
        if token.type == "paragraph_open":
            contents.append(Paragraph(_spans(inside[1])))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items = tuple(_spans(item) for item in inside if item.type == "inline")
            contents.append(ItemList(items, ordered=token.type == "ordered_list_open"))
        elif token.type == "table_open":
            contents.append(_table(inside))
        else:
            raise TemplateError(f"Un courrier ne peut pas contenir « {token.type} ».")
        position = end + 1
    return tuple(contents)


def _closing(tokens: list[Token], start: int) -> int:
    level = 0
    for position in range(start, len(tokens)):
        level += tokens[position].nesting
        if level == 0:
            return position
    raise TemplateError("Un bloc du courrier n'est pas fermé.")


def _table(tokens: list[Token]) -> Table:
    rows: list[list[Spans]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_spans(token))
    header = tuple("".join(span.text for span in cell) for cell in rows[0])
    return Table(header, tuple(tuple(row) for row in rows[1:]))


def _spans(inline: Token) -> Spans:
    spans: list[Span] = []
    strong = False
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type in ("softbreak", "hardbreak"):
            spans.append(Span(" ", strong))
        elif token.type == "text":
            spans.append(Span(bind(re.sub(r"[ \t\n]+", " ", token.content)), strong))
        else:
            raise TemplateError(f"Un courrier ne peut pas contenir « {token.type} ».")
    return _joined(spans)


def _joined(spans: list[Span]) -> Spans:
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and joined[-1].strong == span.strong:
            joined[-1] = Span(joined[-1].text + span.text, span.strong)
        else:
            joined.append(span)
    return tuple(joined)


def _insert(spans: Spans, marks: Marks) -> Spans:
    return tuple(Span(marks.insert(span.text), span.strong, span.lang) for span in spans)


def _insert_in_block(block: Block, marks: Marks) -> Block:
    contents: list[Content] = []
    for content in block.contents:
        if isinstance(content, Paragraph):
            contents.append(Paragraph(_insert(content.spans, marks)))
        elif isinstance(content, ItemList):
            contents.append(ItemList(tuple(_insert(item, marks) for item in content.items), content.ordered))
        else:
            rows = tuple(tuple(_insert(cell, marks) for cell in row) for row in content.rows)
            contents.append(Table(content.header, rows, content.caption))
    title = marks.insert(block.title) if block.title else None
    return Block(block.id, block.kind, title, tuple(contents), block.pictogram)
