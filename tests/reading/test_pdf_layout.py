"""The order of a PDF's text and what its lines are, on pages drawn here line by line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_making import BOLD, Extras, Line, Mark, Rule, blocks_of, body_of, lines, paper, pdf

from rashomon.reading.paging import paged
from rashomon.reading.pdf_blocks import Faces, blocks
from rashomon.reading.pdf_edges import number_of
from rashomon.reading.pdf_pages import Page, Run, narrow_blanks

WORDS = (
    "territory",
    "minister",
    "declared",
    "the",
    "of",
    "islands",
    "opinion",
    "treaty",
    "and",
    "negotiation",
    "peace",
)


def prose(seed: int, count: int, letters: int) -> list[str]:
    """Full lines of words that occur once, each with as many words as stand in so many letters."""
    out, place = [""], seed
    while True:
        word = f"{WORDS[place % len(WORDS)]}{place}"
        if out[-1] and len(out[-1]) + 1 + len(word) > letters:
            if len(out) == count:
                return out
            out.append("")
        out[-1] += (" " if out[-1] else "") + word
        place += 1


def texts(path: Path, *kinds: str) -> list[str]:
    return [block.text for block in blocks_of(path) if not kinds or block.kind in kinds]


def words(text: str) -> list[str]:
    return text.split()


# Columns


@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_are_read_one_after_the_other(tmp_path: Path, count: int) -> None:
    width = 490 / count
    columns = [prose(1000 * i, 30, int((width - 20) / 6)) for i in range(count)]
    drawn = [
        Line(50 + width * i, 700 - 12 * k, text)
        for k in range(30)
        for i, text in enumerate(column[k] for column in columns)
    ]
    found = words(" ".join(texts(paper(tmp_path, drawn))))
    assert found == words(" ".join(line for column in columns for line in column))


def test_columns_whose_lines_do_not_stand_level(tmp_path: Path) -> None:
    left, right = prose(0, 30, 40), prose(1000, 28, 40)
    drawn = lines(50, 700, *left, leading=12) + lines(310, 694.7, *right, leading=12.9)
    drawn.sort(key=lambda line: -line.y)
    assert words(" ".join(texts(paper(tmp_path, drawn)))) == words(" ".join(left + right))


def test_a_title_and_a_line_across_part_the_columns(tmp_path: Path) -> None:
    above, below = [prose(1000 * i, 8, 40) for i in (0, 1)], [prose(1000 * i, 8, 40) for i in (2, 3)]
    title, across = "A title that stands across both of the columns", " ".join(prose(9000, 1, 81))
    drawn = [Line(100, 740, title, 18), Line(50, 580, across)]
    for y, pair in ((700, above), (550, below)):
        drawn += lines(50, y, *pair[0]) + lines(310, y, *pair[1])
    found = words(" ".join(texts(paper(tmp_path, drawn))))
    assert found == words(" ".join([title, *above[0], *above[1], across, *below[0], *below[1]]))


def test_a_table_is_read_line_by_line_and_its_cells_are_parted(tmp_path: Path) -> None:
    cells = [("Year", "Favourable", "Unfavourable"), *((str(1986 + i), f"{40 + i}.5", f"{30 - i}.1") for i in range(6))]
    drawn: list[Mark] = lines(60, 700, *prose(0, 4, 78))
    drawn += [
        Line(x, 620 - 12 * i, cell) for i, row in enumerate(cells) for x, cell in zip((60, 200, 340), row, strict=True)
    ]
    drawn += lines(60, 500, *prose(500, 4, 78))
    assert texts(paper(tmp_path, drawn), "table") == ["\n".join("\t".join(row) for row in cells)]


def test_a_table_within_a_column_does_not_part_it(tmp_path: Path) -> None:
    rows = [(f"Region {i}", f"{i}7.5") for i in range(6)]
    left = prose(0, 10, 40)
    drawn = lines(50, 700, *left) + lines(310, 700, *prose(1000, 30, 40))
    drawn += [Line(x, 560 - 12 * i, cell) for i, row in enumerate(rows) for x, cell in zip((50, 200), row, strict=True)]
    found = " ".join(texts(paper(tmp_path, drawn)))
    assert words(found) == words(" ".join([*left, *(" ".join(row) for row in rows), *prose(1000, 30, 40)]))


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(4, 9), st.booleans()), min_size=1, max_size=3),
    st.randoms(use_true_random=False),
)
def test_every_word_is_there_once_and_in_order(tmp_path_factory, bands, shuffler) -> None:  # type: ignore[no-untyped-def]
    drawn: list[Line] = []
    expected: list[str] = []
    y = 760.0
    for number, (count, depth, headed) in enumerate(bands):
        if headed:
            title = f"Heading{number} across the whole width of the page"
            drawn.append(Line(110, y, title, 16))
            expected += words(title)
            y -= 26
        width = 490 / count
        for i in range(count):
            column = prose(1000 * number + 100 * i, depth, int((width - 20) / 6))
            drawn += lines(50 + width * i, y, *column)
            expected += words(" ".join(column))
        y -= 12 * depth + 14
        across = " ".join(prose(1000 * number + 900, 1, 81))
        drawn.append(Line(50, y, across))
        expected += words(across)
        y -= 26
    shuffler.shuffle(drawn)
    path = tmp_path_factory.mktemp("pdf") / "made.pdf"
    path.write_bytes(pdf([drawn]))
    found = words(" ".join(block.text for block in blocks_of(path)))
    assert Counter(found) == Counter(expected)
    assert found == expected
    peer = pypdf.PdfReader(path).pages[0].extract_text()
    assert Counter("".join(found)) == Counter("".join(peer.split()))


# Paragraphs, headings, items


def test_paragraphs_by_indent_gap_and_short_last_line(tmp_path: Path) -> None:
    first, second, third, fourth = (prose(1000 * i, 4, 78) for i in range(4))
    first[-1] = first[-1][:40]  # a short last line; the next begins without indent
    second[-1] = f"{second[-1][:70]}."  # a full one, at the end of a sentence; the next begins with one
    drawn = lines(60, 700, *first, *second)
    drawn += [Line(80, 604, third[0]), *lines(60, 592, *third[1:])]
    drawn += lines(60, 592 - 36 - 24, *fourth)
    assert texts(paper(tmp_path, drawn), "paragraph") == ["\n".join(one) for one in (first, second, third, fourth)]


def test_entries_that_hang_are_parted_where_they_begin(tmp_path: Path) -> None:
    entries = [prose(1000 * i, 1, 80) + prose(1000 * i + 500, 2, 76) for i in range(4)]
    drawn = []
    for i, entry in enumerate(entries):
        y = 700 - 36 * i
        drawn += [Line(60, y, entry[0]), *lines(84, y - 12, *entry[1:])]
    assert texts(paper(tmp_path, drawn), "paragraph") == ["\n".join(entry) for entry in entries]


def test_a_hyphen_at_the_end_of_a_line_is_kept(tmp_path: Path) -> None:
    drawn = lines(60, 700, "The ministers spoke of the terri-", "torial question, and of noth-", "ing else.")
    assert texts(paper(tmp_path, drawn)) == [
        "The ministers spoke of the terri-\ntorial question, and of noth-\ning else."
    ]


def test_headings_by_size_and_by_bold_type(tmp_path: Path) -> None:
    drawn = [Line(60, 760, "The Islands", 20), Line(60, 720, "Before the war", 14)]
    drawn += lines(60, 700, *prose(0, 6, 78))
    drawn += [Line(60, 610, "Treaties in force", 10, BOLD), *lines(60, 598, *prose(100, 6, 78))]
    drawn += [Line(60, 500, "After the war", 14), *lines(60, 480, *prose(200, 6, 78))]
    found = [(block.text, block.level) for block in blocks_of(paper(tmp_path, drawn)) if block.kind == "heading"]
    assert found == [("The Islands", 1), ("Before the war", 2), ("Treaties in force", 3), ("After the war", 2)]


def test_bold_words_in_a_line_do_not_part_it(tmp_path: Path) -> None:
    body = prose(0, 3, 80)
    last = [Line(60, 664, "Sovereignty", 10, BOLD), Line(132, 664, "was the word that nobody would say")]
    drawn = [*lines(60, 700, *body), *last]
    assert len(blocks_of(paper(tmp_path, drawn))) == 1


def test_a_large_first_letter_belongs_to_its_word(tmp_path: Path) -> None:
    beside, below = prose(0, 2, 46), prose(100, 4, 50)
    drawn = [Line(60, 676, "S", 34), *lines(84, 690, *beside), *lines(60, 666, *below)]
    assert texts(paper(tmp_path, drawn)) == ["\n".join(["S" + beside[0], beside[1], *below])]


def test_items_of_a_list(tmp_path: Path) -> None:
    drawn = lines(60, 700, *prose(0, 3, 78))
    drawn += [Line(72, 660 - 12 * i, f"\u2022 {text}") for i, text in enumerate(prose(50, 3, 60))]
    assert texts(paper(tmp_path, drawn), "item") == [f"\u2022 {text}" for text in prose(50, 3, 60)]


# Notes


def noted(marks: tuple[str, ...], rule: bool) -> list[Mark]:
    drawn: list[Mark] = lines(60, 760, *prose(0, 40, 78))
    drawn += [Rule(60, 128, 120)] if rule else []
    for i, mark in enumerate(marks):
        drawn.append(Line(60, 116 - 20 * i, mark, 5, rise=3))
        drawn += [
            Line(64, 116 - 20 * i, f"See the note of {1950 + i}, and what", 8),
            Line(60, 107 - 20 * i, "1956 brought.", 8),
        ]
    return drawn


@pytest.mark.parametrize(("marks", "rule"), [(("1", "2", "3"), True), (("12", "13"), False), (("*", "**"), False)])
def test_notes_at_the_foot_are_set_apart_each_with_its_mark(tmp_path: Path, marks: tuple[str, ...], rule: bool) -> None:
    found = texts(paper(tmp_path, noted(marks, rule)), "note")
    assert [re.match(r"\S*?(?=See|\s)", note)[0] for note in found] == list(marks)  # type: ignore[index]
    assert all(note.endswith("1956 brought.") for note in found)


def test_a_note_without_a_mark_stands_below_a_rule(tmp_path: Path) -> None:
    body: list[Mark] = lines(60, 700, *prose(0, 10, 78))
    small = Line(60, 560, "The author thanks those who read this.", 8)
    assert texts(paper(tmp_path, [*body, Rule(60, 575, 120), small]), "note") == [small.text]
    assert texts(paper(tmp_path, [*body, small]), "note") == []


def test_raised_marks_stay_in_the_text(tmp_path: Path) -> None:
    drawn = [*lines(60, 700, "They refused the offer"), Line(186, 700, "12", 6, rise=4), Line(196, 700, "and left.")]
    assert texts(paper(tmp_path, drawn)) == ["They refused the offer12 and left."]


# Running heads and page numbers


def book(count: int, first: int = 1) -> list[list[Mark]]:
    pages: list[list[Mark]] = []
    for i in range(count):
        head = "Perceptions of the other side" if i % 2 else "A history of relations"
        pages.append(
            [Line(60, 800, head, 9), *lines(60, 770, *prose(1000 * i, 50, 78)), Line(290, 40, str(first + i), 9)]
        )
    return pages


def test_heads_of_alternate_pages_and_page_numbers_are_set_apart(tmp_path: Path) -> None:
    found = blocks_of(paper(tmp_path, *book(8, first=41)))
    assert Counter(block.text for block in found if block.kind == "running") == {
        "Perceptions of the other side": 4, "A history of relations": 4,
    }  # fmt: skip
    assert [block.text for block in found if block.kind == "folio"] == [str(41 + i) for i in range(8)]
    assert [block.page for block in found if block.kind == "paragraph"] == [str(41 + i) for i in range(8)]


def test_a_page_without_a_number_takes_its_own_from_its_neighbours(tmp_path: Path) -> None:
    pages = book(6, first=9)
    pages[2] = [one for one in pages[2] if not (isinstance(one, Line) and one.y == 40)]
    assert list(dict.fromkeys(block.page for block in blocks_of(paper(tmp_path, *pages)))) == [
        "9",
        "10",
        "11",
        "12",
        "13",
        "14",
    ]


def test_a_head_and_a_number_in_one_line_with_a_chapter_of_two_pages(tmp_path: Path) -> None:
    heads = [[Line(60, 800, f"Chapter {WORDS[i // 2]}"), Line(500, 800, str(5 + i))] for i in range(6)]
    pages = [head + page[1:-1] for head, page in zip(heads, book(6), strict=True)]
    found = blocks_of(paper(tmp_path, *pages))
    assert [block.kind for block in found] == ["folio", "running", "paragraph"] * 6


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        ("{}", ["3", "4", "5"]),
        ("- {} -", ["3", "4", "5"]),
        ("\u2014 {} \u2014", ["3", "4", "5"]),
        ("Page {} of 30", ["3", "4", "5"]),
        ("{} / 30", ["3", "4", "5"]),
        ("[{}]", ["3", "4", "5"]),
        ("roman", ["iii", "iv", "v"]),
    ],
)
def test_page_numbers_as_they_are_written(tmp_path: Path, style: str, labels: list[str]) -> None:
    written = [label if style == "roman" else style.format(label) for label in labels]
    pages = [[*lines(60, 700, *prose(0, 30, 78)), Line(280, 40, text, 9)] for text in written]
    found = blocks_of(paper(tmp_path, *pages))
    assert [block.text for block in found if block.kind == "folio"] == written
    assert [block.page for block in found if block.kind == "paragraph"] == labels


def test_labels_of_the_file_where_none_is_printed(tmp_path: Path) -> None:
    extras = Extras(catalog="/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 >>] >>")
    pages = [lines(60, 700, *prose(1000 * i, 30, 78)) for i in range(4)]
    assert [block.page for block in blocks_of(paper(tmp_path, *pages, extras=extras))] == ["i", "ii", "7", "8"]


def test_a_year_that_ends_a_page_is_no_page_number(tmp_path: Path) -> None:
    pages = [[*lines(60, 700, *prose(1000 * i, 50, 78)), Line(60, 100, "1956")] for i in range(3)]
    assert texts(paper(tmp_path, *pages), "folio") == []


def test_the_first_line_of_a_page_that_does_not_recur_is_text(tmp_path: Path) -> None:
    pages = [[Line(60, 800, f"Only here {WORDS[i]}"), *lines(60, 788, *prose(0, 50, 78))] for i in range(4)]
    assert texts(paper(tmp_path, *pages), "running") == []


# What is turned, doubled or hidden


def test_letters_drawn_twice_are_read_once(tmp_path: Path) -> None:
    line = "Declared territory of the islands"
    drawn = lines(60, 700, line, *prose(0, 5, 60))
    twice = [one for mark in drawn for one in (mark, Line(mark.x + 0.4, mark.y, mark.text))]
    assert words(" ".join(texts(paper(tmp_path, twice)))) == words(" ".join(mark.text for mark in drawn))
    apart = [*drawn, *(Line(mark.x + 0.4, mark.y, mark.text) for mark in drawn)]
    assert words(" ".join(texts(paper(tmp_path, apart)))) == words(" ".join(mark.text for mark in drawn))


@pytest.mark.parametrize("turn", ["0 1 -1 0 595 0", "0 -1 1 0 0 842", "-1 0 0 -1 595 842"])
def test_text_of_a_turned_page_is_read_as_it_runs(tmp_path: Path, turn: str) -> None:
    left, right = prose(0, 12, 40), prose(1000, 12, 40)
    drawn = lines(50, 500, *left) + lines(310, 500, *right)
    stream = f"q {turn} cm\n".encode() + body_of(drawn) + b"\nQ"
    assert words(" ".join(texts(paper(tmp_path, stream)))) == words(" ".join(left + right))


def test_a_page_that_is_shown_turned(tmp_path: Path) -> None:
    body = prose(0, 12, 60)
    path = paper(tmp_path, lines(60, 700, *body), extras=Extras(page="/Rotate 90"))
    assert texts(path) == ["\n".join(body)]


def test_a_line_that_runs_up_the_margin_is_not_mixed_in(tmp_path: Path) -> None:
    body = prose(0, 30, 80)
    stream = body_of(lines(80, 700, *body)) + b"\nBT /F3 12 Tf 0 1 -1 0 40 300 Tm (Preprint of 14 May) Tj ET"
    found = texts(paper(tmp_path, stream))
    assert found == ["\n".join(body), "Preprint of 14 May"]


def test_what_lies_off_the_page_is_not_read(tmp_path: Path) -> None:
    assert texts(paper(tmp_path, [*lines(60, 700, "Seen by all."), Line(60, 900, "Seen by none.")])) == ["Seen by all."]


@pytest.mark.parametrize("raised", [False, True])
def test_notes_that_say_the_same_are_no_running_feet(tmp_path: Path, raised: bool) -> None:
    def page(number: int) -> list[Mark]:
        body = [Line(60, 740 - 13 * i, line) for i, line in enumerate(prose(90 * number, 40, 80))]
        notes: list[Mark] = []
        for i in range(2):
            mark, y = 2 * number + i + 1, 90 - 11 * i
            text = f"Ibid., p. {7 * mark}."
            notes += (
                [Line(60, y, str(mark), 5, rise=3), Line(66, y, text, 8)]
                if raised
                else [Line(60, y, f"{mark}. {text}", 8)]
            )
        return [*body, Rule(60, 105, 120), *notes, Line(290, 36, str(number + 1), 8)]

    found = blocks_of(paper(tmp_path, *map(page, range(6))))
    assert [block.kind for block in found if "Ibid" in block.text] == ["note"] * 12
    assert [block.text for block in found if block.kind == "folio"] == list("123456")


# What real documents in three languages showed


def test_the_lines_of_an_item_are_one_however_deep_they_hang(tmp_path: Path) -> None:
    first, second = prose(0, 1, 76) + prose(50, 1, 40), prose(100, 1, 76) + prose(150, 1, 40)
    first[0] = f"{first[0][:70]}."  # a sentence that ends with the line does not end the item
    drawn: list[Mark] = lines(48, 720, *prose(900, 3, 80))
    for y, (above, below) in ((660, first), (630, second)):
        drawn += [Line(48, y, "\u2022"), Line(66, y, above), Line(66, y - 12, below)]
    assert texts(paper(tmp_path, drawn), "item") == ["\u2022 " + "\n".join(one) for one in (first, second)]


def test_each_number_or_dash_at_one_place_begins_an_item(tmp_path: Path) -> None:
    drawn = lines(60, 700, *prose(0, 3, 78))
    drawn += lines(
        72, 650, "1. the islands and what was said", "2. the treaty of peace and its terms", "3. fishing rights"
    )
    assert texts(paper(tmp_path, drawn))[1:] == [line.text for line in drawn[3:]]


def test_a_sentence_goes_on_in_a_line_that_is_set_in(tmp_path: Path) -> None:
    entry = [f"Territory {prose(0, 1, 68)[0]}", *prose(100, 1, 60)]
    drawn = [*lines(60, 700, *prose(900, 6, 78)), Line(60, 600, entry[0]), Line(84, 588, entry[1])]
    assert texts(paper(tmp_path, drawn))[-1] == "\n".join(entry)


def test_a_long_quotation_set_in_on_both_sides_is_one_paragraph(tmp_path: Path) -> None:
    quotation = [line.ljust(50, "x") for line in prose(500, 5, 50)]
    drawn = [*lines(60, 720, *prose(0, 8, 78)), *lines(120, 600, *quotation), *lines(60, 510, *prose(900, 4, 78))]
    assert "\n".join(quotation) in texts(paper(tmp_path, drawn))


def test_a_line_that_leaves_room_in_the_midst_of_a_sentence_ends_no_paragraph(tmp_path: Path) -> None:
    body = [line.ljust(78, "x") for line in prose(0, 8, 78)]
    body[3] = body[3][:68]  # what follows could not be parted, as "Article 1"
    body[4] = f"1 {body[4][2:]}"
    assert texts(paper(tmp_path, lines(60, 700, *body))) == ["\n".join(body)]


def test_a_line_over_the_edge_does_not_part_all_others(tmp_path: Path) -> None:
    body = [f"{line[:70]}.".ljust(72, "x") for line in prose(0, 8, 70)]
    drawn = [Line(60, 740, "x" * 86), *lines(60, 700, *body)]
    assert texts(paper(tmp_path, drawn))[1:] == ["\n".join(body)]


def test_the_indented_first_lines_of_vertical_text_are_full_where_the_margin_is_wide() -> None:
    letters = "\u9818\u571f\u306e\u554f\u984c\u3092"  # 領土の問題を
    whole = [[-690.0, *[-700.0] * 7] for _ in range(3)]  # where its lines begin; all end 160 above the page's foot
    starts = [x for paragraph in whole for x in paragraph]
    runs = [
        Run((letters * 10)[: round((-160 - x) / 10)], x, 500.0 - 18 * i, -160.0, 510.0 - 18 * i, 10.0, 0)
        for i, x in enumerate(starts)
    ]
    ends = [place + 7 for place in range(0, len(runs), 8)]
    runs = [run._replace(text=f"{run.text[:-1]}\u3002") if i in ends else run for i, run in enumerate(runs)]
    page = Page(600.0, 800.0, True, runs, [], [], [], [])
    found = [block.text.count("\n") + 1 for block in blocks(page, Faces(10.0, 1.12, {}, 0), "1")]
    assert found == [8, 8, 8]


def test_paragraphs_a_little_apart_are_parted_where_a_sentence_ends(tmp_path: Path) -> None:
    first, second = ([line.ljust(78, "x") for line in prose(1000 * i, 4, 78)] for i in range(2))
    first[-1] = f"{first[-1][:77]}."
    drawn = [*lines(60, 700, *first), *lines(60, 700 - 48 - 4, *second)]
    assert texts(paper(tmp_path, drawn)) == ["\n".join(first), "\n".join(second)]


def test_the_first_line_of_prose_among_lists_is_no_paragraph_of_its_own(tmp_path: Path) -> None:
    body = [prose(0, 1, 76)[0].ljust(76, "x"), *(line.ljust(78, "x") for line in prose(100, 3, 78))]
    listed = [Line(76, 700 - 12 * i, f"\u2022 {text}") for i, text in enumerate(prose(500, 12, 50))]
    drawn = [*listed, Line(75, 540, body[0]), *lines(60, 528, *body[1:])]
    assert texts(paper(tmp_path, drawn), "paragraph") == ["\n".join(body)]


def test_a_bold_word_that_begins_a_line_does_not_make_it_a_heading(tmp_path: Path) -> None:
    begun, rest = "Sovereignty", "was the word that nobody would say in that year,"
    page = body_of(lines(60, 700, *prose(0, 6, 78))).decode()
    page += f"\nBT /F4 10 Tf 60 628 Td ({begun} ) Tj /F3 10 Tf ({rest}) Tj ET\n"
    page += body_of(lines(60, 616, "and nobody said it.")).decode()
    assert "heading" not in {block.kind for block in blocks_of(paper(tmp_path, page.encode()))}


def test_a_line_that_is_bold_by_chance_stays_in_its_sentence(tmp_path: Path) -> None:
    body = [line.ljust(78, "x") for line in prose(0, 4, 78)]
    drawn = [*lines(60, 700, *body[:2]), Line(60, 676, body[2], 10, BOLD), Line(60, 664, body[3])]
    assert texts(paper(tmp_path, drawn)) == ["\n".join(body)]


def test_lines_of_a_table_of_contents_and_of_a_table_head_are_no_headings(tmp_path: Path) -> None:
    drawn = [Line(60, 700, "1 The Islands", 10, BOLD), Line(500, 700, "19", 10, BOLD)]
    drawn += lines(60, 650, *prose(0, 6, 78))
    drawn += [Line(x, 500, text, 10, BOLD) for x, text in ((60, "Region"), (200, "Year"), (340, "Share"))]
    drawn += lines(60, 450, *prose(500, 6, 78))
    drawn += [
        Line(60, 350, "2.1", 10, BOLD),
        Line(100, 350, "The treaty", 10, BOLD),
        *lines(60, 338, *prose(800, 6, 78)),
    ]
    assert texts(paper(tmp_path, drawn), "heading") == ["2.1 The treaty"]


def test_headings_of_almost_one_size_have_one_level(tmp_path: Path) -> None:
    drawn: list[Mark] = []
    for i, size in enumerate((14, 13.5, 14, 13.5)):
        drawn += [Line(60, 760 - 120 * i, f"Part {WORDS[i]}", size), *lines(60, 740 - 120 * i, *prose(1000 * i, 6, 78))]
    assert {block.level for block in blocks_of(paper(tmp_path, drawn)) if block.kind == "heading"} == {1}


def test_running_heads_of_chapters_of_one_page_are_known_by_their_place(tmp_path: Path) -> None:
    heads = ["Relations"] * 4 + [f"Chapter of {word}" for word in WORDS[:6]]
    pages = [[Line(60, 800, head, 9), *lines(60, 770, *prose(1000 * i, 50, 78))] for i, head in enumerate(heads)]
    assert texts(paper(tmp_path, *pages), "running") == heads
    close = [
        [Line(60, 779, head, 9), *lines(60, 770, *prose(1000 * i, 50, 78), leading=10)] for i, head in enumerate(heads)
    ]
    assert texts(paper(tmp_path, *close), "running") == ["Relations"] * 4


def test_a_paragraph_runs_on_beside_the_bands_of_columns(tmp_path: Path) -> None:
    columns = [prose(1000 * i, 12, 38) for i in range(2)]
    body = [line.ljust(80, "x") for line in prose(5000, 4, 80)]
    body[1] = body[1][:30]  # a short line among those that cross the gutter
    drawn = lines(50, 700, *columns[0]) + lines(310, 700, *columns[1]) + lines(50, 540, *body)
    found = texts(paper(tmp_path, drawn))
    assert found[-2:] == ["\n".join(body[:2]), "\n".join(body[2:])]


def test_narrow_blanks_part_words_but_letters_spaced_out_and_figures_stay_together() -> None:
    for text, gaps, parted in (
        ("termsvar", [0, 0, 0.02, 0, 0.16, 0, -0.03], [4]),
        ("stress", [0.16] * 5, []),
        ("12500", [0, 0.16, 0, 0], []),
        ("No12", [0, 0.16, 0], [1]),
    ):
        codes = np.array([ord(letter) for letter in text])
        assert np.flatnonzero(narrow_blanks(np.array(gaps), codes)).tolist() == parted


def eastern(face: str, number: int) -> str:
    """A font of Japanese letters that a viewer must have itself, as a resource of a page."""
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>"
    told = f"/FontDescriptor << /Type /FontDescriptor /FontName /{face} /Flags 4 /FontBBox [0 -120 1000 880] "
    told += "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    below = f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{face} {system} {told} /DW 1000 >>"
    return f"/F{number} << /Type /Font /Subtype /Type0 /BaseFont /{face} /Encoding /UniJIS-UTF16-H /DescendantFonts [{below}] >>"


def test_unserifed_japanese_lines_are_headings_where_the_text_has_serifs(tmp_path: Path) -> None:
    fonts = f"/Resources << /Font << {eastern('Ryumin-Light', 7)} {eastern('GothicBBB-Medium', 8)} >> >>"
    body, head = "両国の外相は領土について話し合いを続けた" * 2, "平和条約"

    def page(upper: int, lower: int) -> bytes:
        rows = [(760, upper, head), *((740 - 14 * i, lower, body) for i in range(6))]
        drawn = (f"BT /F{font} 10 Tf 60 {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for y, font, text in rows)
        return "\n".join(drawn).encode()

    assert texts(paper(tmp_path, page(8, 7), extras=Extras(page=fonts)), "heading") == [head]
    assert texts(paper(tmp_path, page(8, 8), extras=Extras(page=fonts)), "heading") == []


def test_the_end_of_a_paragraph_in_a_column_of_its_own_is_no_running_head(tmp_path: Path) -> None:
    fonts = f"/Resources << /Font << {eastern('Ryumin-Light', 7)} >> >>"
    columns = [
        "両国の外相は領土について話し合いを続けたということで" * 2,
        "これについては何も言われなかったということである",
        "す",
    ] * 3
    page = "\n".join(
        f"BT /F7 10 Tf {500 - 20 * i} {770 - 10 * k} Td <{letter.encode('utf-16-be').hex()}> Tj ET"
        for i, column in enumerate(columns)
        for k, letter in enumerate(column)
    ).encode()
    found = blocks_of(paper(tmp_path, page, page, page, extras=Extras(page=fonts)))
    assert {block.kind for block in found} == {"paragraph"}
    assert sum(block.text.count("す") for block in found) == 9


def test_the_hyphen_of_old_fonts_of_tex_is_one(tmp_path: Path) -> None:
    mapped = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> "
    mapped += b"endcodespacerange 2 beginbfrange <20> <7E> <0020> <7F> <7F> <007F> endbfrange endcmap end end"
    font = "/F3 << /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 3 0 R >>"
    page = b"BT /F3 10 Tf 60 700 Td (the terri\\177) Tj 0 -12 Td (torial question) Tj ET"
    extras = Extras(page=f"/Resources << /Font << {font} >> >>", streams=[("", mapped)])
    assert texts(paper(tmp_path, page, extras=extras)) == ["the terri-\ntorial question"]


@pytest.mark.parametrize("sign", ["\u0131", "\u0130", "\u017f"])
def test_letters_like_those_of_roman_numerals_are_no_numbers(sign: str) -> None:
    assert number_of(sign, 0) is None
    assert not paged(["A line.", sign, "Another."], ["", "", ""]).lines[1].kind
