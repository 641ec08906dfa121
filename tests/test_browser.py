"""The pages in a real browser: on a phone, enlarged, with a keyboard, for a screen reader, on paper."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader
from samples import LETTER, NASTY_NAME, TIMELINE

from pex.dossier import read_dossiers
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter, letters_for
from pex.letters.timeline_page import in_version
from pex.outputs.html import write_letter, write_timeline
from pex.outputs.index_page import IndexEntry, write_index
from pex.profile import Fenetre, Profile, read_profile
from pex.timeline import build_timeline

pytestmark = pytest.mark.requires("chromium")

PROFILE = Profile()
POINTS_PER_MM = 72 / 25.4
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FILES = (("Courrier, pdf", "courrier.pdf"), ("Frise, pdf", "frise.pdf"))
ENTRIES = tuple(
    IndexEntry(f"EX-{number}", f"Mme Aïcha {name}", "Assignation", FILES, "frise.svg")
    for number, name in enumerate(("DURAND", "DE LA GRANDE-BRUME-SUR-EXEMPLE", "ANTICONSTITUTIONNELLEMENTLONGUE"))
)
PAGES = {
    "courrier": lambda: write_letter(LETTER, PROFILE),
    "courrier difficile": lambda: write_letter(replace(LETTER, recipient=(NASTY_NAME * 3, "x" * 38)), PROFILE),
    "frise": lambda: write_timeline(TIMELINE, PROFILE),
    "frise en images": lambda: write_timeline(in_version(TIMELINE, "images"), PROFILE),
    "sommaire": lambda: write_index("Exemples de pex", ENTRIES),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All the pages, and the picture that the overview shows."""
    for name, write in PAGES.items():
        (tmp_path / f"{name}.html").write_bytes(write())
    picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 210 297'><path d='M0 0H99'/></svg>"
    (tmp_path / "frise.svg").write_text(picture, encoding="utf-8")
    return tmp_path


