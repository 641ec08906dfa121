"""Figures about few people are hidden, and so are those that would give them back by subtraction.

A table is shown with its totals. Every cell from 1 to just below the threshold is hidden; then others are, the
smallest first, until no hidden cell can be worked out from those that are shown. Cells of a table with totals
are the links of a graph between its lines and its columns: a hidden cell can be worked out when nothing else
hidden loops back around it, that is when it is a bridge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table of counts with its totals, in the last line and the last column; None where a count is hidden."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def hidden(self) -> int:
        """How many counts are hidden."""
        return sum(cell is None for line in self.cells for cell in line)


def protect(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]], threshold: int, total: str = "Total"
) -> ProtectedTable:
    """The table of these counts with a line and a column of totals, small numbers hidden.

    `counts` holds a line for each of `rows`, a count for each of `columns`.
    """
    lines = [[*line, sum(line)] for line in counts]
    lines.append([sum(line[index] for line in lines) for index in range(len(columns) + 1)])
    hidden = {(i, j) for i, line in enumerate(lines) for j, count in enumerate(line) if 0 < count < threshold}
    while (cell := _next_to_hide(lines, hidden, threshold)) is not None:
        hidden.add(cell)
    shown = tuple(
        tuple(None if (i, j) in hidden else count for j, count in enumerate(line)) for i, line in enumerate(lines)
    )
    return ProtectedTable((*rows, total), (*columns, total), shown)


def protect_line(counts: Sequence[int], threshold: int) -> tuple[int | None, ...]:
    """These counts, then their total, small numbers hidden; two at least are hidden, or none."""
    line = [*counts, sum(counts)]
    hidden = {i for i, count in enumerate(line) if 0 < count < threshold}
    last = len(counts)
    while hidden and (len(hidden) == 1 or (last not in hidden and sum(line[i] for i in hidden) < threshold)):
        free = [i for i in range(len(line)) if i not in hidden]
        if not free:
            break
        hidden.add(min(free, key=lambda i: (i == last, line[i] == 0, line[i])))
    return tuple(None if i in hidden else count for i, count in enumerate(line))


def _next_to_hide(lines: list[list[int]], hidden: set[Cell], threshold: int) -> Cell | None:
    """The smallest shown cell that stands in the way of an exposed one; None when nothing is exposed."""
    exposed = _bridges(hidden) | _small_groups(lines, hidden, threshold)
    beside = {(i, k) for i, _ in exposed for k in range(len(lines[0]))}
    beside |= {(k, j) for _, j in exposed for k in range(len(lines))}
    # A count of nought tells nothing when it is hidden, and a total is missed most.
    return min(
        beside - hidden,
        key=lambda cell: (_is_total(cell, lines), _count(lines, cell) == 0, _count(lines, cell), cell),
        default=None,
    )


def _count(lines: list[list[int]], cell: Cell) -> int:
    return lines[cell[0]][cell[1]]


def _is_total(cell: Cell, lines: list[list[int]]) -> bool:
    return cell[0] == len(lines) - 1 or cell[1] == len(lines[0]) - 1


def _small_groups(lines: list[list[int]], hidden: set[Cell], threshold: int) -> set[Cell]:
    """Hidden cells of a line or column whose sum, which the total gives, is itself a small number."""
    exposed: set[Cell] = set()
    for cells, total in _sums(len(lines), len(lines[0])):
        inside = [cell for cell in cells if cell in hidden]
        if inside and total not in hidden and 0 < sum(_count(lines, cell) for cell in inside) < threshold:
            exposed.update(inside)
    return exposed


def _sums(height: int, width: int) -> Iterator[tuple[list[Cell], Cell]]:
    """The cells of each line and column, and the cell that holds their total."""
    for i in range(height):
        yield [(i, j) for j in range(width - 1)], (i, width - 1)
    for j in range(width):
        yield [(i, j) for i in range(height - 1)], (height - 1, j)


def _bridges(hidden: set[Cell]) -> set[Cell]:
    """The cells that no loop of other hidden cells goes around: subtraction gives them back."""
    links: dict[str, list[tuple[str, Cell]]] = {}
    for i, j in hidden:
        links.setdefault(f"r{i}", []).append((f"c{j}", (i, j)))
        links.setdefault(f"c{j}", []).append((f"r{i}", (i, j)))
    return {cell for cell in hidden if not _joined_without(links, cell)}


def _joined_without(links: dict[str, list[tuple[str, Cell]]], removed: Cell) -> bool:
    start, goal = f"r{removed[0]}", f"c{removed[1]}"
    seen, waiting = {start}, [start]
    while waiting:
        for node, cell in links[waiting.pop()]:
            if cell != removed and node not in seen:
                seen.add(node)
                waiting.append(node)
    return goal in seen
