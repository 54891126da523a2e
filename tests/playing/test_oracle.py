"""The oracle itself: games solved by hand, and what must hold of every game."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from cases import CASES, UNSEEN, Case
from games import Graph, conflicts, graphs, hypergames, rules, shared_values
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import (
    COALITION_CONCEPTS,
    CONCEPTS,
    STRENGTH_CONCEPTS,
    Conflict,
    Rule,
    class_improvements,
    coalition_improvements,
    coalition_stable,
    coalitions_of,
    equilibria,
    equilibrium_jumps,
    improving_paths,
    joint_results,
    legal_ends,
    orders_of_priorities,
    orders_of_states,
    ranks_of_priorities,
    reached,
    read_graph,
    shortest_paths,
    smallest_change,
    stable,
    stable_states,
    strongly_stable,
    swaps_between,
    taken,
    universally_stable,
    weakly_stable,
)
from oracle_hypergames import (
    Hypergame,
    Said,
    agreement_states,
    blind_spots,
    blind_states,
    hypergame_equilibria,
    illusions,
    may,
    must,
    own_steps,
    resting_sets,
    seen,
    steps,
    surprises,
    view,
)
from oracle_shares import (
    failing_supersets,
    in_no_minimal_set,
    minimal_sufficient,
    null_edits,
    owen,
    shapley,
    shapley_of_owners,
    subsets,
)

NN, YN, NY, YY = 0, 1, 2, 3  # two options, the first player's first


def two_by_two(first: list[int], second: list[int]) -> Conflict:
    """A game with one option each, by the players' orders of the four states, best first."""
    orders = (first, second)
    ranks = np.array([[3 - order.index(s) for s in range(4)] for order in orders], np.int32)
    return read_graph(Graph((0, 1), 2, 3, 3, None, ranks))


DILEMMA = two_by_two([NY, YY, NN, YN], [YN, YY, NN, NY])
CHICKEN = two_by_two([NY, YY, YN, NN], [YN, YY, NY, NN])
STAG_HUNT = two_by_two([YY, NY, NN, YN], [YY, YN, NN, NY])


# --- By hand ----------------------------------------------------------------------------------------------------------------


def test_moves_keep_to_ones_own_options_and_their_directions() -> None:
    graph = Graph(
        (0, 0, 1),
        2,
        take=0b101,
        drop=0b110,
        feasible=np.array([1, 1, 1, 1, 1, 1, 0, 1], bool),
        ranks=np.zeros((2, 8), np.int32),
    )
    conflict = read_graph(graph)
    assert conflict.moves[0][0b010] == {0b000, 0b001, 0b011}, "the first taken, the second dropped, or both"
    assert conflict.moves[0][0b001] == frozenset(), "the first cannot be dropped, the second not taken"
    assert conflict.moves[1][0b010] == frozenset(), "NYY cannot be"
    assert conflict.moves[1][0b111] == {0b011}
    assert taken(0b101) == {0, 2}


def test_the_dilemma_by_hand() -> None:
    assert stable_states(DILEMMA, 0, "nash") == {NN, NY}
    assert equilibria(DILEMMA, "nash") == {NN}
    # from YY the first goes to NY; the second answers by NN, which the first likes less than YY and the second more than NY
    for concept in ("gmr", "smr", "seq", "sim"):
        assert equilibria(DILEMMA, concept) == {NN, YY}
    # from YN the first goes to NN; the second can only go to NY, the best of all
    assert not stable(DILEMMA, 0, YN, "gmr")


