"""From blocks to pieces: numbers, headings, languages, anchors, and the cutting of long paragraphs. All texts are invented."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.languages import language_of
from rashomon.reading.anchors import LENGTH, anchor_of
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.piecing import LONGEST, pieces_of
from rashomon.reading.sentences import is_ended, sentence_ends
from rashomon.reading.spans import applied

pytest.importorskip("simplemma")
pytest.importorskip("pymorphy3")

PORT = "The old port was still, and the boats lay on the sand until the tide came in."


def document(*blocks: Block, language: str = "") -> Document:
    return Document(Metadata(language=language), blocks)


# --- pieces


def test_paragraphs_are_numbered_under_the_heading_that_they_stand_under() -> None:
    found = list(
        pieces_of(
            document(
                Block("Part One", kind="heading", level=1),
                Block("Boats", kind="heading", level=2),
                Block(PORT, page="4"),
                Block("12", kind="folio", page="4"),
                Block("A list", kind="item", page="5"),
                Block("1. On this.", kind="note", page="5"),
                Block("Part Two", kind="heading", level=1),
                Block(PORT),
            )
        )
    )
    assert [piece.paragraph for piece in found] == [0, 0, 1, 0, 2, 0, 0, 1]
    assert [piece.heading for piece in found] == [
        (),
        ("Part One",),
        ("Part One", "Boats"),
        ("Part One", "Boats"),
        ("Part One", "Boats"),
        ("Part One", "Boats"),
        (),
        ("Part Two",),
    ]
    assert [piece.page for piece in found] == ["", "", "4", "4", "5", "5", "", ""]
    assert found[2].anchor == found[7].anchor


def test_an_address_does_not_know_of_headings_pages_or_numbers() -> None:
    bare = list(pieces_of(document(Block(PORT))))
    under = list(pieces_of(document(Block("Part", kind="heading", level=1), Block("A list", kind="item"), Block(PORT, page="4"))))
    assert bare[0].anchor == under[2].anchor


def test_blank_blocks_give_no_piece() -> None:
    assert list(pieces_of(document(Block(""), Block(" \n ", wrapped=True)))) == []
    assert list(pieces_of(document())) == []


def test_blocks_are_read_once() -> None:
    def blocks() -> object:
        yield Block(PORT)

    assert len(list(pieces_of(Document(Metadata(), blocks())))) == 1  # type: ignore[arg-type]


def test_a_paragraph_cut_by_a_page_is_one_piece_and_what_stood_between_comes_after() -> None:
    found = list(
        pieces_of(
            document(
                Block("The boats lay on\nthe sand of the nego-", page="4", wrapped=True),
                Block("4", kind="folio", page="4"),
                Block("tiated port.", page="5", wrapped=True),
            )
        )
    )
    assert [piece.text for piece in found] == ["The boats lay on the sand of the negotiated port.", "4"]
    assert [repair.kind for repair in found[0].repairs] == ["line-break", "page-break"]


@pytest.mark.parametrize(
    "sentence", ["The boats of Mr. Smith lay still. ", "Лодки г. Иванова стояли тихо. ", "船は静かに港にあった。"]
)
def test_long_paragraphs_are_cut_at_the_ends_of_sentences(sentence: str) -> None:
    original = sentence * (30_000 // len(sentence))
    found = list(pieces_of(document(Block(original))))
    assert len(found) > 3
    assert "".join(piece.original for piece in found) == original
    assert all(len(piece.text) <= LONGEST for piece in found)
    assert all(piece.text.endswith(sentence.rstrip()) for piece in found)
    assert {piece.paragraph for piece in found} == {1}


@given(
    st.lists(
        st.sampled_from(["word ", "word\n", "end. ", "end.12 Next ", "ﬁ", "x" * 3000, " " * 50, "領土"]), max_size=60
    )
)
def test_cutting_loses_nothing(parts: list[str]) -> None:
    original = ("".join(parts) or "x") * 4
    found = list(pieces_of(document(Block("Start. " + original, wrapped=False))))
    assert "".join(piece.original for piece in found) == "Start. " + original
    assert all(len(piece.text) <= LONGEST for piece in found)
    assert all(applied(piece.original, piece.repairs) == piece.text for piece in found)


# --- anchors


@pytest.mark.parametrize(
    "other",
    [
        "The nego-\ntiations of 1985\u20131991 in the of\u00adfice cost 2.5 percent.",
        "The negotiations of 1985-1991 in the oﬃce cost 2.5 percent.12",
        "Thenegotiations of  1985-1991 in the office cost 2.5 percent.”®",
        "The negotiations of 1985-\f1991 in “ the office” cost 2.5 percent.3%",
        "THE NEGOTIATIONS OF 1985-1991 in the office³ cost 2.5 percent™",
    ],
)
def test_what_repairs_would_change_leaves_the_anchor_as_it_is(other: str) -> None:
    assert anchor_of(other) == anchor_of("The negotiations of 1985-1991 in the office cost 2.5 percent.")


def test_other_words_and_other_figures_have_other_anchors() -> None:
    texts = [
        "It cost 2.5 percent.",
        "It cost 2.7 percent.",
        "It cost 25 percent",
        "In 1990.",
        "In 1991.",
        "It costs 2.5 percent.",
        "",
        "?",
        "!",
        "北方",
        "領土",
    ]
    assert len({anchor_of(text) for text in texts}) == len(texts) - 1  # 2.5 and 25 are the same digits


def test_the_form_of_an_anchor() -> None:
    for text in ("", PORT, "\ud800"):
        assert re.fullmatch(r"[a-z2-7]{10}", anchor_of(text))
    assert LENGTH == 10


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_anchor_of_a_piece_does_not_hang_on_its_mending(text: str) -> None:
    for piece in pieces_of(document(Block(text, wrapped=True))):
        assert piece.anchor == anchor_of(piece.original)


# --- languages


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (PORT, "", "en"),
        ("Порт вырос.", "", "ru"),
        ("港は大きい。", "", "ja"),
        ("領土問題", "", "ja"),
        ("領土問題", "zh", "zh"),
        ("NATOとUNESCOとIMFのGDPは", "", "ja"),
        ("The word 領土 is of two characters, and so is this.", "", "en"),
        ("Слово territory значит «территория».", "", "ru"),
        (PORT, "ru", "en"),
        ("Порт вырос.", "en-GB", "ru"),
        ("Le port est calme et les bateaux dorment sur le sable.", "", ""),
        ("Le port est calme.", "fr-FR", "fr"),
        ("Порт виріс, і місто теж її бачить; він її знає і чує.", "", ""),
        ("Порт вырос.", "bg", "bg"),
        ("12", "", ""),
        ("12", "ja", "ja"),
        ("", "", ""),
        ("영토 문제는", "ko", "ko"),
    ],
)
def test_languages(text: str, declared: str, expected: str) -> None:
    assert language_of(text, declared) == expected


# --- sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? “Four.” Five", ["One.", "Two!", "Three?", "“Four.”", "Five"]),
        (
            "Mr. Smith of the U.S. Navy, J. Brown and Prof. Black, see p. 4. Then more.",
            ["Mr. Smith of the U.S. Navy, J. Brown and Prof. Black, see p. 4.", "Then more."],
        ),
        (
            "В февр. 1989 г. Иванов и А. Б. Петров приехали. Потом нет.",
            ["В февр. 1989 г. Иванов и А. Б. Петров приехали.", "Потом нет."],
        ),
        ("港は静か。「町も。」船は？", ["港は静か。", "「町も。」", "船は？"]),
        ("It was 2.5 percent. 1990 came.", ["It was 2.5 percent.", "1990 came."]),
    ],
)
def test_sentence_ends(text: str, sentences: list[str]) -> None:
    cuts = [0, *sentence_ends(text), len(text)]
    assert [part for low, high in pairwise(cuts) if (part := text[low:high].strip())] == sentences


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("The end.", True),
        ("the end.”", True),
        ("the end.12", True),
        ("the end.”®", True),
        ("the end,", False),
        ("the", False),
        ("", False),
        ("as follows:", True),
        ("港。", True),
    ],
)
def test_whether_a_sentence_has_ended(text: str, ended: bool) -> None:
    assert is_ended(text) is ended


# --- what is installed


def test_missing_dictionaries_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simplemma", None)
    with pytest.raises(RashomonError) as raised:
        list(pieces_of(document(Block(PORT))))
    assert raised.value.fault.code == "R909"
    assert "pip install 'rashomon[read]'" in raised.value.fault.remedy


def test_importing_loads_no_dictionary() -> None:
    code = "import sys, rashomon.reading.piecing; print('simplemma' in sys.modules or 'pymorphy3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
