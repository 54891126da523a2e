"""Reading in child processes: each file has a budget of time and memory, and one that breaks it, or its process, harms no other.

A child reads file after file and is replaced where it dies, overruns or grows large. What it sends is kept in a spool of its
own, a few megabytes in memory and the rest on the disk, until the file is at its end; so whoever takes an :class:`Outcome` has
the whole of it, and memory does not grow with the file.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from rashomon.errors import Fault, RashomonError, Where

READER: Final = "rashomon.reading.child:read_file"
"""What reads a file, a :data:`rashomon.reading.child.Reader` as ``module:function``."""

SECONDS: Final = 60.0
"""Seconds that a file may take to be read, and as many again for each MiB of it."""
MEMORY: Final = 3 << 29
"""Bytes that its process may take: 1.5 GiB."""
OUTPUT: Final = 1 << 30
"""Bytes of JSON that a file may give."""

_LINE: Final = 1 << 25  # bytes that a message may have
_KEPT: Final = 1 << 22  # bytes of a spool that are kept in memory
_LOOK: Final = 0.2  # seconds between looks at the children
_START: Final = 120.0  # seconds that a child may take to get ready
_BOOT: Final = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path']; "
    "from rashomon.reading.child import main; main(told['reader'], told['memory'])"
)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read: where it is, what it is called in reports, and its size in bytes."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What a file may take: :data:`SECONDS` and the like, and :data:`MEMORY` bytes."""

    seconds: float = SECONDS
    memory: int = MEMORY

    def time_of(self, size: int) -> float:
        """Seconds that a file of ``size`` bytes may take."""
        return self.seconds * (1 + size / 2**20)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: faults, whether they kept it from being read to its end, and the documents that are whole.

    A context manager, which lets go of the spool.
    """

    task: Task
    faults: tuple[Fault, ...]
    failed: bool
    whole: int
    spool: IO[bytes]

    def __enter__(self) -> Outcome:
        return self

    def __exit__(self, *_: object) -> None:
        self.spool.close()

    def messages(self) -> Iterator[list[Any]]:
        """What the child said of the documents that are whole: ``document``, ``passages`` …, ``whole``, and so on."""
        self.spool.seek(0)
        left = self.whole
        for line in self.spool:
            if left == 0:
                return
            message = json.loads(line)
            left -= message[0] == "whole"
            yield message


@dataclass(eq=False)
class _Child:
    """A process, what it is at, and what it has said of that."""

    process: subprocess.Popen[bytes]
    deadline: float
    ready: bool = False
    task: Task | None = None
    faults: list[Fault] = field(default_factory=list)
    whole: int = 0
    said: int = 0
    spool: IO[bytes] | None = None
    largest: int = 0

    def give(self, task: Task, budget: Budget) -> None:
        """Have it read a file."""
        assert self.process.stdin is not None
        self.task, self.deadline = task, time.monotonic() + budget.time_of(task.size)
        self.faults, self.whole, self.said, self.largest = [], 0, 0, 0
        self.spool = tempfile.SpooledTemporaryFile(_KEPT)  # noqa: SIM115  # closed by whoever takes the outcome
        with suppress(OSError):  # it has died: its end is on the way
            self.process.stdin.write(json.dumps(str(task.path)).encode() + b"\n")
            self.process.stdin.flush()

    def keep(self, line: bytes) -> None:
        """Keep what it said of a document."""
        assert self.spool is not None
        self.spool.write(line)
        self.said += len(line)

    def ended(self, *faults: Fault, failed: bool) -> Outcome:
        """The file is at its end, or will not come to it."""
        assert self.task is not None
        assert self.spool is not None
        placed = tuple(_placed(fault, self.task) for fault in (*self.faults, *faults))
        found = Outcome(self.task, placed, failed, self.whole, self.spool)
        self.task = self.spool = None
        return found

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        with suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process.wait()
        if self.spool is not None:
            self.spool.close()


def _placed(fault: Fault, task: Task) -> Fault:
    """The fault with the file's name as the study has it, and after ``!`` the part of it that the child names, if any."""
    said = fault.where.file.removeprefix(str(task.path)).removeprefix("!")
    part = "" if said in ("", task.path.name) else f"!{said}"
    return replace(fault, where=replace(fault.where, file=f"{task.name}{part}"))


def read_all(tasks: Sequence[Task], jobs: int, budget: Budget, reader: str) -> Iterator[Outcome]:
    """Read the files in ``jobs`` processes at a time, beginning in their order; outcomes come as they are ready.

    No file's time runs while the caller is at work on an outcome. Processes end with the iterator. RashomonError where
    what reading needs is not there.
    """
    pool = _Pool(deque(tasks), jobs, budget, reader)
    try:
        for outcome in pool.run():
            started = time.monotonic()
            yield outcome
            pool.put_off(time.monotonic() - started)
    finally:
        pool.close()


