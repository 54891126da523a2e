"""Which encoding a text is in, when nobody says so or what is said is wrong."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.reading.decoding import decode, encoding_of

RUSSIAN = "Министр сказал, что ответ придёт осенью; в газетах ему мало кто верил."
CAPITALS = "ОСТРОВА ОСТАНУТСЯ ПРЕДМЕТОМ ПЕРЕГОВОРОВ, ЗАЯВИЛ ВЧЕРА МИНИСТР В ТОКИО"
JAPANESE = (
    "大臣は秋に返事が来ると述べたが、新聞の読者はほとんど信じなかった。"
    "島々の帰属は交渉の議題として残ると外務省は説明した。"
)
ENGLISH = "The minister’s answer would come in autumn – “surely”, he said; the naïve alone believed it."
WORDS = [
    "дом", "вода", "слово", "время", "страна", "остров", "письмо", "дорога", "народ", "ответ", "берег", "зима", "город", "газета",
    "утро", "посол", "договор", "память",
]  # fmt: skip
KANA = [
    "島は遠い", "海が荒れた", "手紙を書いた", "返事はまだ来ない",
    "新聞で読んだ", "国境を越えて", "話し合いを続ける", "彼らは待っていた",
]  # fmt: skip

TABLE = [
    *(
        (text, codec)
        for text in (RUSSIAN, CAPITALS)
        for codec in ("cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16-le", "utf-8")
    ),
    *((JAPANESE, codec) for codec in ("cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be", "utf-8")),
    *((ENGLISH, codec) for codec in ("cp1252", "utf-16-le", "utf-8")),
]


@pytest.mark.parametrize(("text", "codec"), TABLE)
def test_short_texts_are_known_without_a_word_about_their_encoding(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


@given(
    st.lists(st.sampled_from(WORDS), min_size=13, max_size=40),
    st.sampled_from(["cp1251", "koi8-r", "cp866", "iso8859-5"]),
)
def test_any_sixty_letters_of_russian_come_back(words: list[str], codec: str) -> None:
    text = " ".join(words).capitalize()
    assert decode(text.encode(codec)) == text


@given(st.lists(st.sampled_from(KANA), min_size=10, max_size=30), st.sampled_from(["cp932", "euc_jp", "iso2022_jp"]))
def test_any_sixty_letters_of_japanese_come_back(phrases: list[str], codec: str) -> None:
    text = "、".join(phrases)
    assert decode(text.encode(codec)) == text


@given(st.text().filter(lambda text: "\0" not in text and "\x1b" not in text and not text.startswith("\ufeff")))
def test_utf8_is_always_believed(text: str) -> None:
    assert decode(text.encode(), declared="windows-1251") == text


@given(st.text(), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_is_believed(text: str, codec: str) -> None:
    assert decode(text.encode(codec), declared="koi8-r") == text


@given(st.binary(), st.text(max_size=12))
def test_nothing_makes_decoding_fail(data: bytes, declared: str) -> None:
    assert isinstance(decode(data, declared), str)


def test_what_is_declared_counts_unless_it_gives_rubbish() -> None:
    koi = RUSSIAN.encode("koi8-r")
    assert decode(koi, "koi8-r") == RUSSIAN
    assert decode(koi, "windows-1252") == RUSSIAN
    assert decode(koi, "no-such-thing") == decode(koi, "hex") == decode(koi, "idna") == RUSSIAN
    greek = "Η απάντηση του υπουργού"
    assert decode(greek.encode("iso8859-7"), "ISO-8859-7") == greek
    assert decode("ÄÖ".encode("latin-1"), "iso-8859-1") == "ÄÖ"


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    assert decode((RUSSIAN * 3).encode()[:-1] + b"\xff") == (RUSSIAN * 3)[:-1] + "\ufffd"


def test_letters_far_in_the_file_decide() -> None:
    data = b"plain words in front. " * 20_000 + RUSSIAN.encode("cp1251")
    assert encoding_of(io.BytesIO(data)) == "cp1251"
    assert codecs.lookup(encoding_of(io.BytesIO(data[:1000]))).name == "utf-8"
