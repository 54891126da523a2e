"""The statements of a study as a discourse: whose they are, on which side, in which document, and what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import listing
from rashomon.measuring.networks.projecting import unfit
from rashomon.measuring.networks.sides import Side, ids_of, side_taken
from rashomon.measuring.networks.uttering import SIDES, Scale, Utterances
from rashomon.measuring.records.layering import Layers
from rashomon.measuring.statistics.grouping import distinct
from rashomon.study import NO_STANCE, StudyData, When
from rashomon.study.vocabulary import MAX_DEPTH

Ints = NDArray[np.int64]

Of = Literal["own", "attributed"]
By = Literal["actor", "organisation", "layer", "side"]
OFS: Final[tuple[Of, ...]] = ("own", "attributed")
BYS: Final[tuple[By, ...]] = ("actor", "organisation", "layer", "side")
ELSEWHERE: Final = {"own": "a view of another's view", "attributed": "a view of the speaker's own"}
NO_BODY: Final = {
    "organisation": "a person of no organisation then, or of several",
    "layer": "of no layer then",
}
SEPARATOR: Final = " > "


@dataclass(frozen=True, slots=True)
class Choice:
    """Which statements: the speakers' ``own`` views, or those ``attributed`` to others; by whom they are told apart; from which
    sources, kinds of source and days, on which topics (all where empty). ``dna``: with levels as coders gave them.
    """

    of: Of = "own"
    by: By = "actor"
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    when: When | None = None
    dna: bool = False


@dataclass(frozen=True, eq=False)
class Gathered:
    """The statements, and how many were left out for which reason, the most first."""

    said: Utterances
    left_out: tuple[tuple[str, int], ...]


def gather(study: StudyData, choice: Choice) -> Gathered:
    """The discourse of a study's open statements; labels are in the order of the alphabet."""
    statements, rows = study.statements, _chosen(study, choice)
    first, group = distinct(statements.path.codes[rows], statements.topic.codes[rows], statements.stance.codes[rows])
    found = [_side(study, choice.of, int(row)) for row in rows[first]]
    labels, speaker = _speakers(study, choice, rows)
    reasons = sorted({*(one for one in found if isinstance(one, str)), NO_BODY.get(choice.by, "")})
    why = np.array([reasons.index(one) if isinstance(one, str) else -1 for one in found], np.int64)[group]
    nobody = np.array([not one for one in labels], np.bool_)[speaker]
    why = np.where((why < 0) & nobody, reasons.index(NO_BODY.get(choice.by, "")), why)
    kept = why < 0
    rows, group, speaker = rows[kept], group[kept], speaker[kept]
    topics, topic = _coded(["" if isinstance(one, str) else one.topic for one in found], group)
    scale, level = _scaled(found, choice.dna)
    actors, actor = _coded(labels, speaker)
    documents, document = _coded(statements.source.values, statements.source.codes[rows].astype(np.int64))
    days = study.declared.study.span
    passage, coder = _codings(study, rows)
    said = Utterances(
        actors=actors, topics=topics, documents=documents, scale=scale, actor=actor, topic=topic, level=level[group],
        document=document, first=np.clip(statements.when_lo[rows].astype(np.int64), days.lo, days.hi),
        last=np.clip(statements.when_hi[rows].astype(np.int64), days.lo, days.hi), passage=passage, coder=coder,
        weight=np.ones(len(rows)), row=rows.astype(np.int64),
    )  # fmt: skip
    counts = [(reasons[code], int(n)) for code, n in enumerate(np.bincount(why[~kept], minlength=len(reasons))) if n]
    return Gathered(said, tuple(sorted(counts, key=lambda one: (-one[1], one[0]))))


def _scaled(found: Sequence[Side | str], dna: bool) -> tuple[Scale, Ints]:
    """The levels of agreement of statements, and each one's code among them (n,), 0 where it has none.

    ``dna``: the levels that coders gave, which span what there is of them. R502 where some have levels, others two sides.
    """
    sides = [one for one in found if isinstance(one, Side)]
    graded = {one.level is not None for one in sides}
    if dna and len(graded) == 2:
        raise _of_both_kinds(sides)
    if True not in graded:
        return SIDES, np.array([int(isinstance(one, Side) and one.place > 0) for one in found], np.int64)
    pairs = {one: (one.level, one.level) if dna and one.level is not None else (one.place, one.amount) for one in sides}
    both = [(end, end) for end in SIDES.place.tolist()] if False in graded else []
    levels = sorted({*pairs.values(), *both})
    number = {pair: code for code, pair in enumerate(levels)}
    place, amount = np.array(levels, np.float64).T
    span = float(place[-1] - place[0]) if dna else SIDES.span
    return Scale(place, amount, span, True), np.array(
        [number[pairs[one]] if isinstance(one, Side) else 0 for one in found], np.int64
    )


def _of_both_kinds(sides: Sequence[Side]) -> Exception:
    """R502, to be raised by the caller: some have levels, others two sides."""
    told = [one.topic for one in sides if one.level is not None], [one.topic for one in sides if one.level is None]
    levels, two = (listing(sorted(set(one))) for one in told)
    return unfit("levels of agreement on some topics, two sides on others", "one of them, as DNA has, with compatible='dna'",
                 f"Leave out compatible, or ask for topics of one kind: with levels {levels}; with two sides {two}.")  # fmt: skip


