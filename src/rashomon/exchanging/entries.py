"""An entry of a list of sources, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One source as a list has it.

    ``place``: where it stands, for a reader; ``key``: the list's own name for it, "" where it has none; ``keys``: what goes into
    the keys of [[source]] that are text, with ``published`` as the list writes it; ``authors``: family name first, as cited.
    """

    place: str
    key: str
    keys: Mapping[str, str]
    authors: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The first author's family name; "" where nobody is named."""
        return self.authors[0].partition(",")[0] if self.authors else ""

    @property
    def year(self) -> str:
        """The first year that its date names."""
        found = _YEAR.search(self.keys.get("published", ""))
        return found[0] if found else ""


def address(url: str, doi: str) -> str:
    """The address of a source: its own, or that of its DOI."""
    bare = re.sub(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi.strip(), flags=re.IGNORECASE)
    return url.strip() or (f"https://doi.org/{bare}" if bare else "")