def test_chicken_by_hand() -> None:
    assert equilibria(CHICKEN, "nash") == {YN, NY}
    # from YY the first goes to NY; the second could answer by NN, to its own hurt: GMR and SMR, not SEQ
    assert equilibria(CHICKEN, "gmr") == equilibria(CHICKEN, "smr") == {YN, NY, YY}
    assert equilibria(CHICKEN, "seq") == {YN, NY}
    # if both go at once they come to NN
    assert joint_results(CHICKEN, 0, YY, NY) == {NY, NN}
    assert YY in equilibria(CHICKEN, "sim")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases_that_known_errors_decide(case: Case) -> None:
    conflict = read_graph(case.graph)
    assert stable(conflict, case.player, case.state, case.concept, "sequence") == case.sequence
    assert stable(conflict, case.player, case.state, case.concept, "single") == case.single
    assert case.sequence != case.wrong


def each_moves_once(conflict: Conflict, members: list[int], start: int, improving: bool) -> set[int]:
    """The error: no opponent twice in a sequence, even with another between."""
    arcs = conflict.improvements if improving else conflict.moves
    found: set[int] = set()
    for order in permutations(members):
        here = {start}
        for j in order:
            here |= {t for s in here for t in arcs[j][s]}
        found |= here - {start}
    return found


@pytest.mark.parametrize("case", [case for case in CASES if case.concept != "sim"], ids=lambda case: case.name)
def test_these_cases_catch_a_program_that_lets_each_opponent_move_once(case: Case) -> None:
    conflict = read_graph(case.graph)
    (improvement,) = conflict.improvements[case.player][case.state]
    opponents = [j for j in conflict.players if j != case.player]
    answers = each_moves_once(conflict, opponents, improvement, improving=case.concept == "seq")
    assert any(conflict.rank[case.player][x] <= conflict.rank[case.player][case.state] for x in answers) == case.wrong


def test_legal_sequences_keep_the_last_mover() -> None:
    conflict = read_graph(CASES[0].graph)
    others = frozenset({1, 2})
    # A, B, A, and then B back to where it began
    assert legal_ends(conflict, others, 1, True) == {(3, 1), (7, 2), (5, 1), (1, 2)}
    assert reached(conflict, others, 1, improving=True) == {3, 7, 5, 1}
    # without the rank in the way the second opponent goes there at once
    assert (5, 2) in legal_ends(conflict, others, 1, False)


def test_a_coalition_leaves_mutual_defection() -> None:
    assert coalition_improvements(DILEMMA, {0, 1}, NN) == {YY}
    for concept in COALITION_CONCEPTS:
        assert not coalition_stable(DILEMMA, {0, 1}, NN, concept), "nobody is left to deter it"
        assert coalition_stable(DILEMMA, {0, 1}, YY, concept)
    assert universally_stable(DILEMMA, YY, "seq")
    assert not universally_stable(DILEMMA, NN, "seq")
    assert equilibrium_jumps(DILEMMA, "seq") == {(NN, YY, frozenset({0, 1}))}
    assert equilibrium_jumps(DILEMMA, "nash") == frozenset()


def test_strength_of_preference_by_hand() -> None:
    # the sanction of leaving YY is NN, which is greatly worse only where a border of tiers runs between the two
    near = {i: {NN: 0, YN: 0, NY: 0, YY: 0} for i in (0, 1)}
    far = {0: {YN: 0, NN: 0, YY: 1, NY: 1}, 1: {NY: 0, NN: 0, YY: 1, YN: 1}}
    for concept in STRENGTH_CONCEPTS:
        assert strongly_stable(DILEMMA, far, 0, YY, concept)
        assert not strongly_stable(DILEMMA, near, 0, YY, concept)
        assert weakly_stable(DILEMMA, near, 0, YY, concept)
        assert strongly_stable(DILEMMA, near, 0, NN, concept), "nothing to deter it from"


def test_paths_by_hand() -> None:
    assert shortest_paths(DILEMMA, YY) == {
        YY: [()],
        NY: [((0, NY),)],
        YN: [((1, YN),)],
        NN: [((0, NY), (1, NN)), ((1, YN), (0, NN))],
    }
    assert improving_paths(DILEMMA, YN, 5) == [((0, NN),)]
    assert shortest_paths(CHICKEN, YN) == {YN: [()]}


