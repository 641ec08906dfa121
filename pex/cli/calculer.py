"""`pex calculer`: deadlines without a file, for an adviser on the phone. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from pex.cli.french import FrenchCommand
from pex.cli.options import Day, OneOf, day_option, hypothesis_option, json_option
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
    "--treve", "truce", metavar="DU AU", nargs=2, type=Day(),
    help="Outre-mer : premier et dernier jour de la trêve hivernale, fixés par le préfet.",
)  # fmt: skip
@click.option(
    "--delai-indique", "stated", metavar="DUREE",
    help="Délai écrit dans le commandement de payer : « 2 mois », « 6 semaines ».",
)  # fmt: skip
@hypothesis_option()
@day_option()
@json_option()
def command(
    events: tuple[str, ...],
    signed: date | None,
    renewed: date | None,
    landlord: str | None,
    departement: str | None,
    truce: tuple[date, date] | None,
    stated: str | None,
    hypotheses: tuple[str, ...],
    day: date | None,
    as_json: bool,
) -> None:
    """Calcule les échéances à partir d'événements et de leurs dates. Rien n'est gardé.

    Une date s'écrit 2026-11-23 ou 23/11/2026. Mettez « ? » pour un événement dont la date
    n'est pas connue : pex n'invente pas de date, il dit ce qui manque. Une précision s'écrit
    EVENEMENT.PRECISION=VALEUR : jugement.forme=refere, jugement.mauvaise_foi=oui.

    \b
    Exemples :
      pex calculer commandement_de_payer=12/12/2024 --bail 15/03/2021
      pex calculer assignation=30/11/2026 audience=09/02/2027
      pex calculer jugement=16/06/2026 signification_jugement=02/07/2026 jugement.forme=fond
      pex calculer commandement_de_quitter_les_lieux=12/10/2026 --hypothese saisine_jex=01/12/2026
      pex calculer commandement_de_payer=14/09/2026 --delai-indique "2 mois" --json
      pex calculer jugement=01/06/2026 --departement 974 --treve 01/12/2026 15/03/2027

    \b
    Événements les plus utiles :
      signalement_caf, commandement_de_payer, assignation, audience, jugement,
      signification_jugement, commandement_de_quitter_les_lieux,
      requisition_force_publique, octroi_concours
    """
    from pex.cli.events import read_events
    from pex.cli.situation import show, show_hypothesis
    from pex.dossier.facts import Bail, Bailleur, Dossier, Territoire, TreveLocale
    from pex.dossier.values import read_departement
    from pex.law import read_law
    from pex.timeline import build_timeline, with_events

    law, today = read_law(), day or date.today()
    try:
        assumed = read_events(hypotheses, law)
        dossier = Dossier(
            reference="calcul",
            bail=Bail(signe_le=signed, renouvele_le=renewed),
            bailleur=Bailleur(type=landlord),
            territoire=Territoire(
                departement=read_departement(departement) if departement else None,
                treve_hivernale=TreveLocale(*truce) if truce else None,
            ),
            evenements=_with_stated_delay(read_events(events, law), stated),
        )
    except PexError as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    timeline = build_timeline(dossier, law, today)
    if assumed:
        show_hypothesis([(timeline, build_timeline(with_events(dossier, assumed), law, today))], as_json)
    else:
        show([timeline], as_json=as_json, in_full=True)


def _with_stated_delay(events: Sequence[Evenement], stated: str | None) -> tuple[Evenement, ...]:
    if stated is None:
        return tuple(events)
    from pex.dates import read_period

    delay: Period = read_period(stated)
    if not any(event.type == STATED_IN for event in events):
        raise PexError(f"--delai-indique va avec un commandement de payer : ajoutez {STATED_IN}=DATE.")
    return tuple(
        replace(event, precisions={**event.precisions, "delai_indique": delay}) if event.type == STATED_IN else event
        for event in events
    )
