"""Figures of a year, by quarter, for the office and its yearly report; figures about few people are hidden.

A page calls `year_figures(user, year, today)` and `breakdown(user, year, measure, dimension, today)`; `MEASURES`
and `DIMENSIONS` are what it may offer; `yearly_report` is the same in words, for `write_report`. A year is the
only period: two periods of free choice would give hidden figures back by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, F
from django.db.models.functions import ExtractQuarter

from pex.law import read_law
from pex.law.wording import LANDLORDS
from pex.tracker.models import Account, Dossier, Event, Note, NoteKind, PastDossier, SentLetter, Structure
from pex.tracker.office import setting
from pex.tracker.small_numbers import ProtectedTable, protect, protect_line

THRESHOLD_SETTING = "seuil_indicateurs"
USUAL_THRESHOLD = 11
LOWEST_THRESHOLD = 5
DAYS_TO_ANSWER = 30
QUARTERS = ("T1", "T2", "T3", "T4")
UNKNOWN = "Non précisé"
HIDDEN = "s"
"""Stands for a hidden figure, explained under each table."""

OPENED, CLOSED = "dossiers_ouverts", "dossiers_clos"
PAIRS = (
    ("commandement_de_payer", "assignation"),
    ("assignation", "audience"),
    ("audience", "jugement"),
    ("jugement", "commandement_de_quitter_les_lieux"),
    ("commandement_de_quitter_les_lieux", "requisition_force_publique"),
)
OUTCOMES = (
    "plan_apurement", "fsl_accorde", "dette_soldee", "recevabilite_surendettement", "protocole_cohesion_sociale",
    "relogement", "depart_volontaire", "proces_verbal_expulsion",
)  # fmt: skip


class Measure(NamedTuple):
    """Something counted: `types` are events, or none for dossiers opened or closed."""

    id: str
    label: str
    types: tuple[str, ...] = ()


class Dimension(NamedTuple):
    """What a measure may be split by: paths to the value from a dossier, and from an event."""

    id: str
    label: str
    path: str
    name: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of texts with its definition. `bars` are the lengths of a drawing of its first columns, or none."""

    id: str
    title: str
    definition: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[tuple[str, int | None], ...] = ()
    hidden: int = 0


def dimensions() -> Mapping[str, Dimension]:
    """What a measure may be split by."""
    found = (
        Dimension("commune", "Commune", "commune", lambda value: str(value or UNKNOWN)),
        Dimension("bailleur", "Type de bailleur", "landlord__type", lambda value: LANDLORDS.get(value or "", UNKNOWN)),
    )
    return {item.id: item for item in found}


def measures() -> Mapping[str, Measure]:
    """What may be counted: dossiers, acts of each stage, ways out."""
    events = read_law().events
    acts = [event for event in events.values() if event.stage and event.id not in OUTCOMES]
    found = [Measure(OPENED, "Dossiers ouverts"), Measure(CLOSED, "Dossiers clos")]
    found += [Measure(event.id, event.name, (event.id,)) for event in acts]
    found += [Measure(name, events[name].name, (name,)) for name in OUTCOMES]
    return {item.id: item for item in found}


def threshold_of(structure: Structure) -> int:
    """Below how many people a figure is hidden: the office's setting, never under LOWEST_THRESHOLD."""
    return max(LOWEST_THRESHOLD, int(setting(structure, THRESHOLD_SETTING, USUAL_THRESHOLD)))


def years(user: Account, today: date) -> list[int]:
    """The years for which there is something to count, latest first."""
    dossiers = Dossier.objects.visible_to(user)
    first = dossiers.filter(opened_on__isnull=False).order_by("opened_on").values_list("opened_on", flat=True).first()
    return list(range(today.year, (first.year if first else today.year) - 1, -1))


def year_figures(user: Account, year: int, today: date) -> tuple[Figure, ...]:
    """All the figures of a year up to `today`, each with its definition."""
    return (
        _dossiers_figure(user, year, today),
        _acts_figure(user, year, today),
        _intervals_figure(user, year, today),
        _dsf_figure(user, year, today),
        _answers_figure(user, year, today),
        _outcomes_figure(user, year, today),
    )


