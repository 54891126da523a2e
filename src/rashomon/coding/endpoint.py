"""One request to an OpenAI-compatible endpoint: ``POST …/chat/completions``, and what came of it.

Only the host of the address is talked to: no proxy, no redirect, no cookie. The key is read from the environment for each
request and stands in its header alone; wherever a server repeats it, in a reply or an error, it is struck out.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from threading import Event, Timer
from typing import Final
from urllib.parse import SplitResult, urlsplit

from rashomon.errors import RashomonError, Where, error
from rashomon.texts import sound

__all__ = ["Completion", "Endpoint", "LostError", "RefusedError"]

_LARGEST: Final = 4 * 2**20  # bytes of an answer: some hundred times what a long reply needs
_SHOWN: Final = 200  # characters of what a server says that an error repeats
_KEY: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model replied, and the tokens that the server counted; None where it did not. ``cut``: at the limit of tokens."""

    content: str
    model: str
    tokens_in: int | None
    tokens_out: int | None
    cut: bool


class RefusedError(Exception):
    """The server answered with a status other than 200. ``wait``: in how many seconds it asks to be asked again, if it does."""

    free = True
    """Nothing is paid for it."""

    def __init__(self, status: int, said: str, wait: float | None = None) -> None:
        super().__init__(f"{status} {said}".strip())
        self.status, self.wait = status, wait


class LostError(Exception):
    """No answer came, or none that is a reply.

    ``again``: whether it may help to ask again; ``free``: whether the request never reached the server.
    """

    def __init__(self, why: str, again: bool = True, free: bool = False) -> None:
        super().__init__(why)
        self.again, self.free = again, free


class Endpoint:
    """An endpoint at ``address``, such as ``https://api.example.org/v1``.

    ``key_variable``: the environment variable with the key, "" for none; ``timeout``: seconds in which a whole answer must come.
    Raises R920 where the address cannot be used, R921 where the variable holds no key.
    """

    def __init__(self, address: str, key_variable: str = "", timeout: float = 120.0) -> None:
        parts = _parts(address)
        self.host = parts.netloc
        self._parts, self._variable, self._timeout = parts, key_variable, timeout
        if key_variable:
            _read_key(key_variable)
            if parts.scheme == "http" and not _is_here(str(parts.hostname)):
                raise _unusable(address, "A key would be sent unencrypted.", "Write https, or take out key_variable.")

    def post(self, data: bytes) -> Completion:
        """Send one request, whose body is ``data``. Raises :class:`RefusedError` or :class:`LostError`."""
        key = _read_key(self._variable) if self._variable else ""
        status, headers, raw = self._exchange(data, key)
        if len(raw) > _LARGEST:
            raise LostError(f"the answer is larger than {_LARGEST >> 20} MiB", again=False)
        text = raw.decode("utf-8", "replace")
        if status != 200:
            raise RefusedError(status, _said(status, headers, text, key), _wait(headers.get("Retry-After")))
        return _completion(text, key)

    def _exchange(self, data: bytes, key: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        connection = self._connection()
        try:
            connection.connect()
        except OSError as problem:
            raise LostError(f"the endpoint cannot be reached: {_reason(problem)}", free=True) from None
        try:
            with _cut_after(connection.sock, self._timeout):
                connection.request("POST", f"{self._parts.path.rstrip('/')}/chat/completions", data, headers)
                with connection.getresponse() as response:
                    return response.status, response.headers, response.read(_LARGEST + 1)
        except TimeoutError:
            raise LostError(f"no whole answer came within {self._timeout:g} seconds") from None
        except (OSError, http.client.HTTPException) as problem:
            raise LostError(_reason(problem)) from None  # the cause could hold the headers, and so the key
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port = str(self._parts.hostname), self._parts.port
        if self._parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=self._timeout)
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=self._timeout, context=context)


@contextmanager
def _cut_after(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Cut a connection off after some time, however slowly it drips, and raise TimeoutError where that was done."""
    late = Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException):
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not address.isascii() or re.search(r"[\s\x00-\x1f]", address):
        raise _unusable(_without_user(address), "This is not the address of an endpoint.", "Write its address in full.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        remedy = "Write the bare address, and the name of the key's environment variable in key_variable."
        raise _unusable(_without_user(address), "The address says more than where the endpoint is.", remedy)
    return parts


def _without_user(address: str) -> str:
    """An address without what may be a secret in it: a user's name and password, and what follows a question mark."""
    return re.sub(r"//[^/]*@", "//", address).partition("?")[0]


def _unusable(address: str, message: str, remedy: str) -> RashomonError:
    allowed = "https://HOST/v1, or http://localhost:PORT/v1"
    return error("R920", message, found=repr(address), allowed=allowed, remedy=remedy, where=Where(field="endpoint"))


def _read_key(variable: str) -> str:
    """The key in an environment variable; R921, without what stands there, where there is none or it cannot be one."""
    key = os.environ.get(variable, "").strip()
    if _KEY.fullmatch(key):
        return key
    raise error(
        "R921",
        "The environment variable holds no key." if not key else "What the environment variable holds cannot be a key.",
        found=f"{variable} is not set, or blank" if not key else f"{variable} holds blanks or characters outside ASCII",
        allowed="the key, as the endpoint's owner gave it",
        remedy=f"Set {variable}, or name another variable in key_variable.",
        where=Where(field="key_variable"),
    )


def _is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _struck(text: str, key: str) -> str:
    return text.replace(key, "[key]") if key else text


def _reason(problem: Exception) -> str:
    """Why no answer came, in words that cannot hold a header."""
    if isinstance(problem, OSError):
        return problem.strerror or type(problem).__name__
    return f"the answer broke off or is no HTTP ({type(problem).__name__})"


def _said(status: int, headers: http.client.HTTPMessage, text: str, key: str) -> str:
    """What a server says of a refusal, in one short line."""
    if 300 <= status < 400:
        return _line(f"a redirect to {headers.get('Location', 'nowhere')}", key)
    try:
        found = json.loads(text)
        said = found["error"] if isinstance(found, dict) and "error" in found else found
        said = said["message"] if isinstance(said, dict) and "message" in said else said
    except (ValueError, RecursionError):
        said = text
    return _line(said if isinstance(said, str) else json.dumps(said), key)


def _line(text: str, key: str) -> str:
    """A text in one short line, without the key."""
    line = " ".join("".join(char if char.isprintable() else " " for char in _struck(text, key)).split())
    return line[:_SHOWN] + "…" * (len(line) > _SHOWN)


def _wait(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for: a number of them, or a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value.strip()):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
        return max((when - when.now(when.tzinfo)).total_seconds(), 0.0)
    except (TypeError, ValueError, OverflowError):
        return None


def _completion(text: str, key: str) -> Completion:
    try:
        found = json.loads(text)
        choice = found["choices"][0]
        content = choice["message"].get("content") or ""
        usage = found.get("usage") or {}
        tokens = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
        cut = choice.get("finish_reason") == "length"
        return Completion(_struck(sound(content), key), _line(str(found.get("model") or ""), key), *tokens, cut)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise LostError(_line(f"the answer is no chat completion: {_struck(text, key)[:_SHOWN]}", key)) from None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None
