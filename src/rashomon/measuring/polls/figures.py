"""Doubtful figures: poll figures that cannot all be right, that differ between sources, or that look like one mistake.

A printed figure is an interval of shares: an exact one is as wide as its last printed digit is rounded, a bounded one
(``>``, ``<``, ``max``) is open to one side, and one given as about so much (``~``) reaches
:data:`~rashomon.measuring.polls.measuring.ABOUT` points either way. Three kinds of finding follow.

*impossible*
    No distribution of answers satisfies all: in one survey two intervals of one answer have no share in common, at least
    one of them a bound; or the least shares of answers that exclude each other sum to more than 100, beyond what rounding
    explains (half a unit of the last digit of each figure, and never less than :data:`ALLOWANCE` in all).
*differing*
    Two exact figures for the same answer, question, population and time differ by more than their rounding.
*suspect*
    The same numeral stands for opposite answers of one question in overlapping field times, as in "more than 30 percent
    did not" and "only 30 percent did"; or under two questions of one survey, where chance would hardly bring that about.
    Chance is reckoned as if each of a survey's figures fell anywhere on 0..100 alike: with ``m`` pairs of figures of
    different questions, printed to ``d`` decimals, ``m / (100 · 10^d)`` coincidences are expected, and at most
    :data:`COINCIDENCE` are allowed. Figures that a link says retell each other are suspect without that reckoning.

A finding says that the figures need looking at, not which of them is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeVar

from rashomon.measuring.polls.measuring import ABOUT, bounds, half_unit, has_view
from rashomon.study import Poll, PollQuestion, Result, StudyData
from rashomon.study.provenance import note

IMPOSSIBLE: Final = "impossible"
DIFFERING: Final = "differing"
SUSPECT: Final = "suspect"

ALLOWANCE: Final = 0.5
"""Percent by which exclusive answers may exceed 100 in any case."""
COINCIDENCE: Final = 0.01
"""Expected number of chance coincidences in a survey up to which the same numeral under two questions is suspect."""

_TINY = 1e-9
_BOUNDS = frozenset({">", "<", "max"})
_NEGATIONS = frozenset({"not", "no", "non", "does", "do", "did", "is", "are"})
_ANTONYMS = frozenset(
    frozenset(pair)
    for pair in (
        ("yes", "no"), ("for", "against"), ("good", "bad"), ("agree", "disagree"), ("agrees", "disagrees"),
        ("approve", "disapprove"), ("approves", "disapproves"), ("favourable", "unfavourable"), ("just", "unjust"),
        ("positive", "negative"), ("likes", "dislikes"), ("support", "oppose"), ("supports", "opposes"),
        ("trust", "distrust"), ("trusts", "distrusts"), ("better", "worse"), ("friendly", "unfriendly"),
    )
)  # fmt: skip

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure, in percent. ``half`` is half a unit of its last printed digit; ``lo``..``hi`` are days.

    ``change`` marks the difference of two shares, which is no share itself. Blank texts are "".
    """

    id: str
    survey: str
    question: str
    population: str
    answer: str
    share: float
    relation: str = "="
    half: float = 0.5
    lo: int = 0
    hi: int = 0
    base: str = ""
    pollster: str = ""
    source: str = ""
    place: str = ""
    change: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """The shares that the figure allows, within 0..100, rounding apart."""
        return bounds(self.share, self.relation)

    @property
    def rounding(self) -> float:
        """Percent by which rounding may have moved the figure; a bound in words is taken as it stands."""
        return 0.0 if self.relation in _BOUNDS else self.half

    @property
    def numeral(self) -> str:
        """The figure with its relation, as ``30``, ``>30`` or ``~30``."""
        sign = {"=": "", "max": "≤", "change": "change of "}.get(self.relation, self.relation)
        return f"{sign}{self.share:g}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A finding before it is put in words: its kind, the figures, and by how many points they miss each other."""

    kind: str
    figures: tuple[Figure, ...]
    gap: float
    why: str


# the core: figures in, conflicts out


