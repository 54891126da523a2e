"""The whole way with the real readers: a file goes in, its passages come out and are found."""

from __future__ import annotations

from pathlib import Path

from shelving import put, reading, shelved, study_with

import rashomon

PLAIN = "The ministry studied the islands.\n\nNothing came of the talks on the disputed territories.\n"


def test_a_text_is_read_and_found(tmp_path: Path) -> None:
    study = study_with(tmp_path, {"sources/book.txt": PLAIN, "sources/memoir.html": f"<html><body><p>{PLAIN}</p></body></html>"})
    put(study, "sources/locked.docx", b"PK\x03\x04 no document at all")
    found = reading(study)
    assert [fault.where.file for fault in found.skipped] == ["sources/locked.docx"]
    texts = [one.text for one in shelved(study, "book")]
    assert texts == ["The ministry studied the islands.", "Nothing came of the talks on the disputed territories."]
    hits = rashomon.open(study).find('"disputed territory"')
    assert {hit.source for hit in hits.rows} == {"book", "memoir"}
    assert reading(study).rows[0].status == "unchanged"


def test_the_speeches_are_read(tmp_path: Path, shared: Path) -> None:
    name = "kremlin_en_core_japan_2000_2020.jsonl"
    study = study_with(tmp_path, {"sources/speeches.jsonl": (shared / "data/speeches/kremlin" / name).read_bytes()})
    (row,) = reading(study).rows
    assert (row.status, row.source) == ("read", "speeches")
    assert row.documents > 10
    assert rashomon.open(study).find("Japan").total > 10
