"""What pex does by itself while it is open: compute again when a new day begins."""

from __future__ import annotations

import threading
from types import TracebackType

from django.db import connection
from django.utils import timezone

EVERY = 60.0


class Background:
    """A thread that looks at the clock once a minute; it ends with the `with` block."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="pex-fond", daemon=True)

    def __enter__(self) -> Background:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=10)

    def _watch(self) -> None:
        from pex.tracker.assess import reassess

        day = timezone.localdate()
        while not self._over.wait(EVERY):
            if (today := timezone.localdate()) != day:
                for _ in reassess(today):
                    if self._over.is_set():
                        break
                else:
                    day = today
                connection.close()
