"""Damage is mended where the evidence allows, recorded, and otherwise left alone. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.passages import Piece
from rashomon.reading.piecing import pieces_of
from rashomon.reading.spans import applied, undo

pytest.importorskip("simplemma")
pytest.importorskip("pymorphy3")


def pieces(*texts: str, wrapped: bool = True, language: str = "") -> list[Piece]:
    blocks = [Block(text, wrapped=wrapped, language=language) for text in texts]
    return list(pieces_of(Document(Metadata(), blocks)))


def mended(text: str, *others: str, wrapped: bool = True) -> str:
    """``text`` mended, in a document of which ``others`` are the rest."""
    return pieces(text, *others, wrapped=wrapped)[0].text


def kinds(text: str, *others: str) -> list[str]:
    return [repair.kind for repair in pieces(text, *others)[0].repairs if repair.kind != "line-break"]


def test_lines_are_joined_and_those_that_are_meant_are_not() -> None:
    assert mended("The ferry left\nthe harbour at noon.") == "The ferry left the harbour at noon."
    assert mended("The ferry left\nthe harbour.", wrapped=False) == "The ferry left\nthe harbour."
    assert mended("海峡を渡る船は\n正午に港を出た。") == "海峡を渡る船は正午に港を出た。"
    assert mended("The harbour—\nand the ferry—left.") == "The harbour—and the ferry—left."


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("The nego-\ntiations went on.", (), "The negotiations went on."),
        ("It was a ferry-\nborne trade.", (), "It was a ferry-borne trade."),
        ("The Franco-\nPrussian war.", (), "The Franco-Prussian war."),
        ("The G-\n7 met.", (), "The G-7 met."),
        # the document overrules the dictionary, either way
        # two words by themselves: divided only in a document that divides others
        ("On the first-\nhand account.", ("The boats lay long-\nforgotten there.",), "On the first-hand account."),
        ("It was for man-\nkind.", ("The nego-\ntiations of the har-\nbour.",), "It was for mankind."),
        ("A twenty-year-\nlong calm.", ("The nego-\ntiations.",), "A twenty-year-long calm."),
        ("The co-\noperation held.", ("All co-operation is slow. This co-operation too.",), "The co-operation held."),
        ("So said Zaru-\nbin then.", ("Later Zarubin spoke, as Zarubin does.",), "So said Zarubin then."),
        ("Во время пере-\nговоров стороны молчали.", (), "Во время переговоров стороны молчали."),
        ("Это было из-\nза погоды.", (), "Это было из-за погоды."),
        ("A soft\u00ad\nware house.", (), "A software house."),
    ],
)
def test_hyphens_at_the_ends_of_lines(text: str, others: tuple[str, ...], expected: str) -> None:
    assert mended(text, *others) == expected


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("Itis known.", (), "It is known."),
        ("They saw arich port.", ("It was a rich town.",), "They saw a rich port."),
        ("After the WarII ended.", ("In the War II years.",), "After the War II ended."),
        ("So did endaikanko then.", ("The phrase endai kanko was new.",), "So did endai kanko then."),
        ("The mayor andcouncil met.", ("The council was small.",), "The mayor and council met."),
        ("Они сказали чтогород вырос.", ("Это старый город.",), "Они сказали что город вырос."),
        ("1.The port was small.", (), "1. The port was small."),
        ("The port grew,while the town did not.", (), "The port grew, while the town did not."),
    ],
)
def test_lost_spaces(text: str, others: tuple[str, ...], expected: str) -> None:
    assert mended(text, *others) == expected


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Then Putin spoke.", ("They put in a word.",)),  # a name
        ("Putin spoke.", ("They put in a word.",)),
        ("The Indo-Pacific.", ("He will go in, do it, and leave. In do they trust.",)),
        ("A nihondo scholar.", ()),  # foreign, and nothing to go by
        ("The boathouse and the railyard.", ("A boat house by the rail yard.",)),  # compounds may be written as one
        ("Toshiba sells.", ("To shiba he said nothing.",)),
        ("See www.port.org,now.", ()),
        ("The McDonald of the LeMay.", ("The Donald.",)),
    ],
)
def test_what_may_be_a_word_is_left_alone(text: str, others: tuple[str, ...]) -> None:
    assert mended(text, *others) == text


@pytest.mark.parametrize(
    ("damaged", "expected", "kind"),
    [
        ("It was the old policy.12 Then came more.", "It was the old policy. Then came more.", "note-mark"),
        ("It was “the old policy.”3 Then came more.", "It was “the old policy.” Then came more.", "note-mark"),
        ("It was the old policy.® Then came more.", "It was the old policy. Then came more.", "debris"),
        ("It was “the old policy.”® Then came more.", "It was “the old policy.” Then came more.", "debris"),
        ("It was the old policy.’* Then came more.", "It was the old policy. Then came more.", "debris"),
        ("It was the old policy.3% Then came more.", "It was the old policy. Then came more.", "debris"),
        ("It was the old policy.'? Then came more.", "It was the old policy. Then came more.", "debris"),
        ("It was the old policy,? and then came more.", "It was the old policy, and then came more.", "debris"),
        ("It was the old policy.?! Then came more.", "It was the old policy. Then came more.", "debris"),
        ("It was the old policy.*®The port grew.", "It was the old policy. The port grew.", "debris"),
        ("It was “the old policy.”” Then came more.", "It was “the old policy.” Then came more.", "debris"),
        ("The old policy² was dear.", "The old policy was dear.", "note-mark"),
        ("All this ended in 1990.3! Then came more.", "All this ended in 1990. Then came more.", "debris"),
    ],
)
def test_note_marks_and_their_debris(damaged: str, expected: str, kind: str) -> None:
    found = pieces(damaged, "Another sentence.* And one more.®")[0]
    assert found.text == expected
    assert {repair.kind for repair in found.repairs} == {kind}
    assert undo(found).text == damaged


@pytest.mark.parametrize(
    "text",
    [
        "Growth was 2.5 percent in 1956, and 10.7 later.",
        "The G7 and the MI6 met at 10:30.",
        "See p.12 and No.4, and fig.3 there; A/70/PV.16 and Add.1 and Corr.2 too.",
        "They met at the **old port**, and the *new port*, of the **town.**",
        "It was ti.s aim.",
        "They said “yes” and “no”; he asked “why?” and left.",
        "Was it “peace”? It was, etc.! And so on...",
        "The firm Acme® sells the Widget™ at 5% off.",
        "An area of 40 km² and 3 m³.",
        "“I know,” he said, “and so do you.”",
        "The students’ plan failed, and the workers’ too.",
        "In the U.S.? No.",
    ],
)
def test_what_only_looks_like_debris_is_left_alone(text: str) -> None:
    assert mended(text, "Another sentence.* And one more.® And a mark.12 And one.13 Then.") == text


def test_an_unopened_quotation_mark_goes_only_where_marks_were_misread() -> None:
    damaged = "Nothing came of the old plan.” The port grew."
    assert mended(damaged) == damaged
    assert mended(damaged, "Another sentence.* And one more.®") == "Nothing came of the old plan. The port grew."


def test_numbers_glued_to_words_need_a_document_with_notes() -> None:
    others = ("The first of all.1 The second of them.2 And so forth.",)
    assert mended("A policy3 of the port.", *others) == "A policy of the port."
    assert mended("A policy3 of the port.") == "A policy3 of the port."
    assert mended("As article9 says.", *others) == "As article 9 says."


@pytest.mark.parametrize(
    ("damaged", "expected", "kind"),
    [
        ("The oﬃce was ﬁrst.", "The office was first.", "ligature"),
        ("The har\u00adbour\u200b grew.", "The harbour grew.", "invisible"),
        ("The\u00a0harbour grew.", "The harbour grew.", "space"),
        ("The  harbour grew.", "The harbour grew.", "space"),
        ("He saw “ a town” there.", "He saw “a town” there.", "quote-space"),
        ("The mayor'’s house.", "The mayor’s house.", "quote"),
        ("The mayor ‘s house.", "The mayor’s house.", "quote"),
        ("It was in l990 that it grew.", "It was in 1990 that it grew.", "slip"),
        ("It was in 19O5 that it grew.", "It was in 1905 that it grew.", "slip"),
        ("The nationa1 port of thi6 town.", "The national port of this town.", "slip"),
        ("Малый порт —хороший порт.", "Малый порт — хороший порт.", "lost-space"),
    ],
)
def test_small_damage(damaged: str, expected: str, kind: str) -> None:
    found = pieces(damaged)[0]
    assert found.text == expected
    assert {repair.kind for repair in found.repairs} == {kind}


def test_few_words_are_mended_where_the_rest_of_the_document_was_read_in_a_wrong_encoding() -> None:
    def western(text: str) -> str:
        return text.encode("cp1251").decode("latin-1")

    rest = [western(f"Это страница {i}, на которой стоит мирный договор и территория островов.") for i in range(12)]
    assert mended(western("Таблица 3.7"), *rest) == "Таблица 3.7"
    assert mended(f"gets {western('или')} to", *rest) == "gets или to"
    assert mended("A café in Köln.", *rest) == "A café in Köln."
    assert mended(western("Таблица 3.7"), *rest[:3]) == western("Таблица 3.7")


@pytest.mark.parametrize(
    ("wrapped", "expected"),
    [
        ("See https:\n//example.org/a of it.", "See https://example.org/a of it."),
        ("See (http://www.example.\norg/talks/\nrecord) there.", "See (http://www.example.org/talks/record) there."),
        ("Write to press@lists\n.example.org soon.", "Write to press@lists.example.org soon."),
        ("See http://example.org. \nThe islands were small.", "See http://example.org. The islands were small."),
        ("He named it: http:\nthe colon stays.", "He named it: http: the colon stays."),
        ("The end.\nthe start.", "The end. the start."),
    ],
)
def test_addresses_of_pages_broken_at_a_lines_end_are_whole(wrapped: str, expected: str) -> None:
    assert mended(wrapped) == expected


@pytest.mark.parametrize("text", ["A START1 treaty and RAID5.", "As Doc.12 of the port says.", "Read mission.0 now."])
def test_numbers_that_are_meant_stay(text: str) -> None:
    others = ("A harbour.1 The port.2 The town.3",)
    assert mended(text, *others) == text


UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # in cp1252, which browsers leave as they are
RUSSIAN = "Порт вырос, и город тоже вырос; потом наступила зима"
JAPANESE = "港は大きくなった。町も大きくなった。"


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("The café — “déjà vu” — was the mayor’s.", "utf-8", "cp1252"),
        (RUSSIAN, "utf-8", "latin-1"),
        (RUSSIAN, "utf-8", "cp1251"),
        (RUSSIAN, "cp1251", "latin-1"),
        (RUSSIAN, "cp1251", "cp1252"),
        (JAPANESE, "utf-8", "latin-1"),
    ],
)
def test_mojibake(text: str, written: str, read: str) -> None:
    damaged = "".join(
        chr(byte) if read == "cp1252" and byte in UNDEFINED else bytes([byte]).decode(read)
        for byte in text.encode(written)
    )
    found = pieces(damaged, wrapped=False)[0]
    assert found.text == text
    assert applied(found.original, found.repairs) == found.text


@pytest.mark.parametrize(
    "text",
    [
        "The cliché”—a word—and the communiqué”— too, “É” and «é».",
        "Größe, Übermaß, naïve façade, Ærø.",
        RUSSIAN,
        "В классе «В» и в классе «Р».",
        JAPANESE,
    ],
)
def test_right_text_is_no_mojibake(text: str) -> None:
    assert "mojibake" not in kinds(text)


PARTS = st.sampled_from(
    [
        "the ",
        "port",
        ".",
        "”",
        "“",
        "’",
        "12",
        "3% ",
        "®",
        "*",
        "\n",
        "-\n",
        "\f",
        " ",
        "ﬁ",
        "\u00ad",
        "Itis ",
        "город ",
        "港",
        "。",
        "Ã©",
        "l990",
        "7\n",
    ]
)


@given(st.lists(st.lists(PARTS, max_size=25).map("".join), max_size=6), st.booleans())
def test_every_repair_is_recorded_and_can_be_undone(texts: list[str], wrapped: bool) -> None:
    for piece in pieces(*texts, wrapped=wrapped):
        assert applied(piece.original, piece.repairs) == piece.text
        assert undo(piece).text == piece.original
        ends = [0, *(repair.end for repair in piece.repairs)]
        assert all(repair.start >= end for repair, end in zip(piece.repairs, ends, strict=False))
        assert all(piece.original[r.start : r.end] == r.before for r in piece.repairs)


@given(st.lists(st.lists(PARTS, max_size=25).map("".join), min_size=1, max_size=6))
def test_no_letter_is_lost(texts: list[str]) -> None:
    """Whatever is mended, joined and set apart: all that was there is there, in the originals."""
    found = "".join(piece.original for piece in pieces(*texts))
    assert sorted("".join(found.split())) == sorted("".join("".join(texts).split()))
