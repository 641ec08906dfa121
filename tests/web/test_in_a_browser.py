"""The pages in a real browser: three people at work, with a keyboard only, on a phone, enlarged, without scripts."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.requires("chromium")

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
IN_DAYS = "%d/%m/%Y"


def in_days(count: int) -> str:
    return f"{date.today() + timedelta(days=count):{IN_DAYS}}"


@pytest.fixture(scope="module")
def a_dossier(application, browser, session) -> str:
    """The address of an invented dossier."""
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{application.address}/dossiers/?etape=assignation")
    address = page.locator("tbody th a").first.get_attribute("href")
    context.close()
    return str(address)


def _links(path: str) -> list[str]:
    """« .todo a[href*=seances] tbody th a » → the links to follow one after the other."""
    return re.findall(r"(?:[.\w]+ )*a(?:\[[^\]]*\])?", path)


@pytest.fixture
def open_named(open_page, a_dossier):
    """Opens a page of PAGES by its name."""

    def open_at(name, **options):
        address, *rest = PAGES[name].split(" ")
        if address == "dossier":
            return open_page(a_dossier + "".join(rest), **options)
        page = open_page(address, **options)
        if address == "/commission/" and rest:
            for link in _links(" ".join(rest)):
                page.locator(link).first.click()
                page.wait_for_load_state()
        return page

    return open_at


# --- Everyone can read it ---


def axe(page, node_modules) -> list[tuple[str, list[str]]]:
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [(item["id"], [node["html"][:120] for node in item["nodes"]][:3]) for item in found["violations"]]


@pytest.mark.requires("axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_say(open_named, node_modules, name, scheme):
    page = open_named(name, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert axe(page, node_modules) == []


CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = one => { for (let e = one.parentElement; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
  return [...document.querySelectorAll("input:not([type=hidden],[type=checkbox],[type=radio]), select, textarea, .button, .quiet")]
    .filter(one => one.offsetParent)
    .map(one => { const style = getComputedStyle(one), a = light(rgb(style.borderTopColor)), b = light(behind(one));
      return [one.outerHTML.slice(0, 80), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; });
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["calcul", "dossier", "aujourd'hui"])
def test_the_edge_of_a_field_can_be_seen(open_named, name, scheme):
    """Three to one (WCAG 1.4.11), which axe does not look at."""
    page = open_named(name, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    edges = page.evaluate(CONTRASTS)
    assert len(edges) > 5
    assert [(what, round(ratio, 2)) for what, ratio in edges if ratio < 3] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_small_phone_never_scrolls_sideways(open_named, name):
    page = open_named(name, width=320)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ["calcul", "dossier", "dossiers", "aujourd'hui"])
def test_twice_as_large_still_fits(open_named, name):
    """A window of 1280 pixels at 200 % is one of 640 whose every pixel is doubled."""
    page = open_named(name, width=640, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_title_and_a_way_past_the_menu(open_named, name):
    page = open_named(name)
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    assert page.locator(".fictitious").inner_text().startswith("FICTIF")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_from_elsewhere_and_nothing_is_refused_by_the_browser(application, open_page, a_dossier, name):
    page = open_page("/calcul/")
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    first, _, rest = PAGES[name].partition(" ")
    page.goto(application.address + (a_dossier + rest if first == "dossier" else PAGES[name]), wait_until="networkidle")
    assert [url for url in asked if not url.startswith((application.address, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []
    assert len(asked) > 4


def test_nothing_is_kept_in_the_browser(open_named):
    page = open_named("dossier")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("document.cookie") == ""


# --- A social worker: a dossier, an event in two clicks, the timeline ---


def test_a_social_worker_follows_a_household(open_page):
    page = open_page("/dossiers/nouveau/")
    page.get_by_label("Référence").fill("FICTIF-PARCOURS-1")
    page.get_by_label("Nom", exact=True).fill("ESSAI")
    page.get_by_label("Prénom", exact=True).fill("Élodie")
    page.get_by_label("Commune").fill("Brumeville")
    page.get_by_role("button", name="Créer le dossier").click()
    assert "Dossier créé" in page.locator(".messages").inner_text()

    page.locator("#ajouter summary", has_text="Commandement de payer").click()
    page.locator("details[open]").get_by_label("Date", exact=True).fill("31/02/2026")
    page.locator("details[open]").get_by_role("button", name="Enregistrer").click()
    assert "n'existe pas dans le calendrier" in page.locator(".errors").inner_text()
    page.get_by_label("Date", exact=True).fill(in_days(-20))
    page.get_by_role("button", name="Enregistrer").click()
    assert page.locator(".card.accent h2").inner_text() == "Commandement de payer"
    assert "Délai pour payer après le commandement" in page.locator("#echeances").inner_text()

    page.get_by_label("Autre événement").select_option("assignation")
    page.get_by_role("button", name="Choisir").click()
    page.get_by_label("Date", exact=True).fill(in_days(-60))
    page.get_by_role("button", name="Enregistrer").click()
    assert "C'est étonnant" in page.locator("main").inner_text()
    page.get_by_role("link", name="Ne rien changer").click()
    assert "Assignation" not in page.locator(".story").inner_text()

    page.get_by_role("button", name="Annuler ce changement").click()
    assert "annulé" in page.locator(".messages").inner_text()
    assert "Commandement" not in page.locator(".story").inner_text()


def test_a_timeline_is_explained_and_printed(open_named):
    page = open_named("frise")
    page.get_by_role("button", name="Étape par étape").click()
    assert page.locator(".slide.shown").count() == 1
    assert page.locator(".slide.shown h2").inner_text() == "Rendez-vous avec le juge"
    page.keyboard.press("ArrowRight")
    assert page.locator(".slide.shown h2").inner_text() == "Décision du juge"
    page.get_by_role("button", name="Étape par étape").click()
    paper = page.request.get(page.get_by_role("link", name="A4").first.evaluate("one => one.href"))
    text = PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()
    assert "Rendez-vous avec le juge" in text
    page.locator("#compris input[type=checkbox]").first.check()
    page.get_by_role("button", name="Garder dans les notes").click()
    assert "Où j'en suis : Rendez-vous avec le juge" in page.locator("#notes").inner_text()


def test_a_dossier_is_found_without_accents_and_with_a_typing_error(open_page):
    page = open_page("/dossiers/")
    page.get_by_label("Nom, référence").fill("ozdemirr")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("liste="))
    assert "ÖZDEMİR" in page.locator("tbody").inner_text()
    assert "ozdemir" not in page.url


# --- An adviser on the phone: keyboard only ---


def tab_to(page, selector, most=120):
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"le clavier n'atteint pas {selector}")


def test_an_adviser_checks_dates_with_a_keyboard_only(open_page):
    page = open_page("/calcul/")
    tab_to(page, "#id_e-commandement_de_payer")
    outline = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
    assert outline == ["solid", "3px"]
    page.keyboard.type(in_days(-10))
    tab_to(page, "#id_bail")
    page.keyboard.type("01/05/2021")
    page.keyboard.press("Enter")
    page.wait_for_selector("#echeances")
    assert "Délai pour payer" in page.locator("#echeances").inner_text()
    tab_to(page, "summary:has(.hidden-label)")
    tab_to(page, "#echeances summary")
    page.keyboard.press("Enter")
    assert page.locator("#echeances details[open] .reasons").count() == 1


def test_the_adviser_hands_over_a_timeline_and_a_letter(open_page):
    page = open_page("/calcul/")
    page.get_by_label("Assignation", exact=True).fill(in_days(-10))
    page.get_by_label("Audience", exact=True).fill(in_days(60))
    page.get_by_role("button", name="Calculer", exact=True).click()
    for button in ("PDF de la frise", "PDF : "):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=re.compile(button)).first.click()
        content = waiting.value.path().read_bytes()
        assert content.startswith(b"%PDF")
        assert waiting.value.suggested_filename.endswith(".pdf")


# --- Without scripts ---


def test_without_scripts_everything_is_there(open_page, a_dossier):
    page = open_page("/calcul/", java_script_enabled=False, width=360)
    page.get_by_label("Commandement de payer", exact=True).fill(in_days(-10))
    page.get_by_role("button", name="Calculer", exact=True).click()
    assert "Délai pour payer" in page.locator("#echeances").inner_text()
    page.goto(page.url.split("/calcul")[0] + a_dossier + "frise/")
    assert page.locator(".stair").count() == 5
    assert page.locator("#mode").is_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Dossiers", exact=True).click()
    page.get_by_label("Nom, référence").fill("durand")
    page.get_by_role("button", name="Chercher").click()
    assert "DURAND" in page.locator("tbody").inner_text()


def test_opening_without_scripts_takes_one_click(application, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(application.opening())
    page.get_by_role("button", name="Ouvrir pex").click()
    assert page.locator("h1").inner_text() == "Aujourd'hui"
    context.close()


# --- On paper ---


def test_a_dossier_prints_without_its_buttons(open_named, tmp_path):
    page = open_named("dossier")
    text = "\n".join(item.extract_text() for item in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "Échéances" in text and "FICTIF" in text
    assert "Fermer pex" not in text and "Ajouter un événement" not in text


# --- The process ---


def test_a_second_pex_opens_the_first_one(application):
    import subprocess
    import sys

    again = [
        sys.executable,
        "-m",
        "pex",
        "web",
        "--exemple",
        "--sans-navigateur",
        "--donnees",
        str(application.folder.parent),
    ]
    told = subprocess.run(again, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "déjà lancé" in told
    assert application.address in told


def test_the_data_are_for_their_owner_only(application):
    modes = {path.name: path.stat().st_mode & 0o077 for path in application.folder.iterdir()}
    assert "pex.sqlite3" in modes
    assert {name: mode for name, mode in modes.items() if mode} == {}


def test_the_server_says_nothing_of_the_people(application):
    said = application.said()
    assert "Pour arrêter" in said
    assert "erreur" not in said, said
    assert json.dumps(said).count("jeton") == 1
