"""The documents of a file, an archive or a folder, whatever their format."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from rashomon.errors import Fault, RashomonError
from rashomon.reading.documents import Block, Document
from rashomon.reading.kinds import PASSED_OVER, kind_of
from rashomon.reading.needs import not_installed
from rashomon.reading.originals import NESTING, Original, textless, too_much

__all__ = ["documents_of"]

_Reader = Callable[[Original, list[Fault]], Iterator[Document | Original]]

_READERS = {
    "text": "plain_text:documents", "markdown": "markdown_text:documents", "html": "html_files:documents",
    "mhtml": "html_files:saved_pages", "docx": "docx_files:documents", "odt": "odt_files:documents",
    "epub": "epub_files:documents", "jsonl": "jsonl_files:documents", "mail": "mail_files:documents",
    "mbox": "mail_files:boxes", "zip": "archives:members",
}  # fmt: skip
"""Module and function for each format but PDF. Imported when first met, for they need what only ``rashomon[read]`` brings."""


def documents_of(path: Path, faults: list[Fault] | None = None) -> Iterator[Document]:
    """The documents of ``path``, in order. The blocks of each are to be read before the next is asked for.

    What cannot be read within an archive, a folder, a box of e-mail or a file of JSON lines is added to ``faults`` with its
    place, and the rest goes on; without ``faults`` it is raised at the end. Where the whole file cannot be read, a
    :class:`RashomonError` (R006, R901–R903, R907–R909) is raised, here or as the blocks are read.
    """
    gathered: list[Fault] = [] if faults is None else faults
    before, count = len(gathered), 0
    for document in _in_folder(path, gathered) if path.is_dir() else _documents(Original(path), gathered):
        count += 1
        yield document
    if not count and len(gathered) == before:
        raise textless(Original(path))
    if faults is None and gathered:
        raise RashomonError(gathered)


def _in_folder(folder: Path, faults: list[Fault]) -> Iterator[Document]:
    """The documents of all files that are not hidden, in the order of their names; the part says which file."""
    for file in sorted(folder.rglob("*")):
        part = file.relative_to(folder)
        if not file.is_file() or any(name.startswith(".") for name in part.parts) or file.suffix.lower() in PASSED_OVER:
            continue
        for document in _whole(Original(file), faults):
            yield replace(document, part="/".join(filter(None, (part.as_posix(), document.part))))


def _documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The documents of one original, with those of what lies in it."""
    for one in _read(original, faults):
        if isinstance(one, Document):
            yield replace(one, blocks=_with_text(one.blocks, original))
        elif one.suffix not in PASSED_OVER:
            yield from _whole(one, faults)


def _whole(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The documents of one of several: read whole, so that a fault is found before anything of it is given."""
    try:
        if original.nesting > NESTING:
            raise too_much(original, f"a file within {original.nesting} others", f"{NESTING} files within each other")
        for document in _documents(original, faults):
            yield replace(document, blocks=tuple(document.blocks))
    except RashomonError as refused:
        faults += refused.faults


def _with_text(blocks: Iterable[Block], original: Original) -> Iterator[Block]:
    """The blocks; raises R908 where there are none."""
    block = None
    for block in blocks:
        yield block
    if block is None:
        raise textless(original)


def _read(original: Original, faults: list[Fault]) -> Iterator[Document | Original]:
    kind = kind_of(original)
    if kind == "pdf":
        return _pdf(original, faults)
    module, _, name = _READERS[kind].partition(":")
    return cast("_Reader", _function(module, name))(original, faults)


def _pdf(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """By the reader of PDF, which wants a file: a part is put into one, under a name of our own, as long as it is read."""
    documents = cast("Callable[[Path, list[Fault]], Iterator[Document]]", _function("pdf_files", "documents"))
    if original.data is None:
        yield from documents(original.file, faults)
        return
    with tempfile.TemporaryDirectory(prefix="rashomon-") as folder:
        file = Path(folder) / "part.pdf"
        file.write_bytes(original.data)
        found: list[Fault] = []
        try:
            for document in documents(file, found):
                yield replace(document, part=original.inner(document.part), blocks=tuple(document.blocks))
        except RashomonError as refused:
            found += refused.faults
        faults += [replace(fault, where=replace(fault.where, file=original.where().file)) for fault in found]


def _function(module: str, name: str) -> object:
    try:
        return getattr(import_module(f"rashomon.reading.{module}"), name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("rashomon"):
            raise
        raise not_installed(str(missing.name)) from missing
