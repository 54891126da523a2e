"""Images of qualities, gathered from statements: who sees what in whom, from when to when, told by whom, grown from what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.comparing import role
from rashomon.study import Path, Stance, StudyData, When

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROOTS: Final = ("experience", "history", "ideology", "expectation", "unknown")
KNOWN_ROOTS: Final = (0, 1, 2, 3)
_UNKNOWN: Final = 4
_NEVER: Final = -(2**31)
_NOT_SHARED: Final = ("one", "few")  # a reader's letter is no image of the public


@dataclass(frozen=True, eq=False)
class Images:
    """n images, arrays (n,) unless said otherwise.

    ``holder`` and ``topic`` are codes into ``holders`` and ``topics``; ``sign`` +1 or −1. ``first_lo``..``first_hi``: the
    days on which the first evidence can lie, ``last_lo``..``last_hi`` the last. ``reversed``: the holder later took the
    other side; ``silent``: it stayed on record without it. ``root``: code into :data:`ROOTS`. ``stratum``: images told by
    the same voices share one (0, 1, …). ``pair_image``, ``pair_voice`` (pairs): which voice (code) tells which image.
    ``rows``: statement rows, those of image i at ``rows[starts[i]:starts[i + 1]]``.
    """

    holders: tuple[str, ...]
    topics: tuple[str, ...]
    holder: Ints
    topic: Ints
    sign: Ints
    first_lo: Ints
    first_hi: Ints
    last_lo: Ints
    last_hi: Ints
    reversed: Bools
    silent: Bools
    root: Ints
    stratum: Ints
    pair_image: Ints
    pair_voice: Ints
    rows: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.holder)

    @property
    def ended(self) -> Bools:
        """Which images came to an end that was seen."""
        out: Bools = self.reversed | self.silent
        return out

    def take(self, keep: Bools) -> Images:
        """The images for which ``keep`` (n,) is True, their strata numbered anew."""
        at = np.flatnonzero(keep)
        new = np.full(len(self), -1, np.int64)
        new[at] = np.arange(len(at))
        pairs = keep[self.pair_image]
        sizes = np.diff(self.starts)
        strata = np.unique(self.stratum[at], return_inverse=True)[1].reshape(-1)
        names = ("holder", "topic", "sign", "first_lo", "first_hi", "last_lo", "last_hi", "reversed", "silent", "root")
        return Images(
            holders=self.holders,
            topics=self.topics,
            **{name: getattr(self, name)[at] for name in names},
            stratum=strata.astype(np.int64),
            pair_image=new[self.pair_image[pairs]],
            pair_voice=self.pair_voice[pairs],
            rows=self.rows[np.repeat(keep, sizes)],
            starts=np.r_[0, np.cumsum(sizes[at])],
        )

    def sources(self, study: StudyData) -> tuple[str, ...]:
        """Ids of the sources that tell these images."""
        column = study.statements.source
        return tuple(sorted(column.values[code] for code in np.unique(column.codes[self.rows]).tolist()))

    def independent_voices(self, study: StudyData) -> int:
        """How many independent voices tell these images."""
        source, via = study.statements.source, study.statements.via
        told = np.unique(np.stack([source.codes[self.rows], via.codes[self.rows]], axis=1), axis=0).tolist()
        sources = [source.values[one] for one, _ in told]
        return study.independent_voices(sources, [via.values[one] if one >= 0 else "" for _, one in told])

    def records(self, study: StudyData, most: int) -> tuple[str, ...]:
        """Ids of the statements, in the order of the study, the first ``most`` of them."""
        return tuple(study.statements.id[row] for row in np.sort(self.rows)[:most].tolist())

    def records_of_each(self, study: StudyData) -> list[tuple[str, ...]]:
        """Ids of the statements of each image."""
        ids = [study.statements.id[row] for row in self.rows.tolist()]
        bounds = self.starts.tolist()
        return [tuple(ids[a:b]) for a, b in pairwise(bounds)]


@dataclass(frozen=True, eq=False)
class _Seen:
    """Usable statements (m,): row, holder, sides of the scale, and the days that bound the time in which they hold."""

    row: Ints
    holder: Ints
    topic: Ints
    sign: Ints
    lo: Ints
    hi: Ints
    sure: Bools


def gather_images(study: StudyData, silence: int) -> Images:
    """The images in a study's accepted, open statements; ``silence`` in days. O(m log m) in statements."""
    holders, holder_of = _holders(study)
    seen, on_record = _usable(study, holder_of)
    order = np.lexsort((seen.row, seen.sign, seen.topic, seen.holder))
    key = np.stack([seen.holder, seen.topic, seen.sign], axis=1)[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (key[1:] != key[:-1]).any(axis=1)
    starts = np.flatnonzero(fresh)
    row, lo, hi, sure = seen.row[order], seen.lo[order], seen.hi[order], seen.sure[order]
    first_lo, first_hi = _least(lo, starts), _least(np.where(sure, lo, hi), starts)
    last_lo, last_hi = -_least(-np.where(sure, hi, lo), starts), -_least(-hi, starts)
    holder, topic, sign = key[starts].T if len(starts) else np.zeros((3, 0), np.int64)
    reversed_ = _last_of_other_side(holder, topic, sign, last_lo) > last_hi
    image = np.cumsum(fresh) - 1
    pair_image, pair_voice, stratum = _tellers(study, row, image, len(starts))
    return Images(
        holders=holders,
        topics=tuple(one.text for one in study.statements.topic.values),
        holder=holder,
        topic=topic,
        sign=sign,
        first_lo=first_lo,
        first_hi=first_hi,
        last_lo=last_lo,
        last_hi=last_hi,
        reversed=reversed_,
        silent=~reversed_ & (on_record[holder] - last_hi >= silence),
        root=_roots(study, row, image, len(starts)),
        stratum=stratum,
        pair_image=pair_image,
        pair_voice=pair_voice,
        rows=row,
        starts=np.r_[starts, len(row)].astype(np.int64),
    )


def _least(values: Ints, starts: Ints) -> Ints:
    """The least value of each run."""
    return np.minimum.reduceat(values, starts).astype(np.int64) if len(starts) else np.zeros(0, np.int64)


def _holders(study: StudyData) -> tuple[tuple[str, ...], dict[str, int]]:
    numbers: dict[str, int] = {}
    for path in (*study.statements.path.values, *study.polls.path.values):
        numbers.setdefault(path.holder, len(numbers))
    return tuple(numbers), numbers


def _side(stance: Stance) -> int:
    """On which side of the scale's middle a stance lies: −1, +1, or 0 where it straddles it or has no place."""
    return int(stance.lo >= 0.0 and stance.hi > 0.0) - int(stance.hi <= 0.0 and stance.lo < 0.0)


def _sees(path: Path) -> bool:
    return path.depth == 1 and role(path.verb.name, path.verb.negated) in ("claim", "fears")


def _throughout(when: When) -> bool:
    """Whether the view is known to be held on the first and the last of its days."""
    return when.lo == when.hi or not (when.within or when.approximate)


def _usable(study: StudyData, holder_of: dict[str, int]) -> tuple[_Seen, Ints]:
    """Statements that show an image, and for each holder the last day on which it is surely on record."""
    statements = study.statements
    rows = study.open_rows("statements")
    span = study.declared.study.span
    end = span.hi if study.day is None else min(span.hi, study.day)
    lo = np.clip(statements.when_lo[rows].astype(np.int64), span.lo, end)
    hi = np.clip(statements.when_hi[rows].astype(np.int64), span.lo, end)
    sure = statements.when.each(_throughout, np.bool_, False)[rows]
    holder = statements.path.each(lambda path: holder_of[path.holder], np.int64, -1)[rows]
    sign = statements.stance.each(_side, np.int64, 0)[rows]
    keep = statements.path.each(_sees, np.bool_, False)[rows] & (sign != 0)
    keep &= statements.topic.each(lambda topic: topic.kind == "quality", np.bool_, False)[rows]
    keep &= ~statements.extent.each(lambda extent: extent in _NOT_SHARED, np.bool_, False)[rows]
    about = statements.about.codes[rows] >= 0  # a memory or a forecast is of another time
    keep &= ~about
    on_record = np.full(len(holder_of), _NEVER, np.int64)
    np.maximum.at(on_record, holder, np.where(sure, hi, lo))
    _polled(study, holder_of, on_record, end)
    topic = statements.topic.codes[rows].astype(np.int64)
    row = rows.astype(np.int64)
    seen = _Seen(row[keep], holder[keep], topic[keep], sign[keep], lo[keep], hi[keep], sure[keep])
    return seen, on_record


def _polled(study: StudyData, holder_of: dict[str, int], on_record: Ints, end: int) -> None:
    """A population that was polled was on record then."""
    polls = study.polls
    rows = study.open_rows("polls")
    holder = polls.path.each(lambda path: holder_of[path.holder], np.int64, -1)[rows]
    mine = holder >= 0
    np.maximum.at(on_record, holder[mine], np.minimum(polls.when_lo[rows[mine]].astype(np.int64), end))


def _last_of_other_side(holder: Ints, topic: Ints, sign: Ints, last: Ints) -> Ints:
    """For each image the last day on which its holder is surely on the other side; images are sorted by all three."""
    out = np.full(len(holder), _NEVER, np.int64)
    pair = np.flatnonzero((holder[1:] == holder[:-1]) & (topic[1:] == topic[:-1]) & (sign[1:] != sign[:-1]))
    out[pair], out[pair + 1] = last[pair + 1], last[pair]
    return out


def _roots(study: StudyData, row: Ints, image: Ints, n: int) -> Ints:
    """The root that most statements of each image were assigned; unknown where none was, or two equally often."""
    code = study.statements.root.each(ROOTS.index, np.int64, _UNKNOWN)[row]
    counts = np.zeros((n, len(ROOTS)), np.int64)
    np.add.at(counts, (image, code), 1)
    known = counts[:, KNOWN_ROOTS]
    most = known.max(axis=1, initial=0)
    alone = (known == most[:, None]).sum(axis=1) == 1
    return np.where((most > 0) & alone, known.argmax(axis=1), _UNKNOWN).astype(np.int64)


def _tellers(study: StudyData, row: Ints, image: Ints, n: int) -> tuple[Ints, Ints, Ints]:
    """Distinct (image, voice) pairs, and for each image the number of its set of voices."""
    numbers: dict[str, int] = {}
    voice = study.statements.source.each(lambda s: numbers.setdefault(study.voice(s), len(numbers)), np.int64, -1)[row]
    pairs = np.unique(np.stack([image, voice], axis=1), axis=0) if n else np.zeros((0, 2), np.int64)
    bounds = np.searchsorted(pairs[:, 0], np.arange(n + 1)).tolist()
    told = pairs[:, 1].tolist()
    sets: dict[tuple[int, ...], int] = {}
    of = [sets.setdefault(tuple(told[a:b]), len(sets)) for a, b in pairwise(bounds)]
    return pairs[:, 0], pairs[:, 1], np.array(of, dtype=np.int64)
