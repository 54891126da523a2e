"""Graphs that cannot be played are refused, and so are games that would not fit; the kernels compile without a cache."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rashomon import compiling
from rashomon.errors import RashomonError
from rashomon.playing import (
    Graph,
    Shape,
    coalition_improvements,
    coalition_stability,
    memory_needed,
    require_memory,
    stability,
    stability_batch,
)

SOUND = Graph((0, 1), 2, 3, 3, None, np.zeros((2, 4), dtype=np.int32))
LOW = np.full((2, 4), -(2**31), dtype=np.int32)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("R801", {"feasible": np.zeros(4, dtype=np.bool_)}),
        ("R802", {"players": 3, "ranks": np.zeros((3, 4), dtype=np.int32)}),
        ("R803", {"ranks": np.zeros((2, 8), dtype=np.int32)}),
        ("R803", {"ranks": np.zeros((2, 4))}),
        ("R803", {"ranks": LOW}),
        ("R803", {"feasible": np.ones(3, dtype=np.bool_)}),
        ("R803", {"feasible": np.ones(4)}),
        ("R803", {"take": 4}),
        ("R803", {"drop": -1}),
        ("R803", {"owner": (0,) * 40}),
        ("R803", {"owner": ()}),
        ("R805", {"owner": (0, 2)}),
    ],
)
def test_a_graph_that_cannot_be_played_is_refused(code: str, broken: dict[str, object]) -> None:
    graph = replace(SOUND, **broken)  # type: ignore[arg-type]
    for call in (lambda: stability(graph), lambda: coalition_stability(graph, 1)):
        with pytest.raises(RashomonError) as caught:
            call()
        assert caught.value.fault.code == code
        assert caught.value.fault.found
        assert caught.value.fault.allowed
        assert caught.value.fault.remedy


def test_the_lowest_number_is_allowed_where_no_state_is() -> None:
    ranks = SOUND.ranks.copy()
    ranks[:, 3] = -(2**31)
    assert stability(replace(SOUND, ranks=ranks, feasible=np.array([True, True, True, False])))[:, :3].all()


@pytest.mark.parametrize("members", [0, 4, -1])
def test_a_coalition_is_of_players(members: int) -> None:
    with pytest.raises(RashomonError, match="R806"):
        coalition_stability(SOUND, members)


def test_arguments_that_are_not_known_are_refused() -> None:
    for call in (
        lambda: stability(SOUND, "both"),  # type: ignore[arg-type]
        lambda: coalition_stability(SOUND, 1, "both"),  # type: ignore[arg-type]
        lambda: stability(SOUND, concepts=0),
        lambda: stability(SOUND, concepts=32),
        lambda: coalition_improvements(SOUND, 1, 4),
        lambda: coalition_improvements(replace(SOUND, feasible=np.array([True, False, True, True])), 1, 1),
    ):
        with pytest.raises(RashomonError, match="R003"):
            call()


def test_a_batch_must_have_the_shape_of_its_graph() -> None:
    with pytest.raises(RashomonError, match="R803"):
        stability_batch(SOUND, np.zeros((3, 2, 8), dtype=np.int32))


def test_arrays_may_be_read_only_or_strided() -> None:
    ranks = np.random.default_rng(0).integers(0, 9, (2, 8)).astype(np.int32)
    fixed = ranks[:, ::2].copy()
    fixed.flags.writeable = False
    expected = stability(replace(SOUND, ranks=fixed.copy()))
    assert (stability(replace(SOUND, ranks=fixed)) == expected).all()
    assert (stability(replace(SOUND, ranks=ranks[:, ::2])) == expected).all()


def test_memory_is_told_before_anything_is_made() -> None:
    def of(options: int) -> Shape:
        full = (1 << options) - 1
        return Shape(tuple(o * 4 // options for o in range(options)), 4, full, full, None)

    assert 1.9 < memory_needed(of(21)) / memory_needed(of(20)) < 2.3
    assert memory_needed(of(20)) < 250 * 2**20
    assert memory_needed(of(24)) < 3 * 2**30
    require_memory(of(24), 3 * 2**30)
    with pytest.raises(RashomonError, match="R804") as caught:
        require_memory(of(30), 8 * 2**30)
    assert "GiB" in caught.value.fault.found


def test_kernels_compile_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "kept_in", lambda room: None)

    @compiling.compiled
    def doubled(x: int) -> int:
        return 2 * x

    assert doubled(21) == 42
