"""JSON files as plain values, with the line of every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pex.dossier.yaml_files import DEEPEST
from pex.errors import UnreadableFile

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|"', re.DOTALL)
ITEM = re.compile(r"(?:dossiers)?\[([0-9]+)\]\.?(.*)", re.DOTALL)
# What Python's reader says → what to do. Its words change a little from one version to the next.
REMEDIES = (
    ("trailing comma", "ôtez la virgule qui précède la fin"),
    ("',' delimiter", "il manque une virgule avant cet endroit"),
    ("':' delimiter", "il manque les deux-points après le nom"),
    ("property name", "il faut un nom entre guillemets droits, sans virgule en trop avant la fin"),
    ("Expecting value", "il manque une valeur, ou une virgule est en trop ; un texte s'écrit entre guillemets droits"),
    ("Extra data", "il y a du texte après la fin"),
    ("Unterminated string", "un guillemet n'est pas fermé"),
    ("control character", "un texte s'écrit sur une seule ligne"),
    ("escape", "une barre oblique inverse s'écrit deux fois"),
)


def read_json(content: bytes, name: str) -> list[tuple[Any, dict[str, int]]]:
    """The dossiers of the file, each with the line of its keys by path.

    Numbers are kept as they were typed. Raises UnreadableFile for a file that is not JSON, or holds a key twice.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"« {name} » n'est pas en UTF-8. Enregistrez-le en UTF-8.") from None
    if not text.strip():
        raise UnreadableFile(f"« {name} » est vide.")
    lines = _lines(text, name)
    try:
        root = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        remedy = next((french for english, french in REMEDIES if english in error.msg), "vérifiez les guillemets")
        if error.pos >= len(text.rstrip()):
            remedy = "le fichier s'arrête trop tôt : il manque une accolade, un crochet ou un guillemet à la fin"
        where = f"ligne {error.lineno}, caractère {error.colno}"
        raise UnreadableFile(f"« {name} », {where} : ce n'est pas du JSON ({remedy}).") from None
    items = root["dossiers"] if isinstance(root, dict) and isinstance(root.get("dossiers"), list) else root
    if not isinstance(items, list):
        return [(root, lines)]
    by_item: list[dict[str, int]] = [{} for _ in items]
    for path, line in lines.items():
        match = ITEM.fullmatch(path)
        # An empty list has a first place and no item; a key may look like a place.
        if match is not None and int(match[1]) < len(items):
            by_item[int(match[1])].setdefault(match[2], line)
    return list(zip(items, by_item, strict=True))


def _lines(text: str, name: str) -> dict[str, int]:
    """The line of every key and of every item of a list; a key written twice and too many levels are refused.

    Only commas, colons and brackets are looked at: what is wrong otherwise is told by Python's own reader.
    """
    found: dict[str, int] = {"": 1}
    parents: list[str] = []
    counters: list[int | None] = []
    path, key, awaits_key = "", "", False
    for token, line in _tokens(text):
        if token in "{[":
            parents.append(path)
            counters.append(0 if token == "[" else None)
            awaits_key = token == "{"
            if len(parents) > DEEPEST:
                raise UnreadableFile(f"« {name} » a trop de niveaux les uns dans les autres. Suivez l'exemple.")
            if token == "[":
                path = f"{path}[0]"
        elif token in "}]":
            if not parents:
                break
            path = parents.pop()
            counters.pop()
            awaits_key = False
        elif token == "," and parents:
            position = counters[-1]
            awaits_key = position is None
            if position is not None:
                counters[-1] = position + 1
                path = f"{parents[-1]}[{position + 1}]"
        elif awaits_key and token.startswith('"') and parents:
            key = _unquoted(token)
            path = f"{parents[-1]}.{key}" if parents[-1] else key
            awaits_key = False
            if path in found:
                raise UnreadableFile(f"« {name} », ligne {line} : la clé « {key} » est écrite deux fois.")
            found[path] = line
        if token not in "}],:" and counters and counters[-1] is not None:
            found.setdefault(path, line)
        if token in "{[" and len(counters) > 1 and counters[-2] is not None:
            found.setdefault(parents[-1], line)
    return found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, seen = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        yield match.group(), line


def _unquoted(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token.strip('"')
