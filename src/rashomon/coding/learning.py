"""What can be learned from a study's accepted statements, how well, and what may therefore be proposed.

For each topic and each path, and for whether there is a statement at all, there is one yes or no. It is *undetermined* where
fewer than eight passages of three documents say yes, or as few say no. It is *proposed* only where, of passages of documents that
were not learned from, more than half of those it chose were right, and more than chance would have, the lower end of the band
included.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rashomon.coding.classifying import Bools, Crossed, Floats, Ints, Material, Question, Rule, learn, sigmoid
from rashomon.coding.embedding import VectorFile, Vectors
from rashomon.coding.examples import Encoded, Example, labels_of, told_by
from rashomon.coding.krippendorff import LEAST_CLUSTERS, expanded, redrawn
from rashomon.coding.label_scores import Kind, LabelScore
from rashomon.study import Estimate
from rashomon.study.proportions import wilson
from rashomon.texts import count

LEAST_PASSAGES: Final = 8
"""Passages that must say yes, and as many no."""
LEAST_DOCUMENTS: Final = 3
"""Documents in which those stand, at least."""
CHOSEN: Final = 0.5
"""Probability from which on a passage is chosen; and what precision must exceed for a proposal, its lower end included, and
chance besides."""
LEVEL: Final = 0.9
"""Of the bands."""

_DRAWS: Final = 1000
_CELLS: Final = 4_000_000  # numbers held at once while resampling
_SEED: Final = 2011
_LOST: Final = 0.05  # more resamples than this without a value: no band from them
_NONE: Final = Estimate(math.nan, math.nan, math.nan, LEVEL, 0, 0)


@dataclass(frozen=True, eq=False)
class Pairing:
    """The sigmoid from the product of the probabilities of topic and path to that of a statement of both; and the ``pairs`` that
    there are: topic and path.
    """

    slope: float
    shift: float
    pairs: frozenset[tuple[str, str]]

    def probability(self, product: float) -> float:
        """The probability that a passage has a statement of a topic and a path, from the product of theirs."""
        return float(1 / (1 + math.exp(-(self.slope * math.log(max(product, 1e-9)) + self.shift))))


@dataclass(frozen=True, eq=False)
class Learned:
    """All that was learned. ``rules``: of every label that is not undetermined, by kind and label."""

    rules: Mapping[tuple[str, str], Rule]
    scores: tuple[LabelScore, ...]
    pairing: Pairing

    def proposed(self, kind: str) -> tuple[str, ...]:
        """The labels of a kind that may be proposed."""
        return tuple(one.label for one in self.scores if one.kind == kind and one.verdict == "proposed")


def named_of(kind: str, label: str, encoded: Encoded) -> Floats:
    """For each passage (n,) the share of a path's actors that it names; 0 for what is no path."""
    if kind != "path":
        return np.zeros(len(encoded.named))
    actors = label.split(" > ")
    return np.array([sum(one in names for one in actors) / len(actors) for names in encoded.named], np.float64)


def chances_of(rules: Mapping[tuple[str, str], Rule], encoded: Encoded) -> Floats:
    """The probability of each label (labels, n) in each passage, in the order of the rules."""
    size = len(encoded.passages)
    material = Material(encoded.passages, encoded.sentences, encoded.owner, np.zeros(size, np.intp))
    rows = [rule.probabilities(rule.decisions(material, named_of(*key, encoded))) for key, rule in rules.items()]
    return np.array(rows, np.float64).reshape(len(rules), size)


class Lesson:
    """Examples as arrays, of which labels are learned one by one."""

    def __init__(self, examples: Sequence[Example], encoded: Encoded, vectors: VectorFile) -> None:
        self.examples, self.encoded = examples, encoded
        names = {name: number for number, name in enumerate(sorted({one.document for one in examples}))}
        self.documents: Ints = np.array([names[one.document] for one in examples], np.intp)
        self.material = Material(encoded.passages, encoded.sentences, encoded.owner, self.documents)
        self.labels = [labels_of(one) for one in examples]
        told = list(told_by(examples))
        self._told: Vectors = vectors.of([words for _, _, words in told])
        self._topics = [one.topic.text for _, one, _ in told]
        self._told_documents: Ints = np.array([self.documents[number] for number, _, _ in told], np.intp)

    def counted(self) -> Counter[tuple[str, str]]:
        """How many accepted statements say yes to each label."""
        counts: Counter[tuple[str, str]] = Counter()
        for example in self.examples:
            for one in example.statements:
                counts.update((("statement", "any"), ("topic", one.topic.text), ("path", " > ".join(one.path.actors))))
        return counts

    def answers(self, kind: str, label: str) -> Bools:
        """Which passages (n,) say yes."""
        return np.array([label in one[kind] for one in self.labels], np.bool_)

    def question(self, kind: str, label: str) -> Question:
        """The label as a question: a topic is told by the statements' own words too, a path by whom a passage names."""
        topic = kind == "topic"
        some = slice(None) if topic else slice(0, 0)
        told = np.array([one == label for one in self._topics], np.bool_)
        return Question(
            self.answers(kind, label), named_of(kind, label, self.encoded),
            self._told[some], told[some], self._told_documents[some], topic,
        )  # fmt: skip


