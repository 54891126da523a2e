"""The two sides face to face: what each layer held, as told, period by period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from rashomon.reporting.document import (
    Break,
    Column,
    Em,
    Head,
    Inline,
    More,
    Para,
    Records,
    Row,
    Section,
    Small,
    Strip,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.naming import present
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import join, unique
from rashomon.study import StudyData
from rashomon.texts import count

_OWN: Final = frozenset({"believes", "asserts", "wants", "demands", "minimum", "accepts", "proposes", "intends", "rejects"})


@dataclass(frozen=True, slots=True)
class Held:
    """What one layer of a side held on a topic in a period: ``said`` (a stance in words) and the records that tell it."""

    layer: str
    said: str
    records: tuple[str, ...]
    voices: int
    marks: tuple[tuple[float, float], ...] = ()
    scale: tuple[float, float] = (-1.0, 1.0)


Cells = dict[tuple[str, str, str], list[Held]]
"""(period, side, topic) → what its layers held."""


def periods_of(study: StudyData) -> dict[str, tuple[int, int]]:
    """The declared periods, or the whole span as "all": id → first and last day."""
    span = study.declared.study.span
    declared = {one.id: (one.when.lo, one.when.hi) for one in study.declared.periods}
    return declared or {"all": (span.lo, span.hi)}


def gather_positions(study: StudyData) -> Cells:
    """Positions on issues by period, side and topic, one entry for each layer and stance; statements as told."""
    found: defaultdict[tuple[str, str, str, str, str], list[int]] = defaultdict(list)
    statements = study.statements
    combos, rows = _combos(study)
    periods = periods_of(study)
    for (path, topic, stance, when), at in zip(combos.tolist(), rows, strict=True):
        view, about, held = statements.path.values[path], statements.topic.values[topic], statements.when.values[when]
        if view.depth > 1 or about.kind != "issue" or view.verb.name not in _OWN:
            continue
        value = f"{present(view.verb.name, view.verb.negated)}|{statements.stance.values[stance].text}"
        for period, (lo, hi) in periods.items():
            if held.lo <= hi and held.hi >= lo:
                layer = study.layer_of(view.holder, max(held.lo, lo)) or ""
                found[period, study.side_of(view.holder), about.text, layer, value] += at
    cells: Cells = {}
    for (period, side, topic_text, layer, value), at in found.items():
        cells.setdefault((period, side, topic_text), []).append(_held(study, layer, value, at))
    return cells


def _combos(study: StudyData) -> tuple[np.ndarray[Any, Any], list[list[int]]]:
    """Distinct (path, topic, stance, when) codes of the open statements that speak of their own time, and their rows."""
    statements = study.statements
    at = study.open_rows("statements")
    at = at[(statements.about.codes[at] < 0) & (statements.stance.codes[at] >= 0)]
    columns = (statements.path, statements.topic, statements.stance, statements.when)
    keys = np.stack([column.codes[at] for column in columns], axis=1)
    if not len(at):
        return keys, []
    combos, of = np.unique(keys, axis=0, return_inverse=True)
    order = np.argsort(of.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(of.reshape(-1)))[:-1]
    return combos, [part.tolist() for part in np.split(at[order], ends)]


def _held(study: StudyData, layer: str, value: str, at: list[int]) -> Held:
    statements = study.statements
    sources = [statements.source.of(i) for i in at]
    vias = [statements.via.get(i, "") for i in at]
    voices = study.independent_voices(sources, vias)
    return Held(layer, value, tuple(statements.id[i] for i in at), voices)


def gather_images(telling: Telling) -> Cells:
    """Qualities seen in the other side, by period, side and topic, one entry a layer: from the points of the levels."""
    cells: Cells = {}
    for row in telling.measures.levels.rows:
        if row.kind != "quality":
            continue
        target, _, quality = row.topic.partition(":")
        if telling.study.side_of(target) == row.side:
            continue
        for period, (lo, hi) in periods_of(telling.study).items():
            years = (date.fromordinal(max(lo, 1)).year, date.fromordinal(hi).year)
            points = [one for one in row.points if one.first <= years[1] and one.last >= years[0]]
            if points:
                voices = len({one.voice for one in points})
                marks = unique_marks((one.low, one.high) for one in points)
                middle = float(np.mean([(one.low + one.high) / 2 for one in points]))
                held = Held(row.layer, _word(telling, quality, middle), unique(p.record for p in points), voices, marks)
                cells.setdefault((period, row.side, f"{telling.study.side_of(target)}:{quality}"), []).append(held)
    return cells


def unique_marks(marks: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Each interval once, to two digits: what lies on the same place cannot be told apart in a strip."""
    return tuple(dict.fromkeys((round(lo, 2), round(hi, 2)) for lo, hi in marks))


