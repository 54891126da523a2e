"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making_files import read, told

from rashomon.errors import RashomonError
from rashomon.reading.plain_text import blocks_of, columns_of

PAGE = """The talks went on through the winter, and nobody in the ministry thought that
they would come to an end before the elections of the following year were held.

In spring the envoy came back with a paper that said less than the one before it,
and the papers in both capitals wrote that the matter was settled for good and all.
So it seemed.
Nobody asked the fishermen, who went out as they had gone out in every other year,
and came home with news of what the others were doing on their side of the narrows.
"""


def test_lines_broken_by_the_page_are_joined_to_paragraphs(tmp_path: Path) -> None:
    blocks = read(tmp_path / "a.txt", PAGE)
    assert [block.text.split()[0] for block in blocks] == ["The", "In", "Nobody"]
    assert all(block.wrapped and block.page == "" for block in blocks)
    assert "it,\nand" in blocks[1].text  # as it stands


def test_lines_that_are_paragraphs_stay_paragraphs(tmp_path: Path) -> None:
    lines = [
        "First of all, I thank you.",
        "The delegation of my country agrees with this.",
        "Peace is not given.",
        "Thank you.",
    ]
    blocks = read(tmp_path / "a.txt", "\n".join(lines))
    assert [(block.text, block.wrapped) for block in blocks] == [(line, False) for line in lines]


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [line + "\n" for line in ["　" + "島" * 34, "島" * 35, "　" + "海" * 34, "海" * 35, "海" * 34]]
    assert columns_of(lines) == 70
    assert [block.text[0] for block in blocks_of(lines, 70)] == ["島", "海"]


def test_form_feeds_turn_pages(tmp_path: Path) -> None:
    blocks = read(tmp_path / "a.txt", "one\n\ntwo\fthree\n\f\ffour")
    assert [(block.text, block.page) for block in blocks] == [("one", "1"), ("two", "1"), ("three", "2"), ("four", "4")]


@given(st.lists(st.text(alphabet="abя島. \t\x0b\u2028\n\f\r", max_size=30), max_size=12), st.sampled_from([0, 40]))
def test_no_letter_of_a_text_is_lost(lines: list[str], columns: int) -> None:
    blocks = list(blocks_of([line + "\n" for line in lines], columns, paged=True, mail=True))
    assert "".join("".join(block.text.split()) for block in blocks) == "".join("".join(line.split()) for line in lines)


def test_quoted_replies_are_blocks_of_their_own() -> None:
    lines = ["> > old\n", "> > older\n", "> said\n", "mine\n"]
    texts = [block.text for block in blocks_of(lines, 40, mail=True)]
    assert texts == ["> > old\n> > older", "> said", "mine"]


def test_an_endless_line_comes_in_pieces(tmp_path: Path) -> None:
    blocks = read(tmp_path / "a.txt", "слово " * 500_000)
    assert len(blocks) > 1
    assert sum(len(block.text.replace(" ", "")) for block in blocks) == 2_500_000


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RashomonError) as raised:
        read(tmp_path / "a.txt", bytes(range(32)) * 40)
    assert raised.value.fault.code == "R901"


MARKDOWN = """---
title: "The Islands, Told"
authors: [A. Clerk, Б. Писарь]
date: 1991-04-29
lang: en
---
# First *things*

Some **strong** words in a `line`, and
a [link](https://example.org/a) to snake_case_words.

Second
------
- one
  goes on
- two
1. The parties agree.

> Quoted
> words.
## Numbers ##
| year | share |
|------|------:|
| 1990 | **60** |

```
as   it
  stands
```
[^1]: A note.
"""


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert told(read(path, MARKDOWN)) == [
        ("heading", "First things"),
        ("paragraph", "Some strong words in a line, and\na link to snake_case_words."),
        ("heading", "Second"),
        ("item", "one\ngoes on"),
        ("item", "two"),
        ("item", "1. The parties agree."),
        ("paragraph", "Quoted\nwords."),
        ("heading", "Numbers"),
        ("table", "year\tshare"),
        ("table", "1990\t60"),
        ("paragraph", "as   it\n  stands"),
        ("note", "1 A note."),
    ]


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    from rashomon.reading.formats import documents_of

    (tmp_path / "a.md").write_text(MARKDOWN, "utf-8")
    [document] = documents_of(tmp_path / "a.md")
    found = document.metadata
    assert (found.title, found.published, found.language) == ("The Islands, Told", "1991-04-29", "en")
    assert found.authors == ("A. Clerk", "Б. Писарь")
    assert [block.level for block in document.blocks if block.kind == "heading"] == [1, 2, 2]