def open_page(browser: Browser, path: Path, width: int = 1280, **options: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()
    page.goto(path.as_uri())
    return page


def printed(browser: Browser, content: bytes, folder: Path) -> PdfReader:
    """The page as the browser prints it; also left in the folder, as printed.pdf."""
    (folder / "to_print.html").write_bytes(content)
    page = open_page(browser, folder / "to_print.html")
    pdf = page.pdf(prefer_css_page_size=True, path=folder / "printed.pdf")
    page.context.close()
    return PdfReader(io.BytesIO(pdf))


@pytest.mark.requires("axe-core")
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_say(browser: Browser, folder: Path, node_modules: Path, name: str, width: int) -> None:
    page = open_page(browser, folder / f"{name}.html", width)
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert [(item["id"], [node["html"][:90] for node in item["nodes"]]) for item in found["violations"]] == []
    assert len(found["passes"]) > 15


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_everything_without_scrolling_sideways(browser: Browser, folder: Path, name: str) -> None:
    page = open_page(browser, folder / f"{name}.html", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", PAGES)
def test_twice_as_large_still_fits(browser: Browser, folder: Path, name: str) -> None:
    page = open_page(browser, folder / f"{name}.html", width=640)
    page.evaluate("document.documentElement.style.zoom = '2'")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 18


@pytest.mark.parametrize("name", PAGES)
def test_no_text_is_smaller_than_18_pixels(browser: Browser, folder: Path, name: str) -> None:
    page = open_page(browser, folder / f"{name}.html")
    sizes = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.innerText).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 18


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_from_anywhere(browser: Browser, folder: Path, name: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((folder / f"{name}.html").as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith(("data:", folder.as_uri()))] == []
    assert complaints == []
    assert page.evaluate("[...document.fonts].map(face => face.status)") == ["loaded", "loaded"]


def test_the_overview_shows_its_pictures(browser: Browser, folder: Path) -> None:
    page = open_page(browser, folder / "sommaire.html")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


@pytest.mark.parametrize("name", PAGES)
def test_a_dark_screen_keeps_dark_words_on_white(browser: Browser, folder: Path, name: str) -> None:
    page = open_page(browser, folder / f"{name}.html", color_scheme="dark")
    look = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert look == ["rgb(20, 23, 28)", "rgb(243, 244, 246)"]


@pytest.mark.parametrize("name", PAGES)
def test_a_keyboard_shows_which_link_it_is_on(browser: Browser, folder: Path, name: str) -> None:
    page = open_page(browser, folder / f"{name}.html")
    links = page.locator("a").count()
    assert links > 0
    for _ in range(links):
        page.keyboard.press("Tab")
        tag, style, width = page.evaluate(
            "(s => [document.activeElement.tagName, s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))"
        )
        assert (tag, style, width) == ("A", "solid", "3px")


def test_a_state_is_a_shape_as_well_as_a_word(browser: Browser, folder: Path) -> None:
    page = open_page(browser, folder / "frise.html")
    frames = page.evaluate(
        "[...document.querySelectorAll('.step > .card')].map(card => getComputedStyle(card).borderTopStyle)"
    )
    assert frames == ["solid", "solid", "double", "dashed", "dashed", "solid"]


def test_the_two_endings_have_the_same_size(browser: Browser, folder: Path) -> None:
    for width in (320, 1280):
        page = open_page(browser, folder / "frise.html", width)
        boxes = [ending.bounding_box() for ending in page.locator(".endings > li").all()]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["width"] == boxes[1]["width"]


def test_a_letter_is_printed_on_one_sheet(browser: Browser, tmp_path: Path) -> None:
    pages = printed(browser, write_letter(LETTER, PROFILE), tmp_path).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert len(texts) == 2
    assert LETTER.title in texts[0]
    assert "Claude EXEMPLE" in texts[0]
    assert "Page 1 sur 2" in texts[0]
    assert "Où en êtes-vous ?" in texts[1]
    assert "Page 2 sur 2" in texts[1]
    assert "Imprimé le 1er décembre 2026" in texts[1]
    assert [round(float(length) / POINTS_PER_MM) for length in pages[0].mediabox[2:]] == [210, 297]


def test_a_timeline_is_printed_on_one_page(browser: Browser, tmp_path: Path) -> None:
    assert len(printed(browser, write_timeline(TIMELINE, PROFILE), tmp_path).pages) == 1


def test_every_example_letter_is_printed_on_one_sheet(browser: Browser, tmp_path: Path) -> None:
    law, profile, today = read_law(), read_profile(EXAMPLES / "profil"), date(2026, 11, 24)
    reading = read_dossiers(EXAMPLES / "menages.yaml", law_events=law.events, today=today)
    sheets = {}
    for dossier in reading.dossiers:
        timeline = build_timeline(dossier, law, today)
        for letter_id in letters_for(timeline):
            content = write_letter(compose_letter(letter_id, timeline, profile), profile)
            sheets[dossier.reference, letter_id] = len(printed(browser, content, tmp_path).pages)
    assert len(sheets) >= 10
    assert {letter: pages for letter, pages in sheets.items() if pages != 2} == {}


@pytest.mark.requires("pdftotext")
@pytest.mark.parametrize("window", [Fenetre(), Fenetre(20, 45, 90, 35)], ids=["à droite", "à gauche"])
def test_the_window_shows_the_address_and_nothing_else(browser: Browser, tmp_path: Path, window: Fenetre) -> None:
    printed(browser, write_letter(LETTER, Profile(fenetre=window)), tmp_path)
    command = ["pdftotext", "-bbox", "-l", "1", str(tmp_path / "printed.pdf"), "-"]
    boxes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', boxes)
    shown = []
    for *corners, word in found:
        left, top, right, bottom = (float(corner) / POINTS_PER_MM for corner in corners)
        if (
            right > window.gauche
            and left < window.gauche + window.largeur
            and bottom > window.haut
            and top < window.haut + window.hauteur
        ):
            shown.append(word)
            assert left >= window.gauche - 0.2
            assert bottom <= window.haut + window.hauteur
    assert " ".join(shown) == " ".join(LETTER.recipient)
