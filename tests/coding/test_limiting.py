"""Limits: whatever is asked in whatever order, by however many at once, none is ever passed."""

from __future__ import annotations

import math
import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_model import Fake, settings

from rashomon.coding.limiting import Budget, LimitError, Pace, SystemClock, Usage
from rashomon.coding.model_settings import ModelSettings

TOKENS = st.integers(0, 1000)


def within(spent: Usage, limits: ModelSettings) -> bool:
    return (
        spent.requests <= limits.requests
        and spent.tokens_in + spent.tokens_out <= limits.tokens
        and (limits.money is None or spent.cost(limits) <= limits.money)
    )


LIMITS = st.builds(
    lambda requests, tokens, money: settings(
        "http://x/v1", requests=requests, tokens=tokens, price_in=3.0, price_out=11.0, money=money
    ),
    st.integers(1, 20),
    st.integers(1, 20_000),
    st.none() | st.floats(0, 0.1),
)


@given(LIMITS, st.lists(st.tuples(TOKENS, TOKENS, st.floats(0, 1) | st.none(), st.booleans()), max_size=40))
def test_no_limit_is_ever_passed(limits: ModelSettings, course: list[tuple[int, int, float | None, bool]]) -> None:
    budget = Budget(limits)
    pending: deque[tuple[int, Usage | None]] = deque()
    for most_in, most_out, part, settle in course:
        used = None if part is None else Usage(1, int(part * most_in), int(part * most_out))
        try:
            # one that would have to wait for others is made not to, as those are ours to settle
            while pending and budget._passed(Usage(1, most_in, most_out)):
                budget.settle(*pending.popleft())
            pending.append((budget.set_aside(Usage(1, most_in, most_out)), used))
        except LimitError:
            assert not within(budget.spent.plus(Usage(1, most_in, most_out)), limits)
        if settle and pending:
            budget.settle(*pending.popleft())
        assert within(budget.spent, limits)
    while pending:
        budget.settle(*pending.popleft())
    assert within(budget.spent, limits)


@given(st.integers(1, 30), st.integers(2, 8))
def test_several_at_once_get_all_that_the_limit_allows_and_no_more(requests: int, threads: int) -> None:
    budget = Budget(settings("http://x/v1", requests=10**6, tokens=100 * requests))
    refused = []

    def ask() -> None:
        for _ in range(20):
            try:  # each takes a hundred tokens at most, and uses fifty
                budget.settle(budget.set_aside(Usage(1, 60, 40)), Usage(1, 30, 20))
            except LimitError as limit:
                refused.append(str(limit))

    running = [threading.Thread(target=ask) for _ in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    allowed = 2 * requests - 1  # the last fifty tokens are not enough for another
    assert budget.spent == Usage(1, 30, 20) if allowed == 1 else budget.spent.requests == min(allowed, 20 * threads)
    assert set(refused) <= {f"{100 * requests} tokens"}
    assert len(refused) == 20 * threads - budget.spent.requests


def test_a_request_waits_for_what_others_may_leave_over() -> None:
    budget = Budget(settings("http://x/v1", tokens=150))
    first, numbers = budget.set_aside(Usage(1, 60, 40)), []
    waiting = threading.Thread(target=lambda: numbers.append(budget.set_aside(Usage(1, 60, 40))))
    waiting.start()
    budget.settle(first, Usage(1, 30, 20))
    waiting.join(30)
    assert numbers == [first + 1]


def test_what_was_set_aside_is_spent_where_nobody_counted() -> None:
    budget = Budget(settings("http://x/v1"))
    budget.settle(budget.set_aside(Usage(1, 7, 5)))
    assert budget.spent == Usage(1, 7, 5)
    with pytest.raises(KeyError):
        budget.settle(1)


def test_a_server_that_counts_more_than_can_be_is_believed_and_asked_no_more() -> None:
    budget = Budget(settings("http://x/v1", tokens=100))
    budget.settle(budget.set_aside(Usage(1, 10, 10)), Usage(1, 1000, 0))
    assert budget.spent.tokens_in == 1000
    with pytest.raises(LimitError, match="100 tokens"):
        budget.set_aside(Usage(1, 0, 0))


@given(st.floats(0.5, 600), st.lists(st.floats(0, 90), min_size=1, max_size=60))
def test_no_minute_sees_more_requests_than_allowed(per_minute: float, gaps: list[float]) -> None:
    clock, stop = Fake(), threading.Event()
    pace = Pace(per_minute, clock)
    starts = []
    for gap in gaps:
        assert not pace.wait(stop)
        starts.append(clock.now())
        clock.time += gap
    for start in starts:
        assert sum(start <= other < start + 60 - 1e-6 for other in starts) <= math.ceil(per_minute)


def test_the_first_request_waits_for_nothing_and_a_stop_ends_a_wait() -> None:
    clock, stop = SystemClock(), threading.Event()
    pace = Pace(0.001, clock)
    assert not pace.wait(stop)
    threading.Timer(0.01, stop.set).start()
    assert pace.wait(stop)  # its turn would come in a thousand minutes
    assert clock.now() <= clock.now()
