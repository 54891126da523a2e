"""Outcomes: how right a coder proved in this study, by what people decided of its proposals.

Right is what the person who decided let stand: the path, the topic or the stance of a proposal that is now in
``statements.csv`` as it was proposed. Of what was rejected, or taken in and later taken out, nothing is right.

Who decides first what looks clear, or of interest, learns nothing of the rest. Proposals therefore have an order that is drawn
once and that nothing in them can sway (:func:`~rashomon.coding.proposal_files.drawn_order`). The longest run from its
beginning in which all are decided is a random sample of all that the coder proposed, whatever else was decided; the shares
are of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

import numpy as np

from rashomon.coding.aligning import Coding, of_statement
from rashomon.coding.grounding import Ground, ground_of
from rashomon.coding.proposal_files import OPEN, TAKEN, drawn_order, require_proposals
from rashomon.coding.scoring import ASKED, LEAST
from rashomon.study import Estimate, Result, Statement, StudyData
from rashomon.study.aside import proposals_of
from rashomon.study.clustered import clustered_share
from rashomon.study.provenance import note

METHOD: Final = "shares of a random sample of proposals, their bands clustered by document (Korn & Graubard 1998)"
_MOST_LEVELS: Final = 8
"""More certainties than this are taken together by tenths."""
Verdict = Literal["too sure", "too modest", "not contradicted", "undetermined"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the proposals whose ``by`` (certainty, depth, language; all, for "all") is ``of``.

    ``n`` proposals in ``documents``. ``path``, ``topic`` (path and topic), ``stance`` (path, topic and stance, of those that
    told one) and ``whole`` (path, verbs, topic, time and any stance): the shares that stand as they were proposed. What a person
    had coded already counts as right in path and topic, and is not asked about the rest. A share of fewer than ten is NaN; a
    band is given of what was drawn, and stands in two documents or more. ``certainty``: what the coder said in the mean, NaN
    where it said nothing; ``verdict``: whether the band of path and topic lies below it (too sure), above it (too modest) or
    holds it (not contradicted); ``because``: why that is undetermined.
    """

    by: str
    of: str
    n: int
    documents: int
    path: Estimate
    topic: Estimate
    stance: Estimate
    whole: Estimate
    certainty: float
    verdict: Verdict
    because: str


@dataclass(frozen=True)
class Outcomes(Result[Outcome]):
    """Outcomes of a coder's proposals; the first row is of all.

    Of ``proposals`` so many were ``decided``; those ``adjudicated`` stand beside them and are not counted. ``drawn``: how many
    from the beginning of the drawn order are decided without a gap. The rows are of these where they are ten or more
    (``random``), else of all that was decided, and then undetermined: what somebody picked does not stand for the rest.
    """

    coder: str = ""
    proposals: int = 0
    decided: int = 0
    adjudicated: int = 0
    drawn: int = 0
    random: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """A proposal that was decided, and what of it was right; None where that is not known."""

    document: str
    depth: int
    language: str
    certainty: float
    path: bool
    topic: bool
    stance: bool | None
    whole: bool | None


_ASKED: Final = ("path", "path + topic", "path + topic + stance")
_READ: Final[tuple[Callable[[_Case], bool | None], ...]] = (
    lambda one: one.path, lambda one: one.topic, lambda one: one.stance, lambda one: one.whole,
)  # fmt: skip


def outcomes(study: StudyData, coder: str, *, level: float = 0.9) -> Outcomes:
    """What became of a coder's proposals; ``level``: the probability of the bands.

    R004 where it proposed nothing; RashomonError with the faults of its file.
    """
    (table,) = proposals_of(study, require_proposals(study.root, coder))
    every = table.rows()
    listed = {one.id: one for one in every if not (one.status == OPEN and one.id in study.settled.aside)}
    entered = study.index.places(list(listed))
    now = {
        name: of_statement(study.statements.row(row)) for name, (kind, row) in entered.items() if kind == "statements"
    }
    done = {name: one for name, one in listed.items() if one.status != OPEN or name in now}
    run = list(takewhile(done.__contains__, drawn_order(listed)))
    random = len(run) >= LEAST
    taken = [done[name] for name in (run if random else done)]
    cases = _cases(study, taken, now)
    origin = note(study, METHOD, {"least": LEAST, "level": level}, None, len(cases), {one.source for one in taken})
    rows = tuple(_row(by, of, those, random, level) for by, of, those in _parts(cases))
    return Outcomes(rows, origin, coder, len(listed), len(done), len(every) - len(listed), len(run), random)


