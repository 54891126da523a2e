"""Views as arrays: every accepted stance with who holds it, about whom, when, and who tells it.

A poll share is a view of a population: if a share p of those asked chose the answer that is coded as the positive side of a
quality, the mean stance lies between 2p − 1 (all others hold the opposite) and p (all others hold nothing), and is kept as
that interval. Where the question has just two answers and the other's share q is printed too, it is (p − q) / (p + q): those
without an answer are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.comparing import role
from rashomon.measuring.statistics.averaging import POSITION, QUALITY, Scale
from rashomon.measuring.statistics.grouping import groups
from rashomon.study import OPEN_HI, OPEN_LO, Path, StudyData, Topic

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HOLDING: Final = ("goal", "claim")
"""Roles of verbs whose stance is the holder's own view; what is accepted, shunned or feared is not averaged with it."""

UNKNOWN_N: Final = 500
"""Respondents assumed of a poll that does not print them: on the low side, so that its error is on the wide side."""

DESIGN_EFFECT: Final = 1.7
"""By which the variance of a quota or cluster sample exceeds a simple one's (Kish 1965, *Survey Sampling*, ch. 8: 1.5 to 2)."""


@dataclass(frozen=True)
class Views:
    """n views, one array entry each; text columns hold codes into :attr:`words` (−1: none).

    ``depth`` 1..3; ``topic`` codes; ``quality``: code of the quality's name, −1 for issues; ``target``: side in which the
    quality is seen; ``holder``: who holds it; ``side``, ``layer``: of the holder at the start of the time; ``about``, ``third``:
    sides of the second and third actor of the path; ``lo``..``hi``: the stance's interval on its scale (NaN: unplaced);
    ``start``..``end``: days; ``within``: on some of the days only; ``error``: standard error of a poll; ``voice``, ``origin``,
    ``source``: codes (the origin is the source behind the source); ``ids``: record ids.
    """

    words: tuple[str, ...]
    ids: Sequence[str]
    depth: Ints
    topic: Ints
    quality: Ints
    target: Ints
    holder: Ints
    side: Ints
    layer: Ints
    about: Ints
    third: Ints
    lo: Floats
    hi: Floats
    start: Ints
    end: Ints
    within: NDArray[np.bool_]
    error: Floats
    poll: NDArray[np.bool_]
    voice: Ints
    origin: Ints
    source: Ints

    def __len__(self) -> int:
        return len(self.depth)

    @cached_property
    def in_order(self) -> tuple[NDArray[np.object_], Ints]:
        """The words in their order, and the place of each code's word in it."""
        words = np.array(self.words, object)
        order = np.argsort(words)
        place = np.empty(len(words), np.int64)
        place[order] = np.arange(len(words))
        return words[order], place
    def at(self, places: Ints) -> Views:
        """The views at these places."""
        arrays = {one.name: getattr(self, one.name)[places] for one in fields(self) if one.name not in ("words", "ids")}
        return Views(words=self.words, ids=[self.ids[place] for place in places.tolist()], **arrays)

    def word(self, code: int) -> str:
        """The text behind a code; "" for −1."""
        return self.words[code] if code >= 0 else ""


@dataclass(frozen=True, eq=False)
class Cell:
    """The views of one group on one topic: ``at`` are their places in ``views``."""

    views: Views
    at: Ints

    def __len__(self) -> int:
        return len(self.at)

    @cached_property
    def placed(self) -> Ints:
        """Places of the views that stand somewhere on the scale."""
        return self.at[~np.isnan(self.views.lo[self.at])]

    @property
    def scale(self) -> Scale:
        """The scale of the topic, that of all its views."""
        return QUALITY if self.views.quality[self.at[0]] >= 0 else POSITION

    @cached_property
    def middle(self) -> float:
        """Mean over voices of each voice's mean middle, so that a voice counts once; NaN where nothing is placed."""
        if not len(self.placed):
            return float("nan")
        _, at = np.unique(self.views.voice[self.placed], return_inverse=True)
        middles = (self.views.lo[self.placed] + self.views.hi[self.placed]) / 2
        return float((np.bincount(at, middles) / np.bincount(at)).mean())

    @property
    def voices(self) -> frozenset[int]:
        """Codes of the voices that tell it."""
        return frozenset(self.views.voice[self.at].tolist())

    @cached_property
    def records(self) -> tuple[str, ...]:
        """Ids of the records, in the order of the study."""
        return tuple(map(self.views.ids.__getitem__, self.at.tolist()))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources."""
        words, place = self.views.in_order
        return tuple(words[np.unique(place[self.views.source[self.at]])].tolist())


def cells(views: Views, at: Ints, *columns: Ints) -> Iterator[tuple[tuple[int, ...], Cell]]:
    """Group the views at ``at`` by code columns (n entries each); rows with a −1 in any are left out. Keys come in order."""
    at = at[np.all([column[at] >= 0 for column in columns], axis=0)]
    for key, places in groups(*(column[at] for column in columns)):
        yield key, Cell(views, np.sort(at[places]))


class Codes:
    """Numbers for words in order of first appearance."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        return self._of.setdefault(word, len(self._of)) if word else -1

    @property
    def words(self) -> tuple[str, ...]:
        """The words, by number."""
        return tuple(self._of)


