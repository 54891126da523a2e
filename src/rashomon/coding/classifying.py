"""One yes or no about a passage, learned from examples: a logistic regression over vectors, calibrated, and scored by documents.

A document is never split between learning and scoring: its passages are scored by what was learned from the others. Decision
values become probabilities by the sigmoid of Platt 1999, fitted to values of documents that were not learned from; for scores it
is fitted without the document that is scored too. Arrays in, arrays out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from rashomon.coding.embedding import Vectors, needed

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]

FOLDS: Final = 10
"""At most so many parts of documents are left out in turn; of fewer documents each alone."""
_STRENGTH: Final = 1.0  # C of the logistic regression, as scikit-learn has it by default
_ROUNDS: Final = 2000
_ALIKE: Final = 1e-9  # of the largest: decisions no further apart than that are one
_BEST: Final = 2  # a passage is about a topic as its two best sentences are


@dataclass(frozen=True, eq=False)
class Material:
    """Passages as arrays. ``passages`` (n, d); ``sentences`` (s, d), each of the passage ``owner`` (s,), in order.

    ``documents`` (n,): each passage's, as numbers from 0.
    """

    passages: Vectors
    sentences: Vectors
    owner: Ints
    documents: Ints


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of each passage. ``answers`` (n,); ``named`` (n,): 1 where it names those who are asked about, else 0.

    ``told`` (m, d): statements in words of their own, ``told_answers`` (m,) and ``told_documents`` (m,): they are learned from
    beside the passages. ``by_sentence``: whether a passage counts by its best sentences, not as a whole.
    """

    answers: Bools
    named: Floats
    told: Vectors
    told_answers: Bools
    told_documents: Ints
    by_sentence: bool


@dataclass(frozen=True, eq=False)
class Rule:
    """What was learned: ``weights`` (d,) and ``name_weight``; and the sigmoid from decision values to probabilities."""

    weights: Floats
    name_weight: float
    offset: float
    by_sentence: bool
    slope: float = 1.0
    shift: float = 0.0

    def decisions(self, material: Material, named: Floats) -> Floats:
        """The decision values of passages (n,); ``named`` (n,) as in a question."""
        if not self.by_sentence:
            return np.asarray(material.passages @ self.weights + self.name_weight * named + self.offset, np.float64)
        return best_of(self.by_sentences(material.sentences), material.owner, len(material.passages))

    def by_sentences(self, sentences: Vectors) -> Floats:
        """The decision values of sentences (s,), whoever they name."""
        return np.asarray(sentences @ self.weights.astype(np.float32), np.float64) + self.offset

    def probabilities(self, decisions: Floats) -> Floats:
        """Decision values as probabilities."""
        return np.asarray(expit(self.slope * decisions + self.shift), np.float64)


@dataclass(frozen=True, eq=False)
class Crossed:
    """Each passage's decision value (n,) by what was learned from other documents, and its probability (n,)."""

    decisions: Floats
    probabilities: Floats


def best_of(values: Floats, owner: Ints, size: int) -> Floats:
    """For each owner (size,) the mean of its two highest values, or its one; each has one at least."""
    order = np.lexsort((-values, owner))
    counts = np.bincount(owner, minlength=size)
    starts = np.cumsum(counts) - counts
    high = values[order]
    second = high[np.where(counts >= _BEST, starts + 1, starts)]
    return np.asarray((high[starts] + second) / _BEST, np.float64)


def parts_of(documents: Ints) -> Ints:
    """The part (n,) that each passage is left out with: whole documents, the largest first, each into the smallest part."""
    sizes = np.bincount(documents)
    parts = np.zeros(len(sizes), np.intp)
    filled = np.zeros(min(FOLDS, len(sizes)), np.intp)
    for document in np.argsort(-sizes, kind="stable"):
        parts[document] = int(np.argmin(filled))
        filled[parts[document]] += sizes[document]
    return np.asarray(parts[documents], np.intp)


