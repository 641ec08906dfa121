"""What other software relies on: ids of stages, events and rules, keys of the JSON, exit codes. Changed by addition only."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pex.cli import COMMANDS, main
from pex.dossier.table import known_columns
from pex.law import read_law

STAGES = """
impaye, alerte_caf, commandement_de_payer, assignation, audience, jugement, commandement_de_quitter_les_lieux,
requisition_force_publique, concours_force_publique, expulsion, situation_resolue
"""
EVENTS = """
premier_impaye, impaye_constitue, signalement_caf, saisine_ccapex, commandement_de_payer,
signalement_ccapex_commandement, assignation, notification_assignation_prefet, saisine_dsf, entretien_dsf,
dsf_transmis, audience, jugement, signification_jugement, commandement_de_quitter_les_lieux, notification_cql_prefet,
saisine_jex, decision_jex, tentative_expulsion, requisition_force_publique, octroi_concours, refus_concours,
proces_verbal_expulsion, plan_apurement, fsl_accorde, fsl_refuse, reprise_loyer, depot_surendettement,
recevabilite_surendettement, retablissement_personnel, protocole_cohesion_sociale, recours_dalo, reconnaissance_dalo,
dette_soldee, relogement, depart_volontaire, saisine_ccapex_aide_logement, invitation_observations,
decision_aide_logement, notification_decision_organisme, notification_decision_menage
"""
RULES = """
signalement_impaye_par_le_bailleur, plan_apurement_caf, dispositif_fsl, saisine_ccapex_avant_assignation,
delai_pour_payer, denonciation_a_la_caution, notification_assignation_au_prefet, entretien_dsf, transmission_dsf,
opposition_ou_appel, delai_commandement_de_quitter_les_lieux, demande_de_delais_au_jex, premiere_expulsion_possible,
treve_hivernale, reponse_du_prefet, retrait_des_meubles, contestation_des_meubles, effet_suspension_aide_logement,
recours_decision_aide_logement, recours_dalo_commission
"""
COLUMNS = """
reference, civilite, nom, prenom, adresse_1, adresse_2, adresse_3, adresse_4, code_postal, commune, langue, bailleur,
type_bailleur, bail_signe_le, loyer, charges, aide_logement, tiers_payant, dette, dette_constatee_le
"""
DOSSIER_KEYS = {"reference", "le", "etape", "echeances", "alertes", "suites", "actions", "courriers"}
DEADLINE_KEYS = {
    "regle", "depuis", "dernier_jour", "statut", "certitude", "dernier_jour_prolonge", "version", "motifs", "references",
    "manque",
}  # fmt: skip
STATUSES = {"en_cours", "passee", "inconnue", "suspendue", "sans_objet"}
CERTAINTIES = {"certaine", "discutee", "a_confirmer"}
FILE = """
reference: "71-2026-0042"
menage:
  personnes:
    - {civilite: Mme, nom: DURAND-FICTIF, prenom: Aïcha}
    - {civilite: M., nom: DURAND-FICTIF, prenom: Karim}
  enfants: 2
  langue: fr
  adresse: {lignes: ["12 rue des Tanneries", "Bâtiment B"], code_postal: "71000", commune: Mâcon}
bail: {signe_le: 2021-05-01, renouvele_le: 2024-05-01, type: vide, delai_clause_resolutoire: 2 months}
bailleur: {nom: "OPAC de démonstration", type: bailleur_social}
dette: {montant: 2450.00, constatee_le: 2026-09-01, loyer: 480.00, charges: 60.00, aide_logement: 210.00, tiers_payant: true}
territoire: {departement: "71"}
evenements:
  - {type: commandement_de_payer, date: 2026-09-14, delai_indique: 2 months}
  - {type: assignation, date: 2026-11-30}
  - {type: audience, date: 2027-02-09, heure: "09:30", lieu: "Tribunal judiciaire de Mâcon"}
