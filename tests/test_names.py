"""A name comes out exactly as it was typed, from a spreadsheet to each format: it is never markup of any kind."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from lxml import html
from samples import NASTY_NAME

from pex.dossier import read_dossiers
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter
from pex.outputs import write_letter
from pex.profile import read_profile
from pex.timeline import build_timeline

TODAY = date(2026, 11, 24)
HEADINGS = "reference;civilite;nom;prenom;adresse_1;code_postal;commune;bailleur;commandement_de_payer"
NAMES = (NASTY_NAME, '#import "x" $ _a_ `b` @c', "**gras** [lien](x) | A", "=1+1", "D’Étienne-Żółć", "{% if x %}")


def text_of(content: bytes, kind: str) -> str:
    if kind == "docx":
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    if kind == "html":
        return html.fromstring(content).text_content()
    import pymupdf

    with pymupdf.open(stream=content) as document:
        return "\n".join(page.get_text() for page in document)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    quoted = name.replace('"', '""')
    row = f'A-1;Mme;"{quoted}";Aïcha;"1 rue {quoted}";00100;Brumeville;"Bailleur {quoted}";10/10/2026'
    path = tmp_path / "liste.csv"
    path.write_text(f"{HEADINGS}\n{row}\n", encoding="utf-8")
    law, profile = read_law(), read_profile(EXAMPLES / "profil")
    (dossier,) = read_dossiers(path, law_events=law.events, today=TODAY).dossiers
    timeline = build_timeline(profile.place(dossier), law, TODAY)
    household = compose_letter("commandement_de_payer", timeline, profile)
    to_sign = compose_letter("plan_apurement_bailleur", timeline, profile)
    for kind in ("docx", "pdf", "html"):
        assert f"Mme Aïcha {name}" in text_of(write_letter(household, profile, kind), kind)
        words = text_of(write_letter(to_sign, profile, kind), kind)
        assert f"Mme Aïcha {name}" in words and f"1 rue {name}" in words and f"Bailleur {name}" in words
