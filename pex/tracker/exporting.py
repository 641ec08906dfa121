"""What leaves pex: tables of dossiers, the file of one household, a calendar, the meaning of every column.

A page calls `export_table(account, rows, format, today, reason)`, `data_dictionary(format)`,
`household_file(account, row, today)`, `household_archive(account, row, today)` and `calendar_of(account, today, row)`;
each gives the bytes of a file, and writes a line in the journal. A table taken out can be imported again.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pex.dates import write_date
from pex.dossier import dossier_to_mapping
from pex.dossier.facts import Dossier as Facts
from pex.dossier.fields import ADDRESS_LINES, FACTS, PERSON
from pex.errors import PexError
from pex.law import read_law
from pex.law.wording import CERTAINTIES, DETAILS
from pex.timeline import timeline_to_mapping
from pex.timeline.values import RUNNING
from pex.tracker.assess import dossier_of, timeline_of
from pex.tracker.journal import lines_about, record
from pex.tracker.mailing import content_of
from pex.tracker.models import Account, AgendaItem, AssessedDeadline, Dossier, Event, SentLetter
from pex.tracker.spreadsheets import write_csv, write_xlsx

MOST_ROWS = 50_000
CHUNK = 500
FORMATS = ("csv", "xlsx")
PLACE = ZoneInfo("Europe/Paris")
HEARING_LASTS = timedelta(hours=2)
COMPUTED = {
    "etape": "Étape de la procédure, calculée par pex",
    "prochaine_echeance": "Prochaine échéance, calculée par pex",
    "regle_de_l_echeance": "Règle de droit de cette échéance",
    "calcule_le": "Jour du calcul",
}
MEANINGS = {
    "reference": "Référence du dossier, propre au service",
    "civilite": "Civilité de la personne : Mme ou M.",
    "nom": "Nom de la personne ; les suivantes sont dans nom_2, nom_3, nom_4",
    "prenom": "Prénom de la personne",
    "enfants": "Nombre d'enfants du ménage",
    "langue": "Langue des courriers",
    "adresse_confidentielle": "Adresse à n'imprimer nulle part",
    "adresse_1": "Première ligne de l'adresse ; les suivantes sont dans adresse_2 à adresse_4",
    "code_postal": "Code postal du logement",
    "commune": "Commune du logement",
    "bail_signe_le": "Jour de la signature du bail",
    "bail_renouvele_le": "Jour du dernier renouvellement du bail",
    "bail_type": "Type de bail",
    "delai_clause_resolutoire": "Délai écrit dans la clause résolutoire du bail",
    "bailleur": "Nom du bailleur",
    "type_bailleur": "Type de bailleur",
    "adresse_bailleur": "Adresse du bailleur, sur une ligne",
    "dette": "Dette de loyer, en euros",
    "dette_constatee_le": "Jour où cette dette a été constatée",
    "loyer": "Loyer d'un mois, en euros",
    "charges": "Charges d'un mois, en euros",
    "aide_logement": "Aide au logement d'un mois, en euros",
    "tiers_payant": "Aide au logement versée au bailleur",
    "regime_aide_logement": "Régime de l'aide au logement, s'il a été vérifié",
    "departement": "Département du logement",
}
KINDS = {
    "texte": "texte", "date": "date (jj/mm/aaaa)", "heure": "heure (hh:mm)", "duree": "durée (2 months, 6 weeks)",
    "montant": "montant en euros", "oui_non": "oui ou non",
}  # fmt: skip


class Column(NamedTuple):
    """A column of an export: its heading, what it holds, the kind of its values."""

    heading: str
    meaning: str
    kind: str


def export_table(account: Account, rows: Any, format: str, today: date, reason: str = "") -> bytes:
    """These dossiers (a queryset), one a row, with the columns that `pex importer` reads and what pex computed.

    Raises PexError for more than MOST_ROWS dossiers, or another format than FORMATS.
    """
    _check(format)
    mine = rows.filter(pk__in=Dossier.objects.visible_to(account).values("pk"))
    keys = list(mine.order_by("reference").values_list("pk", flat=True)[: MOST_ROWS + 1])
    if len(keys) > MOST_ROWS:
        raise PexError(f"Un export a au plus {MOST_ROWS} dossiers. Ajoutez un filtre.")
    lines: list[dict[str, Any]] = []
    used: set[str] = set()
    for row, facts in _with_facts(keys):
        line = {**_flat(facts), **_computed(row)}
        used.update(line)
        lines.append(line)
    columns = [column for column in all_columns() if column.heading in used or column.heading == "reference"]
    header = [column.heading for column in columns]
    cells = [[line.get(name) for name in header] for line in lines]
    record("export", account, account.structure, count=len(cells), reason=reason)
    if format == "csv":
        return write_csv(header, cells)
    return write_xlsx({"Dossiers": (header, cells), "Dictionnaire": _dictionary(columns)})


def data_dictionary(format: str) -> bytes:
    """Every column that an export or an import may have: what it holds, the kind of its values."""
    _check(format)
    header, cells = _dictionary(all_columns())
    return write_csv(header, cells) if format == "csv" else write_xlsx({"Dictionnaire": (header, cells)})


def all_columns() -> tuple[Column, ...]:
    """Every column, in the order of an export."""
    people = [
        Column(f"{fact.heading}{suffix}", MEANINGS[str(fact.heading)], "texte")
        for suffix in ("", "_2", "_3", "_4")
        for fact in PERSON
    ]
    lines = [Column(name, MEANINGS["adresse_1"], "texte") for name in ADDRESS_LINES]
    facts = [Column(str(fact.heading), MEANINGS[str(fact.heading)], _kind(fact.path)) for fact in FACTS if fact.heading]
    events = []
    for kind in read_law().events.values():
        events.append(Column(kind.id, f"{kind.name} : jour", KINDS["date"]))
        for detail, nature in kind.details.items():
            values = nature.removeprefix("choix:").replace("|", ", ") if nature.startswith("choix:") else KINDS[nature]
            events.append(Column(f"{kind.id}_{detail}", f"{kind.name} : {DETAILS[detail]}", values))
    computed = [Column(name, meaning, "calculé") for name, meaning in COMPUTED.items()]
    return (facts[0], *people, *lines, *facts[1:], *events, *computed)


def household_file(account: Account, row: Dossier, today: date) -> bytes:
    """All that pex keeps and computes of one household, as JSON: the right of access (RGPD, art. 15)."""
    row = Dossier.objects.visible_to(account).with_facts().get(pk=row.pk)
    told = json.dumps(household(row, today), ensure_ascii=False, indent=2, default=_plain).encode()
    record("droit_d_acces", account, row)
    return told


def household_archive(account: Account, row: Dossier, today: date) -> bytes:
    """The same in a zip, with every letter exactly as it was made, but those past their term."""
    import zipfile

    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{row.reference}.json", household_file(account, row, today))
        for letter in SentLetter.objects.filter(dossier=row).select_related("file").iterator(chunk_size=20):
            name = f"courriers/{letter.written_on.isoformat()}_{letter.template}_{str(letter.pk)[:8]}.{letter.format}"
            if letter.file.content:
                archive.writestr(name, content_of(letter))
    return found.getvalue()


def household(row: Dossier, today: date) -> Mapping[str, Any]:
    """What `household_file` writes, as plain values; each part under the French name of what it is."""
    return {
        "extrait_le": today,
        "dossier": dossier_to_mapping(dossier_of(row)),
        "suivi": _fields(row, "opened_on", "closed_on", "last_contact_on", "hold_reason", "opposes_letters"),
        "structure": str(row.structure),
        "evenements": [_fields(item, "type", "date", "details", "said_by", "entered_at") for item in row.events.all()],
        "dettes": [
            _fields(
                item, "amount", "observed_on", "rent", "charges", "housing_aid", "tiers_payant", "housing_aid_regime",
                "said_by", "entered_at",
            )
            for item in row.debts.all()
        ],
        "notes": [_fields(item, "on", "kind", "text", "reserved", "created_at") for item in row.notes.all()],
        "orientations": [
            {"partenaire": str(item.partner)}
            | _fields(item, "since", "expected", "answer_by", "answered_on", "answer", "ended_on")
            for item in row.referrals.select_related("partner")
        ],
        "courriers": [
            _fields(
                item, "template", "title", "recipient", "language", "register", "edition", "written_on", "channel",
                "sent_on", "returned_on", "returned_why", "changed",
            )
            for item in row.letters.all()
        ],
        "taches": [_fields(item, "kind", "title", "due_on", "done_on") for item in row.tasks.all()],
        "commission": [_agenda(item) for item in row.agenda_items.select_related("session")],
        "aide_au_logement": _housing_aid(row),
        "changements": [
            _fields(item, "at", "what", "fields", "before", "after", "undone") for item in row.changes.all()
        ],
        "consultations": [_fields(item, "at", "action", "fields") for item in lines_about(row)],
        "calcule": timeline_to_mapping(timeline_of(row, today)),
    }  # fmt: skip


def calendar_of(account: Account, today: date, row: Dossier | None = None, days: int = 365) -> bytes:
    """Appointments and deadlines to come, for a calendar program; references only, no name and no address."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//pex//suivi//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"pex, {row.reference}" if row else "pex")
    mine = Dossier.objects.visible_to(account).filter(**({"pk": row.pk} if row else {"closed_on": None}))
    until = today + timedelta(days=days)
    stamp = datetime.combine(today, time(0), ZoneInfo("UTC"))
    for entry in (*_appointments(mine, today, until), *_deadlines(mine, today, until)):
        entry.add("dtstamp", stamp)
        calendar.add_component(entry)
    record("export_calendrier", account, row or account.structure)
    return bytes(calendar.to_ical())


