"""Intervals of networks: documents are drawn anew with replacement, and of a passage that several coders coded, one coding.

The bootstrap of whole documents keeps together what depends on each other (Davison & Hinkley 1997, *Bootstrap Methods*, ch. 3.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.statistics.grouping import distinct

Floats = NDArray[np.float64]

LEAST_DOCUMENTS: Final = 5
"""Documents below which no interval is given: of fewer the draws are too much alike."""


def resampled(of: Utterances, draws: int, seed: int) -> Iterator[Utterances]:
    """Samples of documents: the statements, weighed by how often they were drawn, zero for never; of a passage one coding."""
    rng = np.random.default_rng(seed)
    documents = len(of.documents)
    for _ in range(draws):
        weight = np.bincount(rng.integers(0, documents, documents), minlength=documents)[of.document].astype(np.float64)
        if not of.one_coding:
            weight *= _one_coding(of, rng)
        yield replace(of, weight=weight)


def _one_coding(of: Utterances, rng: np.random.Generator) -> Floats:
    """Which statements (n,) belong to the coding drawn of their passage."""
    first, coding = distinct(of.passage, of.coder)
    lot = rng.random(len(first))
    passage = of.passage[first]
    most = np.full(int(passage.max(initial=-1)) + 1, -1.0)
    np.maximum.at(most, passage, lot)
    return np.asarray((lot == most[passage])[coding], np.float64)


def quantiles(drawn: Floats, level: float) -> tuple[Floats, Floats]:
    """The central interval of draws (d, ...) at a probability."""
    ends = [(1.0 - level) / 2.0, (1.0 + level) / 2.0]
    # where nothing is NaN, all columns are sorted at once instead of one by one
    low, high = (np.nanquantile if np.isnan(drawn).any() else np.quantile)(drawn, ends, axis=0)
    return low, high
