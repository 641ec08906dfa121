"""What is hidden cannot be worked out from what is shown: proved by solving the sums of the table."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pex.tracker.small_numbers import ProtectedTable, protect, protect_line

THRESHOLD = 11
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5)
)


def table_of(counts: list[list[int]]) -> ProtectedTable:
    rows = [f"commune {number}" for number in range(len(counts))]
    columns = [f"trimestre {number}" for number in range(len(counts[0]))]
    return protect(rows, columns, counts, THRESHOLD)


def solvable(table: ProtectedTable) -> set[tuple[int, int]]:
    """The hidden cells that the sums of lines and columns give back, by elimination: an independent method."""
    height, width = len(table.rows), len(table.columns)
    hidden = [(i, j) for i in range(height) for j in range(width) if table.cells[i][j] is None]
    equations = [[(i, j) for j in range(width)] for i in range(height)]
    equations += [[(i, j) for i in range(height)] for j in range(width)]
    matrix = []
    for cells in equations:
        total = cells[-1]
        matrix.append([Fraction((cell in cells) * (-1 if cell == total else 1)) for cell in hidden])
    pivots, rank = [], 0
    for column in range(len(hidden)):
        found = next((row for row in range(rank, len(matrix)) if matrix[row][column]), None)
        if found is None:
            continue
        matrix[rank], matrix[found] = matrix[found], matrix[rank]
        matrix[rank] = [value / matrix[rank][column] for value in matrix[rank]]
        for row, values in enumerate(matrix):
            if row != rank and values[column]:
                matrix[row] = [a - values[column] * b for a, b in zip(values, matrix[rank], strict=True)]
        pivots.append(column)
        rank += 1
    return {hidden[column] for row, column in enumerate(pivots) if sum(map(bool, matrix[row])) == 1}


def test_one_small_number_takes_another_with_it() -> None:
    table = table_of([[40, 3], [35, 50]])
    assert table.cells == ((None, None, 43), (None, None, 85), (75, 53, 128))


def test_two_small_numbers_whose_sum_is_small_take_a_third() -> None:
    table = table_of([[4, 3, 40], [60, 70, 80]])
    assert table.cells[0] == (None, None, None, 47)


def test_a_line_alone_hides_two_numbers_or_none() -> None:
    assert protect_line([12, 3, 40, 30], THRESHOLD) == (None, None, 40, 30, 85)
    assert protect_line([12, 15, 40, 30], THRESHOLD) == (12, 15, 40, 30, 97)
    assert protect_line([0, 0, 3, 0], THRESHOLD) == (0, 0, None, 0, None)


def test_large_numbers_and_noughts_are_shown() -> None:
    table = table_of([[20, 0], [0, 11]])
    assert table.hidden == 0
    assert table.cells[-1] == (20, 11, 31)


@given(tables)
def test_no_small_number_is_shown(counts: list[list[int]]) -> None:
    for line in table_of(counts).cells:
        assert all(cell is None or cell == 0 or cell >= THRESHOLD for cell in line)


@given(tables)
def test_no_hidden_number_can_be_worked_out(counts: list[list[int]]) -> None:
    table = table_of(counts)
    assert solvable(table) == set()


@given(tables)
def test_shown_numbers_are_true(counts: list[list[int]]) -> None:
    for line, truth in zip(table_of(counts).cells, counts, strict=False):
        assert all(cell is None or cell == count for cell, count in zip(line, truth, strict=False))
