"""Lists of wants built from a study: which statements speak, what they make of a list, and what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.playing import Conflict, Played, games_left_out, open_conflict, play
from rashomon.playing.drawing_on import (
    AGAINST,
    FOR,
    LEAST,
    Claim,
    Drawn,
    Grounds,
    draw_wants,
    entry,
    list_wants,
    speaks,
)
from rashomon.playing.drawing_on import SILENT as NOTHING
from rashomon.playing.games import Built
from rashomon.reporting import game_lines
from rashomon.study import StudyData, Verb, open_study, parse_day
from rashomon.study.perspectives import Path as Perspective
from studies import DECLARED, write_study

GAME = """\
title = "The bridge"
date = "1986/1987"
status_quo = []
agreement = "share & open"

[[player]]
actor = "south-ministry"
options = [{ id = "open", name = "Open the bridge" }]

[[player]]
actor = "north-leader"
options = [{ id = "share", name = "Share the border" }, { id = "trade", name = "Offer trade" }]

[priorities]
south-ministry = ["share", "!open"]
north-leader = ["!share", "trade"]

[means]
"share" = ["border=share"]
"trade" = ["north-aim=trade", "north:peaceful=positive"]
"!share & !trade" = ["border=keep"]

[stands_for]
north-leader = ["north", "north-government"]

[views.south-ministry]
from_study = ["north-leader"]

[[edit]]
id = "sees"
by = "south-ministry"
correct = "south-ministry.north-leader"