def find_conflicts(
    figures: Sequence[Figure],
    exclusive: Callable[[str], bool] = lambda _: True,
    answers: Callable[[str], Sequence[str]] = lambda _: (),
    retold: Iterable[tuple[str, str]] = (),
) -> tuple[Conflict, ...]:
    """All conflicts among figures, in an order that does not depend on theirs.

    ``exclusive`` tells of a question whether only one answer could be chosen, ``answers`` which were offered; ``retold``
    are pairs of ids that are said to retell one figure. O(n log n) for n figures, and linear in the pairs that share a
    numeral and a time.
    """
    ordered = sorted(figures, key=lambda one: one.id)
    pairs = _pairs(ordered, retold)
    shares = [one for one in ordered if not one.change]
    found = [
        *_impossible(shares, exclusive),
        *_differing(ordered, pairs),
        *_opposite(shares, answers),
        *_worded_twice(shares, pairs),
    ]
    unique = {(one.kind, tuple(figure.id for figure in one.figures)): one for one in found}
    rank = (IMPOSSIBLE, DIFFERING, SUSPECT)
    return tuple(sorted(unique.values(), key=lambda one: (rank.index(one.kind), one.figures[0].lo, one.figures[0].id)))


def contradict(one: Figure, other: Figure) -> float:
    """By how many points two figures for one answer of one survey miss each other; 0 where one share satisfies both."""
    (low, high), (least, most) = one.interval, other.interval
    gap = max(low - most, least - high) - one.rounding - other.rounding
    return gap if gap > _TINY else 0.0


def overfull(figures: Sequence[Figure]) -> tuple[tuple[Figure, ...], float]:
    """The fewest of these figures, of answers that exclude each other, that cannot stand together, and the points too much.

    No figures and 0 where some distribution satisfies the least share of every answer. Of several figures for one answer
    the largest least share counts.
    """
    most: dict[str, Figure] = {}
    for one in sorted(figures, key=lambda one: one.id):
        held = most.get(one.answer)
        if held is None or _least(one) > _least(held):
            most[one.answer] = one
    chosen: list[Figure] = []
    for one in sorted(most.values(), key=lambda one: (-_least(one), one.id)):
        chosen.append(one)
        total = sum(figure.interval[0] for figure in chosen)
        excess = total - 100.0 - max(ALLOWANCE, sum(figure.rounding for figure in chosen))
        if excess > _TINY:
            return tuple(chosen), total - 100.0
    return (), 0.0


def _least(figure: Figure) -> float:
    return figure.interval[0] - figure.rounding


def _impossible(figures: Sequence[Figure], exclusive: Callable[[str], bool]) -> Iterator[Conflict]:
    groups = _shared(figures, lambda one: (one.survey, one.question, one.population, one.base))
    for group in groups:
        for wave in waves(group):
            yield from _contradictions(wave)
            chosen, excess = overfull(wave) if exclusive(wave[0].question) else ((), 0.0)
            if chosen:
                told = ", ".join(f"{one.answer} {one.numeral}" for one in chosen)
                why = f"answers that exclude each other come to at least {100 + excess:g} percent: {told}"
                yield Conflict(IMPOSSIBLE, _by_id(chosen), excess, why)


def _contradictions(wave: Sequence[Figure]) -> Iterator[Conflict]:
    for group in _shared(wave, lambda one: one.answer):
        bounds = [one for one in group if one.relation in _BOUNDS]
        for bound in bounds:
            for other in group:
                gap = contradict(bound, other)
                if gap and (other.relation not in _BOUNDS or bound.id < other.id):
                    why = (
                        f"{bound.numeral} and {other.numeral} percent for one answer ({bound.answer}) cannot both hold"
                    )
                    yield Conflict(IMPOSSIBLE, _by_id((bound, other)), gap, why)


def _differing(figures: Sequence[Figure], retold: Sequence[tuple[Figure, Figure]]) -> Iterator[Conflict]:
    points = [one for one in figures if one.relation not in _BOUNDS]
    asked = _shared(points, lambda one: (one.question, one.population, one.answer, one.change))
    for group in asked:
        for bucket in _of_one_time(group):
            found = {figure for pair in combinations(bucket, 2) if _differ(*pair) for figure in pair}
            if found:
                yield _difference(found)
    for one, other in retold:
        same = (one.question, one.answer, one.change) == (other.question, other.answer, other.change)
        if same and contradict(one, other):
            yield _difference((one, other))


