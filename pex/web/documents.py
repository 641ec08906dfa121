"""Files and documents as answers: a safe name, the right kind, nothing kept by the browser."""

from __future__ import annotations

import re

from django.http import HttpResponse

from pex.web.middleware.headers import as_document

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}


def download(content: bytes, name: str, shown: bool = False) -> HttpResponse:
    """The file, saved by the browser, or `shown` in it. Only letters, digits, dots and hyphens stay in its name."""
    kind = name.rpartition(".")[2]
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[-100:]
    response = HttpResponse(content, content_type=MEDIA_TYPES.get(kind, "application/octet-stream"))
    response.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{safe}"'
    return as_document(response)
