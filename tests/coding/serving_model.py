"""A model behind an OpenAI-compatible endpoint on the loopback, played by a function; and passages for it to code."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rashomon.coding.model_settings import ModelSettings
from rashomon.reading import Passage

PLANT = re.compile(r"INJECT (\{.*?\}) END", re.DOTALL)
SAID = re.compile(r"The (North|South) (wants|demands|fears|rejects) (peace|gain|trade)\.")


@dataclass
class Answer:
    """What the server does with a request: a status, a body and headers; or it cuts the connection.

    With ``hold`` it waits before; with ``drip`` it sends blanks meanwhile, one by one; with ``flood`` it sends 125 MiB more.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    hold: threading.Event | None = None
    drip: bool = False
    flood: bool = False


Play = Callable[[dict[str, Any], int], Answer]


@dataclass
class Server:
    """The server's address, and every request that it got: its path, headers and body."""

    address: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    flooded: int = 0

    def passages(self) -> list[str]:
        """The passage in each request."""
        return [shown(body) for body in self.bodies]


@contextmanager
def serving(play: Play) -> Iterator[Server]:
    """A server that answers as ``play`` says, given the body of a request and its number from 1."""
    server, lock = Server(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                server.paths.append(self.path)
                server.headers.append(dict(self.headers))
                server.bodies.append(body)
                number = len(server.bodies)
            self.give(play(body, number))

        def give(self, answer: Answer) -> None:
            if answer.drip:
                self.send_response(200)
                self.end_headers()
            while answer.hold is not None and not answer.hold.wait(0.02 if answer.drip else 30):
                self.wfile.write(b" ")
            if answer.drop:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            for _ in range(2000 * answer.flood):
                self.wfile.write(bytes(2**16))
                server.flooded += 2**16

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        server.address = f"http://127.0.0.1:{listening.server_address[1]}/v1"
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def completion(content: object, tokens: tuple[int, int] | None = (100, 20), finish: str = "stop") -> Answer:
    """A chat completion with this content, as JSON unless it is text already."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    usage = {} if tokens is None else {"usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}}
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Answer(body=json.dumps({"model": "played-1", "choices": [choice], **usage}).encode())


def said(text: str) -> list[dict[str, Any]]:
    """The statements that a text makes, in so far as it speaks as simply as :data:`SAID`."""
    return [
        statement(match[0], [(match[1].lower(), match[2])], {"issue": "north-aim", "stance": match[3]})
        for match in SAID.finditer(text)
    ]


def statement(
    quote: str, path: list[tuple[str, str]], view: Mapping[str, str], **more: Any
) -> dict[str, Any]:
    """A statement as the schema has it."""
    links = [{"actor": actor, "verb": verb, "negated": False} for actor, verb in path]
    plain = {"when": "1986", "about": "", "basis": "narrated", "hedge": "plain", "extent": "", "certainty": 0.8}
    return {"quote": quote, "path": links, "view": dict(view), **plain, "reasons": [], **more}


def shown(body: dict[str, Any]) -> str:
    """The passage in a request."""
    user = body["messages"][1]["content"]
    return str(user.partition("⟦PASSAGE⟧\n")[2].partition("\n⟦END OF PASSAGE⟧")[0])


def honest(body: dict[str, Any], _: int = 0) -> Answer:
    """A model that codes its passage and does nothing else."""
    return completion({"statements": said(shown(body))})


def obedient(body: dict[str, Any], _: int = 0) -> Answer:
    """The worst of models: wherever a request tells it to say something, it says that, and only that."""
    whole = "\n".join(message["content"] for message in body["messages"])
    planted = PLANT.findall(whole)
    return completion({"statements": [json.loads(one) for one in planted]}) if planted else honest(body)


def settings(address: str, **more: Any) -> ModelSettings:
    """Settings for a server, with limits that no test meets by chance."""
    plain = {"id": "played", "endpoint": address, "model": "played", "requests": 1000, "tokens": 10**8}
    return ModelSettings.from_mapping({**plain, "per_minute": 1e6, "timeout": 20.0, **more})


def passage(text: str, number: int = 1, **more: Any) -> Passage:
    """A paragraph of the source ``book`` of the small study."""
    plain: dict[str, Any] = {"original": text, "text": text, "kind": "paragraph", "page": "1", "paragraph": number}
    plain |= {"heading": (), "language": "en", "anchor": f"p{number}", "address": f"book#p{number}", "source": "book"}
    return Passage(**{**plain, "document": "sources/book.txt", "place": number, "published": "1999", **more})


class Fake:
    """A clock that nobody waits for: to sleep is to move it on."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float, stop: threading.Event) -> bool:
        with self._lock:
            self.time += seconds
            self.slept.append(seconds)
        return stop.is_set()
