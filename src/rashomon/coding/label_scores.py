"""How well a yes or no about passages is learned: one row of the scores that the coder ``learned`` gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rashomon.study import Estimate

Kind = Literal["statement", "topic", "path", "path + topic"]
Verdict = Literal["proposed", "not proposed", "undetermined"]


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How well one yes or no is learned. ``kind`` and ``label``: whether a statement, on which topic, of which path.

    ``statements`` accepted ones say yes, in ``passages`` of ``documents``; ``read``: passages that were learned from, yes or no;
    ``chosen``: of them, those whose probability is 0.5 or more by what was learned from other documents. ``precision`` and
    ``recall`` have the wider of two bands, Wilson's and that from resampling, ``f1`` and ``area`` (under the curve of precision
    over recall: average precision, which is ``share`` where nothing is learned) the latter alone. ``clusters`` of
    ``resampled`` were resampled: documents, or passages where these are fewer than twenty. NaN stands for what cannot be told.
    ``because``: why it is not proposed, or undetermined.
    """

    kind: Kind
    label: str
    statements: int
    passages: int
    documents: int
    read: int
    chosen: int
    share: float
    precision: Estimate
    recall: Estimate
    f1: Estimate
    area: Estimate
    clusters: int
    resampled: str
    verdict: Verdict
    because: str
