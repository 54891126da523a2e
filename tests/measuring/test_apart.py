"""Work in a process apart gives what it gives here, whatever becomes of that process."""

from __future__ import annotations

import os
import re
import signal
import threading
from typing import NoReturn

import pytest

import rashomon
from rashomon.errors import RashomonError, error
from rashomon.measuring import measure_all
from rashomon.measuring.whole import apart as room
from rashomon.measuring.whole.apart import WORTHWHILE, apart


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no other thread ran, as those do that report what tests side by side come to."""
    monkeypatch.setattr(room.threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
def test_a_large_study_is_measured_elsewhere_and_a_small_one_here() -> None:
    assert apart(os.getpid, WORTHWHILE)() != os.getpid()
    assert apart(os.getpid, WORTHWHILE - 1)() == os.getpid()


@pytest.mark.usefixtures("alone")
def test_what_is_measured_apart_is_what_is_measured_here(
    worked: rashomon.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = rounded("".join(worked.measure().to_json()))
    monkeypatch.setattr(room, "WORTHWHILE", 1)
    assert rounded("".join(measure_all(worked.data).to_json())) == here


def rounded(text: str) -> str:
    """JSON with its numbers to eight digits: matrix products may differ in the last from one call to the next."""
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda found: f"{float(found[0]):.8g}", text)


@pytest.mark.usefixtures("alone")
def test_where_the_other_process_is_killed_the_work_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert apart(work, WORTHWHILE)() == here


@pytest.mark.usefixtures("alone")
def test_what_fails_apart_fails_here_with_its_own_words() -> None:
    def fails() -> NoReturn:
        raise error("R502", "Nothing can be reckoned.")

    found = apart(fails, WORTHWHILE)
    with pytest.raises(RashomonError, match="Nothing can be reckoned"):
        found()


@pytest.mark.usefixtures("alone")
def test_an_answer_larger_than_a_pipe_holds_comes_whole() -> None:
    assert apart(lambda: bytes(1 << 22), WORTHWHILE)() == bytes(1 << 22)


def test_beside_another_thread_the_work_is_done_here() -> None:
    go_on = threading.Event()
    beside = threading.Thread(target=go_on.wait, args=(60,))
    beside.start()
    try:
        assert apart(os.getpid, WORTHWHILE)() == os.getpid()
    finally:
        go_on.set()
        beside.join()
