"""The kit as people print and cut it: sizes, pages, marks, backs in the mirror, words that stay on their card."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from pex.dossier.facts import Territoire, TreveLocale
from pex.folders import EXAMPLES
from pex.kit import Kit, make_kit
from pex.kit.cards import local_numbers, question_cards, solution_cards, step_cards
from pex.kit.making import MAKERS, READ_ME, kit_files
from pex.law import read_law
from pex.letters.templates import read_tool_words, read_words
from pex.outputs.pictograms import FAMILIES, card, names
from pex.outputs.tools import write_cards
from pex.profile import Profile, Service, read_profile

DAY = date(2026, 11, 26)
LAW = read_law()
WORDS = read_tool_words("kit")
PROFILE = read_profile(EXAMPLES / "profil")
POINT = 72 / 25.4
SHEETS = {"a4": (210, 297), "a3": (297, 420), "a2": (420, 594)}
MARK, GAP = 5.0, 3.0
SMALL, STEP, PICTOGRAM = (92, 64, 2, 4), (92, 130, 2, 2), (55, 62, 3, 4)
CARDS = {
    "cartes_pictogrammes": PICTOGRAM,
    "cartes_etapes": STEP,
    "cartes_solutions": SMALL,
    "cartes_questions": SMALL,
    "magnets": SMALL,
}
"""Width, height, columns and rows of each kind of card."""
PHONE = re.compile(r"0 8\d\d(?: \d\d){3}|0\d(?: \d\d){4}|\b(?:115|3\d{3})\b")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return make_kit(PROFILE, LAW, DAY)


def pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(content)).pages]


def printed(kit: Kit) -> list[tuple[str, bytes]]:
    return [(name, content) for name, content in kit.contents.items() if name.endswith(".pdf")]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words_placed(content: bytes, folder: Path) -> list[list[tuple[float, float, float, float, str]]]:
    """Of each page, its words with left, top, right and bottom in millimetres."""
    path = folder / "cartes.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    word = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    return [
        [(*(float(found[place]) / POINT for place in range(1, 5)), found[5]) for found in word.finditer(page)]  # type: ignore[misc]
        for page in text.split("<page ")[1:]
    ]


def test_everything_promised_is_made(kit: Kit) -> None:
    promised = [file.name for file in kit_files(WORDS)]
    assert promised[0] == READ_ME
    assert set(promised) == {READ_ME, *MAKERS}
    assert list(kit.contents) == [file.full_name for file in kit_files(WORDS)]
    assert kit.left_out == ()


def test_the_read_me_names_each_file_and_how_to_print_it(kit: Kit) -> None:
    text = flat("".join(pages(kit.contents["lisez_moi.pdf"])))
    for file in kit_files(WORDS):
        assert flat(f"{file.title} ({file.full_name})") in text
        assert flat(f"{file.paper}, {file.printing}") in text


def test_each_sheet_has_the_size_and_the_pages_announced(kit: Kit) -> None:
    from pypdf import PdfReader

    counts = {
        "lisez_moi": 2,
        "guide_animation": 3,
        "cartes_pictogrammes": 2 * -(-len(names()) // 12),
        "cartes_etapes": 6,
        "cartes_solutions": 4,
        "cartes_questions": 4,
        "papiers": 9,
        "affiche_a3": 1,
        "affiche_a2": 1,
        "magnets": 1,
        "nouveau_locataire": 1,
        "entretien": 1,
        "consigne_test": 1,
    }
    for name, content in printed(kit):
        reader = PdfReader(io.BytesIO(content))
        paper = next((size for size in ("a2", "a3") if size in name), "a4")
        for page in reader.pages:
            size = (float(page.mediabox.width) / POINT, float(page.mediabox.height) / POINT)
            assert size == pytest.approx(SHEETS[paper], abs=0.1), name
        stem = name.removesuffix(".pdf")
        if stem in counts:
            assert len(reader.pages) == counts[stem], name
        assert reader.metadata is not None and reader.metadata.title, name
        assert reader.trailer["/Root"]["/Lang"] == "fr-FR", name


@pytest.mark.parametrize("standard", ["PDF_UA_1", "PDF_A_2A"])
def test_every_file_is_accessible_and_archivable(kit: Kit, standard: str) -> None:
    import page

    for name, content in printed(kit):
        report = page.validate_pdf_bytes(content, profile=page.ValidationProfile[standard])
        # STREAM-LENGTH-001 mismeasures a stream whose last byte is a carriage return.
        assert [str(item) for item in report.failures if "STREAM-LENGTH-001" not in str(item)] == [], name


def grey(content: bytes, number: int, folder: Path, dots: int = 150) -> tuple[int, int, bytes]:
    """Width, height and grey pixels of a page."""
    (folder / "page.pdf").write_bytes(content)
    options = ["-gray", "-r", str(dots), "-f", str(number), "-l", str(number)]
    done = subprocess.run(["pdftoppm", *options, folder / "page.pdf"], capture_output=True, check=True).stdout
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", done)
    assert header is not None
    return int(header[1]), int(header[2]), done[header.end() :]


def cuts(kind: str) -> tuple[list[float], list[float]]:
    """Where the sheet is cut, in millimetres from the left and from the top."""
    width, height, columns, rows = CARDS[kind]
    left, top = (210 - columns * width) / 2, (297 - rows * height) / 2
    return [left + place * width for place in range(columns + 1)], [top + place * height for place in range(rows + 1)]


@pytest.mark.requires("pdftoppm")
@pytest.mark.parametrize("kind", CARDS)
def test_a_mark_stands_at_both_ends_of_each_cut_and_out_of_the_cards(kind: str, kit: Kit, tmp_path: Path) -> None:
    for number in (1, 2)[: 1 if kind == "magnets" else 2]:
        width, _, pixels = grey(kit.contents[f"{kind}.pdf"], number, tmp_path)

        def darkest(x: float, y: float, width: int = width, pixels: bytes = pixels) -> int:
            column, row = round(x * 150 / 25.4), round(y * 150 / 25.4)
            near = [pixels[(row + down) * width + column + across] for down in (-1, 0, 1) for across in (-1, 0, 1)]
            return min(near)

        across, down = cuts(kind)
        middle = GAP + MARK / 2
        for x in across:
            assert darkest(x, down[0] - middle) < 128 and darkest(x, down[-1] + middle) < 128
            assert darkest(x, down[0] - 2.2) > 200, "le repère ne touche pas la carte"
            assert darkest(x + 4, down[0] - middle) > 200
        for y in down:
            assert darkest(across[0] - middle, y) < 128 and darkest(across[-1] + middle, y) < 128


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("kind", CARDS)
def test_no_word_comes_near_a_cut(kind: str, kit: Kit, tmp_path: Path) -> None:
    for placed in words_placed(kit.contents[f"{kind}.pdf"], tmp_path):
        check_on_cards(kind, placed)


def check_on_cards(kind: str, placed: list[tuple[float, float, float, float, str]]) -> None:
    across, down = cuts(kind)
    for left, top, right, bottom, word in placed:
        for cut in across:
            assert right <= cut - 2 or left >= cut + 2, word
        for cut in down:
            assert bottom <= cut - 1.5 or top >= cut + 1.5, word
        assert across[0] < left and right < across[-1] and down[0] < top and bottom < down[-1], word


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize(
    ("kind", "fronts", "backs"),
    [
        ("cartes_questions", [item["question"] for item in WORDS["questions"]],
         ["".join(run["text"] for run in item["answer"]) for item in question_cards(LAW, DAY, WORDS)]),
        ("cartes_solutions", [item["nom"] for item in WORDS["solutions"].values()],
         ["".join(run["text"] for run in item["sentence"]) for item in solution_cards(LAW, DAY, WORDS)]),
        ("cartes_pictogrammes", None,
         [card(name)["definition_fr"] for family in FAMILIES for name in names() if card(name)["categorie"] == family]),
    ],
    ids=["questions", "solutions", "pictogrammes"],
)  # fmt: skip
def test_each_back_falls_behind_its_front(
    kind: str, fronts: list[str] | None, backs: list[str], kit: Kit, tmp_path: Path
) -> None:
    """Seen through the sheet, turned on its long edge, the words of a card are behind its drawing."""
    sheets = words_placed(kit.contents[f"{kind}.pdf"], tmp_path)
    on_page = CARDS[kind][2] * CARDS[kind][3]
    for index, back in enumerate(backs):
        page, place = divmod(index, on_page)
        if fronts is not None:
            assert flat(fronts[index].replace("\u00a0", "")) in on_card(kind, sheets[2 * page], place, mirrored=False)
        assert flat(back.replace("\u00a0", "")) in on_card(kind, sheets[2 * page + 1], place, mirrored=True)


def on_card(kind: str, placed: list[tuple[float, float, float, float, str]], place: int, *, mirrored: bool) -> str:
    """The words of the card that is `place`-th on the front."""
    import html

    width, height, columns, _ = CARDS[kind]
    across, down = cuts(kind)
    row, column = divmod(place, columns)
    left, top = across[columns - 1 - column if mirrored else column], down[row]
    return "".join(
        html.unescape(word).replace("\u00a0", "")
        for x0, y0, x1, y1, word in placed
        if left <= x0 and x1 <= left + width and top <= y0 and y1 <= top + height
    )


@pytest.mark.requires("pdftotext")
def test_the_steps_come_in_the_order_of_the_law_and_their_number_is_behind(kit: Kit, tmp_path: Path) -> None:
    ordered = [stage.id for stage in LAW.stages.values() if stage.id in WORDS["etapes"]]
    assert ordered == [stage.id for stage in LAW.stages.values() if stage.step is not None]
    cards = step_cards(LAW, DAY, WORDS, read_words())
    assert [item["name"] for item in cards[: len(ordered)]] == [WORDS["etapes"][stage]["nom"] for stage in ordered]
    assert [item["number"] for item in cards[:10]] == [str(number) for number in range(1, 11)]
    sheets = words_placed(kit.contents["cartes_etapes.pdf"], tmp_path)
    for index, item in enumerate(cards):
        page, place = divmod(index, 4)
        front = on_card("cartes_etapes", sheets[2 * page], place, mirrored=False)
        assert front == flat(item["name"]), "le recto ne donne pas la solution"
        assert on_card("cartes_etapes", sheets[2 * page + 1], place, mirrored=True).startswith(item["number"])


def test_every_step_but_the_endings_shows_a_way_out() -> None:
    cards = step_cards(LAW, DAY, WORDS, read_words())
    assert all(item["actions"] for item in cards[:-2])
    assert [item["name"] for item in cards[-2:]] == [ending["label"] for ending in read_words()["endings"]["usual"]]


def test_a_solution_says_at_which_steps_the_law_allows_it() -> None:
    steps = {item["name"]: item["steps"] for item in solution_cards(LAW, DAY, WORDS)}
    assert steps["Venir au tribunal"] == [4, 5]
    assert steps["Demander du temps pour partir"] == [7, 8, 9]
    assert steps["Voir un travailleur social"] == list(range(1, 11))
    assert set(WORDS["solutions"]) <= set(LAW.actions)


def test_lengths_are_those_of_the_law_on_that_day() -> None:
    def answers(day: date) -> str:
        told = ("".join(run["text"] for run in item["answer"]) for item in question_cards(LAW, day, WORDS))
        return " ".join(told).replace("\u00a0", " ")

    assert "2 mois ou 6 semaines, selon la date du bail" in answers(DAY)
    assert "6 semaines" not in answers(date(2023, 7, 28))
    assert "Pas de force, du 1er novembre au 31 mars." in answers(DAY)
    numbers = re.compile(r"\b\d+ (?:jours|semaines|mois|ans?)\b")
    written = " ".join(
        [item["reponse"] for item in WORDS["questions"]] + [item["phrase"] for item in WORDS["solutions"].values()]
    )
    assert not numbers.search(written), "une durée est écrite dans les mots, elle vient du droit"


def test_the_winter_truce_is_that_of_the_territory() -> None:
    def winter(**territory: object) -> str:
        cards = question_cards(LAW, DAY, WORDS, Territoire(**territory))  # type: ignore[arg-type]
        answers = ["".join(run["text"] for run in item["answer"]) for item in cards]
        (told,) = [answer for answer in answers if "Pas de force" in answer]
        return told.replace("\u00a0", " ")

    assert "du 1er novembre au 31 mars" in winter(departement="71")
    assert "aux dates fixées par le préfet" in winter(departement="974")
    season = TreveLocale(date(2026, 12, 1), date(2027, 4, 15))
    assert "du 1er décembre 2026 au 15 avril 2027" in winter(departement="974", treve_hivernale=season)


@pytest.mark.requires("pdftoppm")
@pytest.mark.parametrize("name", ["affiche_a3", "cartes_etapes", "cartes_questions", "magnets", "papiers", "entretien"])
def test_a_bad_photocopy_keeps_what_is_drawn(name: str, kit: Kit, tmp_path: Path) -> None:
    width, _, pixels = grey(kit.contents[f"{name}.pdf"], 1, tmp_path, dots=100)
    black, ink = (sum(value < limit for value in pixels) for limit in (128, 200))
    assert black > 0.6 * ink
    rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    inked = [row for row in rows if min(row) < 200]
    assert sum(min(row) >= 128 for row in inked) < 0.05 * len(inked), "des traits disparaissent"


@pytest.mark.parametrize("name", ["magnets", "guide_animation", "cartes_questions", "papiers", "nouveau_locataire"])
def test_numbers_come_from_the_profile_or_are_national(name: str, kit: Kit) -> None:
    national = {line.number for line in LAW.helplines.values()}
    offices = [PROFILE.expediteur, *PROFILE.services.values()]
    local = {office.telephone for office in offices if office and office.telephone}
    found = set(PHONE.findall(" ".join(pages(kit.contents[f"{name}.pdf"])).replace("\n", " ")))
    assert found and found <= national | local
    assert not re.search(r"\d{2} \d{2} \d{2}|\b115\b", str(dict(WORDS))), "aucun numéro n'est écrit dans les mots"


def test_without_a_profile_only_national_numbers_and_what_is_missing_is_said() -> None:
    bare = make_kit(Profile(), LAW, DAY)
    assert "nouveau_locataire.pdf" not in bare.contents
    assert len(bare.left_out) == 1 and "le téléphone de votre service" in bare.left_out[0]
    assert "Feuille du nouveau locataire" in bare.left_out[0]
    text = " ".join(pages(bare.contents["magnets.pdf"])).replace("\n", " ")
    assert set(PHONE.findall(text)) == {"0 805 16 00 75", "115"}
    assert flat(bare.left_out[0].replace("\u00a0", " ")) in flat("".join(pages(bare.contents["lisez_moi.pdf"])))


def test_a_shared_number_is_shown_once_and_at_most_four() -> None:
    office = Service(nom="Accueil", telephone="03 53 01 00 00")
    services = {name: Service(nom=name, telephone=f"03 53 01 00 0{n}") for n, name in enumerate("abcdef")}
    found = local_numbers(Profile(expediteur=office, services=MappingProxyType(services)), ["expediteur", *"abcdef"])
    assert [item["name"] for item in found] == ["Accueil", "b", "c", "d"]


@pytest.mark.requires("pdftotext")
def test_the_longest_names_stay_on_the_card(tmp_path: Path) -> None:
    long = "Service départemental d'accompagnement social interinstitutionnel de Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson"
    services = {
        name: Service(nom=f"{long} {name}", telephone=f"03 53 01 00 1{n}")
        for n, name in enumerate(("fsl", "adil", "siao"))
    }
    profile = replace(
        PROFILE, expediteur=Service(nom=long, telephone="03 53 01 00 09"), services=MappingProxyType(services)
    )
    cards = [
        {**WORDS["magnet"], "title": WORDS["magnet"]["titre"], "subtitle": WORDS["magnet"]["sous_titre"],
         "pictogram": "appel_gratuit", "number": "0 805 16 00 75", "urgent": "Sans logement ce soir : 115",
         "local": local_numbers(profile, WORDS["magnet"]["locaux"]), "fictitious": "FICTIF : exemple inventé, sans valeur"}
    ] * 8  # fmt: skip
    (placed,) = words_placed(write_cards("Essai", "magnets", cards), tmp_path)
    check_on_cards("magnets", placed)
    assert on_card("magnets", placed, 0, mirrored=False).count("0353010") == 4


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize(
    ("layout", "kind", "entry"),
    [
        ("questions", "cartes_questions", {"question": "Est-ce que l'accompagnement social est obligatoire ? " * 5, "answer": [{"text": "Interdépartementalement, " * 14, "strong": False, "lang": None}]}),
        ("solutions", "cartes_solutions", {"name": "Demander une régularisation " * 2, "sentence": [{"text": "Interdépartementalement, " * 12, "strong": False, "lang": None}], "steps": list(range(1, 11))}),
        ("steps", "cartes_etapes", {"name": "Un papier officiel très long pour partir du logement", "number": "10", "sentence": [{"text": "Interdépartementalement, " * 12, "strong": False, "lang": None}], "actions": [[{"text": "demander un accompagnement social approfondi au service du département", "strong": False, "lang": None}]] * 4}),
    ],
)  # fmt: skip
def test_long_words_are_set_smaller_and_never_leave_the_card(
    layout: str, kind: str, entry: dict[str, object], tmp_path: Path
) -> None:
    labels = WORDS["cartes"]
    for placed in words_placed(write_cards("Essai", layout, [{**entry, "pictogram": "payer"}] * 4, labels), tmp_path):
        check_on_cards(kind, placed)


def test_the_guide_is_three_workshops_of_twenty_minutes(kit: Kit) -> None:
    text = "\n".join(pages(kit.contents["guide_animation.pdf"]))
    starts = [match.start() for match in re.finditer(r"Atelier \d :", text)]
    assert len(starts) == 3
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        minutes = [(int(a), int(b)) for a, b in re.findall(r"(\d+) à (\d+)", text[start:end]) if int(b) <= 20]
        assert minutes[0][0] == 0 and minutes[-1][1] == 20
        assert all(before[1] == after[0] for before, after in itertools.pairwise(minutes))


def test_the_same_day_makes_the_same_bytes(kit: Kit) -> None:
    again = make_kit(PROFILE, LAW, DAY)
    assert again.contents == kit.contents
