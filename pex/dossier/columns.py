"""A département's own headings, mapped once in a small YAML: our name → their heading(s)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pex.errors import UnreadableFile

ColumnMapping = Mapping[str, tuple[str, ...]]


def read_column_mapping(path: Path) -> ColumnMapping:
    """Read « reference: N° dossier ». Raises UnreadableFile for an unknown name of ours."""
    import yaml

    from pex.dossier.table import known_columns
    from pex.law import read_law

    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableFile(f"La correspondance « {path.name} » ne peut pas être lue : {error}") from None
    if not isinstance(raw, dict):
        raise UnreadableFile(f"« {path.name} » : écrivez une ligne par colonne, par exemple « reference: N° dossier ».")
    known = known_columns(read_law().events)
    for name in raw:
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(str(name), known, n=1, cutoff=0.5)
            hint = f"Vouliez-vous dire « {close[0]} » ?" if close else "Voyez la liste dans la documentation."
            raise UnreadableFile(f"« {path.name} » : « {name} » n'est pas une colonne de pex. {hint}")
    return {
        name: tuple(str(item) for item in (headings if isinstance(headings, list) else [headings]))
        for name, headings in raw.items()
    }
