"""Studies of texts for the tests of the vocabulary of feeling: of invented ones, and of General Debate speeches where they
are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from rashomon.study import StudyData, open_study

DECLARED = """
[study]
id = "feeling"
title = "Two sides in the General Debate"
span = "1946/2024"

[[side]]
id = "japan"
name = "Japan"
names = { ja = "日本", ru = "Япония" }

[[side]]
id = "ussr"
name = "USSR/Russia"
names = { ja = "ソ連・ロシア", ru = "СССР/Россия" }

[[side]]
id = "usa"
name = "United States"

[[source]]
id = "debate"
title = "General Debate"
published = "2025"
kind = "dataset"

[[source]]
id = "press"
title = "Press"
published = "2025"
kind = "book"

[[series]]
id = "general-debate"
name = "General Debate"

[[period]]
id = "cold-war"
name = "Cold war"
when = "1957/1984"

[[period]]
id = "after"
name = "After"
when = "1985/2007"

[[period]]
id = "late"
name = "Late"
when = "2008/2024"
"""


def study_of(
    root: Path, texts: Iterable[tuple[str, str, str, str]], declared: str = DECLARED, feeling: str = ""
) -> StudyData:
    """A study whose texts are (id, when, author, words); a series may stand before the id (``a:id``). ``feeling``: its
    lexicon.
    """
    root.mkdir(parents=True, exist_ok=True)
    (root / "texts").mkdir(exist_ok=True)
    (root / "study.toml").write_text(declared, encoding="utf-8")
    if feeling:
        (root / "feeling.tsv").write_text(feeling, encoding="utf-8")
    with open(root / "texts.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "series", "when", "author", "title", "file", "source", "known"))
        for name, when, author, words in texts:
            of, _, ident = name.rpartition(":")
            path = f"texts/{ident}.txt"
            (root / path).write_text(words, encoding="utf-8")
            rows.writerow((ident, of or "general-debate", when, author, "", path, "debate", when[:4] if when else ""))
    return open_study(root)


def debate(root: Path, shared: Path) -> StudyData:
    """The General Debate speeches of both sides as a study."""
    sides = {"JPN": "japan", "RUS": "ussr"}
    texts = []
    for path in sorted((shared / "data" / "speeches" / "ungdc").glob("[JR]*.txt")):
        code, _, year = path.stem.split("_")
        texts.append(
            (f"t-{path.stem.lower().replace('_', '-')}", year, sides[code], path.read_text(encoding="utf-8-sig"))
        )
    return study_of(root, texts)
