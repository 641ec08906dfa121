"""Invented households whose timelines are hard to draw, each for one reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from pex.dossier.facts import Adresse, Bail, Bailleur, Dette, Dossier, Evenement, Menage, Personne, Territoire
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters.blocks import Span, TimelinePage
from pex.letters.timeline_page import compose_timeline
from pex.profile import read_profile
from pex.timeline import build_timeline

TODAY = date(2027, 2, 2)
PROFILE = read_profile(EXAMPLES / "profil")


def event(kind: str, day: str | None = None, **details: object) -> Evenement:
    return Evenement(kind, date.fromisoformat(day) if day else None, details)


def household(*events: Evenement, departement: str = "00", name: str = "FICTIF", first: str = "Zoé") -> Dossier:
    return Dossier(
        "EX-2027-0001",
        menage=Menage(
            (Personne("Mme", name, first),),
            adresse=Adresse(
                ("115 boulevard des Anciens-Établissements",), "00110", "SAINT-REMY-EN-BOUZEMONT-SAINT-GENEST"
            ),
        ),
        bail=Bail(date(2021, 5, 1), type="vide"),
        bailleur=Bailleur("Habitat de démonstration", "bailleur_social"),
        dette=Dette(regime_aide_logement=None),
        territoire=Territoire(departement),
        evenements=events,
    )


ACT = event("commandement_de_payer", "2026-06-10")
SUMMONS = event("assignation", "2026-09-14")
HEARING = event("audience", "2027-03-09")
JUDGED = event("jugement", "2026-11-10", forme="refere", decision="expulsion")
QUIT = event("commandement_de_quitter_les_lieux", "2027-01-05")

HOUSEHOLDS = {
    "au début": household(event("premier_impaye", "2027-01-05")),
    "nom le plus long": household(
        ACT, SUMMONS, HEARING,
        name="DE LA ROCHEFOUCAULD-MONTMORENCY-ANTICONSTITUTIONNELLE", first="Marie-Antoinette-Emmanuelle",
    ),
    "huit événements": household(
        JUDGED,
        *(event("saisine_jex", f"2026-12-0{day}") for day in range(1, 3)),
        QUIT,
        event("decision_jex", "2027-01-08", delais_accordes=False),
        event("recours_dalo", "2027-01-10"),
        event("depot_surendettement", "2027-01-11"),
        event("recevabilite_surendettement", "2027-01-20"),
        event("requisition_force_publique", "2027-01-25"),
        event("entretien_dsf", "2027-02-10"),
    ),
    "dates inconnues": household(
        event("commandement_de_payer"), event("assignation"), event("jugement"),
        event("commandement_de_quitter_les_lieux"),
    ),
    "audience inconnue": household(ACT, SUMMONS),
    "outre-mer": household(JUDGED, QUIT, departement="974"),
    "résolu": household(ACT, SUMMONS, event("relogement", "2027-01-15")),
    "temps pour payer": household(
        ACT, SUMMONS,
        event("jugement", "2026-12-08", decision="delais_de_paiement", delais_jusqu_au=date(2029, 12, 8)),
        event("signification_jugement", "2027-01-12"),
    ),
    "temps pour partir": household(
        JUDGED, QUIT,
        event("saisine_jex", "2027-01-10"),
        event("decision_jex", "2027-01-28", delais_accordes=True, jusqu_au=date(2027, 10, 1)),
    ),
    "aide au logement arrêtée": household(
        event("signalement_caf", "2027-01-04", organisme="caf"),
        event("saisine_ccapex_aide_logement", "2027-01-08"),
        event("invitation_observations", "2027-01-11"),
        event("decision_aide_logement", "2027-01-20", decision="suspension"),
        event("notification_decision_organisme", "2027-01-22"),
        event("notification_decision_menage", "2027-01-25"),
    ),
    "expulsé": household(
        JUDGED, event("commandement_de_quitter_les_lieux", "2026-11-20"), event("octroi_concours", "2027-01-15"),
        event("proces_verbal_expulsion", "2027-01-28"),
    ),
}  # fmt: skip


@cache
def page_of(name: str, version: str = "complete") -> TimelinePage:
    """The timeline of that household; « quinze solutions » has more ways out than any law gives."""
    if name == "quinze solutions":
        return _with_fifteen_ways_out(page_of("nom le plus long", version))
    timeline = build_timeline(HOUSEHOLDS[name], read_law(), TODAY)
    return compose_timeline(timeline, PROFILE, version=version)


def _with_fifteen_ways_out(page: TimelinePage) -> TimelinePage:
    steps = []
    for step in page.steps:
        if step.state == "here":
            ways = [
                replace(way, spans=(*way.spans, Span(f" {number}"))) for number, way in enumerate(step.ways_out * 5)
            ]
            step = replace(step, ways_out=tuple(ways[:15]))
        steps.append(step)
    return replace(page, steps=tuple(steps))


NAMES = (*HOUSEHOLDS, "quinze solutions")
