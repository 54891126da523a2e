"""Writing files so that a reader, and a killed program, only ever leaves the old one or the new one, whole."""

from __future__ import annotations

import glob
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from rashomon.errors import RashomonError, Where, error

__all__ = ["made_whole", "require_place", "unwritable", "write_atomically"]

_STALE = 3600.0  # seconds after which what a killed program left behind is swept up


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write ``data`` to ``path``, replacing what is there in one step. Folders above it are made.

    Killed at any moment, ``path`` holds the old bytes or the new. The permissions of a file that is replaced are kept.
    Raises R006 where the file cannot be written.
    """
    target = Path(path)
    with made_whole(target) as beside, open(beside, "xb") as file:
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        file.write(data)


@contextmanager
def made_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A new place beside ``path``, where the block makes a file or a folder, which takes the name of ``path`` at the end.

    What was made is brought to the disk first, and its name after it; where anything fails it is removed. A file is
    replaced in one step; a folder that holds something never is. Folders above are made. Raises R006 for all that the
    system refuses.
    """
    target = Path(path)
    beside = target.parent / f".{target.name}.{uuid4().hex}.tmp"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        try:
            yield beside
            _sync(beside)
            os.replace(beside, target)
        except BaseException:
            _remove(beside)
            raise
        _sync(target.parent)
    except OSError as fault:
        raise unwritable(target, fault.strerror or str(fault)) from fault


def require_place(path: str | os.PathLike[str]) -> None:
    """R006 where :func:`write_atomically` could not write to ``path``: to be asked before what takes long.

    The folders above it need not be there, but the nearest that is must be one in which something can be made.
    """
    target = Path(path).absolute()
    if os.path.isdir(target):
        raise unwritable(target, "a folder stands there")
    above = next((one for one in target.parents if os.path.lexists(one)), target)
    if not os.path.isdir(above):
        raise unwritable(target, f"{above} is no folder")
    if not os.access(above, os.W_OK | os.X_OK):
        raise unwritable(target, f"{above} cannot be written to")


def unwritable(target: Path, why: str) -> RashomonError:
    """R006 for a place that cannot be written to."""
    return error(
        "R006",
        "The file cannot be written.",
        found=why,
        allowed="a file in a folder that can be written to, on a disk with room for it",
        remedy="Mend what is named, or choose another place.",
        where=Where(file=str(target)),
    )


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk where the system can (Windows cannot open folders)."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove what killed writers of this file left behind, once it is surely nobody's any more."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.{'[0-9a-f]' * 32}.tmp"):
        with suppress(OSError):
            if time.time() - max(one.stat().st_mtime for one in (left, *left.rglob("*"))) > _STALE:
                _remove(left)
