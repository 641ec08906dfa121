"""Two hundred invented households of an invented département, the same ones each time for a given day.

`fill(today)` puts them in an empty database. Everything is FICTIF: structure, profile, people, telephone numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction

from pex.dates import is_working_day
from pex.dossier.facts import Adresse, Bail, Bailleur, Dette, Dossier, Evenement, Menage, Personne, Territoire
from pex.dossier.mapping import MappingReader
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.tracker.assess import reassess
from pex.tracker.demo_office import DEPARTEMENT, fill_office
from pex.tracker.keeping import keep_new
from pex.tracker.models import Account, Help, Note, NoteKind, Partner, Referral, Said, Task
from pex.tracker.models import Dossier as Row
from pex.tracker.office import set_profile, titulaire
from pex.tracker.words import key_of

NO_DETAILS: Mapping[str, str] = MappingProxyType({})
HOUSEHOLDS = 200
COMMUNES = (
    ("00100", "BRUMEVILLE", 9), ("00200", "VALBRUME", 5), ("00240", "SAINT-EXEMPLE-DES-BOIS", 2),
    ("00300", "PONT-L’INVENTÉ", 3), ("00410", "LA FICTIVE", 1), ("00520", "ÉTANG-SUR-BRUME", 2),
)  # fmt: skip
STREETS = (
    "rue des Tanneries", "allée des Peupliers", "avenue de la République", "rue du Moulin", "place du Marché",
    "impasse des Lilas", "boulevard de la Gare", "chemin de l’Écluse", "rue Nouvelle", "cours des Marronniers",
)  # fmt: skip
NAMES = (
    "MARTIN", "LEFÈVRE", "DURAND", "NGUYỄN", "BENALI", "DA SILVA", "LE GOFF", "O’HARA", "GARCÍA", "KOUASSI",
    "PETIT", "ROUSSEAU", "TRAORÉ", "MOREAU", "ÖZDEMİR", "FAURE", "DIALLO", "BONNET", "ŁUKASIEWICZ", "LAMBERT",
    "HADDAD", "DUPONT-AIGNAN", "CHEVALLIER", "PEREIRA", "N’DIAYE", "GAUTHIER", "SCHMITT", "ROBIN", "AMRANI", "BRUN",
)  # fmt: skip
FIRST_NAMES = (
    ("Mme", "Chloé"), ("M.", "Noël"), ("Mme", "Aïcha"), ("M.", "Karim"), ("Mme", "Zoé"), ("M.", "Văn Minh"),
    ("Mme", "Inès"), ("M.", "Loïc"), ("Mme", "Fatoumata"), ("M.", "José"), ("Mme", "Françoise"), ("M.", "Jérôme"),
    ("Mme", "Léa"), ("M.", "Mehmet"), ("Mme", "Anaïs"), ("M.", "Stéphane"), ("Mme", "Maëlle"), ("M.", "Idriss"),
)  # fmt: skip
LANDLORDS = (
    Bailleur("Habitat de démonstration", "bailleur_social", "8 place de l’Hôtel-de-Ville, 00100 BRUMEVILLE"),
    Bailleur("Office inventé de la Brume", "bailleur_social", "2 quai des Brumes, 00200 VALBRUME"),
    Bailleur("Foncière Inventée", "personne_morale", "15 rue des Affaires, 00100 BRUMEVILLE"),
    Bailleur("SCI des Exemples", "sci_familiale", "3 rue du Puits, 00300 PONT-L’INVENTÉ"),
    Bailleur("M. Exemple", "personne_physique", "7 rue Basse, 00520 ÉTANG-SUR-BRUME"),
    Bailleur("Mme Exemple", "personne_physique", "11 rue Haute, 00240 SAINT-EXEMPLE-DES-BOIS"),
)
SHARES = (8, 5, 3, 3, 2, 2)
PARTNERS = (
    ("ADIL du Val-de-Brume", Help.ADIL, "03 53 01 00 60", ()),
    ("FSL du Val-de-Brume", Help.FSL, "03 53 01 00 10", ()),
    ("CCAS de Brumeville", Help.CCAS, "03 53 01 00 70", ("BRUMEVILLE",)),
    ("CCAS de Valbrume", Help.CCAS, "03 53 01 00 71", ("VALBRUME",)),
    ("Point conseil budget de la Brume", Help.BUDGET, "03 53 01 00 72", ()),
    ("SIAO du Val-de-Brume", Help.SIAO, "03 53 01 00 40", ()),
    ("Maison des solidarités de Brumeville", Help.SOCIAL, "03 53 01 00 20", ("BRUMEVILLE", "LA FICTIVE")),
    ("Maison des solidarités de Valbrume", Help.SOCIAL, "03 53 01 00 21", ("VALBRUME", "ÉTANG-SUR-BRUME")),
    ("SARS Le Passage", Help.SARS, "03 53 01 00 73", ()),
    ("AVDL Toits d’abord", Help.AVDL, "03 53 01 00 74", ()),
    ("Intermédiation locative de la Brume", Help.IML, "03 53 01 00 75", ()),
    ("Équipe mobile psychiatrie-précarité", Help.MENTAL_HEALTH, "03 53 01 00 76", ()),
    ("Banque de France, surendettement", Help.OVER_INDEBTEDNESS, "", ()),
    ("CAF du Val-de-Brume", Help.CAF, "", ()),
)


class Step(NamedTuple):
    """An event, and how many days after the one before it (at least, at most)."""

    type: str
    least: int
    most: int
    details: Mapping[str, str] = NO_DETAILS


UNPAID = (Step("premier_impaye", 0, 0), Step("impaye_constitue", 85, 95))
ALERT = (*UNPAID, Step("signalement_caf", 10, 40, {"organisme": "caf"}))
ACT = (*ALERT, Step("saisine_ccapex", 5, 20, {"par": "bailleur"}), Step("commandement_de_payer", 20, 60))
SUMMONS = (*ACT, Step("assignation", 75, 120), Step("notification_assignation_prefet", 1, 6))
JUDGED = (*SUMMONS, Step("dsf_transmis", 20, 40), Step("audience", 10, 40), Step("jugement", 25, 45, {"forme": "fond"}))
DELAIS = (*JUDGED[:-1], Step("jugement", 25, 45, {"forme": "fond", "decision": "delais_de_paiement"}))
EXPULSION = (
    *JUDGED[:-1],
    Step("jugement", 25, 45, {"forme": "fond", "decision": "expulsion"}),
    Step("signification_jugement", 10, 40),
)
LEAVE = (*EXPULSION, Step("commandement_de_quitter_les_lieux", 5, 40), Step("notification_cql_prefet", 1, 8))
POLICE = (*LEAVE, Step("requisition_force_publique", 65, 110))
GRANTED = (*POLICE, Step("octroi_concours", 40, 58))


class Course(NamedTuple):
    """A story: its steps, how long ago the last one was (days, at least and at most), how many households."""

    steps: tuple[Step, ...]
    least: int
    most: int
    share: int
    planned: tuple[Step, ...] = ()


HEARING = Step("audience", 45, 75, {"heure": "09:30", "lieu": "Tribunal judiciaire de Brumeville"})
COURSES = (
    Course(UNPAID, 5, 60, 14),
    Course(ALERT, 3, 70, 34),
    Course(ACT, 5, 70, 40),
    Course(SUMMONS, 2, 20, 22, (HEARING,)),
    Course((*SUMMONS, Step("saisine_dsf", 1, 5)), 38, 44, 10, (Step("audience", 40, 50, HEARING.details),)),
    Course((*SUMMONS, Step("saisine_dsf", 1, 5), Step("dsf_transmis", 25, 32)), 5, 9, 8, (Step("audience", 7, 16),)),
    Course(DELAIS, 10, 120, 14),
    Course(EXPULSION, 5, 25, 12),
    Course(LEAVE, 5, 58, 14),
    Course(POLICE, 20, 59, 10),
    Course(GRANTED, 3, 20, 4),
    Course((*GRANTED, Step("proces_verbal_expulsion", 20, 40)), 3, 50, 2),
    Course((*ACT, Step("plan_apurement", 15, 30, {"mensualite": "60"})), 5, 40, 6),
    Course((*ALERT, Step("relogement", 30, 90)), 10, 90, 4),
    Course((*ACT, Step("fsl_accorde", 20, 35, {"montant": "900"}), Step("dette_soldee", 1, 5)), 10, 60, 4),
    Course((*EXPULSION, Step("depot_surendettement", 10, 30), Step("recevabilite_surendettement", 30, 60)), 5, 40, 2),
)


@transaction.atomic
def fill(today: date) -> Account:
    """Fill an empty database and give its account; the account of one that is not empty, left as it is."""
    account = titulaire("CCAPEX du Val-de-Brume (FICTIF)", fictitious=True)
    if Row.objects.exists():
        return account
    chance = random.Random(2026)
    set_profile(account.structure, EXAMPLES / "profil")
    dossiers = list(households(today, chance))
    rows = keep_new(dossiers, account.structure, opened_on=None, by=account, said_by=Said.FILE)
    for row, facts in zip(rows, dossiers, strict=True):
        row.opened_on = min((event.date for event in facts.evenements if event.date), default=today)
        row.last_contact_on = today - timedelta(days=chance.randrange(1, 60))
    Row.objects.bulk_update(rows, ["opened_on", "last_contact_on"], batch_size=100)
    _directory(account, rows, today, chance)
    for _ in reassess(today):
        pass
    fill_office(account, today)
    return account


def households(today: date, chance: random.Random) -> Iterator[Dossier]:
    """The invented dossiers, each in the middle of one of the stories."""
    stories = [course for course in COURSES for _ in range(course.share)]
    for number in range(HOUSEHOLDS):
        yield _household(number, stories[number % len(stories)], today, chance)


def _household(number: int, course: Course, today: date, chance: random.Random) -> Dossier:
    postcode, town, _ = chance.choices(COMMUNES, [share for *_, share in COMMUNES])[0]
    landlord = chance.choices(LANDLORDS, SHARES)[0]
    events = tuple(_events(course, today, chance))
    first = min((event.date for event in events if event.date), default=today)
    rent = Decimal(chance.randrange(300, 780))
    return Dossier(
        reference=f"FICTIF-{first.year}-{number + 1:04}",
        menage=Menage(
            personnes=tuple(_people(number, chance)),
            enfants=chance.choice((None, 0, 0, 1, 1, 2, 2, 3, 4)),
            adresse=Adresse((f"{chance.randrange(1, 90)} {chance.choice(STREETS)}",), postcode, town),
            adresse_confidentielle=True if number % 67 == 5 else None,
        ),
        bail=Bail(
            signe_le=first - timedelta(days=chance.randrange(200, 2500)),
            type="hlm" if landlord.type == "bailleur_social" else chance.choice(("vide", "meuble")),
        ),
        bailleur=landlord,
        dette=Dette(
            montant=rent * chance.randrange(2, 9) + Decimal(chance.randrange(0, 100)) / 4,
            constatee_le=today - timedelta(days=chance.randrange(5, 60)),
            loyer=rent,
            charges=Decimal(chance.randrange(20, 90)),
            aide_logement=chance.choice((None, Decimal(chance.randrange(80, 320)))),
            tiers_payant=landlord.type == "bailleur_social",
        ),
        territoire=Territoire(DEPARTEMENT),
        evenements=events,
    )


def _people(number: int, chance: random.Random) -> Iterator[Personne]:
    name = NAMES[number % len(NAMES)]
    for civility, first_name in chance.sample(FIRST_NAMES, chance.choice((1, 1, 1, 2))):
        yield Personne(civility, name, first_name)


def _events(course: Course, today: date, chance: random.Random) -> Iterator[Evenement]:
    """The story told backwards from today, so that its last step is as recent as wanted."""
    law = read_law()
    name_of = law.holidays.calendar(DEPARTEMENT)
    reader = MappingReader(law.events, {})
    gaps = [chance.randint(step.least, step.most) for step in course.steps]
    day = today - timedelta(days=chance.randint(course.least, course.most) + sum(gaps))
    plan = list(zip(course.steps, gaps, strict=True))
    plan += [(step, chance.randint(step.least, step.most)) for step in course.planned]
    for step, gap in plan:
        day += timedelta(days=gap)
        written = day
        while not is_working_day(written, name_of):
            written -= timedelta(days=1)
        raw: dict[str, Any] = {"type": step.type, "date": written.isoformat(), **_details(step, written)}
        yield from reader.event_list([raw])


def _details(step: Step, day: date) -> Mapping[str, str]:
    if step.details.get("decision") == "delais_de_paiement":
        return {**step.details, "delais_jusqu_au": (day + timedelta(days=700)).isoformat()}
    return step.details


def _directory(account: Account, rows: list[Row], today: date, chance: random.Random) -> None:
    """Partners, and what was said to and by the households."""
    partners = Partner.objects.bulk_create(
        Partner(
            structure=account.structure, name=name, help=kind, phone=phone, communes=list(communes),
            commune_keys=[key_of([commune]) for commune in communes],
        )
        for name, kind, phone, communes in PARTNERS
    )  # fmt: skip
    texts = {
        NoteKind.CONTACT: "FICTIF. Échange au téléphone : le ménage reprend le loyer le mois prochain.",
        NoteKind.ATTEMPT: "FICTIF. Message laissé sur le répondeur.",
        NoteKind.ANSWER: "FICTIF. Le ménage a répondu au courrier et demande un rendez-vous.",
    }
    notes, referrals, tasks = [], [], []
    for row in chance.sample(rows, 90):
        kind = chance.choice(list(texts))
        notes.append(
            Note(
                dossier=row, kind=kind, text=texts[kind], on=row.last_contact_on, structure=account.structure,
                author=account,
            )
        )  # fmt: skip
    for row in chance.sample(rows, 60):
        since = today - timedelta(days=chance.randrange(5, 50))
        referrals.append(
            Referral(
                dossier=row, partner=chance.choice(partners), since=since, expected="Prendre contact avec le ménage",
                answer_by=since + timedelta(days=30),
            )
        )  # fmt: skip
    for row in chance.sample(rows, 8):
        due = today + timedelta(days=chance.randrange(-3, 12))
        tasks.append(Task(dossier=row, title="Rappeler le ménage (FICTIF)", due_on=due, made_by=account))
    Note.objects.bulk_create(notes)
    Referral.objects.bulk_create(referrals)
    Task.objects.bulk_create(tasks)
