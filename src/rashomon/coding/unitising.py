"""Unitising: how far coders agree on which stretches of a text are units, and of what kind.

Krippendorff's ᵤα for units in a continuum (Krippendorff, Mathet, Bouvry & Widlöcher 2016, *Quality & Quantity* 50: 2347–2364,
eqs. 1–5; Krippendorff 2019, *Content Analysis*, 4th ed., 12.6), nominal. Every coder divides a continuum of L characters into
units, each with a value, and the gaps between them, with the value "gap". Two coders' stretches add the length of what they have
in common to the coincidence of their values. With m coders, n_c characters of value c (gaps included) and n = mL,

    D_o = Σ_{c≠k} ℓ_ck        D_e = n · Σ_{c≠k} n_c n_k / (n² − Σ_units length² − n_gap)        alpha = 1 − D_o / D_e

where ℓ_ck is summed over ordered pairs of coders and divided by m − 1. A unit is one thing: chance never pairs its characters
with one another, while each character of a gap stands by itself. Units of one character each make it the plain nominal alpha.
Where all units have one value, it is the authors' |ᵤα: whether the coders hold the same stretches to be worth coding.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.krippendorff import Alpha, Floats, estimated, numbered, unfit

Unit = tuple[int, int, Hashable]
"""First character, the character after the last, and the value."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the continuum across whose ends no unit goes, such as a passage: its length, and the units of each coder."""

    length: int
    units: tuple[tuple[Unit, ...], ...]


@dataclass(frozen=True, slots=True)
class _Tally:
    """By cluster (C): characters of each value, gaps first (C, V); what the square of the whole is less by; disagreement seen."""

    counts: Floats
    alone: Floats
    observed: Floats

    def disagreements(self, weights: Floats) -> tuple[Floats, Floats]:
        """Disagreement observed and expected (D,) where clusters weigh ``weights`` (D, C); no unit is paired with its copy."""
        counts = weights @ self.counts
        whole = counts.sum(axis=1)
        room = whole**2 - weights**2 @ self.alone
        pairs = whole * (whole**2 - (counts**2).sum(axis=1))
        return weights @ self.observed, np.divide(pairs, room, out=np.zeros_like(pairs), where=room > 0)


def unit_alpha(
    stretches: Sequence[Stretch],
    *,
    clusters: Sequence[Hashable] | None = None,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 2011,
) -> Alpha:
    """Nominal ᵤα of units in a continuum that is the ``stretches`` one after another.

    Units of one coder that overlap count as one, if they have one value. ``clusters``: one for each stretch, such as its
    document; what is resampled for the interval, by default each stretch by itself (see
    :func:`~rashomon.coding.krippendorff.alpha`). Of the result, ``units`` are those of all coders, ``values`` the characters
    times the coders. R502 for units that reach out of their stretch, overlap with unlike values, or clusters that do not match.
    """
    named = range(len(stretches)) if clusters is None else clusters
    if len(named) != len(stretches) or len({len(one.units) for one in stretches}) > 1:
        raise unfit("Stretches and their clusters or coders do not match.", f"{len(named)} for {len(stretches)}",
                    "one cluster for each stretch, and the same coders in each", "Give one for each.")  # fmt: skip
    merged = [[_merged(units, one.length) for units in one.units] for one in stretches]
    values = numbered(value for one in merged for own in one for *_, value in own)
    numbers = numbered(named)
    tally = _Tally(np.zeros((len(numbers), len(values) + 1)), np.zeros(len(numbers)), np.zeros(len(numbers)))
    for one, units, cluster in zip(stretches, merged, named, strict=True):
        _count(one.length, units, values, tally, numbers[cluster])
    n, characters = sum(len(own) for one in merged for own in one), int(tally.counts.sum())
    because = "there are no units" if not n else "every character is the same: agreement cannot be told from chance"
    bare = Alpha(math.nan, math.nan, math.nan, level, n, characters, len(numbers), because)
    return estimated(bare, tally.disagreements, tally.counts.shape[1], draws, seed)


def _merged(units: Sequence[Unit], length: int) -> list[Unit]:
    """A coder's units in their order, with those that overlap as one."""
    found: list[Unit] = []
    for start, end, value in sorted(units, key=lambda one: one[:2]):
        if not 0 <= start < end <= length:
            raise unfit(
                "A unit reaches out of its stretch.", f"{start} to {end}", f"0 to {length}", "Correct its ends."
            )
        if found and start < found[-1][1]:
            before = found.pop()
            if before[2] != value:
                allowed = "units that have one value, or stand apart"
                values = f"{before[2]!r} and {value!r}"
                raise unfit("Units of one coder overlap.", values, allowed, "Compare one value at a time.")
            start, end = before[0], max(before[1], end)
        found.append((start, end, value))
    return found


def _count(
    length: int, coders: Sequence[Sequence[Unit]], values: dict[Hashable, int], tally: _Tally, cluster: int
) -> None:
    """Add one stretch to the counts of its cluster."""
    coded: NDArray[np.int64] = np.zeros((len(coders), length), np.int64)
    for row, units in zip(coded, coders, strict=True):
        for start, end, value in units:
            row[start:end] = values[value] + 1  # 0 is a gap
            tally.alone[cluster] += (end - start) ** 2
    counts = np.bincount(coded.ravel(), minlength=len(values) + 1)
    tally.counts[cluster] += counts
    tally.alone[cluster] += counts[0]
    unlike = sum(int((one != other).sum()) for at, one in enumerate(coded) for other in coded[:at])
    tally.observed[cluster] += 2 * unlike / max(1, len(coders) - 1)
