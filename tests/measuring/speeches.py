"""Texts made for the tests of formula tracking."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from rashomon.study import Body, When
from studies import DECLARED, write_study

SERIES = (
    DECLARED.replace('"1980/2000"', '"1900/2000"')
    + """
[[series]]
id = "speeches"
name = "Speeches of the North"
"""
)
RITUAL = "we resolutely condemn the militarist circles which again threaten the peoples of the region"
_LETTERS = "bcdfghklmnprstvz"


def filler(seed: int, words: int = 60) -> str:
    """Sentences of words that recur nowhere."""
    rng = random.Random(seed)
    made = ["".join(rng.choice(_LETTERS) + rng.choice("aeiou") for _ in range(5)) for _ in range(words)]
    return ". ".join(" ".join(made[at : at + 12]).capitalize() for at in range(0, words, 12)) + "."


def body(name: str, day: int, text: str, language: str = "en") -> Body:
    """A text of one day."""
    when = When(day, day, False, False, str(day))
    return Body(name, "s", when, ("north",), ("north",), name, "book", "", text, language)


def study_of(root: Path, texts: Sequence[str], declared: str = SERIES, **more: Mapping[str, object]) -> Path:
    """A study whose series has one text for each year from 1950 on, known in that year; ``more`` by the id t1950, t1951 …"""
    rows = []
    for number, text in enumerate(texts):
        name, year = f"t{1950 + number}", 1950 + number
        (root / "texts").mkdir(parents=True, exist_ok=True)
        (root / f"texts/{name}.txt").write_text(text, encoding="utf-8")
        row = {
            "id": name,
            "series": "speeches",
            "when": str(year),
            "author": "north",
            "title": name,
            "known": f"{year}-12-31",
        }
        rows.append({**row, "file": f"texts/{name}.txt", **more.get(name, {})})
    return write_study(root, declared, texts=rows)
