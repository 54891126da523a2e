"""The wait for the compiler is told of once, when it begins, and not when there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import rashomon
from rashomon.compiling import compiled, telling_the_wait
from rashomon.playing import asking

COMPILING = ["the program's inner loops are being compiled, which is done once on this machine and takes up to a minute"]


def fresh() -> Callable[[float], float]:
    """A kernel that was never compiled."""

    @compiled(kept=False)
    def twice(x: float) -> float:
        return 2 * x

    return twice


def test_the_wait_is_told_of_once_whatever_is_compiled() -> None:
    told: list[str] = []
    kernel, note = fresh(), told.append
    with telling_the_wait(note):
        assert told == []
        kernel(1)
        assert told == COMPILING
        kernel(1.5)
    with telling_the_wait(note):
        fresh()(1)
    assert told == COMPILING
    fresh()(1)  # nobody listens


def test_nothing_is_told_where_nothing_is_compiled() -> None:
    told: list[str] = []
    kernel = fresh()
    kernel(1)
    with telling_the_wait(told.append):
        kernel(2)
    assert told == []


def test_measures_and_games_tell_of_the_wait_between_them(kuril: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    study, note = rashomon.open(kuril), told.append
    monkeypatch.setattr("rashomon.measuring.measure_all", lambda _: fresh()(1))
    study.measure(note)
    solve = asking.Conflict.solve
    monkeypatch.setattr(asking.Conflict, "solve", lambda conflict: fresh()(1) and solve(conflict))
    study.plays(note)
    assert [one for one in told if "compiled" in one] == COMPILING