def _word(telling: Telling, quality: str, value: float) -> str:
    """The word of a quality's scale in whose interval a value lies; the narrowest where several do."""
    found = {one.id: one.intervals for one in telling.study.declared.qualities}.get(quality, {})
    fits = [(hi - lo, word) for word, (lo, hi) in found.items() if lo <= value <= hi]
    return min(fits)[1].replace("-", " ") if fits else ""


def facing(telling: Telling) -> Section:
    """The section: for each period the images that each side had of the other, and their positions on the issues."""
    one, other = telling.mains
    names = telling.names
    images, positions = gather_images(telling), gather_positions(telling.study)
    blocks: list[Any] = [
        Para(
            (
                f"What {names.the(one)} and {names.the(other)} held, layer by layer from the top of the state to the street. Every line is "
                "as told, by one voice where no number of voices is given, however often that voice speaks. For a quality, positive "
                "means that it is seen in the other, negative that it is denied: strongly positive on “threat” is a strong sense of "
                "threat. Where a small scale stands beside it, each mark is one view (left negative, right positive), as wide as its "
                "word leaves open, and the word is that of the middle of the marks.",
            )
        )
    ]
    for period in periods_of(telling.study):
        tables = [
            _table(telling, period, images, "image", "What each saw in the other"),
            _table(telling, period, positions, "position", "Where each stood"),
        ]
        held = [table for table in tables if table is not None]
        if held:
            blocks += [Head(f"face-{period}", _title(telling, period)), *held]
    if len(blocks) == 1:
        blocks.append(Para(("No first-order view of either side is on record.",), kind="note"))
    return Section("face-to-face", "Face to face", tuple(blocks))


def _title(telling: Telling, period: str) -> str:
    lo, hi = (date.fromordinal(max(day, 1)).year for day in periods_of(telling.study)[period])
    name = telling.names.period(period)
    return f"{name[0].upper()}{name[1:]}, {lo}–{hi}"


def _table(telling: Telling, period: str, cells: Mapping[tuple[str, str, str], list[Held]], kind: str, title: str) -> Table | None:
    one, other = telling.mains
    pairs = _pairs(telling, period, cells, kind)
    if not pairs:
        return None
    both = sum(bool(left and right) for _, left, right in pairs)
    caption: Text = (
        Strong(f"{title}, {_title(telling, period)}."),
        f" {count(len(pairs), 'topic')}, {both} of them on record for both sides.",
    )
    side, topic = telling.names.short, telling.names.topic
    anchor, shown = f"face-{period}-{kind}", max(min(both, 8), 4)
    if kind == "image":
        heads = (Column(side(one), width=42), Column("Topic", width=16), Column(side(other), width=42))
        facing = tuple(Row((_seen(telling, left), (Strong(topic(name)),), _seen(telling, right))) for name, left, right in pairs)
        return Table(anchor, caption, heads, facing, shown, rest="topics", facing=True)
    heads = (Column("Topic", width=18), Column(side(one), width=41), Column(side(other), width=41))
    rows = tuple(Row(((Strong(topic(name)),), _stood(telling, name, left), _stood(telling, name, right))) for name, left, right in pairs)
    return Table(anchor, caption, heads, rows, shown, rest="topics")