[[edit]]
id = "shares"
by = "north-leader"
priorities = ["open", "share"]
"""

SHARE = {"path": "south-ministry > north-leader", "topic": "border", "stance": "share"}
OWN = {"path": "north-leader", "topic": "border", "stance": "share"}


def said(*rows: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"id": f"s{k}", "modality": "wants"} | dict(row) for k, row in enumerate(rows, 1)]


@pytest.fixture
def study(tmp_path: Path) -> Callable[..., Path]:
    """Writes a study with these statements and the game, and gives its folder."""

    def written(*rows: Mapping[str, object], game: str = GAME) -> Path:
        root = write_study(tmp_path / "study", DECLARED, statements=said(*rows))
        (root / "games").mkdir(exist_ok=True)
        (root / "games" / "bridge.toml").write_text(game, encoding="utf-8")
        return root

    return written


def built(root: Path, *asked: str) -> tuple[str, ...]:
    """The list that the ministry takes the leader to have, or the last one asked for."""
    game = rashomon.open(root).game("bridge", asked).game
    return game.preferences_seen(game.built[-1].path, game.built[-1].actor)[0].conditions


SPEAKING = [
    ("wanted", {}, ("share",)),
    ("demanded", {"modality": "demands"}, ("share",)),
    ("proposed", {"modality": "proposes"}, ("share",)),
    ("intended", {"modality": "intends"}, ("share",)),
    ("accepted", {"modality": "accepts"}, ("share",)),
    ("a minimum", {"modality": "minimum"}, ("share",)),
    ("rejected", {"modality": "rejects"}, ("!share",)),
    ("avoided", {"modality": "avoids"}, ("!share",)),
    ("not wanted", {"modality": "not wants"}, ("!share",)),
    ("not accepted", {"modality": "not accepts"}, ("!share",)),
    ("feared to be wanted", {"modality": "fears > wants"}, ("share",)),
    ("expected to be accepted", {"modality": "expects > accepts"}, ("share",)),
    ("asserted to be rejected", {"modality": "asserts > rejects"}, ("!share",)),
    ("of whom it stands for", {"path": "south-ministry > north"}, ("share",)),
    ("of its government", {"path": "south-ministry > north-government"}, ("share",)),
    ("a quality", {"topic": "north:peaceful", "stance": "positive"}, ("trade",)),
    ("a condition of several options, rejected", {"stance": "keep", "modality": "rejects"}, ("!(!share & !trade)",)),
    ("begun before and held on", {"when": "1980/1986-01-01"}, ("share",)),
    ("some day within, perhaps then", {"when": "[1987-12..1990]"}, ("share",)),
]


@pytest.mark.parametrize(("what", "row", "expected"), SPEAKING, ids=[one[0] for one in SPEAKING])
def test_what_speaks_of_a_want(what: str, row: dict[str, object], expected: tuple[str, ...], study) -> None:  # type: ignore[no-untyped-def]
    assert built(study(SHARE | row)) == expected


SILENT = [
    ("does not reject", {"modality": "not rejects"}),
    ("does not avoid", {"modality": "not avoids"}),
    ("only believed", {"modality": "believes"}),
    ("only expected of it", {"modality": "expects"}),
    ("not believed to want", {"modality": "not believes > wants"}),
    ("overlooked", {"modality": "overlooks > wants"}),
    ("unaware", {"modality": "unaware > wants"}),
    ("discounted", {"modality": "discounts > wants"}),
    ("wanted to want", {"modality": "wants > wants"}),
    ("before", {"when": "1985"}),
    ("after", {"when": "1988"}),
    ("of another", {"path": "south-ministry > north-public"}),
    ("by another", {"path": "south-public > north-leader"}),
    ("its own", {"path": "north-leader"}),
    ("of a third view", {"path": "south-ministry > north-leader > south-ministry"}),
    ("another stance", {"stance": "move"}),
    ("another topic", {"topic": "north:peaceful", "stance": "negative"}),
    ("proposed by a coder", {"status": "proposed"}),
]


@pytest.mark.parametrize(("what", "row"), SILENT, ids=[one[0] for one in SILENT])
def test_what_says_nothing_of_a_want(what: str, row: dict[str, object], study) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RashomonError) as caught:
        rashomon.open(study(SHARE | row)).game("bridge")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.line) == ("R821", 27)
    assert "south-ministry.north-leader, held in 1986/1987" in fault.found
    assert "north or north-government or north-leader" in fault.allowed


def test_what_is_recorded_both_ways_enters_both_ways_and_nothing_is_ordered(study) -> None:  # type: ignore[no-untyped-def]
    root = study(
        SHARE | {"when": "1987"}, SHARE | {"modality": "rejects", "source": "memoir"},
        SHARE | {"topic": "north-aim", "stance": "trade"}, SHARE | {"source": "memoir"},
    )  # fmt: skip
    conflict = rashomon.open(root).game("bridge")
    game = conflict.game
    wanted = game.views["south-ministry",].preferences["north-leader"]
    assert (wanted.conditions, wanted.doubt) == (("share", "!share", "trade"), ((0, 1, 2),))
    assert len(conflict.orders) == 6
    assert game.built == (Built(("south-ministry",), "north-leader", 0, frozenset({"share", "!share"})),)
    cited = {text: ids for (path, actor, text), ids in game.evidence.items() if path}
    assert cited == {"share": ("s4", "s1"), "!share": ("s2",), "trade": ("s3",)}  # in order of time
    (one,) = conflict.solve().built
    assert [(line.condition, line.voices, line.told_by, line.contested) for line in one.lines] == [
        ("share", 2, ("memoir", "book"), True), ("!share", 1, ("memoir",), True), ("trade", 1, ("book",), False),
    ]  # fmt: skip


def test_a_minimum_comes_first_with_what_contests_it(study) -> None:  # type: ignore[no-untyped-def]
    trade = SHARE | {"topic": "north-aim", "stance": "trade", "modality": "minimum"}
    keep = SHARE | {"stance": "keep"}
    root = study(SHARE, trade, keep)
    wanted = rashomon.open(root).game("bridge").game.views["south-ministry",].preferences["north-leader"]
    assert (wanted.conditions, wanted.doubt) == (("trade", "share", "!share & !trade"), ((1, 2),))
    root = study(SHARE, trade, keep, trade | {"modality": "rejects"})
    wanted = rashomon.open(root).game("bridge").game.views["south-ministry",].preferences["north-leader"]
    assert (wanted.conditions, wanted.doubt) == (("trade", "!trade", "share", "!share & !trade"), ((0, 1), (2, 3)))


def test_the_truth_is_built_from_what_an_actor_says_itself(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE, OWN | {"modality": "rejects"}, OWN | {"path": "north", "stance": "keep"}, OWN | {"when": "1999"})
    game = rashomon.open(root).game("bridge", ["north-leader"]).game
    wanted = game.preferences["north-leader"]
    assert (wanted.conditions, wanted.doubt) == (("!share", "!share & !trade"), ((0, 1),))
    assert [(one.path, one.actor) for one in game.built] == [((), "north-leader"), (("south-ministry",), "north-leader")]
    assert list(game.preferences) == ["south-ministry", "north-leader"]


def test_a_view_of_a_view(study) -> None:  # type: ignore[no-untyped-def]
    deep = "\n[views.south-ministry.views.north-leader]\nfrom_study = ['south-ministry']\n\n[[edit]]"
    third = {"path": "south-ministry > north-government > south-ministry", "modality": "believes > fears > wants"}
    root = study(SHARE, SHARE | third, game=GAME.replace("\n[[edit]]", deep, 1))
    game = rashomon.open(root).game("bridge").game
    assert game.views["south-ministry", "north-leader"].preferences["south-ministry"].conditions == ("share",)
    assert game.evidence[("south-ministry", "north-leader"), "south-ministry", "share"] == ("s2",)


def test_as_of_a_day_views_are_what_was_held_and_the_truth_is_what_was_open(study) -> None:  # type: ignore[no-untyped-def]
    secret = {"known": "1998", "when": "1986/1987"}
    later = {"when": "1987-06", "known": "1987-06-30", "topic": "north-aim", "stance": "trade"}
    root = study(SHARE | secret, SHARE | later, OWN | secret, OWN | later, OWN | {"stance": "keep", "known": "1986-06-01"})
    hindsight, then = rashomon.open(root), rashomon.open(root).as_of("1986-12-31")
    path = "south-ministry",
    assert then.game("bridge").game.views[path].preferences["north-leader"].conditions == ("share",)
    assert hindsight.game("bridge").game.views[path].preferences["north-leader"].conditions == ("share", "trade")
    truth = [one.game("bridge", ["north-leader"]).game.preferences["north-leader"].conditions for one in (then, hindsight)]
    assert truth == [("!share & !trade",), ("share", "trade", "!share & !trade")]
    assert then.game("bridge").solve().provenance.n == 1  # of the list that was built, also what others did not know
    with pytest.raises(RashomonError, match="R821"):
        rashomon.open(root).as_of("1985-12-31").game("bridge")
    assert rashomon.open(root).as_of("1985-12-31").games() == ()  # not begun: no fault of a day on which nothing was held
    assert [one.game.id for one in then.games()] == ["bridge"]


def test_a_voice_that_is_left_out_says_nothing(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE, SHARE | {"modality": "rejects", "source": "memoir"}, OWN, OWN | {"stance": "keep", "source": "memoir"})
    without = rashomon.open(root).without("book").game("bridge", ["north-leader"]).game
    assert without.preferences["north-leader"].conditions == ("!share & !trade",)
    assert without.views["south-ministry",].preferences["north-leader"].conditions == ("!share",)
    ran = CliRunner().invoke(cli, ["play", str(root), "bridge", "--without", "book", "--json"])
    assert [line["condition"] for line in json.loads(ran.stdout)["result"]["built"][0]["lines"]] == ["!share"]


def test_a_view_leaves_out_a_game_of_whose_list_it_has_no_statement(study) -> None:  # type: ignore[no-untyped-def]
    whole = rashomon.open(study(SHARE, OWN))
    without = whole.without("book")
    left = [games_left_out(view.data, [one.game for one in view.games()]) for view in (whole, without)]
    assert left == [(), ("bridge",)]
    assert without.games() == ()
    assert "bridge had not begun by then, or rest on lists" in without.report("md").read_text(encoding="utf-8")
    assert "had not begun by then" not in whole.report("md").read_text(encoding="utf-8")
    with pytest.raises(RashomonError, match="R821"):
        without.game("bridge")  # asked for by name, it says why


def test_a_game_without_a_date_takes_all_times(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE | {"when": "1999"}, game=GAME.replace('date = "1986/1987"\n', ""))
    assert built(root) == ("share",)
    assert "statements of any time" in " ".join(told(play(rashomon.open(root).game("bridge"))).split())


# what is asked for instead of what the file gives


GIVEN = GAME.replace("[views.south-ministry]\nfrom_study = [\"north-leader\"]\n", """\
[views.south-ministry.priorities]
north-leader = ["trade", "!share"]

