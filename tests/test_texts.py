"""Lines for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.terminal import shows_bold
from rashomon.texts import folded, width_of

WORDS = st.lists(st.text("abкл日本語ー。「」(),\u0301", min_size=1, max_size=12), max_size=30).map(" ".join)


def test_a_letter_of_full_width_takes_two_columns_and_a_stress_mark_none() -> None:
    assert [width_of(text) for text in ("abc", "日本", "рука\u0301", "")] == [3, 4, 4, 0]


@given(WORDS, st.integers(12, 99))
def test_folded_text_keeps_its_letters_within_the_terminal(text: str, columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        lines = folded(text, "  ", "    ").split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= columns or " " not in line.strip() for line in lines)


def test_japanese_is_folded_between_its_letters_but_not_before_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert folded("外務省はソ連が望んでいると「考えていた」。", "  ") == "  外務省はソ連が望ん\nでいると「考えてい\nた」。"
    monkeypatch.setenv("COLUMNS", "300")
    assert max(map(width_of, folded("the islands " * 40).split("\n"))) == 99


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_bold_is_for_terminals_that_may_show_it(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert shows_bold()
    monkeypatch.setenv(name, value)
    assert not shows_bold()
