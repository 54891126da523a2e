"""A study of two periods, in each of which leaders of both sides are of one mind or of two."""

from __future__ import annotations

from pathlib import Path

from making import make, sources, spoken

from rashomon.study import StudyData

PERIODS = """
[[period]]
id = "then"
name = "Then"
when = "1970/1979"
[[period]]
id = "now"
name = "Now"
when = "1980/1989"
"""
TOPICS = ("b:peaceful", "b:strong", "land")


def said(source: str, year: int, agree: bool, start: int) -> list[dict[str, object]]:
    """Leaders of both sides on three topics, of one mind or of two."""
    rows = []
    for place, path in enumerate(("a-leader", "b-leader")):
        up = agree or not place
        for number, topic in enumerate(TOPICS):
            stance = ("give" if up else "keep") if topic == "land" else ("positive" if up else "negative")
            rows.append(spoken(start + 10 * place + number, year, stance, source, path=path, topic=topic))
    return rows


def turned(
    folder: Path, documents: int, then: bool, now: bool, declared: str = PERIODS, again: int = 1, one: int = 0
) -> StudyData:
    """So many documents in each of two periods, in which the leaders agree or not; each said ``again`` in as many years. One
    narrator tells the first ``one``.
    """
    names = [f"source-{n}" for n in range(2 * documents)]
    rows = [
        row
        for number, name in enumerate(names)
        for begin, agree in [(1970, then) if number < documents else (1980, now)]
        for year in range(again)
        for row in said(name, begin + year, agree, 100 * number + 20 * year)
    ]
    told = dict.fromkeys(names[:one], "teller")
    return make(folder, sources(*names, narrator=told) + declared, statements=rows)
