"""Letters as they will be sent, with what people typed in the dossiers: read again before they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pex.dossier.facts import Dossier
from pex.errors import MissingFacts, OutputRefused
from pex.law import read_law
from pex.letters import compose_letter, letters_for
from pex.plain_language.check import check_text
from pex.plain_language.names import proper_names
from pex.plain_language.remarks import Report
from pex.plain_language.text import read_letter
from pex.profile import Profile
from pex.timeline import build_timeline


def check_letters(
    dossiers: Iterable[Dossier], profile: Profile, today: date, register: str = "standard"
) -> Iterator[Report | str]:
    """For each household, a report on each letter that fits its stage; a sentence where one cannot be written."""
    for dossier in dossiers:
        timeline = build_timeline(profile.place(dossier), read_law(), today)
        names = proper_names(timeline.dossier, profile)
        for letter_id in letters_for(timeline):
            try:
                letter = compose_letter(letter_id, timeline, profile, register=register)
            except (MissingFacts, OutputRefused) as error:
                yield f"{dossier.reference} : {error}"
                continue
            own = profile.letters is not None and (profile.letters / f"{letter_id}.md").is_file()
            text = read_letter(letter, names, today, own)
            yield check_text(replace(text, name=f"{dossier.reference} {letter_id}"))
