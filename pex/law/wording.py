"""How the law data is told in French to professionals: on a terminal, on a page, in a drawing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pex.errors import LawError
from pex.law.values import Law, Rule, Version, YearlyWindow

BOUND = {
    "menage": "le ménage",
    "bailleur": "le bailleur",
    "commissaire_de_justice": "le commissaire de justice",
    "prefet": "le préfet",
    "travailleur_social": "le travailleur social",
    "juge": "le juge",
    "organisme_payeur": "la CAF ou la MSA",
    "ccapex": "la CCAPEX",
    "fsl": "le FSL",
    "commission_de_mediation": "la commission de médiation",
}
CERTAINTIES = {"certaine": "certaine", "discutee": "discutée par les juges", "a_confirmer": "à confirmer"}
AMOUNTS = {
    "euros": "{} €",
    "months_of_rent": "{} mois de loyer sans les charges",
    "months_of_housing_cost": "{} mois de loyer et de charges",
    "share_of_housing_cost": "{} fois le loyer et les charges",
}
CHOICES = {
    "refere": "référé",
    "fond": "au fond",
    "apres_le_plan": "après le plan",
    "directe": "saisine directe",
    "delais_de_paiement": "délais de paiement",
    "expulsion": "expulsion",
    "rejet": "demande rejetée",
    "maintien": "maintien",
    "suspension": "suspension",
    "levee": "levée de la suspension",
    "moratoire": "moratoire",
    "reechelonnement": "rééchelonnement",
    "autre": "autre",
    "caf": "CAF",
    "msa": "MSA",
    "locataire": "locataire",
    "bailleur": "bailleur",
    "avis": "avis",
    "recommandation": "recommandation",
    "travailleur_social": "travailleur social",
}
DETAILS = {
    "a_partir_du": "premier jour",
    "accepte": "accord du bailleur",
    "attendu": "ce qui est attendu",
    "avec": "avec qui",
    "decision": "décision",
    "delai_indique": "délai écrit sur l'acte",
    "delai_supprime": "délai supprimé par le juge",
    "delais_accordes": "délais accordés (oui ou non)",
    "delais_jusqu_au": "fin des délais de paiement",
    "delais_pour_quitter_jusqu_au": "fin des délais pour quitter les lieux",
    "forme": "référé ou au fond",
    "heure": "heure",
    "jusqu_au": "date de fin",
    "lieu": "lieu",
    "mauvaise_foi": "mauvaise foi constatée par le juge",
    "mensualite": "somme à payer chaque mois",
    "mesure": "mesure décidée",
    "montant": "montant",
    "motif": "raison",
    "motifs": "raisons",
    "nature": "avis ou recommandation",
    "organisme": "CAF ou MSA",
    "par": "par qui",
    "par_defaut": "rendu par défaut (oui ou non)",
    "repondre_avant_le": "date limite pour répondre",
    "retour_avant_le": "date limite du retour",
    "service": "service",
    "texte": "texte",
    "texte_bailleur": "texte pour le bailleur",
    "voie": "après le plan, ou saisine directe",
}
FACTS = {
    "bail.signe_le": "la date de signature du bail",
    "bailleur.type": "le type de bailleur (bailleur social, personne morale, personne physique ou SCI familiale)",
    "territoire.treve_hivernale": "les dates de la trêve hivernale fixées par le préfet (premier et dernier jour)",
}
WITHOUT_LENGTH = ("execution_day", "first_of_next_month", "day_before_rule")
COUNTED = {
    "forward": "compté vers l'avant",
    "backward": "compté vers l'arrière",
    "working_days_after": "en jours ouvrés, vers l'avant",
    "working_days_before": "en jours ouvrés, vers l'arrière",
    "execution_day": "premier jour où une exécution est possible",
    "season": "période de l'année",
    "first_of_next_month": "premier jour du mois suivant",
    "after_rule": "part de la fin d'un autre délai",
    "day_before_rule": "la veille d'une autre date",
    "maximum": "durée la plus longue, la date est dans la décision",
    "threshold": "seuil",
}
MOVES = {
    "always": "oui (CPC, art. 642)",
    "never": "non",
    "disputed": "discuté : la date non prolongée est montrée",
}
CHOSEN_BY = {
    "acte": "la date de l'acte ou de l'événement",
    "bail": "la date du bail",
    "assignation": "la date de l'assignation",
    "signalement": "la date du signalement à la CAF ou à la MSA",
    "signalement_ou_jour": "la date du signalement à la CAF ou à la MSA, ou le jour du calcul",
}
LANDLORDS = {
    "bailleur_social": "bailleur social",
    "personne_morale": "personne morale",
    "personne_physique": "personne physique",
    "sci_familiale": "SCI familiale",
}


def write_length(rule: Rule, version: Version) -> str:
    """« 6 semaines », « 15 jours ouvrés », « du 01/11 au 31/03 », « référé : 15 jours, au fond : 1 mois »…"""
    if not version.applies:
        return "pas de règle"
    if version.amounts:
        return ", ".join(AMOUNTS[unit].format(str(n).replace(".", ",")) for unit, n in version.amounts.items())
    if version.durations:
        return ", ".join(f"{CHOICES[choice]} : {period}" for choice, period in version.durations.items())
    if version.window:
        first, last = (_day_month(day) for day in (version.window.first_day, version.window.last_day))
        return f"du {first} au {last}"
    if rule.counted in WITHOUT_LENGTH:
        return COUNTED[rule.counted]
    if version.duration is None:
        return "durée non connue"
    return f"{version.duration} ouvrés" if rule.counted.startswith("working_days") else str(version.duration)


def write_fact(path: str, law: Law) -> str:
    """« la date de « Jugement » » for « evenements.jugement.date »: how a fact that is missing is told."""
    if path in FACTS:
        return FACTS[path]
    event, _, detail = path.removeprefix("evenements.").partition(".")
    name = law.events[event].name
    return f"la date de « {name} »" if detail == "date" else f"« {name} » : {DETAILS[detail]}"


@lru_cache(maxsize=256)
def write_condition(condition: str, law: Law) -> str:
    """« Jugement : décision, délais de paiement » for « jugement.decision=delais_de_paiement »."""
    path, _, value = condition.partition("=")
    event, detail = path.split(".")
    return f"{law.events[event].name} : {DETAILS[detail]}" + (f", {CHOICES[value]}" if value else "")


def write_choice_of_length(rule: Rule, version: Version | None) -> str:
    """The length today, or both lengths where the day of the lease chooses between them."""
    if rule.version_chosen_by == "bail":
        lengths = dict.fromkeys(write_length(rule, item) for item in rule.versions)
        return f"{' ou '.join(lengths)}, selon la date du bail"
    return write_length(rule, version) if version else "pas encore en vigueur"


def version_on(rule: Rule, day: date) -> Version | None:
    """The version in force on `day`; None before the first known one, or where there is no such rule any more."""
    try:
        version = rule.version_at(day)
    except LawError:
        return None
    return version if version.applies else None


def say_length(rule: Rule, day: date) -> str | None:
    """How long, in words for a household: « 6 semaines », « 15 jours ou 1 mois », « du 1er novembre au 31 mars ».

    Where the lease chooses the version, all those that a lease signed before `day` may have. None where the rule
    has no length on that day.
    """
    version = version_on(rule, day)
    if version is None:
        return None
    if version.window:
        return _say_window(version.window)
    if rule.version_chosen_by == "bail":
        known = [item for item in rule.versions if item.since <= day and item.duration]
        lengths = list(dict.fromkeys(str(item.duration) for item in known))
        return " ou ".join(lengths) + (", selon la date du bail" if len(lengths) > 1 else "") if lengths else None
    if version.durations:
        return " ou ".join(dict.fromkeys(str(period) for period in version.durations.values()))
    return write_length(rule, version) if version.duration else None


def _say_window(window: YearlyWindow) -> str:
    from pex.dates import write_date

    first, last = (write_date(day).rpartition(" ")[0] for day in window.season_of(2001))
    return f"du {first} au {last}"


def _day_month(text: str) -> str:
    """« 11-01 » → « 01/11 »."""
    month, day = text.split("-")
    return f"{day}/{month}"
