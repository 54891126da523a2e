"""The verdict's core: against a naive reading of the definition, pair by pair and day by day."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.misperception.judging import expand, judge
from rashomon.study import UNKNOWN_DAY

PAIRS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from([-1, 1]),
        st.integers(1, 3),
        st.one_of(st.integers(1, 6), st.just(UNKNOWN_DAY)),
        st.integers(6, 9),
    ),
    max_size=25,
)


def arrays(pairs: list[tuple[int, int, int, int, int]]) -> list[np.ndarray]:
    belief, sign, strength, known, late = (
        np.array([p[i] for p in pairs], dtype=np.int64) if pairs else np.zeros(0, dtype=np.int64) for i in range(5)
    )
    bound = np.where(known == UNKNOWN_DAY, late, known)
    return [belief, sign, strength, known, bound]


def naive_verdict(pairs: list[tuple[int, int]]) -> int:
    best = {1: 0, -1: 0}
    for sign, strength in pairs:
        best[sign] = max(best[sign], strength)
    return int(np.sign(best[1] - best[-1]))


@given(PAIRS)
def test_verdict_is_that_of_the_stronger_kind(pairs: list[tuple[int, int, int, int, int]]) -> None:
    out = judge(*arrays(pairs), 5)
    for b in range(5):
        mine = [(p[1], p[2]) for p in pairs if p[0] == b]
        assert out.verdict[b] == naive_verdict(mine)
        assert out.disputed[b] == (len({sign for sign, _ in mine}) == 2)


@given(PAIRS)
def test_since_is_the_first_day_from_which_the_as_of_verdict_stays(pairs: list[tuple[int, int, int, int, int]]) -> None:
    belief, sign, strength, known, bound = arrays(pairs)
    out = judge(belief, sign, strength, known, bound, 5)
    for b in range(5):
        by_day = [
            naive_verdict([(s, k) for who, s, k, day in zip(belief, sign, strength, bound, strict=True)
                           if who == b and day <= today])
            for today in range(12)
        ]  # fmt: skip
        final = by_day[-1]
        right = [day for day in range(12) if all(later == final for later in by_day[day:])]
        expected = UNKNOWN_DAY if final == 0 else right[0]
        assert out.since_by[b] == expected
        assert out.since[b] in (out.since_by[b], UNKNOWN_DAY)


@given(PAIRS, st.randoms(use_true_random=False))
def test_order_of_the_pairs_does_not_matter(pairs: list[tuple[int, int, int, int, int]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = judge(*arrays(pairs), 5), judge(*arrays(shuffled), 5)
    for name in ("verdict", "disputed", "since", "since_by", "strong_for", "strong_against"):
        assert (getattr(one, name) == getattr(other, name)).all()


@given(st.lists(st.integers(-1, 3), max_size=12), st.lists(st.integers(-1, 3), max_size=12))
def test_expand_gives_every_pair_of_one_group_once(left: list[int], right: list[int]) -> None:
    one, other = expand(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), 4)
    got = sorted(zip(one.tolist(), other.tolist(), strict=True))
    assert got == sorted((i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b and a >= 0)
