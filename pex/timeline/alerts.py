"""What is unknown, disputed or odd in a dossier, as alerts whose words are in `law/checks.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pex.dates import SUNDAY, add_period, write_date
from pex.dossier.facts import Dossier
from pex.law import Law
from pex.timeline.events import events_of, last_event
from pex.timeline.place import departement_of, holidays_of
from pex.timeline.stage import paid_too_late
from pex.timeline.values import MOOT, PAST, Alert, Deadline


def find_alerts(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...], today: date) -> tuple[Alert, ...]:
    """Every alert of the dossier on `today`, in a steady order."""
    found = [
        *_lease_alerts(dossier, law, deadlines),
        *_date_alerts(dossier, law),
        *_place_alerts(dossier, law, deadlines),
        *_late_stage_alerts(dossier, law, deadlines, today),
    ]
    return tuple(found)


def _alert(law: Law, check_id: str, **words: object) -> Alert:
    check = law.checks[check_id]
    return Alert(check.id, check.level, check.message.format(**words), check.references)


def _lease_alerts(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...]) -> Iterator[Alert]:
    rule = law.rules["delai_pour_payer"]
    deadline = next((item for item in deadlines if item.rule == rule.id), None)
    act = last_event(dossier, "commandement_de_payer")
    signed, renewed = dossier.bail.signe_le, dossier.bail.renouvele_le
    if deadline is None or act is None or act.date is None or signed is None:
        return
    stated = act.precisions.get(rule.stated_in or "")
    usual, newest = rule.version_at(signed), rule.versions[-1]
    if stated is not None:
        if stated != usual.duration:
            yield _alert(law, "delai_indique_different", stated=stated, computed=usual.duration)
        return
    if usual is newest or usual.duration is None or newest.duration is None:
        return
    days = {"reform": write_date(newest.since), "other": write_date(add_period(act.date, newest.duration))}
    if renewed is not None and renewed >= newest.since:
        other = write_date(add_period(act.date, usual.duration))
        shown = write_date(deadline.last_day) if deadline.last_day else "aucune date"
        words = {**days, "other": other, "shown": shown, "renewed": write_date(renewed)}
        yield _alert(law, "bail_renouvele_depuis_la_reforme", **words)
    elif renewed is None and act.date >= newest.since:
        yield _alert(law, "bail_peut_etre_reconduit", **days)


def _date_alerts(dossier: Dossier, law: Law) -> Iterator[Alert]:
    holiday_name = holidays_of(dossier, law)
    for event in dossier.evenements:
        kind = law.events[event.type]
        if event.date is None:
            if not events_of(dossier, [event.type])[0].date:
                yield _alert(law, "date_inconnue", event=kind.name)
        elif kind.official_act:
            why = holiday_name(event.date) or ("dimanche" if event.date.weekday() == SUNDAY else None)
            if why is not None:
                words = {"event": kind.name, "date": write_date(event.date), "why": why}
                yield _alert(law, "acte_un_jour_non_ouvrable", **words)


def _place_alerts(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...]) -> Iterator[Alert]:
    if departement_of(dossier) is None and deadlines:
        yield _alert(law, "departement_inconnu")
    if any("territoire.treve_hivernale" in deadline.missing for deadline in deadlines):
        yield _alert(law, "treve_locale_inconnue")


def _late_stage_alerts(dossier: Dossier, law: Law, deadlines: tuple[Deadline, ...], today: date) -> Iterator[Alert]:
    notified = [event for event in events_of(dossier, ["notification_cql_prefet"]) if event.date]
    if events_of(dossier, ["commandement_de_quitter_les_lieux"]) and not notified:
        yield _alert(law, "notification_cql_inconnue")
    answer = next((item for item in deadlines if item.rule == "reponse_du_prefet"), None)
    answered = events_of(dossier, ["octroi_concours", "refus_concours"])
    if answer is not None and answer.status == PAST and answer.last_day is not None and not answered:
        yield _alert(law, "silence_du_prefet", last_day=write_date(answer.last_day))
    if paid_too_late(dossier, law, deadlines, today):
        yield _alert(law, "dette_payee_apres_le_delai")
    if events_of(dossier, ["recevabilite_surendettement"]) and events_of(dossier, ["jugement"]):
        yield _alert(law, "recevabilite_sans_effet_sur_expulsion")
    plan = next((item for item in deadlines if item.rule == "plan_apurement_caf"), None)
    reform = law.rules["plan_apurement_caf"].versions[-1].since
    if plan is not None and today >= reform and plan.status != MOOT:
        yield _alert(law, "regime_aide_logement_2027")
