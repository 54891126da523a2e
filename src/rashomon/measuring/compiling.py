"""Loops over numbers, compiled on first use and kept for the next; where nothing can be kept they are compiled each time.

Compiled code is kept in a folder named after the text of all that is compiled here, since it is made of functions from several
modules: what was made of an older text is never used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit  # type: ignore[import-untyped]

F = TypeVar("F", bound=Callable[..., Any])

_HERE = Path(__file__).parent
_TEXTS = ("censoring.py", "compiling.py", "exploring.py", "mixing.py", "preparing.py", "statespace.py")
_OPTIONS: dict[str, Any] = {
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},  # sums in any order; not-a-numbers and infinities stay what they are
}
_UNWRAPPED = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def compiled(function: F) -> F:
    """The function as machine code."""
    out: F
    if _FOLDER is None:
        out = njit(**_OPTIONS)(function)
        return out
    before, config.CACHE_DIR = config.CACHE_DIR, str(_FOLDER)
    try:
        out = njit(cache=True, **_OPTIONS)(function)
    finally:
        config.CACHE_DIR = before
    return out


def inner(function: F) -> F:
    """The same of a function that only compiled ones call."""
    out: F = njit(**_OPTIONS, **_UNWRAPPED)(function)
    return out


def inlined(function: F) -> F:
    """The same of a function that one compiled one calls, which takes it in: so both are compiled sooner."""
    out: F = njit(**_OPTIONS, **_UNWRAPPED, inline="always")(function)
    return out


def _folder() -> Path | None:
    """Where compiled code is kept: beside this module, else among the user's caches; None where neither can be written."""
    text = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _TEXTS)).hexdigest()[:16]
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for parent in (_HERE / "__pycache__" / "compiled", user / "rashomon" / "compiled"):
        try:
            (parent / text).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / text, os.W_OK):
            for old in parent.iterdir():
                if old.name != text:
                    shutil.rmtree(old, ignore_errors=True)
            return parent / text
    return None


_FOLDER = _folder()
