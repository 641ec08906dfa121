"""The papers of a session: its agenda, a file of one page for each dossier, its minutes.

Each gives a Report for `pex.outputs.report.write_report`. The anonymous edition names nobody: a number, a
commune, a stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pex.dates import write_date
from pex.law import read_law
from pex.law.wording import CERTAINTIES, LANDLORDS
from pex.letters.blocks import Block
from pex.outputs.report import Part, Report, bullets, paragraph, section, table
from pex.timeline import Deadline, Timeline
from pex.timeline.values import RUNNING, SUSPENDED
from pex.tracker.assess import current_debt, timeline_of
from pex.tracker.commission import RECIPIENTS, items_of
from pex.tracker.models import AgendaItem, Dossier, Outcome, Session

SECRECY = (
    "Les membres de la commission sont tenus au secret professionnel. "
    "Ce qui est dit d'un ménage ne sert qu'à chercher une solution pour lui."
)
NOT_A_DECISION = (
    "Un avis ou une recommandation n'est pas une décision : il n'oblige ni le ménage, ni le bailleur, ni le juge."
)
MOST_DEADLINES, MOST_EVENTS = 6, 8


def agenda_report(session: Session, today: date, *, anonymous: bool) -> Report:
    """The agenda: one line a dossier; `anonymous` for a copy that leaves the room."""
    rows = []
    for item in items_of(session):
        row = item.dossier
        who = f"Dossier n° {item.position}" if anonymous else f"{row.reference} {row.label}".strip()
        rows.append((str(item.position), who, _stage(row), row.commune or "commune inconnue", _next(row)))
    header = ("N°", "Dossier", "Étape", "Commune", "Prochaine date")
    blocks = [section("dossiers", "Dossiers à examiner", table(header, rows))] if rows else []
    if not rows:
        blocks.append(section("vide", None, paragraph("Aucun dossier n'est encore à l'ordre du jour.")))
    blocks.append(section("secret", "Rappel", paragraph(SECRECY), paragraph(NOT_A_DECISION)))
    edition = "Édition sans nom" if anonymous else "Édition nominative : à ne pas diffuser"
    return _report(session, "Ordre du jour", (*_when_and_where(session), edition), (Part(None, tuple(blocks)),))


def files_report(session: Session, today: date) -> Report:
    """A page for each dossier: where it stands, what runs, what was done, what may be proposed."""
    parts = tuple(_file(item, today, first=index == 0) for index, item in enumerate(items_of(session)))
    lines = (*_when_and_where(session), "Une page par dossier. À ne pas diffuser.")
    return _report(session, "Fiches des dossiers", lines, parts)


def minutes_report(session: Session, today: date) -> Report:
    """What was said of each dossier, to be completed with who was there, and signed."""
    parts = [
        Part(
            "Présents",
            (section("presents", None, paragraph("Membres présents : …"), paragraph("Présidence : …")),),
        )
    ]
    for item in items_of(session):
        parts.append(Part(f"{item.position}. {item.dossier.reference}", tuple(_said(item)), (_stage(item.dossier),)))
    parts.append(
        Part("Signature", (section("signature", None, paragraph(NOT_A_DECISION), paragraph("Fait à …, le …")),))
    )
    return _report(session, "Relevé des avis et recommandations", _when_and_where(session), tuple(parts))


def _report(session: Session, title: str, lines: tuple[str, ...], parts: tuple[Part, ...]) -> Report:
    mention = "FICTIF : exemple inventé, sans valeur" if session.structure.fictitious else "Confidentiel"
    return Report(title, lines, parts, footer=session.structure.name, mention=mention)


def _when_and_where(session: Session) -> tuple[str, ...]:
    kind = session.get_kind_display()
    name = f"{kind} : {session.territory}" if session.territory else kind
    hour = f" à {session.hour.hour} h {session.hour.minute:02d}" if session.hour else ""
    lines = (f"{name}, {write_date(session.date, weekday=True)}{hour}",)
    return (*lines, session.place) if session.place else lines


def _stage(row: Dossier) -> str:
    stage = read_law().stages.get(row.stage)
    return stage.name if stage else "étape inconnue"


def _next(row: Dossier) -> str:
    if row.next_deadline is None:
        return "aucune date connue"
    rule = read_law().rules.get(row.next_rule)
    return f"{write_date(row.next_deadline)} : {rule.name}" if rule else write_date(row.next_deadline)


def _file(item: AgendaItem, today: date, *, first: bool) -> Part:
    row = Dossier.objects.with_facts().select_related("structure").get(pk=item.dossier_id)
    timeline = timeline_of(row, today)
    blocks = (
        section("situation", "La situation", bullets(*_situation(row, timeline))),
        section("faits", "Ce qui s'est passé", bullets(*_events(timeline))),
        section("dates", "Les dates qui courent", bullets(*_deadlines(timeline))),
        *_alerts(timeline),
        section("solutions", "Ce qui est encore possible", bullets(*_remedies(timeline))),
        Block("avis", "action", "Avis de la commission", (paragraph(item.opinion or "…"),)),
    )
    title = f"{item.position}. {row.reference} {row.label}".strip()
    return Part(title, blocks, (f"{_stage(row)} · {row.commune or 'commune inconnue'}",), starts_page=not first)


def _situation(row: Dossier, timeline: Timeline) -> Iterable[str]:
    facts = timeline.dossier
    people = len(facts.menage.personnes)
    children = f", {facts.menage.enfants} enfant(s)" if facts.menage.enfants else ""
    yield f"Ménage : {people or '?'} adulte(s){children}"
    landlord = facts.bailleur
    kind = LANDLORDS.get(landlord.type or "", "type inconnu")
    yield f"Bailleur : {landlord.nom or 'inconnu'} ({kind})"
    debt = current_debt(row.debts.all())
    if debt is None or debt.amount is None:
        yield "Dette : montant inconnu"
    else:
        since = f" au {write_date(debt.observed_on)}" if debt.observed_on else ""
        yield f"Dette : {_euros(debt.amount)}{since}"
        if debt.rent is not None:
            yield f"Loyer : {_euros(debt.rent)} ; charges : {_euros(debt.charges)} ; aide : {_euros(debt.housing_aid)}"
    for suspension in timeline.suspensions:
        if suspension.holds_on(timeline.today):
            yield f"Suspendu : {suspension.name}. {suspension.ends_when}"


def _euros(amount: object) -> str:
    return "inconnu" if amount is None else f"{amount:.2f}".replace(".", ",") + "\u00a0€"


def _events(timeline: Timeline) -> Iterable[str]:
    names = read_law().events
    dated = sorted((event.date, names[event.type].name) for event in timeline.dossier.evenements if event.date)
    if not dated:
        yield "Aucun événement daté"
    for day, name in dated[-MOST_EVENTS:]:
        yield f"{write_date(day)} : {name}"


def _deadlines(timeline: Timeline) -> Iterable[str]:
    running = [item for item in timeline.deadlines if item.last_day and item.status in (RUNNING, SUSPENDED)]
    if not running:
        yield "Aucune date connue ne court"
    for item in sorted(running, key=lambda item: item.last_day or date.max)[:MOST_DEADLINES]:
        yield _deadline(item)


def _deadline(item: Deadline) -> str:
    held = ", suspendu" if item.status == SUSPENDED else ""
    sure = "" if item.certainty == "certaine" else f" (certitude : {CERTAINTIES[item.certainty]})"
    return f"{write_date(item.last_day)} : {item.name}{held}{sure}"


def _alerts(timeline: Timeline) -> Iterable[Block]:
    found = [alert.message for alert in timeline.alerts if alert.level != "information"]
    if found:
        yield section("alertes", "Points à vérifier", bullets(*found[:MOST_DEADLINES]))


def _remedies(timeline: Timeline) -> Iterable[str]:
    actions = read_law().actions
    if not timeline.remedies:
        yield "Rien n'est proposé à cette étape : appelez l'ADIL"
    for remedy in timeline.remedies[:MOST_EVENTS]:
        until = f", au plus tard le {write_date(remedy.last_useful_day)}" if remedy.last_useful_day else ""
        yield f"{actions[remedy.action].name}{until}"


def _said(item: AgendaItem) -> Iterable[Block]:
    if not item.outcome:
        yield section("suite", None, paragraph("Suite : à noter."))
        return
    label = Outcome(item.outcome).label
    contents = [paragraph(label, strong=True)]
    if item.opinion:
        contents.append(paragraph(item.opinion))
    yield section("suite", None, *contents)
    made = [
        f"{RECIPIENTS.get(each.addressed_to, (each.addressed_to,))[0]} : {each.text}"
        + (f" (réponse attendue avant le {write_date(each.due_on)})" if each.due_on else "")
        for each in item.recommendations.all()
    ]
    if made:
        yield section("recommandations", "Recommandations", bullets(*made))
