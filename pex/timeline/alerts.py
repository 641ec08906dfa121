"""What is unknown, disputed or to be known in a dossier, as alerts whose words are in `law/checks.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pex.dates import add_period, write_date
from pex.timeline.case import Case
from pex.timeline.choices import regime_version
from pex.timeline.deadlines import TRUCE_FACT, compute_deadline, older_deadlines
from pex.timeline.events import happened
from pex.timeline.place import write_days
from pex.timeline.stage import paid_too_late
from pex.timeline.suspensions import active
from pex.timeline.thresholds import threshold_reached
from pex.timeline.values import MOOT, PAST, Alert, Deadline, Suspension

ADVICE = "Parlez-en à un avocat ou à l'ADIL."
STAY = "suspension_expulsion_surendettement"

DELAY_OF = {
    "commandement_de_payer": "delai_pour_payer",
    "commandement_de_quitter_les_lieux": "delai_commandement_de_quitter_les_lieux",
}

ByRule = dict[str, Deadline]


def alert(case: Case, check_id: str, **words: object) -> Alert:
    """The alert of that id, its blanks filled in; days are written out."""
    check = case.law.checks[check_id]
    written = {name: write_date(word) if isinstance(word, date) else word for name, word in words.items()}
    message = check.message.format(**written) if written else check.message
    if check.advice:
        message = f"{message} {ADVICE}"
    return Alert(check.id, check.level, message, check.references, check.certainty, check.effect)


def find_alerts(case: Case, by_rule: ByRule, suspensions: tuple[Suspension, ...]) -> Iterator[Alert]:
    """Every alert on what is unknown or disputed, in a steady order."""
    yield from _event_alerts(case)
    yield from _place_alerts(case, by_rule)
    yield from _aid_alerts(case, by_rule)
    yield from _lease_alerts(case, by_rule)
    yield from _late_stage_alerts(case, by_rule)
    yield from _suspension_alerts(case, suspensions)


def _event_alerts(case: Case) -> Iterator[Alert]:
    if case.ended_by is not None:
        name = case.law.events[case.ended_by.type].name
        yield alert(case, "nouvelle_procedure", event=name, date=case.ended_by.date)
    for kind, events in case.events.items():
        if events[0].date is None:
            yield alert(case, "date_inconnue", event=case.law.events[kind].name)
        elif len(events) > 1 and case.law.events[kind].official_act:
            days = [event.date for event in events if event.date is not None]
            if len(days) > 1:
                words = {"event": case.law.events[kind].name, "days": write_days(days), "kept": days[-1]}
                yield alert(case, "plusieurs_actes", **words)
                yield from _older_acts(case, kind)
    hearings = [event.date for event in case.events.get("audience", ()) if event.date is not None]
    if len(hearings) > 1:
        yield alert(case, "audience_renvoyee", days=write_days(hearings), kept=hearings[-1])


def _older_acts(case: Case, kind: str) -> Iterator[Alert]:
    """An older act of the same kind whose own delay ends before that of the last one."""
    rule = case.law.rules.get(DELAY_OF.get(kind, ""))
    newest = case.last(kind)
    if rule is None or newest is None:
        return
    shown = compute_deadline(rule, case)
    last_day = (shown.last_day_extended or shown.last_day) if shown else None
    for older in older_deadlines(rule, case):
        if last_day is None or (older.last_day and older.last_day < last_day):
            words = {"event": case.law.events[kind].name, "older": older.since, "last_day": older.last_day}
            yield alert(case, "acte_plus_ancien", **words)


def _place_alerts(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    if case.place.departement is None and by_rule:
        yield alert(case, "departement_inconnu")
    if any(TRUCE_FACT in deadline.missing for deadline in by_rule.values()):
        yield alert(case, "treve_locale_inconnue")


def _aid_alerts(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    dossier = case.dossier
    report = case.first_day("signalement_caf")
    reform = case.law.rules["plan_apurement_caf"].versions[-1].since
    if report is not None and case.today >= reform and dossier.dette.regime_aide_logement is None:
        plan = by_rule.get("plan_apurement_caf")
        if plan is not None and plan.status != MOOT:
            yield alert(case, "regime_aide_logement_2027")
    if "saisine_ccapex_aide_logement" in case.events and "notification_decision_organisme" not in case.events:
        yield alert(case, "silence_ccapex_aide_logement")
    notified = case.last_day("notification_decision_organisme")
    if notified is not None and notified < reform and case.holds("decision_aide_logement.decision=suspension"):
        yield alert(case, "suspension_avant_le_regime", date=notified)
    if dossier.dette.montant is None:
        return
    if "signalement_caf" not in case.events and dossier.dette.aide_logement:
        rule = case.law.rules["seuil_impaye_aide_logement"]
        version = regime_version(rule, case, max(case.today, rule.versions[0].since))
        if reached := threshold_reached(version, dossier.dette):
            yield alert(case, "seuil_impaye_atteint", sentence=reached.sentence)
    rule = case.law.rules["seuil_signalement_ccapex"]
    act = case.last_day("commandement_de_payer")
    if act is None or "signalement_ccapex_commandement" in case.events or dossier.bailleur.type not in rule.landlords:
        return
    if reached := threshold_reached(rule.version_at(max(act, rule.versions[0].since)), dossier.dette):
        yield alert(case, "seuil_signalement_atteint", sentence=reached.sentence)


def _lease_alerts(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    rule = case.law.rules["delai_pour_payer"]
    deadline = by_rule.get(rule.id)
    act = case.last("commandement_de_payer")
    signed, renewed = case.dossier.bail.signe_le, case.dossier.bail.renouvele_le
    if deadline is None or act is None or act.date is None or signed is None:
        return
    stated = act.precisions.get(rule.stated_in or "")
    usual, newest = rule.version_at(signed), rule.versions[-1]
    if stated is not None:
        if stated != usual.duration:
            yield alert(case, "delai_indique_different", stated=stated, computed=usual.duration)
        return
    clause = case.dossier.bail.delai_clause_resolutoire
    if clause is not None and deadline.last_day is not None and add_period(act.date, clause) > deadline.last_day:
        words = {"clause": clause, "other": add_period(act.date, clause), "shown": deadline.last_day}
        yield alert(case, "clause_plus_longue", **words)
    if usual is newest or usual.duration is None or newest.duration is None:
        return
    days = {"reform": newest.since, "other": add_period(act.date, newest.duration)}
    if renewed is not None and renewed >= newest.since:
        words = {**days, "other": add_period(act.date, usual.duration), "renewed": renewed}
        yield alert(case, "bail_renouvele_depuis_la_reforme", **words, shown=deadline.last_day or "aucune date")
    elif renewed is None and act.date >= newest.since:
        yield alert(case, "bail_peut_etre_reconduit", **days)


def _late_stage_alerts(case: Case, by_rule: ByRule) -> Iterator[Alert]:
    quit_delay = by_rule.get("delai_commandement_de_quitter_les_lieux")
    if quit_delay is not None and "commandement_de_quitter_les_lieux" in case.events:
        notified = case.last_day("notification_cql_prefet")
        if notified is None or (quit_delay.since is not None and notified < quit_delay.since):
            yield alert(case, "notification_cql_inconnue")
    answer = by_rule.get("reponse_du_prefet")
    if answer is not None and answer.status == PAST and answer.last_day is not None:
        since = answer.since
        replies = case.all_of(["octroi_concours", "refus_concours"])
        if not any(reply.date is None or (since is not None and reply.date >= since) for reply in replies):
            yield alert(case, "silence_du_prefet", last_day=answer.last_day)
    if paid_too_late(case):
        yield alert(case, "dette_payee_apres_le_delai")
    if {"recevabilite_surendettement", "jugement"} <= case.events.keys() and not case.last(STAY):
        yield alert(case, "recevabilite_sans_effet_sur_expulsion")
    judgment = case.last("jugement")
    if judgment is not None and happened(judgment, case.today) and "signification_jugement" not in case.events:
        yield alert(case, "signification_inconnue")
    furniture = by_rule.get("retrait_des_meubles")
    if furniture is not None and furniture.last_day is not None and furniture.status not in (PAST, MOOT):
        yield alert(case, "meubles_a_reprendre", last_day=furniture.last_day)


def _suspension_alerts(case: Case, suspensions: tuple[Suspension, ...]) -> Iterator[Alert]:
    holding = active(suspensions, case.today)
    for item in suspensions:
        if item in holding or item.until is None or item.until >= case.today:
            continue
        after = (event for events in case.events.values() for event in events if event.date is not None)
        if not any(item.until < event.date <= case.today for event in after if event.date):
            yield alert(case, "delais_termines", name=item.name, until=item.until)
