"""Reciprocity and excitation in sets of events: what is counted, what is left out, and what a set can show."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from measuring.eventful import MAPPED, declare, study_of
from rashomon.cli import cli
from rashomon.measuring.catchball.reciprocating import reciprocate
from rashomon.measuring.events import EventSet, measure_events
from rashomon.measuring.events.mutual import FITTING, Seen, _acts, _but_echo, _less_meetings, answered
from rashomon.measuring.events.scales import UNIT
from rashomon.measuring.events.series import Cells
from rashomon.reporting.counted import ONE_READING

Ints = NDArray[np.int64]
START = 728_000  # a day of 1994
MONTHS, DAYS = 120, 3_652


def cells(day: Ints, code: Ints, value: NDArray[np.float64], events: Ints) -> Cells:
    """Events of one direction, as they are counted."""
    whole = np.rint(value * UNIT).astype(np.int64)
    return Cells(day, code, np.ones_like(day), whole, np.ones(len(day), np.bool_), events, events, events)


def each(day: Ints, value: NDArray[np.float64] | None = None, code: int = 0) -> Cells:
    """One event of each of these days, all of different codes from ``code`` on."""
    return cells(day, code + np.arange(len(day)), np.zeros(len(day)) if value is None else value, np.ones_like(day))


def seen(rows: int = 50) -> Seen:
    """A set with as many rows every day."""
    day = np.arange(START, START + DAYS)
    return Seen(day, np.full(DAYS, rows), START, START + DAYS - 1)


def exchange(rng: np.random.Generator, answer: float) -> tuple[Cells, Cells]:
    """Two sides of which the second answers the first a month later: 20 events a month each."""
    first = rng.normal(size=MONTHS)
    second = answer * np.concatenate([[0.0], first[:-1]]) + 0.3 * rng.normal(size=MONTHS)
    month = np.repeat(np.arange(MONTHS), 20)
    day = START + 5 + np.round(month * 30.44).astype(np.int64)
    return each(day, first[month]), each(day, second[month])


def test_who_answers_whom_is_found_and_who_does_not_is_not() -> None:
    one, other = exchange(np.random.default_rng(7), 0.8)
    rows, _ = answered({("a", "b"): one, ("b", "a"): other}, seen(), "wire")
    verdicts = {row.side: row.verdict for row in rows}
    assert verdicts == {"a": "no reciprocity found", "b": "reciprocates"}
    (b,) = (row for row in rows if row.side == "b")
    assert b.slope.low < 0.8 < b.slope.high
    assert (b.voices, b.sources, b.n) == (1, ("wire",), 40 * MONTHS)


def test_a_set_that_reads_twice_as_much_says_the_same() -> None:
    one, other = exchange(np.random.default_rng(8), 0.5)
    pairs = {("a", "b"): one, ("b", "a"): other}
    twice = {pair: cells(held.day, held.code, held.value / UNIT, 2 * held.events) for pair, held in pairs.items()}
    before, after = answered(pairs, seen(50), "wire")[0], answered(twice, seen(100), "wire")[0]
    for row, doubled in zip(before, after, strict=True):
        assert doubled.slope.estimate == pytest.approx(row.slope.estimate, rel=1e-9)
        assert doubled.slope.low == pytest.approx(row.slope.low, rel=1e-9)


def test_the_growth_of_a_set_alone_is_mostly_no_reciprocity() -> None:
    """Sums of values grow with the set's rows, and would pass for answers; for each thousand rows they do not."""
    rng = np.random.default_rng(9)
    day = np.arange(START, START + DAYS)
    rows = np.linspace(10, 1000, DAYS).astype(np.int64)
    set_of = Seen(day, rows, START, START + DAYS - 1)
    found = plainly = 0
    for _ in range(40):
        pairs, sums = {}, []
        for pair in (("a", "b"), ("b", "a")):
            events = rng.poisson(rows / 100)
            there = events > 0
            n = int(there.sum())
            pairs[pair] = cells(day[there], np.arange(n), 2 + rng.normal(size=n), events[there])
            month = (pairs[pair].day - START) * MONTHS // DAYS
            sums.append(np.bincount(month, pairs[pair].value * pairs[pair].events / UNIT, MONTHS).astype(np.float64))
        found += any(row.verdict == "reciprocates" for row in answered(pairs, set_of, "wire")[0])
        plainly += any(
            one.reciprocity.low > 0 for one in reciprocate(sums[0], sums[1], FITTING.most_lags, FITTING.level)
        )
    assert found <= 0.25 * 40
    assert plainly >= 0.6 * 40


