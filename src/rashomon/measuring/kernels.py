"""How the kernels of this room are compiled."""

from __future__ import annotations

from typing import Any

from rashomon.compiling import compiled

_OPTIONS: dict[str, Any] = {
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},  # sums in any order; not-a-numbers and infinities stay what they are
}
_WITHIN: dict[str, Any] = {"kept": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_OPTIONS}

outer = compiled(**_OPTIONS)
"""Compiles what Python calls."""

inner = compiled(**_WITHIN)
"""Compiles what only other kernels call."""

inlined = compiled(**_WITHIN, inline="always")
"""Compiles what one other kernel calls, which takes it in: so both are compiled sooner."""
