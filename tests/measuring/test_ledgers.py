"""The misperception ledger on small studies whose verdicts can be told by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.measuring.misperception.ledgers import Belief, measure_ledger, misperceptions
from rashomon.measuring.misperception.signalling import measure_signals, measure_updating, on_the_desk
from rashomon.study import open_study, parse_day
from studies import write_study

Row = dict[str, object]


def belief(**more: object) -> Row:
    return {
        "id": "b1", "path": "south-ministry > north-leader", "modality": "believes > wants", "topic": "border",
        "stance": "move", "when": "1986/1988", "basis": "inferred", **more,
    }  # fmt: skip


def held(id: str = "h1", **more: object) -> Row:
    return {
        "id": id, "path": "north-leader", "modality": "wants", "topic": "border", "stance": "keep", "when": "1987",
        "basis": "words", "stage": "public", **more,
    }  # fmt: skip


def ledger(root: Path, *statements: Row, **tables: list[Row]) -> tuple[Belief, ...]:
    return measure_ledger(open_study(write_study(root, statements=statements, **tables))).rows


def test_what_the_other_held_contradicts_a_belief_and_dates_it(tmp_path: Path) -> None:
    (row,) = ledger(tmp_path, belief(), held())
    assert (row.holder, row.about, row.believed) == ("south-ministry", "north-leader", "move")
    assert (row.verdict, row.strength, row.voices, row.n) == ("contradicted", "own words or acts", 1, 1)
    assert row.held == ("north-leader wants keep",)
    assert row.knowable_since == "1987-12-31"  # said in public, on some day of 1987
    assert (row.statements, row.evidence_against, row.on_account_of) == (("b1",), ("h1",), ("book",))
    assert row.then == "contradicted"


def test_the_same_stance_bears_it_out_and_no_record_leaves_it_undetermined(tmp_path: Path) -> None:
    assert ledger(tmp_path / "a", belief(), held(stance="move"))[0].verdict == "borne out"
    (row,) = ledger(tmp_path / "b", belief())
    assert row.verdict == "undetermined"
    assert "nothing" in row.because


def test_the_stronger_kind_decides_and_equal_strength_does_not(tmp_path: Path) -> None:
    strong = ledger(tmp_path / "a", belief(), held(), held("h2", stance="move", basis="narrated"))[0]
    assert (strong.verdict, strong.disputed) == ("contradicted", True)
    equal = ledger(tmp_path / "b", belief(), held(), held("h2", stance="move"))[0]
    assert (equal.verdict, equal.disputed) == ("undetermined", True)


def test_a_belief_voiced_only_in_public_may_be_a_pretext(tmp_path: Path) -> None:
    (row,) = ledger(tmp_path / "a", belief(basis="words", stage="public"), held())
    assert (row.verdict, row.if_sincere) == ("claimed in public only", "contradicted")
    private = belief(id="b2", basis="witness", stage="private")
    (row,) = ledger(tmp_path / "b", belief(basis="words", stage="public"), private, held())
    assert (row.verdict, row.statements) == ("contradicted", ("b1", "b2"))


@pytest.mark.parametrize(("when", "n"), [("1989", 0), ("1988-12-31", 1), ("[1988..1989]", 1), ("1980/1985", 0)])
def test_only_records_whose_times_overlap_count(tmp_path: Path, when: str, n: int) -> None:
    assert ledger(tmp_path, belief(), held(when=when))[0].n == n


def test_a_forecast_is_judged_by_what_came(tmp_path: Path) -> None:
    (row,) = ledger(tmp_path, belief(about="1990"), held(when="1990"))
    assert (row.forecast, row.verdict, row.knowable_since) == (True, "contradicted", "")


def test_a_member_speaks_for_the_group_in_office_and_a_side_is_its_top_layer(tmp_path: Path) -> None:
    for i, about in enumerate(("north-government", "north")):
        path = f"south-ministry > {about}"
        assert ledger(tmp_path / f"a{i}", belief(path=path), held())[0].verdict == "contradicted"
        late = belief(path=path, when="1991/1995")
        assert ledger(tmp_path / f"b{i}", late, held(when="1992"))[0].verdict == "undetermined"
    public = held(path="north-public")
    assert ledger(tmp_path / "c", belief(path="south-ministry > north"), public)[0].verdict == "undetermined"


def test_a_view_on_an_issue_about_another_side_is_a_belief_about_it(tmp_path: Path) -> None:
    view = belief(path="south-ministry", modality="believes", topic="north-aim", stance="gain")
    assert ledger(tmp_path / "a", view, held(topic="north-aim", stance="peace"))[0].verdict == "contradicted"
    assert ledger(tmp_path / "b", view, held(topic="north-aim", stance="trade"))[0].verdict == "undetermined"


def test_moves_and_clauses_are_the_actors_own_records(tmp_path: Path) -> None:
    move = {"id": "m1", "when": "1987", "actor": "north-leader", "target": "south", "kind": "rejects", "issue": "border",
            "stance": "move", "stage": "public"}  # fmt: skip
    (row,) = ledger(tmp_path / "a", belief(), moves=[move])
    assert (row.verdict, row.held) == ("contradicted", ("north-leader rejects move",))
    clause = {"id": "p1", "clause": "1", "title": "Line", "kind": "policy", "when": "1986/1990", "author": "north-leader",
              "issue": "border", "stance": "keep"}  # fmt: skip
    (row,) = ledger(tmp_path / "b", belief(), packages=[clause])
    assert (row.verdict, row.evidence) == ("contradicted", ("p1#1",))


def test_a_link_is_its_authors_judgement_and_yields_to_own_words(tmp_path: Path) -> None:
    other = held("h2", topic="north-aim", stance="peace")
    link = {"from": "h2", "kind": "refutes", "to": "b1", "by": "book", "source": "book"}
    (row,) = ledger(tmp_path / "a", belief(), other, links=[link])
    assert (row.verdict, row.strength) == ("contradicted", "author's account")
    (row,) = ledger(tmp_path / "b", belief(), other, held(stance="move"), links=[link])
    assert (row.verdict, row.disputed) == ("borne out", True)


def test_a_linked_record_that_also_compares_directly_counts_once(tmp_path: Path) -> None:
    link = {"from": "h1", "kind": "refutes", "to": "b1", "by": "book", "source": "book"}
    (row,) = ledger(tmp_path, belief(), held(), links=[link])
    assert (row.n, row.strength) == (1, "own words or acts")


def test_thirty_statements_of_one_author_are_one_voice(tmp_path: Path) -> None:
    many = [held(f"h{i}") for i in range(30)]
    (row,) = ledger(tmp_path / "a", belief(), *many)
    assert (row.n, row.voices) == (30, 1)
    (row,) = ledger(tmp_path / "b", belief(), held(), held("h2", source="memoir"))
    assert row.voices == 2
    (row,) = ledger(tmp_path / "c", belief(), held(via="memoir"), held("h2", source="memoir"))
    assert row.voices == 1  # both draw on the memoir


def test_as_of_shows_fewer_misperceptions_than_hindsight(tmp_path: Path) -> None:
    secret = belief(id="b2", topic="north-aim", path="south-ministry", modality="believes", stance="gain", known="1986-06-01")
    root = write_study(tmp_path, statements=[
        belief(known="1986-06-01"), held(), secret, held("h2", topic="north-aim", stance="peace", stage="confidential"),
    ])  # fmt: skip
    study = open_study(root)
    then = measure_ledger(study.as_of(parse_day("1988-01-01"))).rows
    assert len(misperceptions(measure_ledger(study).rows)) == 2
    assert [row.statements for row in misperceptions(then)] == [("b1",)]
    assert {row.statements for row in then} == {("b1",), ("b2",)}  # a belief is its holder's own, open to others or not
    assert measure_ledger(study.as_of(parse_day("1985-12-31"))).rows == ()
    assert study.as_of(parse_day("1988-01-01")).left_out()["statements"] == 1


def test_as_of_tells_no_end_that_was_still_to_come(tmp_path: Path) -> None:
    rows = [
        belief(when="1985/1988"), belief(id="b2", topic="north-aim", path="south-ministry", modality="believes", stance="gain",
                                         when="[1986-03..1987]"), held(),
    ]  # fmt: skip
    study = open_study(write_study(tmp_path, statements=rows))
    (row,) = measure_ledger(study.as_of(parse_day("1986-06-01"))).rows  # the other may not have begun by then
    assert (row.statements, row.when, row.start, row.end) == (("b1",), "1985/..", "1985-01-01", "1986-06-01")
    late = measure_ledger(study.as_of(parse_day("1989-01-01"))).rows
    assert [(one.statements, one.when, one.end) for one in late] == [
        (("b1",), "1985/1988", "1988-12-31"), (("b2",), "[1986-03..1987]", "1987-12-31"),
    ]  # fmt: skip


def test_episodes_join_what_touches_and_part_what_does_not(tmp_path: Path) -> None:
    rows = ledger(tmp_path, belief(when="1986"), belief(id="b2", when="1987"), belief(id="b3", when="1990"))
    assert sorted(row.statements for row in rows) == [("b1", "b2"), ("b3",)]


def test_readings_are_judged_move_by_move(tmp_path: Path) -> None:
    moves = [
        {"id": f"m{i}", "when": "1987", "actor": "north-leader", "target": "south", "kind": "visits", "stage": "public"}
        for i in range(4)
    ]
    root = write_study(tmp_path, statements=[belief(reads="m0"), held()], moves=moves)
    study = open_study(root)
    signals = measure_signals(study, measure_ledger(study))
    assert [(one.move, one.n, one.misread) for one in signals] == [("m0", 1, 1), ("m1", 0, 0), ("m2", 0, 0), ("m3", 0, 0)]


@pytest.mark.parametrize(
    ("more", "response"),
    [
        ([], "ignored"),
        ([{"id": "x", "path": "south-ministry", "modality": "discounts", "topic": "h1", "stance": "", "when": "1988"}], "discounted"),  # noqa: E501
        ([{"id": "x", "path": "south-ministry", "modality": "unaware", "topic": "h1", "stance": "", "when": "1988"}], "overlooked"),  # noqa: E501
        ([belief(id="x", stance="keep", when="1990")], "updated"),
    ],
)
def test_what_a_holder_did_with_a_disconfirming_sign(tmp_path: Path, more: list[Row], response: str) -> None:
    study = open_study(write_study(tmp_path, statements=[belief(), held(), *more]))
    updates = [one for one in measure_updating(study, measure_ledger(study)) if "b1" in one.statements]
    assert [one.response for one in updates] == [response]


def test_a_sign_never_open_to_the_holder_is_not_said_to_be_ignored(tmp_path: Path) -> None:
    study = open_study(write_study(tmp_path, statements=[belief(), held(stage="confidential")]))
    assert [one.response for one in measure_updating(study, measure_ledger(study))] == ["undetermined"]


def test_the_desk_shows_what_was_open_for_and_against_and_what_was_kept_away(tmp_path: Path) -> None:
    root = write_study(
        tmp_path,
        statements=[belief(), held(when="1986"), held("h2", stance="move", when="1986"), held("h3", when="1988-11")],
        access=[{"record": "h2", "audience": "south", "until": "1990", "source": "book"}],
    )
    desk = on_the_desk(open_study(root), "south-ministry", parse_day("1987-06-01"))
    assert [(one.record, one.bears, one.withheld) for one in desk] == [("h1", "against", False), ("h2", "for", True)]
    assert {(one.belief, one.about, one.believed) for one in desk} == {("b1", "north-leader", "move")}


def test_the_desk_holds_a_forecast_while_it_was_held_and_nothing_of_what_had_not_begun(tmp_path: Path) -> None:
    rows = [belief(when="1986/1988", about="1991"), held(when="1986/1991"), held("h2", when="1991")]
    access = [{"record": "h2", "audience": "south", "how": "withheld", "source": "book"}]
    study = open_study(write_study(tmp_path, statements=rows, access=access))

    def desk(day: str) -> list[tuple[str, bool]]:
        return [(one.record, one.withheld) for one in on_the_desk(study, "south-ministry", parse_day(day))]

    assert desk("1987-06-01") == [("h1", False)]
    assert desk("1991-06-01") == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"how": "shown", "from": "1987"}, []),  # not surely before the year's end
        ({"how": "shown", "from": "1987-05"}, [False]),
        ({"how": "withheld", "from": "1987-05"}, [True]),
        ({"how": "withheld", "from": "1985", "until": "1987-04"}, [False]),
        ({"how": "withheld", "from": "1987-07"}, []),
    ],
)
def test_what_was_shown_to_a_holder_lay_on_its_desk_and_what_was_kept_from_it_did_not(
    tmp_path: Path, cells: Row, found: list[bool]
) -> None:
    access = [{"record": "h1", "audience": "south-ministry", "source": "book", **cells}]
    secret = held(when="1986", stage="confidential")
    root = write_study(tmp_path, statements=[belief(), secret], access=access)
    desk = on_the_desk(open_study(root), "south-ministry", parse_day("1987-06-01"))
    assert [one.withheld for one in desk] == found
