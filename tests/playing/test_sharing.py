"""What-ifs and causal shares: sets of edits against games edited one by one, and what defines the shares."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from as_games import declared_hypergame, ranking
from games import hypergames
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle_shares import owen, subsets

from rashomon.errors import RashomonError
from rashomon.playing.arenas import Arena
from rashomon.playing.asking import Conflict
from rashomon.playing.departing import Departures
from rashomon.playing.doubting import draw_orders, reordered
from rashomon.playing.editing import edited
from rashomon.playing.games import Add, Correct, Edit, Game, Move, Option, Prefer, Preferences, Remove, Veto, View
from rashomon.playing.graphs import SEQ
from rashomon.playing.misperceiving import Judge, Play


def outcome(game: Game) -> tuple[bool, bool]:
    ends = Play(Arena.of(game), Judge()).outcomes
    assert ends is not None
    return bool(ends.must[0]), bool(ends.may[0])


@st.composite
def games_with_edits(draw: st.DrawFn) -> Game:
    """A random hypergame with up to four edits of different kinds."""
    hyper = draw(hypergames(most_options=3))
    assume(hyper.truth.take | hyper.truth.drop == frozenset(hyper.truth.owner))
    states = sorted(hyper.truth.states)
    agreement = draw(st.sets(st.sampled_from(states), min_size=1))
    game = declared_hypergame(hyper, agreement, draw(st.sets(st.sampled_from(hyper.truth.players))))
    players = st.sampled_from(game.actors)
    orders = st.permutations(range(len(states))).map(lambda ranks: dict(zip(states, ranks, strict=True)))
    views = sorted(game.views)
    changes = [
        orders.map(lambda rank: Prefer(ranking(rank, len(game.options)))),
        st.sampled_from(game.options).map(lambda option: Remove(option.id)),
        players.map(lambda actor: Veto(actor, needed=actor not in game.vetoes)),
        st.sampled_from(game.options).map(lambda option: Move(((option.id, "both"),))),
        players.map(lambda actor: Add(Option("extra", actor, "", "take"))),
    ]
    changes += [st.sampled_from(views).map(Correct)] if views else []
    made = [draw(change) for change in draw(st.lists(st.sampled_from(changes), max_size=4, unique_by=id))]
    removed = {one.option for one in made if isinstance(one, Remove)}
    made = [one for one in made if not (isinstance(one, Move) and {option for option, _ in one.ways} & removed)]
    owners = [one.option.owner if isinstance(one, Add) else draw(players) for one in made]
    return replace(game, edits=tuple(Edit(f"e{k}", by, "", one) for k, (by, one) in enumerate(zip(owners, made, strict=True))))


@given(games_with_edits())
def test_sets_of_edits_end_as_the_edited_games_do(game: Game) -> None:
    departures = Departures(game, Judge())
    must, may = departures.values()
    for mask in range(1 << len(game.edits)):
        alone = outcome(edited(game, departures_chosen(game, mask)))
        assert (bool(must[0, mask]), bool(may[0, mask])) == alone


def departures_chosen(game: Game, mask: int) -> list[Edit]:
    return [edit for e, edit in enumerate(game.edits) if mask >> e & 1]


@given(games_with_edits(), st.randoms())
def test_edits_commute(game: Game, random: st.randoms) -> None:  # type: ignore[valid-type]
    edits = list(game.edits)
    random.shuffle(edits)  # type: ignore[attr-defined]
    assert edited(game, edits) == edited(game, game.edits)


@given(games_with_edits())
def test_shares_sum_to_what_all_edits_gain(game: Game) -> None:
    shares = Conflict(game).causal_shares()
    before, after = outcome(game)[0], outcome(edited(game, game.edits))[0]
    assert not game.edits or (shares.before, shares.after) == (before, after)
    if after <= before or not game.edits:
        assert shares.rows == ()
        assert shares.because
        return
    owners = [row for row in shares.rows if not row.edit]
    assert np.isclose(sum(row.share.estimate for row in owners), shares.gain)
    for row in owners:
        own = [one.share.estimate for one in shares.rows if one.owner == row.owner and one.edit]
        assert not own or np.isclose(sum(own), row.share.estimate)
        assert row.least <= row.share.estimate <= row.most


@given(games_with_edits())
def test_a_share_lies_within_its_interval_and_sums_to_the_gain_under_doubt(game: Game) -> None:
    wanted = {
        actor: replace(one, doubt=(tuple(range(min(3, len(one.levels)))),)) if len(one.levels) > 1 else one
        for actor, one in game.preferences.items()
    }
    found = Conflict(replace(game, preferences=wanted), draws=50).causal_shares()
    for row in found.rows:
        assert row.share.low <= row.share.estimate <= row.share.high
    assert not found.rows or np.isclose(sum(row.share.estimate for row in found.rows if not row.edit), found.gain)


LISTS = st.lists(st.sampled_from(["a", "!b", "c", "a & b", "b | c", "!a", "b"]), min_size=3, max_size=4, unique=True)


def dilemma(**more: object) -> Game:
    """A Prisoner's Dilemma in which each player takes the other to like mutual cooperation less than mutual defection."""
    options = (Option("a", "x"), Option("b", "y"))
    x, y = Preferences(levels=(("NY",), ("YY",), ("NN",), ("YN",))), Preferences(levels=(("YN",), ("YY",), ("NN",), ("NY",)))
    wary_x = Preferences(levels=(("NY",), ("NN",), ("YY",), ("YN",)))
    wary_y = Preferences(levels=(("YN",), ("NN",), ("YY",), ("NY",)))
    game = Game(
        "dilemma", "", "", "", ("x", "y"), options, (), frozenset(), {"x": x, "y": y},
        {("x",): View({"y": wary_y}), ("y",): View({"x": wary_x})}, (), "a & b",
        (Edit("x-sees", "x", "", Correct(("x", "y"))), Edit("y-sees", "y", "", Correct(("y", "x")))), {},
    )  # fmt: skip
    return replace(game, **more)  # type: ignore[arg-type]


