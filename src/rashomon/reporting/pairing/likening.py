"""Whether what the frames of two studies show is alike: the whole distribution of a trait, by voices, and not its commonest kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import numpy as np

from rashomon.measuring.records.layering import Layers
from rashomon.measuring.statistics.grouping import Ints
from rashomon.measuring.statistics.permuting import Floats, holm, p_value
from rashomon.reporting.pairing.gauges import BELIEFS, IMAGES, LEVEL, MOVES, NETWORKS
from rashomon.reporting.telling import Telling
from rashomon.study import StudyData
from rashomon.texts import count, written_p

UNLIKE, DIFFER, NONE, UNDETERMINED = "unlike", "differ", "no difference found", "undetermined"

_DRAWS: Final = 1999
_SEED: Final = 1955
_BASIS, _LAYERS, _KINDS_OF_SOURCES, _VIA, VOICES = (
    "basis", "layers", "kinds of sources", "at first or second hand", "voices in a period",
)  # fmt: skip

KINDS: Final[Mapping[str, str]] = {
    "words": "holders' own words", "act": "acts", "witness": "witnesses", "inferred": "authors' inferences",
    "narrated": "authors' accounts", "not said": "records whose basis is not said",
}  # fmt: skip
"""What records may rest on, in words."""

PARTS: Final[Mapping[str, tuple[str, ...]]] = {"statements": (BELIEFS, IMAGES, NETWORKS), "moves": (MOVES,)}
"""The parts of the figures that rest on the records of each table."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whether two studies are alike in one ``trait`` of the records of a ``table``.

    ``first``, ``second``: each kind with its share, commonest first (of ``voices in a period``: each period with how many).
    ``shared``: how much of what the one shows is shown alike in the other, 1 less half the summed differences; ``p``: the chance
    of so little if voices were dealt to the studies at random, adjusted after Holm; NaN where it was not tried. ``verdict``:
    unlike (less than half is shared, of basis or layers: figures that rest on it are not compared), differ (beyond chance), no
    difference found, or undetermined. ``parts`` of the figures rest on these records.
    """

    one: str
    other: str
    table: str
    trait: str
    first: tuple[tuple[str, float], ...]
    second: tuple[tuple[str, float], ...]
    shared: float
    p: float
    voices: tuple[int, int]
    verdict: str
    because: str
    parts: tuple[str, ...]


def compare_frames(tellings: Sequence[Telling]) -> tuple[Likeness, ...]:
    """Every two studies in every trait of their statements and moves; what one of them has no records of is left out."""
    made = [
        row
        for one, other in combinations(tellings, 2)
        for table in PARTS
        if len(one.study.open_rows(table)) and len(other.study.open_rows(table))
        for row in _of_two(one, other, table)
    ]
    adjusted = holm([row.p for row in made])
    return tuple(_judged(row, p) for row, p in zip(made, adjusted, strict=True))


def between(likeness: Sequence[Likeness], one: str, other: str, part: str) -> Iterator[Likeness]:
    """How two studies compare in what the figures of a ``part`` rest on."""
    return (row for row in likeness if (row.one, row.other) == (one, other) and part in row.parts)


def unlike_in_words(row: Likeness) -> str:
    """What each of two studies rests on, by its two commonest kinds."""
    verb, link = ("rests", "on") if row.trait == _BASIS else ("tells", "of")
    return f"the frames differ: {row.one} {verb} {link} {_commonest(row.first)}, {row.other} {link} {_commonest(row.second)}"


def _commonest(shares: Sequence[tuple[str, float]]) -> str:
    return " and ".join(f"{KINDS.get(kind, kind)} ({round(100 * share)} %)" for kind, share in shares[:2])


def _of_two(one: Telling, other: Telling, table: str) -> Iterator[Likeness]:
    for trait, read in _TRAITS.items():
        shown = [_Shown.of(telling.study, table, read) for telling in (one, other)]
        yield _likeness(one, other, table, trait, *shown)
    if table == "statements":
        yield _by_period(one, other)


@dataclass(frozen=True, eq=False)
class _Shown:
    """How many records of each of its ``kinds`` (k) each voice tells: ``told`` (voices, k)."""

    kinds: tuple[str, ...]
    told: Floats

    @classmethod
    def of(cls, study: StudyData, table: str, read: Callable[[StudyData, Any, Ints], tuple[list[str], Ints]]) -> _Shown:
        rows = study.open_rows(table)
        kinds, kind = read(study, study.table(table), rows)
        voice = np.unique(study.speakers(table).codes[rows], return_inverse=True)[1]
        told = np.zeros((int(voice.max()) + 1, len(kinds)))
        np.add.at(told, (voice, kind), 1.0)
        return cls(tuple(kinds), told)

    def among(self, kinds: Sequence[str]) -> Floats:
        """The same by these kinds (voices, kinds), which are all of its own and others."""
        out = np.zeros((len(self.told), len(kinds)))
        out[:, [kinds.index(kind) for kind in self.kinds]] = self.told
        return out

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """Each kind with its share, the commonest first."""
        part = self.told.sum(axis=0) / self.told.sum()
        return tuple(sorted(((kind, share) for kind, share in zip(self.kinds, part.tolist(), strict=True) if share), key=lambda one: -one[1]))


def _likeness(one: Telling, other: Telling, table: str, trait: str, first: _Shown, second: _Shown) -> Likeness:
    """The row with its p before it is adjusted; judged where nothing can be said."""
    kinds = list(dict.fromkeys((*first.kinds, *second.kinds)))
    told = np.concatenate([first.among(kinds), second.among(kinds)])
    voices = (len(first.told), len(second.told))
    distance = float(_distances(told, np.arange(len(told))[None] < voices[0])[0])
    row = Likeness(
        one.study.declared.study.id, other.study.declared.study.id, table, trait, first.shares, second.shares, 1.0 - distance,
        math.nan, voices, "", "", PARTS[table],
    )  # fmt: skip
    stranger = _strangers(one, other, row) if trait == _LAYERS else ""
    if stranger:
        return replace(row, verdict=UNDETERMINED, because=stranger)
    least = _least_p(*voices)
    if least > 1 - LEVEL + 1e-12:
        return replace(row, because=f"{count(sum(voices), 'voice')} of both are too few to rule out chance")
    rng = np.random.default_rng([_SEED, *voices])
    dealt = np.argsort(rng.random((_DRAWS, len(told))), axis=1) < voices[0]
    return replace(row, p=p_value(distance, _distances(told, dealt)))


def _distances(told: Floats, dealt: Any) -> Floats:
    """Half the summed differences (draws,) between the shares of the voices that are ``dealt`` (draws, voices) and of the rest."""
    mine = dealt @ told
    rest = told.sum(axis=0) - mine
    out: Floats = np.abs(mine / mine.sum(axis=1, keepdims=True) - rest / rest.sum(axis=1, keepdims=True)).sum(axis=1) / 2
    return out


def _least_p(one: int, other: int) -> float:
    """The least p that dealing so many voices can give: two studies of as many voices can also change places."""
    return (2 if one == other else 1) / math.comb(one + other, one)


def _strangers(one: Telling, other: Telling, row: Likeness) -> str:
    """Why layers cannot be set beside each other: one of the studies has none of a name that is on record in the other."""
    for mine, theirs, shares in ((one, other, row.second), (other, one, row.first)):
        known = {layer.id for layer in mine.study.declared.layers}
        strange = [kind for kind, _ in shares if kind not in known and kind != _WHOLE]
        if strange:
            return f"{mine.study.declared.study.id} knows no layer {', '.join(strange)}, which {theirs.study.declared.study.id} has on record"
    return ""


def _judged(row: Likeness, p: float) -> Likeness:
    """The row with its verdict, ``p`` being adjusted."""
    if row.verdict:
        return row
    alike = f"{100 * row.shared:.0f} % of what the one shows is shown alike in the other"
    said = f"{alike}; {row.because or f'{written_p(p)}, voices dealt at random'}"
    if row.trait in (_BASIS, _LAYERS) and row.shared < 0.5:
        verdict = UNLIKE
    elif math.isnan(p):
        verdict = UNDETERMINED
    else:
        verdict = DIFFER if p <= 1 - LEVEL else NONE
    return replace(row, p=p, verdict=verdict, because=said)


def _by_period(one: Telling, other: Telling) -> Likeness:
    """Voices in each period that a study declares. They are counts and no sample: they differ where their ranges do not meet."""
    first, second = (_voices(telling) for telling in (one, other))
    ends = [(min(n for _, n in found), max(n for _, n in found)) for found in (first, second)]
    apart = ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0]
    names = (one.study.declared.study.id, other.study.declared.study.id)
    said = ", ".join(f"{name} {low:.0f} to {high:.0f}" if low < high else f"{name} {low:.0f}" for name, (low, high) in zip(names, ends, strict=True))
    voices = tuple(len(np.unique(telling.study.speakers("statements").codes[telling.study.open_rows("statements")])) for telling in (one, other))
    return Likeness(
        *names, "statements", VOICES, first, second, math.nan, math.nan, (voices[0], voices[1]), DIFFER if apart else NONE,
        f"voices in a period: {said}", PARTS["statements"],
    )  # fmt: skip


def _voices(telling: Telling) -> tuple[tuple[str, float], ...]:
    study = telling.study
    rows, periods = study.open_rows("statements"), study.declared.periods
    whole = study.declared.study.span
    lo, hi, voice = study.statements.when_lo[rows], study.statements.when_hi[rows], study.speakers("statements").codes[rows]
    spans = [(one.name, one.when) for one in periods] or [("the whole time", whole)]
    return tuple((name, float(len(np.unique(voice[(lo <= when.hi) & (hi >= when.lo)])))) for name, when in spans)


# traits


_WHOLE: Final = "the side as a whole"


def _numbered(column: Any, rows: Ints, read: Callable[[Any], str], blank: str) -> tuple[list[str], Ints]:
    """The kinds of a column's values, and which each row (n,) is of; ``blank`` for rows without a value."""
    numbers = {blank: 0}
    codes: Ints = column.each(lambda value: numbers.setdefault(read(value) or blank, len(numbers)), np.int64, 0)[rows]
    return list(numbers), codes


def _basis(_study: StudyData, table: Any, rows: Ints) -> tuple[list[str], Ints]:
    return _numbered(table.basis, rows, str, "not said")


def _kinds(study: StudyData, table: Any, rows: Ints) -> tuple[list[str], Ints]:
    return _numbered(table.source, rows, lambda source: study.source(source).kind, "not said")


def _hand(_study: StudyData, table: Any, rows: Ints) -> tuple[list[str], Ints]:
    return _numbered(table.via, rows, lambda _: "through another source", "the source's own")


def _layers(study: StudyData, table: Any, rows: Ints) -> tuple[list[str], Ints]:
    names: dict[str, int] = {}
    column, read = (table.path, lambda path: path.holder) if hasattr(table, "path") else (table.actor, str)
    holder = column.each(lambda value: names.setdefault(read(value), len(names)), np.int64, 0)[rows]
    layer = Layers(study, list(names)).during(holder, table.when_lo[rows], table.when_hi[rows])
    return [*(one.id for one in study.declared.layers), _WHOLE], np.where(layer >= 0, layer, len(study.declared.layers))


_TRAITS: Final = {_BASIS: _basis, _LAYERS: _layers, _KINDS_OF_SOURCES: _kinds, _VIA: _hand}
