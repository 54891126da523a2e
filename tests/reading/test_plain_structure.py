"""Structure found in plain text: headings, page numbers, running heads, notes, paragraphs cut by a page's end.

All texts are invented.
"""

from __future__ import annotations

import pytest

from rashomon.reading.documents import Block
from rashomon.reading.paging import paged
from rashomon.reading.structure import structured

LINE = "The harbour lay still under the long grey wall of the old fort and"


def paragraph(lines: int, end: str = "the boats slept.") -> str:
    return "\n".join([LINE] * (lines - 1) + [end])


def kinds(*texts: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in structured([Block(text, wrapped=True) for text in texts])]


def headings(*texts: str) -> list[tuple[int, str]]:
    found = structured([Block(text, wrapped=True) for text in texts])
    return [(block.level, " ".join(block.text.split())) for block in found if block.kind == "heading"]


def test_headings_of_a_chapter_and_their_levels() -> None:
    body = paragraph(4)
    found = headings(
        "Chapter Two",
        "The Long Peace of the\nHarbour, 1901-1905",
        "Anna Petrova",
        body,
        "The First Boats",
        body,
        "Conclusions",
        body,
    )
    assert found == [
        (1, "Chapter Two"),
        (2, "The Long Peace of the Harbour, 1901-1905"),
        (3, "The First Boats"),
        (3, "Conclusions"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "THE PORT",
        "II",
        "The Port and the Town",
        "3.2 Tides of the Port",
        "What Is a Port?",
        "Причины и следствия",
        "第三章　港と町",
        "港と町",
        "Chapter 4: Boats",
    ],
)
def test_what_is_a_heading(heading: str) -> None:
    body = "港は大きくなった。\n町も大きくなった。" if heading[0] > "\u3000" else paragraph(3)
    assert [text for _, text in headings(body, heading, body)] == [heading.replace("\u3000", " ")]


@pytest.mark.parametrize(
    "line",
    [
        "The boats slept.",
        "the boats and the wall",
        "1905",
        "(a) boats;",
        "Boats, walls, forts,",
        "“So the boats slept.”",
        LINE + " so it went on and on",
    ],
)
def test_what_is_none(line: str) -> None:
    assert headings(paragraph(3), line, paragraph(3)) == []


def test_a_short_line_is_no_heading_in_the_midst_of_a_sentence_or_with_nothing_under_it() -> None:
    assert headings(paragraph(3, LINE), "The Port", paragraph(3)) == []
    assert headings(paragraph(3), "The Port") == []
    assert headings(paragraph(3), "The Port", "and so it went on\nand on.") == []


def test_a_heading_that_no_blank_line_parts_from_the_paragraph_above() -> None:
    assert headings(paragraph(3) + "\nThe First Boats", paragraph(3)) == [(1, "The First Boats")]
    assert headings(paragraph(3, LINE) + "\nThe First Boats", paragraph(3)) == []


def test_page_numbers_are_set_apart_and_the_paragraph_is_whole() -> None:
    found = kinds(paragraph(6, LINE), "41", paragraph(6), "42", paragraph(6))
    assert [kind for kind, _ in found] == ["paragraph", "folio", "folio", "paragraph"]
    assert found[0][1] == paragraph(6, LINE) + "\f" + paragraph(6)


def test_a_stray_page_number_within_a_paragraph() -> None:
    rows = paragraph(30).split("\n")
    rows[10:10] = ["41"]
    rows[21:21] = ["42"]
    found = kinds("\n".join(rows))
    assert [kind for kind, _ in found] == ["paragraph", "folio", "folio"]
    assert found[0][1].replace("\f", "\n") == paragraph(30)


def test_numbers_of_sections_are_no_page_numbers() -> None:
    found = kinds("1", paragraph(8), "2", paragraph(8), "3", paragraph(8))
    assert "folio" not in [kind for kind, _ in found]


def test_a_lone_year_or_a_number_out_of_order_is_no_page_number() -> None:
    found = kinds(paragraph(6, LINE), "41", paragraph(6), "1905", paragraph(6, LINE), "42", paragraph(6))
    assert [text for kind, text in found if kind == "folio"] == ["41", "42"]


def test_pages_are_labelled_by_their_numbers_and_counted_only_between_two_that_agree() -> None:
    pages = [[LINE] * 20 for _ in range(6)]
    pages[1][-1], pages[3][-1] = "7", "9"
    found = paged(["\n\f".join("\n".join(page) for page in pages)], [""])
    assert [line.text for line in found.lines if line.kind == "folio"] == ["7", "9"]
    assert [found.labels[place] for place in range(0, 120, 20)] == ["", "7", "8", "9", "", ""]


def test_pages_are_not_counted_where_some_are_missing() -> None:
    pages = [[LINE] * 20 for _ in range(4)]
    pages[0][-1], pages[3][-1] = "7", "19"
    found = paged(["\n\f\n".join("\n".join(page) for page in pages)], [""])
    assert [found.labels[place] for place in range(0, 80, 20)] == ["7", "", "", "19"]


def test_pages_begin_at_a_space_that_was_a_form_feed() -> None:
    rows = [LINE] * 200
    for place in range(40, 200, 40):
        rows[place] = " " + rows[place]
    rows[79], rows[119] = "12", "13"
    found = structured([Block("\n".join(rows), wrapped=True)])
    assert [(block.kind, block.page) for block in found if block.kind == "folio"] == [("folio", "12"), ("folio", "13")]


