"""Studies side by side: the same figures of each, and whether they can be told apart.

Only like is compared with like. A figure that one of the studies has nothing for is refused; one without a band, or whose
records mostly have no like in the other study, is shown and not compared; bands that overlap cannot be told apart. Nothing is ranked
but by bands that leave each other out, which of two 90 % bands is stricter than a test at one in ten; and where the frames behind
two figures differ beyond chance, that is said of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rashomon.errors import Fault, RashomonError, error, listing, suggest
from rashomon.reporting.pairing.frames import Frame, frame_of
from rashomon.reporting.pairing.gauges import LEVEL, NO_BAND, Gauge, gauge
from rashomon.reporting.pairing.likening import DIFFER, UNLIKE, Likeness, between, compare_frames, unlike_in_words
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import join
from rashomon.study import Estimate, Result
from rashomon.study.provenance import note
from rashomon.texts import count


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of one study, and the verdict on all studies' figures of its measure.

    ``estimate`` is NaN where the study has nothing for it (``n`` 0) and its band NaN where it has none, ``missing`` says why.
    ``time``: the period that it is of, where the study has one figure for each and this is that of which most is told.
    ``verdict``: told apart, cannot be told apart, refused, not compared; ``because`` says which stands above which, or why.
    """

    part: str
    measure: str
    of: str
    study: str
    within: str
    estimate: Estimate
    missing: str
    sources: tuple[str, ...]
    verdict: str
    because: str
    time: str = ""


@dataclass(frozen=True)
class Pairs(Result[Beside]):
    """Figures of several studies by measure, with each study's ``frames`` and the ``likeness`` of every two of them; ``skipped``:
    (folder, faults) of those left out.
    """

    frames: tuple[Frame, ...] = ()
    likeness: tuple[Likeness, ...] = ()
    skipped: tuple[tuple[str, tuple[Fault, ...]], ...] = ()


def set_beside(
    tellings: Sequence[Telling], alike: Sequence[str] = (), skipped: Sequence[tuple[str, tuple[Fault, ...]]] = ()
) -> Pairs:
    """The studies side by side. ``alike``: qualities that are one, as ``name=other`` (R575).

    R574 where no figure is on record in two of them.
    """
    names = _same(alike, [{one.id for one in telling.study.declared.qualities} for telling in tellings])
    frames = tuple(frame_of(one) for one in tellings)
    found = [{(one.part, one.measure, one.of, one.within): one for one in gauge(telling, names)} for telling in tellings]
    keys = list(dict.fromkeys(key for one in found for key in one))
    if not any(sum(key in one for one in found) > 1 for key in keys):
        raise error("R574", "The studies have no measure in common.", found=" / ".join(_measured(one) for one in found),
                    allowed="figures of one measure in two studies or more",
                    remedy="Record of each what is to be compared, or say which qualities are one: --alike NAME=OTHER.")  # fmt: skip
    likeness = compare_frames(tellings)
    rows = [row for key in keys for row in _rows(key, [one.get(key) for one in found], frames, likeness)]
    sources = {f"{row.study}/{source}" for row in rows for source in row.sources}
    method = "the same figures of each study; told apart where bands leave each other out"
    about = note(None, method, {"level": LEVEL, "alike": list(alike)}, None, sum(row.estimate.n for row in rows), sources)
    return Pairs(tuple(rows), about, frames, likeness, tuple(skipped))


def _measured(found: Mapping[tuple[str, str, str, str], Gauge]) -> str:
    return listing(dict.fromkeys(measure for _, measure, _, _ in found), 4) or "nothing"


def _same(alike: Sequence[str], qualities: Sequence[set[str]]) -> dict[str, str]:
    """Qualities by the name under which they are compared, from pairs ``name=other``."""
    known = sorted(set().union(*qualities))
    names: dict[str, str] = {}
    for given in alike:
        first, sep, other = (part.strip() for part in given.partition("="))
        if not sep or not first or not other or first == other:
            raise error("R575", "It cannot be read which qualities are one.", found=repr(given), allowed="NAME=OTHER",
                        remedy="Write two ids of qualities, such as --alike peace-loving=peaceful.")  # fmt: skip
        for name in (first, other):
            if name not in known:
                raise error("R575", "None of the studies has such a quality.", found=repr(name), allowed=listing(known),
                            remedy=suggest(name, known, "write the id of a [[quality]] of one of them."))  # fmt: skip
        root, gone = names.get(first, first), names.get(other, other)
        names |= dict.fromkeys([gone, *(name for name, kept in names.items() if kept == gone)], root)
    _require_one_each(names, qualities)
    return names


def _require_one_each(names: Mapping[str, str], qualities: Sequence[set[str]]) -> None:
    """R575 where two qualities of one study would be one: only one of their figures could be shown."""
    for mine in qualities:
        for kept in sorted(set(names.values())):
            both = sorted(one for one in mine if names.get(one, one) == kept)
            if len(both) > 1:
                raise error("R575", "One study has both of what are said to be one quality.", found=", ".join(both),
                            allowed="one of them in each study", remedy="Leave out one of the pairs NAME=OTHER.")  # fmt: skip