def test_priorities_are_lexicographic_and_dense() -> None:
    first_taken, second_taken = frozenset({YN, YY}), frozenset({NY, YY})
    assert ranks_of_priorities([second_taken, first_taken], range(4)) == {NN: 0, YN: 1, NY: 2, YY: 3}
    assert ranks_of_priorities([first_taken], range(4)) == {NN: 0, NY: 0, YN: 1, YY: 1}
    assert ranks_of_priorities([], range(4)) == dict.fromkeys(range(4), 0)


def test_the_inverse_question_by_hand() -> None:
    # the first holds YY against its one move, to NY: in half of the 24 orders YY is above
    assert len(orders_of_states(DILEMMA, 0, YY, "nash")) == 12
    # else the second answers NY by NN: stable too where NN is below YY, which is 4 of the 12 (NY, YY, NN in this order)
    assert len(orders_of_states(DILEMMA, 0, YY, "seq")) == 16
    conditions = [frozenset({NY, YY}), frozenset({NN, NY})]  # the other cooperates; I defect
    assert orders_of_priorities(DILEMMA, 0, conditions, YY, "nash") == []
    assert orders_of_priorities(DILEMMA, 0, [frozenset({YY}), *conditions], YY, "nash") == [
        (0, 1, 2),
        (0, 2, 1),
        (1, 0, 2),
    ]
    assert smallest_change((2, 1, 0), [(0, 1, 2), (1, 0, 2)]) == 2
    assert smallest_change((0, 1), []) is None
    assert swaps_between("abcd", "bacd") == 1


# --- Misperception by hand --------------------------------------------------------------------------------------------------

HARDLINER = {0: {NY: 3, NN: 2, YY: 1, YN: 0}, 1: {YN: 3, NN: 2, YY: 1, NY: 0}}


def hunt(*mistaken: int) -> Hypergame:
    """Both would hunt the stag; each of the mistaken takes the other for a hardliner."""
    return Hypergame(STAG_HUNT, {(i,): Said(rank={1 - i: HARDLINER[1 - i]}) for i in mistaken}, status_quo=NN)


def test_a_mutual_misreading_keeps_the_status_quo() -> None:
    game = hunt(0, 1)
    assert game.expects == {0: {NN}, 1: {NN}}
    assert steps(game, NN) == frozenset()
    assert resting_sets(game) == {frozenset({NN})}
    agreed = agreement_states(game, {YY}, veto=(0, 1))
    assert agreed == {YY}
    assert not must(game, agreed)
    assert not may(game, agreed)
    assert blind_spots(game, 0) == {YY}
    assert illusions(game, 0) == surprises(game, 0) == frozenset()
    # a first-level hypergame asks each player about itself alone: neither would leave YY, though neither expects it to last
    assert hypergame_equilibria(game) == {NN, YY}


def test_one_misreading_left_is_enough_to_prevent_agreement() -> None:
    game = hunt(0)
    assert game.expects == {0: {NN}, 1: {NN, YY}}
    assert resting_sets(game) == {frozenset({NN})}


def test_agreement_needs_a_joint_step_even_where_nobody_errs() -> None:
    game = hunt()
    assert own_steps(game, 0, NN) == own_steps(game, 1, NN) == frozenset()
    assert steps(game, NN) == {YY}
    assert resting_sets(game) == {frozenset({YY})}
    agreed = agreement_states(game, {YY}, veto=(0, 1))
    assert must(game, agreed)
    assert may(game, agreed)
    dilemma = Hypergame(DILEMMA, {}, status_quo=NN)
    assert resting_sets(dilemma) == {frozenset({YY})}


def test_what_a_view_leaves_unsaid_is_inherited_from_the_shorter_path() -> None:
    game = Hypergame(
        STAG_HUNT, {(0,): Said(rank={1: HARDLINER[1]}), (0, 1): Said(rank={0: HARDLINER[0]})}, status_quo=NN
    )
    assert view(game, (0, 1)).rank == HARDLINER
    assert view(game, (0, 1, 0)).rank == HARDLINER
    assert view(game, (1, 0)).rank == STAG_HUNT.rank
    assert view(game, (0,)).rank == {0: STAG_HUNT.rank[0], 1: HARDLINER[1]}


