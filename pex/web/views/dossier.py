"""One dossier with everything: where it stands, what to add, what was said, written and changed."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pex.law import read_law
from pex.letters import letters_for
from pex.letters.templates import read_template
from pex.timeline import Timeline
from pex.tracker.assess import current_debt, timeline_of
from pex.tracker.directory import helpers_near
from pex.tracker.editing import history, last_undoable
from pex.tracker.journal import record_view
from pex.web.access import dossier_or_404
from pex.web.forms.events import EventForm
from pex.web.forms.notes import NoteForm
from pex.web.middleware.read_only import writing_in_the_journal
from pex.web.situation import situation_of
from pex.web.story import tell

MOST_LIKELY = 7
EARLY_WAYS_OUT = ("plan_apurement", "fsl_accorde", "dette_soldee")
FOLLOWERS = {
    "assignation": ("notification_assignation_prefet", "audience", "entretien_dsf", "dsf_transmis"),
    "audience": ("jugement", "audience", "dsf_transmis"),
    "jugement": ("signification_jugement", "appel", "delais_non_respectes"),
    "commandement_de_quitter_les_lieux": ("notification_cql_prefet", "saisine_jex"),
    "requisition_force_publique": ("octroi_concours", "refus_concours"),
}
"""What people enter most often at a stage, before what the law says may follow."""


@require_safe
def dossier_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = dossier_or_404(request, pk)
    with writing_in_the_journal():
        record_view(request.user, row)
    today = timezone.localdate()
    timeline = timeline_of(row, today)
    return render(
        request,
        "pex/dossier.html",
        {
            "row": row,
            "today": today,
            "situation": situation_of(timeline),
            "debt": current_debt(row.debts.all()),
            "story": tell(row.events.all(), today),
            "likely": [EventForm(kind, initial={"version": row.version}) for kind in likely_events(timeline)],
            "all_events": sorted(read_law().events.values(), key=lambda kind: kind.name),
            "letters": [(name, read_template(name).subject) for name in letters_for(timeline)],
            "sent": row.letters.all()[:20],
            "notes": row.notes.select_related("author")[:50],
            "note_form": NoteForm(initial={"on": today}),
            "referrals": row.referrals.select_related("partner"),
            "partners": helpers_near(request.user, row),
            "tasks": row.tasks.filter(done_on__isnull=True),
            "changes": history(row)[:20],
            "undoable": last_undoable(row),
        },
    )


def likely_events(timeline: Timeline) -> list[str]:
    """The events that usually come next: asked for in two clicks."""
    law = read_law()
    known = {event.type for event in timeline.dossier.evenements}
    following = [kind.id for item in timeline.next_stages for kind in law.events.values() if kind.stage == item.stage]
    wanted = [*FOLLOWERS.get(timeline.stage, ()), *following, *_ways_out(timeline), *EARLY_WAYS_OUT]
    repeated = {"audience", "jugement"}
    return [kind for kind in dict.fromkeys(wanted) if kind not in known or kind in repeated][:MOST_LIKELY]


def _ways_out(timeline: Timeline) -> Iterator[str]:
    events = read_law().events
    yield from (action for action in timeline.actions if action in events)