def learn(material: Material, question: Question) -> tuple[Rule, Crossed]:
    """What all of the material teaches, calibrated, and how it scores documents that it was not taught.

    Where a part's others hold no yes, or no no, nothing can be learned for it: its values are those of a certain no, or yes.
    """
    parts = parts_of(material.documents)
    decisions, probabilities = np.zeros(len(parts)), np.zeros(len(parts))
    for part in range(parts.max() + 1):
        out = parts == part
        told = ~np.isin(question.told_documents, material.documents[out])
        decisions[out] = _fitted(material, question, ~out, told).decisions(material, question.named)[out]
    for part in range(parts.max() + 1):
        out = parts == part
        slope, shift = sigmoid(decisions[~out], question.answers[~out])
        probabilities[out] = expit(slope * decisions[out] + shift)
    slope, shift = sigmoid(decisions, question.answers)
    whole = _fitted(material, question, np.ones(len(parts), np.bool_), np.ones(len(question.told), np.bool_))
    return replace(whole, slope=slope, shift=shift), Crossed(decisions, probabilities)


def _fitted(material: Material, question: Question, chosen: Bools, told: Bools) -> Rule:
    """The rule that the chosen passages (n,), and those that are told (m,) of what is told beside them, teach."""
    answers = np.concatenate([question.answers[chosen], question.told_answers[told]])
    if answers.all() or not answers.any():
        return Rule(np.zeros(material.passages.shape[1]), 0.0, 9.0 if answers.any() else -9.0, question.by_sentence)
    features: Any = np.concatenate([material.passages[chosen], question.told[told]]).astype(np.float64)
    named = np.concatenate([question.named[chosen], np.zeros(int(told.sum()))])
    linear = needed("sklearn.linear_model")
    model = linear.LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=_ROUNDS)
    model.fit(np.column_stack([features, named]), answers)
    weights = np.asarray(model.coef_[0], np.float64)
    rule = Rule(weights[:-1], float(weights[-1]), float(model.intercept_[0]), question.by_sentence)
    return _scaled(rule, rule.decisions(material, question.named)[chosen])


def _scaled(rule: Rule, decisions: Floats) -> Rule:
    """The rule with the decision values of what it was learned from at mean 0 and spread 1: rules that were learned from
    different documents have each a scale of their own, and one sigmoid is to serve them all.
    """
    spread = float(decisions.std()) or 1.0
    offset = (rule.offset - float(decisions.mean())) / spread
    return replace(rule, weights=rule.weights / spread, name_weight=rule.name_weight / spread, offset=offset)


def sigmoid(decisions: Floats, answers: Bools) -> tuple[float, float]:
    """Slope, 0 or more, and shift of the sigmoid that makes probabilities of decision values.

    Platt 1999 (*Advances in Large Margin Classifiers*: 61–74): yes counts (y + 1)/(y + 2) and no 1/(n + 2), so that no sample,
    however small, makes anything certain. Where higher values do not mean yes, the slope is 0: each then has the share of yes.
    """
    yes = int(answers.sum())
    no = len(answers) - yes
    target = np.where(answers, (yes + 1) / (yes + 2), 1 / (no + 2))
    plain = float(logit(target.mean()))
    if not len(decisions) or np.ptp(decisions) <= _ALIKE * np.abs(decisions).max():
        return 0.0, plain
    spread, middle = float(decisions.std()), float(decisions.mean())
    scaled = (decisions - middle) / spread
    linear = needed("sklearn.linear_model")
    model = linear.LogisticRegression(C=np.inf, max_iter=_ROUNDS)
    twice = np.concatenate([scaled, scaled])[:, None]
    model.fit(twice, np.repeat([1, 0], len(scaled)), sample_weight=np.concatenate([target, 1 - target]))
    slope = float(model.coef_[0, 0]) / spread
    return (slope, float(model.intercept_[0]) - slope * middle) if slope > 0 else (0.0, plain)
