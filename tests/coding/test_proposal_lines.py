"""What review shows of a proposal."""

from __future__ import annotations

from rashomon.coding.comparing_lines import beside
from rashomon.coding.differing import Difference
from rashomon.coding.telling import proposal_lines, review_table
from rashomon.reading import Passage
from rashomon.study.happened import Happened, Histories, history_lines


def test_a_document_cannot_command_the_terminal_nor_turn_words_round() -> None:
    text = "The ministry\x1b]0;owned\x07 feared \u202ethat\u202c the islands\x1b[2J were lost."
    passage = Passage(text, text, "paragraph", "1", 1, (), "en", "anchor", ())
    row = {
        "id": "rules-a",
        "coder": "rules",
        "quote": "feared \u202ethat\u202c the islands\x1b[2J",
        "path": "north",
        "topic": "islands",
        "locator": "A heading\x1b[2J, p. 1",
        "reasons": "topic: words of it “islands\x1b[2J”",
    }
    shown = "\n".join([*proposal_lines(row, passage, "1 of 1", bold=False), *review_table([row])])
    assert not set(shown) & set("\x1b\x07\u202e\u202c")
    assert "[feared that the islands [2J]" in shown
    assert "(the words leave it open: mend it, and say which)" in shown  # to accept it as it is would be refused


def test_nor_does_it_where_two_coders_or_a_history_are_shown() -> None:
    text = "The ministry\x1b]0;owned\x07 feared\n\u202ethat."
    case = Difference("book", f"p. 1{text}", "", text, "a1", "", (), {}, {}, "", "")
    event = Happened("", "", "a1", "changed", {"note": (text, "")}, "", "")
    for lines in (beside(case, ("ann", "bob")), history_lines(Histories("a1", (event,), (), 1))):
        shown = "\n".join(lines)
        assert "The ministry ]0;owned feared that." in shown
        assert not set(shown) & set("\x1b\x07\u202e")
