"""What is followed by its words: when a series begins, changes and stops speaking of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from speeches import SERIES, filler, study_of

from rashomon.measuring.formulas import Tracked, measure_formulas
from rashomon.measuring.formulas.following import Cue, cues
from rashomon.study import open_study

TRACKED = (
    SERIES
    + """
[[tracked]]
id = "south"
name = "The South"
words = ["southland*", "the south"]

[[tracked]]
id = "north"
name = "The North, whose own texts these are"
words = ["northland"]

[[tracked]]
id = "treaty"
name = "The treaty"
words = ["peace treaty & southland*"]
series = ["speeches"]
"""
)


def tracked(root: Path, said: list[str], declared: str = TRACKED) -> dict[str, Tracked]:
    study = open_study(study_of(root, said, declared))
    return {row.topic: row for row in measure_formulas(study).tracked}


@pytest.mark.parametrize(
    ("words", "text", "times"),
    [
        (("northern territor*",), "The Northern\nTerritories. A northern territory; northern terrain.", 2),
        (("ussr",), "The USSR and the ussrs.", 1),
        (("мирн* договор*",), "Мирного договора нет. Мирный договор.", 2),
        (("北方領土", "平和条約"), "北方領土問題を解決し平和条約を結ぶ。", 2),
        (
            ("peace treaty & japan*",),
            "A peace treaty with Germany. Japan waits. Japan seeks a peace treaty; a peace treaty.",
            1,
        ),
        (("peace treaty & japan*",), "A peace treaty is what Mr. Sato asked for in Japan.\n\nJapan waits", 1),
        (("peace treaty & japan*",), "A peace treaty\n\nJapan waits", 0),
        (("soviet", "soviet union"), "The Soviet Union.", 1),
        (("islands",), "", 0),
    ],
)
def test_what_counts_as_speaking_of_it(words: tuple[str, ...], text: str, times: int) -> None:
    assert Cue("x", "X", words).mentions(text) == times


def test_first_last_runs_gaps_and_silence(tmp_path: Path) -> None:
    spoken = {3, 4, 5, 6, 9, 10, 14}
    said = [f"{filler(n)} {'Southlanders came.' if n in spoken else ''}" for n in range(20)]
    row = tracked(tmp_path, said)["south"]
    assert (row.n, row.speak, row.first, row.last, row.silent) == (20, 7, "t1953", "t1964", 5)
    assert (row.first_when, row.last_when) == ("1953", "1964")
    assert row.run == ("t1953", "t1956", 4)
    assert row.gaps == (("t1961", "t1963", 3), ("t1957", "t1958", 2))
    assert row.share.estimate == pytest.approx(7 / 20)
    assert 0 < row.share.low < 7 / 20 < row.share.high < 1
    assert row.surprise.estimate > 0
    assert row.records == tuple(f"t{1950 + n}" for n in sorted(spoken))


def test_a_change_of_rate_is_found_where_it_is_and_none_where_there_is_none(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    counts = [*rng.poisson(0.3, 20), *rng.poisson(4.0, 15)]
    said = [f"{filler(n)} {'Southland. ' * int(many)}" for n, many in enumerate(counts)]
    row = tracked(tmp_path / "changed", said)["south"]
    assert row.verdict == "changes"
    assert row.p <= 0.01
    [before, after] = row.stretches
    assert abs(before.n - 20) <= 1
    assert before.n + after.n == 35
    assert before.rate.high < after.rate.low
    steady = [f"{filler(n)} {'Southland. ' * int(many)}" for n, many in enumerate(rng.poisson(2.0, 30))]
    row = tracked(tmp_path / "steady", steady)["south"]
    assert row.verdict == "no change found"
    assert [one.n for one in row.stretches] == [30]


def test_the_own_side_is_not_followed_and_few_texts_decide_nothing(tmp_path: Path) -> None:
    rows = tracked(tmp_path, ["Northland and Southland. A peace treaty with the Southlanders."] * 4)
    assert list(rows) == ["south", "treaty"]
    assert rows["treaty"].verdict == "undetermined"
    assert "4 occasions" in rows["treaty"].because
    assert rows["treaty"].speak == 4


def test_a_word_that_nobody_uses_is_said_to_be_so(tmp_path: Path) -> None:
    row = tracked(tmp_path, [filler(n) for n in range(12)])["south"]
    assert (row.speak, row.first, row.last, row.verdict) == (0, "", "", "undetermined")
    assert "no text speaks" in row.because
    assert row.share.low == 0 < row.share.high


def test_no_mention_in_few_texts_leaves_room_for_some(tmp_path: Path) -> None:
    row = tracked(tmp_path, ["Peace and quiet. " * 10] * 6)["south"]
    assert (row.rate.estimate, row.rate.low) == (0.0, 0.0)
    assert row.rate.high == pytest.approx(1000 * row.share.high * 6 / (6 * 30))
    assert row.rate.high > 5


def test_without_a_declaration_sides_and_issues_are_followed(tmp_path: Path, kuril: Path) -> None:
    found = {one.topic: one for one in cues(open_study(study_of(tmp_path, ["Peace."])))}
    assert found["south"].words == ("South",)
    assert set(found) == {"north", "south"}
    kuril_cues = {one.topic: one.words for one in cues(open_study(kuril))}
    assert {"USSR", "Russia", "СССР"} <= set(kuril_cues["ussr"])
    assert "Northern Territories" in kuril_cues["territory"]
