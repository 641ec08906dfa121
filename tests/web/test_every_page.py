"""Every page, visited once in a real browser: for everyone, light and dark, from a small phone to a large screen."""

from __future__ import annotations

import itertools
import re

import pytest

pytestmark = pytest.mark.requires("chromium", "axe-core")

PAGES = {
    "aujourd'hui": "/",
    "une liste": "/a-faire/echeances/",
    "dossiers": "/dossiers/?etape=assignation",
    "nouveau dossier": "/dossiers/nouveau/",
    "calcul": "/calcul/",
    "dossier": "dossier",
    "modifier": "dossier modifier/",
    "événement": "dossier evenements/?type=jugement",
    "frise": "dossier frise/",
    "courriers": "/courriers/",
    "lot": "/courriers/lots/nouveau/",
    "écrire": "dossier courriers/assignation/",
    "commission": "/commission/",
    "séance": "/commission/ .todo a[href*=seances]",
    "choisir": "/commission/ .todo a[href*=seances] a[href*=choisir]",
    "avis": "/commission/ .todo a[href*=seances] tbody th a",
    "aide": "/commission/ .todo a[href*=aides]",
    "indicateurs": "/indicateurs/",
    "importer": "/dossiers/importer/",
    "réglages": "/reglages/",
    "textes": "/reglages/textes/",
    "un texte": "/reglages/textes/assignation/",
    "partenaires": "/reglages/partenaires/",
    "un partenaire": "/reglages/partenaires/nouveau/",
    "confier": "dossier confier/",
    "introuvable": "/rien/",
}
CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = one => { for (let e = one.parentElement; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  return [...document.querySelectorAll("input:not([type=hidden],[type=checkbox],[type=radio],[type=file]), select, textarea, .button, .quiet")]
    .filter(one => one.offsetParent)
    .map(one => { const style = getComputedStyle(one), a = light(rgb(style.borderTopColor)), b = light(behind(one));
      return [one.outerHTML.slice(0, 80), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; });
}
"""
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
SIDEWAYS = "document.documentElement.scrollWidth"
HEADINGS = "[...document.querySelectorAll('main :is(h1,h2,h3,h4)')].filter(one => one.checkVisibility()).map(one => +one.tagName[1])"


class Visitor:
    """One tab for all the pages, which hears what the browser asks for and complains of."""

    def __init__(self, page, address, a_dossier):
        self.page, self.address, self.a_dossier = page, address, a_dossier
        self.asked, self.complaints = [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, name):
        first, *rest = PAGES[name].split(" ")
        at = self.a_dossier + "".join(rest) if first == "dossier" else first
        self.page.goto(self.address + at)
        for link in re.findall(r"(?:[.\w]+ )*a(?:\[[^\]]*\])?", " ".join(rest)) if first == "/commission/" else ():
            self.page.locator(link).first.click()
            self.page.wait_for_load_state()
        self.page.evaluate(UNFOLD)
        return self.page


@pytest.fixture(scope="module")
def visitor(application, browser, session, a_dossier):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, storage_state=session, reduced_motion="reduce"
    )
    yield Visitor(context.new_page(), application.address, a_dossier)
    context.close()


@pytest.fixture(scope="module")
def axe(node_modules):
    """What axe finds wrong, all rules or some."""
    script = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(page, *rules):
        page.evaluate(f"window.axe || (() => {{ {script} }})()")
        options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
        found = page.evaluate("options => axe.run(options)", options)
        return [(item["id"], [node["html"][:140] for node in item["nodes"]][:3]) for item in found["violations"]]

    return run


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use_it(visitor, axe, name):
    visitor.asked.clear()
    visitor.complaints.clear()
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    visitor.go(name)
    assert [url for url in visitor.asked if not url.startswith((visitor.address, "data:"))] == []
    assert [text for text in visitor.complaints if "404" not in text] == []
    assert page.locator(".fictitious").inner_text().startswith("FICTIF")
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    assert axe(page) == []
    edges = page.evaluate(CONTRASTS)
    page.emulate_media(color_scheme="dark")
    assert axe(page, "color-contrast") == []
    edges += page.evaluate(CONTRASTS)
    assert [(what, round(ratio, 2)) for what, ratio in edges if ratio < 3] == []
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) == width
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
