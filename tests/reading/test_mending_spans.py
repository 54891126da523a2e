"""Repairs lead from the original to the text and back, and spans with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.reading.passages import Piece, Repair
from rashomon.reading.spans import Draft, Edit, applied, to_clean, to_original, undo

LETTERS = st.text("abcdef ", max_size=40)


@st.composite
def drafts(draw: st.DrawFn, rounds: int = 3) -> tuple[Draft, list[str]]:
    """A text after some rounds of edits, with what it read after each."""
    draft = Draft(draw(LETTERS))
    states = [draft.text]
    for _ in range(rounds):
        places = sorted(draw(st.lists(st.integers(0, len(draft.text)), max_size=8)))
        edits: list[Edit] = [
            (low, high, draw(st.text("XYZ", max_size=3)), f"kind{draw(st.integers(0, 3))}")
            for low, high in zip(places[::2], places[1::2], strict=False)
        ]
        kept: list[Edit] = []
        for edit in sorted(edits):
            changes = draft.text[edit[0] : edit[1]] != edit[2]
            if changes and (not kept or (edit[0] >= kept[-1][1] and edit[:2] != kept[-1][:2])):
                kept.append(edit)
        expected = draft.text
        for low, high, after, _ in reversed(kept):
            expected = expected[:low] + after + expected[high:]
        draft.edit(edits)
        assert draft.text == expected
        states.append(draft.text)
    return draft, states


def piece_of(draft: Draft) -> Piece:
    return Piece(draft.original, draft.text, "paragraph", "", 1, (), "en", "", tuple(draft.repairs))


@given(drafts())
def test_rounds_of_edits_become_repairs_of_the_original(made: tuple[Draft, list[str]]) -> None:
    draft, states = made
    assert draft.original == states[0]
    assert applied(draft.original, draft.repairs) == draft.text == states[-1]
    done = 0
    for repair in draft.repairs:
        assert done <= repair.start <= repair.end
        assert draft.original[repair.start : repair.end] == repair.before != repair.after
        done = repair.end


@given(drafts(), st.sets(st.sampled_from(["kind0", "kind1", "kind2", "kind3"])))
def test_undoing_gives_the_original(made: tuple[Draft, list[str]], kinds: set[str]) -> None:
    piece = piece_of(made[0])
    assert undo(piece).text == piece.original
    assert undo(piece).repairs == ()
    part = undo(piece, kinds)
    assert applied(part.original, part.repairs) == part.text
    assert all(kinds.isdisjoint(repair.kind.split("+")) for repair in part.repairs)
    assert undo(piece, ()) == piece


@given(drafts(), st.data())
def test_spans_are_monotone_and_untouched_text_maps_to_its_own_letters(
    made: tuple[Draft, list[str]], data: st.DataObject
) -> None:
    piece = piece_of(made[0])
    low, middle, high = sorted(data.draw(st.integers(0, len(piece.text))) for _ in range(3))
    outer, inner = to_original(piece, low, high), to_original(piece, low, middle)
    assert outer[0] == inner[0] or low == middle
    assert inner[1] <= outer[1] or low == middle
    touched = {place for place, letter in enumerate(piece.text) if letter in "XYZ"}
    start, end = outer
    inside = [repair for repair in piece.repairs if start < repair.end and repair.start < end]
    if not inside and touched.isdisjoint(range(low, high)):
        assert piece.original[start:end] == piece.text[low:high]
        if low < high:
            assert to_clean(piece, start, end) == (low, high)


@given(drafts(), st.data())
def test_what_is_kept_of_a_span_is_in_its_place_in_the_text(made: tuple[Draft, list[str]], data: st.DataObject) -> None:
    piece = piece_of(made[0])
    low, high = sorted(data.draw(st.integers(0, len(piece.original))) for _ in range(2))
    kept = [place for place in range(low, high) if not any(r.start <= place < r.end for r in piece.repairs)]
    if kept:
        start, end = to_clean(piece, low, high)
        for place in kept:
            here, after = to_clean(piece, place, place + 1)
            assert start <= here < after <= end
            assert piece.text[here:after] == piece.original[place]


def test_a_span_takes_in_the_whole_of_what_it_cuts() -> None:
    draft = Draft("the ofﬁce of")
    draft.edit([(6, 7, "fi", "ligature")])
    piece = piece_of(draft)
    assert piece.text == "the office of"
    assert to_original(piece, 7, 9) == (6, 8)
    assert to_clean(piece, 6, 7) == (6, 8)


def test_what_is_taken_out_belongs_to_no_span_that_ends_or_begins_there() -> None:
    draft = Draft("the end.12 Then")
    draft.edit([(8, 10, "", "note-mark")])
    piece = piece_of(draft)
    assert to_original(piece, 0, 8) == (0, 8)
    assert to_original(piece, 8, 13) == (10, 15)
    assert to_original(piece, 0, 13) == (0, 15)
    assert to_clean(piece, 8, 10) == (8, 8)


def test_repairs_that_meet_become_one() -> None:
    draft = Draft("a  ofthe b")
    draft.edit([(1, 3, " ", "space")])
    draft.edit([(1, 6, " of the", "lost-space")])
    assert draft.text == "a of thee b"
    assert draft.repairs == [Repair("space+lost-space", 1, 7, "  ofth", " of the")]
    assert undo(piece_of(draft), ["space"]).text == draft.original


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 99)])
def test_no_span_of_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is no span"):
        to_original(piece_of(Draft("abc")), start, end)
