"""Breaks and event response: cores against brute force and simulated truth, measures on small studies."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make, poll, sources, spoken
from scipy import stats

from rashomon.measuring.dynamics.breaks import measure_breaks, try_split
from rashomon.measuring.dynamics.changing import (
    all_yearly_changes,
    can_change_at,
    change,
    sides,
    year_of,
    yearly_changes,
)
from rashomon.measuring.dynamics.leading import measure_lead_lag
from rashomon.measuring.dynamics.responding import measure_event_response, try_pattern
from rashomon.measuring.dynamics.timelines import Label, Tellers, Timeline, gather_timelines

DAY = date(1980, 1, 1).toordinal()
YEAR = 365


def timeline(
    lo: object, value: object, *, hi: object = None, voice: object = 0, throughout: object = False, kind: str = "polls"
) -> Timeline:
    begin = np.atleast_1d(np.asarray(lo, dtype=np.int64))
    m = begin.size
    label = Label(
        kind="polls" if kind == "polls" else "statements", holder="h", side="a", layer="", topic="", quality="",
        target="", measure="",
    )  # fmt: skip
    return Timeline(
        label, begin, begin if hi is None else np.asarray(hi, dtype=np.int64),
        np.broadcast_to(np.asarray(throughout, dtype=bool), m), np.asarray(value, dtype=float), np.zeros(m), np.ones(m),
        np.broadcast_to(np.asarray(voice, dtype=np.int64), m), np.arange(m),
    )  # fmt: skip


# changes within voices

observations = st.lists(
    st.tuples(st.integers(0, 4000), st.integers(0, 900), st.booleans(), st.integers(0, 2), st.integers(-3, 3)),
    min_size=1, max_size=25,
)  # fmt: skip


@given(observations, st.lists(st.integers(-200, 5000), min_size=1, max_size=6), st.integers(0, 300))
def test_sides_are_what_a_reader_would_count(
    seen: list[tuple[int, int, bool, int, int]], begins: list[int], width: int
) -> None:
    lo = np.array([one[0] for one in seen]) + DAY
    hi = lo + np.array([one[1] for one in seen])
    whole = np.array([one[2] for one in seen])
    voice = np.unique([one[3] for one in seen], return_inverse=True)[1]
    value = np.array([one[4] for one in seen], dtype=float)
    made = timeline(lo, value, hi=hi, voice=voice, throughout=whole)
    begin = np.sort(np.array(begins)) + DAY
    window = 700
    found = sides(made, begin, begin + width, window)
    for d, start in enumerate(begin.tolist()):
        end = start + width
        for v in range(int(voice.max()) + 1):
            before, after = [], []
            for i in np.flatnonzero(voice == v).tolist():
                middle = (lo[i] + hi[i]) // 2
                if whole[i]:
                    before += [value[i]] * bool(lo[i] < start and hi[i] >= start - window)
                    after += [value[i]] * bool(hi[i] > end and lo[i] <= end + window)
                elif hi[i] - lo[i] < window:
                    before += [value[i]] * bool(hi[i] < start and middle >= start - window)
                    after += [value[i]] * bool(lo[i] > end and middle <= end + window)
            for side, listed in enumerate((before, after)):
                assert found.count[side][v, d] == len(listed)
                assert found.total[side][v, d] == pytest.approx(sum(listed), abs=1e-9)


several = st.lists(observations, min_size=1, max_size=5)


def timelines(seen: list[list[tuple[int, int, bool, int, int]]]) -> list[Timeline]:
    """Timelines of polls and statements in turn, with odd certainties."""
    made = []
    for number, rows in enumerate(seen):
        lo, long, whole, voice, value = (np.array(column) for column in zip(*rows, strict=True))
        one = timeline(
            lo + DAY, value, hi=lo + DAY + long, voice=np.unique(voice, return_inverse=True)[1], throughout=whole,
            kind=("polls", "statements")[number % 2],
        )  # fmt: skip
        made.append(replace(one, weight=0.1 + np.arange(len(rows)) % 3 / 3))
    return made


@given(several, st.integers(0, 200))
def test_timelines_that_can_change_are_those_with_a_change(
    seen: list[list[tuple[int, int, bool, int, int]]], width: int
) -> None:
    made = timelines(seen)
    begin = DAY - 400 + 90 * np.arange(70)
    found = can_change_at(made, begin, begin + width, 500)
    alone = [np.any(~np.isnan(change(sides(one, begin, begin + width, 500), one.least_voices, 1).effect)) for one in made]
    assert found.tolist() == alone


@given(several)
def test_yearly_changes_of_many_are_those_of_each(seen: list[list[tuple[int, int, bool, int, int]]]) -> None:
    made = timelines(seen)
    changes, count = all_yearly_changes(made, 1981, 12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rashomon.measuring.dynamics.changing._BLOCK", 1)  # one timeline at a time
        blocks = all_yearly_changes(made, 1981, 12)
    for i, one in enumerate(made):
        alone, many = yearly_changes(one, 1981, 12)
        np.testing.assert_array_equal(changes[i], alone)
        np.testing.assert_array_equal(blocks[0][i], alone)
        assert count[i].tolist() == many.tolist() == blocks[1][i].tolist()


def test_a_voice_that_always_leans_makes_no_change() -> None:
    # an optimist speaks mostly before, a pessimist mostly after: neither changes
    days = DAY + np.array([0, 100, 200, 300, 900, 350, 600, 700, 800, 900])
    voice = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    made = timeline(days, np.where(voice == 0, 0.8, -0.8), voice=voice, kind="statements")
    at = np.array([DAY + 400])
    found = change(sides(made, at, at, 1000), 2, 1)
    assert found.effect[0] == pytest.approx(0.0)
    assert found.voices[0] == 2


def test_too_few_voices_give_no_change() -> None:
    made = timeline(DAY + np.array([0, 10]), [0.0, 1.0], kind="statements")
    at = np.array([DAY + 5])
    assert math.isnan(change(sides(made, at, at, 100), 2, 1).effect[0])


@given(st.integers(1950, 2020), st.integers(0, 365))
def test_years_of_days(year: int, more: int) -> None:
    day = date(year, 1, 1).toordinal() + more
    assert year_of(np.array([day]))[0] == date.fromordinal(day).year


def test_yearly_changes_are_read_within_voices() -> None:
    def mid(year: int) -> int:
        return date(year, 7, 1).toordinal()

    lo = np.array([mid(1980), mid(1981), mid(1980), mid(1981), mid(1983), date(1984, 12, 1).toordinal()])
    hi = lo.copy()
    hi[5] = date(1986, 8, 1).toordinal()  # throughout the middles of 1985 and 1986
    whole = np.array([False] * 5 + [True])
    made = timeline(lo, [1.0, 2.0, 5.0, 4.0, 9.0, 3.0], hi=hi, voice=[0, 0, 1, 1, 0, 0], throughout=whole)
    changes, count = yearly_changes(made, 1979, 9)
    assert count.tolist() == [0, 0, 2, 0, 0, 0, 0, 1, 0]
    assert changes[2] == pytest.approx((1.0 - 1.0) / 2)
    assert changes[7] == pytest.approx(0.0)
    assert np.isnan(changes[4])  # 1982 is not observed


# breaks


def waves(values: np.ndarray) -> Timeline:
    return timeline(DAY + YEAR * np.arange(values.size), values)


def autocorrelated(rng: np.random.Generator, size: int, rho: float) -> np.ndarray:
    path = np.empty(size)
    path[0] = rng.normal()
    for i in range(1, size):
        path[i] = rho * path[i - 1] + math.sqrt(1 - rho**2) * rng.normal()
    return path


@pytest.mark.parametrize("path", ["noise", "autocorrelated", "random walk", "trend"])
def test_a_date_without_a_break_is_called_one_as_often_as_said(path: str) -> None:
    rng = np.random.default_rng(11)
    p = []
    for _ in range(400):
        noise = rng.normal(size=40)
        values = {
            "noise": noise,
            "autocorrelated": autocorrelated(rng, 40, 0.7),
            "random walk": np.cumsum(noise),
            "trend": noise + np.arange(40),
        }[path]
        when = DAY + YEAR * int(rng.integers(2, 39)) - 100  # any date that can be tested
        p.append(try_split(waves(values), when, when, 5 * YEAR, 0.9).p)
    assert not np.any(np.isnan(p))
    assert 0.06 <= np.mean(np.array(p) <= 0.1) <= 0.15
    assert stats.kstest(p, "uniform").pvalue > 0.005


def test_a_real_break_is_found_where_it_is() -> None:
    rng = np.random.default_rng(5)
    found = inside = 0
    for _ in range(100):
        values = rng.normal(size=40) + 3.0 * (np.arange(40) >= 20)
        when = DAY + YEAR * 20 - 100
        test = try_split(waves(values), when, when + 5, 5 * YEAR, 0.9)
        found += test.p <= 0.1
        inside += test.low <= 3.0 <= test.high
    assert found >= 85
    assert 82 <= inside <= 97


def test_a_steady_trend_is_no_break_though_the_levels_differ() -> None:
    values = 0.5 * np.arange(30.0) + np.random.default_rng(2).normal(0, 0.2, 30)
    when = DAY + YEAR * 15 - 100
    test = try_split(waves(values), when, when, 5 * YEAR, 0.9)
    assert test.low > 0
    assert test.p > 0.2


def test_statements_need_two_voices_on_both_sides() -> None:
    rng = np.random.default_rng(0)
    days = DAY + np.sort(rng.integers(0, 30 * YEAR, 60))
    one = timeline(days, rng.normal(size=60), kind="statements")
    assert "0 of the voices" not in try_split(one, DAY + 15 * YEAR, DAY + 15 * YEAR, 5 * YEAR, 0.9).reason
    assert "1 of the voices" in try_split(one, DAY + 15 * YEAR, DAY + 15 * YEAR, 5 * YEAR, 0.9).reason
    two = timeline(days, rng.normal(size=60), voice=np.arange(60) % 2, kind="statements")
    test = try_split(two, DAY + 15 * YEAR, DAY + 15 * YEAR, 5 * YEAR, 0.9)
    assert test.reason == ""
    assert 0 < test.p <= 1
    assert test.voices == 2


def test_what_lies_on_both_sides_of_a_date_is_counted_apart() -> None:
    days = DAY + YEAR * np.arange(30)
    hi = days.copy()
    hi[15] += 200
    test = try_split(
        timeline(days, np.arange(30.0), hi=hi), DAY + 15 * YEAR + 100, DAY + 15 * YEAR + 110, 5 * YEAR, 0.9
    )
    assert test.straddling == 1
    assert (test.n_before, test.n_after) == (4, 5)


def test_few_other_dates_leave_it_undetermined() -> None:
    test = try_split(waves(np.arange(8.0)), DAY + 4 * YEAR - 9, DAY + 4 * YEAR - 9, 5 * YEAR, 0.9)
    assert math.isnan(test.p)
    assert "other dates" in test.reason
    assert not math.isnan(test.change)


# event response


def test_moves_without_effect_are_answered_as_often_as_said() -> None:
    rng = np.random.default_rng(29)
    p = []
    for _ in range(400):
        level = autocorrelated(rng, 400, 0.9)
        running = np.convolve(level, np.ones(12) / 12, "valid")
        changes = np.full(400, np.nan)
        changes[12:388] = running[13:389] - running[:376]
        start = rng.integers(0, 400)
        events = np.unique((start + rng.integers(0, 120, 8)) % 400)  # moves cluster
        p.append(try_pattern(changes, events, 24, 3, 0.9).p)
    made = np.array(p)[~np.isnan(p)]
    assert made.size > 300
    assert 0.06 <= np.mean(made <= 0.1) <= 0.15


def test_a_real_response_is_found_and_its_size() -> None:
    rng = np.random.default_rng(31)
    found = covered = 0
    for _ in range(60):
        events = np.sort(rng.choice(np.arange(24, 370, 14), 8, replace=False))
        changes = rng.normal(0, 1, 400)
        changes[events] += 2.0
        test = try_pattern(changes, events, 12, 3, 0.9)
        found += test.p <= 0.1
        covered += test.low <= 2.0 <= test.high
    assert found >= 57
    assert covered >= 47


def test_too_few_months_and_no_room_to_shift() -> None:
    assert "months with moves" in try_pattern(np.zeros(200), np.array([3, 4]), 24, 3, 0.9).reason
    assert "shifts" in try_pattern(np.zeros(50), np.array([3, 9, 30]), 24, 3, 0.9).reason
    assert try_pattern(np.zeros(0), np.zeros(0, int), 24, 3, 0.9).used == 0


# the measures

DATES = """
[[date]]
id = "turn"
name = "The turn"
when = "1990-01-05"
[[date]]
id = "later"
name = "Another date"
when = "1992"
[[date]]
id = "far"
name = "Long before"
when = "1951"
"""


def polled(jump: float, seed: int = 0) -> list[dict[str, object]]:
    rng = np.random.default_rng(seed)
    return [
        poll(i, 1975 + i, round(40 + jump * (1975 + i >= 1990) + rng.normal(0, 2), 1)) for i in range(36)
    ]  # fmt: skip


def polled_by_another(jump: float) -> list[dict[str, object]]:
    return [
        {**row, "id": f"r{i}", "survey": f"v{i}", "pollster": "levada", "source": "two"}
        for i, row in enumerate(polled(jump, seed=1))
    ]


def test_a_break_that_two_pollsters_show_is_found_and_told(tmp_path: Path) -> None:
    polls = polled(20.0) + polled_by_another(15.0)
    found = measure_breaks(make(tmp_path, sources("one", "two") + DATES, polls=polls))
    by_date = {(row.date, row.instrument): row for row in found.rows}
    assert {date for date, _ in by_date} == {"turn", "later"}
    row = by_date["turn", "gallup, face-to-face"]
    assert row.verdict in ("changed", "perhaps changed")
    assert row.because.endswith("; figures by levada show it too")
    assert row.p <= 0.1
    assert row.p <= row.p_holm
    assert row.tests == 4
    assert row.also == ("later",)
    assert row.change.estimate == pytest.approx(20.0, abs=4)
    assert row.change.low < row.change.estimate < row.change.high
    assert (row.n_before, row.n_after) == (5, 5)
    assert len(row.records) == row.n == 10
    assert (row.first, row.voices, row.sources, row.unit) == ("1990-01-05", 2, ("one",), "percent")
    assert by_date["turn", "levada, face-to-face"].because.endswith("; figures by gallup show it too")
    assert found == measure_breaks(make(tmp_path / "again", sources("one", "two") + DATES, polls=polls))
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="nobody else asks"),
        pytest.param([{**row, "source": "two"} for row in polled(20.0)[::2]], id="another prints the same figures"),
        pytest.param(
            [{**row, "id": f"m{i}", "survey": f"v{i}", "mode": "mail"} for i, row in enumerate(polled(20.0, seed=1))],
            id="the same pollster asks by mail",
        ),
        pytest.param(polled_by_another(-20.0), id="another shows the opposite"),
        pytest.param(polled_by_another(0.0), id="another shows none"),
        pytest.param([{**row, "answer": "no"} for row in polled_by_another(20.0)], id="another answer"),
        pytest.param([{**row, "question": "trust"} for row in polled_by_another(20.0)], id="another question"),
    ],
)
def test_a_break_that_one_pollster_alone_shows_decides_nothing(tmp_path: Path, others: list[dict[str, object]]) -> None:
    polls = {str(row["id"]): row for row in polled(20.0) + others}
    found = measure_breaks(make(tmp_path, sources("one", "two") + DATES, polls=list(polls.values())))
    turn = next(row for row in found.rows if row.date == "turn" and row.instrument == "gallup, face-to-face")
    assert (turn.verdict, turn.voices) == ("undetermined", 1)
    assert turn.because.startswith("told by one voice only: 0 of ")
    assert turn.p <= 0.1  # chance is not why
    assert turn.change.estimate == pytest.approx(turn.after - turn.before)
    assert turn.change.estimate == pytest.approx(20.0, abs=4)
    assert math.isnan(turn.change.low)
    assert math.isnan(turn.change.high)


def seen_by(what: Any) -> tuple[str, str, str]:
    return what.kind, what.holder, what.instrument


def test_breaks_of_many_timelines_are_those_of_each(tmp_path: Path) -> None:
    rng = np.random.default_rng(8)
    rows = [
        spoken(i, 1980 + i % 24, ("positive", "negative")[int(rng.integers(2))], ("one", "two")[int(rng.integers(2))],
               path=("a-leader", "a-public")[i % 2], topic=("b:peaceful", "a:peaceful")[i % 3 % 2])
        for i in range(90)
    ]  # fmt: skip
    study = make(tmp_path, sources("one", "two") + DATES, statements=rows, polls=polled(5.0) + polled_by_another(-4.0))
    by_view = {(*seen_by(one.label), one.label.topic): one for one in gather_timelines(study, least=2)}
    found = measure_breaks(study).rows
    assert len(found) > 6
    for row in found:
        begin, end = (date.fromisoformat(day).toordinal() for day in (row.first, row.last))
        alone = try_split(by_view[*seen_by(row), row.topic], begin, end, round(5 * 365.25), 0.9)
        assert (alone.n_before, alone.n_after, alone.straddling) == (row.n_before, row.n_after, row.straddling)
        low, high = (alone.low, alone.high) if row.voices > 1 else (math.nan, math.nan)
        assert repr((alone.before, alone.after, alone.change, low, high, alone.p)) == repr(
            (row.before, row.after, row.change.estimate, row.change.low, row.change.high, row.p)
        )


def test_nothing_is_compared_across_a_change_of_mode_or_wording(tmp_path: Path) -> None:
    rows = polled(20.0)
    for row in rows[15:]:
        row["mode"] = "mail"
    found = measure_breaks(make(tmp_path / "mode", sources("one") + DATES, polls=rows))
    turn = [row for row in found.rows if row.date == "turn"]
    assert {row.verdict for row in turn} == {"undetermined"}
    assert {row.instrument for row in turn} == {"gallup, face-to-face", "gallup, mail"}
    assert all("never compared across" in row.because for row in turn)
    for row in rows[15:]:
        row.update(mode="face-to-face", question="trust")
    found = measure_breaks(make(tmp_path / "wording", sources("one") + DATES, polls=rows))
    turn = [row for row in found.rows if row.date == "turn"]
    assert {row.verdict for row in turn} == {"undetermined"}
    assert any("as 'trust'" in row.because for row in turn)


def test_a_break_of_statements_needs_two_voices(tmp_path: Path) -> None:
    rows = [
        spoken(2 * i + j, 1975 + i, "positive" if 1975 + i >= 1990 else "negative", ("one", "two")[j])
        for i in range(30)
        for j in range(2)
    ]
    found = measure_breaks(make(tmp_path / "two", sources("one", "two") + DATES, statements=rows))
    turn = next(row for row in found.rows if row.date == "turn")
    assert turn.change.estimate == pytest.approx(0.8)
    assert turn.verdict in ("changed", "perhaps changed")
    assert turn.voices == 2
    assert turn.change.low < 0.8 < turn.change.high  # where in its word a stance lies is not known
    narrated = sources("one", "two", narrator={"one": "teller", "two": "teller"})
    found = measure_breaks(make(tmp_path / "one", narrated + DATES, statements=rows))
    assert {row.verdict for row in found.rows} == {"undetermined"}
    assert all("voices" in row.because for row in found.rows)
    via = [{**row, "via": "one"} for row in rows]  # both tell what one source behind them says
    found = measure_breaks(make(tmp_path / "via", sources("one", "two") + DATES, statements=via))
    assert next(row for row in found.rows if row.date == "turn").voices == 1


@given(st.lists(st.tuples(st.sampled_from(["one", "two", "told"]), st.sampled_from(["", "one", "three"])), min_size=1))
def test_tellers_count_voices_as_the_study_does(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str]]
) -> None:
    rows = [spoken(i, 1980, "positive", source, via=via) for i, (source, via) in enumerate(told)]
    declared = sources("one", "two", "three", "told", narrator={"one": "teller", "told": "teller"})
    study = make(tmp_path_factory.mktemp("study"), declared, statements=rows)
    names, voices = Tellers(study)("statements", np.arange(len(told)))
    assert names == tuple(sorted({source for source, _ in told}))
    assert voices == study.independent_voices(*zip(*told, strict=True))


def test_what_is_no_observation_of_a_level_is_left_out(tmp_path: Path) -> None:
    rows = [
        spoken(1, 1980, "positive", "one", extent="one", path="a-public"),
        spoken(2, 1980, "positive", "one", about="1941"),
        spoken(3, 1980, "> mixed", "one"),
        spoken(4, 1980, "wait", "one", topic="land"),
        spoken(5, 1980, "positive", "one", modality="not believes"),
        spoken(6, 1980, "positive", "one"),
        spoken(7, 1981, "positive", "two"),
        spoken(8, 1980, "keep", "one", topic="land", modality="demands"),
        spoken(9, 1980, "keep", "one", topic="land", modality="asserts"),
    ]
    links = [{"from": "s7", "kind": "retells", "to": "s6", "by": "two"}]
    bounded = [poll(1, 1980, 40, relation=">"), poll(2, 1981, 40, relation="~"), poll(3, 1981, 41, source="two")]
    study = make(tmp_path, sources("one", "two"), statements=rows, links=links, polls=bounded)
    found = gather_timelines(study)
    assert [(one.label.kind, one.label.measure, one.records(study)) for one in found] == [
        ("polls", "like: yes", ("q2",)),  # w1981 is printed twice and counts once
        ("statements", "claim", ("s6",)),
        ("statements", "goal", ("s8",)),
        ("statements", "claim", ("s9",)),
    ]


def move(number: int, when: str, kind: str, **cells: object) -> dict[str, object]:
    row = {"id": f"m{number}", "when": when, "actor": "b-leader", "target": "a", "kind": kind, "source": "two"}
    return {**row, **cells}


def monthly(rises: set[int], seed: int) -> list[dict[str, object]]:
    rng = np.random.default_rng(seed)
    level, rows = 30.0, []
    for i in range(240):
        level += 6.0 * (i in rises) - 6.0 * len(rises) / 240
        when = f"{1975 + i // 12}-{i % 12 + 1:02d}-20"
        share = round(float(np.clip(level + rng.normal(0, 1), 0, 100)), 1)
        rows.append(poll(i, 1975, share, fielded=when, survey=f"w{i}"))
    return rows


VISITS = [30, 62, 90, 125, 160, 199]


def met() -> list[dict[str, object]]:
    """Moves of the other side: visits, threats, and two that cannot be placed."""
    return [
        *(move(i, f"{1975 + m // 12}-{m % 12 + 1:02d}-03", "visits") for i, m in enumerate(VISITS)),
        *(move(50 + i, f"{1975 + m // 12}-{m % 12 + 1:02d}", "threatens") for i, m in enumerate([44, 75, 110, 180])),
        move(90, "1980", "visits"),
        move(91, "1981-01", "visits", target="", id="m91"),
    ]


def test_a_view_that_answers_visits_is_found_to_respond(tmp_path: Path) -> None:
    rows = [
        spoken(1000 * k + i, 0, f"{float(str(one['share'])) / 100:.3f}", source, when=one["fielded"])
        for k, source in enumerate(("one", "two"))
        for i, one in enumerate(monthly(set(VISITS), 3))
    ]
    study = make(tmp_path, sources("one", "two"), statements=rows, moves=met())
    found = {row.moves: row for row in measure_event_response(study).rows}
    assert set(found) == {"friendly", "unfriendly"}
    row = found["friendly"]
    assert row.verdict in ("responds", "perhaps responds")
    assert (row.mover, row.months, row.used, row.voices) == ("b", 6, 6, 2)
    assert row.beyond.low <= row.beyond.estimate <= row.beyond.high
    assert row.beyond.estimate == pytest.approx(0.06, abs=0.025)
    assert found["unfriendly"].verdict == "no response found"
    assert found["unfriendly"].tests == 2
    assert {"m0", "s3"} <= set(row.records)


def test_a_response_that_one_pollster_alone_shows_decides_nothing(tmp_path: Path) -> None:
    study = make(tmp_path, sources("one", "two"), polls=monthly(set(VISITS), 3), moves=met())
    found = {row.moves: row for row in measure_event_response(study).rows}
    row = found["friendly"]
    assert (row.verdict, row.months, row.used, row.voices) == ("undetermined", 6, 6, 1)
    assert row.because.startswith("told by one voice only: ")
    assert row.p <= 0.1  # chance is not why
    assert row.beyond.estimate == pytest.approx(6.0, abs=2.5)
    assert math.isnan(row.beyond.low)
    assert found["unfriendly"].verdict == "no response found"
    assert {"m0", "q3"} <= set(row.records)


def test_two_moves_are_too_few_to_say(tmp_path: Path) -> None:
    moves = [move(1, "1980-01", "visits"), move(2, "1985-01", "visits")]
    (row,) = measure_event_response(make(tmp_path, sources("one", "two"), polls=monthly(set(), 1), moves=moves)).rows
    assert row.verdict == "undetermined"
    assert "2 months" in row.because
    assert math.isnan(row.p)


def test_an_empty_study_has_no_rows(tmp_path: Path) -> None:
    study = make(tmp_path, sources("one") + DATES)
    assert measure_breaks(study).rows == ()
    assert measure_lead_lag(study).rows == ()
    assert measure_event_response(study).rows == ()
