"""What became of the words of a formula from one text to the next."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def reworded(before: Sequence[str], after: Sequence[str], blank: str = " ") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words left out of ``before``, and those put into ``after``: each stretch of an alignment (difflib's) as one string."""
    gone, come = [], []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone.append(blank.join(before[a:b]))
            come.append(blank.join(after[c:d]))
    return tuple(filter(None, gone)), tuple(filter(None, come))
