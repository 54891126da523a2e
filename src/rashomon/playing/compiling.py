"""How the kernels are compiled: by numba, without the interpreter's lock, cached on disk where there is a place for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """The kernel compiled at its first call, and cached on disk; where no cache folder can be written, only in memory.

    The cache knows a kernel by its own file. After a change to a kernel that others in other files call, remove
    ``__pycache__``.
    """
    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))
    except RuntimeError:  # numba's word for: no folder that could hold the cache
        return cast(Kernel, numba.njit(nogil=True)(kernel))
