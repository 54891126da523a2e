"""The part of a passage that is shown around what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.reading.finding import _snippet

TEXT = st.text(st.sampled_from("ab 島"), min_size=1, max_size=2000)


@given(text=TEXT, data=st.data())
def test_a_snippet_is_of_the_text_and_its_marks_are_the_places(text: str, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), min_size=1, max_size=5)))
    places = [(start, start + 1) for start in starts]
    snippet, marks = _snippet(text, places)
    assert snippet.removeprefix("… ").removesuffix(" …") in text
    assert snippet[marks[0][0] : marks[0][1]] == text[starts[0]]
    assert all(snippet[start:end] == text[at] for (start, end), at in zip(marks, starts, strict=False))
    assert len(snippet) <= 500
