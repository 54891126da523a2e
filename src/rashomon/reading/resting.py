"""Statements and the passages they rest on: whether the words are still where a statement says, and if not, where they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rashomon.errors import Fault, Where
from rashomon.reading.anchors import letters_of
from rashomon.reading.passages import Passage
from rashomon.reading.shelf import Shelf
from rashomon.study import TABLES, StudyData

_letters = lru_cache(maxsize=256)(letters_of)


@dataclass(frozen=True, slots=True)
class Affected:
    """A statement that does not stand on its passage any more.

    ``problem``: gone, where nothing has the address, or changed, where the quote is not in the passage. ``found``: the address of
    the one passage of the source that has the words; "" where none has them, or several.
    """

    statement: str
    line: int
    passage: str
    quote: str
    problem: str
    found: str

    def fault(self) -> Fault:
        """It as a fault, with its place."""
        gone = self.problem == "gone"
        other = "Look for the words with `rashomon find`, and correct the cell."
        return Fault(
            "R910",
            "There is no passage of this address." if gone else "The passage does not have the words of the quote.",
            found=self.passage,
            allowed="the address of a passage that has the words of the quote",
            remedy=f"The words stand in {self.found}: write that." if self.found else other,
            where=Where(TABLES["statements"].file, self.line, None, "passage" if gone else "quote"),
        )


def resolve(shelf: Shelf, address: str, quote: str) -> Passage | None:
    """The passage that a quote is of: that of the address if it has the words, else the one of its source that alone has them.

    Words are compared by letters and digits alone (NFKC, lower case), so that no mending comes between. Without a quote, or
    with one that has no letter, only the address counts.
    """
    passage = shelf.passage(address)
    if passage is not None and _letters(quote) in _letters(passage.text):
        return passage
    source = address.rpartition("#")[0]
    found = _places(shelf, source, [quote])[quote]
    return shelf.passage(found) if found else None


def locate(text: str, quote: str) -> tuple[int, int] | None:
    """Where the words of a quote first stand in a text, from its first letter to after its last; None where they do not.

    As they are, if they stand so; else by letters and digits alone (NFKC, lower case).
    """
    at = text.find(quote)
    if quote and at >= 0:
        return at, at + len(quote)
    places, letters = [], ""
    for place, character in enumerate(text):
        own = _letters(character)
        places += [place] * len(own)
        letters += own
    sought = _letters(quote)
    at = letters.find(sought)
    return (places[at], places[at + len(sought) - 1] + 1) if sought and at >= 0 else None


def affected(study: StudyData, shelf: Shelf) -> tuple[Affected, ...]:
    """The statements whose passage is not on the shelf or does not have the quote, in the order of the file."""
    statements = study.statements
    loose: list[tuple[int, str, str, str]] = []
    quotes: dict[str, set[str]] = {}
    on_shelf = lru_cache(maxsize=256)(shelf.passage)  # several statements often rest on one passage, one after the other
    for row in np.flatnonzero(np.diff(statements.passage.offsets)).tolist():
        address, quote = statements.passage[row].strip(), statements.quote[row].strip()
        passage = on_shelf(address) if address else None
        if address and (passage is None or _letters(quote) not in _letters(passage.text)):
            loose.append((row, address, quote, "gone" if passage is None else "changed"))
            quotes.setdefault(address.rpartition("#")[0], set()).add(quote)
    places = {source: _places(shelf, source, sought) for source, sought in quotes.items()}
    return tuple(
        Affected(
            statements.id[row], int(statements.line[row]), address, quote, problem, places[address.rpartition("#")[0]][quote]
        )
        for row, address, quote, problem in loose
    )


def _places(shelf: Shelf, source: str, quotes: Iterable[str]) -> dict[str, str]:
    """For each quote the address of the one passage of the source that has its words; "" where none has, or several."""
    wanted = {quote: _letters(quote) for quote in quotes}
    found: dict[str, list[str]] = {quote: [] for quote in wanted}
    sought = {quote: letters for quote, letters in wanted.items() if letters}
    if sought and source:
        for passage in shelf.passages(source):
            text = _letters(passage.text)
            for quote, letters in sought.items():
                if len(found[quote]) < 2 and letters in text:
                    found[quote].append(passage.address)
    return {quote: addresses[0] if len(addresses) == 1 else "" for quote, addresses in found.items()}
