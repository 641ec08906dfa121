"""The yearly report of an office: its figures, their definitions, and room for what they do not say."""

from __future__ import annotations

from datetime import date

from pex.dates import write_date
from pex.outputs.report import Part, Report, paragraph, section, table
from pex.tracker import indicators
from pex.tracker.models import Account


def yearly_report(user: Account, year: int, today: date) -> Report:
    """The figures of the year up to `today`, and breakdowns by commune and type of landlord."""
    figures = list(indicators.year_figures(user, year, today))
    for measure in ("commandement_de_payer", "assignation"):
        figures += [indicators.breakdown(user, year, measure, name, today) for name in indicators.dimensions()]
    parts = [Part(None, (section("lire", "Comment lire ces chiffres", paragraph(indicators.legend(user.structure))),))]
    for figure in figures:
        words = table(figure.header, list(figure.rows))
        parts.append(Part(figure.title, (section(figure.id, None, paragraph(figure.definition), words),)))
    parts.append(
        Part("Ce que ces chiffres ne disent pas", (section("a-completer", None, paragraph("À compléter : …")),))
    )
    fictitious = user.structure.fictitious
    return Report(
        title=f"Bilan de l'année {year}",
        lines=(user.structure.name, f"Chiffres arrêtés au {write_date(min(today, date(year, 12, 31)))}"),
        parts=tuple(parts),
        footer=f"{user.structure.name}, bilan {year}",
        mention="FICTIF : exemple inventé, sans valeur" if fictitious else None,
    )
