"""How a template writes a date, a sum, a stage: in French, as people say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from pex.dates import write_date
from pex.law import read_law
from pex.law.wording import BOUND, CERTAINTIES, LANDLORDS
from pex.letters import no_breaks
from pex.letters.blocks import Span
from pex.letters.templates import fact_names
from pex.timeline.wording import EFFECTS, LEVELS, STATUSES, write_distance

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """« 14 septembre 2026 », never cut at the end of a line."""
    return write_date(value).replace(" ", "\u00a0") if value else "date inconnue"


@register.filter
def weekday(value: date | None) -> str:
    """« lundi 14 septembre 2026 »."""
    return write_date(value, weekday=True) if value else "date inconnue"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """« 14/09/2026 », for a table."""
    return f"{value:%d/%m/%Y}" if value else "?"


@register.filter
def moment(value: datetime | None) -> str:
    """« 14 septembre 2026 à 9 h 05 », in the time of the place."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{write_date(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02d}"


@register.filter
def distance(value: date | None, today: date) -> str:
    """« dans 3 jours », « il y a 2 jours », « c'est aujourd'hui »."""
    return write_distance(value, today) if value else ""


@register.filter
def euros(value: Decimal | None) -> str:
    """« 2 450,00 € », with the narrow space of French numbers."""
    return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€" if value is not None else "inconnu"


@register.filter
def whole(value: int) -> str:
    """« 1 200 »."""
    return f"{value:,}".replace(",", "\u202f")


@register.filter
def plural(number: int, words: str) -> str:
    """`{{ 3|plural:"dossier,dossiers" }}` → « 3 dossiers »."""
    one, many = words.split(",")
    return f"{whole(number)} {one if number < 2 else many}"


@register.filter
def stage_name(stage: str) -> str:
    return _name(read_law().stages, stage, "")


@register.filter
def event_name(kind: str) -> str:
    return _name(read_law().events, kind, kind)


@register.filter
def rule_name(rule: str) -> str:
    return _name(read_law().rules, rule, rule)


@register.filter
def action_name(action: str) -> str:
    return _name(read_law().actions, action, action)


def _name(known: Mapping[str, Any], id: str, otherwise: str) -> str:
    """What professionals call it; an id that the law no longer holds is shown as it is."""
    return known[id].name if id in known else otherwise


@register.filter
def status_name(status: str) -> str:
    return STATUSES.get(status, status)


@register.filter
def certainty_name(certainty: str) -> str:
    return CERTAINTIES.get(certainty, certainty)


@register.filter
def bound_name(who: str) -> str:
    return BOUND.get(who, who)


@register.filter
def level_name(level: str) -> str:
    return LEVELS.get(level, level)


@register.filter
def effect_name(effect: str) -> str:
    return EFFECTS.get(effect, effect)


@register.filter
def bind(text: str) -> str:
    """Our own words, with French punctuation, numbers and dates held together."""
    return no_breaks.bind(text)


@register.filter
def rich(spans: Iterable[Span]) -> SafeString:
    """Words with their style and language, as the blocks of a letter hold them."""
    runs = []
    for span in spans or ():
        run = format_html("<strong>{}</strong>", span.text) if span.strong else conditional_escape(span.text)
        runs.append(format_html('<span lang="{}">{}</span>', span.lang, run) if span.lang else run)
    return SafeString("".join(runs))


@register.filter
def fact_name(path: str) -> str:
    """« bail.signe_le » → « la date de signature du bail »."""
    entry = fact_names("fr").get(path)
    return str(entry["nom"]) if entry else path.rpartition(".")[2].replace("_", " ")


@register.filter
def landlord_type(kind: str | None) -> str:
    return LANDLORDS.get(kind or "", "type inconnu")
