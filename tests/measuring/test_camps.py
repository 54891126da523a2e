"""Polarisation, coalitions, backbones and phases: what defines each, the published sample's numbers, and what a seed settles."""

from __future__ import annotations

import builtins
import itertools
import math
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import squareform

from measuring.discourses import said, utterances
from rashomon.errors import RashomonError
from rashomon.measuring.networks.backbones import fixed, nested, penalised
from rashomon.measuring.networks.coalitions import communities, leiden, modularity, rand_index
from rashomon.measuring.networks.polarising import LEAST, camps_of, dna_tables, fitting_tables, value_of
from rashomon.measuring.networks.projecting import Manner, network
from rashomon.measuring.networks.resampling import resampled
from rashomon.measuring.networks.spectra import distances, silhouette, spectrum, states_of
from rashomon.measuring.networks.uttering import Utterances

AVERAGE = [Manner("actors", one, "average") for one in ("congruence", "conflict")]  # type: ignore[arg-type]


def by_definition(member: np.ndarray, congruence: np.ndarray, conflict: np.ndarray) -> float:
    pairs = [(i, j) for i, j in itertools.permutations(range(len(member)), 2) if member[i] == member[j]]
    shares = [sum(one[pair] for pair in pairs) / one.sum() for one in (congruence, conflict)]
    return float(shares[0] - shares[1])


def as_dna_defines(member: np.ndarray, congruence: np.ndarray, conflict: np.ndarray, camps: int) -> float:
    sizes = np.bincount(member, minlength=camps)
    within = sum(size * (size - 1) for size in sizes)
    between = len(member) * (len(member) - 1) - within
    total = 0.0
    for i, j in itertools.permutations(range(len(member)), 2):
        a, b = member[i], member[j]
        if a == b:
            expected = sizes[a] * (sizes[a] - 1) / within * congruence.sum() / within
            total += abs(congruence[i, j] - expected) + conflict[i, j]
        else:
            expected = sizes[a] * sizes[b] / between * conflict.sum() / between
            total += congruence[i, j] + abs(conflict[i, j] - expected)
    return total / 2


@given(utterances(most=30), st.integers(2, 3), st.randoms())
def test_what_a_division_reaches_is_its_definition(of: Utterances, camps: int, random: Any) -> None:
    both = [network(of, how) for how in AVERAGE]
    member = np.array([random.randrange(camps) for _ in of.actors])
    dna = value_of(member, *both, camps, dna_tables)
    assert math.isclose(dna, as_dna_defines(member, *both, camps), abs_tol=1e-9)
    if both[0].any() and both[1].any():
        assert math.isclose(value_of(member, *both, camps), by_definition(member, *both), abs_tol=1e-9)


@pytest.mark.parametrize("tables", [fitting_tables, dna_tables])
@given(of=utterances(most=40), sizes=st.sampled_from(["any", "equal"]))
def test_no_division_into_two_camps_reaches_more_than_the_one_found(tables: Any, of: Utterances, sizes: str) -> None:
    both = [network(of, how) for how in AVERAGE]
    n = len(both[0])
    found = camps_of(*both, 2, sizes, tables=tables)  # type: ignore[arg-type]
    least = LEAST if sizes == "any" else n // 2
    if found is None:
        dna = tables is dna_tables  # which divides two actors into two equal camps, and what has conflict or congruence alone
        assert n < (4 if sizes == "any" else 3 - dna) or not (any if dna else all)(one.any() for one in both)
        return
    for tried in itertools.product((0, 1), repeat=n):
        if min(sum(tried), n - sum(tried)) >= least:
            assert found.value >= value_of(np.array(tried), *both, 2, tables) - 1e-7
    assert math.isclose(found.value, value_of(found.member, *both, 2, tables), abs_tol=1e-9)


def camped(*camp: int) -> tuple[np.ndarray, np.ndarray]:
    """Full agreement within camps, and full conflict between."""
    member = np.array(camp)
    return ((member[:, None] == member) & ~np.eye(len(member), dtype=bool)) * 1.0, (member[:, None] != member) * 1.0


@pytest.mark.parametrize("camp", [(0, 1, 0, 1, 1, 0, 1), (0, 0, 1, 1), (0, 1, 1, 1, 1, 1, 0), (0, 1, 2, 0, 1, 2, 2)])
def test_perfect_camps_are_found_and_wholly_polarised(camp: tuple[int, ...]) -> None:
    congruence, conflict = camped(*camp)
    camps = max(camp) + 1
    found = camps_of(congruence, conflict, camps)
    assert found is not None
    assert found.member.tolist() == list(camp)
    assert found.value == pytest.approx(1.0)
    again = camps_of(congruence, conflict, camps, seed=1991)
    assert again is not None
    assert (again.value, again.member.tolist()) == (found.value, found.member.tolist())


