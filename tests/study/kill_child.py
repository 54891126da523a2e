"""Processes for the tests to kill: forks a worker for each line read, ``TASK FOLDER NUMBER``, and says its process id.

Forked from a process that has imported everything, a worker spends its time on the work, so that a kill hits that. When
a worker has ended, the line ``ended STATUS`` follows. The argument is the digest of the program's source that keys are to
carry: one for all, even where somebody edits the source meanwhile.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import signal
import sqlite3
import sys
import time
from pathlib import Path

import alembic.command  # noqa: F401  # so that no worker spends its time on importing it
import sqlalchemy as sa

from rashomon.study import store as store_module
from rashomon.study.files import write_atomically
from rashomon.study.store import FILE, Key, Store, open_store

SLOTS = 5


def key_of(slot: int) -> Key:
    """The key of one of the values that workers replace over and over."""
    return Key("study", "1", "measure", (("slot", slot),))


def value_of(slot: int, generation: int) -> dict[str, object]:
    """A value that shows whether it is whole; some fit a page of the database, some take many."""
    body = [slot * generation + k for k in range(40 ** (1 + generation % 3))][:20_000]
    return {"slot": slot, "generation": generation, "body": body}


def opened(folder: Path) -> Store:
    """The store of a folder that can be written to."""
    store = open_store(folder)
    assert store is not None
    return store


def keep(store: Store, key: Key, value: object) -> None:
    """Remember a JSON value, in two pieces."""
    text = json.dumps(value)
    assert list(store.remember(key, (text[:3], text[3:]))) == [text[:3], text[3:]]


def kept(store: Store, key: Key) -> object:
    """The JSON value remembered; None where there is none."""
    text = store.cached(key)
    return None if text is None else json.loads(text)


def open_only(folder: Path, _: int) -> None:
    """Make the store, or bring it up to date."""
    opened(folder).close()


def remember(folder: Path, first: int) -> None:
    """Replace values for ever, in recorded runs, and say of each after the event that it is kept."""
    store = opened(folder)
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for generation in itertools.count(first):
        with store.record_run("measure", {"generation": generation}, "1"):
            for slot in range(SLOTS):
                keep(store, key_of(slot), value_of(slot, generation))
                os.write(said, f"{json.dumps([slot, generation])}\n".encode())


def remember_some(folder: Path, first: int) -> None:
    """Remember ten values of one slot and end."""
    with opened(folder) as store:
        for generation in range(10):
            keep(store, key_of(first * 10 + generation), value_of(first, generation))


def upgrade(folder: Path, _: int) -> None:
    """Run the migrations that lie in the folder."""
    store_module._upgrade(folder / FILE, store_module._engine(folder / FILE, 10), folder / "migrations")


def hold(folder: Path, slot: int) -> None:
    """Write without ever finishing."""
    with opened(folder).writing() as connection:
        connection.exec_driver_sql("DELETE FROM results")
        (folder / "held").touch()
        time.sleep(600)


def write(folder: Path, _: int) -> None:
    """Replace one file for ever by 1 MiB of another letter."""
    for letter in itertools.cycle(b"abcdefghijklmnopqrstuvwxyz"):
        write_atomically(folder / "page.html", bytes([letter]) * 2**20)


def die_at(statement: int) -> None:
    """Have this process kill itself when SQLite comes to its ``statement``-th statement."""
    left = itertools.count(statement, -1)

    def trace(_: str) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(trace)

    sa.event.listen(sa.pool.Pool, "connect", connect)


def main() -> None:
    """Serve until standard input ends."""
    tasks = (open_only, remember, remember_some, upgrade, hold, write)
    named = {task.__name__: task for task in tasks}
    digest = sys.argv[1]
    store_module._source_digest = functools.cache(lambda: digest)
    for line in sys.stdin:
        task, folder, number = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            if task.startswith("dying "):
                task = task.removeprefix("dying ")
                die_at(int(number))
            named[task](Path(folder), int(number))
            os._exit(0)
        print(worker, flush=True)
        if task != "remember_some":
            print("ended", os.waitpid(worker, 0)[1], flush=True)


if __name__ == "__main__":
    main()