"""


def names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", " ").split(",")]


def pex(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def dossier(*arguments: str) -> dict[str, Any]:
    shown = pex(*arguments, "--json")
    assert shown.exit_code == 0, shown.output
    (found,) = json.loads(shown.stdout)["dossiers"]
    return dict(found)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "dossier.yaml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_the_stages_and_their_order() -> None:
    assert list(read_law().stages) == names(STAGES)


@pytest.mark.parametrize(
    ("kept", "known"),
    [
        (EVENTS, set(read_law().events)),
        (RULES, set(read_law().rules)),
        (COLUMNS, set(known_columns(read_law().events))),
        (EVENTS, set(known_columns(read_law().events))),
        ("demo, situation, calculer, courriers, frise, verifier, pictogrammes, droit", set(COMMANDS)),
    ],
    ids=["events", "rules", "columns", "columns of events", "commands"],
)
def test_no_name_is_ever_taken_away(kept: str, known: set[str]) -> None:
    assert set(names(kept)) <= known


def test_the_dossier_file_and_what_is_said_of_it(file: str) -> None:
    found = dossier("situation", file, "--le", "2026-11-23")
    assert found.keys() >= DOSSIER_KEYS
    assert (found["reference"], found["le"], found["etape"]) == ("71-2026-0042", "2026-11-23", "commandement_de_payer")
    for deadline in found["echeances"]:
        assert deadline.keys() >= DEADLINE_KEYS
        assert deadline["statut"] in STATUSES
        assert deadline["certitude"] in CERTAINTIES
        assert all(set(reference) == {"titre", "lien"} for reference in deadline["references"])
        for name in ("depuis", "dernier_jour", "dernier_jour_prolonge", "version"):
            assert deadline[name] is None or date.fromisoformat(deadline[name])
    to_pay = next(item for item in found["echeances"] if item["regle"] == "delai_pour_payer")
    assert (to_pay["depuis"], to_pay["dernier_jour"], to_pay["dernier_jour_prolonge"]) == (
        "2026-09-14", "2026-11-14", "2026-11-16",
    )  # fmt: skip
    assert "14 septembre 2026 + 2 mois = 14 novembre 2026 (CPC, art. 641)" in to_pay["motifs"]
    for alert in found["alertes"]:
        assert {"id", "niveau", "message", "references"} <= alert.keys()
        assert alert["niveau"] in ("information", "attention", "urgent")
    assert {"etape": "assignation", "pas_avant": "2026-11-15"} in found["suites"]
    assert "fsl" in found["actions"]
    assert found["courriers"] == ["commandement_de_payer"]


def test_an_unknown_fact_gives_no_date() -> None:
    found = dossier("calculer", "commandement_de_payer=2026-09-14")
    (to_pay,) = (item for item in found["echeances"] if item["regle"] == "delai_pour_payer")
    assert (to_pay["statut"], to_pay["dernier_jour"], to_pay["manque"]) == ("inconnue", None, ["bail.signe_le"])


@pytest.mark.parametrize(("signed", "last_day"), [("15/03/2021", "2025-02-12"), ("15/03/2024", "2025-01-23")])
def test_the_delay_to_pay_follows_the_lease(signed: str, last_day: str) -> None:
    found = dossier("calculer", "commandement_de_payer=12/12/2024", "--bail", signed)
    (to_pay,) = (item for item in found["echeances"] if item["regle"] == "delai_pour_payer")
    assert to_pay["dernier_jour"] == last_day
    assert to_pay["motifs"]


def test_exit_codes(file: str, tmp_path: Path) -> None:
    refused = tmp_path / "refuse.csv"
    refused.write_text("reference;nom;audience\nA-1;FICTIF;31/02/2026\nA-2;FICTIF;09/02/2027\n", encoding="utf-8")
    assert pex("situation", file).exit_code == 0
    assert pex("situation", str(refused)).exit_code == 1
    assert pex("situation").exit_code == 2
    assert pex("calculer", "assignation").exit_code == 2
