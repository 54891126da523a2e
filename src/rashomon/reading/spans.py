"""The way between a passage's cleaned text and its original: repairs applied, laid over one another, undone; spans
carried across.

Positions are of characters, half-open. A span that begins or ends inside something mended is widened to the whole of
it, on either side; one of untouched text maps to the very same letters. What was taken out altogether stands between
two letters of the cleaned text, and belongs to no span that ends or begins there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rashomon.reading.passages import Piece, Repair


def applied(original: str, repairs: Iterable[Repair]) -> str:
    """``original`` with ``repairs`` made. They must be in order and must not overlap."""
    parts: list[str] = []
    done = 0
    for repair in repairs:
        parts += (original[done : repair.start], repair.after)
        done = repair.end
    parts.append(original[done:])
    return "".join(parts)


def undo(piece: Piece, kinds: Iterable[str] | None = None) -> Piece:
    """``piece`` without its repairs of ``kinds`` (of all, where None). A repair made of several goes where any of its
    kinds does.
    """
    chosen = None if kinds is None else set(kinds)
    kept = tuple(repair for repair in piece.repairs if chosen is not None and chosen.isdisjoint(repair.kind.split("+")))
    return replace(piece, text=applied(piece.original, kept), repairs=kept)


def to_original(piece: Piece, start: int, end: int) -> tuple[int, int]:
    """Where ``piece.text[start:end]`` stands in ``piece.original``. Raises ValueError where that is no span of the
    text.
    """
    return _carried(start, end, len(piece.text), _seen_from_text(piece.repairs))


def to_clean(piece: Piece, start: int, end: int) -> tuple[int, int]:
    """Where ``piece.original[start:end]`` stands in ``piece.text``. Raises ValueError where that is no span of the
    original.
    """
    there = [
        (far_from, far_to, near_from, near_to)
        for near_from, near_to, far_from, far_to in _seen_from_text(piece.repairs)
    ]
    return _carried(start, end, len(piece.original), there)


_Place = tuple[int, int, int, int]  # from and to on the near side, from and to on the far side


def _seen_from_text(repairs: Sequence[Repair]) -> list[_Place]:
    places = []
    shift = 0  # of the text against the original, behind the last repair
    for repair in repairs:
        start = repair.start + shift
        places.append((start, start + len(repair.after), repair.start, repair.end))
        shift += len(repair.after) - (repair.end - repair.start)
    return places


def _carried(start: int, end: int, length: int, places: Sequence[_Place]) -> tuple[int, int]:
    if not 0 <= start <= end <= length:
        raise ValueError(f"{start}:{end} is no span of {length} characters")
    far_start, far_end = start, end
    for near_from, near_to, far_from, far_to in places:
        if near_to <= start:
            far_start = start - near_to + far_to
        elif near_from < start:
            far_start = far_from
        if near_to <= end and near_from < end:
            far_end = end - near_to + far_to
        elif near_from < end:
            far_end = far_to
        if near_from >= end:
            break
    return far_start, max(far_start, far_end)


# --- laying new changes over repairs made before

Edit = tuple[int, int, str, str]
"""A change of the text as it now is: from, to, what stands there then, and the kind of repair."""


class Draft:
    """A text under repair: how it was, how it now reads, and all that was changed on the way, as repairs of the
    original.
    """

    __slots__ = ("original", "repairs", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self.repairs: list[Repair] = []

    def edit(self, edits: list[Edit]) -> None:
        """Make ``edits``, in any order; of two that overlap the one that begins first holds."""
        edits = _apart(edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2])
        if not edits:
            return
        self.repairs = (
            composed(self.original, self.text, self.repairs, edits)
            if self.repairs
            else [Repair(kind, start, end, self.text[start:end], after) for start, end, after, kind in edits]
        )
        self.text = applied(self.original, self.repairs)

    def mend(self, *rules: Callable[[str], list[Edit]]) -> None:
        """Make what ``rules`` ask for, all together, on the text as it now is."""
        self.edit([edit for rule in rules for edit in rule(self.text)])


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    out: list[Edit] = []
    for edit in sorted(edits):
        if not out or (edit[0] >= out[-1][1] and edit[:2] != out[-1][:2]):
            out.append(edit)
    return out


def composed(original: str, text: str, repairs: Sequence[Repair], edits: Sequence[Edit]) -> list[Repair]:
    """Repairs that lead from ``original`` to ``text`` with ``edits`` made, given the ``repairs`` that led from it to
    ``text``.

    A repair and an edit that meet become one repair, whose kind names both, joined by ``+``.
    """
    # Both by where they stand in the text; of two at one place what takes no room comes first, a repair before an edit.
    items: list[tuple[int, int, int, Repair | Edit]] = [
        (near_from, near_to, 0, repair)
        for (near_from, near_to, _, _), repair in zip(_seen_from_text(repairs), repairs, strict=True)
    ]
    items += [(edit[0], edit[1], 1, edit) for edit in edits]
    items.sort(key=lambda item: item[:3])
    out: list[Repair] = []
    shift = place = 0
    while place < len(items):
        low, high = items[place][:2]
        after = place + 1
        while after < len(items) and items[after][0] < high:
            high = max(high, items[after][1])
            after += 1
        one, shift = _merged(original, text, items[place:after], low, high, shift)
        out += one
        place = after
    return out


def _merged(
    original: str, text: str, items: Sequence[tuple[int, int, int, Repair | Edit]], low: int, high: int, shift: int
) -> tuple[list[Repair], int]:
    """One repair of ``items`` that meet, over ``text[low:high]``; none where nothing is changed in the end; and the
    shift behind it.
    """
    start, end = low - shift, high - shift
    parts, kinds, done = [], [], low
    for near_from, near_to, _, item in items:
        if isinstance(item, Repair):
            start = item.start if near_from == low and item is items[0][3] else start
            shift = near_to - item.end
            end = high - shift
            kinds.append(item.kind)
        else:
            parts += [text[done:near_from], item[2]]
            done = near_to
            kinds.append(item[3])
    parts.append(text[done:high])
    before, after = original[start:end], "".join(parts)
    kind = "+".join(dict.fromkeys(kinds))
    return ([Repair(kind, start, end, before, after)] if before != after else []), shift
