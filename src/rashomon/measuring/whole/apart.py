"""Part of the work of a large study in a process of its own, where the system can split one: Python does one thing at a time."""

from __future__ import annotations

import os
import pickle
import threading
import warnings
from collections.abc import Callable
from typing import BinaryIO, Final, TypeVar

T = TypeVar("T")

WORTHWHILE: Final = 200_000
"""Records from which on it pays: to split a process and to send its answer back takes about a second."""


def apart(work: Callable[[], T], records: int) -> Callable[[], T]:
    """Begin ``work`` in a process split off from this one, which shares its memory: a function that returns what it came to.

    Of few ``records``, and where a process cannot be split (other threads run, or the system has no fork), the work is done when
    the function is called; so too where the other process ends without an answer, whatever ended it.
    """
    if records < WORTHWHILE or not hasattr(os, "fork") or threading.active_count() > 1:
        return work
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads in libraries, which hold no lock between calls
        child = os.fork()
    if child == 0:
        _answer(work, reading, writing)
    os.close(writing)
    source = os.fdopen(reading, "rb")  # closed with what is returned, which ends the other process if nobody asks it
    return lambda: _awaited(work, child, source)


def _answer(work: Callable[[], T], reading: int, writing: int) -> None:
    """In the other process: write the answer and end, without any of this program's farewells."""
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as sink:
            pickle.dump(work(), sink, protocol=5)
        status = 0
    finally:
        os._exit(status)


def _awaited(work: Callable[[], T], child: int, source: BinaryIO) -> T:
    with source:
        written = source.read()
    _, status = os.waitpid(child, 0)
    if status != 0:
        return work()  # which raises here what it raised there
    answer: T = pickle.loads(written)
    return answer
