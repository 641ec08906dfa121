"""The law told in French: no name of a field, of a path or of a choice is left in what people read."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pex.cli.show import full_report
from pex.dossier.facts import Dossier, Evenement
from pex.law import read_law
from pex.law.wording import CHOICES, DETAILS, write_condition, write_fact
from pex.timeline import build_timeline

LAW = read_law()
KINDS = [(event.id, name, kind) for event in LAW.events.values() for name, kind in event.details.items()]


def test_every_detail_and_every_choice_has_its_french_name() -> None:
    assert {name for _, name, _ in KINDS} == set(DETAILS)
    used = {choice for _, _, kind in KINDS if kind.startswith("choix:") for choice in kind[6:].split("|")}
    assert used == set(CHOICES)


@pytest.mark.parametrize(("event", "name", "kind"), KINDS)
def test_a_missing_detail_is_told_in_french(event: str, name: str, kind: str) -> None:
    assert "_" not in write_fact(f"evenements.{event}.{name}", LAW)


def test_a_condition_is_told_in_french() -> None:
    assert write_condition("jugement.decision=delais_de_paiement", LAW) == "Jugement : décision, délais de paiement"


def test_a_report_with_everything_missing_names_no_field() -> None:
    """Only the ids of letters are shown as they are typed."""
    dossier = Dossier("MANQUE", evenements=tuple(Evenement(event) for event in LAW.events))
    report = full_report(build_timeline(dossier, LAW, date(2026, 11, 24)), LAW, ())
    assert "Il manque : la date de signature du bail" not in report  # the act's own date is asked for first
    assert "Il manque : la date de « Commandement de payer »" in report
    words = re.sub(r"https?://\S+", "", report)
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", words)
