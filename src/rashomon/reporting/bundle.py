"""The program that draws charts in the browser: Vega, Vega-Lite and Vega-Embed as one bundle from vl-convert.

Making the bundle takes seconds and always gives the same bytes, so it is kept in the user's cache, by version; a copy that is not whole is
made again. :func:`prepare` begins the work in another process, so that it is done while a study is being measured.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rashomon.study.files import write_atomically

_MAKE: Final = "from rashomon.reporting.bundle import make; make()"
_working: list[subprocess.Popen[bytes]] = []


def cache_folder() -> Path:
    """Where this user's programs keep what they can make again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "rashomon"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "rashomon"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rashomon"


def cache_file() -> Path:
    """The kept bundle of the installed version of vl-convert."""
    return cache_folder() / f"vega-{version('vl-convert-python')}.js"


def prepare() -> None:
    """Begin to make the bundle in another process where it is not kept yet; returns at once."""
    if not _working and _kept() is None:
        with suppress(OSError):
            _working.append(subprocess.Popen([sys.executable, "-c", _MAKE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


@lru_cache(maxsize=1)
def bundle() -> str:
    """The bundle: kept, in the making, or made now."""
    while _working:
        _working.pop().wait()
    return _kept() or make()


def make() -> str:
    """Make the bundle, and keep it where that is possible."""
    import vl_convert

    code: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    with suppress(Exception):  # a cache that cannot be written to costs time alone
        write_atomically(cache_file(), _stamp(code).encode() + code.encode())
    return code


def _kept() -> str | None:
    """The kept bundle, if it is there and whole."""
    try:
        stamp, _, code = cache_file().read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return code if code and stamp + "\n" == _stamp(code) else None


def _stamp(code: str) -> str:
    return f"// sha256 {hashlib.sha256(code.encode()).hexdigest()}\n"
