"""Reading: documents in, passages with addresses out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rashomon.reading.choosing import origins
    from rashomon.reading.decoding import decode
    from rashomon.reading.documents import Block, Document, Kind, Metadata
    from rashomon.reading.finding import Among, Found, Hit, check_sources, no_passages
    from rashomon.reading.listing import Passages, list_passages, search
    from rashomon.reading.passages import Passage, Piece, Repair
    from rashomon.reading.reading import FileRead, Manner, Reading, loose_statements, read
    from rashomon.reading.resting import Affected, locate, resolve
    from rashomon.reading.sentences import sentence_spans
    from rashomon.reading.shelf import Shelf, store_if_read
    from rashomon.reading.spans import to_clean, to_original, undo
    from rashomon.reading.telling import found_lines, reading_lines

_HOMES = {
    "choosing": ("origins",),
    "decoding": ("decode",),
    "documents": ("Block", "Document", "Kind", "Metadata"),
    "finding": ("Among", "Found", "Hit", "check_sources", "no_passages"),
    "listing": ("Passages", "list_passages", "search"),
    "passages": ("Passage", "Piece", "Repair"),
    "reading": ("FileRead", "Manner", "Reading", "loose_statements", "read"),
    "resting": ("Affected", "locate", "resolve"),
    "sentences": ("sentence_spans",),
    "shelf": ("Shelf", "store_if_read"),
    "spans": ("to_clean", "to_original", "undo"),
    "telling": ("found_lines", "reading_lines"),
}

__all__ = [
    "Affected",
    "Among",
    "Block",
    "Document",
    "FileRead",
    "Found",
    "Hit",
    "Kind",
    "Manner",
    "Metadata",
    "Passage",
    "Passages",
    "Piece",
    "Reading",
    "Repair",
    "Shelf",
    "check_sources",
    "decode",
    "found_lines",
    "list_passages",
    "locate",
    "loose_statements",
    "no_passages",
    "origins",
    "read",
    "reading_lines",
    "resolve",
    "search",
    "sentence_spans",
    "store_if_read",
    "to_clean",
    "to_original",
    "undo",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home on first use: the processes that read documents must not load the store (PEP 562)."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