@dataclass
class _Columns:
    """What :func:`gather_views` collects from one table, before the tables are joined."""

    ids: list[str]
    arrays: dict[str, NDArray[np.generic]]


def gather_views(study: StudyData) -> Views:
    """All accepted, open statements and poll shares of a study as views; linear in their number."""
    codes = Codes()
    parts = [_from_statements(study, codes), _from_polls(study, codes)]
    joined = {name: np.concatenate([part.arrays[name] for part in parts]) for name in parts[0].arrays}
    return Views(words=codes.words, ids=[name for part in parts for name in part.ids], **joined)


def _from_statements(study: StudyData, codes: Codes) -> _Columns:
    table = study.statements
    verb_ok = table.path.each(lambda path: role(path.verb.name, path.verb.negated) in HOLDING, np.bool_, False)
    at = np.flatnonzero(verb_ok & (table.stance.codes >= 0) & (table.about.codes < 0))
    at = np.intersect1d(at, study.open_rows("statements"), assume_unique=True)
    arrays = _perspective(study, table, at, codes)
    arrays |= {
        "lo": table.stance.each(lambda stance: stance.lo, np.float64, np.nan)[at],
        "hi": table.stance.each(lambda stance: stance.hi, np.float64, np.nan)[at],
        "error": np.zeros(len(at)),
        "voice": table.source.each(lambda source: codes(study.voice(source)), np.int64, -1)[at],
        "poll": np.zeros(len(at), np.bool_),
    }
    return _Columns([table.id[i] for i in at.tolist()], arrays)


def _from_polls(study: StudyData, codes: Codes) -> _Columns:
    table = study.polls
    quality = table.topic.each(lambda topic: topic.kind == "quality", np.bool_, False)
    share = table.unit.each(lambda unit: unit in ("percent", "ratio"), np.bool_, False)
    usable = (table.path.codes >= 0) & quality & share & table.relation.each(lambda r: r != "change", np.bool_, True)
    at = np.intersect1d(np.flatnonzero(usable), study.open_rows("polls"), assume_unique=True)
    least, most = _shares(study, at)
    low, high = 2 * least - 1, most
    against = _other_share(study, at)
    exact = ~np.isnan(against) & (least == most)
    with np.errstate(invalid="ignore", divide="ignore"):
        balance = (least - against) / (least + against)
    low, high = np.where(exact, balance, low), np.where(exact, balance, high)
    n = np.where(table.n[at] > 0, table.n[at], UNKNOWN_N).astype(np.float64)
    arrays = _perspective(study, table, at, codes)
    # a poll speaks with its pollster's voice, in however many pages it is printed
    pollster = table.pollster.each(codes, np.int64, -1)[at]
    told = table.source.each(lambda source: codes(study.voice(source)), np.int64, -1)[at]
    arrays |= {
        "lo": low,
        "hi": high,
        "error": 2 * np.sqrt(np.maximum(least * (1 - least), 0.01) * DESIGN_EFFECT / n),
        "voice": np.where(pollster >= 0, pollster, told),
        "poll": np.ones(len(at), np.bool_),
    }
    return _Columns([table.id[i] for i in at.tolist()], arrays)


def _shares(study: StudyData, at: NDArray[np.intp]) -> tuple[Floats, Floats]:
    table = study.polls
    whole = np.where(table.unit.each(lambda unit: unit == "percent", np.bool_, False)[at], 100.0, 1.0)
    return bounds_of_share(table.share[at] / whole, table.relation.each(str, object, "=")[at])


