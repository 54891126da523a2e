"""The working store and processes: whom it lets write, and that no kill leaves it half-written."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from kill_child import SLOTS, keep, kept, key_of, value_of
from stores import KEY, LATER, SOURCE, later_scripts, opened, state_of

from rashomon.errors import RashomonError
from rashomon.study import store as store_module
from rashomon.study.store import FILE, REVISIONS, Key

KILLS = 400 if os.environ.get("RASHOMON_DEEP") else 20
POSIX = pytest.mark.skipif(os.name != "posix", reason="forks")


class Workers:
    """The process of ``kill_child.py``, which forks workers for us to kill."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("kill_child.py")
        self._process = subprocess.Popen(
            [sys.executable, script, store_module._source_digest()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def start(self, task: str, folder: Path, number: int = 0) -> int:
        """Begin a task; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{task}\t{folder}\t{number}\n")
        self._process.stdin.flush()
        return int(self._line())

    def ended(self) -> int:
        """Wait for the task to end; its status, 9 if it was killed."""
        return int(self._line().removeprefix("ended "))

    def kill_after(self, seconds: float, task: str, folder: Path, number: int = 0) -> int:
        """Begin a task and kill it some time later; its status."""
        worker = self.start(task, folder, number)
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(worker, signal.SIGKILL)
        return self.ended()

    def time_of(self, task: str, folder: Path) -> float:
        """How long a task takes that nobody kills, in seconds."""
        start = time.perf_counter()
        self.start(task, folder)
        assert self.ended() == 0
        return time.perf_counter() - start

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    one = Workers()
    yield one
    one.stop()


def values_of(folder: Path) -> dict[int, int]:
    """Slot → generation of what is remembered, each value checked to be whole."""
    found = {}
    with opened(folder) as store:
        for slot in range(SLOTS):
            value = kept(store, key_of(slot))
            if value is not None:
                assert isinstance(value, dict)
                assert value == value_of(slot, value["generation"])
                found[slot] = value["generation"]
    return found


def rows_of(database: Path) -> list[tuple[str, bytes]]:
    """All results in a database, whatever its revision."""
    raw = sqlite3.connect(database)
    try:
        return raw.execute("SELECT key, value FROM results ORDER BY key").fetchall()
    finally:
        raw.close()


def prepared(folder: Path) -> Path:
    """Make a store with results and a run, and migrations beyond it; a copy of the store, to be put back."""
    with opened(folder) as store, store.record_run("measure", {}, "1"):
        for slot in range(20):
            keep(store, Key(str(slot), "1", "m"), random.Random(slot).randbytes(20_000).hex())
    later_scripts(folder)
    return Path(shutil.copy(folder / FILE, folder / "older"))


def put_back(folder: Path, older: Path | None) -> None:
    """Have the folder's store be as it was, or not be."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{suffix}").unlink(missing_ok=True)
    if older is not None:
        shutil.copy(older, folder / FILE)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, at most a minute."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.002)


def moments(whole: float) -> list[float]:
    """Moments to kill at, over the time a task takes."""
    return [random.uniform(0, 1.05 * whole) for _ in range(KILLS)]


@POSIX
def test_killed_while_the_store_is_made(workers: Workers, tmp_path: Path) -> None:
    def folders() -> Iterator[Path]:
        for k in itertools.count():
            (tmp_path / str(k)).mkdir()
            yield tmp_path / str(k)

    fresh = folders()
    whole = min(workers.time_of("open_only", next(fresh)) for _ in range(2))
    for moment, folder in zip(moments(whole), fresh, strict=False):
        workers.kill_after(moment, "open_only", folder)
        if (folder / FILE).exists():
            assert state_of(folder) in {(None, False), (REVISIONS[-1], False)}
        assert values_of(folder) == {}  # opens, and makes what is missing
        assert state_of(folder) == (REVISIONS[-1], False)


@POSIX
@pytest.mark.parametrize(("task", "last"), [("open_only", 60), ("upgrade", 60), ("remember_some", 15)])
def test_killed_at_every_statement(workers: Workers, tmp_path: Path, task: str, last: int) -> None:
    """Not only at random moments: at each statement in turn, until the task ends before it comes to its death."""
    older = prepared(tmp_path)
    sound = {(None, False), (REVISIONS[-1], False)} if task == "open_only" else {(REVISIONS[-1], False)}
    for statement in range(last + 1):
        put_back(tmp_path, None if task == "open_only" else older)
        workers.start(f"dying {task}", tmp_path, statement)
        status = workers.ended()
        if status == 0:
            break
        assert status == signal.SIGKILL
        assert not (tmp_path / FILE).exists() or state_of(tmp_path) in sound
        opened(tmp_path).close()
    assert statement > 12
    assert (status == 0) == (task != "remember_some")


@POSIX
def test_killed_while_an_older_store_is_brought_up_to_date(workers: Workers, tmp_path: Path) -> None:
    older = prepared(tmp_path)
    before = rows_of(older)
    whole = workers.time_of("upgrade", tmp_path)
    assert state_of(tmp_path) == (LATER, True)
    for moment in moments(whole):
        put_back(tmp_path, older)
        workers.kill_after(moment, "upgrade", tmp_path)
        assert state_of(tmp_path) in {(REVISIONS[-1], False), (LATER, True)}
        assert rows_of(tmp_path / FILE) == before


@POSIX
def test_killed_while_it_remembers(workers: Workers, tmp_path: Path) -> None:
    said, generation = tmp_path / "said", 1
    said.touch()
    for moment in moments(0.03):
        sure = said.stat().st_size
        worker = workers.start("remember", tmp_path, generation)
        wait_for(lambda sure=sure: said.stat().st_size > sure)  # type: ignore[misc]  # it is at work
        time.sleep(moment)
        os.kill(worker, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        assert state_of(tmp_path) == (REVISIONS[-1], False)
        found = values_of(tmp_path)
        for slot, at_least in map(json.loads, said.read_text().splitlines()):
            assert found[slot] >= at_least  # what was said to be kept is kept
        generation = max(found.values()) + 1
    with opened(tmp_path) as store:
        runs = store.runs()
    assert len(runs) >= KILLS
    assert all((run.ended is None) == (run.status is None) for run in runs)


@POSIX
def test_killed_while_a_file_is_written(workers: Workers, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for moment in moments(0.03):
        worker = workers.start("write", tmp_path)
        wait_for(page.exists)
        time.sleep(moment)
        os.kill(worker, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        data = page.read_bytes()
        assert len(data) == 2**20
        assert data == data[:1] * 2**20


@POSIX
def test_a_second_writer_waits_then_is_told_who_holds_the_store_and_readers_never_wait(
    workers: Workers, tmp_path: Path
) -> None:
    with opened(tmp_path, timeout=0.2) as store:
        keep(store, KEY, 1)
        holder = workers.start("hold", tmp_path)
        wait_for((tmp_path / "held").exists)
        with opened(tmp_path) as reader:
            assert kept(reader, KEY) == kept(store, KEY) == 1  # what the other has not finished is not seen
        with pytest.raises(RashomonError) as raised:
            keep(store, KEY, 2)
        assert raised.value.fault.code == "R701"
        assert str(holder) in raised.value.fault.found
        os.kill(holder, signal.SIGKILL)
        assert workers.ended() == signal.SIGKILL
        assert kept(store, KEY) == 1
        keep(store, KEY, 2)  # the lock went with its holder
        assert kept(store, KEY) == 2


def test_a_program_that_ignores_the_lock_is_reported(tmp_path: Path) -> None:
    with opened(tmp_path, timeout=0.1) as store:
        raw = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(RashomonError) as raised:
            keep(store, KEY, 2)
        raw.close()
    assert raised.value.fault.code == "R701"


@POSIX
def test_many_writers_at_once_lose_nothing(workers: Workers, tmp_path: Path) -> None:
    started = [workers.start("remember_some", tmp_path, number) for number in range(4)]
    assert len(set(started)) == 4
    with opened(tmp_path) as store:
        for number, generation in itertools.product(range(4), range(10)):
            key, value = key_of(number * 10 + generation), value_of(number, generation)
            wait_for(lambda key=key, value=value: kept(store, key) == value)  # type: ignore[misc]
