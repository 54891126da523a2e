"""Asking a model until it answers: what form of reply its server can be held to, and when to ask again."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, Final

from rashomon.coding.endpoint import Completion, Endpoint, LostError, RefusedError
from rashomon.coding.limiting import Budget, Clock, Pace, Usage
from rashomon.coding.model_settings import MODES, Mode, ModelSettings
from rashomon.errors import RashomonError, Where, error

__all__ = ["Asker", "FailedError", "StoppedError"]

Messages = Sequence[Mapping[str, str]]

_UNFIT: Final = frozenset({400, 415, 422, 501})  # what servers answer to a response_format that they do not know
_BROKEN: Final = 500  # what some answer to it; but also what any may answer once
_OF_ONE: Final = frozenset({400, 413, 415, 422})  # may be the fault of one passage, once another was answered
_FOR_NOW: Final = frozenset({408, 409, 425, 429})  # and all from 500
_TEMPLATE: Final = 64  # tokens that a server may put around the messages
_LONGEST_WAIT: Final = 900.0  # seconds; a server that asks for more is not waited for
_LONGEST_PAUSE: Final = 60.0  # seconds before asking again, where the server does not say


class FailedError(Exception):
    """One request came to nothing, for the reason given; others may yet be answered."""


class StoppedError(Exception):
    """The run was stopped while a request waited."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reply, and the form of reply that the server was held to."""

    completion: Completion
    mode: Mode


class Asker:
    """One model at one endpoint, asked within a budget. Several threads may use it.

    Until a first answer, requests go out one by one and step down from the strictest form of reply to what the server takes;
    from then on it stays at that.
    """

    def __init__(self, settings: ModelSettings, budget: Budget, clock: Clock) -> None:
        self.endpoint = Endpoint(settings.endpoint, settings.key_variable, settings.timeout)
        self.modes: tuple[Mode, ...] = MODES if settings.reply_format == "auto" else (settings.reply_format,)
        self._settings, self._budget, self._clock = settings, budget, clock
        self._pace = Pace(settings.per_minute, clock)
        self._step, self._settled = 0, False
        self._finding_out = Lock()

    def ask(self, messages: Messages, schema: Mapping[str, Any], name: str, stop: Event) -> Asked:
        """The model's reply. ``name`` tells the request from others, so that its waiting times are always the same.

        Raises :class:`FailedError`, :class:`StoppedError`, :class:`~rashomon.coding.limiting.LimitError`, and R922 where the
        server would refuse every request.
        """
        if self._settled:
            return self._ask(messages, schema, name, stop)
        with self._finding_out:
            return self._ask(messages, schema, name, stop)

    def most(self, messages: Messages, schema: Mapping[str, Any]) -> Usage:
        """The most that one request can use."""
        return self._most(self._body(messages, schema, self.modes[0]))  # the strictest form is the longest

    def _most(self, data: bytes) -> Usage:
        return Usage(1, len(data) + _TEMPLATE, self._settings.reply_tokens)  # no token is less than a byte

    def _ask(self, messages: Messages, schema: Mapping[str, Any], name: str, stop: Event) -> Asked:
        failures = 0
        while True:
            mode = self.modes[self._step]
            try:
                completion = self._send(self._body(messages, schema, mode), stop)
            except RefusedError as refusal:
                if self._step_down(refusal, failures):
                    continue
                wait = self._worth_waiting(refusal)
                failure: Exception = refusal
            except LostError as lost:
                if not lost.again:
                    raise FailedError(str(lost)) from None
                failure, wait = lost, None
            else:
                self._settled = True
                return Asked(completion, mode)
            failures += 1
            if failures > self._settings.retries:
                self._begin_again()
                raise FailedError(f"{failure}, asked {failures} times")
            if self._clock.sleep(self._pause(failures, name) if wait is None else wait, stop):
                raise StoppedError

    def _send(self, data: bytes, stop: Event) -> Completion:
        """Send one request within the budget and at its turn."""
        number = self._budget.set_aside(self._most(data))
        used: Usage | None = Usage()
        try:
            if self._pace.wait(stop):
                raise StoppedError
            used = None
            completion = self.endpoint.post(data)
            counted = completion.tokens_in, completion.tokens_out
            used = None if counted[0] is None or counted[1] is None else Usage(1, counted[0], counted[1])
            return completion
        except (RefusedError, LostError) as failure:
            used = Usage(1) if failure.free else None
            raise
        finally:
            self._budget.settle(number, used)

    def _step_down(self, refusal: RefusedError, failures: int) -> bool:
        """Whether to try a looser form of reply, after a refusal that this one may have brought about."""
        again = min(1, self._settings.retries)
        unfit = refusal.status in _UNFIT or (refusal.status == _BROKEN and failures >= again)
        if self._settled or not unfit or self._step + 1 == len(self.modes):
            return False
        self._step += 1
        return True

    def _worth_waiting(self, refusal: RefusedError) -> float | None:
        """How long the server asks to wait, if it says so; raises where to ask again is in vain."""
        if refusal.status in _FOR_NOW or refusal.status >= 500:
            if refusal.wait is not None and refusal.wait > _LONGEST_WAIT:
                raise FailedError(f"{refusal}; it asks to wait {refusal.wait:.0f} seconds")
            return refusal.wait
        if self._settled and refusal.status in _OF_ONE:
            raise FailedError(str(refusal))
        self._begin_again()
        raise self._refused(refusal)

    def _begin_again(self) -> None:
        """Forget which forms of reply were refused, where none was taken."""
        self._step = self._step if self._settled else 0

    def _pause(self, failures: int, name: str) -> float:
        """Seconds before the next trial: twice as long each time, less a random part so that not all come at once."""
        chance = random.Random(f"{self._settings.seed} {name} {failures}").uniform(0.5, 1.0)
        return chance * min(_LONGEST_PAUSE, 2.0 ** (failures - 1))

    def _body(self, messages: Messages, schema: Mapping[str, Any], mode: Mode) -> bytes:
        settings = self._settings
        body: dict[str, Any] = {
            "model": settings.model,
            "messages": list(messages),
            "temperature": settings.temperature,
            settings.reply_limit: settings.reply_tokens,
            "stream": False,
        }
        if mode == "json_schema":
            named = {"name": "statements", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif mode == "json_object_schema":
            body["response_format"] = {"type": "json_object", "schema": schema}
        elif mode == "json_object":
            body["response_format"] = {"type": "json_object"}
        return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")

    def _refused(self, refusal: RefusedError) -> RashomonError:
        remedies = {
            401: "Check the key in the environment variable that key_variable names.",
            403: "Check that the key may use this model.",
            404: "Check the endpoint, which mostly ends with /v1, and the name of the model.",
        }
        redirect = "Write the address that it points to as endpoint, if you trust it."
        otherwise = redirect if refusal.status < 400 else "Change the settings of the coder as the server says."
        return error(
            "R922",
            "The endpoint refuses what it is asked.",
            found=f"{self.endpoint.host} answered {refusal}",
            allowed="an endpoint that takes chat completions for this model with these settings",
            remedy=remedies.get(refusal.status, otherwise),
            where=Where(field="endpoint"),
        )
