"""Files that cannot be taken in, refused in one way."""

from __future__ import annotations

from pathlib import Path

from rashomon.errors import RashomonError, Where, error, unreadable


def unfit(file: Path | str, taken_for: str, found: str, line: int | None = None, code: str = "R932") -> RashomonError:
    """That a file is not the ``taken_for`` that it should be."""
    return error(
        code, f"The file cannot be read as {taken_for}.", found=found, allowed=f"{taken_for}, whole and valid",
        remedy="Export it anew from the program that it is from.", where=Where(str(file), line),
    )  # fmt: skip


def too_large(file: Path, found: str, allowed: str) -> RashomonError:
    """That a file is larger than is allowed, or unpacks to more."""
    return error(
        "R934", "The file is larger than is allowed, or unpacks to more.", found=found, allowed=allowed,
        remedy="If you trust it, export it in parts.", where=Where(str(file)),
    )  # fmt: skip


def bytes_of(path: Path, largest: int) -> bytes:
    """The bytes of a file. R006 where it cannot be read, R934 where there are more than ``largest``."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as problem:
        raise RashomonError(unreadable(str(path), problem)) from problem
    if len(data) > largest:
        raise too_large(path, f"more than {largest:,} bytes", f"{largest:,} bytes")
    return data
