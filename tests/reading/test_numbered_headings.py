"""Headings in the type of the text are known by their number, if it is the next that a heading can bear."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.reading.documents import Block, Kind
from rashomon.reading.structure import structured


def told(*texts: str) -> list[tuple[str, int]]:
    """Headings among blocks, with their levels; asterisks before a text: it is given as a heading of that level."""
    blocks = [_block(text) for text in texts]
    return [(block.text, block.level) for block in structured(blocks) if block.kind == "heading"]


def _block(text: str) -> Block:
    level = len(text) - len(text.lstrip("*"))
    kind: Kind = "heading" if level else "paragraph"
    return Block(text[level:], kind, level, wrapped=True)


BODY = "It was said that the port\nwas closed in that year."


def test_a_number_that_follows_makes_a_heading_below_the_one_it_counts_on_from() -> None:
    found = told(
        "*2 Talks",
        "**2.1 領土",
        BODY,
        "2.1.1 北方領土",
        BODY,
        "2.1.2 平和条約",
        BODY,
        "**2.2 Trade",
        "2.2.1 Fish",
        BODY,
    )
    assert found == [
        ("2 Talks", 1),
        ("2.1 領土", 2),
        ("2.1.1 北方領土", 3),
        ("2.1.2 平和条約", 3),
        ("2.2 Trade", 2),
        ("2.2.1 Fish", 3),
    ]


def test_one_that_lacks_its_own_heading_takes_the_level_of_others_like_it() -> None:
    assert told("*1 Talks", "**1.1 First", BODY, "1.2 Second", BODY)[-1] == ("1.2 Second", 2)


def test_what_does_not_follow_or_is_no_title_is_text() -> None:
    rest = (
        "2.1.3 Fish",
        "3.1 Ships",
        "2.1.1 It ended.",
        "2.1.1 Ships . . . . 43",
        "2.1.1 Ships iv",
        "2.1.1 It went\non",
        "1991 Talks",
    )
    for text in rest:
        assert told("*2 Talks", "**2.1 Islands", text, BODY) == [("2 Talks", 1), ("2.1 Islands", 2)], text


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 3)), max_size=12))
def test_nothing_is_lost_or_moved(numbers: list[tuple[int, int, int]]) -> None:
    texts = [f"{a}.{b}.{c} Word" if c else f"*{a}.{b} Word" for a, b, c in numbers]
    assert [block.text for block in structured([_block(text) for text in texts])] == [
        text.lstrip("*") for text in texts
    ]