def test_unknown_options_and_impossible_states_are_not_seen_farther_along_the_path() -> None:
    said = {(0,): Said(unaware=frozenset({1})), (0, 1): Said(impossible=frozenset({YN}))}
    game = Hypergame(STAG_HUNT, said, status_quo=NN)
    assert seen(game, (0,)) == {NN, YN}
    assert seen(game, (0, 1)) == {NN}
    assert seen(game, (1,)) == {NN, YN, NY, YY}
    assert blind_states(game, 0) == {NY, YY}
    assert own_steps(game, 0, NY) == frozenset()
    with pytest.raises(ValueError, match="status quo"):
        Hypergame(STAG_HUNT, {(0,): Said(unaware=frozenset({1}))}, status_quo=NY)


def test_a_state_that_a_player_cannot_see_is_never_stable_for_it() -> None:
    game = Hypergame(read_graph(UNSEEN.graph), {(UNSEEN.viewer,): Said(impossible=UNSEEN.impossible)}, status_quo=YY)
    mine = view(game, (UNSEEN.viewer,))
    for concept, of_players in UNSEEN.stable_in_view.items():
        for i, states in of_players.items():
            assert stable_states(mine, i, concept) == states
    assert not UNSEEN.impossible & game.expects[UNSEEN.viewer]


def test_a_step_that_the_view_takes_for_unsanctioned_leads_to_a_surprise() -> None:
    # in the dilemma the first thinks that the second would rather be exploited than answer
    meek = {YN: 3, YY: 2, NY: 1, NN: 0}
    game = Hypergame(DILEMMA, {(0,): Said(rank={1: meek})}, status_quo=YY)
    assert own_steps(game, 0, YY) == {NY}
    assert own_steps(game, 1, NY) == {NN}
    assert NN not in game.expects[0]
    assert YY not in game.expects[0]
    # from NN both would go back to YY, but the first does not expect it to last
    assert resting_sets(game) == {frozenset({NN})}
    assert surprises(game, 0) == {NN}
    assert illusions(game, 0) == {NY}
    assert blind_spots(game, 0) == {NN, YY}


# --- Shares by hand ---------------------------------------------------------------------------------------------------------


def both_sides(some: frozenset[object]) -> int:
    """Needs one edit of Tokyo and both of Moscow's."""
    return int(some >= {"t", "m1", "m2"})


def test_shares_by_hand() -> None:
    owner = {"t": "tokyo", "m1": "moscow", "m2": "moscow"}
    third, half, quarter = Fraction(1, 3), Fraction(1, 2), Fraction(1, 4)
    assert shapley(both_sides, list(owner)) == dict.fromkeys(owner, third)
    assert owen(both_sides, owner) == {"t": half, "m1": quarter, "m2": quarter}
    assert shapley_of_owners(both_sides, owner) == {"tokyo": half, "moscow": half}
    # Shapley & Shubik 1954: in a council of 3 with weights 2, 1, 1 and quota 3 the powers are 2/3, 1/6, 1/6
    weights = {"a": 2, "b": 1, "c": 1}
    power = shapley(lambda some: int(sum(weights[member] for member in some) >= 3), list(weights))
    assert power == {"a": Fraction(2, 3), "b": Fraction(1, 6), "c": Fraction(1, 6)}


def test_sufficient_sets_by_hand() -> None:
    def value(some: frozenset[str]) -> int:
        return int("a" in some and "spoils" not in some)

    edits = ("a", "idle", "spoils")
    assert minimal_sufficient(value, edits) == {frozenset({"a"})}
    assert failing_supersets(value, edits) == {frozenset({"a", "spoils"}), frozenset(edits)}
    assert in_no_minimal_set(value, edits) == {"idle", "spoils"}
    assert null_edits(value, edits) == {"idle"}
    assert minimal_sufficient(lambda _: 1, edits) == {frozenset()}


