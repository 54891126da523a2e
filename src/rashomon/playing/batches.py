"""Many games on one graph: the views of a hypergame, the orders that a doubt leaves open, the edits of a what-if."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.playing.engine import play
from rashomon.playing.graphs import GMR, NASH, SEQ, SMR, Flags, Sanctions, Shape, check_ranks, check_shape


def stability_batch(
    shape: Shape,
    ranks: NDArray[np.int32],
    sanctions: Sanctions = "sequence",
    concepts: int = NASH | GMR | SMR | SEQ,
) -> Flags:
    """(b, n, S) flags of the games with ``ranks`` (b, n, S) on one shape, as :func:`stability` gives them one by one.

    Several games are played at once, each on one thread; :func:`memory_needed` is of one game. Raises what :func:`stability`
    does.
    """
    check_shape(shape)
    check_ranks(shape, ranks, (len(ranks), shape.players, shape.states))
    return play(shape, ranks, sanctions, concepts)[0]


def assured_batch(
    shape: Shape, ranks: NDArray[np.int32], sanctions: Sanctions = "sequence", concept: int = SEQ
) -> tuple[Flags, NDArray[np.int32]]:
    """Flags (b, n, S) of Nash and of one ``concept`` (GMR, SMR or SEQ), and the rank (b, n, S) that each player is sure to keep.

    A move of player i from s to t is worth it exactly if i is sure to keep more by t than its rank of s: no sanction then
    makes i regret it. Infeasible states have the least int32. Raises what :func:`stability` does, R003 for another concept.
    """
    check_shape(shape)
    check_ranks(shape, ranks, (len(ranks), shape.players, shape.states))
    if concept not in (NASH, GMR, SMR, SEQ):
        raise error(
            "R003", "A move is judged by one concept.", found=str(concept), allowed="NASH, GMR, SMR or SEQ",
            remedy="Name one of them.",
        )  # fmt: skip
    if concept == NASH:  # nobody looks ahead
        return play(shape, ranks, sanctions, NASH)[0], ranks
    return play(shape, ranks, sanctions, NASH | concept, assured=True)
