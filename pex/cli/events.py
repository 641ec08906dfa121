"""Events typed on the command line: « assignation=30/11/2026 », « jugement.forme=refere »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pex.cli.french import did_you_mean
from pex.dossier.facts import Evenement
from pex.errors import PexError
from pex.law import Law


def read_events(texts: Sequence[str], law: Law) -> tuple[Evenement, ...]:
    """Events from what was typed; « EVENEMENT.PRECISION=VALEUR » completes the last event of that type.

    Raises PexError, in French, for a name, a day or a value that cannot be read.
    """
    events: list[Evenement] = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not value:
            raise PexError(
                f"« {text} » : écrivez un événement, le signe =, puis sa date. "
                "Par exemple : commandement_de_payer=12/12/2024"
            )
        kind, dot, detail = name.partition(".")
        if kind not in law.events:
            raise PexError(f"L'événement « {kind} » n'existe pas. {did_you_mean(kind, list(law.events))}")
        if dot:
            _complete(events, kind, detail, value, law)
        else:
            events.append(Evenement(kind, _day(value)))
    return tuple(events)


def _day(text: str) -> date | None:
    from pex.dates import read_date

    return None if text == "?" else read_date(text)


def _complete(events: list[Evenement], kind: str, detail: str, value: str, law: Law) -> None:
    from pex.dossier.values import detail_reader

    known = law.events[kind].details
    if detail not in known:
        hint = did_you_mean(detail, list(known)) if known else "Cet événement n'a pas de précision."
        raise PexError(f"« {kind}.{detail} » n'existe pas. {hint}")
    read = detail_reader(known[detail])(value)
    index = next((i for i in range(len(events) - 1, -1, -1) if events[i].type == kind), None)
    if index is None:
        events.append(Evenement(kind, None, {detail: read}))
    else:
        events[index] = replace(events[index], precisions={**events[index].precisions, detail: read})