# --- What must hold of every game -------------------------------------------------------------------------------------------


@given(conflicts(), rules())
def test_the_known_relations_of_the_concepts(conflict: Conflict, rule: Rule) -> None:
    for i in conflict.players:
        nash, gmr, smr, seq, sim = (stable_states(conflict, i, concept, rule) for concept in CONCEPTS)
        assert nash <= seq <= gmr
        assert nash <= smr <= gmr
        assert nash <= sim


@given(conflicts(most_options=5))
def test_more_sanctions_never_make_a_state_unstable(conflict: Conflict) -> None:
    for i in conflict.players:
        for concept in CONCEPTS:
            assert stable_states(conflict, i, concept, "single") <= stable_states(conflict, i, concept, "sequence")
        assert stable_states(conflict, i, "sim", "single") == stable_states(conflict, i, "sim", "sequence")


@given(conflicts(most_players=2))
def test_with_two_players_the_rules_agree_and_sim_lies_within_gmr(conflict: Conflict) -> None:
    for concept in CONCEPTS:
        assert equilibria(conflict, concept, "single") == equilibria(conflict, concept, "sequence")
    for i in conflict.players:
        assert stable_states(conflict, i, "sim") <= stable_states(conflict, i, "gmr"), (
            "a joint result is an answer to the move"
        )


def plainly_reached(conflict: Conflict, members: frozenset[int], start: int, improving: bool) -> set[int]:
    """Reachability without regard to who moved last."""
    arcs = conflict.improvements if improving else conflict.moves
    found, fresh = {start}, {start}
    while fresh:
        fresh = {t for s in fresh for j in members for t in arcs[j][s]} - found
        found |= fresh
    return found


@given(conflicts(most_options=5), st.booleans())
def test_where_moves_are_sets_of_own_options_legal_sequences_are_plain_reachability(
    conflict: Conflict, improving: bool
) -> None:
    for members in coalitions_of(conflict.players):
        for s in conflict.states:
            assert reached(conflict, members, s, improving) | {s} == plainly_reached(conflict, members, s, improving)


@given(conflicts(most_options=4), rules())
def test_a_coalition_of_one_differs_only_in_what_opponents_do_jointly(conflict: Conflict, rule: Rule) -> None:
    for i in conflict.players:
        for s in conflict.states:
            for concept in ("nash", "gmr", "smr"):
                assert coalition_stable(conflict, {i}, s, concept, rule) == stable(conflict, i, s, concept, rule)
            # joint improvements are sanctions on top of single ones: never fewer states are stable
            assert coalition_stable(conflict, {i}, s, "seq", rule) or not stable(conflict, i, s, "seq", rule)


@given(conflicts(most_options=4, most_players=3), rules())
def test_known_relations_of_coalition_concepts(conflict: Conflict, rule: Rule) -> None:
    for members in coalitions_of(conflict.players):
        for s in conflict.states:
            nash, gmr, smr, seq = (
                coalition_stable(conflict, members, s, concept, rule) for concept in COALITION_CONCEPTS
            )
            assert nash <= seq
            assert nash <= smr <= gmr
            if rule == "sequence":
                assert seq <= gmr, "a coalition's one step may be a sequence, which GMR's single move is not"


@given(conflicts(most_options=4))
def test_class_improvements_hold_what_opponents_improve_alone(conflict: Conflict) -> None:
    members = frozenset(conflict.players)
    for s in conflict.states:
        assert reached(conflict, members, s, improving=True) <= class_improvements(conflict, members, s, "sequence")


