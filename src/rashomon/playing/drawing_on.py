"""Lists of wants drawn from the statements of a study: what is recorded of an actor, for and against each condition of a game.

The rule is "Lists built from the study" in ``docs/reference/games.md``. Records say what was wanted, and hardly ever what was
wanted more: so the order within a built list is free, but that a minimum comes before the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rashomon.playing.games import Built, Preferences, Seen
from rashomon.study import NO_STANCE, Condition, Path, StudyData, parse_condition

RULE: Final = "lists built from the study"
"""The name of the rule, as results give it."""

WANTING: Final = frozenset({"wants", "demands", "minimum", "proposes", "intends", "accepts"})
SHUNNING: Final = frozenset({"rejects", "avoids"})
HOLDING: Final = frozenset({"believes", "asserts", "expects", "fears"})
"""Verbs of those before the last actor: how a viewer holds what another wants."""

FOR, LEAST, AGAINST, SILENT = 1, 2, -1, 0

Claim = tuple[str, str]
"""A topic and a stance on it, each as the study writes it."""


@dataclass(frozen=True)
class Grounds:
    """What of a study bears on a game. ``means``: by condition, in order, the claims that speak of it; ``stands_for``: by actor
    whose records count as its own; ``days``: the first and last day of the game, None where it has no date.
    """

    means: Mapping[str, frozenset[Claim]]
    stands_for: Mapping[str, tuple[str, ...]]
    days: tuple[int, int] | None

    def names(self, actor: str) -> frozenset[str]:
        """Under which names the study records what is the actor's."""
        return frozenset({actor, *self.stands_for.get(actor, ())})


@dataclass(frozen=True)
class Drawn:
    """A built list, with the ids of the statements behind each of its entries."""

    wanted: Preferences
    evidence: Mapping[str, tuple[str, ...]]
    first: int

    def built(self, path: Seen, actor: str) -> Built:
        """What is said of the list beside it."""
        return Built(path, actor, self.first, frozenset(one for one in self.evidence if entry(one, False) in self.evidence))


def draw_wants(study: StudyData, grounds: Grounds, path: Seen, actor: str) -> Drawn:
    """What the viewers of a path took an actor to want, by their statements; of the path (), what it wanted, by its own.

    As of a day: of an actor's own wants what was open by then; of views what was held by then, known to others or not. The list
    is empty where nothing is recorded.
    """
    statements = study.statements
    rows = study.held_rows() if path else study.open_rows("statements")
    asked = [grounds.names(one) for one in (*path, actor)]
    sign = statements.path.each(lambda one: speaks(one, asked), np.int8, SILENT)[rows]
    near = sign != SILENT
    if grounds.days is not None:
        near &= (statements.when_lo[rows] <= grounds.days[1]) & (statements.when_hi[rows] >= grounds.days[0])
    said = sorted(
        (int(statements.when_lo[row]), statements.id[row], (statements.topic.of(row).text, _stance(study, row)), how)
        for row, how in zip(rows[near].tolist(), sign[near].tolist(), strict=True)
    )
    return list_wants(grounds.means, [(name, claim, how) for _, name, claim, how in said])


def _stance(study: StudyData, row: int) -> str:
    return study.statements.stance.get(row, NO_STANCE).text


def speaks(path: Path, asked: Sequence[frozenset[str]]) -> int:
    """Whether statements of a path tell that the last of those ``asked`` wants something, as those before take it to be.

    FOR, LEAST (for, as its minimum), AGAINST, or SILENT. ``asked`` holds for each actor the names under which it is recorded.
    """
    if len(path.actors) != len(asked) or not all(map(frozenset.__contains__, asked, path.actors)):
        return SILENT
    if any(verb.negated or verb.name not in HOLDING for verb in path.verbs[:-1]):
        return SILENT
    verb = path.verb
    if verb.name in WANTING:
        return AGAINST if verb.negated else LEAST if verb.name == "minimum" else FOR
    return AGAINST if verb.name in SHUNNING and not verb.negated else SILENT


def list_wants(means: Mapping[str, frozenset[Claim]], said: Iterable[tuple[str, Claim, int]]) -> Drawn:
    """The list of what is ``said``: for each statement its id, its claim, and FOR, LEAST or AGAINST.

    What is said for a condition makes it an entry, what is said against it its opposite, and both where both is. Entries stand in
    the order of ``means``; those said to be a minimum, with their opposites, stand first. Each of these two groups is in doubt.
    """
    found: dict[str, list[str]] = {}
    least: set[str] = set()
    for name, claim, how in said:
        for text in (text for text, claims in means.items() if claim in claims):
            wanted = entry(text, how != AGAINST)
            found.setdefault(wanted, []).append(name)
            if how == LEAST:
                least |= {wanted, entry(wanted, False)}
    order = dict.fromkeys(entry(text, holds) for text in means for holds in (True, False))
    entries = sorted((one for one in order if one in found), key=lambda one: one not in least)
    first = sum(one in least for one in entries)
    groups = (tuple(range(first)), tuple(range(first, len(entries))))
    wanted_list = Preferences(tuple(entries), doubt=tuple(group for group in groups if len(group) > 1))
    return Drawn(wanted_list, {one: tuple(dict.fromkeys(found[one])) for one in entries}, first)


def entry(text: str, holds: bool) -> str:
    """A condition as an entry of a list, or its opposite, without double negation.

    >>> entry("!aid", True), entry("!aid", False), entry("aid & visit", False)
    ('!aid', 'aid', '!(aid & visit)')
    """
    inner = parse_condition(text)
    while inner.operator == "!":
        inner, holds = inner.parts[0], not holds
    return str(inner) if holds else str(Condition("!", (inner,)))