def _check(format: str) -> None:
    if format not in FORMATS:
        raise PexError(f"Le format « {format} » n'existe pas ici. Formats possibles : {', '.join(FORMATS)}.")


def _with_facts(keys: Sequence[Any]) -> Iterator[tuple[Dossier, Facts]]:
    for start in range(0, len(keys), CHUNK):
        for row in Dossier.objects.with_facts().filter(pk__in=keys[start : start + CHUNK]).order_by("reference"):
            yield row, dossier_of(row)


def _flat(facts: Facts) -> dict[str, Any]:
    """A household on one row, as the spreadsheet contract names its columns; of two events alike, the last."""
    found: dict[str, Any] = {}
    for fact in FACTS:
        value: Any = facts
        for name in fact.path.split("."):
            value = getattr(value, name) if value is not None else None
        if fact.heading and value is not None:
            found[fact.heading] = f"{value.count} {value.unit}" if fact.path.endswith("clause_resolutoire") else value
    for number, person in enumerate(facts.menage.personnes[:4], 1):
        suffix = f"_{number}" if number > 1 else ""
        found |= {f"{item.heading}{suffix}": value for item in PERSON if (value := getattr(person, item.path))}
    found |= dict(zip(ADDRESS_LINES, facts.menage.adresse.lignes if facts.menage.adresse else (), strict=False))
    for event, plain in zip(facts.evenements, dossier_to_mapping(facts).get("evenements", ()), strict=True):
        found[event.type] = event.date or "?"
        details = {f"{event.type}_{name}": value for name, value in event.precisions.items()}
        lengths = {
            name: plain[name.removeprefix(f"{event.type}_")] for name, value in details.items() if _is_typed(value)
        }
        found |= details | lengths
    return found


