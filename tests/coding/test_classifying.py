"""The classifier in numbers: documents are never split, chance is not beaten where there is nothing to learn, and bands hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rashomon.coding.classifying import FOLDS, Material, Question, best_of, learn, parts_of, sigmoid
from rashomon.coding.learning import average_precision, lacking_of, scored

pytest.importorskip("sklearn", reason="learning needs the extra rashomon[learn]")

NUMBERS = st.floats(-5, 5, allow_subnormal=False)


def lesson(documents: int, each: int, told: float, seed: int = 3) -> tuple[Material, Question]:
    """Passages of one sentence, half of which say yes; the first number of their vectors tells so, ``told`` times the noise."""
    rng = np.random.default_rng(seed)
    answers = rng.permutation(np.arange(documents * each) % 2 == 0)
    vectors = rng.normal(size=(documents * each, 6))
    vectors[:, 0] += told * (2 * answers - 1)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    number = np.arange(documents * each)
    material = Material(vectors, vectors, number, number // each)
    empty = np.zeros(0, np.intp)
    nothing = Question(answers, np.zeros(len(answers)), vectors[:0], empty.astype(np.bool_), empty, False)
    return material, nothing


@given(st.lists(st.integers(0, 30), min_size=1, max_size=80))
def test_documents_are_left_out_whole_and_no_part_is_empty(documents: list[int]) -> None:
    numbered = np.unique(documents, return_inverse=True)[1]
    parts = parts_of(numbered)
    assert all(len(set(parts[numbered == one].tolist())) == 1 for one in set(numbered.tolist()))
    count = min(FOLDS, len(set(documents)))
    assert set(parts.tolist()) == set(range(count))


@given(st.lists(st.tuples(st.integers(0, 5), NUMBERS), min_size=1, max_size=40))
def test_a_passage_counts_by_its_two_best_sentences(pairs: list[tuple[int, float]]) -> None:
    owner = np.unique([one for one, _ in pairs], return_inverse=True)[1]
    values = np.array([value for _, value in pairs])
    found = best_of(values, owner, owner.max() + 1)
    for one in range(owner.max() + 1):
        assert found[one] == pytest.approx(np.mean(sorted(values[owner == one].tolist())[-2:]))


@given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=1, max_size=30))
@example([(-2.990048695148018, False)] * 3)  # three alike, whose standard deviation is not quite nought
def test_probabilities_rise_with_decisions_and_nothing_is_certain(pairs: list[tuple[float, bool]]) -> None:
    decisions, answers = np.array([one for one, _ in pairs]), np.array([yes for _, yes in pairs])
    slope, shift = sigmoid(decisions, answers)
    assert slope >= 0
    yes, no = answers.sum(), (~answers).sum()
    mean = np.mean(1 / (1 + np.exp(-(slope * decisions + shift))))
    target = (yes * (yes + 1) / (yes + 2) + no / (no + 2)) / len(answers)
    assert mean == pytest.approx(target, abs=2e-3)  # a fitted logistic regression gives back the mean (Platt 1999)
    assert 0 < mean < 1


def test_it_learns_what_there_is_to_learn_and_no_more() -> None:
    material, question = lesson(8, 20, told=3.0)
    _, crossed = learn(material, question)
    row = scored(("topic", "told"), 80, question.answers, crossed.probabilities, material.documents)
    assert row.area.estimate > 0.95
    assert row.verdict == "proposed"
    material, question = lesson(8, 20, told=0.0)
    _, crossed = learn(material, question)
    row = scored(("topic", "noise"), 80, question.answers, crossed.probabilities, material.documents)
    assert row.area.estimate < 0.65
    assert row.verdict == "not proposed"


def test_what_is_told_of_a_document_teaches_nothing_about_it() -> None:
    material, question = lesson(6, 10, told=0.0)
    cheat = Question(question.answers, question.named, material.passages, question.answers, material.documents, False)
    _, crossed = learn(material, cheat)
    row = scored(("topic", "noise"), 30, question.answers, crossed.probabilities, material.documents)
    assert row.area.estimate < 0.7  # with its own document's words left in, it would be 1


def test_chance_alone_is_seldom_proposed() -> None:
    proposed = 0
    for seed in range(40):
        material, question = lesson(5, 12, told=0.0, seed=seed)
        _, crossed = learn(material, question)
        row = scored(("topic", "noise"), 30, question.answers, crossed.probabilities, material.documents)
        proposed += row.verdict == "proposed"
    assert proposed <= 4  # of each it is one in twenty at most


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=25))
def test_average_precision_is_that_of_scikit_learn(pairs: list[tuple[float, bool]]) -> None:
    from sklearn.metrics import average_precision_score

    values, answers = np.array([one for one, _ in pairs]), np.array([yes for _, yes in pairs])
    if not answers.any():
        return
    (found,) = average_precision(answers, values, np.ones((1, len(values))))
    assert found == pytest.approx(average_precision_score(answers, values))
    weights = 1 + np.arange(len(values))[None, :] % 3
    (weighted,) = average_precision(answers, values, weights.astype(np.float64))
    assert weighted == pytest.approx(
        average_precision_score(np.repeat(answers, weights[0]), np.repeat(values, weights[0]))
    )


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(0, 24)), min_size=8, max_size=60))
def test_bands_hold_their_values_and_counts_are_what_they_say(rows: list[tuple[float, bool, int]]) -> None:
    chances, answers = np.array([one for one, _, _ in rows]), np.array([yes for _, yes, _ in rows])
    documents = np.unique([one for _, _, one in rows], return_inverse=True)[1]
    row = scored(("topic", "any"), int(answers.sum()), answers, chances, documents)
    chosen = chances >= 0.5
    assert (row.chosen, row.passages, row.read) == (chosen.sum(), answers.sum(), len(rows))
    if chosen.any():
        assert row.precision.estimate == pytest.approx((chosen & answers).sum() / chosen.sum())
    for one in (row.precision, row.recall, row.f1, row.area):
        if np.isfinite(one.low):
            assert one.low - 1e-12 <= one.estimate <= one.high + 1e-12
    if row.verdict == "proposed":
        assert row.precision.low > max(0.5, row.share)
    assert (row.resampled == "document") == (len(set(documents.tolist())) >= 20)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=40))
def test_too_few_passages_or_documents_are_undetermined(rows: list[tuple[bool, int]]) -> None:
    answers, documents = np.array([yes for yes, _ in rows], np.bool_), np.array([one for _, one in rows], np.intp)
    enough = all(
        those.sum() >= 8 and len(set(documents[those].tolist())) >= 3 for those in (answers, ~answers)
    )  # fmt: skip
    assert (lacking_of(answers, documents) == "") == enough
