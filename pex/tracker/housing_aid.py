"""The housing-aid circuit of the CCAPEX (from 2027): referral → observations → decision → notifications → appeal.

A page calls `case_of`, `open_cases`, `open_case`, `circuit`, then `invite`, `keep_observations`, `decide`,
`notify`. Every step is an event of the dossier; every date is computed by the law's rules. What the law leaves
unread is said « à confirmer », and no silence is ever read as a suspension.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from pex.dates import write_date
from pex.dossier.facts import Evenement
from pex.errors import PexError
from pex.law import read_law
from pex.letters.templates import read_template
from pex.timeline import Deadline, Timeline
from pex.tracker.editing import Doubtful, add_event, add_note
from pex.tracker.journal import record
from pex.tracker.models import Account, Dossier, HousingAidCase, NoteKind, Said

REFERRED, INVITED, DECIDED = "saisine_ccapex_aide_logement", "invitation_observations", "decision_aide_logement"
TO_PAYER, TO_HOUSEHOLD, APPEAL = (
    "notification_decision_organisme",
    "notification_decision_menage",
    "recours_gracieux_aide_logement",
)
EFFECT, APPEAL_PERIOD = "effet_suspension_aide_logement", "recours_decision_aide_logement"
SUSPENSION, MAINTIEN, LEVEE = "suspension", "maintien", "levee"
DECISIONS = {MAINTIEN: "L'aide est maintenue", SUSPENSION: "L'aide est suspendue", LEVEE: "La suspension est levée"}
PAYERS = {"caf": "la CAF", "msa": "la MSA"}

LETTERS_OF_DECISIONS: Mapping[str, tuple[str, ...]] = {
    SUSPENSION: (
        "aide_logement_suspension_organisme",
        "aide_logement_suspension_menage",
        "aide_logement_suspension_bailleur",
    ),
    MAINTIEN: ("aide_logement_maintien",),
    LEVEE: ("aide_logement_levee_organisme", "aide_logement_levee_menage"),
}
NO_DECISION = (
    "Sans décision de suspension envoyée à l'organisme payeur, l'aide continue. Aucun délai pour décider n'est connu."
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the circuit: done on `day` or not, with the letters it calls for and what is not sure of it."""

    id: str
    label: str
    day: date | None
    is_done: bool
    is_next: bool
    letters: tuple[str, ...] = ()
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Circuit:
    """Where a case is. `effect` and `appeal` are the law's deadlines, None where they do not apply or are not known."""

    stages: tuple[Stage, ...]
    decision: str
    effect: Deadline | None
    appeal: Deadline | None
    note: str


def open_cases(user: Account) -> Any:
    """The cases of the dossiers that the account may see, the oldest dossier first."""
    return (
        HousingAidCase.objects.filter(dossier__in=Dossier.objects.visible_to(user), dossier__closed_on__isnull=True)
        .select_related("dossier", "dossier__structure", "dossier__landlord")
        .order_by("dossier__opened_on", "dossier__reference")
    )


def case_of(user: Account, key: UUID) -> HousingAidCase:
    """A case. Raises HousingAidCase.DoesNotExist."""
    found: HousingAidCase = HousingAidCase.objects.select_related("dossier", "dossier__structure").get(
        pk=key, dossier__in=Dossier.objects.visible_to(user)
    )
    return found


@transaction.atomic
def open_case(user: Account, row: Dossier, payer: str, on: date, today: date, *, sure: bool = False) -> HousingAidCase:
    """The paying body refers a dossier.

    Raises PexError where it is already open, Refused or Doubtful as `add_event`.
    """
    if payer not in PAYERS:
        raise PexError("Choisissez l'organisme payeur : la CAF ou la MSA.")
    if HousingAidCase.objects.filter(dossier=row).exists():
        raise PexError("Ce dossier a déjà un circuit d'aide au logement.")
    if not row.events.filter(type=REFERRED).exists():
        add_event(user, row, {"type": REFERRED, "date": on}, today, said_by=Said.CAF, sure=sure)
    case = HousingAidCase.objects.create(dossier=row, payer=payer)
    record("aide_logement_saisine", user, row, fields=["payer"])
    return case


@transaction.atomic
def invite(user: Account, case: HousingAidCase, on: date, answer_before: date, today: date) -> None:
    """Invite the household to answer before a day. Raises PexError where it leaves no time at all."""
    if answer_before <= on:
        raise PexError("Laissez au ménage le temps de répondre : une date après celle de l'invitation.")
    raw = {"type": INVITED, "date": on, "repondre_avant_le": answer_before}
    add_event(user, case.dossier, raw, today, said_by=Said.COMMISSION, sure=True)


@transaction.atomic
def keep_observations(user: Account, case: HousingAidCase, text: str, on: date) -> None:
    """What the household said, kept in the case and as an answer in the dossier's notes."""
    add_note(user, case.dossier, text, on, kind=NoteKind.ANSWER)
    case.observations, case.observations_on = text.strip(), on
    case.save()
    record("aide_logement_observations", user, case.dossier, fields=["observations"])


