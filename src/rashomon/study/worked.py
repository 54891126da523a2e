"""The worked study that ships with the package, and copies of it."""

from __future__ import annotations

import os
import shutil
from importlib import resources
from pathlib import Path

from rashomon.errors import error
from rashomon.study.files import unwritable

__all__ = ["copy_example", "example"]


def example() -> Path:
    """The folder of the worked study that ships with the package: Japan and the USSR/Russia."""
    shipped = Path(str(resources.files("rashomon"))) / "examples" / "kuril"
    in_checkout = Path(__file__).parents[3] / "examples" / "kuril"
    return shipped if shipped.is_dir() else in_checkout


def copy_example(folder: str | os.PathLike[str]) -> Path:
    """Copy the worked study to ``folder``, which must be new or empty (R005)."""
    target = Path(folder)
    if os.path.lexists(target) and (not os.path.isdir(target) or any(target.iterdir())):
        raise error(
            "R005",
            "The worked study is copied only into a new or empty folder.",
            found=str(target),
            allowed="a folder that does not exist, or is empty",
            remedy="Name another folder, or run the copy that is there: rashomon run FOLDER.",
        )
    ignored = shutil.ignore_patterns("report", "study.db*", "study.events", "*.lock")
    try:
        shutil.copytree(example(), target, dirs_exist_ok=True, ignore=ignored)
    except OSError as problem:
        raise unwritable(target, problem.strerror or str(problem)) from problem
    return target