def learned_from(lesson: Lesson) -> Learned:
    """Everything that the examples teach, with its scores: statement, topics and paths, the most frequent first, then both."""
    counts = lesson.counted()
    kinds = {"statement": 0, "topic": 1, "path": 2}
    rules: dict[tuple[str, str], Rule] = {}
    crossed: dict[tuple[str, str], Crossed] = {}
    scores: list[LabelScore] = []
    for key in sorted(counts, key=lambda key: (kinds[key[0]], -counts[key], key[1])):
        answers = lesson.answers(*key)
        lacking = lacking_of(answers, lesson.documents)
        if lacking:
            scores.append(scored(key, counts[key], answers, None, lesson.documents, lacking))
            continue
        rules[key], crossed[key] = learn(lesson.material, lesson.question(*key))
        scores.append(scored(key, counts[key], answers, crossed[key].probabilities, lesson.documents))
    found = Learned(rules, tuple(scores), Pairing(0.0, 0.0, frozenset()))
    pairing, row = _paired(lesson, found, crossed)
    return Learned(rules, (*scores, *row), pairing)


def lacking_of(answers: Bools, documents: Ints) -> str:
    """Why a label cannot be learned; "" where it can."""
    for word, those in (("yes", answers), ("no", ~answers)):
        passages, of = int(those.sum()), len(set(documents[those].tolist()))
        if passages < LEAST_PASSAGES or of < LEAST_DOCUMENTS:
            have = f"{word} is said by {passages} of the passages read, in {count(of, 'document')}"
            return f"{have}; {LEAST_PASSAGES} in {LEAST_DOCUMENTS} are needed"
    return ""


def scored(
    key: tuple[str, str], statements: int, answers: Bools, probabilities: Floats | None, documents: Ints, lacking: str = ""
) -> LabelScore:  # fmt: skip
    """The scores of a label from the probabilities (n,) that passages were given by what was learned from other documents."""
    kind: Kind = key[0]  # type: ignore[assignment]
    yes, of = int(answers.sum()), len(set(documents[answers].tolist()))
    share = float(answers.mean()) if len(answers) else math.nan
    if probabilities is None:
        return LabelScore(kind, key[1], statements, yes, of, len(answers), 0, share, _NONE, _NONE, _NONE, _NONE, 0, "",
                          "undetermined", lacking)  # fmt: skip
    chosen = probabilities >= CHOSEN
    size, by, cluster = _clusters(documents)
    right = int((answers & chosen).sum())
    estimates = _estimates(answers, chosen, probabilities, cluster, size)
    precision = estimates[0]
    enough = precision.low > max(CHOSEN, share)
    because = "" if enough else _because(int(chosen.sum()), right, precision, share)
    return LabelScore(kind, key[1], statements, yes, of, len(answers), int(chosen.sum()), share, *estimates, size, by,
                      "proposed" if enough else "not proposed", because)  # fmt: skip


def _because(chosen: int, right: int, precision: Estimate, share: float) -> str:
    if not chosen:
        return "no passage of another document was given a probability of 0.5"
    bar = "half" if share <= CHOSEN else f"the {share:.0%} that chance gives"
    return (
        f"of {chosen} chosen {right} were right: it may be no more than {precision.low:.0%}, and {bar} must be passed"
    )


def _clusters(documents: Ints) -> tuple[int, str, Ints]:
    """How many clusters are resampled, what they are, and the cluster (n,) of each passage."""
    size = len(set(documents.tolist()))
    if size >= LEAST_CLUSTERS:
        return size, "document", np.unique(documents, return_inverse=True)[1].astype(np.intp)
    return len(documents), "passage", np.arange(len(documents))