def _is_typed(value: Any) -> bool:
    """True for hours and lengths of time, written as the dossier file writes them."""
    return not isinstance(value, str | bool | date | Decimal | int)


def _computed(row: Dossier) -> dict[str, Any]:
    law = read_law()
    rule = law.rules.get(row.next_rule)
    return {
        "etape": law.stages[row.stage].name if row.stage in law.stages else "",
        "prochaine_echeance": row.next_deadline,
        "regle_de_l_echeance": rule.name if rule else "",
        "calcule_le": row.assessed_on,
    }


def _dictionary(columns: Iterable[Column]) -> tuple[Sequence[str], list[Sequence[Any]]]:
    return ("colonne", "contenu", "valeurs"), [tuple(column) for column in columns]


def _kind(path: str) -> str:
    if path.endswith(("_le", ".du", ".au")):
        return KINDS["date"]
    if path in ("dette.montant", "dette.loyer", "dette.charges", "dette.aide_logement"):
        return KINDS["montant"]
    if path in ("dette.tiers_payant", "menage.adresse_confidentielle"):
        return KINDS["oui_non"]
    return {
        "menage.enfants": "nombre",
        "bail.type": "vide, meuble, mobilite, hlm",
        "bailleur.type": "bailleur_social, personne_morale, personne_physique, sci_familiale",
        "dette.regime_aide_logement": "avant_2027, depuis_2027",
        "bail.delai_clause_resolutoire": KINDS["duree"],
    }.get(path, "texte")


