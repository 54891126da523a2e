"""Codes of events: what kind of act they are, and what Goldstein's scale gives them.

Goldstein (1992, Journal of Conflict Resolution 36:369–385) gave each kind of event of WEIS a value from −10 to 10. Two sets
of values for CAMEO are published: with ICEWS, and with GDELT (``CAMEO.goldsteinscale.txt``). They differ on 016, 022, 164 and
165, and GDELT's has none for 1213; both stand in ``goldstein.csv`` beside this module. PLOVER's sets print an intensity of
their own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

KINDS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""The four classes of events, whose numbers in files are 1 to 4."""

UNIT: Final = 10_000
"""Values are added as whole numbers of this fraction, so that no order of adding changes a sum."""

MOST: Final = 10.0
"""The end of Goldstein's scale, which begins at its negative."""

_LAST_ROOTS: Final = (5, 8, 13, 20)  # of each kind, by the first two digits of CAMEO's codes
_PLOVER: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
        **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
        **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
    }
)


def kind_of(code: str, codes: str) -> int:
    """1 to 4 for a code of CAMEO or PLOVER, by its first two digits or its type; 0 for one that is not known.

    >>> kind_of("036", "cameo"), kind_of("190", "cameo"), kind_of("CONSULT", "plover"), kind_of("X", "cameo")
    (1, 4, 1, 0)
    """
    if codes == "plover":
        return _PLOVER.get(as_listed(code, codes), 0)
    root = code[:2]
    number = int(root) if len(root) == 2 and root.isascii() and root.isdigit() else 0
    return next((kind for kind, last in enumerate(_LAST_ROOTS, 1) if 1 <= number <= last), 0)


def as_listed(code: str, scheme: str) -> str:
    """A code as its scheme lists it: types of PLOVER in capitals, however a file writes them."""
    return code.strip().upper() if scheme == "plover" else code


def codes_of(scheme: str) -> frozenset[str]:
    """The codes of CAMEO, or the types of PLOVER."""
    return frozenset(_PLOVER) if scheme == "plover" else frozenset(goldstein("icews"))


@lru_cache(maxsize=2)
def goldstein(table: str) -> Mapping[str, float]:
    """Code of CAMEO → its value in a published table, ``icews`` or ``gdelt``."""
    text = resources.files(__package__).joinpath("goldstein.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["code"]: float(row[table]) for row in csv.DictReader(text.splitlines()) if row[table]})


@lru_cache(maxsize=1)
def differing() -> frozenset[str]:
    """Codes to which the two published tables give different values, or only one gives any."""
    one, other = goldstein("icews"), goldstein("gdelt")
    return frozenset(code for code in {*one, *other} if one.get(code) != other.get(code))
