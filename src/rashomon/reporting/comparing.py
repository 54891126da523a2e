"""Differences of the two sides' views: asymmetry, coorientation, realisation and the mirror image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Head,
    Inline,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.facing import asymmetry_counts
from rashomon.reporting.specs import differences
from rashomon.reporting.telling import MOST_ROWS, Telling, decided_first, why
from rashomon.reporting.wording import number, unique
from rashomon.texts import count

_KINDS: Final = {"mirror": "image of the other", "positions": "position", "layers": "layers of one side"}


def comparing(telling: Telling) -> Section:
    """The section on asymmetries, coorientation, realisation and mirror images."""
    blocks: list[Block] = [*_asymmetries(telling), *_mirrors(telling), *_coorientation(telling)]
    return Section("asymmetries", "Where the views part", tuple(blocks))


def _asymmetries(telling: Telling) -> list[Block]:
    rows = telling.measures.asymmetries.rows
    said = asymmetry_counts(rows)
    open_for = why(rows)
    text: Text = (
        "An asymmetry is the difference between what two hold on one scale: qualities run from −1 to 1, placed positions from 0 to 1. "
        "Its 90 per cent band is the range in which the true difference lies nine times in ten, as the model has it. Two sides, or two layers of "
        f"one side, are called apart only where that band leaves out zero, and alike only where all of it lies close to zero: {said}.",
        f" The rest stay undetermined: {open_for}." if open_for else "",
        " The bands are not widened for the number of comparisons, so a few may leave out zero by chance.",
    )
    blocks: list[Block] = [Para(text)]
    ordered = sorted(rows, key=lambda row: (row.verdict == "undetermined", row.difference.low != row.difference.low, -row.n))
    drawn = [row for row in ordered if row.difference.low == row.difference.low and row.kind != "layers"][:24]
    if drawn:
        caption: Text = (
            Strong("How far the two sides stood apart. "),
            "Point: estimated difference, the first side less the second; bar: 90 per cent band. A filled point is a difference whose "
            "band leaves out zero.",
        )
        alt = f"Differences of the two sides' views with bands, {len(drawn)} comparisons; the table below lists all."
        blocks.append(Figure("fig-differences", caption, differences(drawn, telling.names), alt, None))
    if ordered:
        blocks.append(_difference_table(telling, ordered))
    return blocks


def _difference_table(telling: Telling, rows: Sequence[Any]) -> Table:
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(names.topic(row.topic)), Break(), Small(f"{_KINDS.get(row.kind, row.kind)}, {names.period(row.period)}")),
                (names.group(row.of), Break(), Small(telling.estimate(row.first))),
                (names.group(row.against), Break(), Small(telling.estimate(row.second))),
                (telling.estimate(row.difference),),
                (telling.badge(row.verdict), Break(), Small(telling.names.prose(row.because))),
                telling.basis(row.n, "view", row.voices, (), row.records, 2),
            )
        )
        for row in decided_first(rows)
    )
    heads = (("Topic", 22), ("First", 16), ("Second", 16), ("Difference", 12), ("Verdict", 17), ("Rests on", 17))
    decided = sum(row.verdict != "undetermined" for row in rows)
    caption: Text = (Strong("Asymmetries. "), "Decided comparisons first; in brackets the 90 per cent band.")
    return Table(
        "tab-asymmetries", caption, columns_of(heads), made, max(decided, 6), len(rows) - len(made), rest="comparisons",
    )  # fmt: skip


def _mirrors(telling: Telling) -> list[Block]:
    rows = telling.measures.mirror.rows
    if not rows:
        return []
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(f"{names.short(row.one)} and {names.short(row.other)}"), Break(), Small(names.period(row.period))),
                (number(row.index.estimate),),
                (f"{number(row.index.low)} to {number(row.index.high)}" if row.index.low == row.index.low else "–",),
                (f"{100 * row.signs:.0f} %",),
                (telling.badge(row.verdict), Break(), Small(telling.names.prose(row.because))),
                telling.basis(len(row.qualities), "quality", 0, row.sources, row.records, 2),
            )
        )
        for row in rows
    )
    text: Text = (
        "Do the two see in each other what the other sees in them? The mirror-image index (after Bronfenbrenner 1961) is 1 where "
        "the two images agree on every shared quality and 0 where they are opposite throughout; two images strewn over the scale at "
        "random would come to about 0.67. Images are called a mirror where the whole band lies above 0.75. The share of the same sign "
        "says on how many qualities both lean the same way: a high index with few same signs means that neither leans far.",
    )
    columns = (
        Column("Pair and period", width=24), Column("Index", "number", 7), Column("90 % band", "number", 13),
        Column("Same sign", "number", 9), Column("Verdict", width=23), Column("Rests on", width=24),
    )  # fmt: skip
    caption: Text = (Strong("Mirror images by period. "),)
    return [Head("mirror", "Mirror images"), Para(text), Table("tab-mirror", caption, columns, made, 12, rest="pairs")]


def _coorientation(telling: Telling) -> list[Block]:
    rows = telling.measures.coorientation.rows
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        pair = row.of if row.kind != "accuracy" else row.of.rpartition(" as ")[2].removesuffix(" takes it")
        other = row.against if row.kind != "congruency" else row.against.partition(" as ")[0]
        groups.setdefault((row.topic, row.period, f"{pair}|{other}"), {})[row.kind] = row
    ordered = sorted(groups.items(), key=lambda item: (_undecided(item[1]), _within(item[0][2]), -_size(item[1])))
    made = tuple(_oriented(telling, key, found) for key, found in ordered[:MOST_ROWS])
    text: Text = (
        "Coorientation (McLeod & Chaffee 1973) sets three things side by side for a topic: whether the two sides hold the same "
        "(agreement), whether one takes the other to hold what it holds itself (congruency), and whether what it takes the other "
        "to hold is what the other holds (accuracy). Only placed topics can be compared in this way; beliefs on all others are "
        "judged one by one in the misperception ledger.",
    )
    blocks: list[Block] = [Head("coorientation", "Coorientation and realisation"), Para(text)]
    heads = (("Topic and period", 20), ("Who takes whom", 14), ("Agreement", 17), ("Congruency", 17), ("Accuracy", 17), ("Rests on", 15))
    caption: Text = (
        Strong("Coorientation. "),
        "Differences, with the 90 per cent band where one can be drawn. Within one side: what one layer of it takes the others to hold.",
    )
    if made:
        columns = columns_of(heads)
        more = max(len(ordered) - MOST_ROWS, 0)
        blocks.append(Table("tab-coorientation", caption, columns, made, 8, more, rest="topics"))
    else:
        blocks.append(Para(("No view of another's view on a placed topic is on record.",), kind="note"))
    return [*blocks, *_realisation(telling)]


def _within(pair: str) -> bool:
    """Whether "holder|held" names one side twice: what one layer of it takes the others to hold."""
    one, _, other = pair.partition("|")
    return one == other


def _undecided(found: dict[str, Any]) -> bool:
    return all(row.verdict == "undetermined" for row in found.values())


def _size(found: dict[str, Any]) -> int:
    return sum(row.n for row in found.values())


def _oriented(telling: Telling, key: tuple[str, str, str], found: dict[str, Any]) -> Row:
    names = telling.names
    one, _, other = key[2].partition("|")
    within = _within(key[2])
    cells = [_gap(telling, found.get(kind)) for kind in ("agreement", "congruency", "accuracy")]
    cells[0] = (Small("–"),) if within else cells[0]  # a side cannot disagree with itself
    records = unique(id_ for row in found.values() for id_ in row.records)
    voices = max(row.voices for row in found.values())
    return Row(
        (
            (Strong(names.topic(key[0])), Break(), Small(names.period(key[1]))),
            (f"within {names.the(one)}" if within else f"{names.short(one)} of {names.the(other)}",),
            *cells,
            telling.basis(len(records), "record", voices, (), records, 2),
        )
    )


def _gap(telling: Telling, row: Any) -> Text:
    if row is None:
        return (Small("not on record"),)
    parts: list[Inline] = [] if telling.estimate(row.difference) == "–" else [telling.estimate(row.difference), Break()]
    return (*parts, telling.badge(row.verdict), Break(), Small(telling.names.prose(row.because)))


def _realisation(telling: Telling) -> list[Block]:
    rows = telling.measures.realisation.rows
    if not rows:
        return []
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(names.topic(row.topic)), Break(), Small(names.period(row.period))),
                (names.group(row.of), Break(), Small(telling.estimate(row.first))),
                (names.group(row.against), Break(), Small(telling.estimate(row.second))),
                (telling.badge(row.verdict), Break(), Small(telling.names.prose(row.because))),
                telling.basis(row.n, "view", row.voices, (), row.records, 2),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    text: Text = (
        "Realisation (Laing, Phillipson & Lee 1966) goes one step further: does one side know what the other thinks of a third "
        f"view? The record allows {count(len(rows), 'comparison')}.",
    )
    heads = (("Topic and period", 24), ("As taken", 22), ("As held", 16), ("Verdict", 24), ("Rests on", 14))
    columns = columns_of(heads)
    caption: Text = (Strong("Realisation. "), "What one takes another to think, against what that other does think.")
    return [Para(text), Table("tab-realisation", caption, columns, made, 6, rest="comparisons")]
