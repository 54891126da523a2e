"""What holds of every language that the rules read: proposals rest on their passage, and words hang on words up to a root."""

from __future__ import annotations

from coding_study import passage

from rashomon.coding.frames import Sentence
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Engine


def told(engine: Engine, text: str, heading: str = "", published: str = "") -> list[Proposal]:
    """What the rules propose of a text in their language."""
    found = engine.readings(passage(text, heading, published, engine.grammar.language))
    return [one for one in found if isinstance(one, Proposal)]


def stated(engine: Engine, text: str) -> list[tuple[str, str, str, str]]:
    """Path, verbs, topic and stance of what they propose."""
    return [(one.path, one.modality, one.topic, one.stance) for one in told(engine, text)]


def held(engine: Engine, text: str) -> set[tuple[str, str, str]]:
    """Path, verbs and topic of what they propose."""
    return {one[:3] for one in stated(engine, text)}


def hold_to_the_passage(engine: Engine, text: str) -> None:
    """Proposals quote their passage, have a verb for each of one to three actors, and are the same each time."""
    found = told(engine, text)
    assert found == told(engine, text)
    for one in found:
        assert one.quote == text[one.start : one.end]
        assert len(one.actors) == len(one.verbs) <= 3
        assert len(set(zip(one.actors, one.actors[1:], strict=False))) == len(one.actors) - 1
        assert 0 < one.certainty <= 1
        assert all(0 <= reason.start <= reason.end <= len(text) for reason in one.reasons)


def rises(sentence: Sentence, at: int) -> bool:
    """Whether the heads above a word lead to a root."""
    for _ in sentence.words:
        if sentence.words[at].head == at:
            return True
        at = sentence.words[at].head
    return False
