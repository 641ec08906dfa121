"""The moment something is done: for traces and leases only. The day of a calculation is always given."""

from __future__ import annotations

from datetime import UTC, datetime


def this_moment() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)
