"""PDF: the text of its pages as blocks in the order of reading.

A document is gone through twice. First every page is read by the engine; its runs of letters go to a temporary file, and a few
words of it into a census of all pages (which lines recur, which sizes are usual). Then each page is put in order from that file.
So memory does not grow with the number of pages, and no page is read twice by the engine.
"""

from __future__ import annotations

import contextlib
import itertools
import pickle
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from rashomon.errors import Fault, RashomonError, Where, error, listing
from rashomon.reading.documents import Block, Document
from rashomon.reading.needs import need

if TYPE_CHECKING:
    from rashomon.reading.pdf_edges import Census

_STRETCH: Final = 500
_SCANNED: Final = "Have a program recognise the letters of the scan (OCR), or read another copy of the document."
_PASSWORD, _SECURITY = 4, 5  # the engine's numbers for a wrong password and for a lock it does not know
_MEMORY: Final = 16 << 20
"""Runs of short documents stay in memory up to so many bytes."""


def documents(path: Path, faults: list[Fault]) -> Iterator[Document]:
    """The document in a PDF. What cannot be read of it (pages without text, broken pages) is added to ``faults``.

    Its blocks come page by page and may be read once; the file is closed before the document is handed over. The date on which a
    PDF was made says nothing of when its text was published, and is left out. R901: no PDF, or past repair; R902: locked with a
    password; R908: no page has text (it was scanned); R909: what reading needs is not installed.
    """
    pdfium = _engine()
    from rashomon.reading import pdf_metadata

    with contextlib.closing(_opened(pdfium, path)) as pdf:
        printed = [pdf.get_page_label(i) for i in range(len(pdf))]
        metadata = pdf_metadata.of(pdf, path)
    spool = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - the blocks close it, which outlive this function
    try:
        census = _first_pass(pdfium, spool, path, faults)
    except BaseException:
        spool.close()
        raise
    yield Document(metadata, _Pages(spool, census, census.labels(printed)))


def _engine() -> Any:
    """pypdfium2, with all that reads its pages; R909 where it is not installed."""
    need("lxml.etree")
    return need("pypdfium2")


def _opened(pdfium: Any, path: Path) -> Any:
    """The open document; one locked without a user's password opens by itself."""
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as failure:
        raise _refused(failure.err_code in (_PASSWORD, _SECURITY), str(failure), path) from None


def _refused(locked: bool, reason: str, path: Path) -> RashomonError:
    where = Where(path.name)
    if locked:
        return error(
            "R902",
            "The PDF is locked with a password.",
            allowed="a PDF that opens without one",
            remedy="Open it with its password and save or print it to a new PDF.",
            where=where,
        )
    return error(
        "R901",
        "The file is not a PDF, or too broken to be mended.",
        found=reason,
        remedy="Open it in a viewer and save it anew, or fetch it again.",
        where=where,
    )


def _first_pass(pdfium: Any, spool: IO[bytes], path: Path, faults: list[Fault]) -> Census:
    """Read every page into the spool, and the census of all. Pages that cannot be read count as pages without text."""
    from rashomon.reading.pdf_edges import Census
    from rashomon.reading.pdf_pages import EMPTY, read

    census = Census()
    broken, bare = [], []
    holds_text = False
    for number, page in enumerate(_opened_pages(pdfium, path), 1):
        found, drawn = read(page) if page else (EMPTY, False)
        if page is None:
            broken.append(number)
        elif drawn and not found.holds_text():
            bare.append(number)
        holds_text |= found.holds_text()
        census.add(found)
        pickle.dump(found, spool, pickle.HIGHEST_PROTOCOL)
    if not holds_text:
        raise _without_text(len(census.pages), path)
    faults += [_partial("R901", "Pages cannot be read", broken, path)] if broken else []
    faults += [_partial("R908", "Pages hold pictures but no text", bare, path)] if bare else []
    return census


def _opened_pages(pdfium: Any, path: Path) -> Iterator[Any]:
    """Every page in turn, open while it is looked at; None for one that cannot be opened.

    The engine keeps what it has read of a file as long as the file is open, so it is opened anew after each stretch of pages.
    """
    start, count = 0, 1
    while start < count:
        with contextlib.closing(_opened(pdfium, path)) as pdf:
            count = len(pdf)
            for i in range(start, min(start + _STRETCH, count)):
                try:
                    page = pdf.get_page(i)
                except pdfium.PdfiumError:
                    yield None
                    continue
                with contextlib.closing(page):
                    yield page
        start += _STRETCH


def _without_text(pages: int, path: Path) -> RashomonError:
    return error(
        "R908",
        "The PDF holds no text.",
        found=f"{pages} pages, of pictures alone" if pages > 1 else "one page, a picture alone",
        remedy=_SCANNED,
        where=Where(path.name),
    )


def _partial(code: str, message: str, pages: list[int], path: Path) -> Fault:
    return Fault(code, f"{message}; the others are read.", _spans(pages), "", _SCANNED, Where(path.name))


def _spans(pages: list[int]) -> str:
    """Numbers as spans: pages 3–5, 9."""
    parts = []
    for _, group in itertools.groupby(enumerate(pages), lambda pair: pair[1] - pair[0]):
        span = [page for _, page in group]
        parts.append(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]))
    return f"page{'s' if len(pages) > 1 else ''} {listing(parts)}"


class _Pages:
    """The blocks of every page, from the spool; it is closed when nobody holds them any more, read or not."""

    def __init__(self, spool: IO[bytes], census: Census, labels: list[str]) -> None:
        self._spool, self._census, self._labels = spool, census, labels
        weakref.finalize(self, spool.close)

    def __iter__(self) -> Iterator[Block]:
        from rashomon.reading.pdf_blocks import Faces, blocks
        from rashomon.reading.pdf_edges import part

        faces = Faces.of(self._census)
        self._spool.seek(0)
        for i, label in enumerate(self._labels):
            page = part(pickle.load(self._spool), i, self._census)
            yield from _edge(page.heads, label)
            yield from blocks(page.rest, faces, label)
            yield from _edge(page.feet, label)


def _edge(lines: list[tuple[str, bool]], label: str) -> Iterator[Block]:
    for text, is_number in lines:
        yield Block(text, "folio" if is_number else "running", page=label)
