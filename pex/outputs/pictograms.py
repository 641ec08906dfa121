"""The pictogram bank, read once: a name → its drawing and its words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pex.errors import TemplateError
from pex.folders import PICTOGRAMS


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all pictograms, sorted."""
    return tuple(sorted(path.stem for path in PICTOGRAMS.glob("*.svg")))


@lru_cache(maxsize=256)
def svg(name: str) -> str:
    """The SVG of that pictogram. Raises TemplateError for a name the bank does not hold."""
    if name not in names():
        raise TemplateError(f"Le pictogramme « {name} » n'existe pas. Voyez le dossier pictograms.")
    return (PICTOGRAMS / f"{name}.svg").read_text(encoding="utf-8")


def label(name: str) -> str:
    """The words that always stand beside it, in French. Raises TemplateError for an unknown name."""
    return _card(name)["concept_fr"]


def alt(name: str) -> str:
    """What the drawing shows, in French. Raises TemplateError for an unknown name."""
    return _card(name)["alt_fr"]


@lru_cache(maxsize=256)
def _card(name: str) -> Mapping[str, str]:
    import yaml

    svg(name)
    return MappingProxyType(yaml.safe_load((PICTOGRAMS / f"{name}.yaml").read_text(encoding="utf-8")))
