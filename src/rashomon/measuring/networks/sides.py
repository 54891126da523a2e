"""On which side of a topic a statement stands, and how far: the rule by which stances become agreement.

- A *quality* (``japan:peace-loving``): who sees it on the upper side of its scale's middle agrees, on the lower disagrees.
- An *issue* whose positions are placed: agrees above ½, disagrees below. One that is ordered but not placed: above and below
  the middle of the order. One with two positions and no order: who holds the first agrees, who holds the second disagrees.
- An issue whose positions have *levels* of agreement is graded: a statement stands at its level, between the lowest and the
  highest declared. It counts for its level where one is below zero, else for how far that lies from the middle of the scale;
  who stands in the middle takes no side, but is near to both.
- An issue of three positions or more without an order has no sides: each position is a topic of its own (``visits=soon``), with
  which its holders agree and those who reject it disagree.
- A *cause*: ``up`` agrees, ``down`` disagrees.

Else what lies in the middle, or nowhere on the scale, takes no side; nor does what is feared, passed over or overlooked. To
reject a stance is to take the other side only where there are two; else it does not say what is held. To accept one is to take
its side.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from rashomon.measuring.records.comparing import role
from rashomon.study import Issue, Path, Quality, Stance, StudyData, Topic

AGREES: Final = 1.0
DISAGREES: Final = -1.0

NO_STANCE_TAKEN: Final = "no stance on the topic"
MIDDLE: Final = "a stance in the middle, or nowhere on the scale"
SILENT: Final = "feared, passed over or overlooked"
REJECTED: Final = "rejects one stance of several"


class Side(NamedTuple):
    """Where a statement stands on a topic: its ``place`` from −1 to 1, the ``amount`` that it counts for (its place where there
    are two sides alone), and the ``level`` that its coder gave, if it is graded.
    """

    topic: str
    place: float
    amount: float
    level: int | None = None


def side_taken(study: StudyData, path: Path, topic: Topic, stance: Stance) -> Side | str:
    """Where a statement stands by its last actor's verb; or why it takes no side."""
    does = role(path.verb.name, path.verb.negated)
    if topic.kind == "record" or stance.kind == "none":
        return NO_STANCE_TAKEN
    if does in ("silent", "fears"):
        return SILENT
    if topic.kind == "issue":
        issue = study.issue(topic.issue)
        if issue.levels:
            return _at_level(issue, stance, does)
        if is_nominal(issue):
            if stance.kind != "position":
                return MIDDLE
            return _side(_at_position(issue.id, stance.value), DISAGREES if does == "shuns" else AGREES)
        sign, other = _of_position(issue, stance), len(issue.positions) == 2
    else:
        sign = _of_middle(stance.lo, stance.hi, 0.0)
        other = topic.kind == "quality" and _has_two(study.quality(topic.quality), stance)
    if sign == 0:
        return MIDDLE
    if does == "shuns":
        return _side(topic.text, -sign) if other else REJECTED
    return _side(topic.text, sign)


def _side(topic: str, sign: float) -> Side:
    return Side(topic, sign, sign)


def _at_level(issue: Issue, stance: Stance, does: str) -> Side | str:
    if stance.kind != "position":
        return MIDDLE
    level, levels = issue.levels[stance.value], sorted(issue.levels.values())
    low, high = levels[0], levels[-1]
    if does == "shuns":
        if len(levels) != 2:
            return REJECTED
        level = low + high - level
    place = 2.0 * (level - low) / (high - low) - 1.0 if high > low else 0.0
    return Side(issue.id, place, float(level) if low < 0 else level - (low + high) / 2.0, level)


def _at_position(topic: str, position: str) -> str:
    return f"{topic}={position}"


def topic_ids(study: StudyData) -> list[str]:
    """The topics that a discourse may be asked for: all issues, each position of one that has no sides, and the qualities and
    causes on which there are statements.
    """
    issues = study.declared.issues
    positions = [_at_position(one.id, position.id) for one in issues if is_nominal(one) for position in one.positions]
    spoken = [one.text for one in study.statements.topic.values if one.kind in ("quality", "cause")]
    return [*(one.id for one in issues), *positions, *sorted(spoken)]


def ids_of(topic: Topic, stance: Stance) -> set[str]:
    """The ids of topics by which a statement with this stance may be asked for."""
    return {topic.text, _at_position(topic.text, stance.value)}


def is_nominal(issue: Issue) -> bool:
    """Whether an issue has neither places nor an order, and more than two positions."""
    return not (issue.ordered or len(issue.positions) == 2 or any(one.at is not None for one in issue.positions))


def _of_position(issue: Issue, stance: Stance) -> int:
    if any(one.at is not None for one in issue.positions):
        return _of_middle(stance.lo, stance.hi, 0.5)
    names = [one.id for one in issue.positions]
    if stance.kind != "position":
        return 0
    place = names.index(stance.value) - (len(names) - 1) / 2
    rising = int(place > 0) - int(place < 0)
    return rising if issue.ordered else -rising


def _of_middle(lo: float, hi: float, middle: float) -> int:
    """+1 where an interval lies above, −1 below, 0 where it straddles the middle or is unknown."""
    return int(lo >= middle and hi > middle) - int(hi <= middle and lo < middle)


def _has_two(quality: Quality, stance: Stance) -> bool:
    """Whether there is one other word than this on the quality's scale."""
    return len(quality.scale) == 2 or (not quality.scale and stance.value in ("absent", "present"))
