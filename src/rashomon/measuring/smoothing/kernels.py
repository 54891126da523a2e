"""How the kernels of this room are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from rashomon.compiling import compiled

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


class Compile(Protocol):
    """What makes a kernel of a function of the same type."""

    def __call__(self, kernel: Kernel, /) -> Kernel: ...


_OPTIONS: dict[str, Any] = {
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},  # sums in any order; not-a-numbers and infinities stay what they are
}
_WITHIN: dict[str, Any] = {"kept": False, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, **_OPTIONS}

outer: Compile = compiled(**_OPTIONS)
"""Compiles what Python calls."""

inner: Compile = compiled(**_WITHIN)
"""Compiles what only other kernels call."""

inlined: Compile = compiled(**_WITHIN, inline="always")
"""Compiles what one other kernel calls, which takes it in: so both are compiled sooner."""