def test_where_both_must_see_each_has_half() -> None:
    shares = Conflict(dilemma()).causal_shares()
    assert [(row.owner, row.share.estimate) for row in shares.rows] == [("x", 0.5), ("y", 0.5)]
    assert [one.edits for one in shares.enough] == [("x-sees", "y-sees")]
    assert (shares.alone, shares.idle) == ((("x", 0.0), ("y", 0.0)), ())


def test_what_if_says_what_changes() -> None:
    one, both = Conflict(dilemma()).what_if("x-sees", ["x-sees", "y-sees"]).rows
    assert (one.says, one.gained) == ("nothing changes about agreement", ())
    assert both.outcome == (("YY",),)
    assert (both.gained, both.lost) == (("YY",), ("NN",))
    assert both.says == "an agreement comes about, where without it none does"


def test_an_edit_that_is_not_there_and_a_game_without_an_end_are_errors() -> None:
    with pytest.raises(RashomonError, match="R004"):
        Conflict(dilemma()).what_if("x-saw")
    with pytest.raises(RashomonError, match="R816"):
        Conflict(dilemma(agreement="")).what_if("x-sees")
    with pytest.raises(RashomonError, match="R816"):
        Conflict(dilemma(status_quo=None)).causal_shares()


@pytest.mark.parametrize("asked", ["solve", "what_if", "causal_shares"])
def test_every_answer_keeps_to_the_memory_allowed(asked: str) -> None:
    game = Conflict(dilemma(), memory=10)
    with pytest.raises(RashomonError, match="R804"):
        {"solve": game.solve, "what_if": lambda: game.what_if("x-sees"), "causal_shares": game.causal_shares}[asked]()


