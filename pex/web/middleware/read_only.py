"""A page that is asked for is only read: during GET and HEAD the database refuses to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "EXPLAIN", "PRAGMA", "BEGIN", "COMMIT")
_may_write: ContextVar[bool] = ContextVar("may_write", default=False)


class WriteOnRead(RuntimeError):
    """A bug: a page tried to change the database while it was only being read."""


@contextmanager
def writing_in_the_journal() -> Iterator[None]:
    """The one thing a page that is read may write: the trace that it was read."""
    before = _may_write.set(True)
    try:
        yield
    finally:
        _may_write.reset(before)


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """An `execute_wrapper` of Django that lets reading through and nothing else. Raises WriteOnRead."""
    if not _may_write.get() and not sql.lstrip(" (\n\t").upper().startswith(READING):
        raise WriteOnRead(sql.split(maxsplit=1)[0])
    return execute(sql, params, many, context)


class ReadOnlyGet:
    """Wraps every GET and HEAD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(refuse_writes))
            return self.get_response(request)
