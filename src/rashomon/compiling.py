"""Loops over numbers, compiled by numba on first use and kept for the next.

A kernel is compiled together with the kernels it calls, which may stand in other modules of its room, and numba knows it by
its own file alone. So compiled code is kept in a folder named after the text of all modules of the room: what was made of an
older text is never used. A kernel therefore calls only kernels of its own room. Where nothing can be kept, it is compiled
each time.

Nothing that is imported at the start imports this module, nor a room that has kernels before one is called: numba takes half a
second to load.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast, overload

import numba
from numba.core import event

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


@overload
def compiled(kernel: Kernel) -> Kernel: ...
@overload
def compiled(*, kept: bool = True, **options: Any) -> Callable[[Kernel], Kernel]: ...
def compiled(kernel: Kernel | None = None, *, kept: bool = True, **options: Any) -> Kernel | Callable[[Kernel], Kernel]:
    """The kernel as machine code that holds no lock, compiled at its first call and kept on disk.

    Without ``kept`` it is compiled each time: enough for what only other kernels call, who are kept with all they call. Other
    ``options`` are numba's own (``error_model``, ``fastmath``, ``inline`` …).
    """

    def compile_(one: Kernel) -> Kernel:
        folder = kept_in(Path(one.__code__.co_filename).parent) if kept else None
        if folder is None:
            return cast(Kernel, numba.njit(nogil=True, **options)(one))
        before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder)  # type: ignore[attr-defined]
        try:
            return cast(Kernel, numba.njit(cache=True, nogil=True, **options)(one))
        finally:
            numba.config.CACHE_DIR = before  # type: ignore[attr-defined]

    return compile_ if kernel is None else compile_(kernel)


@cache
def kept_in(room: Path) -> Path | None:
    """Where the compiled code of a room's modules as they now stand is kept; None where nothing can be written.

    That is where ``NUMBA_CACHE_DIR`` says, else beside the modules, where what was made of older texts is removed, else among the
    user's caches.
    """
    texts = [Path(__file__), *sorted(room.glob("*.py"))]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in texts)).hexdigest()[:16]
    asked = os.environ.get("NUMBA_CACHE_DIR")
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    beside = room / "__pycache__"
    for parent in (Path(asked),) if asked else (beside, user):
        folder = parent / "rashomon" / room.name / digest
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            if parent == beside:
                _remove_but(folder)
            return folder
    return None


@contextmanager
def telling_the_wait(note: Callable[[str], object]) -> Iterator[None]:
    """Tell ``note`` that the compiler is at work, when in the block a kernel is first compiled that is not kept."""
    listening: Any = event.install_listener  # which has no types
    with listening("numba:compile", _waiting(note)):
        yield


class _Waiting(event.Listener):
    """Tells once, however many kernels are compiled."""

    def __init__(self, note: Callable[[str], object]) -> None:
        self.note, self.told = note, False

    def on_start(self, event: event.Event) -> None:
        """A kernel begins to be compiled."""
        if not self.told:
            self.told = True
            self.note("the program's inner loops are being compiled, which is done once on this machine and takes up to a minute")

    def on_end(self, event: event.Event) -> None:
        """A kernel has been compiled."""


@lru_cache(maxsize=1)
def _waiting(note: Callable[[str], object]) -> _Waiting:
    """One for several blocks with one ``note``, so that measures and games after them do not say it twice."""
    return _Waiting(note)


def _remove_but(folder: Path) -> None:
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
