"""The wait for the compiler is told of once, before it begins, and not when there is none."""

from __future__ import annotations

import pytest

from rashomon import compiling
from rashomon.measuring import say_the_wait


@pytest.mark.parametrize("ready", [False, True])
def test_the_wait_for_the_compiler_is_told_of_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch, ready: bool) -> None:
    monkeypatch.setattr(compiling, "is_compiled", lambda _: ready)
    told: list[str] = []
    say_the_wait(told.append)
    wait = "where levels are to be estimated, that is compiled, once on this machine: a quarter of a minute"
    assert told == ([] if ready else [wait])  # most small studies have none, and then nothing is compiled
