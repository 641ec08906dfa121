"""What looks impossible or irregular in the acts: information for an adviser, never advice to sue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pex.timeline.alerts import ByRule, alert
from pex.timeline.case import Case
from pex.timeline.deadlines import compute_deadline
from pex.timeline.place import TruceNotSet
from pex.timeline.values import PAST, Alert, Deadline, Suspension

CQL, JUDGMENT, EVICTION = "commandement_de_quitter_les_lieux", "jugement", "proces_verbal_expulsion"


def find_irregularities(case: Case, by_rule: ByRule, suspensions: tuple[Suspension, ...]) -> Iterator[Alert]:
    """Every irregularity or impossible date, in the order of the procedure."""
    yield from _dates(case)
    yield from _summons(case, by_rule)
    yield from _hearing(case, by_rule)
    yield from _judgment(case, by_rule)
    yield from _eviction(case, by_rule, suspensions)


def _dates(case: Case) -> Iterator[Alert]:
    signed, today = case.dossier.bail.signe_le, case.today
    for kind_id, events in case.events.items():
        kind = case.law.events[kind_id]
        for event in events:
            day = event.date
            if day is None:
                continue
            if signed is not None and day < signed:
                yield alert(case, "acte_avant_bail", event=kind.name, date=day, signed=signed)
            if kind.official_act:
                if (why := case.place.why_no_act(day)) is not None:
                    yield alert(case, "acte_un_jour_non_ouvrable", event=kind.name, date=day, why=why)
                if day > today:
                    yield alert(case, "date_future", event=kind.name, date=day)
        last = case.last_day(kind_id)
        for earlier in kind.comes_after:
            first = case.first_day(earlier)
            if last is not None and first is not None and last < first:
                words = {"event": kind.name, "date": last, "before": case.law.events[earlier].name, "other": first}
                yield alert(case, "ordre_impossible", **words)


def _summons(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    summons = case.last_day("assignation")
    if summons is None:
        if "assignation" in case.events:
            yield from _unknown_referral(case)
        return
    to_pay = by_rule.get("delai_pour_payer")
    if to_pay is not None and _within(summons, to_pay):
        yield alert(case, "assignation_avant_la_fin_du_delai", date=summons, last_day=to_pay.last_day)
    referral = by_rule.get("saisine_ccapex_avant_assignation")
    if referral is not None and referral.last_day is not None:
        if summons < referral.last_day:
            yield alert(case, "assignation_trop_tot_apres_ccapex", date=summons, last_day=referral.last_day)
        elif summons == referral.last_day:
            yield alert(case, "assignation_limite_apres_ccapex", date=summons)
    yield from _unknown_referral(case)


def _unknown_referral(case: Case) -> Iterator[Alert]:
    rule = case.law.rules["saisine_ccapex_avant_assignation"]
    if case.dossier.bailleur.type in rule.landlords and case.events.keys().isdisjoint(rule.runs_from):
        yield alert(case, "saisine_ccapex_inconnue")


def _hearing(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    """The notification to the préfet: in time, on the limit, too late, or not known; then the DSF."""
    deadline = by_rule.get("notification_assignation_au_prefet")
    hearing = case.first_day("audience")
    if deadline is not None and deadline.last_day is not None and hearing is not None:
        notified = case.first_day("notification_assignation_prefet")
        words = {"hearing": hearing, "last_day": deadline.last_day}
        if notified is None:
            if "assignation" in case.events:
                yield alert(case, "notification_prefet_inconnue", **words)
        elif notified <= deadline.last_day:
            yield alert(case, "notification_prefet_dans_les_temps", date=notified, hearing=hearing)
        elif notified == deadline.last_day + timedelta(days=1):
            yield alert(case, "notification_prefet_limite", date=notified, hearing=hearing)
        else:
            yield alert(case, "notification_prefet_tardive", date=notified, **words)
    coming = case.last_day("audience")
    if coming is None or coming < case.today:
        return
    report = by_rule.get("transmission_dsf")
    if report is not None and report.status == PAST and "dsf_transmis" not in case.events:
        yield alert(case, "dsf_absent", hearing=coming, last_day=report.last_day)
    if "reprise_loyer" not in case.events:
        yield alert(case, "reprise_loyer_avant_audience", hearing=coming)


def _judgment(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    default = by_rule.get("jugement_par_defaut_non_signifie")
    if default is not None and default.status == PAST:
        yield alert(case, "jugement_non_avenu", date=default.since, last_day=default.last_day)
    served, act = case.first_day("signification_jugement"), case.last_day(CQL)
    if served is not None and act is not None and act < served:
        yield alert(case, "cql_avant_signification", date=act, signified=served)


def _eviction(case: Case, by_rule: ByRule, suspensions: tuple[Suspension, ...]) -> Iterator[Alert]:
    delay = by_rule.get("delai_commandement_de_quitter_les_lieux")
    request = case.last_day("requisition_force_publique")
    if delay is not None and request is not None and _within(request, delay):
        yield alert(case, "requisition_prematuree", date=request, last_day=delay.last_day)
    eviction = case.last_day(EVICTION)
    if eviction is None:
        return
    yield from _eviction_day(case, eviction, suspensions)
    sale, furniture = case.first_day("vente_des_meubles"), by_rule.get("retrait_des_meubles")
    if sale is not None and furniture is not None and furniture.last_day is not None and sale <= furniture.last_day:
        yield alert(case, "meubles_vendus_trop_tot", date=sale, last_day=furniture.last_day)


def _eviction_day(case: Case, eviction: date, suspensions: tuple[Suspension, ...]) -> Iterator[Alert]:
    try:
        truce = case.place.truce_holding(eviction)
    except TruceNotSet:
        truce = None
    if truce is not None:
        yield alert(case, "expulsion_pendant_la_treve", date=eviction, last_day=truce.last_day)
    delay = compute_deadline(case.law.rules["delai_commandement_de_quitter_les_lieux"], case)
    if delay is not None and delay.last_day is not None and _within(eviction, delay):
        first_day = delay.last_day + timedelta(days=1)
        yield alert(case, "expulsion_trop_tot", date=eviction, first_day=first_day)
    for item in suspensions:
        if "premiere_expulsion_possible" in item.suspends and item.holds_on(eviction):
            until = item.until or "la date écrite par le juge"
            yield alert(case, "expulsion_pendant_une_suspension", date=eviction, name=item.name, until=until)


def _within(day: date, deadline: Deadline) -> bool:
    """True from the day the delay starts to its last day."""
    if deadline.since is None or deadline.last_day is None:
        return False
    return deadline.since <= day <= deadline.last_day