def test_dnas_search_leaves_perfect_camps_for_worse_ones() -> None:
    camp = (0, 1, 0, 1, 1, 0, 1, 0)
    congruence, conflict = camped(*camp)
    total = congruence.sum() + conflict.sum()
    assert value_of(np.array(camp), congruence, conflict, 2, dna_tables) / total == pytest.approx(0.25)
    found = camps_of(congruence, conflict, 2, "equal", tables=dna_tables)
    assert found is not None
    assert found.value / total > 0.5
    assert found.member.tolist() != list(camp)


@settings(max_examples=15)
@given(utterances(most=40))
def test_divisions_by_chance_are_on_average_not_polarised(of: Utterances) -> None:
    both = [network(of, how) for how in AVERAGE]
    n = len(both[0])
    if n < 4 or not (both[0].any() and both[1].any()):
        return
    divisions = [one for one in itertools.product((0, 1), repeat=n) if sum(one) == 2]
    assert np.mean([value_of(np.array(one), *both, 2) for one in divisions]) == pytest.approx(0.0, abs=1e-9)


def test_without_conflict_or_with_too_few_there_are_no_camps() -> None:
    congruence, conflict = camped(0, 0, 1, 1)
    assert camps_of(congruence[:3, :3], conflict[:3, :3]) is None
    assert camps_of(congruence, conflict * 0) is None
    assert camps_of(congruence * 0, conflict) is None


# coalitions


def cliques(*sizes: int) -> np.ndarray:
    camp = np.repeat(np.arange(len(sizes)), sizes)
    return ((camp[:, None] == camp) & ~np.eye(len(camp), dtype=bool)) * 1.0


def test_cliques_are_coalitions_and_their_modularity_is_newmans() -> None:
    matrix = cliques(4, 5)
    matrix[0, 8] = matrix[8, 0] = 1.0
    found = communities(matrix, 7)
    assert found.member.tolist() == [1] * 4 + [0] * 5  # the largest first
    edges = matrix.sum() / 2
    inside = np.array([6, 10]) / edges
    degrees = np.array([matrix[:4].sum(), matrix[4:].sum()]) / (2 * edges)
    assert found.modularity == pytest.approx((inside - degrees**2).sum())
    assert found.alike == pytest.approx(1.0)
    assert found.kept.tolist() == [1.0] * 9
    assert leiden(matrix, 7)[0].tolist() == leiden(matrix, 7)[0].tolist()


def test_an_actor_without_a_positive_tie_is_of_no_coalition() -> None:
    matrix = cliques(3, 1)
    matrix[3, 0] = matrix[0, 3] = -2.0
    assert leiden(matrix, 1)[0].tolist() == [0, 0, 0, -1]
    none = communities(np.zeros((3, 3)), 1)
    assert none.member.tolist() == [-1] * 3
    assert math.isnan(none.modularity)
    assert math.isnan(none.alike)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12), st.permutations(range(4)))
def test_the_rand_index_is_one_for_the_same_division_by_other_names(member: list[int], names: list[int]) -> None:
    one = np.array(member)
    other = np.array([names[place] for place in member])
    assert rand_index(one, other) == pytest.approx(1.0)


def test_the_rand_index_has_its_published_value() -> None:
    # Hubert & Arabie 1985, by hand: pairs together in both 2, expected 12/15 * ... of the table [[2, 1], [1, 2]]
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 0, 1, 1])
    assert rand_index(one, other) == pytest.approx((2 - 36 / 15) / (6 - 36 / 15))
    assert math.isnan(rand_index(np.array([0, -1]), np.array([0, 0])))


def test_modularity_of_everyone_together_is_zero() -> None:
    matrix = cliques(2, 3) + 0.5
    np.fill_diagonal(matrix, 0.0)
    assert modularity(matrix, np.zeros(5, np.int64)) == pytest.approx(0.0)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graspologic_native", None)
    with pytest.raises(RashomonError) as raised:
        leiden(cliques(2, 2), 1)
    assert raised.value.fault.code == "R503"
    assert "rashomon[networks]" in raised.value.fault.remedy
    assert builtins.len(raised.value.faults) == 1


# documents drawn anew


