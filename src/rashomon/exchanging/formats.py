"""The formats that a study is taken to and from, by the names that the commands use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rashomon.errors import error, listing, suggest
from rashomon.exchanging.losing import Moved
from rashomon.exchanging.source_lists import LISTS, import_sources

IMPORTS: Final[Mapping[str, Callable[[Path, Path], Moved]]] = MappingProxyType(
    {name: partial(import_sources, form=name) for name in LISTS}
)
"""Format → what brings a file of it into a study: the file, and the study's folder."""


def import_file(form: str, file: Path, study: Path) -> Moved:
    """Bring a file into a study, or make a study of it. R930 where files of the format cannot be imported."""
    return _known(form, IMPORTS, "imported")(file, study)


def _known(form: str, forms: Mapping[str, Callable[..., Moved]], done: str) -> Callable[..., Moved]:
    if form not in forms:
        raise error("R930", f"Files of this format cannot be {done}.", found=repr(form), allowed=listing(sorted(forms)),
                    remedy=suggest(form, forms, "choose one of these."))  # fmt: skip
    return forms[form]
