"""An invented household whose every fact is known, to write each letter of the catalogue."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from pex.dossier.facts import Adresse, Bail, Bailleur, Dette, Dossier, Evenement, Menage, Personne, Territoire
from pex.law import read_law
from pex.letters import compose_letter
from pex.letters.blocks import Letter
from pex.profile import Profile
from pex.timeline import Timeline, build_timeline

NOW, IN_2027 = date(2026, 11, 24), date(2027, 3, 16)
EVENTS = (
    Evenement("premier_impaye", date(2026, 1, 5)),
    Evenement("signalement_caf", date(2026, 3, 5), {"organisme": "caf"}),
    Evenement("saisine_ccapex", date(2026, 3, 9), {"par": "locataire"}),
    Evenement("premier_courrier", date(2026, 4, 7)),
    Evenement("plan_apurement", date(2026, 4, 14), {"mensualite": Decimal(45), "jusqu_au": date(2029, 4, 14)}),
    Evenement("commandement_de_payer", date(2026, 5, 11), {"montant": Decimal(2450)}),
    Evenement("assignation", date(2026, 9, 14)),
    Evenement("notification_assignation_prefet", date(2026, 9, 14)),
    Evenement("entretien_dsf", date(2027, 1, 12), {"heure": time(14, 0), "lieu": "Maison des solidarités, bureau 4"}),
    Evenement("audience", date(2027, 2, 9), {"heure": time(9, 30), "lieu": "Tribunal judiciaire, salle 2"}),
    Evenement("rendez_vous", date(2027, 4, 6), {"heure": time(10, 0), "lieu": "Maison des solidarités, bureau 4"}),
    Evenement("examen_ccapex", date(2027, 4, 20), {"heure": time(14, 0)}),
    Evenement("invitation_commission_impayes", date(2027, 4, 8), {"heure": time(9, 0), "lieu": "Agence de Brumeville"}),
)
CCAPEX_EVENTS = (
    Evenement("avis_ccapex", date(2026, 11, 17), {
        "texte": "Demander une aide en argent au FSL et signer un accord de 45 € par mois.",
        "texte_bailleur": "Signer avec le locataire un plan de 45 € par mois.",
    }),
    Evenement("orientation_signalement", date(2026, 11, 17), {
        "service": "Maison des solidarités de Brumeville",
        "attendu": "Rencontrer le ménage et regarder ses droits.",
        "retour_avant_le": date(2027, 1, 15),
    }),
    Evenement("cloture_dossier", date(2026, 11, 17), {"motif": "La dette est payée et le loyer aussi."}),
)  # fmt: skip
AID_EVENTS = (
    Evenement("saisine_ccapex_aide_logement", date(2027, 1, 18)),
    Evenement("accompagnement_propose", date(2027, 1, 25)),
    Evenement("invitation_observations", date(2027, 2, 8), {"repondre_avant_le": date(2027, 4, 2)}),
    Evenement("decision_aide_logement", date(2027, 3, 9), {
        "decision": "suspension", "motifs": "Le loyer n'est plus payé depuis 6 mois et l'accompagnement est refusé."
    }),
    Evenement("notification_decision_organisme", date(2027, 3, 15)),
    Evenement("notification_decision_menage", date(2027, 3, 15)),
)  # fmt: skip
LATE_EVENTS = (
    Evenement("jugement", date(2026, 6, 16), {"forme": "refere", "decision": "expulsion"}),
    Evenement("signification_jugement", date(2026, 7, 2)),
    Evenement("commandement_de_quitter_les_lieux", date(2026, 8, 12)),
    Evenement("notification_cql_prefet", date(2026, 8, 12)),
    Evenement("requisition_force_publique", date(2026, 10, 13)),
)


def complete_dossier(*events: Evenement) -> Dossier:
    """An invented household: every fact is known, and these events besides the usual ones."""
    return Dossier(
        "EX-0001",
        menage=Menage(
            (Personne("Mme", "DURAND", "Aïcha"), Personne("M.", "DURAND", "Karim")),
            enfants=2,
            adresse=Adresse(("12 rue des Tanneries",), "00100", "BRUMEVILLE"),
        ),
        bail=Bail(date(2021, 5, 1), type="vide"),
        bailleur=Bailleur("Habitat de démonstration", "bailleur_social", "8 rue du Bail, 00100 Brumeville"),
        dette=Dette(Decimal(2450), date(2026, 9, 1), Decimal(480), Decimal(60), Decimal(210), True),
        territoire=Territoire("71"),
        evenements=events,
    )


def timeline_for(letter_id: str, today: date = NOW) -> Timeline:
    """The timeline with which that letter makes sense: in 2027 for the housing aid, late for what comes late."""
    events = [*EVENTS, *CCAPEX_EVENTS]
    if letter_id.startswith("aide_logement"):
        today = IN_2027
        events += [_decided(event, letter_id) for event in AID_EVENTS]
    if letter_id in LATE:
        events = [*EVENTS[:8], *LATE_EVENTS, *LATE[letter_id]]
    return build_timeline(complete_dossier(*events), read_law(), today)


def _decided(event: Evenement, letter_id: str) -> Evenement:
    """The decision that the letter tells: to suspend, to keep or to give back the housing aid."""
    decision = next((name for name in ("maintien", "levee") if name in letter_id), None)
    if decision is None or event.type != "decision_aide_logement":
        return event
    return Evenement(event.type, event.date, {"decision": decision, "motifs": "Le loyer est payé de nouveau."})


LATE: dict[str, tuple[Evenement, ...]] = {
    "jugement": (),
    "delais_jex": (),
    "recours_dalo": (),
    "lettre_au_prefet": (),
    "avis_prefet": CCAPEX_EVENTS[:1],
    "avis_commission_mediation": CCAPEX_EVENTS[:1],
    "saisine_siao": (),
    "fin_de_treve": (),
    "refus_concours": (Evenement("refus_concours", date(2026, 11, 16)),),
    "apres_expulsion": (Evenement("proces_verbal_expulsion", date(2026, 10, 26)),),
}


def complete_letter(letter_id: str, profile: Profile) -> Letter:
    """That letter, for the household whose every fact is known."""
    return compose_letter(letter_id, timeline_for(letter_id), profile)
