"""`pex calculer`: deadlines without a file, for an adviser on the phone. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from pex.cli.french import FrenchCommand, did_you_mean
from pex.cli.options import Day, OneOf, day_option, json_option
from pex.errors import PexError

if TYPE_CHECKING:
    from pex.dates import Period
    from pex.dossier.facts import Evenement

STATED_IN = "commandement_de_payer"


@click.command("calculer", cls=FrenchCommand)
@click.argument("events", metavar="EVENEMENT=DATE…", nargs=-1, required=True)
@click.option("--bail", "signed", metavar="DATE", type=Day(), help="Jour de la signature du bail.")
@click.option("--renouvele", "renewed", metavar="DATE", type=Day(), help="Jour du dernier renouvellement du bail.")
@click.option(
    "--bailleur", "landlord", metavar="TYPE",
    type=OneOf("bailleur_social", "personne_morale", "personne_physique", "sci_familiale"),
    help="bailleur_social, personne_morale, personne_physique ou sci_familiale.",
)  # fmt: skip
@click.option("--departement", metavar="D", help="Département du logement, par exemple 71 : jours fériés, trêve.")
@click.option(
    "--delai-indique", "stated", metavar="DUREE",
    help="Délai écrit dans le commandement de payer : « 2 mois », « 6 semaines ».",
)  # fmt: skip
@day_option()
@json_option()
def command(
    events: tuple[str, ...],
    signed: date | None,
    renewed: date | None,
    landlord: str | None,
    departement: str | None,
    stated: str | None,
    day: date | None,
    as_json: bool,
) -> None:
    """Calcule les échéances à partir d'événements et de leurs dates. Rien n'est gardé.

    Une date s'écrit 2026-11-23 ou 23/11/2026. Mettez « ? » pour un événement dont la date
    n'est pas connue : pex n'invente pas de date, il dit ce qui manque.

    \b
    Exemples :
      pex calculer commandement_de_payer=12/12/2024 --bail 15/03/2021
      pex calculer assignation=30/11/2026 audience=09/02/2027
      pex calculer commandement_de_quitter_les_lieux=? --departement 71
      pex calculer commandement_de_payer=14/09/2026 --delai-indique "2 mois" --json

    \b
    Événements les plus utiles :
      signalement_caf, commandement_de_payer, assignation, audience, jugement,
      signification_jugement, commandement_de_quitter_les_lieux,
      requisition_force_publique, octroi_concours
    """
    from pex.cli.situation import show
    from pex.dossier.facts import Bail, Bailleur, Dossier, Territoire
    from pex.dossier.values import read_departement
    from pex.law import read_law
    from pex.timeline import build_timeline

    try:
        dossier = Dossier(
            reference="calcul",
            bail=Bail(signe_le=signed, renouvele_le=renewed),
            bailleur=Bailleur(type=landlord),
            territoire=Territoire(departement=read_departement(departement) if departement else None),
            evenements=_with_stated_delay([_read_event(text, list(read_law().events)) for text in events], stated),
        )
    except PexError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    show([build_timeline(dossier, read_law(), day or date.today())], as_json=as_json, in_full=True)


def _read_event(text: str, known: Sequence[str]) -> Evenement:
    from pex.dates import read_date
    from pex.dossier.facts import Evenement

    name, equals, day = text.partition("=")
    if not equals or not day.strip():
        raise PexError(
            f"« {text} » : écrivez un événement, le signe =, puis sa date. "
            "Par exemple : commandement_de_payer=12/12/2024"
        )
    name = name.strip()
    if name not in known:
        raise PexError(f"L'événement « {name} » n'existe pas. {did_you_mean(name, known)}")
    return Evenement(name, None if day.strip() == "?" else read_date(day))


def _with_stated_delay(events: Sequence[Evenement], stated: str | None) -> tuple[Evenement, ...]:
    if stated is None:
        return tuple(events)
    from pex.dates import read_period

    delay: Period = read_period(stated)
    if not any(event.type == STATED_IN for event in events):
        raise PexError(f"--delai-indique va avec un commandement de payer : ajoutez {STATED_IN}=DATE.")
    return tuple(
        replace(event, precisions={"delai_indique": delay}) if event.type == STATED_IN else event for event in events
    )