def breakdown(user: Account, year: int, measure: str, dimension: str, today: date) -> Figure:
    """A measure by commune or type of landlord. KeyError for an unknown measure or dimension."""
    counted, split = measures()[measure], dimensions()[dimension]
    counts = _counts(user, year, counted, split, today)
    names = sorted(counts, key=lambda name: (name == UNKNOWN, name))
    table = protect(names, QUARTERS, [counts[name] for name in names], threshold_of(user.structure))
    return _figure(
        f"{measure}-{dimension}",
        f"{counted.label}, par {split.label.lower()}",
        f"{_definition(counted)} La commune et le bailleur sont ceux du dossier aujourd'hui.",
        split.label,
        table,
    )


def _definition(measure: Measure) -> str:
    if measure.id == OPENED:
        return "Dossiers selon leur jour d'ouverture dans pex."
    if measure.id == CLOSED:
        return "Dossiers selon leur jour de clôture dans pex."
    return "Événements notés dans les dossiers, selon leur date ; deux actes dans un dossier comptent pour deux."


def _counts(user: Account, year: int, measure: Measure, split: Dimension, today: date) -> dict[str, list[int]]:
    """How many in each quarter of the year, for each value of the dimension; purged dossiers are unknown there."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for value, quarter, number in _grouped(user, year, measure, split.path, today):
        counts[split.name(value)][quarter - 1] += number
    for past in PastDossier.objects.filter(structure=user.structure):
        name = split.name(past.landlord_type) if split.id == "bailleur" else UNKNOWN
        for month in _past_months(past, measure, year):
            counts[name][(month - 1) // 3] += 1
    return counts


def _grouped(user: Account, year: int, measure: Measure, path: str, today: date) -> Iterable[tuple[Any, int, int]]:
    dossiers = Dossier.objects.visible_to(user)
    if measure.types:
        days, column, value = "date", "date", f"dossier__{path}"
        rows = Event.objects.filter(dossier__in=dossiers, type__in=measure.types)
    else:
        column = days = "opened_on" if measure.id == OPENED else "closed_on"
        rows, value = dossiers, path
    rows = rows.filter(**{f"{column}__year": year, f"{column}__lte": today}).order_by()
    grouped = rows.annotate(quarter=ExtractQuarter(days), value=F(value)).values("value", "quarter")
    return grouped.annotate(number=Count("pk")).values_list("value", "quarter", "number")


def _past_months(past: PastDossier, measure: Measure, year: int) -> list[int]:
    """The months of that year that a purged dossier counts in."""
    if measure.id == OPENED:
        found = [past.opened_month]
    elif measure.id == CLOSED:
        found = [past.closed_month]
    else:
        found = [past.months.get(name, "") for name in measure.types]
    return [int(month[5:7]) for month in found if month.startswith(f"{year}-")]


def _by_quarter(user: Account, year: int, chosen: Sequence[Measure], today: date) -> ProtectedTable:
    """Each measure on a line of its own: lines are not parts of a whole, so each is protected alone."""
    lines = {measure.id: [0, 0, 0, 0] for measure in chosen}
    for name, quarter, number in _events_by_quarter(user, year, [item for item in chosen if item.types], today):
        lines[name][quarter - 1] += number
    for measure in (item for item in chosen if not item.types):
        for _, quarter, number in _grouped(user, year, measure, "structure__id", today):
            lines[measure.id][quarter - 1] += number
    for past in PastDossier.objects.filter(structure=user.structure):
        for measure in chosen:
            for month in _past_months(past, measure, year):
                lines[measure.id][(month - 1) // 3] += 1
    threshold = threshold_of(user.structure)
    cells = tuple(protect_line(lines[item.id], threshold) for item in chosen)
    return ProtectedTable(tuple(item.label for item in chosen), (*QUARTERS, "Année"), cells)


def _events_by_quarter(
    user: Account, year: int, chosen: Sequence[Measure], today: date
) -> Iterable[tuple[str, int, int]]:
    """How many events of each measure in each quarter, in one query."""
    of_type = {name: measure.id for measure in chosen for name in measure.types}
    rows = Event.objects.filter(dossier__in=Dossier.objects.visible_to(user), type__in=of_type)
    rows = rows.filter(date__gte=date(year, 1, 1), date__lte=min(today, date(year, 12, 31))).order_by()
    grouped = rows.annotate(quarter=ExtractQuarter("date")).values("type", "quarter").annotate(number=Count("pk"))
    for name, quarter, number in grouped.values_list("type", "quarter", "number"):
        yield of_type[name], quarter, number


def _figure(id: str, title: str, definition: str, first: str, table: ProtectedTable) -> Figure:
    rows = tuple(
        (name, *(HIDDEN if cell is None else str(cell) for cell in cells))
        for name, cells in zip(table.rows, table.cells, strict=True)
    )
    bars = tuple((name, cells[-1]) for name, cells in zip(table.rows, table.cells, strict=True) if name != "Total")
    return Figure(id, title, definition, (first, *table.columns), rows, bars, table.hidden)


def _dossiers_figure(user: Account, year: int, today: date) -> Figure:
    chosen = [measures()[OPENED], measures()[CLOSED]]
    text = "Dossiers ouverts : selon leur jour d'ouverture dans pex. Dossiers clos : selon leur jour de clôture."
    return _figure("dossiers", "Les dossiers suivis", text, "Dossiers", _by_quarter(user, year, chosen, today))


def _acts_figure(user: Account, year: int, today: date) -> Figure:
    chosen = [item for item in measures().values() if item.types and item.id not in OUTCOMES]
    text = (
        "Actes et événements notés dans les dossiers, selon leur date, jusqu'au jour de cette page. "
        "Deux actes dans un même dossier comptent pour deux."
    )
    return _figure("actes", "Les étapes de la procédure", text, "Étape", _by_quarter(user, year, chosen, today))


def _outcomes_figure(user: Account, year: int, today: date) -> Figure:
    chosen = [measures()[name] for name in OUTCOMES]
    text = (
        "Solutions et fins de procédure notées dans les dossiers, selon leur date. "
        "Un dossier peut en compter plusieurs."
    )
    return _figure("issues", "Les issues", text, "Issue", _by_quarter(user, year, chosen, today))


def _first_dates(user: Account, types: Iterable[str]) -> dict[Any, dict[str, date]]:
    """For each dossier, the first date of each of these events."""
    found: dict[Any, dict[str, date]] = defaultdict(dict)
    rows = Event.objects.filter(dossier__in=Dossier.objects.visible_to(user), type__in=types, date__isnull=False)
    for dossier, kind, day in rows.order_by("-date").values_list("dossier_id", "type", "date"):
        found[dossier][kind] = day
    return found


def _intervals_figure(user: Account, year: int, today: date) -> Figure:
    firsts, events = _first_dates(user, {name for pair in PAIRS for name in pair}), read_law().events
    threshold = threshold_of(user.structure)
    rows, bars = [], []
    for start, end in PAIRS:
        days = [
            (dates[end] - dates[start]).days
            for dates in firsts.values()
            if start in dates and end in dates and dates[end].year == year and dates[start] <= dates[end] <= today
        ]
        enough = len(days) >= threshold
        label = f"{events[start].name} → {events[end].name}"
        value = round(median(days)) if enough else None
        rows.append((label, f"{value} jours" if enough else HIDDEN, str(len(days)) if enough or not days else HIDDEN))
        bars.append((label, value))
    text = (
        "Nombre de jours entre les premières dates de deux étapes, pour les dossiers où la seconde a eu lieu dans "
        "l'année. La moitié des dossiers ont attendu moins, la moitié plus (médiane)."
    )
    header = ("D'une étape à l'autre", "La moitié en moins de", "Dossiers")
    return Figure("durees", "Le temps entre les étapes", text, header, tuple(rows), tuple(bars), _hidden(rows))


def _dsf_figure(user: Account, year: int, today: date) -> Figure:
    firsts = _first_dates(user, ("audience", "entretien_dsf", "dsf_transmis"))
    by_quarter = [[0, 0] for _ in QUARTERS]
    for dates in firsts.values():
        hearing = dates.get("audience")
        if hearing is None or hearing.year != year or hearing > today:
            continue
        done = [dates[name] for name in ("entretien_dsf", "dsf_transmis") if name in dates]
        by_quarter[(hearing.month - 1) // 3][0] += 1
        by_quarter[(hearing.month - 1) // 3][1] += bool(done) and min(done) <= hearing
    text = (
        "Parmi les dossiers dont la première audience a eu lieu : part de ceux où un entretien du diagnostic social et "
        "financier, ou sa transmission au juge, est noté au plus tard le jour de l'audience."
    )
    return _share("dsf", "Le diagnostic avant l'audience", text, by_quarter, threshold_of(user.structure))


def _answers_figure(user: Account, year: int, today: date) -> Figure:
    sent: dict[Any, date] = {}
    letters = SentLetter.objects.filter(dossier__in=Dossier.objects.visible_to(user), sent_on__isnull=False)
    for dossier, day in letters.order_by("-sent_on").values_list("dossier_id", "sent_on"):
        sent[dossier] = day
    complete = today - timedelta(days=DAYS_TO_ANSWER)
    asked = {dossier: day for dossier, day in sent.items() if day.year == year and day <= complete}
    answered = set()
    notes = Note.objects.filter(
        dossier__in=Dossier.objects.visible_to(user), kind__in=(NoteKind.ANSWER, NoteKind.CONTACT)
    )
    for dossier, day in notes.values_list("dossier_id", "on"):
        if dossier in asked and timedelta(0) <= day - asked[dossier] <= timedelta(days=DAYS_TO_ANSWER):
            answered.add(dossier)
    by_quarter = [[0, 0] for _ in QUARTERS]
    for dossier, day in asked.items():
        by_quarter[(day.month - 1) // 3][0] += 1
        by_quarter[(day.month - 1) // 3][1] += dossier in answered
    text = (
        f"Parmi les dossiers dont le premier courrier est parti depuis au moins {DAYS_TO_ANSWER} jours : part de ceux "
        f"où une réponse ou un échange est noté dans les {DAYS_TO_ANSWER} jours. "
        "Cela ne dit pas que le courrier en est la cause."
    )
    return _share("reponses", "Les réponses au premier courrier", text, by_quarter, threshold_of(user.structure))


def _share(id: str, title: str, definition: str, by_quarter: list[list[int]], threshold: int) -> Figure:
    """Yes and no by quarter, protected as a table, then told as a share where both are shown."""
    lines = [[done for _, done in by_quarter], [asked - done for asked, done in by_quarter]]
    table = protect(("Oui", "Non"), QUARTERS, lines, threshold)
    yes, no, both = table.cells
    shares = tuple(
        HIDDEN if a is None or b is None else (f"{round(100 * a / (a + b))} %" if a + b else "aucun")
        for a, b in zip(yes, no, strict=True)
    )
    rows = (
        ("Part", *shares),
        ("Oui", *(HIDDEN if cell is None else str(cell) for cell in yes)),
        ("Non", *(HIDDEN if cell is None else str(cell) for cell in no)),
        ("Dossiers", *(HIDDEN if cell is None else str(cell) for cell in both)),
    )
    header = ("", *QUARTERS, "Année")
    bars = tuple(zip(("Oui", "Non"), (yes[-1], no[-1]), strict=True))
    return Figure(id, title, definition, header, rows, bars, table.hidden)


def _hidden(rows: Iterable[tuple[str, ...]]) -> int:
    return sum(cell == HIDDEN for row in rows for cell in row)


def legend(structure: Structure) -> str:
    """What the sign of a hidden figure means."""
    return (
        f"{HIDDEN} : chiffre secret. Il parle de moins de {threshold_of(structure)} dossiers, "
        "ou il permettrait de retrouver un chiffre secret."
    )
