"""Games whose answers are known: the two-by-two classics, Syria and Iraq in 1975, and games made to tell two rules apart."""

from __future__ import annotations

import numpy as np
import pytest
from gaming import equilibria, number, ranked, stable, two_by_two

from rashomon.playing import CONCEPTS, GMR, NASH, SEQ, SIM, SMR, Graph, coalition_improvements, stability

TWO = {"NN": 0, "YN": 1, "NY": 2, "YY": 3}


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        # Y: cooperate. The exploited player wants out, and nothing deters it.
        (
            ("NY YY NN YN", "YN YY NN NY"),
            {"nash": {"NN"}, "seq": {"NN", "YY"}, "smr": {"NN", "YY"}, "gmr": {"NN", "YY"}},
        ),
        # Y: swerve. Mutual swerving rests on the threat of a crash, which is no improvement for who would threaten it.
        (
            ("NY YY YN NN", "YN YY NY NN"),
            {"nash": {"YN", "NY"}, "seq": {"YN", "NY"}, "smr": {"YN", "NY", "YY"}, "gmr": {"YN", "NY", "YY"}},
        ),
        # Y: hunt the stag.
        (("YY NY NN YN", "YY YN NN NY"), {"nash": {"YY", "NN"}, "seq": {"YY", "NN"}, "smr": {"YY", "NN"}}),
    ],
    ids=["prisoner's dilemma", "chicken", "stag hunt"],
)
def test_two_by_two_classics(orders: tuple[str, str], expected: dict[str, set[str]]) -> None:
    found = equilibria(stability(two_by_two(orders), concepts=31), TWO)
    assert {concept: found[concept] for concept in expected} == expected


def test_simultaneous_sanctions_are_tried_for_each_improvement() -> None:
    """Fraser & Hipel 1984: in Chicken both improve from YY at once, and crash."""
    chicken = two_by_two(("NY YY YN NN", "YN YY NY NN"))
    assert stable(stability(chicken, concepts=SIM), "sim") == {1, 2, 3}
    # i has two improvements from NNN; j's only improvement (its option) meets the first and not the second
    ranks = ranked([["NYY", "YNN", "NYN", "NNN", "YNY"], ["NNY", "NNN"]], 3)
    met_once = Graph((0, 0, 1), 2, 7, 7, None, ranks)
    assert not stability(met_once, concepts=SIM)[0, 0] & SIM
    ranks[0, number("NYY")] = -1
    assert stability(met_once, concepts=SIM)[0, 0] & SIM


SYRIA = ("NNN", "YNN", "NYN", "NNY", "YNY", "NYY")


def test_syria_and_iraq_1975() -> None:
    """The Euphrates conflict (Fang, Hipel & Kilgour 1993, ch. 2): Syria may release water or escalate, Iraq attack."""
    orders = [[SYRIA[k - 1] for k in order] for order in ((1, 3, 6, 2, 4, 5), (2, 4, 6, 1, 5, 3))]
    feasible = np.array([s & 3 != 3 for s in range(8)])
    flags = stability(Graph((0, 0, 1), 2, 7, 7, feasible, ranked(orders, 3)), concepts=31)
    found = equilibria(flags, {name: number(name) for name in SYRIA})
    assert found["nash"] == found["seq"] == found["smr"] == {"NYY"}
    assert found["gmr"] == {"NNN", "NYY"}
    assert not flags[:, ~feasible].any()


def test_a_sequence_may_use_an_opponent_twice_with_another_between() -> None:
    """Only A, then B, then A again gets past the infeasible states: 00|0, 10|0, 10|1, 11|1 in A's two options and B's one."""
    open_ = {(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1)}
    feasible = np.array([(s >> 1 & 1, s >> 2 & 1, s >> 3 & 1) in open_ for s in range(16)])
    ranks = np.zeros((3, 16), dtype=np.int32)
    ranks[0] = [2 if s & 1 else 1 for s in range(16)]
    ranks[0, number("YYYY")] = 0
    game = Graph((0, 1, 1, 2), 3, 15, 15, feasible, ranks)
    assert stability(game)[0, 0] == GMR | SMR
    assert stability(game, "single")[0, 0] == 0


def test_a_move_of_several_options_at_once_passes_infeasible_states() -> None:
    """From NN to YY there is no feasible state between, and it is one move."""
    ranks = np.array([[0, 0, 0, 1], [0, 0, 0, 0]], dtype=np.int32)
    game = Graph((0, 0, 1), 2, 7, 7, np.array([True, False, False, True] * 2), np.tile(ranks, 2))
    assert not stability(game)[0, 0] & NASH
    assert stability(game)[0, 3] & NASH


def test_a_one_way_option_cannot_be_taken_back() -> None:
    """Were j's option free, its return to N would deter i from taking its own."""
    ranks = np.zeros((2, 4), dtype=np.int32)
    ranks[0] = [1, 0, 0, 2]  # NN, YN, NY, YY
    for drop, flags in ((3, GMR), (1, 0)):
        assert stability(Graph((0, 1), 2, 3, drop, None, ranks))[0, 2] & GMR == flags


def test_ties_neither_lure_nor_fail_to_deter() -> None:
    flat = Graph((0, 1), 2, 3, 3, None, np.zeros((2, 4), dtype=np.int32))
    assert (stability(flat, concepts=31) == 31).all()
    # i gains by its option unless j answers by its own, which leaves i exactly as before
    ranks = np.array([[0, 1, 0, 0], [0, 0, 0, 1]], dtype=np.int32)
    assert stability(Graph((0, 1), 2, 3, 3, None, ranks))[0, 0] == GMR | SMR | SEQ


def test_alone_every_concept_is_nash() -> None:
    ranks = np.random.default_rng(1).integers(0, 9, (1, 32)).astype(np.int32)
    flags = stability(Graph((0,) * 5, 1, 31, 21, None, ranks), concepts=31)
    assert set(np.unique(flags)) == {0, 31}
    assert ((flags[0] & NASH > 0).sum()) == sum(
        coalition_improvements(Graph((0,) * 5, 1, 31, 21, None, ranks), 1, s).size == 0 for s in range(32)
    )


def test_concepts_are_bits() -> None:
    assert dict(CONCEPTS) == {"nash": 1, "gmr": 2, "smr": 4, "seq": 8, "sim": 16}
