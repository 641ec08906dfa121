"""The test of the pictograms with readers: each is asked about once, and a count never says more than it is worth."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from test_kit import flat, pages

from pex.folders import EXAMPLES
from pex.kit import Kit, make_kit
from pex.kit.comprehension import BOOKLET, in_booklets
from pex.law import read_law
from pex.letters.review import interval
from pex.letters.templates import read_tool_words
from pex.outputs.pictograms import card, names
from pex.profile import read_profile

WORDS = read_tool_words("kit")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return make_kit(read_profile(EXAMPLES / "profil"), read_law(), date(2026, 11, 26))


def test_each_pictogram_is_tested_once_without_its_words(kit: Kit) -> None:
    booklets = in_booklets(names())
    assert sorted(name for booklet in booklets for name in booklet) == sorted(names())
    assert max(map(len, booklets)) <= BOOKLET and max(map(len, booklets)) - min(map(len, booklets)) <= 1
    text = pages(kit.contents["test_pictogrammes.pdf"])
    judged = next(index for index, page in enumerate(text) if WORDS["test"]["juge_titre"] in page)
    shown = re.findall(r"^\d+\.\d+$", "\n".join(text[:judged]), re.M)
    assert len(shown) == len(set(shown)) == len(names())
    open_part = flat("".join(text[:judged]))
    assert not [
        name for name in names() if flat(card(name)["concept_fr"]) in open_part and len(card(name)["concept_fr"]) > 12
    ]
    judged_part = flat("".join(text[judged:]))
    assert all(
        flat(card(name)["definition_fr"].replace("\u00a0", "")) in judged_part.replace("\u00a0", "") for name in names()
    )


def test_the_scoring_sheet_holds_each_pictogram_and_the_interval_of_a_count(kit: Kit) -> None:
    text = flat("".join(pages(kit.contents["depouillement.pdf"])))
    for number, booklet in enumerate(in_booklets(names()), 1):
        for place, name in enumerate(booklet, 1):
            assert flat(f"{number}.{place} {card(name)['concept_fr']}") in text
    low, high = interval(17, 20)
    assert flat(f"17 (85 %) {low:.0%} et {high:.0%}") in text.replace("\u00a0", "")


COUNTS = {
    "5 lecteurs": ((5, 5, 0, 0, 0, 0), "trop peu de lecteurs"),
    "contraires": ((20, 18, 0, 2, 0, 0), "redessiner : trop de réponses contraires"),
    "à refaire": ((20, 13, 5, 1, 1, 0), "redessiner"),
    "avec ses mots": ((20, 16, 4, 0, 0, 0), "garder, toujours avec ses mots"),
    "peut être seul": ((50, 45, 3, 1, 0, 1), "peut être seul"),
    "faute de frappe": ((20, 30, 0, 0, 0, 0), "à vérifier"),
}


def computed(formula: str, cells: dict[str, int]) -> object:
    """What a spreadsheet makes of these formulas: the few functions that they use, and no other."""
    told = formula.removeprefix("=").replace("<>", "!=").replace("^", "**").replace("=0,", "==0,")
    told = re.sub(r"\b([A-Z])(\d+):([A-Z])\2\b", r'BETWEEN("\1", "\3")', told)
    told = re.sub(r'\b([C-H])5\b(?!")', lambda found: str(cells[found[1]]), told)
    functions = {
        "IF": lambda test, yes, no: yes if test else no,
        "N": int,
        "BETWEEN": lambda first, last: [cells[letter] for letter in "CDEFGH" if first <= letter <= last],
        **{"SUM": sum, "MAX": max, "MIN": min, "SQRT": lambda value: value**0.5},
    }
    return eval(told, {"__builtins__": {}}, functions)


@pytest.mark.parametrize("case", COUNTS)
def test_the_workbook_computes_the_interval_and_the_decision(case: str, kit: Kit) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(kit.contents["depouillement.xlsx"])).active
    assert sheet.max_row == 4 + len(names())
    assert sheet["B5"].value == card(in_booklets(names())[0][0])["concept_fr"]
    counts, decision = COUNTS[case]
    cells = dict(zip("CDEFGH", counts, strict=True))
    assert str(computed(sheet["L5"].value, cells)).startswith(decision)
    if counts[1] <= counts[0]:
        told = [computed(sheet[f"{column}5"].value, cells) for column in "IJK"]
        assert told == pytest.approx([counts[1] / counts[0], *interval(counts[1], counts[0])])
    for column in "IJKL":
        assert sheet[f"{column}5"].value.startswith('=IF(N(C5)=0,"",'), "sans comptes, rien n'est dit"
