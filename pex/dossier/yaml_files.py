"""YAML and JSON files as plain values, with the line of every key."""

from __future__ import annotations

from typing import Any

import yaml

from pex.errors import UnreadableFile

MOST_ALIASES = 50


def read_yaml(content: bytes, name: str) -> list[tuple[Any, dict[str, int]]]:
    """The dossiers of the file, each with the line of its keys by path.

    Raises UnreadableFile for a file that is not YAML or JSON, holds a key twice or too many aliases.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"« {name} » n'est pas en UTF-8. Enregistrez-le en UTF-8.") from None
    if text.count("*") > MOST_ALIASES and len(list(_aliases(text))) > MOST_ALIASES:
        raise UnreadableFile(f"« {name} » contient trop de renvois (*). Écrivez les valeurs en toutes lettres.")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise UnreadableFile(f"« {name} » est vide.")
        nodes = _dossier_nodes(node)
        return [(loader.construct_document(item), _lines(item)) for item in nodes]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "écriture non reconnue"
        raise UnreadableFile(f"« {name} »{where} : le fichier ne peut pas être lu ({problem}).") from None
    finally:
        loader.dispose()


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Keeps what was typed: « 9:30 » stays text, and so do dates; a key written twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"clé « {key.value} » écrite deux fois", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


def _as_typed(loader: Any, node: Any) -> str:
    return str(node.value)


for _tag in ("timestamp", "int", "float"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_typed)


def _aliases(text: str) -> Any:
    return (token for token in yaml.scan(text) if isinstance(token, yaml.AliasToken))


def _dossier_nodes(node: Any) -> list[Any]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "dossiers" and isinstance(value, yaml.SequenceNode):
                return list(value.value)
    return [node]


def _lines(node: Any, path: str = "") -> dict[str, int]:
    found = {path: node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{path}.{key.value}" if path else str(key.value)
            found.update(_lines(value, inner))
            found[inner] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            found.update(_lines(item, f"{path}[{number}]"))
    return found
