"""YAML files as plain values, with the line of every key."""

from __future__ import annotations

from typing import Any

import yaml

from pex.errors import UnreadableFile

DEEPEST = 20


def read_yaml(content: bytes, name: str) -> list[tuple[Any, dict[str, int]]]:
    """The dossiers of the file, each with the line of its keys by path.

    Raises UnreadableFile for a file that is not YAML, holds a key twice or too many aliases.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"« {name} » n'est pas en UTF-8. Enregistrez-le en UTF-8.") from None
    loader = _Loader(text)
    try:
        _refuse_traps(text, name)
        node = loader.get_single_node()
        if node is None:
            raise UnreadableFile(f"« {name} » est vide.")
        nodes = _dossier_nodes(node)
        return [(loader.construct_document(item), _lines(item)) for item in nodes]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or ""
        if not problem.startswith("clé «"):
            problem = "vérifiez les retraits, les deux-points, les guillemets, et ôtez les tabulations"
        raise UnreadableFile(f"« {name} »{where} : le fichier ne peut pas être lu ({problem}).") from None
    finally:
        loader.dispose()


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Keeps what was typed: « 9:30 » stays text, and so do dates; a key written twice is refused."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "clé « [ ] » : une clé s'écrit en un mot", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"clé « {key.value} » écrite deux fois", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=True)


def _as_typed(loader: Any, node: Any) -> str:
    return str(node.value)


# « No » is also a name: only what the fact is decides what a word means.
for _tag in ("timestamp", "int", "float", "bool"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _as_typed)


def _refuse_traps(text: str, name: str) -> None:
    """Refuse aliases, which grow without end, and depths at which libyaml ends the whole program."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise UnreadableFile(f"« {name} » contient un renvoi (*). Écrivez les valeurs en toutes lettres.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableFile(f"« {name} » a trop de niveaux les uns dans les autres. Suivez l'exemple.")


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