def _pairs(
    telling: Telling, period: str, cells: Mapping[tuple[str, str, str], list[Held]], kind: str
) -> list[tuple[str, list[Held], list[Held]]]:
    """Topics of a period with what each side held; those of both sides first, then those with more voices."""
    one, other = telling.mains
    found: dict[str, tuple[list[Held], list[Held]]] = {}
    for (when, side, topic), held in cells.items():
        if when != period or side not in (one, other):
            continue
        target, _, quality = topic.partition(":")
        if kind == "image" and target != (other if side == one else one):
            continue
        pair = found.setdefault(quality if kind == "image" else topic, ([], []))
        pair[0 if side == one else 1].extend(held)
    weight = {name: -sum(len(one.records) for one in (*pair[0], *pair[1])) for name, pair in found.items()}
    order = sorted(found, key=lambda name: (not all(found[name]), weight[name], name))
    return [(name, *found[name]) for name in order]


_NOTHING: Final[Text] = (Small("nothing on record"),)
_STANCES: Final = 3
"""Stances of one layer that a cell shows before it folds the rest."""


def _layers(telling: Telling, held: Iterable[Held]) -> list[tuple[str, list[Held]]]:
    """What is held by layer, from the top; within a layer by voices, then records."""
    layers: defaultdict[str, list[Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (-one.voices, -len(one.records))):
        layers[one.layer].append(one)
    order = sorted(layers, key=lambda layer: telling.study.layer_order(layer) if layer else -1)
    return [(telling.names.layer(layer) if layer else "As a whole", layers[layer]) for layer in order]


def _seen(telling: Telling, held: Iterable[Held]) -> Text:
    """What the layers of one side saw in the other, a scale beside each."""
    parts: list[Inline] = []
    for layer, told in _layers(telling, held):
        for one in told:
            text: Text = (Strong(f"{layer}: "), Em(one.said), *_rests(one))
            parts += [Break(), Strip(one.marks, one.scale, text)] if parts else [Strip(one.marks, one.scale, text)]
    return tuple(parts) or _NOTHING


def _stood(telling: Telling, topic: str, held: Iterable[Held]) -> Text:
    """Where the layers of one side stood on a topic; all but the first few stances of a layer are folded."""
    parts: list[Inline] = []
    for layer, told in _layers(telling, held):
        lines = [_stance(telling, topic, one) for one in told]
        shown = len(lines) if len(lines) <= _STANCES + 1 else _STANCES
        parts += [Break()] if parts else []
        parts += [Strong(f"{layer}: "), *_separated(lines[:shown])]
        parts += ["; ", More(f"{len(lines) - shown} more", _separated(lines[shown:]))] if lines[shown:] else []
    return tuple(parts) or _NOTHING


def _separated(lines: Iterable[Text]) -> Text:
    return tuple(part for i, line in enumerate(lines) for part in (("; ", *line) if i else line))


def _stance(telling: Telling, topic: str, held: Held) -> Text:
    verb, _, stance = held.said.partition("|")
    return (f"{verb} " if verb else "", Em(telling.names.stance(topic, stance)), *_rests(held))


def _rests(held: Held) -> Text:
    """How many voices tell it, if more than one, and its records."""
    return (Small(f" ({held.voices}\u00a0voices) ") if held.voices > 1 else " ", Records(held.records, 2))


def asymmetry_counts(rows: Iterable[Any]) -> str:
    """How many comparisons are decided, in words."""
    listed = list(rows)
    decided = [row for row in listed if row.verdict != "undetermined"]
    kinds = join(f"{sum(row.verdict == kind for row in decided)} {kind}" for kind in unique(r.verdict for r in decided))
    return f"{len(decided)} of {len(listed)} comparisons are so decided ({kinds})" if decided else f"none of {len(listed)} comparisons is so decided"