def test_numbers_at_the_head_of_pages() -> None:
    texts = [text for number in range(5, 9) for text in (str(number), paragraph(9, LINE))]
    found = structured([Block(text, wrapped=True) for text in texts])
    assert [block.page for block in found if block.kind == "folio"] == ["5", "6", "7", "8"]
    assert found[1].page == "5"


@pytest.mark.parametrize("numbered", [True, False])
def test_running_heads(numbered: bool) -> None:
    texts = []
    for number in range(20, 26):
        texts += [f"{number} A History of the Harbour" if numbered else "A History of the Harbour", paragraph(9, LINE)]
        texts += [] if numbered else [str(number)]
    found = structured([Block(text, wrapped=True) for text in texts])
    assert sum(block.kind == "running" for block in found) == 6
    body = [block for block in found if block.kind == "paragraph"]
    assert len(body) == 1
    assert body[0].text.replace("\f", "\n") == "\n".join([paragraph(9, LINE)] * 6)
    if numbered:
        assert [block.page for block in found if block.kind == "running"] == [str(n) for n in range(20, 26)]


def test_a_refrain_is_no_running_head() -> None:
    found = kinds(*["He said no.", paragraph(4)] * 5)
    assert [kind for kind, _ in found] == ["paragraph"] * 10


@pytest.mark.parametrize("title", ["Notes", "NOTES", "Примечания", "注"])
def test_notes_under_their_heading(title: str) -> None:
    notes = "1. A. Boat, The Port, p. 4.\n2. Harbour News, May 5,\n1905.\n3. Ibid."
    found = kinds(paragraph(4), title, notes, "4 Harbour News, June 7, 1905", "Chapter Two", paragraph(4))
    assert [text for kind, text in found if kind == "note"] == [
        "1. A. Boat, The Port, p. 4.",
        "2. Harbour News, May 5,\n1905.",
        "3. Ibid.",
        "4 Harbour News, June 7, 1905",
    ]
    assert [kind for kind, _ in found][-2:] == ["heading", "paragraph"]


def test_notes_that_begin_anew_under_a_heading_of_their_own() -> None:
    found = kinds("Notes", "Chapter One", "1. A. Boat.\n2. B. Boat.", "Chapter Two", "1. C. Boat.")
    assert [kind for kind, _ in found] == ["heading", "heading", "note", "note", "heading", "note"]


def test_a_note_at_the_foot_of_a_page_stands_between_two_parts_of_a_paragraph() -> None:
    found = kinds(
        paragraph(6, LINE),
        "12. On this see A. Boat.",
        "41",
        "so " + paragraph(6),
        "42",
        paragraph(6, LINE),
        "43",
        paragraph(4),
    )
    assert [kind for kind, _ in found][:4] == ["paragraph", "note", "folio", "folio"]


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [
        ("under the old", "wall it lay.", True),
        ("under the Franco-", "Prussian wall it lay.", True),
        (LINE + " the", "Prussians left.", True),  # a full line that has not ended
        ("under the wall.", "the boats slept.", False),
        ("under the wall:", "the boats slept.", False),
        (LINE, "(1) The boats", False),
        ("船は港に", "着いた。", True),
        ("船は港に着いた。", "町は静かだった。", False),
    ],
)
def test_a_paragraph_goes_on_over_the_end_of_a_page(before: str, after: str, one: bool) -> None:
    pages = [
        Block(paragraph(4, before), page="1", wrapped=True),
        Block("Title", kind="running", page="2"),
        Block(after, page="2", wrapped=True),
    ]
    found = structured(pages)
    assert [block.kind for block in found] == (
        ["paragraph", "running"] if one else ["paragraph", "running", "paragraph"]
    )
    assert found[0].page == "1"


def test_a_format_that_names_kinds_is_believed() -> None:
    blocks = [
        Block("The Port", wrapped=True),
        Block("41", wrapped=True),
        Block("Town", kind="heading", level=2),
        Block("The end."),
    ]
    assert structured(blocks) == blocks


def test_paragraphs_that_are_not_wrapped_are_left_as_they_are() -> None:
    blocks = [Block("The Port"), Block("41"), Block("A boat"), Block("and a wall.")]
    assert structured(blocks) == blocks


def test_blocks_of_one_line_need_not_be_wrapped_where_others_are() -> None:
    blocks = [
        Block(paragraph(9), page="1", wrapped=True),
        Block("The Port", page="2"),
        Block(paragraph(4, LINE), page="2", wrapped=True),
        Block("41", page="2"),
        Block("wall.", page="3"),
    ]
    found = structured(blocks)
    assert [(block.kind, block.page) for block in found] == [
        ("paragraph", "1"),
        ("heading", "2"),
        ("paragraph", "2"),
        ("folio", "2"),
    ]
    assert found[2].text.endswith("\fwall.")


def test_printed_numbers_are_the_labels_where_most_are_known_and_counts_elsewhere() -> None:
    pages = [
        Block(paragraph(9, LINE) + f"\n{number}", page=str(place), wrapped=True)
        for place, number in enumerate(range(31, 35), 1)
    ]
    assert [block.page for block in structured(pages) if block.kind == "folio"] == ["31", "32", "33", "34"]
    pages = [Block(paragraph(9), page=str(place), wrapped=True) for place in range(1, 5)]
    assert [block.page for block in structured(pages)] == ["1", "2", "3", "4"]
