"""Shapley and Owen values and sufficient sets against their textbook definitions, and what defines them."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import numpy as np
import oracle_shares as oracle
from games import shared_values
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rashomon.playing.shapley import failing_supersets, idle_edits, minimal_sufficient, owen, owen_sampled

Shared = tuple[dict[frozenset[int], Fraction], dict[int, str]]


def edits(mask: int) -> frozenset[int]:
    return frozenset(e for e in range(mask.bit_length()) if mask >> e & 1)


def table(shared: Shared) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    value, owner = shared
    return np.array([float(value[edits(mask)]) for mask in range(2 ** len(owner))])


@given(shared_values())
def test_owen_values_are_the_average_over_the_orders_in_which_owners_stand_together(shared: Shared) -> None:
    value, owner = shared
    found = owen(table(shared), list(owner.values()))  # type: ignore[arg-type]
    right = oracle.owen(lambda some: value[some], owner)
    assert np.allclose(found, [float(right[e]) for e in owner])
    of_owners = oracle.shapley_of_owners(lambda some: value[some], owner)
    for one, whole in of_owners.items():
        assert np.isclose(sum(found[e] for e in owner if owner[e] == one), float(whole))


@given(shared_values(), shared_values())
def test_efficient_and_additive(shared: Shared, other: Shared) -> None:
    values, owner = table(shared), list(shared[1].values())
    shares = owen(values, owner)  # type: ignore[arg-type]
    assert np.isclose(shares.sum(), values[-1] - values[0])
    more = np.resize(table(other), values.shape)
    assert np.allclose(owen(values + more, owner), shares + owen(more, owner))  # type: ignore[arg-type]
    assert np.allclose(owen(np.stack([values, more]), owner), [shares, owen(more, owner)])  # type: ignore[arg-type]


@given(shared_values(most_edits=3, owned=2), st.integers(0, 2))
def test_to_split_an_edit_gives_its_owner_nothing(shared: Shared, which: int) -> None:
    value, owner = shared
    which %= len(owner)
    last = len(owner)  # the other half of the edit: both are needed
    split = owner | {last: owner[which]}

    def whole(mask: int) -> float:
        made = edits(mask)
        both = {which, last} <= made
        return float(value[frozenset(made - {which, last} | ({which} if both else set()))])

    before = owen(table(shared), list(owner.values()))  # type: ignore[arg-type]
    after = owen(np.array([whole(mask) for mask in range(2 ** (last + 1))]), list(split.values()))  # type: ignore[arg-type]
    for one in set(owner.values()):
        mine = sum(before[e] for e in owner if owner[e] == one)
        assert np.isclose(mine, sum(after[e] for e in split if split[e] == one))


def test_two_players_with_an_edit_each_share_by_what_each_alone_suffices_for() -> None:
    p, q = 0.7, 0.2  # the chance that the first player's edit, and the second's, suffices alone
    assert np.allclose(owen(np.array([0, p, q, 1.0]), [0, 1]), [(1 + p - q) / 2, (1 + q - p) / 2])


def test_the_security_council() -> None:
    case = tomllib.loads((ROOT / "tests" / "published" / "security-council.toml").read_text(encoding="utf-8"))
    permanent, members = case["permanent"], case["permanent"] + case["elected"]
    masks = np.arange(1 << members)
    votes = sum(masks >> one & 1 for one in range(members))
    vetoed = masks & (1 << permanent) - 1 != (1 << permanent) - 1
    shares = owen(((votes >= case["votes"]) & ~vetoed).astype(float), list(range(members)))
    assert np.allclose(shares[:permanent], np.divide(*case["share_of_permanent"]))
    assert np.allclose(shares[permanent:], np.divide(*case["share_of_elected"]))


@given(shared_values())
def test_sets_that_suffice(shared: Shared) -> None:
    value, owner = shared
    enough = table(shared) == 1
    assert {edits(int(m)) for m in minimal_sufficient(enough)} == oracle.minimal_sufficient(lambda some: value[some], owner)
    assert {edits(int(m)) for m in failing_supersets(enough)} == oracle.failing_supersets(lambda some: value[some], owner)
    assert set(idle_edits(table(shared)).tolist()) == oracle.null_edits(lambda some: value[some], owner)


@given(shared_values())
def test_a_sample_of_orders_comes_near(shared: Shared) -> None:
    values, owner = table(shared), list(shared[1].values())
    found = owen_sampled(lambda mask: float(values[mask]), owner, 400, 3)  # type: ignore[arg-type]
    assert np.all(np.abs(found.shares - owen(values, owner)) <= 5 * found.error + 1e-9)  # type: ignore[arg-type]
    assert np.isclose(found.shares.sum(), values[-1] - values[0])
