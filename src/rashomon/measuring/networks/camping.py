"""Camps and coalitions of a discourse: how polarised it is, and who stands together, with what speaks for and against that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.answers import Coalitions, Member, Polarisation, Polarised
from rashomon.measuring.networks.as_dna import dna_pair_frames
from rashomon.measuring.networks.coalitions import Communities, communities
from rashomon.measuring.networks.ground import LEAST_DRAWS, LEVEL, NAN, Ground, span_of
from rashomon.measuring.networks.polarising import Sizes, Tables, camps_of, dna_tables, fitting_tables, most_camps
from rashomon.measuring.networks.projecting import Manner, dense, network, one_of, unfit
from rashomon.measuring.networks.resampling import quantiles
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.networks.windowing import Moving, Window, frames, windows

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pair = tuple[Window, Ints, Floats, Floats]
"""A window, who speaks in it, and their congruence and conflict."""

AVERAGED: Final = Manner("actors", "congruence", "average")
MOST_DIVISIONS: Final = 2000
"""Divisions into camps that are sought at most for intervals."""
MOST_PAIRS: Final = 4_000_000
"""Pairs of actors in all of these."""
CHANCES: Final = 50
"""Times that sides are dealt out anew."""
FIRM: Final = 0.5
"""How alike divisions must be (adjusted Rand index) for coalitions to be told of: by seed, and by documents drawn anew."""


def polarisation_of(ground: Ground, camps: int, sizes: Sizes, moving: Moving | None) -> Polarisation:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.polarisation`."""
    one_of("sizes", sizes, ("any", "equal"))
    if camps < 2:
        raise unfit(f"camps={camps}", "two or more", "Ask for more camps.")
    said = ground.once(AVERAGED)
    _require_actors(ground, said, camps, sizes)
    over = [_whole(said)] if moving is None else None if ground.dna else windows(said, moving)
    pairs = list(_pairs(ground, said, moving, over))
    drawn = _drawn(ground, moving, over, camps, sizes)
    rows = [
        _polarised(ground, said, pair, drawn if isinstance(drawn, str) else drawn[:, place], camps, sizes)
        for place, pair in enumerate(pairs)
    ]
    if moving is None and not ground.dna:
        rows = [replace(row, by_chance=_by_chance(ground, said, camps, sizes)) if row.camps else row for row in rows]
    told = ground.note(f"polarisation, {camps} camps of {sizes} size", AVERAGED, said, moving)
    return Polarisation(tuple(rows), told, ground.left_out)


def _require_actors(ground: Ground, said: Utterances, camps: int, sizes: Sizes) -> None:
    """R502 for more camps than all actors together can make; that they make no two is an answer, for none other can be asked."""
    actors = len(np.unique(said.actor[said.weight > 0]))
    most = max(2, most_camps(actors, sizes, _tables(ground)))
    if camps > most:
        raise unfit(
            f"camps={camps} of {actors} actors",
            "2" if most == 2 else f"2 to {most}: {'camps of two actors or more' if sizes == 'any' else 'camps of equal size'}",
            "Ask for fewer camps.",
        )


def _polarised(
    ground: Ground, said: Utterances, pair: Pair, drawn: Floats | str, camps: int, sizes: Sizes
) -> Polarised:
    window, actors, agree, oppose = pair
    best = camps_of(agree, oppose, camps, sizes, ground.seed, tables=_tables(ground))
    here = said.at((said.first <= window.stop) & (said.last >= window.start))
    documents = np.unique(here.document)
    if best is None:
        why = "too few actors, or no congruence or no conflict among them"
        value = 0.0 if ground.dna else NAN  # DNA calls it zero
        none = ground.estimate(value, (NAN, NAN), len(here), documents)
        return Polarised(*span_of(window), none, NAN, (), NAN, NAN, value, why)
    total = float(np.abs(agree).sum() + np.abs(oppose).sum())
    same = best.member[:, None] == best.member
    within = _share(agree[same], agree), _share(oppose[~same], oppose)
    raw, value = (best.value, best.value / total) if ground.dna else (NAN, best.value)
    band, because = (NAN, NAN), drawn if isinstance(drawn, str) else ""
    if not isinstance(drawn, str):
        band = _band(drawn)
        because = "" if band[0] == band[0] else "in too many samples of documents there is nothing to divide"
    told = ground.estimate(value, band, len(here), documents)
    groups = tuple(tuple(said.actors[one] for one in actors[best.member == camp].tolist()) for camp in range(camps))
    return Polarised(*span_of(window), told, NAN, groups, *within, raw, because)


def _share(part: Floats, whole: Floats) -> float:
    return float(part.sum() / whole.sum()) if np.any(whole) and np.all(whole >= 0) else NAN


def _tables(ground: Ground) -> Tables:
    return dna_tables if ground.dna else fitting_tables


