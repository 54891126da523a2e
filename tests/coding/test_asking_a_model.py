"""Endpoints as they are: what each takes, refuses, drops and garbles, and what a coder makes of that."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_model import Answer, Fake, Play, Server, completion, honest, serving, settings

from rashomon.coding.asking import Asker, FailedError, StoppedError
from rashomon.coding.endpoint import Endpoint
from rashomon.coding.limiting import Budget, LimitError, SystemClock, Usage
from rashomon.coding.model_settings import MODES
from rashomon.errors import RashomonError

MESSAGES = [{"role": "system", "content": "Code."}, {"role": "user", "content": "⟦PASSAGE⟧\nWords.\n⟦END OF PASSAGE⟧"}]
SCHEMA: dict[str, Any] = {"type": "object"}
DONE = '{"statements": []}'


class Line:
    """One asker, its budget and its clock."""

    def __init__(self, server: Server, **more: Any) -> None:
        chosen = settings(server.address, **more)
        self.budget, self.clock, self.stop = Budget(chosen), Fake(), threading.Event()
        self.asker = Asker(chosen, self.budget, self.clock)

    def ask(self, name: str = "one") -> str:
        return self.asker.ask(MESSAGES, SCHEMA, name, self.stop).completion.content


def format_of(body: dict[str, Any]) -> str:
    """The form of reply that a request asks for."""
    asked = body.get("response_format", {"type": "text"})
    return "json_object_schema" if "schema" in asked else str(asked["type"])


def taking(*formats: str, otherwise: int = 400) -> Play:
    """A server that takes some forms of reply, and answers others with a status."""
    return lambda body, _: honest(body) if format_of(body) in formats else Answer(otherwise, b'{"error": "no such format"}')


@pytest.mark.parametrize("number", range(len(MODES)))
@pytest.mark.parametrize("otherwise", [400, 422, 500, 501])
def test_the_strictest_form_that_the_server_takes_is_found_and_kept_to(number: int, otherwise: int) -> None:
    with serving(taking(*MODES[number:], otherwise=otherwise)) as server:
        line = Line(server)
        assert line.ask() == DONE
        tried = [format_of(body) for body in server.bodies]
        assert list(dict.fromkeys(tried)) == list(MODES[: number + 1])
        assert len(tried) == number + 1 + (otherwise == 500 and number > 0)  # a 500 may be chance: it is tried twice
        assert line.ask() == DONE
        assert format_of(server.bodies[-1]) == MODES[number]
        assert len(server.bodies) == len(tried) + 1
        assert line.budget.spent == Usage(len(server.bodies), 200, 40)


def test_a_server_that_was_down_is_asked_for_the_strictest_form_again() -> None:
    with serving(lambda body, number: Answer(500) if number <= 6 else honest(body)) as server:
        line = Line(server, retries=2)
        with pytest.raises(FailedError, match="500, asked 3 times"):
            line.ask()
        assert {format_of(body) for body in server.bodies} == set(MODES)
        assert line.ask() == DONE
        assert format_of(server.bodies[-1]) == "json_schema"


def test_what_each_form_asks_for_is_what_servers_expect() -> None:
    with serving(taking("text")) as server:
        Line(server).ask()
    assert [body.get("response_format") for body in server.bodies] == [
        {"type": "json_schema", "json_schema": {"name": "statements", "strict": True, "schema": SCHEMA}},
        {"type": "json_object", "schema": SCHEMA},
        {"type": "json_object"},
        None,
    ]


def test_a_form_that_is_chosen_is_the_only_one_tried() -> None:
    with serving(taking("text")) as server:
        line = Line(server, reply_format="json_object")
        with pytest.raises(RashomonError) as raised:
            line.ask()
        assert raised.value.fault.code == "R922"
        assert "no such format" in raised.value.fault.found
    assert [format_of(body) for body in server.bodies] == ["json_object"]


def test_several_at_once_find_out_together_what_the_server_takes() -> None:
    with serving(taking("json_object")) as server:
        line = Line(server, at_once=8)
        threads = [threading.Thread(target=line.ask, args=(str(number),)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(format_of(body) for body in server.bodies) == sorted([*MODES[:2], *["json_object"] * 8])


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 402, 403, 404, 405, 410])
def test_a_refusal_of_every_request_is_told_at_once(status: int) -> None:
    body = json.dumps({"error": {"message": "You shall\x1b[31m not pass.\n", "code": 7}}).encode()
    with serving(lambda *_: Answer(status, body, {"Location": "http://127.0.0.2:9/elsewhere"})) as server:
        with pytest.raises(RashomonError) as raised:
            Line(server).ask()
        assert len(server.bodies) == 1
    fault = raised.value.fault
    assert fault.code == "R922"
    said = "a redirect to http://127.0.0.2:9/elsewhere" if status < 400 else "You shall [31m not pass."
    assert fault.found.endswith(f"answered {status} {said}")


def test_what_may_be_the_fault_of_one_passage_fails_that_alone() -> None:
    with serving(lambda body, number: honest(body) if number != 2 else Answer(400, b"context too long")) as server:
        line = Line(server)
        assert line.ask() == DONE
        with pytest.raises(FailedError, match="400 context too long"):
            line.ask()
        assert line.ask() == DONE


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_asked_again_with_longer_waits(status: int) -> None:
    with serving(lambda body, number: honest(body) if number == 5 else Answer(status)) as server:
        line = Line(server, reply_format="json_schema")
        assert line.ask() == DONE
        waits = [slept for slept in line.clock.slept if slept > 0.01]
        assert len(server.bodies) == 5
        assert line.budget.spent == Usage(5, 100, 20)
    assert all(2.0**place / 2 <= wait <= 2.0**place for place, wait in enumerate(waits))
    assert len(waits) == 4


def test_waits_are_those_of_the_seed_and_differ_from_passage_to_passage() -> None:
    def waits(name: str, seed: int) -> list[float]:
        with serving(lambda body, number: honest(body) if number == 4 else Answer(503)) as server:
            line = Line(server, seed=seed)
            line.ask(name)
            return [slept for slept in line.clock.slept if slept > 0.01]

    assert waits("one", 1) == waits("one", 1)
    assert waits("one", 1) != waits("two", 1)
    assert waits("one", 1) != waits("one", 2)


@pytest.mark.parametrize(("value", "seconds"), [("7", 7.0), (" 2.5 ", 2.5), ("0", 0.0), ("soon", None), ("-1", None)])
def test_the_wait_that_a_server_asks_for_is_kept(value: str, seconds: float | None) -> None:
    def play(body: dict[str, Any], number: int) -> Answer:
        return honest(body) if number == 2 else Answer(429, headers={"Retry-After": value})

    with serving(play) as server:
        line = Line(server)
        line.ask()
    waits = [slept for slept in line.clock.slept if slept > 0.01]
    if seconds is None:
        assert 0.5 <= waits[0] <= 1.0
    else:
        assert waits == [seconds] * (seconds > 0)


def test_a_wait_until_a_date_is_kept_and_one_too_long_is_not() -> None:
    def play(body: dict[str, Any], number: int) -> Answer:
        until = format_datetime(datetime.now(UTC) + timedelta(seconds=100 if number == 1 else 10_000), usegmt=True)
        return Answer(429, headers={"Retry-After": until})

    with serving(play) as server:
        line = Line(server)
        with pytest.raises(FailedError, match=r"429; it asks to wait (9[0-9]{3}|10000) seconds"):
            line.ask()
    assert 90 < max(line.clock.slept) <= 100


TRUNCATED = completion(DONE).body[:-20]
GARBLED: dict[str, Answer] = {
    "dropped": Answer(drop=True),
    "truncated": Answer(body=TRUNCATED),
    "cut short of its length": Answer(body=TRUNCATED, headers={"Content-Length": "9999"}),
    "a page": Answer(body=b"<html>Bad gateway</html>"),
    "empty": Answer(body=b""),
    "not UTF-8": Answer(body=b"\xff\xfe\x00"),
    "a list": Answer(body=b"[1]"),
    "no choices": Answer(body=b'{"choices": []}'),
    "no message": Answer(body=b'{"choices": [{"message": null}]}'),
    "no text": Answer(body=b'{"choices": [{"message": {"content": {"a": 1}}}]}'),
    "nested": Answer(body=b"[" * 100_000),
}


@pytest.mark.parametrize("kind", GARBLED)
def test_an_answer_that_is_none_is_asked_for_again_and_paid_in_full(kind: str) -> None:
    with serving(lambda body, number: GARBLED[kind] if number == 1 else honest(body)) as server:
        line = Line(server, reply_format="text")
        assert line.ask() == DONE
        assert len(server.bodies) == 2
        most = line.asker.most(MESSAGES, SCHEMA)
        assert line.budget.spent == Usage(2, 100 + most.tokens_in, 20 + most.tokens_out)


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    with serving(lambda *_: Answer(flood=True)) as server, pytest.raises(FailedError, match="larger than 4 MiB"):
        Line(server, timeout=60.0).ask()
    assert server.flooded < 2000 * 2**16 // 2  # what lies in buffers besides


def test_an_answer_of_ten_megabytes_is_not_read_and_not_asked_for_again() -> None:
    with serving(lambda *_: completion("x" * 10_000_000)) as server:
        with pytest.raises(FailedError, match="larger than 4 MiB"):
            Line(server).ask()
        assert len(server.bodies) == 1


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": -1}, {"prompt_tokens": True}, {"prompt_tokens": 1e300}, 7])
def test_tokens_that_the_server_does_not_count_are_counted_at_their_most(usage: object) -> None:
    body = {"choices": [{"message": {"content": DONE}}]} | ({} if usage is None else {"usage": usage})
    with serving(lambda _, number: Answer(body=json.dumps(body).encode())) as server:
        line = Line(server, retries=0)
        if usage == 7:
            with pytest.raises(FailedError):
                line.ask()
        else:
            line.ask()
        assert line.budget.spent.tokens_in == line.asker.most(MESSAGES, SCHEMA).tokens_in - len(server.bodies) + 1


@pytest.mark.parametrize("drip", [False, True])
def test_a_server_that_never_ends_its_answer_is_cut_off(drip: bool) -> None:
    hold = threading.Event()
    with serving(lambda *_: Answer(hold=hold, drip=drip)) as server:
        line = Line(server, timeout=0.2, retries=1)
        with pytest.raises(FailedError, match=r"no whole answer came within 0\.2 seconds, asked 2 times"):
            line.ask()
        hold.set()


def test_an_endpoint_that_is_not_there_costs_no_tokens() -> None:
    with serving(honest) as server:
        pass
    line = Line(server, retries=2)
    with pytest.raises(FailedError, match="the endpoint cannot be reached: Connection refused, asked 3 times"):
        line.ask()
    assert line.budget.spent == Usage(3)


def test_a_stopped_run_waits_no_longer() -> None:
    with serving(lambda *_: Answer(503)) as server:
        line = Line(server)
        line.stop.set()
        with pytest.raises(StoppedError):
            line.ask()
        assert line.budget.spent == Usage()
        chosen = settings(server.address)
        asker = Asker(chosen, Budget(chosen), SystemClock())
        stop = threading.Event()
        threading.Timer(0.05, stop.set).start()
        with pytest.raises(StoppedError):  # in the first wait, of half a second at least, or the second
            asker.ask(MESSAGES, SCHEMA, "one", stop)


@given(st.lists(st.sampled_from([200, 400, 429, 500, 503, 0]), max_size=20), st.integers(1, 8), st.integers(0, 3))
def test_every_request_is_counted_whatever_comes_of_it(course: list[int], requests: int, retries: int) -> None:
    def play(body: dict[str, Any], number: int) -> Answer:
        status = course[number - 1] if number <= len(course) else 200
        return honest(body) if status == 200 else Answer(status, drop=status == 0)

    with serving(play) as server:
        line = Line(server, requests=requests, retries=retries)
        for _ in range(6):
            with suppress(FailedError, LimitError, RashomonError):
                assert line.ask() == DONE
        assert len(server.bodies) == line.budget.spent.requests <= requests


# the key and the address


KEY = "sk-very-secret/key+1"


def test_the_key_stands_in_its_header_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_KEY", f" {KEY}\n")
    told = {"choices": [{"message": {"content": f"Your key is {KEY}."}}], "model": f"m-{KEY}"}
    with serving(lambda *_: Answer(body=json.dumps(told).encode())) as server:
        line = Line(server, key_variable="MODEL_KEY")
        asked = line.asker.ask(MESSAGES, SCHEMA, "one", line.stop)
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(server.bodies)
    assert (asked.completion.content, asked.completion.model) == ("Your key is [key].", "m-[key]")
    assert KEY not in repr(vars(line.asker)) + repr(vars(line.asker.endpoint))


@pytest.mark.parametrize("status", [302, 401, 400, 503])
def test_no_error_tells_the_key(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("MODEL_KEY", KEY)
    body = json.dumps({"error": {"message": f"{'x' * 190} {KEY} is no key, but {KEY}"}}).encode()  # where it is clipped, too
    answer = Answer(status, body, {"Location": f"http://evil.example/?{KEY}"})
    with serving(lambda *_: answer) as server, pytest.raises((RashomonError, FailedError)) as raised:
        Line(server, key_variable="MODEL_KEY", retries=0).ask()
    assert KEY[:4] not in str(raised.value)
    assert "[key]" in str(raised.value)


@pytest.mark.parametrize("value", ["", "  ", "two words", "key\r\nX-Evil: 1", "ключ"])
def test_a_variable_without_a_key_is_a_fault_that_does_not_show_it(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MODEL_KEY", value)
    with pytest.raises(RashomonError) as raised:
        Endpoint("http://localhost:1/v1", "MODEL_KEY")
    assert raised.value.fault.code == "R921"
    assert not value.strip() or value.strip() not in str(raised.value)


def test_no_key_no_header() -> None:
    with serving(honest) as server:
        Line(server).ask()
    assert "Authorization" not in server.headers[0]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.2:9")
    with serving(honest) as server:
        assert Line(server).ask() == DONE


@pytest.mark.parametrize(
    "address",
    [
        "", "localhost:8080", "ftp://host/v1", "file:///etc/passwd", "http://", "http:///v1", "https://user:pass@host/v1",
        "https://host/v1?key=secret", "https://host/v1#x", "https://host:0/v1", "https://host:99999/v1", "https://[::1/v1",
        "http://host/v1\r\nX-Evil: 1", "http://a..b/v1", "http://ho st/v1", "http://хост/v1",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_a_fault(address: str) -> None:
    with pytest.raises(RashomonError) as raised:
        Endpoint(address)
    assert raised.value.fault.code == "R920"
    assert "pass@" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_key_is_sent_unencrypted_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_KEY", KEY)
    for address in ("http://localhost:1/v1", "http://127.0.0.1/v1", "http://[::1]:8080/v1", "https://api.example.org/v1"):
        Endpoint(address, "MODEL_KEY")
    for address in ("http://api.example.org/v1", "http://192.168.0.7:8080/v1", "http://localhost.example.org/v1"):
        Endpoint(address)
        with pytest.raises(RashomonError) as raised:
            Endpoint(address, "MODEL_KEY")
        assert raised.value.fault.code == "R920"