def _rows(
    key: tuple[str, str, str, str], gauges: Sequence[Gauge | None], frames: Sequence[Frame], likeness: Sequence[Likeness]
) -> list[Beside]:
    part, measure, of, within = key
    verdict, because = _verdict(within, part, gauges, frames, likeness)
    empty = Estimate(math.nan, math.nan, math.nan, LEVEL, 0, 0)
    return [
        Beside(
            part, measure, of, frame.study, within, one.estimate if one else empty, one.because if one else "nothing on record",
            one.sources if one else (), verdict, because, one.time if one else "",
        )
        for one, frame in zip(gauges, frames, strict=True)
        if one is not None or not within
    ]  # fmt: skip


def _verdict(
    within: str, part: str, gauges: Sequence[Gauge | None], frames: Sequence[Frame], likeness: Sequence[Likeness]
) -> tuple[str, str]:
    """What can be said of one measure in all studies."""
    if within:
        return "not compared", f"it is of {within} alone, and one side of a pair has no like in another"
    there = [(one, frame.study) for one, frame in zip(gauges, frames, strict=True) if one is not None]
    if len(there) < 2:
        missing = ", ".join(frame.study for one, frame in zip(gauges, frames, strict=True) if one is None)
        return "refused", f"nothing on record in {missing}"
    bandless = [f"{study}: {one.because or NO_BAND}" for one, study in there if math.isnan(one.estimate.low)]
    if len(there) - len(bandless) < 2:
        return "not compared", "; ".join(bandless)
    banded = [(one, study) for one, study in there if not math.isnan(one.estimate.low)]
    said = [_two(one, other, part, likeness) for one, other in combinations(banded, 2)]
    order = [text for kind, text in said if kind == "apart"]
    unlike = [text for kind, text in said if kind == "unlike"]
    rest = [*_differing([study for _, study in banded], part, likeness), *(f"without {one}" for one in bandless)]
    if order:
        return "told apart", "; ".join((*order, *unlike, *rest))
    if unlike and len(unlike) == len(said):
        return "not compared", "; ".join((*unlike, *rest))
    return "cannot be told apart", "; ".join(("the bands overlap", *unlike, *rest))


def _two(first: tuple[Gauge, str], second: tuple[Gauge, str], part: str, likeness: Sequence[Likeness]) -> tuple[str, str]:
    """What can be said of two figures: (apart, which is above), (overlap, ""), or (unlike, why)."""
    (one, mine), (other, theirs) = first, second
    unlike = next((row for row in between(likeness, mine, theirs, part) if row.verdict == UNLIKE), None)
    if unlike is not None:
        return "unlike", unlike_in_words(unlike)
    if one.estimate.low > other.estimate.high:
        return "apart", f"{mine} above {theirs}"
    if other.estimate.low > one.estimate.high:
        return "apart", f"{theirs} above {mine}"
    return "overlap", ""


def _differing(studies: Sequence[str], part: str, likeness: Sequence[Likeness]) -> Iterator[str]:
    """For every two studies, in what the frames behind their figures differ beyond chance."""
    for mine, theirs in combinations(studies, 2):
        traits = [row.trait for row in between(likeness, mine, theirs, part) if row.verdict == DIFFER]
        if traits:
            yield f"the frames of {mine} and {theirs} differ in {join(traits)}"


def require_several(folders: Sequence[str]) -> None:
    """R572 for fewer than two studies, R573 for one that is named twice."""
    if len(folders) < 2:
        raise error("R572", "There is nothing to compare with.", found=count(len(folders), "study", "studies"),
                    allowed="two studies or more", remedy="Name another study's folder besides.")  # fmt: skip
    twice = next((one for k, one in enumerate(folders) if one in folders[:k]), None)
    if twice is not None:
        raise error("R573", "A study is named twice.", found=repr(twice), allowed="each study once",
                    remedy="Leave one of the two out.")  # fmt: skip


def _within(folder: str, fault: Fault) -> Fault:
    """The fault with the folder of its study before its file, for several studies have files of one name."""
    file = fault.where.file
    return replace(fault, where=replace(fault.where, file=f"{folder}/{file}")) if file and file != folder else fault


Opened = tuple[str, Callable[[], Telling]]


def tell_each(opened: Sequence[Opened]) -> tuple[list[Telling], list[tuple[str, tuple[Fault, ...]]]]:
    """Each study told, and those that have faults; all faults where fewer than two are left, and R573 for two of one id."""
    told: list[Telling] = []
    skipped: list[tuple[str, tuple[Fault, ...]]] = []
    for folder, telling in opened:
        try:
            told.append(telling())
        except RashomonError as problem:
            skipped.append((folder, tuple(_within(folder, fault) for fault in problem.faults)))
    if len(told) < 2:
        raise RashomonError([fault for _, faults in skipped for fault in faults])
    require_several([one.study.declared.study.id for one in told])
    return told, skipped
