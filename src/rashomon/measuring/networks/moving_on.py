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
from rashomon.measuring.networks.windowing import Frame, Moving, frames


def series_of(ground: Ground, moving: Moving, how: Manner) -> Series:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.series`."""
    said = ground.once(how)

    def again() -> Iterator[Frame]:
        return (dna_frames if ground.dna else frames)(said, moving, how)

    rows = tuple(_slice(frame, how) for frame in again())
    labels = tuple(said.topics if how.mode == "topics" else said.actors)
    across = tuple(said.topics) if how.mode == "two-mode" else labels
    return Series(
        rows,
        ground.note("discourse networks through time", how, said, moving),
        (labels, across),
        ground.left_out,
        again,
    )


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
    found = series_of(ground, moving, how)
    rows, columns = map(len, found.nodes)
    apart = distances([one.full(rows, columns) for one in found.again()], distance, ground.dna)
    made = states_of(apart)
    clear = made.silhouette >= CLEAR
    why = f"mean silhouette {made.silhouette:.2f}, below {CLEAR}"
    if made.silhouette != made.silhouette:
        why = "no differences to divide by"
    state = made.state.tolist()
    told = tuple(
        State(one.start, one.middle, one.stop, one.n, now, place > 0 and now != state[place - 1])
        for place, (one, now) in enumerate(zip(found.rows, state, strict=True))
    )
    parameters = (*found.provenance.parameters, ("distance", distance))
    return Phases(told, replace(found.provenance, method="phases of a discourse", parameters=parameters), made.silhouette,
                  "states" if clear else "undetermined", "" if clear else why, tuple(map(tuple, apart.tolist())),
                  ground.left_out)  # fmt: skip
