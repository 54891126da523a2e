"""The whole of it on a real book of heavy scanning damage, counted; skipped where the corpora are not there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.passages import Piece
from rashomon.reading.piecing import pieces_of
from rashomon.reading.spans import applied

pytest.importorskip("simplemma")
pytest.importorskip("pymorphy3")


@pytest.fixture(scope="module")
def book(shared: Path) -> list[Piece]:
    text = (shared / "sources" / "japan-russia-perceptions.txt").read_text(encoding="utf-8")
    blocks = [Block(block, wrapped=True) for block in re.split(r"\n{2,}", text) if block.strip()]
    return list(pieces_of(Document(Metadata(), blocks)))


def test_headings_page_numbers_and_paragraphs_of_the_book(book: list[Piece]) -> None:
    """Counted by hand: 12, 6 and 5 headings in its chapters, five page numbers, four of them in the midst of a sentence."""
    headings = [piece for piece in book if piece.kind == "heading"]
    chapters = Counter(
        (*piece.heading, piece.text)[0] for piece in headings if piece.heading or "Chapter" in piece.text
    )
    assert len(headings) == 23
    assert chapters == {"Chapter Two": 6, "Chapter Three": 5}
    assert [(piece.text, piece.page) for piece in book if piece.kind == "folio"] == [
        (n, n) for n in ("30", "31", "35", "56", "60")
    ]
    assert (
        sum(repair.kind == "page-break" for piece in book for repair in piece.repairs) == 5
    )  # and one blank line within a sentence
    assert all(piece.language == "en" for piece in book if piece.kind != "folio")


def test_the_damage_of_the_book_is_mended_and_recorded(book: list[Piece]) -> None:
    text = "\n".join(piece.text for piece in book)
    assert re.findall(r"\w+[®™¢*<>^]", text) == ["baskets™"]  # which may be the end of the quotation that is open there
    assert not re.search(r"[.,!?][\"'”’]*[!?*%>]", text)
    counts = Counter(repair.kind for piece in book for repair in piece.repairs)
    assert counts["debris"] + counts["note-mark"] >= 115
    assert counts["lost-space"] == 6
    assert "kakudai kinko shite" in text
    assert all(applied(piece.original, piece.repairs) == piece.text for piece in book)


@pytest.mark.parametrize("language", ["JPN", "RUS"])
def test_speeches_that_have_little_damage_are_left_alone(shared: Path, language: str) -> None:
    files = sorted((shared / "data" / "speeches" / "ungdc").glob(f"{language}_*.txt"))[::12]
    assert files
    for file in files:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        found = pieces_of(Document(Metadata(), [Block(line) for line in lines]))
        letters = [
            repair for piece in found for repair in piece.repairs if re.search(r"\w", repair.before + repair.after)
        ]
        assert {repair.kind for repair in letters} <= {"slip", "note-mark"}
        assert len(letters) <= 3, (file.name, letters)
