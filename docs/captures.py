"""Refait les images de docs/application.md, à partir du bureau inventé : `make captures`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images" / "application"
WIDTH, HEIGHT, PHONE = 1280, 800, 390
COLOURS = 96
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _application(folder) as opening, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-FR")
        page = context.new_page()
        page.goto(opening)
        page.wait_for_selector("#menu", state="attached")
        for name, steps in SHOTS.items():
            page.set_viewport_size({"width": PHONE if name.endswith("telephone") else WIDTH, "height": HEIGHT})
            steps(page, opening.split("/ouvrir")[0])
            page.screenshot(path=IMAGES / f"{name}.png")
            _lighten(IMAGES / f"{name}.png")
        chromium.close()
    total = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    print(f"{len(SHOTS)} images dans {IMAGES}, {total // 1024} Ko en tout.")


@contextmanager
def _application(folder: str) -> Iterator[str]:
    """pex on the invented office, in a folder of its own; gives the address that opens it."""
    command = [sys.executable, "-u", "-m", "pex", "web", "--exemple", "--sans-navigateur", "--donnees", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = next(match for line in process.stdout if (match := re.search(r"http://\S+jeton=\S+", line)))
        next(line for line in process.stdout if "Pour arrêter" in line)
        try:
            yield found[0]
        finally:
            process.terminate()


def _lighten(path: Path) -> None:
    """A picture of a page has few colours: a palette makes the file three times smaller."""
    with Image.open(path) as picture:
        smaller = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    smaller.save(path, optimize=True)


def _at(address: str) -> Callable[[Page, str], None]:
    return lambda page, base: _go(page, base + address)


def _go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state()


def _dossier(page: Page, base: str) -> None:
    _go(page, f"{base}/dossiers/?etape=assignation")
    page.locator("tbody th a").first.click()
    page.wait_for_selector("#histoire")


def _an_event(page: Page, base: str) -> None:
    _dossier(page, base)
    page.locator("#ajouter summary").first.click()
    page.locator("#ajouter").scroll_into_view_if_needed()


def _frise(page: Page, base: str) -> None:
    _dossier(page, base)
    page.get_by_role("link", name="Frise pour l'entretien").click()
    page.get_by_role("button", name="Étape par étape").click()


def _calculated(page: Page, base: str) -> None:
    from datetime import date, timedelta

    _go(page, f"{base}/calcul/")
    page.get_by_label("Commandement de payer", exact=True).fill(f"{date.today() - timedelta(days=20):%d/%m/%Y}")
    page.get_by_label("Bail signé le").fill("01/05/2021")
    page.get_by_role("button", name="Calculer", exact=True).click()
    page.wait_for_selector("#echeances")
    page.evaluate("scrollTo(0, 0)")


def _letter(page: Page, base: str) -> None:
    _dossier(page, base)
    page.locator("#courriers a", has_text="Écrire").first.click()
    page.wait_for_load_state("networkidle")


def _session(page: Page, base: str) -> None:
    _go(page, f"{base}/commission/")
    page.locator(".todo a[href*=seances]").first.click()
    page.wait_for_load_state()


SHOTS: dict[str, Any] = {
    "aujourdhui": _at("/"),
    "dossiers": _at("/dossiers/"),
    "dossier": _dossier,
    "evenement": _an_event,
    "frise": _frise,
    "calcul": _calculated,
    "importer": _at("/dossiers/importer/"),
    "courrier": _letter,
    "lot": _at("/courriers/lots/nouveau/"),
    "seance": _session,
    "indicateurs": _at("/indicateurs/"),
    "reglages": _at("/reglages/"),
    "aujourdhui-telephone": _at("/"),
    "calcul-telephone": _calculated,
}

if __name__ == "__main__":
    main()
