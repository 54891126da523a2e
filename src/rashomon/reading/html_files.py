"""Saved pages: HTML, XHTML, and MHTML, which is a page in an e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rashomon.errors import Fault
from rashomon.reading.documents import Document, Metadata
from rashomon.reading.html_blocks import Walker
from rashomon.reading.html_metadata import metadata_of
from rashomon.reading.html_trees import parse, trim
from rashomon.reading.messages import message_of, part_bytes
from rashomon.reading.originals import Original, unreadable

__all__ = ["documents", "page", "saved_pages"]


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The page as one document. Raises R901, R903."""
    yield page(original.read(), original)


def page(data: bytes, original: Original, declared: str = "") -> Document:
    """The document of a page's bytes. ``declared``: the encoding that its carrier names, "" if none."""
    root = parse(data, original, declared)
    if root is None:
        return Document(Metadata(), (), original.part)
    metadata = metadata_of(root)
    return Document(metadata, Walker().blocks(trim(root), metadata.language), original.part)


def saved_pages(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The page of an MHTML file. Its own title and address fill in what the page does not say of itself."""
    message = message_of(original.read(), original, "a saved page (MHTML)")
    body = message.get_body(("html",))
    if body is None:
        raise unreadable(original, "a saved page (MHTML)", "there is no page in it")
    data, declared = part_bytes(body)
    found = page(data, original, declared)
    location = str(message.get("Snapshot-Content-Location") or body.get("Content-Location") or "").strip()
    known = found.metadata
    title = known.title or str(message.get("Subject") or "").strip()
    yield replace(found, metadata=replace(known, title=title, url=known.url or location))
