"""Three people at work in a real browser: with a keyboard only, without scripts, on paper."""

from __future__ import annotations

import io
import json
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.requires("chromium")

IN_DAYS = "%d/%m/%Y"


def in_days(count: int) -> str:
    return f"{date.today() + timedelta(days=count):{IN_DAYS}}"


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


def test_a_timeline_is_explained_and_printed(open_page, a_dossier):
    page = open_page(f"{a_dossier}frise/")
    page.get_by_role("button", name="Étape par étape").click()
    assert page.locator(".slide.shown").count() == 1
    assert page.locator(".slide.shown h2").inner_text() == "Rendez-vous avec le juge"
    page.keyboard.press("ArrowRight")
    assert page.locator(".slide.shown h2").inner_text() == "Décision du juge"
    page.get_by_role("button", name="Étape par étape").click()
    page.get_by_text("Imprimer", exact=True).click()
    papers = [link.evaluate("one => one.href") for link in page.locator(".print-choices a").all()]
    texts = [PdfReader(io.BytesIO(page.request.get(paper).body())).pages[0].extract_text() for paper in papers]
    assert "Rendez-vous avec le juge" in texts[0]
    assert len(texts) == 8 and all(texts)
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
    told = page.locator("main").inner_text()[:300]
    raise AssertionError(f"le clavier n'atteint pas {selector} : {page.url} {told}")


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


# --- The secretary of a commission: a list, without scripts; a session, with a keyboard only ---


def a_list_of_forty(path):
    """Forty invented households of an invented town; three rows hold a day that does not exist."""
    lines = ["reference;civilite;nom;prenom;adresse_1;code_postal;commune;bail_signe_le;dette;commandement_de_payer"]
    for number in range(40):
        act = "31/02/2026" if number in (3, 17, 30) else in_days(-30)
        name = f"FICTIF{'ABCDEFGHIJ'[number % 10]}{'KLMN'[number // 10]}"
        lines.append(f"LISTE-{number:02};Mme;{name};Zoé;{number + 1} rue du Test;00190;Essaiville;01/05/2021;900;{act}")
    path.write_text("\n".join(lines), encoding="cp1252")
    return path


def test_a_secretary_turns_a_list_into_letters_without_scripts(open_page, tmp_path):
    page = open_page("/dossiers/importer/", java_script_enabled=False)
    page.get_by_label("Votre fichier").set_input_files(a_list_of_forty(tmp_path / "liste.csv"))
    page.get_by_role("button", name="Lire ce fichier").click()
    assert page.locator("section[aria-labelledby=corriger] tbody tr").count() == 3
    assert "31/02/2026" in page.locator("section[aria-labelledby=corriger]").inner_text()
    page.get_by_role("button", name="Importer", exact=True).click()
    assert "37" in page.locator(".messages").inner_text()

    page.get_by_role("link", name="Courriers", exact=True).click()
    page.get_by_role("link", name="Préparer un lot").click()
    page.get_by_label("Nom, référence").fill("essaiville")
    page.get_by_role("button", name="Voir la sélection").click()
    assert page.locator("#selection").inner_text() == "37 dossiers choisis"
    page.get_by_role("button", name="Préparer les courriers").click()
    whole = page.get_by_role("button", name="Un seul PDF")
    page.get_by_text("37 courriers faits").wait_for(timeout=120_000)
    whole.wait_for(timeout=30_000)
    papers = []
    for name in ("Un seul PDF", "Bordereau"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        papers.append(waiting.value.path().read_bytes())
    assert len(PdfReader(io.BytesIO(papers[0])).pages) == 2 * 37
    assert papers[1].startswith(b"\xef\xbb\xbf")


def test_a_secretary_prepares_a_session_with_a_keyboard_only(open_page):
    page = open_page("/commission/")
    tab_to(page, "a[href$='nouvelle/'].button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("nouvelle"))
    tab_to(page, "[name=date]")
    page.keyboard.type(in_days(0))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("choisir"))
    for _ in range(15):
        tab_to(page, "[name=dossier]:not(:checked)")
        page.keyboard.press("Space")
    tab_to(page, "button[name=ajouter]")
    page.keyboard.press("Enter")
    page.get_by_text("Ordre du jour : 15 dossiers").wait_for()

    tab_to(page, "tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("commission/dossiers"))
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    tab_to(page, "[name=opinion]")
    page.keyboard.type("Nous vous conseillons de signer un plan.")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.locator(".messages").wait_for()
    page.go_back()
    page.get_by_role("link", name="Séance du").click()
    tab_to(page, "section[aria-labelledby=lettres] button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("lots/"))
    page.get_by_text(re.compile("courriers? faits? sur")).wait_for()


# --- Without scripts ---


def test_without_scripts_everything_is_there(open_page, a_dossier):
    page = open_page("/calcul/", java_script_enabled=False, width=360)
    page.get_by_label("Commandement de payer", exact=True).fill(in_days(-10))
    page.get_by_role("button", name="Calculer", exact=True).click()
    assert "Délai pour payer" in page.locator("#echeances").inner_text()
    page.goto(page.url.split("/calcul")[0] + a_dossier + "frise/")
    assert page.locator(".stair h2").count() >= 5
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


def test_a_dossier_prints_without_its_buttons(open_page, a_dossier):
    page = open_page(a_dossier)
    text = "\n".join(item.extract_text() for item in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "Échéances" in text and "FICTIF : ménages inventés" in text
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


def test_two_pex_on_one_pc_do_not_close_each_other(application, session):
    """A browser keeps cookies by host, whatever the port."""
    port = application.address.rpartition(":")[2]
    assert {cookie["name"] for cookie in session["cookies"]} == {f"pex_session_{port}", f"pex_csrf_{port}"}


def test_the_data_are_for_their_owner_only(application):
    modes = {path.name: path.stat().st_mode & 0o077 for path in application.folder.iterdir()}
    assert "pex.sqlite3" in modes
    assert {name: mode for name, mode in modes.items() if mode} == {}


def test_the_server_says_nothing_of_the_people(application):
    said = application.said()
    assert "Pour arrêter" in said
    assert "erreur" not in said, said
    assert json.dumps(said).count("jeton") == 1
