"""Mesure le suivi : vingt mille dossiers, cent vingt mille événements, chaque fonction qu'une page appelle.

Lancé par `make bench`. Le temps est celui du processeur : une machine occupée ne le change pas.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import process_time
from typing import Any

DOSSIERS, EVENTS = 20_000, 120_000
IMPORTED = 5000
TODAY = date(2026, 11, 26)
TARGET, PAGE = 0.100, 0.200
CALLS = 20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PEX_DONNEES"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "pex.web.settings.local"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        account = fill(count)
        show("import de 5 000 lignes", [import_a_list(account)], 30.0)
        for label, calls in functions(account):
            first, *others = calls
            first()  # what is read once and kept is not measured
            show(label, [timed(call) for call in others], PAGE if "page" in label else TARGET)


def timed(call: Callable[[], Any]) -> float:
    start = process_time()
    call()
    return process_time() - start


def show(label: str, seconds: list[float], target: float) -> None:
    """The 95th percentile against the target."""
    worst = sorted(seconds)[max(0, round(len(seconds) * 0.95) - 1)]
    text = f"{worst * 1000:.0f} ms" if worst < 1 else f"{worst:.1f} s".replace(".", ",")
    wanted = f"{target * 1000:.0f} ms" if target < 1 else f"{target:.0f} s"
    print(f"{label:<48} {text:>9} {wanted:>9}{'' if worst <= target else '  trop lent'}", flush=True)


def fill(count: int) -> Any:
    """An office with that many invented dossiers, their letters, notes and deadlines."""
    from pex.folders import EXAMPLES
    from pex.tracker import demo
    from pex.tracker.assess import reassess
    from pex.tracker.keeping import keep_new
    from pex.tracker.models import Dossier, Event
    from pex.tracker.office import set_profile, titulaire

    account = titulaire("Bureau inventé (FICTIF)", fictitious=True)
    set_profile(account.structure, EXAMPLES / "profil")
    chance = random.Random(2026)
    while (there := Dossier.objects.count()) < count:
        dossiers = []
        for facts in demo.households(TODAY, chance):
            number = there + len(dossiers) + 1
            person = facts.menage.personnes[0]
            named = replace(person, nom=f"{person.nom}{_letters(chance)}")
            menage = replace(facts.menage, personnes=(named, *facts.menage.personnes[1:]))
            dossiers.append(replace(facts, reference=f"FICTIF-{number:06}", menage=menage))
        for row in keep_new(dossiers, account.structure, opened_on=TODAY - timedelta(days=200), by=account):
            _write_and_note(account, row, chance)
    start = process_time()
    for _ in reassess(TODAY):
        pass
    show(f"échéances de {count} dossiers, un jour nouveau", [process_time() - start], 60.0)
    print(f"{Dossier.objects.count()} dossiers, {Event.objects.count()} événements")
    return account


def _letters(chance: random.Random) -> str:
    return "".join(chance.choices("ABCDEILMNORSTU", k=chance.choice((0, 2, 3))))


def _write_and_note(account: Any, row: Any, chance: random.Random) -> None:
    from pex.tracker.models import LetterFile, Note, SentLetter

    if chance.random() < 0.5:
        day = TODAY - timedelta(days=chance.randrange(1, 200))
        file = LetterFile.objects.create(content=b"%PDF", sha256="0" * 64)
        SentLetter.objects.create(
            dossier=row, template="commandement_de_payer", edition="essai", file=file, written_on=day, sent_on=day
        )
    if chance.random() < 0.2:
        Note.objects.create(dossier=row, text="FICTIF", on=TODAY, structure=account.structure)


def import_a_list(account: Any) -> float:
    """Seconds to preview and confirm a list of new households, deadlines computed."""
    from pex.tracker import demo, importing, incoming
    from pex.tracker.spreadsheets import write_csv

    header = [
        "reference",
        "civilite",
        "nom",
        "prenom",
        "adresse_1",
        "code_postal",
        "commune",
        "dette",
        "dette_constatee_le",
        "premier_impaye",
        "commandement_de_payer",
    ]
    chance = random.Random(7)
    rows = [
        (f"IMP-{n:05}", "Mme", f"IMPORTÉE{_letters(chance)}", chance.choice(demo.FIRST_NAMES)[1],
         f"{n} rue Importée", "00900", "LISTEVILLE", chance.randrange(300, 5000), TODAY,
         date(2026, 6, 1), date(2026, 9, 14))
        for n in range(IMPORTED)
    ]  # fmt: skip
    token = incoming.receive("liste.csv", write_csv(header, rows))

    def work() -> None:
        waiting = [row.reference for row in importing.preview(account, token, TODAY).rows if row.action == "a_decider"]
        importing.confirm(account, token, TODAY, {reference: importing.Choice("creer") for reference in waiting})

    return timed(work)


def functions(account: Any) -> Iterator[tuple[str, list[Callable[[], Any]]]]:
    """Every function that a page calls, each with as many calls as are measured."""
    from pex.tracker import agenda, batches, commission, editing, exporting, indicators, mailing, retention, search
    from pex.tracker.assess import timeline_of
    from pex.tracker.models import Dossier

    for name in agenda._kinds():
        yield f"aujourd'hui, {name}", [lambda name=name: agenda.one_list(account, name, TODAY)] * 5
    yield "aujourd'hui, toute la page", [lambda: agenda.today_lists(account, TODAY)] * 3
    yield "agenda de la semaine", [lambda: list(agenda.week(account, TODAY))] * 5
    texts = ["martin", "lefebvre", "durant", "benal", "12 rue des tanneries", "FICTIF-000123", "brumeville", "zoe", "l"]
    for text in texts:
        yield f"chercher « {text} »", [lambda text=text: search.find(account, search.Criteria(text=text))] * 4
    for label, criteria in {
        "sans filtre": search.Criteria(), "page 200": search.Criteria(), "étape": search.Criteria(stage="assignation"),
        "échéance": search.Criteria(deadline_from=TODAY, deadline_to=TODAY + timedelta(days=14)),
        "par nom": search.Criteria(order="nom"), "irréguliers": search.Criteria(irregular=True),
    }.items():  # fmt: skip
        page = 200 if label == "page 200" else 1
        yield f"dossiers, {label}", [lambda c=criteria, p=page: search.find(account, c, p)] * 5
    yield "dossiers, choix des filtres", [lambda: search.filter_choices(account)] * 5
    keys = random.Random(3).sample(list(Dossier.objects.values_list("pk", flat=True)), CALLS)

    def row_of(key: Any) -> Any:
        return Dossier.objects.visible_to(account).with_facts().get(pk=key)

    yield "un dossier, sa frise et ses échéances", [lambda key=key: timeline_of(row_of(key), TODAY) for key in keys]
    yield "un dossier, ses courriers", [lambda key=key: mailing.proposals(row_of(key), TODAY) for key in keys]
    raw = {"type": "rendez_vous", "date": "30/11/2026", "heure": "9h30"}
    yield "essayer un événement", [lambda key=key: editing.preview_event(row_of(key), raw, TODAY) for key in keys]
    yield (
        "ajouter un événement",
        [lambda key=key: editing.add_event(account, row_of(key), raw, TODAY, sure=True) for key in keys],
    )
    yield "annuler", [lambda key=key: editing.undo_last(account, row_of(key), TODAY) for key in keys]
    yield (
        "préparer un lot de 200 courriers",
        [lambda: batches.prepare(account, Dossier.objects.filter(pk__in=list(keys)), template="", dated=TODAY)] * 5,
    )
    yield "fichier d'un ménage", [lambda key=key: exporting.household_file(account, row_of(key), TODAY) for key in keys]
    yield "durées de conservation, la page", [lambda: retention.due(account, TODAY)] * 5
    yield "séances", [lambda: list(commission.sessions(account))] * 5
    yield "indicateurs d'une année", [lambda: indicators.year_figures(account, 2026, TODAY)] * 3


if __name__ == "__main__":
    main()
