"""Whatever a dossier or a file holds: a sentence that can be acted on, never a traceback, never an invented date."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_law_properties import days, dossiers

from pex.dates import write_date
from pex.dossier import read_dossiers
from pex.dossier.facts import Dossier
from pex.errors import PexError
from pex.folders import EXAMPLES
from pex.law import read_law
from pex.letters import compose_letter, compose_timeline, letter_ids, letters_for
from pex.outputs import write_letter, write_timeline
from pex.profile import read_profile
from pex.timeline import Timeline, build_timeline, timeline_to_mapping
from pex.timeline.place import Place, TruceNotSet

LAW = read_law()
PROFILE = read_profile(EXAMPLES / "profil")
A_DAY = re.compile(
    r"\b(\d{1,2}|1er) (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) (\d{4})\b"
)
# Days of texts, and ends of the winter truce, which come from the law and not from the dossier.
OF_TEXTS = {"6 juillet 1989", "31 mai 1990", "26 octobre 2012"}
OF_THE_TRUCE = ("31 mars", "15 mars", "10 juillet 2020", "31 mai 2021")
PLACES = (b'"', b"{", b"[", b";", b",", b"\n", b"\r", b"\x00", b": ", b"- ", b"&a", b"*a", b"\xe9", b"}", b"]", b"\t")

some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def known_days(timeline: Timeline) -> set[str]:
    """Every day of the dossier, and every day computed from it, as letters write them."""
    dossier = timeline.dossier
    found: list[object] = [timeline.today, dossier.bail.signe_le, dossier.bail.renouvele_le, dossier.dette.constatee_le]
    truce = dossier.territoire.treve_hivernale
    found += [truce.du, truce.au] if truce else []
    for event in dossier.evenements:
        found += [event.date, *event.precisions.values()]
    for deadline in timeline.deadlines:
        found += [deadline.last_day, deadline.last_day_extended, deadline.at_most]
    for item in timeline.suspensions:
        found += [item.since, item.until, item.at_most]
    found += [stage.not_before for stage in timeline.next_stages]
    # The timeline announces the next truce: that one, of that place, and no other.
    with suppress(TruceNotSet):
        found.append(Place(dossier, LAW).current_or_next_truce(timeline.today).first_day)
    return {write_date(day) for day in found if isinstance(day, date)}


def invented(text: str, timeline: Timeline) -> set[str]:
    """Days of the text that nothing explains."""
    shown = {" ".join(day) for day in A_DAY.findall(" ".join(text.split()))}
    return {day for day in shown - known_days(timeline) - OF_TEXTS if not day.startswith(OF_THE_TRUCE)}


@some
@given(dossier=dossiers(), today=days, letter=st.sampled_from(sorted(letter_ids())))
def test_any_letter_of_any_dossier_is_written_or_refused_without_an_invented_date(
    dossier: Dossier, today: date, letter: str
) -> None:
    timeline = build_timeline(dossier, LAW, today)
    assert json.dumps(timeline_to_mapping(timeline, letters_for(timeline)))
    try:
        text = write_letter(compose_letter(letter, timeline, PROFILE), PROFILE, "txt").decode()
    except PexError as refusal:
        text = str(refusal)
    assert text
    assert not invented(text, timeline)


@some
@given(dossier=dossiers(), today=days)
def test_any_dossier_has_its_timeline_page(dossier: Dossier, today: date) -> None:
    timeline = build_timeline(dossier, LAW, today)
    page = write_timeline(compose_timeline(timeline, PROFILE), PROFILE, "txt").decode()
    assert not invented(page, timeline)


@pytest.mark.parametrize("name", ["menages.yaml", "tableau.csv", "tableau-bureau.xlsx"])
def test_a_damaged_file_is_refused_in_words(name: str, tmp_path: Path) -> None:
    random, whole = Random(name), (EXAMPLES / name).read_bytes()
    for number in range(60):
        damaged = bytearray(whole)
        for _ in range(random.choice((1, 3, 20))):
            place = random.randrange(len(damaged) or 1)
            match random.randrange(4):
                case 0:
                    damaged[place : place + 1] = bytes((random.randrange(256),))
                case 1:
                    del damaged[place : place + random.randrange(1, 40)]
                case 2:
                    damaged[place:place] = random.choice(PLACES)
                case 3:
                    damaged = damaged[: place + 1]
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(damaged)
        try:
            reading = read_dossiers(path, law_events=LAW.events)
            told = [reading.description(), *map(str, (*reading.problems, *reading.warnings))]
        except PexError as refusal:
            told = [str(refusal)]
        assert all(0 < len(sentence) < 1000 for sentence in told)
