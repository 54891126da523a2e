"""What is found of how the sides acted: policy lines, answers, aims, and games."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rashomon.reporting.document import Em, Finding, Inline, Text
from rashomon.reporting.findings.making import finding
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import band, day, join, number, unique
from rashomon.texts import count


def tension(telling: Telling) -> Finding | None:
    """Two policy lines in tension that a side held at once."""
    result = telling.measures.policies
    titles = {row.id: row for row in result.rows}
    tense = [one for one in result.overlaps if one.relation == "in tension"]
    if not tense:
        return None
    own = sorted(tense, key=lambda one: (not one.same_author, one.held != "both held", one.start))
    one = own[0]
    side = join(telling.names.short(name) for name in one.sides)
    text: Text = (
        f"{side} held two policy lines in tension at once: ",
        Em(titles[one.first].title), " and ", Em(titles[one.second].title),
        f", from {day(one.start)} to {day(one.end)} ({count(len(tense), 'such overlap')} in all).",
    )  # fmt: skip
    packages = unique(id_ for row in tense for name in (row.first, row.second) for id_ in titles[name].packages)
    return finding(telling, text, len(result.rows), "line", "policies", tense, records=packages)


def unanswered(telling: Telling) -> Finding | None:
    """Which of the two sides left more calls without an answer, where that is decided with inferred answers and without."""
    rows = [row for row in telling.measures.catchball.contests if {row.one, row.other} == set(telling.mains) and row.question == "unanswered"]
    if not rows or any(row.verdict != "differ" or row.more != rows[0].more for row in rows):
        return None
    sides = {row.side: row for row in telling.measures.catchball.rows if row.answers == "express" and {row.side, row.other} == set(telling.mains)}
    most, least = (sides[rows[0].more], sides[next(one for one in telling.mains if one != rows[0].more)])
    shares = [f"{row.fallen + row.standing} of {row.called - row.withdrawn}" for row in (most, least)]
    text: Text = (
        f"{telling.names.short(most.side)} left more calls of the other side without an answer on record: {shares[0]}, against {shares[1]} upon "
        f"{telling.names.short(least.side)}.",
    )
    return finding(telling, text, rows[0].n, "call", "catchball", rows)


def drift(telling: Telling) -> Finding | None:
    """Which means outlived the aim they were said to serve."""
    rows = telling.measures.goal_drift.rows
    drifted = [row for row in rows if row.verdict == "drift"]
    if not rows:
        return None
    names = telling.names
    counts = Counter(row.verdict for row in rows)
    if not drifted:
        text: Text = (f"Of {count(len(rows), 'means', 'means')} said to serve an aim, none is shown to have outlived it ({counts['undetermined']} cannot be told).",)
        return finding(telling, text, len(rows), "means", "goal-drift", settled=False)
    parts: list[Inline] = [f"{len(drifted)} of {count(len(rows), 'means')} said to serve an aim outlived it: "]
    for i, row in enumerate(drifted[:2]):
        parts += ["; " if i else "", Em(names.record(row.means)), ", which served ", Em(names.record(row.aim))]
    text = (*parts, ".")
    return finding(telling, text, len(rows), "means", "goal-drift", drifted)


def windows(telling: Telling) -> Finding | None:
    """How the conflicts modelled as games end, as played and had all seen truly."""
    first = {row.game: row for row in reversed(telling.plays.windows.rows)}
    rows = sorted(first.values(), key=lambda row: row.year)
    if not rows:
        return None
    by = {verdict: [row for row in rows if row.verdict == verdict] for verdict in ("reached", "missed", "closed", "undetermined")}
    parts = [
        f"{len(by['reached'])} {'ends' if len(by['reached']) == 1 else 'end'} in an agreement as played" if by["reached"] else "",
        _ends("without an agreement, where one would have come about had every side seen the game truly", by["missed"]),
        _ends("without an agreement, and would have done so even if every side had seen the game truly", by["closed"]),
        f"the end of {len(by['undetermined'])} hangs on premises in doubt ({_titled(by['undetermined'])})" if by["undetermined"] else "",
    ]
    said: Text = (f"Of {count(len(rows), 'conflict')} modelled as games that each side plays as it sees them, {join(one for one in parts if one)}.",)
    decided = len(by["undetermined"]) < len(rows)
    return finding(telling, said, len(rows), "game", "windows", rows, settled=decided)


def _ends(how: str, rows: Sequence[Any]) -> str:
    return f"{len(rows)} {'ends' if len(rows) == 1 else 'end'} {how} ({_titled(rows)})" if rows else ""


def _titled(rows: Sequence[Any]) -> str:
    return "; ".join(row.title for row in rows)


def causal_shares(telling: Telling) -> Finding | None:
    """On whose conduct an agreement hung most."""
    shared = [one for one in telling.plays.games if one.shares is not None and one.shares.rows]
    if not shared:
        return None
    decided = [(one, row) for one in shared if (row := foremost(one)) is not None]
    said = join(f"{one.game.title}: {telling.names.short(row.owner)} {number(row.share.estimate)} of 1, band {band(row.share)}" for one, row in decided)
    left = len(shared) - len(decided)
    parts = [
        f" In {len(decided)} it is clear ({said})." if decided else "",
        f" In {left} it changes with the premises in doubt, or with what counts as stable." if left else "",
    ]
    text: Text = (
        f"In {count(len(shared), 'game')} other conduct would have made an agreement surer. On whose conduct did that hang most? (A share of "
        f"the cause in the model, not of blame.){''.join(parts)}",
    )
    records = unique(name for one in shared for ids in one.game.evidence.values() for name in ids)
    first = decided[0][0] if decided else shared[0]
    return finding(telling, text, len(shared), "game", f"game-{first.game.id}", records=records, settled=bool(decided))


def foremost(played: Any) -> Any:
    """The share of the owner whose is the greatest over all that is in doubt and by every concept; None where that is nobody's."""
    owners = [row for row in played.shares.rows if not row.edit]
    least = [min(row.share.low, row.least) for row in owners]
    most = [max(row.share.high, row.most) for row in owners]
    found = [row for k, row in enumerate(owners) if all(least[k] > high for other, high in enumerate(most) if other != k)]
    return found[0] if found else None
