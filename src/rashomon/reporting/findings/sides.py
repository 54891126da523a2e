"""What is found where sides are set against each other: views, images, moods, words of feeling, camps."""

from __future__ import annotations

from typing import Any

from rashomon.reporting.document import Finding, Strong, Text
from rashomon.reporting.feelings import apart_in_feeling
from rashomon.reporting.findings.making import capital, finding
from rashomon.reporting.networking import group
from rashomon.reporting.telling import Telling, why
from rashomon.reporting.wording import band, join, number, signed, unique
from rashomon.texts import count


def asymmetries(telling: Telling) -> Finding | None:
    """Where the views of two sides stand apart, or why that cannot be told."""
    rows = [row for row in telling.measures.asymmetries.rows if row.kind != "layers"]
    apart = sorted((row for row in rows if row.verdict == "apart"), key=lambda row: -abs(row.difference.estimate))
    if not rows:
        return None
    if not apart:
        text: Text = (f"On none of {count(len(rows), 'comparison')} can the views of two sides be called apart or alike: {why(rows, 2)}.",)
        return finding(telling, text, len(rows), "comparison", "asymmetries", settled=False)
    said: Text = (*views_apart(telling), f": {_gap(telling, apart[0])}")
    return finding(telling, capital(said), len(rows), "comparison", "asymmetries", apart)


def views_apart(telling: Telling) -> Text:
    """On how many comparisons the sides stand apart: a sentence without its full stop; () where on none."""
    rows = [row for row in telling.measures.asymmetries.rows if row.kind != "layers"]
    apart = sorted((row for row in rows if row.verdict == "apart"), key=lambda row: -abs(row.difference.estimate))
    if not apart:
        return ()
    return (
        "the views of two sides stand clearly apart on ",
        Strong(f"{len(apart)} of {count(len(rows), 'comparison')}"),
        f", furthest on “{telling.names.topic(apart[0].topic)}” ({telling.names.period(apart[0].period)})",
    )


def _gap(telling: Telling, row: Any) -> str:
    names = telling.names
    both = f"{names.group(row.of)} {signed(row.first.estimate)}, {names.group(row.against)} {signed(row.second.estimate)}"
    scale = "0 to 1" if row.kind == "positions" else "−1 to 1"
    apart = f"difference {signed(row.difference.estimate)}, 90 per cent band {band(row.difference)}"
    return f"on a scale from {scale} {both}; {apart}"


def mirror(telling: Telling) -> Finding | None:
    """Whether the two images mirror each other."""
    mains = set(telling.mains)
    rows = [row for row in telling.measures.mirror.rows if {row.one, row.other} == mains]
    if not rows:
        return None
    decided = [row for row in rows if row.verdict != "undetermined"]
    if not decided:
        spread = join(f"{number(row.index.estimate)} in {telling.names.period(row.period)}" for row in rows[:3])
        text: Text = (f"Whether the two images mirror each other cannot be told in any of {count(len(rows), 'period')} (index {spread}).",)
        return finding(telling, text, len(rows), "period", "mirror", rows, settled=False)
    verbs = {"mirror": "mirrored each other", "not a mirror": "did not mirror each other"}
    said = join(
        f"{verbs.get(verdict, verdict)} in {join(_indexed(telling, row) for row in decided if row.verdict == verdict)}"
        for verdict in unique(row.verdict for row in decided)
    )
    left = len(rows) - len(decided)
    rest = f"; of {count(left, 'other period')} it cannot be told" if left else ""
    text = (f"The two sides’ images {said}{rest}. At 1 each sees in the other what the other sees in it, at 0 the opposite throughout.",)
    return finding(telling, text, len(rows), "period", "mirror", decided)


def _indexed(telling: Telling, row: Any) -> str:
    return f"“{telling.names.period(row.period)}” ({number(row.index.estimate)}, 90 per cent band {band(row.index)})"


def moods(telling: Telling) -> Finding | None:
    """Whether the moods that the study asks about were shared or staged; the decided ones, else why none is."""
    rows = [row for row in telling.measures.facades.rows if row.by == "mood" and {row.side, row.target} == set(telling.mains)]
    if not rows:
        return None
    named = {one.id: one.name for one in telling.study.declared.moods}
    decided = [row for row in rows if row.verdict != "undetermined"]
    if decided:
        said = join(f"{named[row.time]}, {telling.names.short(row.side)}: {row.verdict} ({telling.estimate(row.facade)})" for row in decided)
        return finding(telling, (f"Shared or staged? {said}.",), sum(row.n for row in decided), "view", "facade", decided)
    why = join(unique(telling.names.prose(row.because) for row in rows))
    text: Text = (f"Of {join(unique(named[row.time] for row in rows))} it cannot be told whether the mood was shared or staged: {why}.",)
    return finding(telling, text, sum(row.n for row in rows), "view", "facade", rows, settled=False)


def feeling(telling: Telling) -> Finding | None:
    """Which words of feeling one side uses more than the other."""
    said, rows = apart_in_feeling(telling)
    return finding(telling, said, sum(row.hits for row in rows), "word", "tab-feeling", rows) if rows else None


def camps(telling: Telling) -> Finding | None:
    """The two camps of the layers, where documents drawn anew would still divide them more than chance does."""
    row = next(iter(telling.measures.polarisation.rows), None)
    if row is None or row.because or not row.polarisation.low > row.by_chance:
        return None
    camps = [join(group(telling, one) for one in camp) for camp in row.camps]
    text: Text = (
        "The layers of the sides fall into ", Strong("two camps"), f": {camps[0]}, against {camps[1]} (polarisation "
        f"{telling.estimate(row.polarisation)}; sides dealt out by chance reach {signed(row.by_chance)}).",
    )  # fmt: skip
    found = row.polarisation
    return finding(telling, text, found.n, "statement", "networks", sources=telling.measures.polarisation.cite())
