"""The poster of the procedure: one sheet whatever the day, the lengths of the law, read from across a room."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from pex.cli import main
from pex.errors import PexError
from pex.law import read_law
from pex.law.wording import say_length, version_on
from pex.letters.templates import read_tool_words, read_words
from pex.outputs.law_poster import draw_poster

LAW = read_law()
DAY = date(2026, 11, 26)
WORDS = read_tool_words("affiche")
ITEMS = [item for step in WORDS["etapes"].values() for item in step] + [WORDS["treve"]]
SHOWN = [item["regle"] for item in ITEMS]
CHANGES = sorted({version.since for rule in SHOWN for version in LAW.rule(rule).versions if version.since.year >= 2016})
FROM_AFAR = 18
"""Points on an A3 sheet: capitals of 4 mm, twice what a good eye needs at 1.5 m."""


@lru_cache(maxsize=32)
def poster(day: date = DAY, paper: str = "a3") -> bytes:
    return draw_poster(LAW, day, paper)


def read(content: bytes) -> tuple[int, str, tuple[float, float]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    box = reader.pages[0].mediabox
    text = " ".join(page.extract_text() for page in reader.pages)
    size = (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4))
    return len(reader.pages), re.sub(r"\s+", " ", text.replace("\u00a0", " ")), size


@pytest.mark.parametrize(("paper", "size"), [("a3", (297, 420)), ("a2", (420, 594))])
def test_it_is_one_sheet_of_its_size(paper: str, size: tuple[int, int]) -> None:
    assert (read(poster(DAY, paper))[0], read(poster(DAY, paper))[2]) == (1, size)


@pytest.mark.parametrize("day", [day + timedelta(days=shift) for day in CHANGES for shift in (-1, 0)], ids=str)
def test_it_stays_one_sheet_at_each_change_of_the_law_and_tells_the_lengths_of_that_day(day: date) -> None:
    count, text, _ = read(poster(day))
    assert count == 1
    for item in ITEMS:
        rule = LAW.rule(item["regle"])
        length = say_length(rule, day)
        expected = length.replace("\u00a0", " ") if length else item.get("sans_duree") or rule.name
        assert expected.lower() in text.lower(), rule.id
        assert length or "à confirmer" in text


def test_every_step_of_the_household_has_its_ways_out_and_its_help() -> None:
    _, text, _ = read(poster())
    for entry in read_words()["steps"].values():
        assert entry["label"] in text
        assert all(read_words()["actions"][action]["short"] in text for action in entry["ways_out"])
        assert all(WORDS["aides"][helper].lower() in text.lower() for helper in entry["help"])
    for ending in read_words()["endings"]["usual"]:
        assert ending["label"] in text
    assert set(WORDS["etapes"]) == set(read_words()["steps"])
    assert "Appelez le 0 805 16 00 75" in text and "115" in text
    assert "Délais en vigueur le 26 novembre 2026" in text


def test_no_length_and_no_number_is_written_in_its_words() -> None:
    assert not re.search(r"\d+ (?:jour|semaine|mois|an)|\d\d \d\d", str(dict(WORDS)))


def test_what_is_not_certain_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = LAW.rule("reponse_du_prefet")
    version = version_on(rule, DAY)
    assert version is not None and (version.certainty or rule.certainty) == "certaine"
    assert "à confirmer" not in read(poster())[1]
    doubtful = {**LAW.rules, rule.id: _with_certainty(rule, "a_confirmer")}
    from dataclasses import replace

    assert "à confirmer" in read(draw_poster(replace(LAW, rules=doubtful), DAY))[1]


def _with_certainty(rule, certainty):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    versions = tuple(replace(version, certainty=certainty) for version in rule.versions)
    return replace(rule, versions=versions)


def test_what_is_to_be_read_from_afar_is_large() -> None:
    from pypdf import PdfReader

    small: list[str] = []

    def visit(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip() and abs(size * matrix[3]) < FROM_AFAR - 0.1 and abs(size) < FROM_AFAR - 0.1:
            small.append(text)

    PdfReader(io.BytesIO(poster())).pages[0].extract_text(visitor_text=visit)
    close = re.sub(r"\s+", "", "".join(small).replace("\u00a0", ""))
    # Only the headings of the two columns, the foot and the articles may be read from near.
    _, _, foot = close.partition(re.sub(r"\s+", "", WORDS["pied"].partition("{")[0]))
    assert foot
    before = close.replace(foot, "").replace(re.sub(r"\s+", "", WORDS["pied"].partition("{")[0]), "")
    assert before == re.sub(r"\s+", "", "".join(WORDS["colonnes"].values()))


@pytest.mark.parametrize("standard", ["PDF_UA_1", "PDF_A_2A"])
def test_it_is_accessible_and_archivable(standard: str) -> None:
    import page

    report = page.validate_pdf_bytes(poster(), profile=page.ValidationProfile[standard])
    assert [str(item) for item in report.failures if "STREAM-LENGTH-001" not in str(item)] == []


def test_another_paper_is_refused_with_those_that_exist() -> None:
    with pytest.raises(PexError, match="a3, a2"):
        draw_poster(LAW, DAY, "a1")


def test_the_command_writes_it_and_says_how_to_print(tmp_path: Path) -> None:
    target = tmp_path / "affiche.pdf"
    done = CliRunner().invoke(main, ["droit", "--affiche", str(target), "--papier", "a2", "--le", "2026-11-26"])
    assert done.exit_code == 0, done.output
    assert target.read_bytes() == poster(DAY, "a2")
    assert "taille réelle" in done.output
