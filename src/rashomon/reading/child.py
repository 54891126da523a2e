"""The process that reads documents, so that no document can harm the program itself. :mod:`rashomon.reading.working` starts it.

Tasks come on standard input, one a line; what is read goes out as lines of JSON, never as pickled objects, for a document may
have taken the process over. A line is a list that begins with its kind:

    ready                                  the process can work
    document  {part, metadata}             a document begins
    passages  [row, …]                     some of its passages, see :func:`_row`
    whole     {pages, repairs}             the document is whole
    fault     {…}                          something within the file was not read
    done                                   the file is at its end
    failed    [{…}, …]                     the file could not be read, or not to its end
    broken    [{…}, …]                     the process cannot work at all
"""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final

from rashomon.errors import Fault, RashomonError
from rashomon.reading.documents import Document
from rashomon.reading.passages import Piece
from rashomon.reading.terms import index_of

Reader = Callable[[Path, list[Fault]], Iterable[tuple[Document, Iterable[Piece]]]]

BATCH: Final = 1 << 18
"""Characters of text after which passages are sent on."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def read_file(path: Path, faults: list[Fault]) -> Iterator[tuple[Document, Iterable[Piece]]]:
    """The documents of a file, each with its pieces; what is skipped within it goes to ``faults``."""
    from rashomon.reading.formats import documents_of
    from rashomon.reading.piecing import pieces_of

    for document in documents_of(path, faults):
        yield document, pieces_of(document)


def main(reader: str, memory: int) -> None:
    """Serve until standard input ends. ``reader``: ``module:function``, a :data:`Reader`; ``memory``: bytes that it may take."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not go among the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    _die_with_the_parent()
    _limit(memory)
    tasks: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_take_tasks, args=(tasks,), daemon=True).start()
    try:
        module, _, name = reader.partition(":")
        read: Reader = getattr(import_module(module), name)
        index_of("warm тепло")  # loads the dictionaries, of which a document should not have to bear the cost
    except RashomonError as problem:
        _send(out, "broken", [asdict(fault) for fault in problem.faults])
        return
    _send(out, "ready")
    while True:
        _serve(read, Path(tasks.get()), out, memory)


def _take_tasks(tasks: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin.buffer:
        tasks.put(json.loads(line))
    os._exit(0)  # the parent is done, or dead, whatever this process is at


def _serve(read: Reader, path: Path, out: BinaryIO, memory: int) -> None:
    """Read one file; whatever goes wrong is its fault, and is said."""
    try:
        faults: list[Fault] = []
        for document, pieces in read(path, faults):
            _send_document(document, pieces, out)
            _send_faults(faults, out)
        _send_faults(faults, out)
        _send(out, "done")
    except BrokenPipeError:
        os._exit(1)
    except RashomonError as problem:
        _send_faults(faults, out)
        _send(out, "failed", [asdict(fault) for fault in problem.faults])
    except BaseException as problem:
        _send(out, "failed", [asdict(_fault_of(problem, memory))])


def _fault_of(problem: BaseException, memory: int) -> Fault:
    if isinstance(problem, MemoryError):
        return Fault(
            "R905",
            "The document took more memory to read than is allowed.",
            found="the system was asked for more",
            allowed=f"{memory / 2**30:.1f} GiB",
            remedy="Split it into smaller files.",
        )
    if isinstance(problem, RecursionError):
        return Fault(
            "R903",
            "The document is nested too deeply.",
            found="more levels than Python can follow",
            allowed="what a program that people write with makes",
            remedy="Save it anew from the program it was written with.",
        )
    return Fault(
        "R901",
        "The document cannot be read as what it is taken for.",
        found=_sound(f"{type(problem).__name__}: {problem}"[:300]),
        allowed="a document that is not damaged",
        remedy="Save it anew from the program it was written with, or as PDF.",
    )


def _send_document(document: Document, pieces: Iterable[Piece], out: BinaryIO) -> None:
    metadata = {name: _sound_all(value) for name, value in asdict(document.metadata).items()}
    _send(out, "document", {"part": _sound(document.part), "metadata": metadata})
    repairs: Counter[str] = Counter()
    pages: set[str] = set()
    batch: list[list[Any]] = []
    size = 0
    for piece in pieces:
        repairs.update(repair.kind for repair in piece.repairs)
        pages.add(piece.page)
        batch.append(_row(piece))
        size += len(piece.text)
        if size > BATCH:
            _send(out, "passages", batch)
            batch, size = [], 0
    _send(out, "passages", batch)
    _send(out, "whole", {"pages": len(pages - {""}), "repairs": repairs})


def _row(piece: Piece) -> list[Any]:
    """A piece as the store has it: see the columns of its table of passages; then the terms by which it is found."""
    text = _sound(piece.text)
    original = None if piece.original == piece.text else _sound(piece.original)
    repairs = [[one.kind, one.start, one.end, _sound(one.after)] for one in piece.repairs]
    heading = _sound_all(piece.heading)
    place = [piece.anchor, piece.kind, _sound(piece.page), piece.paragraph, heading, piece.language]
    return [*place, text, original, repairs, *index_of(text)]


def _sound(text: str) -> str:
    """Without halves of characters, which no database takes: one replacement character for each, so that places stay."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _sound_all(value: Any) -> Any:
    return _sound(value) if isinstance(value, str) else [_sound(one) for one in value]


def _send_faults(faults: list[Fault], out: BinaryIO) -> None:
    for fault in faults:
        _send(out, "fault", asdict(fault))
    faults.clear()


def _send(out: BinaryIO, *message: Any) -> None:
    out.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
    out.flush()


def _limit(memory: int) -> None:
    """Have the system refuse more memory than is allowed, and no core be dumped, where it can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _die_with_the_parent() -> None:
    """On Linux the system kills us with our parent, even within a library that lets no other thread run."""
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:  # it died before it was asked for
        os._exit(1)
