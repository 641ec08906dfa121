"""What a template may name: the household's facts, computed dates, services, in the words' own order."""

from __future__ import annotations

import re
from typing import Any

from pex.dossier.facts import Adresse, Dette, Dossier
from pex.law import Law
from pex.letters.glossary import read_glossary
from pex.letters.marks import Facts
from pex.letters.no_breaks import NO_BREAK
from pex.profile import Profile, Service
from pex.timeline import Deadline, Timeline
from pex.timeline.events import happened, last_event
from pex.timeline.thresholds import housing_cost
from pex.timeline.values import RUNNING


def facts_for(timeline: Timeline, profile: Profile, law: Law, words: Any) -> dict[str, Any]:
    """Every name a template can use; a fact that is not known is false and cannot be written out.

    `dette` sums, `evenements.<type>` (date and details), `fait.<type>` (the same, only if it happened),
    `echeances.<rule>` (dernier_jour, en_cours), `audience` (with a_venir), `treve`, `droit` (lengths of the
    law in force), `numeros`, `nous`, `ccapex` and `services` (the profile), `bailleur` (nom, social, adresse),
    `menage` (noms, adresse, enfants), `prefet.a_refuse`, `bail.signe_le`, `dossier.reference`,
    `aujourdhui.date`, `mots.<term>` (its explanation, as of the day), `organisme`,
    `reglages` (what the office chose where the law could not be read).
    """
    dossier = timeline.dossier
    events = {kind: last_event(dossier, kind) for kind in law.events}
    known = {kind: {"present": True, "date": event.date, **event.precisions} for kind, event in events.items() if event}
    done = {kind: known[kind] for kind, event in events.items() if event and happened(event, timeline.today)}
    hearing = known.get("audience")
    report = known.get("signalement_caf", {})
    values: dict[str, Any] = {
        "dette": _debt(dossier.dette),
        "evenements": known,
        "fait": done,
        "audience": {**hearing, "a_venir": _is_to_come(hearing, timeline)} if hearing else {},
        "echeances": {deadline.rule: _deadline(deadline) for deadline in timeline.deadlines},
        "treve": _truce(timeline, law),
        "droit": _lengths(timeline, law),
        "numeros": {line.id: line.number for line in law.helplines.values()},
        "nous": _service(profile.expediteur) if profile.expediteur else {},
        "services": {name: _service(service) for name, service in profile.services.items()},
        "bailleur": {
            "social": dossier.bailleur.type == "bailleur_social",
            "nom": dossier.bailleur.nom,
            "adresse": dossier.bailleur.adresse,
        },
        "menage": _household(dossier),
        "prefet": {"a_refuse": _refused(done)},
        "bail": {"signe_le": dossier.bail.signe_le},
        "dossier": {"reference": dossier.reference},
        "ccapex": _service(office) if (office := profile.services.get("ccapex") or profile.expediteur) else {},
        "aujourdhui": {"date": timeline.today},
        "mots": {term.id: term.explanation for term in read_glossary(timeline.today).values()},
        "reglages": {"recours_aide_logement": profile.recours_aide_logement},
    }
    facts: dict[str, Any] = {
        name: Facts({"nous": "profil.expediteur", "services": "profil.services"}.get(name, name), value)
        for name, value in values.items()
    }
    facts["organisme"] = words["organismes"].get(str(report.get("organisme")), words["organismes"]["unknown"])
    return facts


def _refused(done: dict[str, dict[str, Any]]) -> bool:
    """True where the préfet said no to the last request; a refusal older than it answered another one."""
    refusal, request = done.get("refus_concours"), done.get("requisition_force_publique", {})
    if refusal is None:
        return False
    return refusal["date"] is None or request.get("date") is None or bool(refusal["date"] >= request["date"])


def _household(dossier: Dossier) -> dict[str, Any]:
    people = [f"{p.civilite or ''} {p.prenom or ''} {p.nom or ''}".split() for p in dossier.menage.personnes]
    address = None if dossier.menage.adresse_confidentielle else dossier.menage.adresse
    return {
        "noms": " et ".join(" ".join(words) for words in people if words) or None,
        "adresse": postal_line(address) if address else None,
        "enfants": dossier.menage.enfants,
    }


def postal_line(adresse: Adresse) -> str:
    """« 3 rue du Palais, 00100 Brumeville »."""
    town = NO_BREAK.join(part for part in (adresse.code_postal, adresse.commune) if part)
    lines = (re.sub(r"^(\d+) ", rf"\1{NO_BREAK}", line) for line in adresse.lignes)
    return ", ".join(part for part in (*lines, town) if part)


def _debt(dette: Dette) -> dict[str, Any]:
    deducted = bool(dette.aide_logement and dette.tiers_payant)
    return {
        "montant": dette.montant,
        "constatee_le": dette.constatee_le,
        "loyer": dette.loyer,
        "a_payer_chaque_mois": housing_cost(dette),
        "aide_deduite": deducted,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "dernier_jour": deadline.last_day,
        "depuis": deadline.since,
        "en_cours": deadline.status == RUNNING and deadline.last_day is not None,
    }


def _is_to_come(hearing: dict[str, Any], timeline: Timeline) -> bool:
    return hearing.get("date") is not None and hearing["date"] >= timeline.today


def _truce(timeline: Timeline, law: Law) -> dict[str, Any]:
    from pex.timeline.place import Place, TruceNotSet

    try:
        truce = Place(timeline.dossier, law).truce_holding(timeline.today)
    except TruceNotSet:
        return {"a_demander": True}
    return {"en_cours": True, "dernier_jour": truce.last_day} if truce else {}


def _lengths(timeline: Timeline, law: Law) -> dict[str, Any]:
    longest = {
        "delais_de_paiement": "delais_de_paiement_du_juge",
        "delais_pour_quitter": "delais_pour_quitter_les_lieux",
    }
    rules = {name: law.rules[rule] for name, rule in longest.items()}
    # Before the first text that was read, no length is told: a letter that needs it is refused.
    known = {name: rule for name, rule in rules.items() if timeline.today >= rule.versions[0].since}
    return {
        **{name: rule.version_at(timeline.today).duration for name, rule in known.items()},
        **_aid_regime(timeline, law),
    }


def _aid_regime(timeline: Timeline, law: Law) -> dict[str, bool]:
    """Who decides on the housing aid: the CCAPEX since the reform, for a default reported since then.

    For one reported before, the transitional rule could not be read: `regime_aide_discute`.
    """
    dossier, reform = timeline.dossier, law.rules["plan_apurement_caf"].versions[-1].since
    if dossier.dette.regime_aide_logement is not None:
        return {"ccapex_decide_aide": dossier.dette.regime_aide_logement == "depuis_2027", "regime_aide_discute": False}
    report = last_event(dossier, "signalement_caf")
    old = report is not None and report.date is not None and report.date < reform
    if last_event(dossier, "saisine_ccapex_aide_logement") is not None:
        old = False
    since = timeline.today >= reform
    return {"ccapex_decide_aide": since and not old, "regime_aide_discute": since and old}


def _service(service: Service) -> dict[str, Any]:
    return {
        "nom": service.nom,
        "telephone": service.telephone,
        "horaires": service.horaires,
        "courriel": service.courriel,
        "adresse": postal_line(service.adresse) if service.adresse else None,
        "gratuit": service.gratuit,
    }
