"""The facts of households, and the readers of the files that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pex.dossier.facts import Dossier
from pex.dossier.reading import Reading, read_dossiers

if TYPE_CHECKING:
    from pathlib import Path

    from pex.dossier.columns import ColumnMapping

__all__ = ["Dossier", "Reading", "dossier_to_mapping", "read_column_mapping", "read_dossiers"]


def read_column_mapping(path: Path) -> ColumnMapping:
    """See `pex.dossier.columns.read_column_mapping`; imported when called."""
    from pex.dossier import columns

    return columns.read_column_mapping(path)


def dossier_to_mapping(dossier: Dossier) -> dict[str, Any]:
    """See `pex.dossier.mapping.dossier_to_mapping`; imported when called."""
    from pex.dossier import mapping

    return mapping.dossier_to_mapping(dossier)