def test_a_gap_in_a_set_is_not_two_sides_that_fall_silent_together() -> None:
    """Two friendly sides that do not answer each other, in a set of which half a year is lost."""
    rng = np.random.default_rng(11)
    day = np.arange(START, START + DAYS)
    lost = (day >= START + 1_200) & (day < START + 1_400)
    held = Seen(day[~lost], np.full(int((~lost).sum()), 50), START, START + DAYS - 1)
    found = 0
    for _ in range(20):
        pairs = {pair: each(day[~lost], 5 + 3 * rng.normal(size=len(held.day))) for pair in (("a", "b"), ("b", "a"))}
        rows, _ = answered(pairs, held, "wire")
        assert {row.months for row in rows} == {held.each("month")[1].astype(bool).sum()}
        found += any(row.verdict == "reciprocates" for row in rows)
    assert found <= 5


def test_a_set_with_more_gaps_than_months_between_them_decides_nothing() -> None:
    day = np.arange(START, START + DAYS)
    kept = (day - START) % 122 < 61
    held = Seen(day[kept], np.full(int(kept.sum()), 50), START, START + DAYS - 1)
    pairs = {pair: each(day[kept], np.sin(day[kept] * 1.0)) for pair in (("a", "b"), ("b", "a"))}
    rows, _ = answered(pairs, held, "wire")
    assert {row.verdict for row in rows} == {"undetermined"}
    assert rows[0].because == "only 0 months are observed with the 6 before them, where 54 are needed"