@given(utterances())
def test_a_sample_of_documents_holds_whole_documents(of: Utterances) -> None:
    for drawn in resampled(of, 5, 3):
        sample = drawn.at(drawn.weight > 0)
        weights = {(int(one), float(weight)) for one, weight in zip(sample.document, sample.weight, strict=True)}
        assert len({document for document, _ in weights}) == len(weights)
        for document, weight in weights:
            assert weight == int(weight)
            assert (sample.document == document).sum() == (of.document == document).sum()


def test_of_a_passage_that_two_coders_coded_one_coding_is_drawn() -> None:
    of = said((0, 0, 1, 0, 1), (0, 0, 0, 0, 1), (0, 1, 1, 0, 1), (1, 0, 1, 0, 1))
    object.__setattr__(of, "passage", np.array([0, 0, 0, 1]))
    object.__setattr__(of, "coder", np.array([0, 1, 1, 0]))
    assert of.share.tolist() == [0.5, 0.5, 0.5, 1.0]
    drawn = {tuple(sample.row[sample.weight > 0].tolist()) for sample in resampled(of, 40, 1)}
    assert drawn == {(0, 3), (1, 2, 3)}


# spectra, backbones, phases


def test_a_spectrum_is_that_of_the_laplacian_and_dnas_is_not() -> None:
    path = np.array([[0.0, 1, 0], [1, 0, 1], [0, 1, 0]])
    assert spectrum(path) == pytest.approx(np.array([0, 1, 3]) / 4)  # Chung 1997: the path of three
    assert spectrum(path, dna=True) == pytest.approx(np.array([1, 1, 2]) / 4)
    assert spectrum(-path).tolist() == [0.0, 0.0, 0.0]
    assert spectrum(cliques(4)) == pytest.approx(np.array([0, 4, 4, 4]) / 12)


@given(st.lists(st.lists(st.floats(0, 5), min_size=6, max_size=6), min_size=2, max_size=5), st.permutations(range(4)))
def test_a_spectral_distance_does_not_hang_on_the_order_of_the_actors(rows: list[list[float]], order: list[int]) -> None:
    networks = [squareform(np.array(row)) for row in rows]
    turned = [one[np.ix_(order, order)] for one in networks]
    apart = distances(networks, "spectral")
    assert np.allclose(apart, distances(turned, "spectral"), atol=1e-7)
    assert np.allclose(apart, apart.T)
    assert np.all(apart <= 2 + 1e-9)


signed = st.lists(st.integers(-9, 9), min_size=6, max_size=6).map(np.array)


@given(st.lists(signed, min_size=2, max_size=5), st.integers(1, 1000), st.sampled_from(["absolute", "spectral"]))
def test_a_distance_is_a_metric_and_hangs_on_no_scale(rows: list[Any], factor: int, kind: Any) -> None:
    networks = [squareform(row.astype(float)) for row in rows]
    apart = distances(networks, kind)
    assert np.all(apart >= 0)
    assert np.all(apart <= 2 + 1e-9)
    assert np.array_equal(apart, apart.T)
    assert np.allclose(apart[0], distances([factor / 7 * networks[0], *networks[1:]], kind)[0])
    assert distances([networks[0], factor / 7 * networks[0]], kind) == pytest.approx(np.zeros((2, 2)), abs=1e-7)
    assert np.all(apart <= apart[:, :1] + apart[:1] + 1e-7)  # no way round is shorter


@given(signed, signed)
def test_an_absolute_distance_changes_little_where_a_sum_crosses_zero(one: Any, other: Any) -> None:
    one[0] -= one.sum()
    assume(np.any(one))
    networks = [squareform(step + 0.0) for step in (one - 1e-9 * np.eye(6)[0], one, one + 1e-9 * np.eye(6)[0], other)]
    apart = distances(networks, "absolute")
    assert np.allclose(apart[3, :3], apart[3, 1], atol=1e-8)
    assert np.all(apart[:3, :3] < 1e-8)


def test_absolute_distances_are_of_networks_divided_by_all_their_weights() -> None:
    one = np.array([[0.0, 2], [2, 0]])
    assert distances([one, 10 * one, one * 0, -one], "absolute")[0].tolist() == [0, 0, 1, 2]
    balanced = squareform([3.0, -3.0, 0.0])
    assert distances([balanced, squareform([1.0, 0.0, 0.0])], "absolute")[0, 1] == 1.0
    assert distances([one, -one], "absolute", dna=True)[0, 1] == 0.0  # DNA takes a network and its reverse for the same


