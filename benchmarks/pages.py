"""Mesure les pages : temps du serveur avec vingt mille dossiers et cent vingt mille événements."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from datetime import date
from time import perf_counter
from typing import Any

DOSSIERS, TIMES = 20_000, 20
HOST = "127.0.0.1:8000"


def main() -> None:
    folder = tempfile.mkdtemp(prefix="pex-bench-")
    os.environ["PEX_DONNEES"], os.environ["DJANGO_SETTINGS_MODULE"] = folder, "pex.web.settings.local"
    try:
        _measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from pex.web.database import count_again

    call_command("migrate", verbosity=0)
    account, one = _fill(date.today())
    count_again()
    client = Client(HTTP_HOST=HOST)
    client.force_login(account, backend="pex.web.opening.HolderOfTheOpening")
    print(f"\nPages, {DOSSIERS} dossiers : temps que 95 pages sur 100 ne dépassent pas (cible : 200 ms)")
    for name, address in _addresses(one).items():
        _milliseconds(client, address)
        durations = sorted(_milliseconds(client, address) for _ in range(TIMES))
        print(f"  {name:<36} {durations[int(TIMES * 0.95) - 1]:6.0f} ms (médiane {durations[TIMES // 2]:.0f})")
    found = client.post("/dossiers/", {"q": "duran"})
    durations = sorted(_milliseconds(client, found["Location"]) for _ in range(TIMES))
    print(f"  {'recherche avec une faute':<36} {durations[int(TIMES * 0.95) - 1]:6.0f} ms")


def _addresses(one: Any) -> dict[str, str]:
    return {
        "Aujourd'hui": "/",
        "Dossiers": "/dossiers/",
        "Dossiers, dernière page": "/dossiers/?page=500",
        "Dossiers, une étape": "/dossiers/?etape=assignation",
        "Dossiers, échéance dans 15 jours": "/dossiers/?echeance=15",
        "Un dossier": f"/dossiers/{one.pk}/",
        "Frise": f"/dossiers/{one.pk}/frise/",
        "Calcul": "/calcul/",
        "Courriers": "/courriers/",
        "Commission": "/commission/",
        "Indicateurs": "/indicateurs/",
    }


def _milliseconds(client: Any, address: str) -> float:
    start = perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} : {answer.status_code}")
    return (perf_counter() - start) * 1000


def _fill(today: date) -> tuple[Any, Any]:
    """Many times the invented households, each with its own reference."""
    from dataclasses import replace

    from pex.tracker.assess import reassess
    from pex.tracker.demo import fill, households
    from pex.tracker.keeping import keep_new
    from pex.tracker.models import Dossier, Event

    start = perf_counter()
    account, chance = fill(today), random.Random(1)
    while (count := Dossier.objects.count()) < DOSSIERS:
        more = [
            replace(facts, reference=f"FICTIF-{count + place}") for place, facts in enumerate(households(today, chance))
        ]
        keep_new(more, account.structure, opened_on=today, by=account)
    for _ in reassess(today):
        pass
    print(f"{DOSSIERS} dossiers, {Event.objects.count()} événements écrits et évalués : {perf_counter() - start:.0f} s")
    return account, Dossier.objects.filter(stage="assignation").first()


if __name__ == "__main__":
    main()
