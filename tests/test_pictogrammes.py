"""`pex pictogrammes`: the bank listed, searched, taken away; cards to cut whose backs fall behind their fronts."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from bank import NAMES, read_card
from click.testing import CliRunner, Result
from PIL import Image

from pex.cli import main
from pex.errors import TemplateError
from pex.folders import PICTOGRAMS
from pex.outputs import pictograms

LEFT, TOP, WIDTH, HEIGHT = 22.5, 24.5, 55.0, 62.0
"""Of the first card and of each, in millimetres: three by four in the middle of an A4 page."""


def pex(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["pictogrammes", *arguments], prog_name="pex")


def test_the_list_names_every_pictogram_with_its_words() -> None:
    done = pex()
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [line.split()[0] for line in lines] == NAMES
    assert all(read_card(name)["concept_fr"] in line for name, line in zip(NAMES, lines, strict=True))


@pytest.mark.parametrize(
    ("words", "name"), [("huissier", "commissaire_de_justice"), ("echeancier", "payer_en_plusieurs_fois")]
)
def test_a_search_reads_the_whole_card_without_accents(words: str, name: str) -> None:
    assert name in [line.split()[0] for line in pex("--chercher", words).output.splitlines()]
    assert name in pictograms.search(words.upper())


def test_a_search_that_finds_nothing_says_so() -> None:
    done = pex("--chercher", "licorne")
    assert (done.exit_code, "Aucun pictogramme" in done.output) == (0, True)


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    done = pex("audiance")
    assert done.exit_code == 2
    assert "« audiance » n'existe pas" in done.output
    assert "audience" in done.output


def test_cards_go_on_a_sheet() -> None:
    done = pex("--cartes")
    assert done.exit_code == 2
    assert "--sortie" in done.output


def test_drawings_are_taken_away_as_they_are(tmp_path: Path) -> None:
    assert pex("audience", "payer", "--svg", str(tmp_path)).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audience.svg", "payer.svg"]
    assert (tmp_path / "payer.svg").read_bytes() == (PICTOGRAMS / "payer.svg").read_bytes()


@pytest.mark.parametrize("pixels", [24, 96, 512])
def test_pictures_have_the_size_asked_black_on_nothing(tmp_path: Path, pixels: int) -> None:
    assert pex("fait", "--png", str(tmp_path), "--taille", str(pixels)).exit_code == 0
    picture = Image.open(tmp_path / "fait.png").convert("RGBA")
    assert picture.size == (pixels, pixels)
    assert picture.getpixel((0, 0))[3] == 0
    disc = picture.getpixel((pixels // 2, round(pixels * 0.12)))
    assert disc == (0, 0, 0, 255)


def test_a_picture_is_made_once_and_never_kept_in_the_bank() -> None:
    assert pictograms.rasterise("fait", 48) is pictograms.rasterise("fait", 48)
    assert {path.suffix for path in PICTOGRAMS.iterdir() if path.is_file()} == {".svg", ".yaml", ".md"}
    with pytest.raises(TemplateError, match="licorne"):
        pictograms.rasterise("licorne", 48)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cards") / "cartes.pdf"
    done = pex("audience", "fait", "logement", "payer", "--sortie", str(path), "--cartes")
    assert done.exit_code == 0
    assert "bord long" in done.output
    return path


def cell_of(x: float, y: float) -> tuple[int, int]:
    """The column and the row of the card at this place of a page, in millimetres."""
    return int((x - LEFT) // WIDTH), int((y - TOP) // HEIGHT)


@pytest.mark.requires("pdftotext")
def test_the_words_are_behind_their_drawing_once_the_page_is_turned(cards: Path) -> None:
    """On the long edge, what is at the left of a front is at the right of its back."""
    told = subprocess.run(["pdftotext", "-bbox", cards, "-"], capture_output=True, text=True, check=True).stdout
    front, back = told.split("<page ")[1:]
    assert "<word" not in front
    words = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">(.*?)</word>', back)
    found: dict[tuple[int, int], str] = {}
    for x, y, word in words:
        place = cell_of(float(x) * 25.4 / 72, float(y) * 25.4 / 72)
        found[place] = f"{found.get(place, '')} {word}".strip()
    expected = {(2, 0): "logement", (1, 0): "payer", (0, 0): "audience", (2, 1): "fait"}
    assert found.keys() == expected.keys()
    for place, name in expected.items():
        card = read_card(name)
        assert found[place] == f"{card['concept_fr']} {card['definition_fr']} pex, CC BY 4.0"


@pytest.mark.requires("pdftoppm")
def test_a_card_shows_its_drawing_30_mm_wide_with_marks_to_cut_along(cards: Path) -> None:
    done = subprocess.run(["pdftoppm", "-gray", "-r", "254", "-l", "1", cards], capture_output=True, check=True)
    page = Image.open(io.BytesIO(done.stdout)).point(lambda grey: 255 * (grey < 200))

    def ink(left: float, top: float, right: float, bottom: float) -> tuple[float, ...] | None:
        box = page.crop(tuple(round(10 * edge) for edge in (left, top, right, bottom))).getbbox()
        return box and tuple(edge / 10 for edge in box)

    # « fait » is a disc of 56 on the grid of 64; it is alone on the second row.
    disc = ink(LEFT + 5, TOP + HEIGHT + 5, LEFT + WIDTH - 5, TOP + 2 * HEIGHT - 5)
    assert disc is not None
    assert disc[2] - disc[0] == pytest.approx(30 * 56 / 64, abs=0.3)
    assert (disc[0] + disc[2]) / 2 == pytest.approx(WIDTH / 2 - 5, abs=0.2)
    assert ink(LEFT + WIDTH + 5, TOP + HEIGHT + 5, LEFT + 2 * WIDTH - 5, TOP + 2 * HEIGHT - 5) is None
    for column in range(4):
        x = LEFT + column * WIDTH
        for top in (TOP - 8, TOP + 4 * HEIGHT + 3):
            mark = ink(x - 2, top - 0.5, x + 2, top + 5.5)
            assert mark is not None
            assert mark[3] - mark[1] == pytest.approx(5, abs=0.2)
            assert (mark[0] + mark[2]) / 2 == pytest.approx(2, abs=0.1)


@pytest.mark.requires("pdftotext")
def test_the_sheet_shows_the_whole_bank_by_families(tmp_path: Path) -> None:
    path = tmp_path / "planche.pdf"
    assert pex("--sortie", str(path)).exit_code == 0
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    flat = re.sub(r"\s+", " ", told.replace("\u200b", ""))
    # Labels side by side are read as one line and a long one is cut, so whole ones cannot be looked for.
    labels = {word for name in NAMES for word in read_card(name)["concept_fr"].replace("-", "").split()}
    assert labels <= set(flat.replace("-", "").split())
    places = [flat.index(f" {title} ") for title in pictograms.FAMILIES.values()]
    assert places == sorted(places)
    assert {read_card(name)["categorie"] for name in NAMES} == pictograms.FAMILIES.keys()
