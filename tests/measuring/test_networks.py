"""Networks of a discourse from counts: the definitions, by loops over pairs; duplicates; sparse as dense; what is refused."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measuring.discourses import said, utterances
from rashomon.errors import RashomonError
from rashomon.measuring.networks import projecting
from rashomon.measuring.networks.projecting import AGGREGATIONS, NORMALISATIONS, Manner, network
from rashomon.measuring.networks.uttering import DUPLICATES, Utterances, thinned, units


def by_loops(of: Utterances, aggregation: str) -> np.ndarray:
    """The network of actors by its definition: every pair of statements of two actors on one topic."""
    out = np.zeros((len(of.actors), len(of.actors)))
    for one, other in itertools.product(range(len(of)), repeat=2):
        if of.actor[one] != of.actor[other] and of.topic[one] == of.topic[other]:
            apart = abs(of.scale.place[of.level[one]] - of.scale.place[of.level[other]]) / of.scale.span
            adds = {"congruence": 1 - apart, "conflict": apart, "subtract": 1 - 2 * apart, "ignore": 1.0}[aggregation]
            out[of.actor[one], of.actor[other]] += adds
    return out


@given(utterances(levels=2), st.sampled_from(AGGREGATIONS["actors"]))
def test_a_network_of_actors_is_the_sum_over_pairs_of_statements(of: Utterances, aggregation: str) -> None:
    assert np.allclose(network(of, Manner("actors", aggregation)), by_loops(of, aggregation))


@given(utterances(levels=4), st.sampled_from(AGGREGATIONS["actors"]))
def test_agreement_of_several_levels_counts_by_how_near_they_are(of: Utterances, aggregation: str) -> None:
    made = network(of, Manner("actors", aggregation))
    assert np.allclose(made, by_loops(of, aggregation))
    assert np.allclose(made, made.T)


@given(utterances())
def test_congruence_less_conflict_is_subtract_and_their_sum_is_ignore(of: Utterances) -> None:
    congruence, conflict, subtract, ignore = (network(of, Manner("actors", one)) for one in AGGREGATIONS["actors"])
    assert np.allclose(congruence - conflict, subtract)
    assert np.allclose(congruence + conflict, ignore)


@given(utterances())
def test_a_network_of_topics_is_that_of_actors_with_the_two_exchanged(of: Utterances) -> None:
    assert np.allclose(network(of, Manner("topics", "congruence")), by_loops(of.turned, "congruence"))


@given(utterances(levels=3))
def test_two_modes_count_add_and_combine(of: Utterances) -> None:
    ignore, subtract, combine = (network(of, Manner("two-mode", one)) for one in AGGREGATIONS["two-mode"])
    for actor, topic in itertools.product(range(len(of.actors)), range(len(of.topics))):
        levels = of.level[(of.actor == actor) & (of.topic == topic)]
        assert ignore[actor, topic] == len(levels)
        assert math.isclose(subtract[actor, topic], of.scale.amount[levels].sum(), abs_tol=1e-12)
        assert combine[actor, topic] == sum(2 ** (2 - level) for level in set(levels.tolist()))


@given(utterances())
def test_norms_are_what_they_are_called(of: Utterances) -> None:
    plain = network(of, Manner("actors", "congruence"))
    vectors = np.zeros((len(of.actors), len(of.topics) * 2))
    np.add.at(vectors, (of.actor, of.topic * 2 + of.level), 1)
    n = vectors.sum(axis=1)
    average, jaccard, cosine = (network(of, Manner("actors", "congruence", one)) for one in NORMALISATIONS["actors"][1:])
    for i, j in itertools.permutations(range(len(of.actors)), 2):
        one, other = vectors[i], vectors[j]
        if not (n[i] and n[j]):
            continue
        assert math.isclose(average[i, j], plain[i, j] / ((n[i] + n[j]) / 2))
        assert math.isclose(cosine[i, j], one @ other / math.sqrt((one @ one) * (other @ other)))
        shared = (one > 0) & (other > 0)
        alone = one[~(other > 0)].sum() + other[~(one > 0)].sum()
        assert math.isclose(jaccard[i, j], plain[i, j] / (alone + one[shared] @ other[shared]))
    once = np.minimum(vectors, 1)
    thin = network(thinned(of, "overall"), Manner("actors", "congruence", "jaccard"))
    for i, j in itertools.permutations(range(len(of.actors)), 2):
        union = np.maximum(once[i], once[j]).sum()
        assert math.isclose(thin[i, j], np.minimum(once[i], once[j]).sum() / union if union else 0.0)


@given(utterances(), st.sampled_from(["congruence", "subtract", "ignore"]))
def test_a_cosine_lies_between_minus_one_and_one_and_dnas_does_not_reach_it(of: Utterances, aggregation: str) -> None:
    true, dna = (network(of, Manner("actors", aggregation, "cosine", one)) for one in (False, True))
    assert np.all(np.abs(true) <= 1 + 1e-9)
    assert np.all(np.abs(dna) <= np.abs(true) + 1e-9)


def test_dnas_cosine_is_a_product_of_sums() -> None:
    of = said((0, 0, 1, 0, 1), (0, 1, 1, 0, 1), (1, 0, 1, 0, 1), (1, 1, 1, 0, 1))
    assert network(of, Manner("actors", "congruence", "cosine"))[0, 1] == pytest.approx(1.0)
    assert network(of, Manner("actors", "congruence", "cosine", dna=True))[0, 1] == 0.5


@given(utterances(), st.sampled_from(["ignore", "subtract"]))
def test_activity_and_prominence_divide_by_what_an_actor_says_and_what_is_said_on_a_topic(of: Utterances, how: str) -> None:
    plain = network(of, Manner("two-mode", how))
    counts = network(of, Manner("two-mode", "ignore"))
    activity, prominence = (network(of, Manner("two-mode", how, one)) for one in ("activity", "prominence"))
    assert np.allclose(activity * counts.sum(axis=1, keepdims=True), plain)
    assert np.allclose(prominence * counts.sum(axis=0), plain)


@given(utterances(), st.sampled_from([(mode, one, norm) for mode in AGGREGATIONS for one in AGGREGATIONS[mode]
                                      for norm in NORMALISATIONS[mode] if one != "combine" or norm == "none"]))  # fmt: skip
def test_sparse_networks_are_the_dense_ones(of: Utterances, asked: tuple[str, str, str]) -> None:
    how = Manner(*asked)  # type: ignore[arg-type]
    dense = network(of, how)
    most = projecting.DENSE
    projecting.DENSE = 0  # type: ignore[misc]
    try:
        made = network(of, how)
    finally:
        projecting.DENSE = most  # type: ignore[misc]
    assert not isinstance(made, np.ndarray)
    assert np.allclose(made.toarray(), dense)


# duplicates


def test_duplicates_count_once_in_their_period() -> None:
    january, next_year, monday, sunday = 733_408, 733_408 + 365, 733_405, 733_404  # 2009-01-01, a Thursday; 2008-12-29, 28
    of = said((0, 0, 1, 0, january), (0, 0, 1, 1, january), (0, 0, 1, 1, next_year), (0, 0, 0, 1, next_year))
    assert [len(thinned(of, one)) for one in DUPLICATES] == [4, 3, 3, 3, 3, 2]
    assert len(thinned(of, "overall", by_level=False)) == 1
    week = said((0, 0, 1, 0, monday), (0, 0, 1, 1, sunday), (0, 0, 1, 2, january))
    assert len(thinned(week, "week")) == 2


def test_months_of_two_years_are_two_months_but_not_in_dna() -> None:
    of = said((0, 0, 1, 0, 733_408), (0, 0, 1, 1, 733_408 + 371))  # 1 January 2009, 7 January 2010
    for period in ("month", "week"):
        assert len(set(units(of, period).tolist())) == 2
        assert len(set(units(of, period, dna=True).tolist())) == 1


@given(utterances(), st.sampled_from(DUPLICATES))
def test_of_each_unit_the_earliest_stays(of: Utterances, duplicates: str) -> None:
    kept = thinned(of, duplicates)  # type: ignore[arg-type]
    number = units(of, duplicates)  # type: ignore[arg-type]
    earliest = {unit: int(of.first[number == unit].min()) for unit in set(number.tolist())}
    assert sorted(kept.first.tolist()) == sorted(earliest.values())
    assert np.all(np.diff(kept.first) >= 0)


# what is refused


@pytest.mark.parametrize(
    "asked",
    [("three-mode",), ("actors", "combine"), ("two-mode", "congruence"), ("actors", "congruence", "activity"),
     ("two-mode", "ignore", "average"), ("two-mode", "combine", "activity")],
)  # fmt: skip
def test_a_manner_that_there_is_not_is_refused(asked: tuple[str, ...]) -> None:
    with pytest.raises(RashomonError) as raised:
        Manner(*asked)  # type: ignore[arg-type]
    assert raised.value.fault.code == "R502"
    assert raised.value.fault.remedy


def test_more_levels_than_a_number_can_name_are_not_combined() -> None:
    of = said(*[(0, 0, level, 0, 1) for level in range(53)], scale=tuple(range(53)))
    with pytest.raises(RashomonError, match="R502"):
        network(of, Manner("two-mode", "combine"))
