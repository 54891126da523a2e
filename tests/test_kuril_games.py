"""The worked games: their premises rest on records, and they say what the explanation says of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import rashomon
from conftest import ROOT
from rashomon.cli import cli
from rashomon.playing import Conflict, Played, play
from rashomon.playing.games import Preferences, View
from rashomon.reporting import game_lines
from rashomon.reporting.findings import foremost

GAMES = ("visit-1986", "balanced-expansion-1989", "draft-1990", "summit-1991", "visit-1992", "krasnoyarsk-1997")


@pytest.fixture(scope="module")
def games(worked: rashomon.Study) -> dict[str, Conflict]:
    return {one.game.id: one for one in worked.games()}


@pytest.fixture(scope="module")
def played(worked: rashomon.Study) -> dict[str, Played]:
    return {one.game.id: one for one in worked.plays().games}


def told(played: Played) -> dict[tuple[str, ...], int]:
    """In how many of a hundred orders an agreement must come about, by the edits made."""
    assert played.what_ifs is not None
    shares = {row.edits: row.must.estimate for row in played.what_ifs.rows}
    shares[()] = played.what_ifs.rows[0].before_must.estimate
    return {edits: round(100 * share) for edits, share in shares.items()}


def shares(played: Played) -> dict[str, float]:
    assert played.shares is not None
    return {row.owner: round(row.share.estimate, 2) for row in played.shares.rows if not row.edit}


def test_there_are_six_and_every_priority_rests_on_records(games: dict[str, Conflict]) -> None:
    assert set(games) == set(GAMES)
    for one in games.values():
        game = one.game
        lists = [((), actor, wanted) for actor, wanted in game.preferences.items()]
        lists += [(path, actor, wanted) for path, view in game.views.items() for actor, wanted in view.preferences.items()]
        for path, actor, wanted in lists:
            for condition in wanted.conditions:
                assert game.evidence.get((path, actor, condition)), (game.id, path, actor, condition)
        assert {edit.by for edit in game.edits} & set(game.actors)
        assert any(wanted.doubt for wanted in game.preferences.values())


def test_small_sets_of_orders_are_played_whole(games: dict[str, Conflict]) -> None:
    whole = {name: len(one.orders) for name, one in games.items() if not one.orders.sampled}
    assert whole == {"visit-1986": 1152, "draft-1990": 192, "visit-1992": 432}
    (draws,) = (one.default for one in cli.commands["play"].params if one.name == "draws")
    assert {one.draws for one in games.values()} == {draws}


def test_the_visit_of_1986(played: dict[str, Played]) -> None:
    found = told(played["visit-1986"])
    assert {found[edits] for edits in found if len(edits) < 2} == {0}  # had Gorbachev affirmed, Tokyo refuses
    assert found["ministry-sees", "ministry-steps-aside"] == 100
    assert shares(played["visit-1986"]) == {"gaimusho": 0.85, "cpsu": 0.32, "gorbachev": -0.07, "nakasone": -0.1}


def test_balanced_expansion(played: dict[str, Played]) -> None:
    found = told(played["balanced-expansion-1989"])
    asked = ["ministry-sees-washington", "ministry-sees-moscow", "ministry-expands"]
    assert [found[()], *(found[one,] for one in asked)] == [6, 38, 6, 0]
    assert set(shares(played["balanced-expansion-1989"]).values()) == {0.47}


def test_the_draft_of_1990(played: dict[str, Played]) -> None:
    one = played["draft-1990"]
    found = told(one)
    asked = [(), ("ministry-sees",), ("ministry-starts-from-1956",), ("ministry-sees", "ministry-starts-from-1956")]
    assert [found[edits] for edits in asked] == [10, 29, 25, 50]
    assert found["gorbachev-affirms",] == 21
    assert shares(one) == {"gaimusho": 0.61, "gorbachev": 0.30, "abe-shintaro": -0.01}


def test_the_summit_of_1991(played: dict[str, Played]) -> None:
    found = told(played["summit-1991"])
    assert {found[edits] for edits in found if len(edits) < 2} == {0, 31}
    assert found["ministry-takes-1956",] == 31
    assert shares(played["summit-1991"]) == {"gaimusho": 0.63, "gorbachev": 0.35, "ozawa": 0.01, "japanese-government": 0.0}


def test_the_cancelled_visit_of_1992(played: dict[str, Played]) -> None:
    found = told(played["visit-1992"])
    assert (found[()], found["tokyo-promises-no-pressure",], found["tokyo-sees", "tokyo-promises-no-pressure"]) == (33, 67, 100)
    assert shares(played["visit-1992"]) == {"japanese-government": 0.31, "yeltsin": 0.31, "russian-nationalists": 0.06}


def test_krasnoyarsk(played: dict[str, Played]) -> None:
    found = told(played["krasnoyarsk-1997"])
    assert {found[edits] for edits in found if len(edits) < 2} == {0}
    assert found["tokyo-sees", "tokyo-waits", "tokyo-wins-its-public"] == 100
    assert set(shares(played["krasnoyarsk-1997"]).values()) == {0.5}
    assert played["krasnoyarsk-1997"].shares.idle == ("tokyo-sees", "moscow-sees")  # type: ignore[union-attr]


def test_shares_that_the_doubts_do_not_touch_are_not_called_certain(played: dict[str, Played]) -> None:
    said = {name: " ".join(game_lines(one)) for name, one in played.items()}
    assert {name for name, text in said.items() if "no sign of certainty" in text} == {"krasnoyarsk-1997"}


def test_a_share_is_called_the_greatest_where_no_doubt_and_no_concept_makes_it_less(
    played: dict[str, Played],
) -> None:
    found = {name: foremost(one) for name, one in played.items()}
    assert {name: row.owner for name, row in found.items() if row is not None} == {"visit-1986": "gaimusho"}


def test_the_explanation_gives_the_shares_that_the_games_give(played: dict[str, Played]) -> None:
    text = (ROOT / "docs" / "explanation" / "worked-games.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:7]
    for name, part in zip(GAMES, parts, strict=True):
        for value in shares(played[name]).values():
            assert value <= 0 or f"{value:.2f}" in part, (name, value)


BUILT = {
    ("visit-1986", "gaimusho.gorbachev"): ["wedge"],
    ("visit-1986", "gaimusho.nakasone"): ["affirm & two"],
    ("balanced-expansion-1989", "gaimusho.soviet-government"): ["expand & !move"],
    ("balanced-expansion-1989", "gaimusho.us-government"): ["expand -> object"],
    ("balanced-expansion-1989", "soviet-government.gaimusho"): ["!expand", "early -> (move | first)"],
    ("draft-1990", "gaimusho.gorbachev"): ["carry & !block"],
    ("draft-1990", "gaimusho.soviet-mid"): ["carry & !block"],
    ("summit-1991", "gaimusho.gorbachev"): ["affirm", "yield"],
    ("summit-1991", "ozawa.gorbachev"): ["yield"],
    ("visit-1992", "japanese-government.yeltsin"): ["offer"],
    ("krasnoyarsk-1997", "japanese-government.russian-government"): ["yield", "!yield"],
    ("krasnoyarsk-1997", "russian-government.japanese-government"): ["invest", "waive"],
}
"""Every view of the six games as the study's statements give it, in the order of the page's table."""


@pytest.fixture(scope="module")
def rebuilt(kuril: Path) -> dict[tuple[str, str], Played]:
    study = rashomon.open(kuril)
    return {(name, view): play(study.game(name, [view])) for name, view in BUILT}


def test_the_explanation_says_what_the_views_built_from_the_study_are(
    games: dict[str, Conflict], played: dict[str, Played], rebuilt: dict[tuple[str, str], Played]
) -> None:
    text = (ROOT / "docs" / "explanation" / "worked-games.md").read_text(encoding="utf-8")
    part = text.partition("## Views built from the study instead")[2].partition("\n## ")[0]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in part.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) == len(BUILT)
    for ((name, view), found), (game, _, by_hand, built, what) in zip(rebuilt.items(), rows, strict=True):
        *path, actor = view.split(".")
        (one,) = found.solution.built
        assert (game.strip(), [line.condition for line in one.lines]) == (name, BUILT[name, view])
        assert re.findall(r"`([^`]+)`", built.replace("\\", "")) == BUILT[name, view]
        written = games[name].game.views[tuple(path)].preferences[actor].conditions
        told_by_hand = [re.escape(text).replace("…", ".*") for text in re.findall(r"`([^`]+)`", by_hand.replace("\\", ""))]
        assert all(re.fullmatch(shown, text) for shown, text in zip(told_by_hand, written, strict=True))
        assert {line.voices for line in one.lines} == {1}
        said = [float(value) for value in re.findall(r"0\.[0-9]{2}", what)]
        assert set(said) <= set(shares(found).values()), (name, view)
        if what.strip().startswith("Nothing") and "but" not in what:
            assert told(found) == told(played[name])
            assert shares(found) == shares(played[name])


def test_what_built_views_change(played: dict[str, Played], rebuilt: dict[tuple[str, str], Played]) -> None:
    of = {key: told(found) for key, found in rebuilt.items()}
    assert of["visit-1986", "gaimusho.gorbachev"]["ministry-steps-aside",] == 8
    assert of["balanced-expansion-1989", "gaimusho.soviet-government"]["ministry-sees-washington",] == 0
    moscow = of["balanced-expansion-1989", "soviet-government.gaimusho"]
    assert (moscow[()], moscow["ministry-sees-washington",]) == (0, 0)
    draft = of["draft-1990", "gaimusho.gorbachev"]
    assert (draft[()], draft["ministry-starts-from-1956",]) == (12, 50)
    assert of["visit-1992", "japanese-government.yeltsin"][()] == 33
    assert rebuilt["visit-1992", "japanese-government.yeltsin"].conflict.orders.total == 72
    for (name, _), found in rebuilt.items():
        if name not in ("balanced-expansion-1989", "draft-1990"):
            assert found.solution.outcome == played[name].solution.outcome
            by_hand = shares(played[name])
            assert all(abs(value - by_hand[owner]) < 0.055 for owner, value in shares(found).items())
    (contested,) = rebuilt["krasnoyarsk-1997", "japanese-government.russian-government"].solution.built
    assert [line.contested for line in contested.lines] == [True, True]


def test_a_line_that_no_statement_records_decides_in_1989(games: dict[str, Conflict]) -> None:
    conflict, path = games["balanced-expansion-1989"], ("soviet-government",)

    def once_washington_is_seen(*conditions: str) -> int:
        views = {**conflict.game.views, path: View({"gaimusho": Preferences(conditions)})}
        (row,) = replace(conflict, game=replace(conflict.game, views=views)).what_if("ministry-sees-washington").rows
        return round(100 * row.must.estimate)

    assert once_washington_is_seen("early -> move | first", "move", "!expand") == 38
    assert once_washington_is_seen("early -> move | first", "!expand") == 0


def test_windows_of_the_worked_study(kuril: Path) -> None:
    found = rashomon.open(kuril).windows(1985, 1999)
    assert {row.game: row.verdict for row in found.rows} == {
        "visit-1986": "closed",
        "balanced-expansion-1989": "undetermined",
        "draft-1990": "undetermined",
        "summit-1991": "closed",
        "visit-1992": "undetermined",
        "krasnoyarsk-1997": "closed",
    }
    assert found.silent == (1985, 1993, 1994, 1995, 1996, 1999)
