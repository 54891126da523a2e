"""Many games on one graph: the views of a hypergame, the orders that a doubt leaves open, the edits of a what-if."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
    return play(shape, ranks, sanctions, concepts)
