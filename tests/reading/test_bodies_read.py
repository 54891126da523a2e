"""The words of texts that are no plain files: those of their passages, once they were read."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelving import put, reading, stand_in

from rashomon.study import open_study, read_bodies
from studies import DECLARED, write_study

SERIES = """
[[series]]
id = "speeches"
name = "Speeches"
"""


def test_other_formats_have_the_words_of_their_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    put(tmp_path, "sources/one.html", "Peace in the north.\n\n[1] A note.\n\nPeace in the south.")
    declared = DECLARED.replace('id = "memoir"', 'id = "memoir"\nfile = "sources/one.html"') + SERIES
    shared = {"series": "speeches", "author": "north-leader", "title": "A speech", "source": "memoir", "when": "1985"}
    rows = [{**shared, "id": "one"}, {**shared, "id": "two", "file": "sources/one.html"}]
    write_study(tmp_path, declared, texts=rows)
    before = read_bodies(open_study(tmp_path))
    assert [(one.code, one.where.line) for one in before.faults] == [("R521", 2), ("R521", 3)]
    assert "rashomon read" in before.faults[0].remedy
    reading(tmp_path)
    after = read_bodies(open_study(tmp_path))
    assert after.faults == ()
    assert len({one.text for one in after.rows}) == 1
    assert after.rows[0].text.startswith("Peace in the north.\n\n")
