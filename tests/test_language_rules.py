"""Each rule of plain language with a good and a bad text; the rules about a letter and about a Word file too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from samples import LETTER

from pex.letters.blocks import Block, ItemList, Letter, Paragraph, Span
from pex.letters.review import Review, SignOff
from pex.plain_language import LEVELS, Remark, check_text, read_letter, read_plain
from pex.plain_language.rules.registry import DATA, read_list, read_rules
from pex.plain_language.text import Text
from pex.plain_language.word_file import read_docx

FOLDER = Path(__file__).parent
CASES = [
    case
    for path in sorted((FOLDER / "plain_language").glob("*.yaml"))
    if path.stem not in ("syllabes", "passif")
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def remarks_on(text: str, rule: str, case: dict[str, Any]) -> list[Remark]:
    read = read_plain(text, "essai", case.get("lecteur", "menage"), case.get("registre", "standard"))
    return [remark for remark in check_text(read).remarks if remark.rule == rule]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['regle']}-{case['mauvais'][:30]}")
def test_a_bad_text_is_told_and_a_good_one_is_left_alone(case: dict[str, Any]) -> None:
    told = remarks_on(case["mauvais"], case["regle"], case)
    assert told, case["mauvais"]
    assert case.get("dit", "") in told[0].instead + told[0].found
    assert not remarks_on(case["bon"], case["regle"], case), case["bon"]


def changed(**changes: Any) -> Letter:
    return replace(LETTER, **changes)


def block(id: str, kind: str, text: str, **more: Any) -> Block:
    return Block(id, kind, None, (Paragraph((Span(text),)),), **more)  # type: ignore[arg-type]


ACTION, *OTHERS = LETTER.blocks
WITHOUT_PHONE = block("action", "action", "Venez au tribunal.", pictogram="audience")
LONG = "Vous pouvez venir avec nous. " * 80
SUMS = block("sommes", "section", "Vous avez payé 10 €, puis 20 €. Vous payez 30 €, puis 40 €.")
# A letter that breaks the rule; the sample letter keeps them all.
LETTERS: dict[str, Letter] = {
    "R01": changed(title="Votre situation devant le juge"),
    "R02": changed(blocks=(block("avant", "section", LONG), *LETTER.blocks)),
    "R03": changed(subject="votre affaire de loyer devant le juge du tribunal de Brumeville"),
    "R04": changed(blocks=(WITHOUT_PHONE, *OTHERS)),
    "R07": changed(blocks=(*LETTER.blocks, block("long", "section", LONG))),
    "R16": changed(blocks=(*LETTER.blocks, block("eux", "section", "Le juge écoute. Le juge décide."))),
    "R33": changed(blocks=(*LETTER.blocks, SUMS)),
    "R45": changed(blocks=(replace(ACTION, pictogram=None), *OTHERS)),
    "R46": changed(blocks=(*LETTER.blocks, block("encore", "section", "Vous payez.", pictogram="assignation"))),
}


def rules_told(text: Text) -> set[str]:
    return {remark.rule for remark in check_text(text).remarks}


@pytest.mark.parametrize("rule", LETTERS)
def test_a_letter_that_breaks_a_rule_is_told(rule: str) -> None:
    bad, good = (
        {remark for remark in check_text(read_letter(letter)).remarks if remark.rule == rule}
        for letter in (LETTERS[rule], LETTER)
    )
    assert bad - good
    assert all(remark.level == "information" for remark in good)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"blocks": (*LETTER.blocks, ACTION)}, "Il y a 2 blocs « action »"),
        ({"blocks": tuple(OTHERS)}, "Il n'y a pas de bloc « action »"),
        ({"title": "Le juge vous attend"}, "Commencez le titre par ce qu'il faut faire"),
        ({"sender": ()}, "Il manque l'expéditeur"),
        ({"place_and_date": "Brumeville"}, "Il manque la date"),
        ({"subject": "votre expulsion"}, "Enlevez ce mot de l'objet"),
        ({"title": "Venez avant l'expulsion"}, "Enlevez ce mot du titre"),
    ],
)
def test_what_blocks_a_letter_says_what_to_do(change: dict[str, Any], told: str) -> None:
    blocked = check_text(read_letter(changed(**change))).blocking
    assert any(told in remark.instead for remark in blocked), blocked


def test_words_of_the_law_are_left_alone() -> None:
    law = block("loi", "law", "Nonobstant les dispositions susvisées, l'huissier de justice procède à l'exécution.")
    before, after = read_letter(LETTER), read_letter(changed(blocks=(*LETTER.blocks, law)))
    assert check_text(after).remarks == check_text(before).remarks
    assert check_text(after).measures == check_text(before).measures


def test_a_big_table_is_told() -> None:
    from pex.letters.blocks import Table

    table = Table(("a", "b", "c"), (((Span("Vous"),), (Span("payez"),), (Span("ici"),)),))
    letter = changed(blocks=(*LETTER.blocks, Block("grand", "section", "Vos dates", (table,))))
    assert "R43" in rules_told(read_letter(letter))


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        (Review("x", "a"), "R49"),
        (Review("x", "a", SignOff("A", date(2025, 1, 6), "a"), SignOff("B", date(2026, 9, 1), "a")), "R50"),
    ],
)
def test_a_text_that_nobody_read_this_year_is_told(status: Review, rule: str) -> None:
    text = replace(read_letter(LETTER, day=date(2026, 11, 26)), review=status)
    assert rule in rules_told(text)


def test_a_proper_name_is_never_corrected() -> None:
    text = "Le DOMICILE-BAILLEUR et l'association Huissier Solidaire vous aident."
    paragraph = block("noms", "section", text)
    letter = changed(blocks=(*LETTER.blocks, paragraph))
    assert "R21" in rules_told(read_letter(letter))
    assert "R21" not in rules_told(read_letter(letter, names=("DOMICILE-BAILLEUR", "Huissier Solidaire")))


def written(path: Path, change: Callable[[Any], object]) -> Text:
    document = docx.Document()
    document.core_properties.title = "Lettre"
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(12)
    document.styles.element.find(".//{*}lang").set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "fr-FR"
    )
    field = document.sections[0].footer.paragraphs[0]._p
    field.append(docx.oxml.parse_xml(PAGE_FIELD))
    document.add_heading("Venez au rendez-vous", 1)
    document.add_paragraph("Vous avez un rendez-vous avec nous. Appelez le 03\u00a053\u00a001\u00a000\u00a000.")
    change(document)
    document.save(str(path))
    return read_docx(path)


PAGE_FIELD = (
    '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
)
TEXT = "Vous pouvez venir avec une personne de votre famille."


def small(document: Any) -> None:
    document.add_paragraph(f"{TEXT} {TEXT}").runs[0].font.size = Pt(9)


def serif(document: Any) -> None:
    document.add_paragraph(TEXT).runs[0].font.name = "Times New Roman"


def justified(document: Any) -> None:
    document.add_paragraph(TEXT).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def italic(document: Any) -> None:
    document.add_paragraph(TEXT).runs[0].italic = True


def underlined(document: Any) -> None:
    document.add_paragraph(TEXT).runs[0].underline = True


def tight(document: Any) -> None:
    document.add_paragraph(TEXT).paragraph_format.line_spacing = 0.8


def no_page_number(document: Any) -> None:
    footer = document.sections[0].footer.paragraphs[0]._p
    footer.remove(footer[-1])


def no_title(document: Any) -> None:
    document.core_properties.title = ""


def nested_list(document: Any) -> None:
    number = '<w:pPr xmlns:w="{0}"><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    paragraph = document.add_paragraph("une liste dans une liste")._p
    paragraph.insert(0, docx.oxml.parse_xml(number.format(paragraph.nsmap["w"])))


def wide_table(document: Any) -> None:
    table = document.add_table(1, 3)
    for cell in table.rows[0].cells:
        cell.text = "Vous payez ici."


def nothing(document: Any) -> None:
    return None


# What a Word file does, the rule it breaks, what it is told.
WORD_FILES: list[tuple[Callable[[Any], object], str, str]] = [
    (small, "R35", "12 points au moins"),
    (serif, "R35", "sans empattement"),
    (justified, "R36", "à gauche"),
    (italic, "R38", "italique"),
    (underlined, "R38", "souligné"),
    (tight, "R39", "interligne"),
    (no_page_number, "R40", "pied de page"),
    (no_title, "R44", "titre au fichier"),
    (nested_list, "R10", "un seul niveau"),
    (wide_table, "R43", "2 colonnes"),
]


@pytest.mark.parametrize(("change", "rule", "told"), WORD_FILES, ids=lambda value: getattr(value, "__name__", None))
def test_the_look_of_a_word_file_is_told(tmp_path: Path, change: Callable[[Any], object], rule: str, told: str) -> None:
    text = written(tmp_path / "lettre.docx", change)
    assert any(remark.rule == rule and told in remark.instead for remark in check_text(text).remarks)
    assert rule not in rules_told(written(tmp_path / "bonne.docx", nothing))


def test_the_words_of_a_word_file_are_read_in_order(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_heading("Texte de la loi", 2)
        document.add_paragraph("Nonobstant ce qui précède.")
        document.add_heading("Apportez", 2)
        document.add_paragraph("vos papiers", style="List Bullet")

    text = written(tmp_path / "lettre.docx", fill)
    assert text.title is not None and text.title.text == "Venez au rendez-vous"
    assert [part.title.text if part.title else None for part in text.parts] == [None, "Texte de la loi", "Apportez"]
    assert [part.locked for part in text.parts] == [False, True, False]
    assert "R19" not in rules_told(text)


def test_each_rule_is_checked_somewhere_and_has_its_examples() -> None:
    rules = read_rules()
    assert list(rules) == [f"R{number:02}" for number in range(1, 51)]
    examples = {case["regle"] for case in CASES} | set(LETTERS) | {rule for _, rule, _ in WORD_FILES} | {"R49", "R50"}
    for rule in rules.values():
        assert rule.level in LEVELS and rule.control in ("texte", "document", "rendu")
        assert rule.why and rule.instead and len(rule.name.split()) <= 8, rule.id
        if rule.control == "rendu":
            assert not rule.is_checked
            assert (FOLDER.parent / rule.checked_by).is_file(), rule.checked_by
        else:
            assert rule.is_checked, f"{rule.id} : écrivez sa fonction dans pex/plain_language/rules/"
            assert rule.id in examples, f"{rule.id} : un bon et un mauvais exemple, dans tests/plain_language/"
    assert sum(rule.is_checked for rule in rules.values()) == 45


def test_a_remark_says_the_sentence_the_rule_why_and_what_to_write() -> None:
    (remark,) = (found for found in check_text(read_plain("Veuillez payer.", "essai")).remarks if found.rule == "R17")
    assert remark.sentence == "Veuillez payer." and remark.found == "veuillez"
    assert remark.level == "bloquant" and remark.name == "Nous, simplement" and remark.line == 1
    assert remark.why and "impératif" in remark.instead


def test_lists_of_words_are_lists_and_say_nothing_twice() -> None:
    for path in DATA.glob("*.yaml"):
        assert read_list(path.stem), path.name
    phrases = read_list("bureaucratic_phrases")
    forms = [form for rule in phrases.values() for key in rule for form in key.split("|")]
    words = [form for key in read_list("difficult_words") for form in key.split("|")]
    for known in (forms, words):
        assert len(known) == len(set(known)), sorted({form for form in known if known.count(form) > 1})
        assert all(form == form.lower().strip() for form in known)


def test_the_words_falc_and_niveau_scolaire_are_never_used() -> None:
    said = " ".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.yaml"))
    assert "FALC" not in said and "niveau scolaire" not in said


def test_a_list_longer_than_five_is_told_in_a_letter() -> None:
    items = ItemList(tuple((Span(f"papier {number}"),) for number in range(6)))
    letter = changed(blocks=(*LETTER.blocks, Block("liste", "section", "Apportez", (items,))))
    assert "R10" in rules_told(read_letter(letter))


def test_how_well_the_passive_is_seen_is_measured() -> None:
    """On 46 home-made sentences; a remark that only warns may miss one or say one too many."""
    sets = yaml.safe_load((FOLDER / "plain_language" / "passif.yaml").read_text(encoding="utf-8"))
    seen = {kind: [text for text in texts if remarks_on(text, "R14", {})] for kind, texts in sets.items()}
    assert len(sets["passif"]) == len(sets["actif"]) == 23
    assert len(seen["passif"]) / len(sets["passif"]) >= 0.95, set(sets["passif"]) - set(seen["passif"])
    assert len(seen["passif"]) / len(seen["passif"] + seen["actif"]) >= 0.9, seen["actif"]


def test_too_many_words_of_the_law_are_told_even_explained() -> None:
    text = " ".join(
        (
            "Un papier officiel demande de payer : c'est le commandement de payer.",
            "Le rendez-vous avec le juge est l'audience.",
            "Le papier qui vous appelle devant le juge est l'assignation.",
            "Une aide en argent existe (FSL).",
            "Demandez un logement en urgence (DALO).",
        )
    )
    told = [remark for remark in check_text(read_plain(text, "essai")).remarks if remark.rule == "R22"]
    assert [(remark.level, remark.found) for remark in told] == [("information", "5 mots de droit")]