@given(LISTS, LISTS, st.data())
def test_orders_in_doubt_are_played_one_by_one(one: list[str], other: list[str], data: st.DataObject) -> None:
    options = (Option("a", "x"), Option("b", "y"), Option("c", "y"))
    x, y = Preferences(tuple(one), doubt=((0, 1, 2),)), Preferences(tuple(other), doubt=((1, 2),))
    prefer = Edit("e", "x", "", Prefer(Preferences(tuple(data.draw(LISTS)))))
    game = Game(
        "doubt", "", "", "", ("x", "y"), options, (), frozenset(), {"x": x, "y": y}, {}, (), "a & b", (prefer,), {}
    )
    orders = draw_orders(game, 200, 1991)
    assert (len(orders), orders.total, orders.sampled) == (12, 12, False)
    assert orders.of(x)[0].conditions == tuple(one)
    must, _ = Departures(game, Judge("sequence", SEQ, orders)).values()
    every = list(product(permutations((0, 1, 2)), permutations((1, 2))))
    for k, (of_x, of_y) in enumerate(every):
        drawn = replace(game, preferences={"x": reordered(x, [of_x]), "y": reordered(y, [of_y])})
        assert (bool(must[k, 0]), bool(must[k, 1])) == (outcome(drawn)[0], outcome(edited(drawn, game.edits))[0])
    shares = Conflict(game).causal_shares()
    assert np.isclose(shares.gain, must[:, 1].mean() - must[:, 0].mean())


@given(LISTS, LISTS, LISTS, st.booleans())
def test_an_edit_in_doubt_is_the_mean_over_the_games_of_its_orders(
    one: list[str], other: list[str], third: list[str], same: bool
) -> None:
    """The same list with the same doubt, true and given by an edit, moves in both at once."""
    options = (Option("a", "x"), Option("b", "y"), Option("c", "y"))
    x, given_ = Preferences(tuple(one), doubt=((0, 1),)), Preferences(tuple(third), doubt=((0, 1, 2),))
    y = given_ if same else Preferences(tuple(other))
    edits = (Edit("e", "x", "", Prefer(given_)), Edit("f", "y", "", Prefer(Preferences(("a & b", "!c")))))
    game = Game("edits", "", "", "", ("x", "y"), options, (), frozenset(), {"x": x, "y": y}, {}, (), "a & b", edits, {})
    value: dict[frozenset[str], list[bool]] = {}
    for of_x, of_given in product(permutations((0, 1)), permutations((0, 1, 2))):
        drawn = reordered(given_, [of_given])
        wanted = {"x": reordered(x, [of_x]), "y": drawn if same else y}
        single = replace(game, preferences=wanted, edits=(replace(edits[0], change=Prefer(drawn)), edits[1]))
        for some in subsets(["e", "f"]):
            value.setdefault(some, []).append(outcome(edited(single, [single.edit(name) for name in sorted(some)]))[0])
    means = {some: Fraction(sum(ends), len(ends)) for some, ends in value.items()}
    found = Conflict(game).causal_shares()
    assert (found.orders, {len(ends) for ends in value.values()}) == (12, {12})
    assert np.isclose(found.gain, float(means[frozenset("ef")] - means[frozenset()]))
    expected = owen(means.__getitem__, {"e": "x", "f": "y"})
    for row in found.rows:
        assert np.isclose(row.share.estimate, float(expected[{"x": "e", "y": "f"}[row.owner]]))


def test_a_sample_of_orders_has_the_declared_one_first_and_uncounted() -> None:
    wanted = Preferences(("a", "b", "!a", "!b", "a & b"), doubt=((0, 1, 2, 3, 4),))
    game = dilemma(preferences={"x": wanted, "y": dilemma().preferences["y"]})
    orders = draw_orders(game, 50, 7)
    assert (len(orders), orders.total, int(orders.counted.sum()), bool(orders.counted[0])) == (51, 120, 50, False)
    assert orders.of(wanted)[0] == wanted
    assert orders.of(wanted)[1:] == draw_orders(game, 50, 7).of(wanted)[1:]
    assert len(set(orders.of(wanted))) > 20