class _Pool:
    def __init__(self, waiting: deque[Task], jobs: int, budget: Budget, reader: str) -> None:
        self.waiting, self.jobs, self.budget, self.reader = waiting, jobs, budget, reader
        self.children: list[_Child] = []
        self.lines: queue.Queue[tuple[_Child, bytes]] = queue.Queue(maxsize=8)
        self.looked = 0.0

    def run(self) -> Iterator[Outcome]:
        while self.waiting or any(child.task for child in self.children):
            self._employ()
            with suppress(queue.Empty):
                child, line = self.lines.get(timeout=_LOOK)
                if child in self.children:  # else it was killed, and what it said goes with it
                    yield from self._heard(child, line)
            if time.monotonic() - self.looked > _LOOK:
                self.looked = time.monotonic()
                for child in tuple(self.children):
                    yield from self._watched(child)

    def put_off(self, seconds: float) -> None:
        """Give every child as much longer."""
        for child in self.children:
            child.deadline += seconds

    def close(self) -> None:
        """End every process."""
        children, self.children = self.children, []
        for child in children:
            child.kill()
        while any(thread.is_alive() for thread in threading.enumerate() if thread.name == self._thread):
            with suppress(queue.Empty):
                self.lines.get(timeout=0.01)

    @property
    def _thread(self) -> str:
        return f"rashomon-reading-{id(self)}"

    def _employ(self) -> None:
        """Start processes where some are missing, and give a file to each that is idle."""
        for child in self.children:
            if self.waiting and child.ready and child.task is None:
                child.give(self.waiting.popleft(), self.budget)
        starting = sum(not child.ready for child in self.children)
        if len(self.children) < self.jobs and len(self.waiting) > starting:
            self._start()

    def _start(self) -> None:
        path = [os.path.abspath(place) for place in sys.path if place]
        told = json.dumps({"path": path, "reader": self.reader, "memory": self.budget.memory})
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, told],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        child = _Child(process, time.monotonic() + _START)
        self.children.append(child)
        threading.Thread(target=self._listen, args=(child,), name=self._thread, daemon=True).start()

    def _listen(self, child: _Child) -> None:
        """Pass on the lines of a child, b"" after the last; too long a one counts as the last."""
        assert child.process.stdout is not None
        with child.process.stdout as lines:
            while (line := lines.readline(_LINE)).endswith(b"\n"):
                self.lines.put((child, line))
            self.lines.put((child, b""))

    def _heard(self, child: _Child, line: bytes) -> Iterator[Outcome]:
        try:
            kind, *rest = json.loads(line) if line else ("",)
            if kind in ("document", "passages", "whole"):
                child.keep(line)
                child.whole += kind == "whole"
            elif kind == "fault":
                child.faults.append(fault_of(rest[0]))
            elif kind == "ready":
                child.ready = True
            elif kind == "broken":
                raise RashomonError([fault_of(one) for one in rest[0]])
            elif kind in ("done", "failed"):
                yield child.ended(*map(fault_of, rest[0] if rest else ()), failed=kind == "failed")
                if child.largest > self.budget.memory // 2:
                    self._drop(child)
            else:
                yield from self._lost(child)
        except (ValueError, TypeError, KeyError, AssertionError):  # no message of ours: a document has it in its power
            yield from self._lost(child)

    def _lost(self, child: _Child) -> Iterator[Outcome]:
        """A child has ended, or makes no sense any more."""
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(0.5)
        status = child.process.poll()
        if not child.ready:
            raise RuntimeError(f"The process that reads documents does not start (status {status}).")
        if child.task is not None:
            full = child.largest > 0.8 * self.budget.memory
            yield child.ended(_too_large(child.largest, self.budget) if full else _died(status), failed=True)
        self._drop(child)

    def _watched(self, child: _Child) -> Iterator[Outcome]:
        """Look at a child's time and memory; end it where it has had more than its share."""
        over = time.monotonic() > child.deadline
        if child.task is None:
            if over and not child.ready:
                raise RuntimeError("The process that reads documents does not get ready.")
            return
        child.largest = max(child.largest, resident(child.process.pid))
        fault = None
        if over:
            fault = _too_long(child.task, self.budget)
        elif child.largest > self.budget.memory:
            fault = _too_large(child.largest, self.budget)
        elif child.said > OUTPUT:
            fault = _too_much(child.said)
        if fault is not None:
            yield child.ended(fault, failed=True)
            self._drop(child)

    def _drop(self, child: _Child) -> None:
        child.kill()
        self.children.remove(child)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        asked = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=True)
        return int(asked.stdout) * 1024
    return 0


# faults


def fault_of(told: Mapping[str, Any]) -> Fault:
    """A fault out of what ``dataclasses.asdict`` made of it."""
    return Fault(**{**told, "where": Where(**told["where"])})


def _too_long(task: Task, budget: Budget) -> Fault:
    return Fault(
        "R904",
        "The document took longer to read than is allowed.",
        found=f"more than {budget.time_of(task.size):.0f} seconds",
        allowed=f"{budget.seconds:g} seconds, and as many again for each MiB",
        remedy=f"Split it into smaller files, or give it longer: --seconds {10 * budget.seconds:g}.",
    )


def _too_large(found: int, budget: Budget) -> Fault:
    return Fault(
        "R905",
        "The document took more memory to read than is allowed.",
        found=f"{found / 2**30:.1f} GiB" + (", and it asked for more" if found <= budget.memory else ""),
        allowed=f"{budget.memory / 2**30:.1f} GiB",
        remedy="Split it into smaller files.",
    )


def _too_much(found: int) -> Fault:
    return Fault(
        "R903",
        "The document unpacks to more than is allowed.",
        found=f"{found / 2**30:.1f} GiB of text",
        allowed=f"{OUTPUT / 2**30:.1f} GiB",
        remedy="Split it into smaller files.",
    )


def _died(status: int | None) -> Fault:
    return Fault(
        "R906",
        "The process that read the document ended before its end.",
        found="what it said could not be understood" if status is None else f"its exit status was {status}",
        allowed="a document that does not fell its reader",
        remedy="Save it anew from the program it was written with, or as PDF.",
    )
