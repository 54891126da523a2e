"""The 78 strict 2 x 2 games (Rapoport & Guyer 1966), and pure equilibria against Nashpy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import nashpy
import numpy as np
from games import Graph, ranks
from hypothesis import given
from hypothesis import strategies as st
from oracle import equilibria, read_graph

Cell = tuple[int, int]  # the row player's rank, the column player's
Cells = tuple[Cell, Cell, Cell, Cell]  # row by row

LISTED = tomllib.loads((Path(__file__).parents[1] / "published" / "two-by-two.toml").read_text(encoding="utf-8"))
GAMES: dict[int, Cells] = {
    int(number): tuple((int(cell[0]), int(cell[1])) for cell in text.split())
    for number, text in LISTED["games"].items()
}


def alike(game: Cells) -> Iterator[Cells]:
    """The games that differ from one only in which row, which column, or which player is called the first."""
    a, b, c, d = game
    for w, x, y, z in ((a, b, c, d), (a[::-1], c[::-1], b[::-1], d[::-1])):
        yield from ((w, x, y, z), (y, z, w, x), (x, w, z, y), (z, y, x, w))


def enumerated() -> set[Cells]:
    """One game of each class, of all 24 x 24 pairs of strict orders."""
    orders = list(permutations((1, 2, 3, 4)))
    return {min(alike(tuple(zip(row, column, strict=True)))) for row in orders for column in orders}


def graph_of(game: Cells) -> Graph:
    """One option each: the row player's taken is the second row, the column player's the second column."""
    cell_of_state = (0, 2, 1, 3)
    table = np.array([[game[cell][i] for cell in cell_of_state] for i in (0, 1)], np.int32)
    return Graph((0, 1), 2, 3, 3, None, table)


def pure_equilibria(game: Cells) -> int:
    return len(equilibria(read_graph(graph_of(game)), "nash"))


def dominant(game: Cells) -> int:
    """How many players have a dominant strategy."""
    (a, b, c, d) = game
    row = (a[0] > c[0]) == (b[0] > d[0])
    column = (a[1] > b[1]) == (c[1] > d[1])
    return row + column


def test_up_to_symmetry_there_are_78_games_and_they_are_the_listed_ones() -> None:
    classes = enumerated()
    assert len(classes) == len(GAMES) == LISTED["expected"]["games"] == 78
    assert {min(alike(game)) for game in GAMES.values()} == classes
    assert sum((4, 4) in game for game in GAMES.values()) == LISTED["expected"]["no_conflict"] == 21


def test_the_numbers_of_the_list_run_by_dominance_and_equilibria() -> None:
    expected = LISTED["expected"]
    kinds = {"both_dominant": (2, 1), "one_dominant": (1, 1), "two_equilibria": (0, 2), "no_equilibrium": (0, 0)}
    for name, kind in kinds.items():
        first, last = expected[name]
        for number in range(first, last + 1):
            assert (dominant(GAMES[number]), pure_equilibria(GAMES[number])) == kind, number
    counts = [pure_equilibria(game) for game in enumerated()]
    assert [counts.count(k) for k in (0, 1, 2)] == [9, 57, 12]


def test_how_many_equilibria_the_games_have_in_each_sense() -> None:
    for concept, counts in LISTED["recomputed"].items():
        sizes = [len(equilibria(read_graph(graph_of(game)), concept)) for game in GAMES.values()]
        assert [sizes.count(k) for k in range(5)] == counts, concept


def bimatrix(graph: Graph) -> tuple[np.ndarray, np.ndarray]:
    """Payoffs of a graph whose first options are the row player's: a row and a column for each set of a player's options."""
    rows = 2 ** graph.owner.count(0)
    table = graph.ranks.reshape(2, -1, rows).transpose(0, 2, 1)
    return table[0], table[1]


def nashpy_pure(graph: Graph) -> set[int]:
    """The states in which both play a best response, by Nashpy."""
    first, second = bimatrix(graph)
    game = nashpy.Game(first, second)
    rows, columns = np.eye(first.shape[0]), np.eye(first.shape[1])
    return {
        column * len(rows) + row
        for row in range(len(rows))
        for column in range(len(columns))
        if all(game.is_best_response(rows[row], columns[column]))
    }


def test_pure_equilibria_of_the_78_by_support_enumeration() -> None:
    for number, cells in GAMES.items():
        graph = graph_of(cells)
        found = nashpy.Game(*bimatrix(graph)).support_enumeration()
        pure = {int(column.argmax()) * 2 + int(row.argmax()) for row, column in found if row.max() == column.max() == 1}
        assert pure == equilibria(read_graph(graph), "nash"), number


@given(st.data(), st.integers(1, 2), st.integers(1, 2))
def test_pure_equilibria_of_larger_games_with_ties(data: st.DataObject, mine: int, yours: int) -> None:
    states = 2 ** (mine + yours)
    graph = Graph((0,) * mine + (1,) * yours, 2, states - 1, states - 1, None, data.draw(ranks(2, states)))
    assert equilibria(read_graph(graph), "nash") == nashpy_pure(graph)