def _by_chance(ground: Ground, said: Utterances, camps: int, sizes: Sizes) -> float:
    """The mean of the best divisions where sides are dealt out anew among the statements on each topic."""
    if CHANCES * len(said.actors) ** 2 > MOST_PAIRS:
        return NAN
    rng, places = np.random.default_rng(ground.seed), np.argsort(said.topic, kind="stable")
    found = []
    for _ in range(CHANCES):
        level = np.empty_like(said.level)
        level[places] = said.level[np.lexsort((rng.random(len(said)), said.topic))]
        for _, _, agree, oppose in _pairs(ground, replace(said, level=level), None, None):
            best = camps_of(agree, oppose, camps, sizes, ground.seed, starts=4)
            found += [] if best is None else [best.value]
    return float(np.mean(found)) if found else NAN


def _whole(said: Utterances) -> Window:
    first, last = int(said.first.min()), int(said.last.max())
    return Window(first, (first + last) // 2, last)


def _pairs(ground: Ground, said: Utterances, moving: Moving | None, over: Sequence[Window] | None) -> Iterator[Pair]:
    both = [Manner("actors", one, "average", ground.dna) for one in ("congruence", "conflict")]
    if moving is None:
        places = np.unique(said.actor[said.weight > 0])
        agree, oppose = (dense(network(said, one))[np.ix_(places, places)] for one in both)
        yield over[0] if over else _whole(said), places, agree, oppose
    elif ground.dna:
        for frame in dna_pair_frames(said, moving):
            yield frame.window, frame.rows, frame.matrix, frame.matrix
    else:
        for one, other in zip(*(frames(said, moving, how, over) for how in both), strict=True):
            yield one.window, one.rows, dense(one.matrix), dense(other.matrix)


def _drawn(
    ground: Ground, moving: Moving | None, over: Sequence[Window] | None, camps: int, sizes: Sizes
) -> Floats | str:
    """Polarisation (draws, windows) of documents drawn anew, NaN where there is none; or why it is not drawn."""
    if ground.no_interval or over is None:
        return ground.no_interval
    if moving is not None and moving.unit == "events":
        return "windows of statements are others in every sample of documents"
    actors = len(ground.gathered.said.actors)
    draws = min(ground.draws, MOST_DIVISIONS // len(over), MOST_PAIRS // (len(over) * actors**2))
    if draws < LEAST_DRAWS:
        return f"{len(over)} windows of up to {actors} actors are too many to draw documents anew for each"
    found = [
        [camps_of(agree, oppose, camps, sizes, ground.seed, starts=4) for _, _, agree, oppose in
         _pairs(ground, sample, moving, over)]
        for sample in ground.samples(AVERAGED, draws)
    ]  # fmt: skip
    return np.array([[NAN if one is None else one.value for one in row] for row in found])


def _band(drawn: Floats) -> tuple[float, float]:
    known = drawn[~np.isnan(drawn)]
    if len(known) < LEAST_DRAWS:
        return NAN, NAN
    low, high = quantiles(known, LEVEL)
    return float(low), float(high)


def coalitions_of(ground: Ground, how: Manner, resolution: float) -> Coalitions:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.coalitions`."""
    if not resolution > 0:
        raise unfit(f"resolution={resolution}", "more than 0; 1 is Newman's modularity", "Choose a larger one.")
    said = ground.once(how)
    made = dense(network(said, how))
    seeds = communities(made, ground.seed, resolution)
    drawn = None
    if not ground.no_interval:
        samples = (dense(network(one, how)) for one in ground.samples(how, ground.draws))
        drawn = communities(made, ground.seed, resolution, samples)
    band = (NAN, NAN) if drawn is None else _band(drawn.trials)
    n = np.bincount(said.actor, minlength=len(said.actors)).tolist()
    rows = tuple(
        Member(label, ground.name(label, "actor"), int(seeds.member[place]) + 1, n[place], float(seeds.kept[place]),
               float(drawn.kept[place]) if drawn else NAN)
        for place, label in enumerate(said.actors)
        if n[place]
    )  # fmt: skip
    because = _doubt(seeds, drawn, ground.no_interval)
    value = ground.estimate(seeds.modularity, band, len(said), np.unique(said.document))
    told, alike = ground.note("Leiden algorithm, modularity", how, said), drawn.alike if drawn else NAN
    return Coalitions(rows, told, value, seeds.alike, alike,
                      "undetermined" if because else "coalitions", because, ground.left_out)  # fmt: skip


def _doubt(seeds: Communities, drawn: Communities | None, why: str) -> str:
    """Why no coalitions can be told of; "" where they can."""
    if seeds.modularity != seeds.modularity:
        return "no ties"
    if not seeds.alike >= FIRM:
        return f"they hang on the seed (adjusted Rand index {seeds.alike:.2f})"
    if drawn is None:
        return f"how they hang on the documents is not known: {why}"
    return (
        "" if drawn.alike >= FIRM else f"they hang on which documents there are (adjusted Rand index {drawn.alike:.2f})"
    )