def _of_one_time(group: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """Figures for one answer that one survey, or one field time, has more than once; of figures that say the same, one
    for each source, so that pairs stay few.
    """
    buckets = [*_shared(group, lambda one: (one.lo, one.hi))]
    for survey in _shared(group, lambda one: one.survey):
        buckets += waves(survey)
    for bucket in buckets:
        kept = {
            (one.share, one.relation, one.pollster, one.base, one.survey, one.source): one for one in reversed(bucket)
        }
        if len(kept) > 1:
            yield _by_id(kept.values())


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures for one answer, question, population and time differ, and nothing that is known explains it."""
    asked_apart = one.survey != other.survey and _apart(one.pollster, other.pollster)
    return contradict(one, other) > 0 and not asked_apart and not _apart(one.base, other.base)


def _apart(one: str, other: str) -> bool:
    """Whether two cells are both filled, and differ."""
    return bool(one and other and one != other)


def _difference(figures: Collection[Figure]) -> Conflict:
    found = _by_id(figures)
    shares = [one.share for one in found]
    sources = {one.source for one in found}
    told = ", ".join(dict.fromkeys(one.numeral for one in sorted(found, key=lambda one: one.share)))
    who = f"{len(sources)} sources print" if len(sources) > 1 else "one source prints"
    return Conflict(
        DIFFERING, found, max(shares) - min(shares), f"{who} {told} for the same answer ({found[0].answer})"
    )


def _opposite(figures: Sequence[Figure], answers: Callable[[str], Sequence[str]]) -> Iterator[Conflict]:
    for group in _shared(figures, lambda one: (one.question, one.population, one.share)):
        opposed = opposites(answers(group[0].question) or sorted({one.answer for one in group}))
        pairs = [
            (one, other)
            for one, other in _overlapping(group)
            if frozenset((one.answer, other.answer)) in opposed and _one_for_the_other(one, other)
        ]
        for part in _joined(pairs):
            told = ", ".join(f"{one.numeral} {one.answer}" for one in part)
            why = f"the same numeral, {part[0].share:g}, stands for opposite answers: {told}"
            yield Conflict(SUSPECT, part, float("nan"), why)


def _one_for_the_other(one: Figure, other: Figure) -> bool:
    """Whether one of two equal numerals for opposite answers may have been taken for the other.

    Not so where both are exact and stand in one place of one source, which then prints a tie, nor where different
    pollsters asked, or others were asked.
    """
    tie = one.relation == other.relation == "=" and (one.source, one.place) == (other.source, other.place)
    asked_apart = one.survey != other.survey and _apart(one.pollster, other.pollster)
    return not tie and not asked_apart and not _apart(one.base, other.base)


def opposites(answers: Sequence[str]) -> frozenset[frozenset[str]]:
    """Pairs of a question's answers that are each other's opposite.

    The two answers that remain when those without a view are set aside; and of any number, a pair of which one is the
    other negated, or whose words differ in one pair of antonyms.

    >>> sorted(map(sorted, opposites(("just", "unjust", "dont-know"))))
    [['just', 'unjust']]
    >>> opposites(("entrance", "simultaneous", "exit"))
    frozenset()
    """
    views = [one for one in answers if has_view(one)]
    if len(views) == 2:
        return frozenset({frozenset(views)})
    return frozenset(frozenset(pair) for pair in combinations(views, 2) if _negated(*pair))


def _negated(one: str, other: str) -> bool:
    first, second = (frozenset(answer.split("-")) for answer in (one, other))
    bare = (first - _NEGATIONS, second - _NEGATIONS)
    if (bool(first & {"not", "non"}) != bool(second & {"not", "non"})) and bare[0] == bare[1] and bare[0]:
        return True
    return frozenset(first ^ second) in _ANTONYMS and len(first - second) == 1


def _worded_twice(figures: Sequence[Figure], retold: Sequence[tuple[Figure, Figure]]) -> Iterator[Conflict]:
    for group in _shared(figures, lambda one: (one.survey, one.population)):
        for wave in waves(group):
            yield from _same_numeral(wave)
    for one, other in retold:
        asked = (one.question, one.answer) != (other.question, other.answer)
        if asked and not one.change and not other.change and one.share == other.share:
            yield _two_wordings((one, other), "a link says that the two retell one figure")


def _same_numeral(wave: Sequence[Figure]) -> Iterator[Conflict]:
    """Numerals that stand under two questions of one survey, where that would hardly happen by chance."""
    exact = [one for one in wave if one.relation == "="]
    each = {(one.question, one.answer, one.share): one for one in reversed(exact)}.values()
    counts: defaultdict[str, int] = defaultdict(int)
    for one in each:
        counts[one.question] += 1
    pairs = (len(each) ** 2 - sum(count**2 for count in counts.values())) / 2
    for group in _shared(each, lambda one: one.share):
        chance = pairs * 2 * max(one.half for one in group) / 100
        if len({one.question for one in group}) > 1 and chance <= COINCIDENCE + _TINY:
            yield _two_wordings(_by_id(group), f"chance would bring that about in {chance:.1%} of such surveys")


def _two_wordings(figures: Collection[Figure], reason: str) -> Conflict:
    found = _by_id(figures)
    told = ", ".join(f"{one.question} ({one.answer})" for one in found)
    why = f"the same numeral, {found[0].share:g}, stands under two questions, perhaps one in two wordings: {told}; {reason}"
    return Conflict(SUSPECT, found, float("nan"), why)


# times and groups


def waves(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures split by time so that those of one part can be of one wave: all their field times share a day.

    Times that overlap in a chain without a common day are split by equal field times instead. O(n log n).
    """
    chains: list[list[Figure]] = []
    reach = 0
    for one in sorted(figures, key=lambda one: (one.lo, one.hi, one.id)):
        if chains and one.lo <= reach:
            chains[-1].append(one)
        else:
            chains.append([one])
        reach = max(reach, one.hi) if len(chains[-1]) > 1 else one.hi
    split: list[list[Figure]] = []
    for chain in chains:
        common = max(one.lo for one in chain) <= min(one.hi for one in chain)
        split += [chain] if common else _grouped(chain, lambda one: (one.lo, one.hi))
    return split


def _overlapping(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """All pairs whose field times share a day; linear in the pairs once sorted."""
    open_: list[Figure] = []
    for one in sorted(figures, key=lambda one: (one.lo, one.hi, one.id)):
        open_ = [other for other in open_ if other.hi >= one.lo]
        yield from ((other, one) for other in open_)
        open_.append(one)


def _joined(pairs: Iterable[tuple[Figure, Figure]]) -> list[tuple[Figure, ...]]:
    """Figures joined by pairs, directly or through others; each part in order of id."""
    near: defaultdict[Figure, list[Figure]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    parts: list[tuple[Figure, ...]] = []
    done: set[Figure] = set()
    for start in near:
        part, ahead = set[Figure](), [start]
        while ahead:
            one = ahead.pop()
            if one not in done:
                done.add(one)
                part.add(one)
                ahead += near[one]
        if part:
            parts.append(_by_id(part))
    return parts


def _grouped(figures: Iterable[Figure], key: Callable[[Figure], K]) -> list[list[Figure]]:
    groups: defaultdict[K, list[Figure]] = defaultdict(list)
    for one in figures:
        groups[key(one)].append(one)
    return list(groups.values())


def _shared(figures: Iterable[Figure], key: Callable[[Figure], K]) -> list[list[Figure]]:
    """Groups of two figures or more."""
    return [group for group in _grouped(figures, key) if len(group) > 1]


def _by_id(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda one: one.id))


def _pairs(figures: Sequence[Figure], names: Iterable[tuple[str, str]]) -> list[tuple[Figure, Figure]]:
    of = {one.id: one for one in figures}
    return [(of[a], of[b]) for a, b in names if a in of and b in of]


# the measure


@dataclass(frozen=True, slots=True)
class DoubtfulFigures:
    """Figures that need looking at together.

    ``kind``: impossible, differing or suspect; ``because`` says why in words. ``polls`` are ids in order, and ``figures``,
    ``answers``, ``fielded`` and ``locators`` go with them. ``gap``: the points by which the figures miss each other, or
    their sum exceeds 100; NaN of suspect ones. ``n`` figures of ``voices`` independent voices.
    """

    kind: str
    because: str
    questions: tuple[str, ...]
    population: str
    polls: tuple[str, ...]
    figures: tuple[str, ...]
    answers: tuple[str, ...]
    fielded: tuple[str, ...]
    gap: float
    n: int
    voices: int
    sources: tuple[str, ...]
    locators: tuple[str, ...]


@dataclass(frozen=True)
class FigureFindings(Result[DoubtfulFigures]):
    """Findings about figures; impossible ones first, then differing, then suspect."""


def measure_figures(study: StudyData) -> FigureFindings:
    """Doubtful figures among the open polls of a study. Needs polls; poll questions that declare answers and ``multiple``
    make it sharper, and ``retells`` links between polls are used.
    """
    polls = {poll.id: poll for poll in study.polls.rows(study.open_rows("polls"))}
    figures = [figure for poll in polls.values() if (figure := figure_of(poll)) is not None]
    asked: dict[str, PollQuestion] = {one.id: one for one in study.declared.poll_questions}
    conflicts = find_conflicts(
        figures,
        lambda question: question in asked and not asked[question].multiple,
        lambda question: asked[question].answers if question in asked else (),
        _retold(study),
    )
    rows = tuple(_worded(study, one, polls) for one in conflicts)
    parameters: dict[str, object] = {"allowance": ALLOWANCE, "about": ABOUT, "coincidence": COINCIDENCE}
    sources = (poll.source for poll in polls.values())
    method = "interval arithmetic of printed shares"
    return FigureFindings(rows, note(study, method, parameters, None, len(polls), sources))


def figure_of(poll: Poll) -> Figure | None:
    """A poll's figure in percent; None for a level in points, or a ratio above 1, which are no shares."""
    change = poll.relation == "change"
    if poll.unit == "points" and not change:
        return None
    if poll.unit == "ratio" and (change or not 0 <= poll.share <= 1):
        return None
    scale = 100.0 if poll.unit == "ratio" else 1.0
    return Figure(
        id=poll.id, survey=poll.survey, question=poll.question, population=poll.population, answer=poll.answer,
        share=round(poll.share * scale, 10), relation=poll.relation, half=half_unit(poll.share, poll.printed) * scale,
        lo=poll.fielded.lo, hi=poll.fielded.hi, base=poll.base, pollster=poll.pollster, source=poll.source,
        place=poll.locator, change=change,
    )  # fmt: skip


def _retold(study: StudyData) -> list[tuple[str, str]]:
    links = study.links
    at = study.open_rows("links")
    at = at[links.kind.codes[at] == links.kind.code("retells")]
    return [(links.from_.of(i), links.to.of(i)) for i in at.tolist()]


def _worded(study: StudyData, conflict: Conflict, polls: dict[str, Poll]) -> DoubtfulFigures:
    rows = [polls[one.id] for one in conflict.figures]
    return DoubtfulFigures(
        kind=conflict.kind,
        because=conflict.why,
        questions=tuple(dict.fromkeys(row.question for row in rows)),
        population=rows[0].population,
        polls=tuple(row.id for row in rows),
        figures=tuple(one.numeral for one in conflict.figures),
        answers=tuple(row.answer for row in rows),
        fielded=tuple(row.fielded.text for row in rows),
        gap=round(conflict.gap, 9),
        n=len(rows),
        voices=study.independent_voices(row.source for row in rows),
        sources=tuple(sorted({row.source for row in rows})),
        locators=tuple(row.locator for row in rows),
    )
