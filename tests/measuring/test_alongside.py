"""Work alongside other work: its result or its error comes out where it is asked for, and levels are those of their own."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path
from threading import Event, get_ident
from typing import NoReturn

import numpy as np
import pytest

import rashomon
from rashomon.errors import RashomonError, error
from rashomon.measuring import measure_all
from rashomon.measuring.levels.tracking import measure_levels
from rashomon.measuring.records.viewing import gather_views
from rashomon.measuring.whole import measures as whole
from rashomon.measuring.whole.alongside import alongside
from rashomon.study import open_study

ROOT = Path(__file__).parents[2]


def test_work_goes_on_while_something_else_is_done() -> None:
    go_on = Event()

    def waits() -> int:
        assert go_on.wait(60)  # would never come if it were not alongside
        return get_ident()

    found = alongside(waits)
    go_on.set()
    assert found() != get_ident()


def test_what_fails_alongside_raises_where_it_is_asked_for() -> None:
    def fails() -> NoReturn:
        raise error("R502", "Nothing can be reckoned.")

    found = alongside(fails)
    with pytest.raises(RashomonError, match="Nothing can be reckoned"):
        found()


def test_levels_measured_alongside_are_those_measured_by_themselves(worked: rashomon.Study) -> None:
    alone = measure_levels(worked.data, gather_views(worked.data))
    together = worked.measure().levels.rows
    assert any(row.drawn for row in alone)
    assert len(together) == len(alone)
    for one, other in zip(together, alone, strict=True):
        assert replace(one, estimates=()) == replace(other, estimates=())
        # where arrays lie in memory may turn the last digit of a sum
        found, expected = (np.array([astuple(each) for each in row.estimates]) for row in (one, other))
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_an_error_in_the_levels_is_an_error_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> NoReturn:
        raise error("R502", "Nothing can be reckoned.")

    monkeypatch.setattr(whole, "measure_levels", fails)
    with pytest.raises(RashomonError, match="Nothing can be reckoned"):
        measure_all(open_study(ROOT / "examples" / "kuril"))
