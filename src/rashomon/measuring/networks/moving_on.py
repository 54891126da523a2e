"""Networks through time, and the phases of a discourse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rashomon.measuring.networks.answers import Phases, Series, Slice, State
from rashomon.measuring.networks.as_dna import dna_frames
from rashomon.measuring.networks.ground import Ground, span_of
from rashomon.measuring.networks.projecting import Manner, dense, one_of, unfit
from rashomon.measuring.networks.spectra import CLEAR, DISTANCES, Distance, distances, states_of
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.networks.windowing import Frame, Moving, frames


def series_of(ground: Ground, moving: Moving, how: Manner) -> Series:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.series`."""
    said = ground.once(how)

    def again() -> Iterator[Frame]:
        return _frames(ground, said, moving, how)

    rows = tuple(_slice(frame, how) for frame in again())
    told = ground.note("discourse networks through time", how, said, moving)
    return Series(rows, told, _labels(said, how), ground.left_out, again)


def _frames(ground: Ground, said: Utterances, moving: Moving, how: Manner) -> Iterator[Frame]:
    return (dna_frames if ground.dna else frames)(said, moving, how)


def _labels(said: Utterances, how: Manner) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the rows and of the columns of every matrix."""
    rows = tuple(said.topics if how.mode == "topics" else said.actors)
    return rows, tuple(said.topics) if how.mode == "two-mode" else rows


def _slice(frame: Frame, how: Manner) -> Slice:
    matrix, one_mode = dense(frame.matrix), how.mode != "two-mode"
    ties = int(np.count_nonzero(np.triu(matrix, 1) if one_mode else matrix))
    nodes = len(frame.rows) + (0 if one_mode else len(frame.columns))
    return Slice(*span_of(frame.window), frame.n, nodes, ties, float(matrix.sum()))


def phases_of(ground: Ground, moving: Moving, how: Manner, distance: Distance) -> Phases:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.phases`."""
    one_of("distance", distance, DISTANCES)
    if distance == "spectral" and how.mode == "two-mode":
        raise unfit("spectral distances of two modes", "actors or topics", "Choose absolute distances, or one mode.")
    said = ground.once(how)
    rows, columns = map(len, _labels(said, how))
    found = [(span_of(one.window), one.n, one.full(rows, columns)) for one in _frames(ground, said, moving, how)]
    apart = distances([matrix for _, _, matrix in found], distance, ground.dna)
    made = states_of(apart)
    clear = made.silhouette >= CLEAR
    why = f"mean silhouette {made.silhouette:.2f}, below {CLEAR}"
    if made.silhouette != made.silhouette:
        why = "no differences to divide by"
    state = made.state.tolist()
    told = tuple(
        State(*span, n, now, place > 0 and now != state[place - 1])
        for place, ((span, n, _), now) in enumerate(zip(found, state, strict=True))
    )
    noted = ground.note("phases of a discourse", how, said, moving)
    noted = replace(noted, parameters=(*noted.parameters, ("distance", distance)))
    return Phases(told, noted, made.silhouette, "states" if clear else "undetermined", "" if clear else why,
                  tuple(map(tuple, apart.tolist())), ground.left_out)  # fmt: skip
