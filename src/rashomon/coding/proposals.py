"""What a coder makes of a passage: proposed statements, each with the words that made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rashomon.reading import Passage
from rashomon.study import StudyData, Verb


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a proposal is as it is: ``passage.text[start:end]`` made it, and ``says`` how.

    ``start == end`` where no words of the passage did (a time taken from a heading).
    """

    field: str
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that a coder proposes; a person accepts it, changes it, or rejects it.

    ``quote`` is ``passage.text[start:end]`` of the passage at ``address``. ``actors``: ids of one to three actors or sides.
    ``verbs``: one for each. ``topic``, ``stance``, ``when`` and ``about``: as cells of ``statements.csv``; ``stance`` is ""
    where the words leave it open, to be filled in at review. ``certainty``: the coder's, 0 to 1.
    """

    address: str
    start: int
    end: int
    quote: str
    actors: tuple[str, ...]
    verbs: tuple[Verb, ...]
    topic: str
    stance: str
    when: str
    about: str
    basis: str
    hedge: str
    extent: str
    certainty: float
    reasons: tuple[Reason, ...]

    @property
    def path(self) -> str:
        """The actors as a cell of ``statements.csv``."""
        return " > ".join(self.actors)

    @property
    def modality(self) -> str:
        """The verbs as a cell of ``statements.csv``."""
        return " > ".join(map(str, self.verbs))


class Coder(Protocol):
    """Anything that turns passages into proposals: rules, a classifier, a language model."""

    @property
    def name(self) -> str:
        """What stands in the column ``coder``."""
        ...

    @property
    def version(self) -> str:
        """Changed whenever the same passages may give other proposals."""
        ...

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        """Proposals passage by passage, in the order of their words."""
        ...


@runtime_checkable
class Dropping(Protocol):
    """A coder that counts what looked like a statement and was not proposed, by the reason why."""

    dropped: Counter[str]


@runtime_checkable
class Preparing(Protocol):
    """A coder that must know the study before it reads, or holds something open while it does."""

    def prepared(self, study: StudyData) -> AbstractContextManager[Coder]:
        """The coder that reads, for as long as the block lasts. What its version is may depend on the study."""
        ...