def _other_share(study: StudyData, at: NDArray[np.intp]) -> Floats:
    """The share of the opposite answer, 0..1, where a question has just two answers that exclude each other; else NaN."""
    table = study.polls
    two = {q.id for q in study.declared.poll_questions if len(q.answers) == 2 and not q.multiple}
    rows = [i for i in study.open_rows("polls").tolist() if table.question.of(i) in two]
    least, most = _shares(study, np.array(rows, dtype=np.intp))
    found: dict[tuple[str, str, str, str], float] = {}
    for i, low, high in zip(rows, least.tolist(), most.tolist(), strict=True):
        key = (table.survey.of(i), table.question.of(i), table.population.of(i), table.answer.of(i))
        found.setdefault(key, low if low == high else float("nan"))
    answers = {q.id: q.answers for q in study.declared.poll_questions if q.id in two}
    out = np.full(len(at), np.nan)
    for k, i in enumerate(at.tolist()):
        question, answer = table.question.of(i), table.answer.of(i)
        if question in two:
            other = next((a for a in answers[question] if a != answer), "")
            out[k] = found.get((table.survey.of(i), question, table.population.of(i), other), np.nan)
    return out


def bounds_of_share(p: Floats, relation: NDArray[np.object_]) -> tuple[Floats, Floats]:
    """Least and most that a printed share (0..1) can be, given its relation: exact, about (± 0.02), above, below, at most."""
    least = np.where(
        (relation == "<") | (relation == "max"), 0.0, np.where(relation == "~", np.maximum(p - 0.02, 0), p)
    )
    most = np.where(relation == ">", 1.0, np.where(relation == "~", np.minimum(p + 0.02, 1), p))
    return least.astype(np.float64), most.astype(np.float64)


def _perspective(study: StudyData, table: Any, at: NDArray[np.intp], codes: Codes) -> dict[str, NDArray[np.generic]]:
    """The columns that statements and polls share: who, about whom, on what, when."""

    @cache
    def side(name: str | None) -> int:
        return codes(study.side_of(name)) if name else -1

    def of_path(read: Callable[[Path], int]) -> Ints:
        return table.path.each(read, np.int64, -1)[at]  # type: ignore[no-any-return]

    def of_topic(read: Callable[[Topic], int]) -> Ints:
        return table.topic.each(read, np.int64, -1)[at]  # type: ignore[no-any-return]

    layer = _layers(study, table, at, codes)
    return {
        "depth": of_path(lambda path: path.depth),
        "topic": of_topic(lambda topic: codes(topic.text)),
        "quality": of_topic(lambda topic: codes(topic.quality)),
        "target": of_topic(lambda topic: side(topic.target)),
        "holder": of_path(lambda path: codes(path.holder)),
        "side": of_path(lambda path: side(path.holder)),
        "layer": layer,
        "about": of_path(lambda path: side(path.about)),
        "third": of_path(lambda path: side(path.actors[2]) if path.depth > 2 else -1),
        "start": table.when_lo[at].astype(np.int64),
        "end": table.when_hi[at].astype(np.int64),
        "within": table.when.each(lambda when: when.within, np.bool_, False)[at],
        "origin": _origins(table, at, codes),
        "source": table.source.each(codes, np.int64, -1)[at],
    }


def _layers(study: StudyData, table: Any, at: NDArray[np.intp], codes: Codes) -> Ints:
    """The layer of each holder at the start of the time, looked up once for each stretch of days with the same roles."""
    holders = Codes()
    holder = table.path.each(lambda path: holders(path.holder), np.int64, -1)[at]
    begins, layers = [], []
    for number, name in enumerate(holders.words):
        for day in _turns(study, name):
            begins.append(number * (OPEN_HI + 2) + day)
            layers.append(codes(study.layer_of(name, day) or ""))
    days = holder * (OPEN_HI + 2) + table.when_lo[at]
    found: Ints = np.array(layers, np.int64)[np.searchsorted(begins, days, "right") - 1]
    return found


def _turns(study: StudyData, name: str) -> list[int]:
    """The days on which the layer of an actor or side may change, the first of all days before them."""
    spans = [] if study.is_side(name) else [one.span for one in study.actor(name).roles if one.span is not None]
    return sorted({OPEN_LO, *(span.lo for span in spans), *(span.hi + 1 for span in spans)})


def _origins(table: Any, at: NDArray[np.intp], codes: Codes) -> Ints:
    own: Ints = table.source.each(codes, np.int64, -1)[at]
    if hasattr(table, "pollster"):
        behind = table.pollster.each(codes, np.int64, -1)[at]
    else:
        behind = table.via.each(codes, np.int64, -1)[at]
    return np.where(behind >= 0, behind, own)