def test_states_are_the_clusters_in_their_order() -> None:
    place = np.array([5.0, 5.1, 0.0, 0.2, 5.05])
    apart = np.abs(place[:, None] - place)
    found = states_of(apart)
    assert found.state.tolist() == [1, 1, 2, 2, 1]
    assert found.silhouette == pytest.approx(silhouette(apart, np.array([0, 0, 1, 1, 0])))
    assert math.isnan(states_of(np.zeros((4, 4))).silhouette)
    # a pair at distance 1, whose others are at 3: 1 - 1/3
    pairs = np.array([[0, 1, 3, 3], [1, 0, 3, 3], [3, 3, 0, 1], [3, 3, 1, 0]], float)
    assert silhouette(pairs, np.array([0, 0, 1, 1])) == pytest.approx(2 / 3)


@pytest.mark.parametrize("kind", ["absolute", "spectral"])
def test_networks_alike_but_for_their_volume_make_no_states_of_their_rounding(kind: Any) -> None:
    network = squareform([0.1, 0.3, -0.7, 0.2, 0.9, 0.05])
    apart = distances([network * volume for volume in (1, 1 / 3, 7, 0.1, 3, 1 / 9)], kind)
    assert kind == "spectral" or np.any(apart)  # by rounding alone
    assert math.isnan(states_of(apart).silhouette)


@settings(max_examples=15)
@given(utterances(most=30))
def test_a_fixed_backbone_loses_no_more_than_the_nested_one_of_its_size(of: Utterances) -> None:
    how = Manner("actors", "subtract", "average")
    topics = len(set(of.topic.tolist()))
    order = nested(of, how)
    assert sorted(one.topic for one in order) == sorted(set(of.topic.tolist()))
    assert order[-1].statements == 0
    for size in range(1, topics):
        best = fixed(of, how, size)
        assert best.exact
        assert best.loss <= order[topics - size - 1].loss + 1e-9
    with pytest.raises(RashomonError, match="R502"):
        fixed(of, how, topics)
    with pytest.raises(RashomonError, match="R502"):
        nested(of, Manner("topics"))


@settings(max_examples=15)
@given(utterances(most=30), st.floats(0.5, 12), st.floats(0, 12), st.integers(0, 3))
def test_a_penalised_backbone_costs_least_and_shrinks_as_the_penalty_grows(
    of: Utterances, penalty: float, more: float, seed: int
) -> None:
    how = Manner("actors", "subtract", "average")
    topics = len(set(of.topic.tolist()))
    assume(topics > 1)

    def cost(size: int, loss: float, under: float = penalty) -> float:
        return loss * math.exp(-under * (topics - size) / topics)

    best = penalised(of, how, penalty)
    assert best.exact
    for size in range(1, topics):
        assert cost(len(best.topics), best.loss) <= cost(size, fixed(of, how, size).loss) + 1e-9
    assert len(penalised(of, how, penalty + more).topics) <= len(best.topics)
    once, again = (penalised(of, how, penalty, dna=True, seed=seed, steps=60) for _ in range(2))
    assert once == again  # the seed settles it
    bound = min(cost(size, fixed(of, how, size, dna=True).loss) for size in range(1, topics))
    assert cost(len(once.topics), once.loss) >= bound - 1e-9


def test_enough_steps_of_annealing_find_the_best_of_few_sets() -> None:
    rng = np.random.default_rng(3)
    of = said(*((int(a), int(t), int(v), 0, n) for n, (a, t, v) in enumerate(rng.integers(0, (5, 6, 2), (60, 3)))))
    how = Manner("actors", "subtract", "average")
    found = penalised(of, how, 5.0, dna=True, seed=1, steps=2000)
    costs = {
        size: fixed(of, how, size, dna=True).loss * math.exp(-5.0 * (6 - size) / 6) for size in range(1, 6)
    }  # fmt: skip
    assert found.loss * math.exp(-5.0 * (6 - len(found.topics)) / 6) == pytest.approx(min(costs.values()))
    for wrong in (0.0, -1.0):
        with pytest.raises(RashomonError, match="R502"):
            penalised(of, how, wrong)


def test_a_topic_that_no_two_actors_share_is_left_out_first() -> None:
    of = said((0, 0, 1, 0, 1), (1, 0, 1, 0, 1), (2, 1, 1, 0, 1), (1, 1, 0, 0, 1), (0, 2, 1, 0, 1))
    first = nested(of, Manner("actors", "congruence"))[0]
    assert (first.topic, first.loss) == (1, 0.0)  # conflict alone, which congruence does not see; the first of two without loss
