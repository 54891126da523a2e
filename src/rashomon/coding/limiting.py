"""The limits within which a model is asked, kept exactly: requests, tokens, money, and requests a minute.

Before a request is sent, the most that it can cost is set aside; where that would pass a limit it is not sent. After the
answer only what the server counted is spent. Of a request whose answer never came nobody knows what was counted: all that
was set aside is spent. A server that counts more than a request can cost is believed, and asked no more once a limit is passed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Condition, Event, Lock
from typing import Protocol

from rashomon.coding.model_settings import ModelSettings

__all__ = ["Budget", "Clock", "LimitError", "Pace", "SystemClock", "Usage"]


class LimitError(Exception):
    """A limit allows no further request; the message says which."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests sent, and tokens of their prompts and replies."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def plus(self, other: Usage) -> Usage:
        """The sum of both."""
        return Usage(
            self.requests + other.requests, self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out
        )

    def cost(self, settings: ModelSettings) -> float:
        """What it costs, in the currency of the prices."""
        return (self.tokens_in * settings.price_in + self.tokens_out * settings.price_out) / 1e6


class Budget:
    """What may still be asked for within the limits of some settings. Several threads may use one."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._spent = Usage()
        self._aside: dict[int, Usage] = {}
        self._next = 0
        self._change = Condition()

    @property
    def spent(self) -> Usage:
        """What was spent, without what is set aside."""
        with self._change:
            return self._spent

    def set_aside(self, most: Usage) -> int:
        """Set aside what a request can cost at most, and return a number to settle it by.

        Where the limits would only be passed if all that is set aside were spent, it waits until more is settled. Raises
        :class:`LimitError` where what is spent leaves no room.
        """
        with self._change:
            while (limit := self._passed(most)) and self._aside:
                self._change.wait()
            if limit:
                raise LimitError(limit)
            self._next += 1
            self._aside[self._next] = most
            return self._next

    def settle(self, number: int, used: Usage | None = None) -> None:
        """Spend what a request used, or all that was set aside for it; the rest of that is free again."""
        with self._change:
            most = self._aside.pop(number)
            self._spent = self._spent.plus(most if used is None else used)
            self._change.notify_all()

    def _passed(self, most: Usage) -> str:
        """The limit that one more request might pass, "" if none."""
        total = self._spent.plus(most)
        for one in self._aside.values():
            total = total.plus(one)
        settings = self._settings
        if total.requests > settings.requests:
            return f"{settings.requests} requests"
        if total.tokens_in + total.tokens_out > settings.tokens:
            return f"{settings.tokens} tokens"
        if settings.money is not None and total.cost(settings) > settings.money:
            return f"{settings.money:g} in money"
        return ""


class Clock(Protocol):
    """What tells the time, in seconds, and waits."""

    def now(self) -> float:
        """Seconds since some moment; never less than before."""
        ...

    def sleep(self, seconds: float, stop: Event) -> bool:
        """Wait, but no longer than until ``stop`` is set; whether it is."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since some moment; never less than before."""
        return time.monotonic()

    def sleep(self, seconds: float, stop: Event) -> bool:
        """Wait, but no longer than until ``stop`` is set; whether it is."""
        return stop.wait(seconds)


class Pace:
    """So many requests a minute at most: they start at even distances, in whichever thread."""

    def __init__(self, per_minute: float, clock: Clock) -> None:
        self._gap, self._clock = 60.0 / per_minute, clock
        self._next = clock.now()
        self._lock = Lock()

    def wait(self, stop: Event) -> bool:
        """Wait for the next request's turn, or until ``stop`` is set; whether it is."""
        with self._lock:
            turn = max(self._next, self._clock.now())
            self._next = turn + self._gap
        return self._clock.sleep(max(turn - self._clock.now(), 0.0), stop)
