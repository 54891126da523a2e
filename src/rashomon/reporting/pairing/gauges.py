"""The headline figures of one study, each with what it rests on, so that those of several can be set side by side."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any, Final

import numpy as np

from rashomon.reporting.telling import Telling
from rashomon.study import Estimate
from rashomon.study.clustered import clustered_share

LEVEL: Final = 0.9
NO_BAND: Final = "it has no band"

BELIEFS, IMAGES, MOVES, PACKAGES, NETWORKS, GAMES = (
    "Beliefs about the other", "Images of each other", "Moves and their readings", "Packages", "Discourse", "Games",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gauge:
    """One figure of one study: of which ``part`` of the frame, its ``measure`` and ``of`` what or whom.

    ``within`` names the side or period of a figure that has its like only within the study, and is then not compared. ``sources``
    are those of its records, ``because`` says why a band is missing, ``time`` of which period it is where it is of one alone.
    """

    part: str
    measure: str
    of: str
    within: str
    estimate: Estimate
    sources: tuple[str, ...]
    because: str = ""
    time: str = ""


def gauge(telling: Telling, alike: Mapping[str, str]) -> tuple[Gauge, ...]:
    """All figures that a study has the inputs for. ``alike``: qualities by the name under which they are compared."""
    made: tuple[Iterable[Gauge], ...] = (
        _beliefs(telling), _mirror(telling), _asymmetries(telling, alike), _facades(telling), _unread(telling), _unanswered(telling),
        _packages(telling), _polarised(telling), _windows(telling), _hung(telling),
    )  # fmt: skip
    return tuple(replace(one, because=_why(telling, one)) for some in made for one in some)


def _why(telling: Telling, one: Gauge) -> str:
    """Why a figure has no band, in words; "" where it has one."""
    return telling.names.prose(one.because) if math.isnan(one.estimate.low) else ""


# beliefs

_VERDICTS: Final = ("contradicted", "borne out")


def _beliefs(telling: Telling) -> Iterator[Gauge]:
    """Shares of the ledger's verdicts: of both main sides, and of each."""
    study, mains = telling.study, telling.mains
    rows = [row for row in telling.measures.misperceptions.rows if not row.forecast]
    groups = [("", mains), *((side, (side,)) for side in mains)]
    for side, holders in groups:
        mine = [row for row in rows if study.side_of(row.holder) in holders]
        decided = [row for row in mine if row.verdict in _VERDICTS]
        within = telling.names.short(side) if side else ""
        for verdict, some, of in (
            ("contradicted", decided, "of those decided"), ("undetermined", mine, "of all"),
        ):  # fmt: skip
            if some:
                yield _share(telling, f"beliefs {verdict}", of, within, [(row.verdict == verdict, row) for row in some])


def _share(telling: Telling, measure: str, of: str, within: str, rows: Sequence[tuple[bool, Any]]) -> Gauge:
    tellers = [sorted({telling.study.voice(source) for source in row.told_by}) or [""] for _, row in rows]
    number = {voice: place for place, voice in enumerate(sorted({voice for voices in tellers for voice in voices}))}
    each = [len(voices) for voices in tellers]
    hit, part = np.repeat([one for one, _ in rows], each), np.repeat([1 / told for told in each], each)
    cluster = np.array([number[voice] for voices in tellers for voice in voices])
    estimate = Estimate(*clustered_share(hit, cluster, LEVEL, part), LEVEL, len(rows), len(number))
    sources = tuple(sorted({source for _, row in rows for source in row.told_by}))
    return Gauge(BELIEFS, measure, of, within, estimate, sources, "told by one voice only")


# images


def _mirror(telling: Telling) -> Iterator[Gauge]:
    """The mirror-image index of the two main sides, in the period of which most is told."""
    rows = [row for row in telling.measures.mirror.rows if {row.one, row.other} == set(telling.mains)]
    if rows:
        row = max(rows, key=lambda one: (one.index.low == one.index.low, len(one.qualities), one.index.voices))
        yield Gauge(IMAGES, "mirror-image index", "", "", row.index, row.sources, row.because, telling.names.period(row.period))


def _asymmetries(telling: Telling, alike: Mapping[str, str]) -> Iterator[Gauge]:
    """By quality, how far apart the two main sides' images of each other lie, in the period of which most is told."""
    pair = {f"{one} of {other}" for one in telling.mains for other in telling.mains if one != other}
    best: dict[str, Any] = {}
    for row in telling.measures.asymmetries.rows:
        if row.kind == "mirror" and {row.of, row.against} == pair:
            held = best.get(row.topic)
            if held is None or (row.voices, row.n) > (held.voices, held.n):
                best[row.topic] = row
    for quality, row in best.items():
        of, time = alike.get(quality, quality), telling.names.period(row.period)
        yield Gauge(IMAGES, "how far images lie apart", of, "", apart(row.difference), row.sources, row.because, time)


def apart(difference: Estimate) -> Estimate:
    """A difference without its sign."""
    low, high = abs(difference.low), abs(difference.high)
    least = 0.0 if difference.low <= 0 <= difference.high else min(low, high)
    first, last = (least, max(low, high)) if low == low else (math.nan, math.nan)
    return Estimate(abs(difference.estimate), first, last, difference.level, difference.n, difference.voices)


