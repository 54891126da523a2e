"""The section on how everything was measured: what was, and what had nothing to measure."""

from __future__ import annotations

from pathlib import Path

import rashomon
from rashomon.reporting.concluding import methods
from rashomon.reporting.document import Para, Table, words
from rashomon.reporting.telling import Telling
from studies import write_study


def told(root: Path, statements: list[dict[str, object]]) -> tuple[dict[str, str], str]:
    """The measures in the table with their n, and the last line of the section."""
    study = rashomon.open(write_study(root, statements=statements))
    blocks = methods(Telling(study.data, study.measure(), study.plays())).blocks
    (table,) = (one for one in blocks if isinstance(one, Table))
    last = blocks[-1]
    return {words(row.cells[0]): words(row.cells[-1]) for row in table.rows}, words(last.text) if isinstance(last, Para) else ""


def test_a_measure_without_input_is_no_row_and_is_named_below(tmp_path: Path) -> None:
    row = {"id": "s1", "path": "north-public", "topic": "south:peaceful", "stance": "positive", "when": "1985", "source": "book"}
    rows, last = told(tmp_path, [row])
    assert "0" not in rows.values()
    assert "levels" in rows
    assert "formulas" not in rows
    assert last.startswith("Not in the table, since the study has no records for it: ")
    assert all(name in last for name in ("polls", "formulas", "feeling and events"))
    assert "levels" not in last