def test_one_month_alone_decides_nothing() -> None:
    """Events of the other all count 0, but for those of one month, and whatever the first does in the next follows it exactly."""
    one, other = exchange(np.random.default_rng(14), 0.0)
    spike = np.where(other.day // 31 == (START + 1_500) // 31, 5.0, 0.0)
    rows, _ = answered({("a", "b"): one, ("b", "a"): each(other.day, spike)}, seen(), "wire")
    assert {(row.verdict, row.because) for row in rows} == {("undetermined", "what is found would hang on one month alone")}


def test_one_event_brings_about_another() -> None:
    """Each event of a is answered by b with a chance of 0.6 some days later: a branching ratio of 0.6, and none the other way."""
    rng = np.random.default_rng(10)
    first = rng.uniform(0, DAYS - 60, 250)
    second = first[rng.random(250) < 0.6]
    second = np.concatenate([second + rng.exponential(6, len(second)), rng.uniform(0, DAYS, 40)])
    days = [START + np.sort(held).astype(np.int64) for held in (first, second)]
    pairs = {("a", "b"): each(days[0]), ("b", "a"): each(days[1], code=1000)}
    _, rows = answered(pairs, seen(), "wire")
    ratio = {(row.by, row.side): row for row in rows}
    assert ratio["a", "b"].verdict == "excites"
    assert ratio["a", "b"].ratio.low < 0.6 < ratio["a", "b"].ratio.high
    assert ratio["b", "a"].verdict != "excites"
    assert _but_echo(ratio["a", "b"]) == ratio["a", "b"]
    assert _but_echo(replace(ratio["a", "b"], delay=(10.0, 2.0, 30.0))).verdict == "undetermined"


@given(
    arrays(np.int64, st.integers(1, 30), elements=st.integers(0, 5)),
    arrays(np.int64, st.integers(1, 30), elements=st.integers(0, 5)),
    st.integers(0, 2**32),
)
def test_as_many_as_stand_in_both_directions_are_left_out(one: Ints, other: Ints, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sides = []
    for held in (one, other):
        n = len(held)
        sides.append(cells(START + held, rng.integers(0, 3, n), np.zeros(n), rng.integers(1, 4, n)))
    left, shared = _less_meetings(*sides)

    def tally(held: Cells, events: Ints) -> dict[tuple[int, int], int]:
        out: dict[tuple[int, int], int] = {}
        for day, code, n in zip(held.day.tolist(), held.code.tolist(), events.tolist(), strict=True):
            out[day, code] = out.get((day, code), 0) + n
        return out

    before = [tally(held, held.events) for held in sides]
    after = [tally(held, events) for held, events in zip(sides, left, strict=True)]
    both = {key: min(before[0].get(key, 0), before[1].get(key, 0)) for key in before[0] | before[1]}
    assert shared == 2 * sum(both.values())
    for had, has in zip(before, after, strict=True):
        assert has == {key: n - both[key] for key, n in had.items()}
    acts = _acts((sides[0], sides[1]), left)
    assert len(acts) == int(left[0].sum() + left[1].sum())


def test_meetings_alone_bring_about_nothing() -> None:
    day = START + np.arange(0, 2_000, 5)
    pairs = {("a", "b"): each(day), ("b", "a"): each(day)}
    _, rows = answered(pairs, seen(), "wire")
    assert {(row.verdict, row.n, row.left_out) for row in rows} == {("undetermined", 0, 800)}
    assert "0 dated acts of a, where 20 are needed" in rows[0].because


def test_a_press_that_rests_at_weekends_alone_brings_about_nothing() -> None:
    rng = np.random.default_rng(12)
    day = np.arange(START, START + DAYS)
    works = (day - 1) % 7 < 5
    held = Seen(day, np.where(works, 500, 150), START, START + DAYS - 1)
    found = 0
    for _ in range(6):
        events = [rng.poisson(0.2 * works) for _ in range(2)]
        one, other = (
            cells(day[n > 0], 50 * i + rng.integers(0, 40, int((n > 0).sum())), np.zeros(int((n > 0).sum())), n[n > 0])
            for i, n in enumerate(events)
        )
        _, rows = answered({("a", "b"): one, ("b", "a"): other}, held, "wire")
        found += sum(row.verdict == "excites" for row in rows)
    assert found <= 2


def test_one_story_told_for_days_of_both_sides_is_no_answer() -> None:
    """Stories that come unasked, of which each direction has some events: half on the day, and fewer on each that follows."""
    rng = np.random.default_rng(13)
    story = START + np.flatnonzero(rng.random(DAYS - 100) < 0.05)
    days = [
        np.sort(held + rng.geometric(0.5, len(held)) - 1)
        for held in (np.repeat(story, rng.poisson(1.5, len(story))) for _ in "ab")
    ]
    _, rows = answered({("a", "b"): each(days[0]), ("b", "a"): each(days[1], code=1000)}, seen(), "wire")
    assert all(row.ratio.low > 0 for row in rows)
    assert {row.verdict for row in rows} == {"undetermined"}
    assert all("as one story told again would" in row.because for row in rows)


def test_more_events_than_the_model_is_fitted_to_are_said() -> None:
    day = START + np.arange(0, 3_000)
    many = np.full(len(day), 3)
    codes = np.arange(len(day))
    pairs = {
        ("a", "b"): cells(day, codes, np.zeros(len(day)), many),
        ("b", "a"): cells(day, codes + len(day), np.zeros(len(day)), many),
    }
    _, rows = answered(pairs, seen(), "wire")
    assert rows[0].because == "18,000 acts, more than the 10,000 that the model is fitted to"


# as a user meets it


def wire(root: Path, months: int) -> EventSet:
    """A study whose set has so many months of events in both directions."""
    rng = np.random.default_rng(1)
    lines = ["day,a,b,c,v"]
    for month in range(months):
        for pair in ("JPN,RUS", "RUS,JPN"):
            when = f"{1995 + month // 12}-{month % 12 + 1:02d}"
            for _ in range(4):
                lines.append(
                    f"{when}-{rng.integers(1, 29):02d},{pair},{rng.choice(['040', '112', '020'])},{rng.normal():.2f}"
                )
    root.mkdir()
    (root / "events.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (told,) = measure_events(study_of(root, declare("events.csv", "mapping", columns=MAPPED))).sets
    return told


def test_a_month_of_events_decides_nothing(tmp_path: Path) -> None:
    told = wire(tmp_path / "study", 1)
    assert {row.verdict for row in (*told.reciprocity, *told.excitation)} == {"undetermined"}
    assert "where 20 are needed" in told.reciprocity[0].because


def test_reasons_on_the_terminal_name_sides_and_not_their_ids(tmp_path: Path) -> None:
    told = wire(tmp_path / "study", 1)
    assert "dated acts of japan," in told.excitation[0].because
    shown = CliRunner().invoke(cli, ["measure", str(tmp_path / "study"), "--events"])
    line = " ".join(shown.stdout.split())
    assert "dated acts of Japan," in line
    assert "of japan" not in line


def test_the_report_and_the_terminal_say_it(tmp_path: Path) -> None:
    root = tmp_path / "study"
    told = wire(root, 72)
    assert {row.verdict for row in told.reciprocity} == {"no reciprocity found"}
    shown = CliRunner().invoke(cli, ["measure", str(root), "--events"])
    assert shown.exit_code == 0
    assert "Japan toward Russia (wire): no reciprocity found" in shown.stdout
    assert "is not a file of a study" not in shown.stderr
    line = " ".join(shown.stdout.split())
    assert "for each point of Russia:" in line
    assert "events of Russia toward Japan → events of Japan toward Russia (wire):" in line
    assert " ".join(ONE_READING.split()) in line
    (held,) = json.loads(CliRunner().invoke(cli, ["measure", str(root), "--json"]).stdout)["result"]["events_sets"]
    assert {row["verdict"] for row in held["reciprocity"]} == {"no reciprocity found"}
    assert CliRunner().invoke(cli, ["report", str(root), "--format", "md"]).exit_code == 0
    page = next((root / "report").glob("*.md")).read_text(encoding="utf-8")
    assert "Is like met with like, and do events bring about events?" in page
    assert "A set is one voice: this is what it records." in page
    assert "follows after" not in page  # nothing is found to bring about anything