def _estimates(
    answers: Bools, chosen: Bools, probabilities: Floats, cluster: Ints, size: int
) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    """Precision, recall, F1 and average precision. ``cluster`` (n,): with which of ``size`` each passage is resampled."""
    yes, mine, right = int(answers.sum()), int(chosen.sum()), int((answers & chosen).sum())
    rng, step = np.random.default_rng(_SEED), max(1, _CELLS // len(answers))
    parts = []
    for start in range(0, _DRAWS, step):
        draws = redrawn(rng, size, min(step, _DRAWS - start))[:, cluster]
        counts = [draws @ one.astype(np.float64) for one in (answers & chosen, chosen, answers)]
        parts.append((*counts, average_precision(answers, probabilities, draws)))
    hits, picked, wanted, areas = (np.concatenate(each) for each in zip(*parts, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall, doubled = hits / picked, hits / wanted, 2 * hits / (picked + wanted)
    f1 = 2 * right / (mine + yes) if mine + yes else math.nan
    area = float(average_precision(answers, probabilities, np.ones((1, len(answers))))[0])
    return (
        _wider(right, mine, precision, size),
        _wider(right, yes, recall, size),
        _banded(f1, doubled, size, mine + yes),
        _banded(area, areas, size, len(answers)),
    )


def _wider(part: int, whole: int, drawn: Floats, size: int) -> Estimate:
    if not whole:
        return _NONE
    one, other = wilson(part, whole, LEVEL, size), _banded(part / whole, drawn, size, whole)
    low, high = np.fmin(one.low, other.low), np.fmax(one.high, other.high)
    return Estimate(one.estimate, float(low), float(high), LEVEL, whole, size)


def _banded(value: float, drawn: Floats, size: int, n: int) -> Estimate:
    """A value with the band of what was drawn; none where the value is at an end, or too much of what was drawn has none."""
    kept = drawn[np.isfinite(drawn)]
    if size < 2 or len(kept) < (1 - _LOST) * len(drawn) or not 0 < value < 1:
        return Estimate(value, math.nan, math.nan, LEVEL, n, size)
    low, high = expanded(kept, size, LEVEL)
    return Estimate(value, max(0.0, min(low, value)), min(1.0, max(high, value)), LEVEL, n, size)


def average_precision(answers: Bools, values: Floats, weights: Floats) -> Floats:
    """Average precision (b,) of values (n,) for answers (n,), each counted ``weights`` (b, n) times; NaN without a yes.

    Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct values, the highest first (Zhu 2004): a sum, and no interpolation, which would flatter.
    """
    order = np.argsort(-values, kind="stable")
    last = np.flatnonzero(np.append(np.diff(values[order]) != 0, True))
    ordered = weights[:, order]
    yes = np.cumsum(ordered * answers[order], axis=1)[:, last]
    every = np.cumsum(ordered, axis=1)[:, last]
    gained = np.diff(yes, axis=1, prepend=0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.nansum(gained * (yes / every), axis=1) / yes[:, -1], np.float64)


# ── topic and path together ──────────────────────────────────────────────────────────────────────────────────────────


def _paired(
    lesson: Lesson, found: Learned, crossed: Mapping[tuple[str, str], Crossed]
) -> tuple[Pairing, list[LabelScore]]:
    """How sure a statement of a topic and a path is, from both; and the score of all that would have been proposed."""
    both = [_pairs(one) for one in lesson.examples]
    pairs = sorted(
        one for one in frozenset().union(*both) if ("topic", one[0]) in crossed and ("path", one[1]) in crossed
    )
    known = _known(both, lesson.documents)
    may = {(kind, label) for kind in ("topic", "path") for label in found.proposed(kind)}
    products: list[Floats] = []
    right: list[Bools] = []
    asked: list[tuple[int, bool]] = []
    for topic, path in pairs:
        chances = crossed["topic", topic].probabilities, crossed["path", path].probabilities
        there = np.array([(topic, path) in one for one in both], np.bool_)
        elsewhere = np.array([(topic, path) in known[one] for one in lesson.documents.tolist()], np.bool_)
        products.append((chances[0] * chances[1])[elsewhere])
        right.append(there[elsewhere])
        if {("topic", topic), ("path", path)} <= may:
            chosen = elsewhere & (chances[0] >= CHOSEN) & (chances[1] >= CHOSEN)
            asked += [(row, bool(there[row])) for row in np.flatnonzero(chosen).tolist()]
    if not products:
        return Pairing(0.0, -9.0, frozenset()), []
    slope, shift = sigmoid(np.log(np.maximum(np.concatenate(products), 1e-9)), np.concatenate(right))
    return Pairing(slope, shift, frozenset(pairs)), [_both_score(asked, both, lesson.documents)]


def _pairs(example: Example) -> frozenset[tuple[str, str]]:
    return frozenset((one.topic.text, " > ".join(one.path.actors)) for one in example.statements)


def _known(both: Sequence[frozenset[tuple[str, str]]], documents: Ints) -> dict[int, frozenset[tuple[str, str]]]:
    """For each document the pairs that others have."""
    of: dict[int, set[tuple[str, str]]] = {int(one): set() for one in set(documents.tolist())}
    for pairs, document in zip(both, documents.tolist(), strict=True):
        of[document] |= pairs
    found = Counter(pair for pairs in of.values() for pair in pairs)
    return {one: frozenset(pair for pair in found if found[pair] > (pair in pairs)) for one, pairs in of.items()}


def _both_score(
    asked: Sequence[tuple[int, bool]], both: Sequence[frozenset[tuple[str, str]]], documents: Ints
) -> LabelScore:
    """The score of what would have been proposed: of each, whether its passage has a statement of its topic and path."""
    right, every = sum(hit for _, hit in asked), sum(map(len, both))
    where = {row for row, pairs in enumerate(both) if pairs}
    precision = wilson(right, len(asked), LEVEL, len(asked)) if asked else _NONE
    recall = wilson(right, every, LEVEL, every) if every else _NONE
    f1 = 2 * right / (len(asked) + every) if asked or every else math.nan
    return LabelScore(
        "path + topic", "as proposed", every, len(where), len({int(documents[row]) for row in where}), len(both), len(asked),
        math.nan, precision, recall, Estimate(f1, math.nan, math.nan, LEVEL, len(asked) + every, 0), _NONE, 0, "",
        "proposed" if asked else "not proposed", "" if asked else "no topic and path that may be proposed met in a passage",
    )  # fmt: skip
