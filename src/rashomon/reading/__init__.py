"""Reading: documents in, passages with addresses out."""

from rashomon.reading.documents import Block, Document, Kind, Metadata
from rashomon.reading.passages import Passage, Piece, Repair

__all__ = ["Block", "Document", "Kind", "Metadata", "Passage", "Piece", "Repair"]