@given(conflicts(most_options=4), rules())
def test_tiers_grade_stability(conflict: Conflict, rule: Rule) -> None:
    one = {i: dict.fromkeys(conflict.states, 0) for i in conflict.players}
    for i in conflict.players:
        for s in conflict.states:
            nash = stable(conflict, i, s, "nash")
            for concept in STRENGTH_CONCEPTS:
                assert strongly_stable(conflict, one, i, s, concept, rule) == nash
                strong = strongly_stable(conflict, conflict.rank, i, s, concept, rule)
                assert strong <= stable(conflict, i, s, concept, rule), (
                    "a tier for each rank: only ties sanction weakly"
                )


@given(conflicts(most_options=4))
def test_shortest_paths_reach_what_improving_sequences_reach(conflict: Conflict) -> None:
    start = min(conflict.states)
    paths = shortest_paths(conflict, start)
    assert set(paths) == reached(conflict, conflict.players, start, improving=True) | {start}
    for goal, found in paths.items():
        assert found
        assert len({len(path) for path in found}) == 1
        assert all((path[-1][1] if path else start) == goal for path in found)


@settings(max_examples=25)
@given(hypergames())
def test_what_must_hold_of_every_hypergame(game: Hypergame) -> None:
    shallow = Hypergame(game.truth, {path: said for path, said in game.said.items() if len(path) == 1}, game.status_quo)
    for i in game.truth.players:
        assert game.expects[i] <= stable_states(view(game, (i,)), i, "seq")
        # where nothing is said of what i takes the others to see, they are taken to see what i sees
        assert shallow.expects[i] == equilibria(view(shallow, (i,)), "seq")
    resting = resting_sets(game)
    assert resting
    assert sum(map(len, resting)) == len(frozenset[int]().union(*resting)), "they are disjoint"
    for rest in resting:
        assert all(steps(game, s) <= rest for s in rest)


@given(hypergames(most_options=3))
def test_without_misperception_nothing_is_surprising_but_what_is_unstable(game: Hypergame) -> None:
    true = Hypergame(game.truth, {}, game.status_quo)
    for i in true.truth.players:
        assert illusions(true, i) == blind_spots(true, i) == blind_states(true, i) == frozenset()
        assert true.expects[i] == equilibria(true.truth, "seq")


@given(shared_values())
def test_values_are_efficient_symmetric_and_silent_on_null_edits(
    shared: tuple[dict[frozenset[int], Fraction], dict[int, str]],
) -> None:
    value, owner = shared
    edits = list(owner)
    gain = value[frozenset(edits)] - value[frozenset()]
    for share in (shapley(value.__getitem__, edits), owen(value.__getitem__, owner)):
        assert sum(share.values()) == gain
        assert all(share[edit] == 0 for edit in null_edits(value.__getitem__, edits))
    of_owners = shapley_of_owners(value.__getitem__, owner)
    by_edit = owen(value.__getitem__, owner)
    assert of_owners == {one: sum(by_edit[e] for e in edits if owner[e] == one) for one in of_owners}
    for some in subsets(edits):
        is_minimal = some in minimal_sufficient(value.__getitem__, edits)
        assert is_minimal == (value[some] == 1 and all(value[less] != 1 for less in subsets(some) if less != some))


@given(shared_values(most_edits=3))
def test_splitting_an_edit_gives_its_owner_nothing(
    shared: tuple[dict[frozenset[int], Fraction], dict[int, str]],
) -> None:
    value, owner = shared
    half = len(owner)  # edit 0 needs its other half too

    def split(some: frozenset[int]) -> Fraction:
        return value[some - {half}] if half in some else value[some - {0}]

    assert shapley_of_owners(split, {**owner, half: owner[0]}) == shapley_of_owners(value.__getitem__, owner)


@given(graphs())
def test_random_graphs_are_of_the_promised_kind(graph: Graph) -> None:
    assert 1 <= graph.players <= 4
    assert set(graph.owner) == set(range(graph.players))
    assert len(graph.owner) <= 6
    assert graph.ranks.shape == (graph.players, 2 ** len(graph.owner))
    assert graph.ranks.dtype == np.int32
    assert graph.feasible is None or graph.feasible.any()