def _cases(study: StudyData, decided: Sequence[Statement], now: Mapping[str, Coding]) -> list[_Case]:
    codings = [of_statement(one) for one in decided]
    ground = ground_of(study, codings)
    return [_case(one, coding, now.get(one.id), ground) for one, coding in zip(decided, codings, strict=True)]


def _case(one: Statement, proposed: Coding, now: Coding | None, ground: Ground) -> _Case:
    """One decided proposal beside the statement that it has become; None where it has become none."""
    passage = ground.passage(proposed)
    document, language = ground.document(proposed), "" if passage is None else passage.language
    told = one.stance.kind != "none"
    if one.status == TAKEN and now is None:
        return _Case(document, proposed.path.depth, language, one.certainty, True, True, None, None)
    path, topic, stance = (now is not None and read(now) == read(proposed) for read in map(ASKED.__getitem__, _ASKED))
    same = now is not None and (now.path, now.when) == (proposed.path, proposed.when)
    whole = same and topic and (stance or not told)
    return _Case(document, proposed.path.depth, language, one.certainty, path, topic, stance if told else None, whole)


def _parts(cases: Sequence[_Case]) -> Iterator[tuple[str, str, list[_Case]]]:
    """All cases, and those of each certainty, depth and language where there are several of the kind."""
    yield "all", "", list(cases)
    levels = {one.certainty for one in cases}
    kinds: Mapping[str, Callable[[_Case], str]] = {
        "certainty": lambda one: _level(one.certainty, fine=len(levels) <= _MOST_LEVELS),
        "depth": lambda one: str(one.depth),
        "language": lambda one: one.language,
    }
    for by, read in kinds.items():
        parts: dict[str, list[_Case]] = {}
        for one in cases:
            parts.setdefault(read(one), []).append(one)
        if len(parts) > 1:
            yield from ((by, of, parts[of]) for of in sorted(parts, reverse=by == "certainty") if of)


def _level(certainty: float, fine: bool) -> str:
    """A certainty as it is told; to the tenth, where a coder gives too many to tell each apart."""
    if math.isnan(certainty):
        return ""
    tenth = min(int(certainty * 10 + 1e-9), 9)
    return f"{certainty:.2f}" if fine else f"{tenth / 10:.1f}–{(tenth + 1) / 10:.1f}"


def _row(by: str, of: str, cases: Sequence[_Case], random: bool, level: float) -> Outcome:
    path, topic, stance, whole = (_share([(read(one), one.document) for one in cases], random, level) for read in _READ)
    said = [one.certainty for one in cases]
    certainty = sum(said) / len(said) if said else math.nan
    documents = len({one.document for one in cases})
    verdict, because = _verdict(topic, certainty, documents, random)
    return Outcome(by, of, len(cases), documents, path, topic, stance, whole, certainty, verdict, because)


def _share(told: Sequence[tuple[bool | None, str]], random: bool, level: float) -> Estimate:
    """The share of what is known to be right; with its band, clustered by document, where it is of a random sample."""
    known = [(right, document) for right, document in told if right is not None]
    if len(known) < LEAST:
        return Estimate(math.nan, math.nan, math.nan, level, len(known), 2)
    cluster = np.unique([document for _, document in known], return_inverse=True)[1]
    share, low, high = clustered_share(np.array([right for right, _ in known], np.bool_), cluster, level)
    return Estimate(share, low if random else math.nan, high if random else math.nan, level, len(known), 2)


def _verdict(right: Estimate, certainty: float, documents: int, random: bool) -> tuple[Verdict, str]:
    if right.n < LEAST:
        return "undetermined", f"fewer than {LEAST} decided"
    if not random:
        return "undetermined", "not drawn at random"
    if documents < 2:
        return "undetermined", "all in one document"
    if math.isnan(certainty):
        return "undetermined", "without a certainty"
    if right.low <= certainty <= right.high:
        return "not contradicted", ""
    return ("too sure" if right.high < certainty else "too modest"), ""
