"""What pex does by itself while it is open: compute again when a new day begins, write the letters of batches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from django.db import connection
from django.utils import timezone

A_MINUTE, A_SECOND = 60.0, 1.0


class Background:
    """A thread for each thing to do; they end with the `with` block."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(_new_day(), A_MINUTE), name="pex-jour", daemon=True),
            threading.Thread(target=self._repeat, args=(_count_again(), A_MINUTE), name="pex-compte", daemon=True),
            threading.Thread(target=self._repeat, args=(_write_letters, A_SECOND), name="pex-lots", daemon=True),
        ]

    def __enter__(self) -> Background:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _repeat(self, work: Callable[[threading.Event], None], every: float) -> None:
        while not self._over.wait(every):
            try:
                work(self._over)
            finally:
                connection.close()


def _new_day() -> Callable[[threading.Event], None]:
    """Computes every dossier again once the day has changed."""
    day = timezone.localdate()

    def work(over: threading.Event) -> None:
        from pex.tracker.assess import reassess

        nonlocal day
        today = timezone.localdate()
        if today == day:
            return
        for _ in reassess(today):
            if over.is_set():
                return
        day = today

    return work


def _write_letters(over: threading.Event) -> None:
    """Makes the letters of one batch, where one waits; a batch that was cut short goes on from where it was."""
    from pex.tracker.batches import work_once

    work_once()


def _count_again() -> Callable[[threading.Event], None]:
    """Counts the rows again once many were added: an import, a day's work."""
    counted = 0

    def work(over: threading.Event) -> None:
        from pex.tracker.models import Dossier, Event
        from pex.web.database import count_again

        nonlocal counted
        rows = Dossier.objects.count() + Event.objects.count()
        if abs(rows - counted) > counted // 10:
            count_again()
            counted = rows

    return work
