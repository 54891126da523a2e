"""Two things at once: compiled kernels hold no lock, so what they reckon takes no time from what Python does meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def alongside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin ``work`` in a thread: a function that waits for its end, and returns what it did or raises what it raised.

    A program that ends meanwhile, by an error elsewhere or because it was stopped, does not wait for the thread.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as problem:
            future.set_exception(problem)

    Thread(target=run, daemon=True).start()
    return future.result
