"""Silences: the probability against Fisher's exact test, and what a silence must and must not depend on."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from making import make, sources, spoken
from scipy.stats import hypergeom

from rashomon.measuring.silences.measuring import Silence, Silences, measure_silences
from rashomon.measuring.silences.mentioning import gather_mentions
from rashomon.measuring.statistics.absence import (
    LEAST_RHO,
    chance_of_none,
    effective,
    greatest_share,
    likeness,
    needed,
    share_band,
)
from rashomon.study import StudyData, open_study, parse_day

COUNTS = st.integers(1, 400)
PERIODS = """
[[period]]
id = "early"
name = "Early"
when = "1960/1969"
[[period]]
id = "late"
name = "Late"
when = "1970/1979"
"""
ISSUES = "".join(
    f'[[issue]]\nid = "{name}"\nname = "{name}"\npositions = [{{ id = "yes", name = "Yes" }}, {{ id = "no", name = "No" }}]\n'
    for name in ("trade", "fish", "navy")
)


# the core


@given(COUNTS, COUNTS, st.data())
def test_the_chance_of_none_is_fishers(silent: int, speaking: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, speaking))
    exact = hypergeom(silent + speaking, k, silent).pmf(0)
    assert chance_of_none(float(silent), float(speaking), float(k)) == pytest.approx(exact, rel=1e-8, abs=1e-300)


@given(COUNTS, COUNTS, st.data())
def test_more_said_without_it_makes_silence_surer(silent: int, speaking: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, speaking))
    here, more = (float(chance_of_none(float(n), float(speaking), float(k))) for n in (silent, silent + 1))
    assert more < here
    assert float(greatest_share(silent + 1.0, 0.9)) < float(greatest_share(float(silent), 0.9))


@given(st.integers(1, 10_000), st.floats(0.01, 1))
def test_a_voice_is_worth_at_most_the_inverse_of_its_likeness(n: int, rho: float) -> None:
    worth = float(effective(float(n), rho))
    assert 1.0 - 1e-12 <= worth <= min(n, 1 / rho) + 1e-9


def test_one_voice_that_says_ever_more_never_decides() -> None:
    worth = effective(np.array([10.0, 1e3, 1e6]), 0.5)
    assert (chance_of_none(worth, np.array(8.0), np.array(2.0)) > 0.5).all()


@given(COUNTS, st.data())
def test_as_many_as_are_needed_are_enough(speaking: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, speaking))
    n = float(needed(np.array(float(speaking)), np.array(float(k)), 0.1))
    assume(math.isfinite(n))
    assert float(chance_of_none(n, float(speaking), float(k))) == pytest.approx(0.1, rel=1e-3)


def test_the_rule_of_three() -> None:
    # Hanley & Lippman-Hand 1983: at 95 % the upper end is near 3/n
    assert float(greatest_share(100.0, 0.95)) == pytest.approx(0.0295, abs=5e-4)
    assert float(greatest_share(0.0, 0.95)) == 1.0


def test_the_band_of_a_share_holds_it() -> None:
    low, high = share_band(np.array([1.0, 5.0]), np.array([20.0, 10.0]), 0.9)
    assert (low < [0.05, 0.5]).all()
    assert (high > [0.05, 0.5]).all()


def test_likeness_is_that_of_statements_that_were_made_alike() -> None:
    rng = np.random.default_rng(3)
    rho, voices, each = 0.3, 60, 30
    share = rng.beta(0.3 * (1 - rho) / rho, 0.7 * (1 - rho) / rho, voices)
    voice = np.repeat(np.arange(voices), each)
    topic = (rng.random(voice.size) < share[voice]).astype(np.int64)
    assert likeness(np.zeros_like(voice), voice, topic).rho == pytest.approx(rho, abs=0.1)
    shuffled = rng.permutation(topic)
    assert likeness(np.zeros_like(voice), voice, shuffled).rho < 0.05


def test_likeness_of_one_voice_lets_it_count_once() -> None:
    assert likeness(np.zeros(9, np.int64), np.zeros(9, np.int64), np.arange(9)).rho == 1.0


# studies


def voices(n: int) -> str:
    return sources(*(f"v{one}" for one in range(n)))


def rows_of(who: str, topic: str, n: int, tellers: int, start: int, year: int = 1962) -> list[dict[str, object]]:
    """``n`` mentions on different days, told in turn by so many voices."""
    return [
        spoken(start + i, year, "yes", f"v{i % tellers}", path=who, topic=topic, when=day(year, i)) for i in range(n)
    ]


def day(year: int, i: int) -> str:
    return f"{year + i % 7}-{1 + i % 12:02}-{1 + i % 28:02}"


def studied(folder: Path, rows: list[dict[str, object]], tellers: int = 8, declared: str = "") -> StudyData:
    return make(folder, ISSUES + PERIODS + voices(tellers) + declared, statements=rows)


def loud(quiet: int, on_topic: int = 40, tellers: int = 8) -> list[dict[str, object]]:
    """A speaks of trade and fish, B of fish alone, so often."""
    rows = rows_of("a-leader", "trade", on_topic, tellers, 0) + rows_of("a-leader", "fish", 80, tellers, 1000)
    rows += rows_of("b-leader", "fish", quiet, tellers, 3000)
    return rows


def one(result: Silences, **wanted: object) -> Silence:
    (found,) = [row for row in result.rows if all(getattr(row, name) == value for name, value in wanted.items())]
    return found


def test_a_silence_is_found_where_much_was_said(tmp_path: Path) -> None:
    row = one(measure_silences(studied(tmp_path, loud(150))), kind="sides", silent="b", topic="trade")
    assert (row.verdict, row.voices, row.n, row.period) == ("silent", 8, 40, "early")
    assert row.p <= row.p_holm <= 0.1
    assert row.share.low < 1 / 3 < row.share.high
    assert row.most < row.share.low
    assert math.isnan(row.needed)


def test_little_said_is_undetermined_and_says_how_much_is_needed(tmp_path: Path) -> None:
    row = one(measure_silences(studied(tmp_path, loud(2))), kind="sides", silent="b", topic="trade")
    assert row.verdict == "undetermined"
    assert "too little said" in row.because
    short = math.ceil(row.needed)
    assert 0 < short < 20
    enough = studied(tmp_path / "more", loud(2 + short, tellers=8))
    assert one(measure_silences(enough), kind="sides", silent="b", topic="trade").p <= row.p


def test_nothing_recorded_is_no_silence(tmp_path: Path) -> None:
    rows = loud(20) + rows_of("a-leader", "fish", 4, 4, 5000, 1971)
    gap = one(measure_silences(studied(tmp_path, rows)), kind="sides", period="late")
    assert (gap.silent, gap.topic, gap.verdict) == ("b", "", "nothing recorded")
    assert "gap in the frame" in gap.because


def test_a_voice_that_never_speaks_of_it_shows_nothing(tmp_path: Path) -> None:
    rows = rows_of("a-leader", "trade", 30, 2, 0) + rows_of("a-leader", "fish", 30, 2, 1000)
    strangers = [
        spoken(3000 + i, 1962, "yes", f"v{2 + i % 4}", path="b-leader", topic="fish", when=f"196{i % 8}-0{1 + i % 9}")
        for i in range(60)
    ]
    row = one(measure_silences(studied(tmp_path, rows + strangers)), kind="sides", silent="b", topic="trade")
    assert (row.verdict, row.voices, row.said) == ("undetermined", 0, 0)
    assert "no voice" in row.because


def test_repeating_the_rows_of_a_voice_changes_nothing(tmp_path: Path) -> None:
    rows = loud(30)
    theirs = [row for row in rows if row["path"] == "b-leader"]
    again = [{**row, "id": f"{row['id']}-{copy}", "stance": "no"} for row in theirs for copy in range(3)]
    plain, repeated = (
        measure_silences(studied(tmp_path / name, more)) for name, more in (("plain", rows), ("repeated", rows + again))
    )
    assert [(row.p, row.effective, row.said) for row in plain.rows] == [(row.p, row.effective, row.said) for row in repeated.rows]


def test_more_voices_are_worth_more_than_more_of_one(tmp_path: Path) -> None:
    many = one(measure_silences(studied(tmp_path / "many", loud(60))), kind="sides", silent="b", topic="trade")
    rows = [row if row["path"] != "b-leader" else {**row, "source": f"v{i % 2}"} for i, row in enumerate(loud(60))]
    few = one(measure_silences(studied(tmp_path / "few", rows)), kind="sides", silent="b", topic="trade")
    assert many.said == few.said
    assert many.effective > few.effective
    assert many.p < few.p


def test_groups_that_are_swapped_swap_their_rows(tmp_path: Path) -> None:
    swap = {"a-leader": "b-leader", "b-leader": "a-leader"}
    rows = loud(25)
    turned = [{**row, "path": swap[str(row["path"])]} for row in rows]
    plain, swapped = (measure_silences(studied(tmp_path / name, more)) for name, more in (("p", rows), ("s", turned)))
    other = {"a": "b", "b": "a"}
    assert {(r.topic, r.silent, r.p, r.p_holm, r.verdict) for r in plain.rows if r.kind == "sides"} == {
        (r.topic, other[r.silent], r.p, r.p_holm, r.verdict) for r in swapped.rows if r.kind == "sides"
    }


def test_what_was_said_in_private_and_not_in_public(tmp_path: Path) -> None:
    private = rows_of("a-leader", "navy", 25, 6, 0) + rows_of("a-leader", "fish", 25, 6, 500)
    public = rows_of("a-leader", "fish", 90, 6, 2000) + rows_of("a-leader", "trade", 30, 6, 4000)
    rows = [{**row, "stage": "backchannel"} for row in private] + [{**row, "stage": "public"} for row in public]
    found = measure_silences(studied(tmp_path, rows))
    assert one(found, kind="stages", silent="public", topic="navy").verdict == "silent"
    assert one(found, kind="stages", silent="private", topic="trade").side == "a"


def test_kinds_of_source(tmp_path: Path) -> None:
    letters = "".join(
        f'[[source]]\nid = "l{i}"\ntitle = "Letter {i}"\npublished = "2021"\nkind = "letter"\n' for i in range(6)
    )
    early, late = rows_of("a-leader", "fish", 90, 6, 5000), rows_of("a-leader", "trade", 6, 6, 7000, 1971)
    told = [{**row, "source": f"l{i % 6}"} for i, row in enumerate(early + late)]
    found = measure_silences(studied(tmp_path, loud(60) + told, declared=letters))
    assert one(found, kind="sources", period="early", silent="letter", topic="trade").verdict == "silent"


def test_qualities_seen_in_the_other_are_one_topic_for_both_sides(tmp_path: Path) -> None:
    rows = rows_of("a-leader", "b:peaceful", 12, 4, 0) + rows_of("b-leader", "a:peaceful", 12, 4, 100)
    rows = [{**row, "stance": "positive"} for row in rows]
    rows += rows_of("a-leader", "fish", 20, 4, 500) + rows_of("b-leader", "fish", 20, 4, 700)
    said = gather_mentions(studied(tmp_path, rows))
    assert {said.topics[code] for code in said.split("sides").topic.tolist()} == {"peaceful", "fish"}
    assert not [row for row in measure_silences(studied(tmp_path, rows)).rows if row.kind == "sides" and row.topic]


def test_causes_mention_both_ends_and_being_unaware_mentions_nothing(tmp_path: Path) -> None:
    rows = [spoken(1, 1962, "up", "v0", topic="trade -> b:peaceful"), spoken(2, 1962, "", "v0", topic="s1", modality="unaware")]
    said = gather_mentions(studied(tmp_path, rows))
    assert sorted(said.topics[code] for code in said.topic.tolist()) == ["b:peaceful", "trade"]


def test_as_of_a_day_only_what_was_open_counts(tmp_path: Path) -> None:
    declared = '[[source]]\nid = "early"\ntitle = "E"\npublished = "1970"\nkind = "book"\n'
    rows = [{**row, "source": "early"} if i % 2 else row for i, row in enumerate(loud(40))]
    study = studied(tmp_path, rows, declared=declared)
    whole, then = measure_silences(study), measure_silences(study.as_of(parse_day("1975-01-01")))
    assert then.provenance.n < whole.provenance.n
    assert then.provenance.as_of == "1975-01-01"


def test_an_empty_study_has_no_silences(tmp_path: Path) -> None:
    assert measure_silences(make(tmp_path, sources("v0"), statements=[])).rows == ()


def test_what_was_kept_back_is_listed(kuril: Path) -> None:
    study = open_study(kuril)
    found = measure_silences(study)
    kept = [row for row in found.kept if row.record == "q-1988-borders-ussr"]
    assert [(row.audience, row.by, row.since, row.until) for row in kept] == [("soviet-public", "soviet-media", "", "1990-10")]
    assert len(found.kept) == len(study.access)
    assert not [row for row in found.rows if row.verdict == "silent"], "three narrators leave no silence after the adjustment"
    assert found.rho >= LEAST_RHO
