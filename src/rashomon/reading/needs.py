"""What reading needs beyond the program itself: the libraries of the extra ``rashomon[read]``, loaded when first used."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any, Final

from rashomon import errors

PACKAGES: Final = ("lxml", "pymorphy3", "pypdfium2", "simplemma")
"""Names of the extra's distributions."""

_MESSAGE: Final = "Documents cannot be read, nor passages be searched: what that needs is not installed."


def need(module: str) -> ModuleType:
    """A module of the extra; R909 where it is not installed."""
    return errors.need(module, "read", _MESSAGE)


def need_all() -> dict[str, str]:
    """The version of each distribution of the extra; R909 where one is not installed."""
    return errors.need_all(PACKAGES, "read", _MESSAGE)


@cache
def russian() -> Any:
    """The analyser of Russian words, loaded once for all that ask it, as it takes 20 MB; R909 where it is not installed."""
    return need("pymorphy3").MorphAnalyzer(lang="ru")


def not_installed(name: str) -> errors.RashomonError:
    """R909: what is called ``name`` of the extra is missing."""
    return errors.missing(name, "read", _MESSAGE)
