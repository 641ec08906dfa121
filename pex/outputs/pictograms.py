"""The pictogram bank, read once: a name → its drawing and its words."""

from __future__ import annotations

from functools import lru_cache

from pex.errors import TemplateError
from pex.folders import PICTOGRAMS


@lru_cache(maxsize=256)
def svg(name: str) -> str:
    """The SVG of that pictogram. Raises TemplateError for a name the bank does not hold."""
    path = PICTOGRAMS / f"{name}.svg"
    if not name.isidentifier() or not path.is_file():
        raise TemplateError(f"Le pictogramme « {name} » n'existe pas. Voyez le dossier pictograms.")
    return path.read_text(encoding="utf-8")