def _fields(row: Any, *names: str) -> dict[str, Any]:
    """These fields under their French names, where they say something."""
    found = {}
    for name in names:
        value = getattr(row, name)
        if value not in (None, "", [], {}):
            field = row._meta.get_field(name)
            label = str(field.verbose_name)
            found[label] = getattr(row, f"get_{name}_display")() if field.choices else value
    return found


def _agenda(item: AgendaItem) -> dict[str, Any]:
    told = _fields(item, "outcome", "opinion", "opinion_for_landlord", "recorded_on")
    asked = ("addressed_to", "text", "due_on", "state", "answered_on", "answer")
    recommendations = [_fields(made, *asked) for made in item.recommendations.all()]
    return {"seance": str(item.session), **told, "recommandations": recommendations}


def _housing_aid(row: Dossier) -> dict[str, Any] | None:
    case = getattr(row, "housing_aid_case", None)
    return _fields(case, "payer", "observations", "observations_on") if case else None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _appointments(mine: Any, today: date, until: date) -> Iterator[Any]:
    law = read_law()
    planned = [kind.id for kind in law.events.values() if kind.planned]
    events = Event.objects.filter(dossier__in=mine, type__in=planned, date__gte=today, date__lte=until)
    for event in events.select_related("dossier").order_by("date", "pk"):
        entry = _entry(f"{event.pk}@pex", f"{law.events[event.type].name}, {event.dossier.reference}")
        if hour := event.details.get("heure"):
            start = datetime.combine(event.date, time.fromisoformat(hour), PLACE)
            entry.add("dtstart", start)
            entry.add("dtend", start + HEARING_LASTS)
        else:
            entry.add("dtstart", event.date)
        if place := event.details.get("lieu"):
            entry.add("location", place)
        yield entry


def _deadlines(mine: Any, today: date, until: date) -> Iterator[Any]:
    rules = read_law().rules
    deadlines = AssessedDeadline.objects.filter(
        dossier__in=mine, status=RUNNING, last_day__gte=today, last_day__lte=until
    )
    for item in deadlines.select_related("dossier").order_by("last_day", "rule", "dossier__reference"):
        entry = _entry(f"{item.dossier_id}-{item.rule}@pex", f"{rules[item.rule].name}, {item.dossier.reference}")
        entry.add("dtstart", item.last_day)
        told = f"Dernier jour : {write_date(item.last_day)}. Date {CERTAINTIES[item.certainty]}."
        entry.add("description", f"{told} Calculé par pex le {write_date(item.dossier.assessed_on)}.")
        yield entry


def _entry(uid: str, summary: str) -> Any:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", uid)
    entry.add("summary", summary)
    return entry
