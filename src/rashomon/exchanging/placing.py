"""Where imports and exports write: in places that are free, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from rashomon.errors import error


def free(path: Path) -> Path:
    """The path of a file that is to be written; R003 where something is there."""
    if os.path.lexists(path):
        raise error("R003", "The file is there already.", found=str(path), allowed="a new file",
                    remedy="Choose another name, or remove it.")  # fmt: skip
    return path


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder that becomes ``path`` at the end, and is removed where anything fails.

    R005 where ``path`` is there and not an empty folder, R006 where it cannot be made.
    """
    if os.path.lexists(path) and not (path.is_dir() and not path.is_symlink() and not any(path.iterdir())):
        found = f"{path}, a file" if path.is_file() else str(path)
        raise error("R005", "The folder that should be made already holds files.", found=found,
                    allowed="a folder that does not exist, or is empty", remedy="Name another folder.")  # fmt: skip
    try:
        beside = path.parent / f".{path.name}.{uuid4().hex[:8]}"
        beside.mkdir(parents=True)
        try:
            yield beside
            if path.is_dir():
                path.rmdir()
            beside.rename(path)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    except OSError as problem:
        raise error("R006", "The study cannot be written.", found=f"{path}: {problem.strerror or problem}",
                    allowed="a folder that you may write to", remedy="Name another folder.") from problem  # fmt: skip
