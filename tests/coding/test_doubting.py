"""How sure a proposal is: less with every doubt, and nothing where more were wrong than right. All sentences are invented."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared, passage

from rashomon.coding.doubting import RIGHT
from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Dropped, Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")

FAR = "who had come a long way over the old hills with many bags and little rest,"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED))


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Anna Berg wanted the fishing rights.", 0),
        ("Anna Berg wanted the dam.", 1),  # one word
        ("Norway wanted the dam.", 2),  # and no name of a holder's own
        ("Norway did not want the dam.", 3),  # and denied
    ],
)
def test_certainty_is_the_share_of_those_with_as_many_doubts(engine: Engine, text: str, doubts: int) -> None:
    (found,) = engine.readings(passage(text))
    assert isinstance(found, Proposal)
    assert found.certainty == RIGHT[doubts]


def test_more_doubts_than_that_and_nothing_is_proposed(engine: Engine) -> None:
    found = list(engine.readings(passage(f"Norway, {FAR} did not want the dam.")))
    assert [one.why for one in found if isinstance(one, Dropped)] == ["in doubt"]
    assert len(found) == 1


def test_a_time_that_is_told_makes_nobody_surer_of_who_holds_what(engine: Engine) -> None:
    (dated,) = engine.readings(passage("In 1985 Anna Berg wanted the dam."))
    (undated,) = engine.readings(passage("Anna Berg wanted the dam."))
    assert isinstance(dated, Proposal)
    assert isinstance(undated, Proposal)
    assert dated.certainty == undated.certainty
