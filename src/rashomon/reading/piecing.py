"""From a document's blocks to its pieces: structured, mended, told by language, numbered, each under its headings and
with its anchor.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rashomon.languages import language_of
from rashomon.reading.anchors import anchor_of
from rashomon.reading.documents import Document
from rashomon.reading.mending import Mender, characters, scrambled
from rashomon.reading.passages import Piece, Repair
from rashomon.reading.sentences import sentence_ends
from rashomon.reading.spans import Draft, applied
from rashomon.reading.structure import structured

LONGEST = 8000
"""Characters of the cleaned text of a passage; what is longer is cut, at the end of a sentence where there is one."""

_COUNTED = {"paragraph", "item"}
_SPACE = re.compile(r"\s+")


def pieces_of(document: Document) -> Iterator[Piece]:
    """The pieces of ``document``, in order. Its blocks are read once and held until its end; no other document's are.

    Raises R909 where the dictionaries that mending needs are not installed.
    """
    blocks = structured(list(document.blocks))
    drafts = [characters(block.text) for block in blocks]
    scrambled(drafts)
    mender = Mender([draft.text for draft in drafts])
    heading: list[tuple[int, str]] = []
    number = 0
    for place, block in enumerate(blocks):
        draft = drafts[place]
        language = language_of(draft.text, block.language or document.metadata.language)
        mender.mend(draft, wrapped=block.wrapped, language=language)
        if block.kind == "heading":
            heading = [*(above for above in heading if above[0] < block.level), (block.level, draft.text)]
            number = 0
        number += block.kind in _COUNTED
        for original, text, repairs in _cut(draft, language):
            yield Piece(
                original=original,
                text=text,
                kind=block.kind,
                page=block.page,
                paragraph=number if block.kind in _COUNTED else 0,
                heading=tuple(words for level, words in heading if block.kind != "heading" or level < block.level),
                language=language,
                anchor=anchor_of(original),
                repairs=tuple(repairs),
            )


def _cut(draft: Draft, language: str) -> Iterator[tuple[str, str, list[Repair]]]:
    """``draft`` in parts of at most :data:`LONGEST` characters: original, text and repairs of each. Their originals,
    joined, are the draft's.
    """
    if len(draft.text) <= LONGEST:
        yield draft.original, draft.text, draft.repairs
        return
    cuts = _places(draft.text)
    gaps = [gap for cut in cuts if (gap := _SPACE.match(draft.text, cut))]
    removed = {gap.start(): gap.end() - gap.start() for gap in gaps}
    draft.edit([(gap.start(), gap.end(), "", "cut") for gap in gaps])
    moved, gone = [], 0
    for cut in cuts:
        moved.append(cut - gone)
        gone += removed.get(cut, 0)
    yield from _parted(draft, moved)


def _places(text: str) -> list[int]:
    """Where to cut: behind the last sentence that fits, else at the last space, else where there is no more room."""
    ends = list(sentence_ends(text))
    cuts: list[int] = []
    start = 0
    while len(text) - start > LONGEST:
        limit = start + LONGEST
        at = bisect_right(ends, limit) - 1
        cut = ends[at] if at >= 0 and ends[at] > start else text.rfind(" ", start + 1, limit)
        cuts.append(cut if cut > start else limit)
        gap = _SPACE.match(text, cuts[-1])
        start = gap.end() if gap else cuts[-1]
    return [cut for cut in cuts if cut < len(text)]


def _parted(draft: Draft, cuts: Iterable[int]) -> Iterator[tuple[str, str, list[Repair]]]:
    """The draft parted at ``cuts`` of its text; a repair over a cut stays whole, in the later part."""
    start = shift = place = first = 0
    repairs = draft.repairs
    for cut in cuts:
        end = cut - shift
        while place < len(repairs) and repairs[place].start + shift + len(repairs[place].after) <= cut:
            repair = repairs[place]
            shift += len(repair.after) - (repair.end - repair.start)
            end = cut - shift
            place += 1
        if place < len(repairs) and repairs[place].start < end:
            end = repairs[place].start
        yield _part(draft.original[start:end], repairs[first:place], start)
        start, first = end, place
    yield _part(draft.original[start:], repairs[first:], start)


def _part(original: str, repairs: Iterable[Repair], start: int) -> tuple[str, str, list[Repair]]:
    moved = [replace(repair, start=repair.start - start, end=repair.end - start) for repair in repairs]
    return original, applied(original, moved), moved