@transaction.atomic
def decide(
    user: Account, case: HousingAidCase, decision: str, reasons: str, on: date, today: date, *, sure: bool = False
) -> None:
    """Keep the commission's decision, with its reasons.

    Raises PexError without reasons for a suspension or in the future, Doubtful (unless `sure`) for a suspension
    before the household could answer.
    """
    if decision not in DECISIONS:
        raise PexError("Choisissez une décision : maintien, suspension ou levée.")
    if on > today:
        raise PexError(f"Le {write_date(on)} n'est pas encore arrivé : notez la décision le jour où elle est prise.")
    if decision == SUSPENSION and not reasons.strip():
        raise PexError("Écrivez les raisons : le ménage doit pouvoir les lire, et l'organisme aussi.")
    questions = tuple(_questions(case, decision, on))
    if questions and not sure:
        raise Doubtful(questions)
    raw = {"type": DECIDED, "date": on, "decision": decision, "motifs": reasons.strip()}
    add_event(user, case.dossier, raw, today, said_by=Said.COMMISSION, sure=sure)


def _questions(case: HousingAidCase, decision: str, on: date) -> list[str]:
    if decision == LEVEE and _decision(case) != SUSPENSION:
        return ["Aucune suspension n'est notée dans ce dossier. Faut-il vraiment noter une levée ?"]
    if decision != SUSPENSION or case.observations_on is not None:
        return []
    invited = case.dossier.events.filter(type=INVITED, date__isnull=False).order_by("-date").first()
    if invited is None:
        return [
            "Le ménage n'a pas été invité à présenter ses observations. Le droit général le demande avant une "
            "décision défavorable (à confirmer pour la CCAPEX). Voulez-vous quand même noter la suspension ?"
        ]
    until = date.fromisoformat(str(invited.details.get("repondre_avant_le", invited.date)))
    if on <= until:
        return [f"Le ménage peut répondre jusqu'au {write_date(until)}. Voulez-vous décider avant ?"]
    return []


def _decision(case: HousingAidCase) -> str:
    """The last decision noted in the dossier, or nothing."""
    last = case.dossier.events.filter(type=DECIDED).order_by("-date", "-position").first()
    return str(last.details.get("decision", "")) if last else ""


@transaction.atomic
def notify(user: Account, case: HousingAidCase, kind: str, on: date, today: date, *, sure: bool = False) -> Timeline:
    """The decision reached the paying body (TO_PAYER) or the household (TO_HOUSEHOLD), or is appealed (APPEAL).

    Raises PexError without a decision, Refused or Doubtful as `add_event`.
    """
    if kind not in (TO_PAYER, TO_HOUSEHOLD, APPEAL):
        raise PexError("Cette étape n'existe pas.")
    if not _decision(case):
        raise PexError("Notez d'abord la décision de la commission.")
    said = Said.HOUSEHOLD if kind == APPEAL else Said.COMMISSION
    return add_event(user, case.dossier, {"type": kind, "date": on}, today, said_by=said, sure=sure)


def circuit(case: HousingAidCase, timeline: Timeline) -> Circuit:
    """The steps of the case, from the timeline of its dossier."""
    last: dict[str, Evenement] = {event.type: event for event in timeline.dossier.evenements}
    decided = last.get(DECIDED)
    decision = str(decided.precisions.get("decision", "")) if decided else ""
    names = read_law().events
    letters = LETTERS_OF_DECISIONS.get(decision, ())
    wanted = [
        (REFERRED, names[REFERRED].name, last.get(REFERRED), ()),
        (INVITED, names[INVITED].name, last.get(INVITED), ("aide_logement_observations",)),
        ("observations", "Observations du ménage", case.observations_on, ()),
        (DECIDED, names[DECIDED].name, decided, ()),
        (TO_PAYER, names[TO_PAYER].name, last.get(TO_PAYER), _named(letters, "organisme")),
        (TO_HOUSEHOLD, names[TO_HOUSEHOLD].name, last.get(TO_HOUSEHOLD), _others(letters)),
        (APPEAL, names[APPEAL].name, last.get(APPEAL), ()),
    ]
    stages, next_found = [], False
    for name, label, found, called in wanted:
        done = found is not None
        optional = name in ("observations", APPEAL)
        is_next = not done and not next_found and not optional
        next_found = next_found or is_next
        day = found if isinstance(found, date) else getattr(found, "date", None)
        stages.append(Stage(name, label, day, done, is_next, called, _unsure(called)))
    return Circuit(tuple(stages), decision, timeline.deadline(EFFECT), timeline.deadline(APPEAL_PERIOD), NO_DECISION)


def _named(letters: tuple[str, ...], part: str) -> tuple[str, ...]:
    return tuple(name for name in letters if name.endswith(part))


def _others(letters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in letters if not name.endswith("organisme"))


def _unsure(letters: tuple[str, ...]) -> str:
    """What the letters of a step tell the office to check."""
    notes = [read_template(name).note for name in letters if read_template(name).certainty != "certaine"]
    return " ".join(note for note in notes if note)
