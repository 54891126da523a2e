"""The report's section on catchball: every call told with what became of it, inferred answers marked, nothing overclaimed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
import vl_convert

import rashomon
from rashomon.measuring import Catchball, measure_catchball
from rashomon.reporting.catching import catching
from rashomon.reporting.document import Figure, Fold, Para, Records, Section, Table, inside, unfolded, words
from rashomon.reporting.figures import chart
from rashomon.reporting.findings.conduct import unanswered
from rashomon.reporting.telling import Telling


@dataclass(frozen=True)
class Alone:
    """Measures of which only catchball was made."""

    catchball: Catchball


def telling(study: rashomon.Study, result: Catchball) -> Telling:
    return Telling(study.data, cast(Any, Alone(result)), cast(Any, None))


@pytest.fixture(scope="module")
def study(kuril: Path) -> rashomon.Study:
    return rashomon.open(kuril)


@pytest.fixture(scope="module")
def result(study: rashomon.Study) -> Catchball:
    return measure_catchball(study.data, draws=3, permutations=199)


def told(study: rashomon.Study, result: Catchball) -> Section:
    section = catching(telling(study, result))
    assert section is not None
    return section


def tables(section: Section) -> dict[str, Table]:
    return {one.anchor: one for one in inside(section.blocks) if isinstance(one, Table)}


def test_every_call_between_the_two_is_told_with_its_record_and_its_answer(study: rashomon.Study, result: Catchball) -> None:
    rows = tables(told(study, result))["tab-calls"].rows
    calls = [one for one in result.calls if {one.caller, one.side} == {"japan", "ussr"}]
    assert len(rows) == len(calls) > 5
    for row, call in zip(rows, calls, strict=True):
        records = [id_ for cell in row.cells for one in unfolded(cell) if isinstance(one, Records) for id_ in one.ids]
        assert records == [call.record, *([call.by] if call.by else [])]
        assert ("answer inferred" in words(row.cells[3])) == call.inferred


def test_times_and_the_last_turn_are_said_plainly(study: rashomon.Study, result: Catchball) -> None:
    section = told(study, result)
    times = [words(row.cells[0]) for row in tables(section)["tab-calls"].rows]
    assert {"March 1985", "1993", "16–19 April 1991"} <= set(times)
    said = words(next(one for one in section.blocks if isinstance(one, Para)).text)
    assert "On 30 November 1998, as far as dated moves reach, nobody holds the ball: no call of the 366 days before" in said
    assert "last day on record" not in said  # polls are on record for another quarter of a century


def test_a_call_that_was_let_fall_is_not_said_to_wait_to_the_last_day(study: rashomon.Study, result: Catchball) -> None:
    rows = {words(row.cells[0]): words(row.cells[-1]) for row in tables(told(study, result))["tab-calls"].rows}
    assert rows["March 1985"] == "more than 366"  # and not the thirteen years to the last move on record
    assert rows["January 1986"] == "0 to 30"


def test_an_interval_that_leaves_out_no_wait_says_so(study: rashomon.Study, result: Catchball) -> None:
    rows = [words(row.cells[4]) for row in tables(told(study, result))["tab-conduct-japan-ussr"].rows]
    assert rows[0] == "198 interval: any wait; as dates fall 152 or more"  # of three calls that two voices tell
    assert not any("0 or more" in one for one in rows)


def test_the_picture_shows_each_call_in_its_court(study: rashomon.Study, result: Catchball) -> None:
    figure = next(one for one in told(study, result).blocks if isinstance(one, Figure))
    values = figure.spec["datasets"]["values"]
    calls = {one.record: one for one in result.calls}
    assert len(values) == sum({one.caller, one.side} == {"japan", "ussr"} for one in result.calls)
    for one in values:
        call = calls[one["record"].removeprefix("r-")]
        assert (one["y"] > 0) == (call.side == "japan")
        assert one["lo"] <= one["x"] <= one["x2"] <= one["hi"]
    assert vl_convert.vegalite_to_svg(chart(figure.spec).to_dict()).startswith("<svg")
    spans = figure.spec["datasets"]["shade"]
    assert all(one["x"] <= one["x2"] for one in spans)


def test_what_is_not_decided_is_said_to_be_undetermined(study: rashomon.Study, result: Catchball) -> None:
    section = told(study, result)
    cells = [words(cell) for row in tables(section)["tab-contests"].rows for cell in row.cells[1:]]
    assert len(cells) == 6
    assert all("undetermined" in one for one in cells)
    said = " ".join(words(one.text) for one in section.blocks if isinstance(one, Para))
    assert "one side has acts in" in said
    assert "nobody holds the ball" in said
    assert any(isinstance(one, Fold) and "thirds" in one.title for one in section.blocks)


def test_excitation_is_that_of_the_two_sides_whichever_pair_stands_first(study: rashomon.Study, result: Catchball) -> None:
    turned = replace(result, excitation=result.excitation[::-1])
    shown = [tables(told(study, one))["tab-excitation"].rows for one in (result, turned)]
    assert len(shown[0]) == 4
    kept, other = ({words(row.cells[0]) + words(row.cells[1]) for row in rows} for rows in shown)
    assert kept == other


def test_a_headline_only_where_both_accounts_agree(study: rashomon.Study, result: Catchball) -> None:
    assert unanswered(telling(study, result)) is None
    decided = tuple(
        replace(one, verdict="differ", more="ussr") if one.question == "unanswered" and one.other == "ussr" else one
        for one in result.contests
    )
    found = unanswered(telling(study, replace(result, contests=decided)))
    assert found is not None
    assert words(found.said).startswith("USSR/Russia left more calls")
    one_sided = tuple(replace(one, more="japan") if one.answers == "all" and one.more else one for one in decided)
    assert unanswered(telling(study, replace(result, contests=one_sided))) is None


def test_no_section_where_nobody_moved_toward_another(study: rashomon.Study, result: Catchball) -> None:
    assert catching(telling(study, replace(result, rows=()))) is None


def test_sides_that_called_upon_nobody_hold_no_ball(study: rashomon.Study, result: Catchball) -> None:
    quiet = replace(result, calls=(), ball=())
    section = told(study, quiet)
    assert not any(isinstance(one, Figure) for one in section.blocks)
    assert "nobody holds the ball" in words(next(one for one in section.blocks if isinstance(one, Para)).text)