def _chosen(study: StudyData, choice: Choice) -> Ints:
    statements = study.statements
    rows, kinds = study.open_rows("statements"), choice.kinds
    if choice.sources or choice.kinds:
        wanted = statements.source.each(
            lambda name: (
                (not choice.sources or name in choice.sources) and (not kinds or study.source(name).kind in kinds)
            ),
            np.bool_,
            False,
        )
        rows = rows[wanted[rows]]
    if choice.topics:
        first, group = distinct(statements.topic.codes[rows], statements.stance.codes[rows])
        spoken = (ids_of(statements.topic.of(row), statements.stance.get(row, NO_STANCE)) for row in rows[first].tolist())
        rows = rows[np.array([not one.isdisjoint(choice.topics) for one in spoken], np.bool_)[group]]
    if choice.when is not None:
        rows = rows[(statements.when_hi[rows] >= choice.when.lo) & (statements.when_lo[rows] <= choice.when.hi)]
    return rows.astype(np.int64)


def _side(study: StudyData, of: Of, row: int) -> Side | str:
    statements = study.statements
    path = statements.path.of(row)
    if (path.depth == 1) != (of == "own"):
        return ELSEWHERE[of]
    return side_taken(study, path, statements.topic.of(row), statements.stance.get(row, NO_STANCE))


def _speakers(study: StudyData, choice: Choice, rows: Ints) -> tuple[list[str], Ints]:
    """For each statement the number of its speaker among labels; a label is "" where there is none."""
    statements = study.statements
    days = statements.when_lo[rows].astype(np.int64)
    first, group = distinct(statements.path.codes[rows], *_turns(study, choice.by, rows, days))
    labels = []
    for place in first.tolist():
        actors, day = statements.path.of(int(rows[place])).actors, int(days[place])
        labels.append(_label(study, choice, actors, day, ""))
    several = {place for place, one in enumerate(labels) if not one} if choice.by == "organisation" else set()
    out = group.copy()
    for at in np.flatnonzero(np.isin(group, list(several))).tolist() if several else ():
        actors = statements.path.of(int(rows[at])).actors
        labels.append(_label(study, choice, actors, int(days[at]), statements.note[int(rows[at])]))
        out[at] = len(labels) - 1
    return labels, out


def _turns(study: StudyData, by: By, rows: Ints, days: Ints) -> list[Ints]:
    """What besides the path tells whom statements are of: nothing, the day, or the layers of its actors on that day."""
    if by == "organisation":
        return [days]
    if by != "layer":
        return []
    holders: dict[str, int] = {}
    paths = study.statements.path
    out = []
    for depth in range(MAX_DEPTH):
        read = {
            code: holders.setdefault(path.actors[depth], len(holders))
            for code, path in enumerate(paths.values)
            if path.depth > depth
        }
        table = np.array([read.get(code, -1) for code in range(len(paths.values))], np.int64)
        out.append(table[paths.codes[rows]])
    layers = Layers(study, list(holders))
    return [np.where(actor >= 0, layers.at(np.maximum(actor, 0), days), -1) for actor in out]


def _label(study: StudyData, choice: Choice, actors: Sequence[str], day: int, said: str) -> str:
    parts = [_part(study, choice.by, one, day, said if place == 0 else "") for place, one in enumerate(actors)]
    return SEPARATOR.join(parts) if all(parts) else ""


def _part(study: StudyData, by: By, name: str, day: int, said: str) -> str:
    if by == "actor":
        return name
    if by == "side" or study.is_side(name):
        return study.side_of(name)
    if by == "layer":
        layer = study.layer_of(name, day)
        return f"{study.side_of(name)} {layer}" if layer else ""
    return _organisation(study, name, day, said)


def _organisation(study: StudyData, name: str, day: int, said: str) -> str:
    """For whom an actor speaks on a day: a person for its organisation, and where it has several, for the one the note names."""
    actor = study.actor(name)
    if actor.kind != "person":
        return name
    of = [
        one.member_of
        for one in actor.roles
        if one.member_of and (one.span is None or one.span.lo <= day <= one.span.hi)
    ]
    groups = list(dict.fromkeys(of))
    if len(groups) > 1:  # an import from DNA writes there which one it was
        groups = [one for one in groups if f"organization: {study.name_of(one)}" in said.split("; ")]
    return groups[0] if len(groups) == 1 else ""


def _coded(labels: Sequence[str], codes: Ints) -> tuple[tuple[str, ...], Ints]:
    """The labels that occur, in order and each once, and for each code its place among them."""
    used = sorted({labels[code] for code in np.unique(codes).tolist()})
    place = {name: number for number, name in enumerate(used)}
    table = np.array([place.get(one, -1) for one in labels], np.int64)
    return tuple(used), table[codes] if len(codes) else np.zeros(0, np.int64)


def _codings(study: StudyData, rows: Ints) -> tuple[Ints, Ints]:
    """What several coders may have coded (n,): a passage, or the same words of a source; and who coded it (n,)."""
    statements = study.statements
    coder = statements.coder.codes[rows].astype(np.int64)
    if len(np.unique(coder)) < 2:
        return np.arange(len(rows)), np.zeros(len(rows), np.int64)
    keys: dict[tuple[object, ...], int] = {}
    sources = statements.source.codes[rows].tolist()
    where = zip(statements.passage.many(rows), statements.quote.many(rows), sources, rows.tolist(), strict=True)
    passage = [
        keys.setdefault((one,) if one else (source, quote) if quote else (row, row, row), len(keys))
        for one, quote, source, row in where
    ]
    return np.array(passage, np.int64), coder
