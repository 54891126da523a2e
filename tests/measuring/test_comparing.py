"""The relation of a belief to a record: the table at the head of the module, and its symmetries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.records.comparing import AGAINST, FOR, NEITHER, relate, role, same_stance

NAN = float("nan")


@dataclass(frozen=True)
class Stance:
    kind: str
    value: str = ""
    lo: float = NAN
    hi: float = NAN


A, B = Stance("position", "a"), Stance("position", "b")
POSITIVE, NEGATIVE, MIXED = (
    Stance("word", w, lo, hi) for w, lo, hi in [("p", 0.2, 0.6), ("n", -0.6, -0.2), ("m", -0.2, 0.2)]
)

HOLDS = ["wants", "demands", "minimum", "proposes", "intends", "believes", "asserts"]


@pytest.mark.parametrize(("belief", "record"), list(product(HOLDS, HOLDS)))
def test_holding_the_same_bears_out_and_holding_another_contradicts(belief: str, record: str) -> None:
    assert relate((belief, False), A, (record, False), A) == FOR
    assert relate((belief, False), A, (record, False), B) == AGAINST


@pytest.mark.parametrize("belief", HOLDS)
def test_rejecting_what_one_is_taken_to_hold_contradicts(belief: str) -> None:
    assert relate((belief, False), A, ("rejects", False), A) == AGAINST
    assert relate((belief, False), A, ("rejects", False), B) == NEITHER
    assert relate((belief, False), A, ("accepts", False), A) == NEITHER


def test_acceptance() -> None:
    assert relate(("accepts", False), A, ("wants", False), A) == FOR
    assert relate(("accepts", False), A, ("wants", False), B) == NEITHER
    assert relate(("accepts", False), A, ("accepts", False), A) == FOR
    assert relate(("accepts", False), A, ("rejects", False), A) == AGAINST
    assert relate(("rejects", False), A, ("accepts", False), A) == AGAINST
    assert relate(("rejects", False), A, ("rejects", False), A) == FOR
    assert relate(("rejects", False), A, ("wants", False), A) == AGAINST


def test_what_is_expected_is_not_what_is_wanted() -> None:
    assert relate(("wants", False), A, ("expects", False), B) == NEITHER
    assert relate(("fears", False), A, ("wants", False), B) == NEITHER
    assert relate(("fears", False), A, ("expects", False), B) == AGAINST


def test_silent_verbs_say_nothing() -> None:
    for verb in ("discounts", "overlooks", "unaware"):
        assert role(verb, False) == "silent"
        assert relate(("wants", False), A, (verb, False), A) == NEITHER


VERBS = st.sampled_from(["wants", "demands", "accepts", "rejects", "avoids", "believes", "asserts", "expects", "fears"])
STANCES = st.sampled_from([A, B, POSITIVE, NEGATIVE, MIXED, Stance("none")])


@given(VERBS, VERBS, st.booleans(), st.booleans(), STANCES, STANCES)
def test_the_relation_reads_the_same_from_both_ends_of_holding(
    one: str, other: str, not_one: bool, not_other: bool, a: Stance, b: Stance
) -> None:
    assert same_stance(a, b) == same_stance(b, a)
    there, back = relate((one, not_one), a, (other, not_other), b), relate((other, not_other), b, (one, not_one), a)
    takes = "takes" in (role(one, not_one), role(other, not_other))
    assert there == back or takes  # acceptance alone is one-sided: holding shows acceptance, not the reverse


def test_words_compare_by_the_side_of_the_scale() -> None:
    assert same_stance(POSITIVE, Stance("word", "pp", 0.6, 1.0)) == FOR
    assert same_stance(POSITIVE, NEGATIVE) == AGAINST
    assert same_stance(POSITIVE, MIXED) == NEITHER


def test_positions_at_one_place_agree_and_compatible_ones_say_nothing() -> None:
    here, there = Stance("position", "a", 1.0, 1.0), Stance("position", "b", 1.0, 1.0)
    assert same_stance(here, there) == FOR
    assert same_stance(A, B, frozenset({frozenset({"a", "b"})})) == NEITHER


def test_orders() -> None:
    above, below = Stance("order", "x", 0.5, 1.0), Stance("order", "x", 0.0, 0.3)
    assert same_stance(above, below) == AGAINST
    assert same_stance(above, Stance("position", "x", 0.7, 0.7)) == FOR
    assert same_stance(above, Stance("order")) == NEITHER
