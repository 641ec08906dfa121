"""A log line without what was in the page: the kind of error and where in the code, never its words."""

from __future__ import annotations

import logging
import traceback


class QuietFormatter(logging.Formatter):
    """« 14:02:11 erreur ValueError, views/dossier.py:41 dossier_page »."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%H:%M:%S")
        if not record.exc_info or record.exc_info[0] is None:
            return f"{when} {record.levelname.lower()} {record.name}"
        kind, _, trace = record.exc_info
        frames = traceback.extract_tb(trace)
        where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-4:])
        return f"{when} erreur {kind.__name__}, {where}"
