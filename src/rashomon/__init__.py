"""Rashomon: how two sides see each other, where they misperceive, and what that costs.

The names below are the whole public API; everything behind them may change. Heavy libraries load only when a call needs
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rashomon.api import Study, compare, game, init, open
    from rashomon.checking import check
    from rashomon.errors import Fault, RashomonError

__version__ = "0.1.0"

__all__ = ["Fault", "RashomonError", "Study", "__version__", "check", "compare", "game", "init", "open"]

_HOMES = {
    "Fault": "rashomon.errors",
    "RashomonError": "rashomon.errors",
    "Study": "rashomon.api",
    "check": "rashomon.checking",
    "compare": "rashomon.api",
    "game": "rashomon.api",
    "init": "rashomon.api",
    "open": "rashomon.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its home on first use (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'rashomon' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
