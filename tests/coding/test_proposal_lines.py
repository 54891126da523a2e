"""What review shows of a proposal."""

from __future__ import annotations

from rashomon.coding.telling import proposal_lines, review_table
from rashomon.reading import Passage


def test_a_document_cannot_command_the_terminal_nor_turn_words_round() -> None:
    text = "The ministry\x1b]0;owned\x07 feared \u202ethat\u202c the islands\x1b[2J were lost."
    passage = Passage(text, text, "paragraph", "1", 1, (), "en", "anchor", ())
    row = {
        "id": "rules-a",
        "coder": "rules",
        "quote": "feared \u202ethat\u202c the islands\x1b[2J",
        "path": "north",
        "topic": "islands",
    }
    shown = "\n".join([*proposal_lines(row, passage, "1 of 1", bold=False), *review_table([row])])
    assert not set(shown) & set("\x1b\x07\u202e\u202c")
    assert "[feared  that  the islands [2J]" in shown