def _facades(telling: Telling) -> Iterator[Gauge]:
    """How far the official tone of a main side toward the other stands from what its people hold, where most is told of it."""
    mains = set(telling.mains)
    whole = [row for row in telling.measures.facades.rows if row.by == "period"]  # as the images: no single year beside a period
    rows = [row for row in whole if {row.side, row.target} == mains and row.facade.n]
    if rows:
        row = max(rows, key=lambda one: (one.facade.low == one.facade.low, one.voices, one.n))
        time = telling.names.period(row.time)
        yield Gauge(IMAGES, "how far official tone stands from what is held", "", "", apart(row.facade), row.sources, row.because, time)


# moves, packages, discourse


def _unanswered(telling: Telling) -> Iterator[Gauge]:
    """The share of calls of one main side upon the other that were left without an answer, by answers on record and inferred.

    The ends of its band are the means of the sides' own: as wide as if they erred the same way.
    """
    mains = set(telling.mains)
    found = [row for row in telling.measures.catchball.rows if row.answers == "all" and {row.side, row.other} == mains]
    rows = [row for row in found if row.left.estimate == row.left.estimate and row.left.n]
    calls = sum(row.left.n for row in rows)
    if calls:
        mean, low, high = (sum(row.left.n * getattr(row.left, end) for row in rows) / calls for end in ("estimate", "low", "high"))
        voices = min(row.left.voices for row in rows)
        sources = tuple(sorted({source for row in rows for source in row.sources}))
        because = "; ".join(dict.fromkeys(row.because for row in rows if row.because)) or NO_BAND
        yield Gauge(MOVES, "calls left without an answer", "", "", Estimate(mean, low, high, LEVEL, calls, voices), sources, because)


def _unread(telling: Telling) -> Iterator[Gauge]:
    """The share of moves addressed to the main sides that they read, as bounds."""
    rows = [row for row in telling.measures.opportunities.rows if row.time == "all" and row.side in telling.mains and row.addressed]
    addressed = sum(row.addressed for row in rows)
    if addressed:
        low, high = sum(row.read for row in rows) / addressed, 1 - sum(row.passed_over for row in rows) / addressed
        sources = tuple(sorted({source for row in rows for source in row.sources}))
        bounds = Estimate(math.nan, low, high, 1.0, addressed, min(row.voices for row in rows))
        yield Gauge(MOVES, "moves read by whom they were addressed to", "bounds", "", bounds, sources)


def _packages(telling: Telling) -> Iterator[Gauge]:
    """How far proposals and agreements stood from what the main sides held, on average; packages are few and not drawn by chance."""
    found = telling.measures.packages
    rows = [row for row in found.packages if row.side in telling.mains and row.distance == row.distance]
    if rows:
        mean = Estimate(fmean(row.distance for row in rows), math.nan, math.nan, LEVEL, len(rows), 0)
        yield Gauge(PACKAGES, "distance of packages from the sides", "", "", mean, found.cite(), "packages are no sample")


def _polarised(telling: Telling) -> Iterator[Gauge]:
    answer = telling.measures.polarisation
    for row in answer.rows:
        yield Gauge(NETWORKS, "polarisation of layers", "", "", row.polarisation, answer.cite(), row.because)


# games


def _windows(telling: Telling) -> Iterator[Gauge]:
    """The share of years with a game in which an agreement was missed that would have come about had each seen truly."""
    rows = telling.plays.windows.rows
    if rows:
        missed = Estimate(fmean(row.verdict == "missed" for row in rows), math.nan, math.nan, LEVEL, len(rows), 0)
        yield Gauge(GAMES, "years in which misperception alone missed an agreement", "", "", missed, _of_games(telling), "years are no sample")


HUNG: Final[Mapping[str, Callable[[bool], bool]]] = {
    "failure that hung on misperception": lambda corrects: corrects,
    "failure that hung on wants, vetoes and means": lambda corrects: not corrects,
}
"""What a game's failure may hang on, by whether a departure corrects a view."""


def _hung(telling: Telling) -> Iterator[Gauge]:
    """Causal shares of corrected views, and of all other departures, on average over games, with their range over what is in doubt."""
    played = [one for one in telling.plays.games if one.shares is not None]
    if not played:
        return
    parts = [_by_kind(one) for one in played]
    for measure, wanted in HUNG.items():
        sums = [_together(rows, wanted) for rows in parts]
        mean, low, high = (fmean(one[k] for one in sums) for k in range(3))
        yield Gauge(GAMES, measure, "models", "", Estimate(mean, low, high, LEVEL, len(sums), 0), _of_games(telling))


def _together(rows: Sequence[tuple[bool, Estimate]], wanted: Callable[[bool], bool]) -> tuple[float, float, float]:
    """The shares of some departures added up, and their ends: no more than what the lower ends of the others leave of the whole."""
    mine, others = ([share for corrects, share in rows if wanted(corrects) is one] for one in (True, False))
    high = min(sum(share.high for share in mine), 1.0 - sum(max(share.low, 0.0) for share in others))
    mean = sum(share.estimate for share in mine)
    return mean, sum(share.low for share in mine), max(high, mean)


def _by_kind(played: Any) -> list[tuple[bool, Estimate]]:
    """Shares of a game's departures, each with whether it corrects a view."""
    corrects = {edit.id: type(edit.change).__name__ == "Correct" for edit in played.game.edits}
    owned: dict[str, list[str]] = {}
    for edit in played.game.edits:
        owned.setdefault(edit.by, []).append(edit.id)
    rows = played.shares.rows
    single = [(corrects[owned[row.owner][0]], row.share) for row in rows if not row.edit and len(owned.get(row.owner, ())) == 1]
    return single + [(corrects[row.edit], row.share) for row in rows if row.edit]


def _of_games(telling: Telling) -> tuple[str, ...]:
    return tuple(sorted({source for one in telling.plays.games for source in one.solution.cite()}))
