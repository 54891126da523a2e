"""How a program counted is told by its passages, whichever way that was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rashomon.exchanging.counting import Squeezed, Told, as_counted

WORDS = st.lists(st.text(st.sampled_from("abя領😀"), min_size=1, max_size=4), min_size=1, max_size=12)


def counted_by_a_program(text: str, once: bool, units: bool) -> int:
    """How long a program holds a text to be."""
    seen = text.replace("\r\n", "\n") if once else text
    return len(seen.encode("utf-16-le")) // 2 if units else len(seen)


@given(WORDS, st.data(), st.booleans(), st.booleans())
def test_passages_with_their_words_stand_on_them_however_they_were_counted(
    words: list[str], data: st.DataObject, once: bool, units: bool
) -> None:
    parts = [part for word in words for part in (word, data.draw(st.sampled_from([" ", "\r\n", ", "])))]
    told, named = [], []
    for number in range(0, len(parts), 2):
        start = counted_by_a_program("".join(parts[:number]), once, units)
        told.append(Told(start, start + counted_by_a_program(parts[number], once, units), parts[number]))
        named.append(parts[number])
    text, places = as_counted("".join(parts), told, "Another")
    assert text == "".join(parts).replace("\r\n", "\n")
    assert [text[start:end].strip() for start, end in places] == named


def test_words_are_found_whatever_blanks_are_between_their_letters_but_not_guessed() -> None:
    squeezed = Squeezed("We are\nafraid. Keep it. Keep it!")
    assert squeezed.place_of("Weare afraid") == (0, 13)
    assert squeezed.place_of("Keep it") is None
    assert squeezed.place_of("aaa") is None
    assert squeezed.place_of(" ") is None