[views.south-ministry.doubt]
north-leader = [[1, 2]]

[views.south-ministry.evidence]
"trade" = ["s1"]
""")  # fmt: skip


def test_a_list_of_the_file_gives_way_to_the_one_that_is_asked_for(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE, OWN, game=GIVEN)
    game = rashomon.open(root).game("bridge").game
    assert (game.built, game.views["south-ministry",].preferences["north-leader"].conditions) == ((), ("trade", "!share"))
    game = rashomon.open(root).game("bridge", ["south-ministry.north-leader"]).game
    assert game.views["south-ministry",].preferences["north-leader"].conditions == ("share",)
    assert {text: ids for (path, _, text), ids in game.evidence.items() if path} == {"share": ("s1",)}
    game = rashomon.open(root).game("bridge", ["north-leader", "south-ministry.north-leader"]).game
    assert game.preferences["north-leader"].conditions == ("share",)


def test_a_view_that_the_file_does_not_have_can_be_asked_for(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE, SHARE | {"path": "north-government > south-ministry"})
    game = rashomon.open(root).game("bridge", ["north-leader.south-ministry"]).game
    assert game.views["north-leader",].preferences["south-ministry"].conditions == ("share",)


def test_the_command_asks_for_it_and_says_how_it_came_about(study) -> None:  # type: ignore[no-untyped-def]
    root = study(SHARE, SHARE | {"topic": "north-aim", "stance": "trade", "modality": "minimum"}, game=GIVEN)
    command = ["play", str(root), "bridge", "--from-study", "south-ministry.north-leader"]
    shown = " ".join(CliRunner().invoke(cli, command).output.split())
    assert "built from the study’s statements held in 1986–1987; the records do not order them, but that a minimum comes" in shown
    assert "1 trade (recorded as a minimum; as told by Author 1999; s2)" in shown
    result = json.loads(CliRunner().invoke(cli, [*command, "--json"]).output)["result"]
    assert result["built"] == [
        {"path": ["south-ministry"], "actor": "north-leader", "held_in": "1986/1987", "lines": [
            {"condition": "trade", "records": ["s2"], "voices": 1, "told_by": ["book"], "minimum": True, "contested": False},
            {"condition": "share", "records": ["s1"], "voices": 1, "told_by": ["book"], "minimum": False, "contested": False},
        ]}
    ]  # fmt: skip
    assert result["provenance"]["parameters"]["lists built from the study"] == "south-ministry.north-leader"
    for wrong in (["play", str(root), *command[3:]], ["play", str(root / "games" / "bridge.toml"), *command[3:]]):
        assert "R003" in CliRunner().invoke(cli, wrong).output


def told(played: Played) -> str:
    return "\n".join(game_lines(played, study=played.conflict.study))


def test_a_written_game_gives_the_same_answers_as_the_one_that_was_built(study) -> None:  # type: ignore[no-untyped-def]
    trade = SHARE | {"topic": "north-aim", "stance": "trade"}
    root = study(SHARE, SHARE | {"modality": "rejects"}, trade, OWN, OWN | {"stance": "keep"})
    conflict = rashomon.open(root).game("bridge", ["north-leader"])
    conflict.write(root / "games" / "drawn.toml")
    again = rashomon.open(root).game("drawn")
    assert again.game == replace(conflict.game, id="drawn", built=())
    assert list(again.game.preferences) == list(conflict.game.preferences)
    assert again.causal_shares().rows == conflict.causal_shares().rows
    assert again.solve().robustness == conflict.solve().robustness
    assert again.solve().outcome == conflict.solve().outcome


def test_the_misperception_that_was_built_can_be_mended(study) -> None:  # type: ignore[no-untyped-def]
    conflict = rashomon.open(study(SHARE)).game("bridge")
    (row,) = conflict.what_if("sees").rows
    plain = open_conflict(conflict.study.root / "games" / "bridge.toml", conflict.study)  # type: ignore[union-attr]
    mended = Conflict(replace(plain.game, views={}))
    assert row.outcome == mended.solve().outcome


def test_the_report_says_that_a_list_was_built(study) -> None:  # type: ignore[no-untyped-def]
    page = rashomon.open(study(SHARE, SHARE | {"modality": "rejects"})).report("md").read_text(encoding="utf-8")
    assert "built from the study’s statements held in 1986–1987; the records do not order them" in page
    assert "recorded both ways; as told by Author 1999; may change places with 2" in page


# faults


FAULTS = [
    ("no study", None, None, "R820", 27, "north-leader"),
    ("no means", "[means]\n", "[stands_for]\nsouth-ministry = []\n", "R820", None, "no [means]"),
    ("a list besides", "[views.south-ministry]\n",
     '[views.south-ministry.priorities]\nnorth-leader = ["trade"]\n\n[views.south-ministry]\n', "R822", 30, "north-leader"),
    ("the viewer itself", 'from_study = ["north-leader"]',
     'from_study = ["north-leader", "south-ministry"]', "R822", 27, "south-ministry"),
    ("a stranger", 'from_study = ["north-leader"]', 'from_study = ["north-leader", "north-public"]', "R822", 27, "north-public"),
    ("asked twice", 'from_study = ["north-leader"]', 'from_study = ["north-leader", "north-leader"]', "R822", 27, "north-leader"),
    ("a doubt besides", "\n[[edit]]", "\n[views.south-ministry.doubt]\nnorth-leader = [[1, 2]]\n\n[[edit]]", "R822", 30,
     "north-leader"),
    ("a stance that is none", '"border=share"', '"border=half"', "R319", 19, "half"),
    ("a topic that is none", '"border=share"', '"boarder=share"', "R316", 19, "boarder"),
    ("no stance", '"border=share"', '"border"', "R823", 19, "border"),
    ("a stance of both sides", '"!share & !trade" = ["border=keep"]', '"!share" = ["border=share"]', "R823", 21, "border=share"),
    ("a condition of no option", '"share" = ["', '"shore" = ["', "R807", 19, "shore"),
    ("a condition that cannot be read", '"!share & !trade" =', '"!share & & !trade" =', "R323", 21, "character 10"),
    ("others who are none", '"north-government"]', '"north-goverment"]', "R325", 24, "north-goverment"),
    ("somebody without a part", "[stands_for]\n", '[stands_for]\nsouth-public = ["south"]\n', "R822", 24, "south-public"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new", "code", "line", "found"), FAULTS, ids=[one[0] for one in FAULTS])
def test_bad_input_is_one_clear_error(what, old, new, code, line, found, study) -> None:  # type: ignore[no-untyped-def]
    text = GAME
    if what == "no means":
        text = text[: text.index("[means]")] + text[text.index("[stands_for]") :]
    elif old is not None:
        assert old in text
        text = text.replace(old, new, 1)
    root = study(SHARE, game=text)
    data = None if what == "no study" else rashomon.open(root).data
    with pytest.raises(RashomonError) as caught:
        open_conflict(root / "games" / "bridge.toml", data)
    assert [fault.code for fault in caught.value.faults] == [code], [str(fault) for fault in caught.value.faults]
    (fault,) = caught.value.faults
    assert line is None or fault.where.line == line
    assert found in fault.found
    assert fault.allowed
    assert fault.remedy


def test_a_strength_needs_an_order(study) -> None:  # type: ignore[no-untyped-def]
    text = GAME.replace("status_quo = []", 'status_quo = []\nfrom_study = ["north-leader"]')
    text = text.replace('north-leader = ["!share", "trade"]\n', "\n[strength]\nnorth-leader = 1\n")
    with pytest.raises(RashomonError, match="R822"):
        rashomon.open(study(SHARE, OWN, game=text)).game("bridge")


def test_without_a_study_means_are_read_but_not_looked_up(study) -> None:  # type: ignore[no-untyped-def]
    text = GAME.replace('[views.south-ministry]\nfrom_study = ["north-leader"]\n', "").replace("correct = ", "add_veto = ")
    text = text.replace('"south-ministry.north-leader"', '"north-leader"').replace("border=share", "anything=at-all")
    game = rashomon.game(study(SHARE, game=text) / "games" / "bridge.toml").game
    assert game.means["share"] == ("anything=at-all",)


# properties


CLAIMS: Sequence[Claim] = (("border", "share"), ("border", "keep"), ("border", "move"), ("north-aim", "trade"))
CONDITIONS = ("share", "!share", "trade", "share & trade", "!(share | trade)")


@st.composite
def meanings(draw: st.DrawFn) -> dict[str, frozenset[Claim]]:
    texts = draw(st.lists(st.sampled_from(CONDITIONS), unique=True, min_size=1))
    return {text: frozenset(draw(st.sets(st.sampled_from(CLAIMS)))) for text in texts}


SAID = st.lists(st.tuples(st.sampled_from(CLAIMS), st.sampled_from([FOR, LEAST, AGAINST])), max_size=12)


@given(meanings(), SAID)
def test_every_entry_has_records_and_every_record_speaks_of_its_entry(
    means: dict[str, frozenset[Claim]], pairs: list[tuple[Claim, int]]
) -> None:
    rows = [(f"s{k}", claim, how) for k, (claim, how) in enumerate(pairs)]
    drawn = list_wants(means, rows)
    assert len(set(drawn.wanted.conditions)) == len(drawn.wanted.conditions)
    assert set(drawn.wanted.conditions) == set(drawn.evidence)
    for text, ids in drawn.evidence.items():
        assert ids
        for name in ids:
            _, claim, how = rows[int(name[1:])]
            assert any(entry(one, how != AGAINST) == text and claim in claims for one, claims in means.items())
    told = {name for ids in drawn.evidence.values() for name in ids}
    assert told == {name for name, claim, _ in rows if any(claim in claims for claims in means.values())}
    free = sorted(place for group in drawn.wanted.doubt for place in group)
    groups = [range(drawn.first), range(drawn.first, len(drawn.evidence))]
    assert free == [place for group in groups if len(group) > 1 for place in group]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[dict[str, object]]], StudyData]:
    root = tmp_path_factory.mktemp("many")

    def opened(rows: list[dict[str, object]]) -> StudyData:
        return open_study(write_study(root, DECLARED, statements=rows))

    return opened


def drawn_of(data: StudyData) -> Drawn:
    means = {"share": frozenset({CLAIMS[0]}), "trade": frozenset({CLAIMS[3]}), "!share & !trade": frozenset({CLAIMS[1]})}
    days = parse_day("1986-01-01"), parse_day("1987-12-31")
    return draw_wants(data, Grounds(means, {"north-leader": ("north",)}, days), ("south-ministry",), "north-leader")


def statements(
    paths: Sequence[str], whens: Sequence[str]
) -> st.SearchStrategy[list[dict[str, object]]]:
    one = st.fixed_dictionaries({
        "path": st.sampled_from(paths), "when": st.sampled_from(whens),
        "modality": st.sampled_from(["wants", "minimum", "rejects", "not wants", "believes", "fears > accepts"]),
        "claim": st.sampled_from(CLAIMS),
    })  # fmt: skip
    return st.lists(one, max_size=8)


def rows_of(drawn: list[dict[str, object]], prefix: str) -> list[dict[str, object]]:
    return [
        {"id": f"{prefix}{k}", "path": row["path"], "when": row["when"], "modality": row["modality"],
         "topic": row["claim"][0], "stance": row["claim"][1]}  # type: ignore[index]
        for k, row in enumerate(drawn)
        if " > " not in str(row["modality"]) or str(row["path"]).count(">") == 1
    ]  # fmt: skip


MINE = ("south-ministry > north-leader", "south-ministry > north")
OTHERS = ("south-ministry > north-public", "south-public > north-leader", "north-leader", "south-ministry")


@given(
    mine=statements(MINE, ["1986", "1985/1990", "[1987..1991]"]),
    others=statements(OTHERS, ["1986", "1987-03"]),
    late=statements(MINE, ["1985", "1988/1990", "[1988..1991]"]),
    chance=st.randoms(use_true_random=False),
)
def test_what_is_of_others_or_other_times_changes_nothing_nor_does_the_order_of_rows(mine, others, late, chance, many) -> None:  # type: ignore[no-untyped-def]
    rows = rows_of(mine, "m")
    alone = drawn_of(many(rows))
    every = [*rows, *rows_of(others, "o"), *rows_of(late, "t")]
    chance.shuffle(every)
    assert drawn_of(many(every)) == alone


def test_a_path_is_matched_actor_by_actor() -> None:
    path = Perspective(("a", "b"), (Verb("believes"), Verb("wants")))
    assert speaks(path, [frozenset({"a"}), frozenset({"b", "c"})]) == FOR
    assert speaks(path, [frozenset({"a"})]) == NOTHING
    assert speaks(path, [frozenset({"b"}), frozenset({"a"})]) == NOTHING
