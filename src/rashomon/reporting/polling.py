"""Polls: each question as a series of its own, levels with their bands, pooled series, and the figures that need a second look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Fold,
    Gallery,
    Head,
    Inline,
    Para,
    Records,
    Row,
    Section,
    Small,
    Sources,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.findings import why_doubtful
from rashomon.reporting.specs import level, poll, pooled
from rashomon.reporting.telling import MOST_ROWS, Telling, reason_of
from rashomon.reporting.wording import interval, join, number, share
from rashomon.texts import count

_CHARTS: Final = 12
_UNIT: Final = {"percent": " %", "points": " points", "ratio": ""}


def polling(telling: Telling) -> Section:
    """The section on polls and levels."""
    blocks = [*_series(telling), *_pooled(telling), *_levels(telling)]
    return Section("polls", "What the polls and the record say over time", tuple(blocks))


# questions


def _series(telling: Telling) -> list[Block]:
    rows = telling.measures.polls.rows
    if not rows:
        return [Para(("No poll figure is on record.",), kind="note")]
    questions: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        questions[row.question].append(row)
    charted = sorted((one for one in questions.values() if _drawable(one)), key=lambda one: (-_nearness(telling, one), -len(one)))
    text: Text = (
        f"{count(len(rows), 'figure')} on {count(len(questions), 'question')} by {count(len({row.pollster for row in rows if row.pollster}), 'pollster')}, as "
        "printed, in per cent. Points are joined only where one pollster asked the same of the same population in the same way: another "
        "pollster, another mode of asking or another population breaks the line. A hollow mark is a figure printed as a bound.",
    )
    near = [one for one in charted if _nearness(telling, one) > 0][:_CHARTS] or charted[:_CHARTS]
    rest = [one for one in charted if not any(one is other for other in near)]
    blocks: list[Block] = [Para(text), Gallery(tuple(_chart(telling, one) for one in near))]
    if rest:
        gallery = Gallery(tuple(_chart(telling, one) for one in rest[:_CHARTS]))
        blocks.append(Fold(f"{count(len(gallery.figures), 'further series')}", (gallery,)))
    single = [row for one in questions.values() if not _drawable(one) for row in one]
    if single:
        table = _figure_table(telling, "tab-single", "Figures of questions asked too seldom for a chart.", single)
        blocks.append(Fold(f"{count(len(single), 'figure')} of questions asked too seldom for a chart", (table,)))
    return blocks


def _drawable(rows: Sequence[Any]) -> bool:
    return len({row.start for row in rows if row.relation != "change"}) > 2


def _nearness(telling: Telling, rows: Sequence[Any]) -> int:
    """2 where a question is of the two main sides' views of each other, 1 where of one of them, else 0."""
    study, mains = telling.study, set(telling.mains)
    said = {study.side_of(row.topic.partition(":")[0]) for row in rows if ":" in row.topic and "->" not in row.topic}
    held = {study.side_of(row.path.split(" > ")[0]) for row in rows if row.path}
    if said & mains and held & mains:
        return 2
    return 1 if held & mains and any(row.topic and ":" not in row.topic for row in rows) else 0


def _chart(telling: Telling, rows: Sequence[Any]) -> Figure:
    question = rows[0].question
    low, high = min(row.start for row in rows)[:4], max(row.end for row in rows)[:4]
    asked, remark = telling.names.question(question), telling.names.remark(question)
    caption: Text = (Strong(asked), Small(f" {low}–{high}, {count(len(rows), 'figure')}{f' ({remark})' if remark else ''}"))
    alt = f"{count(len(rows), 'figure')}, {low} to {high}, on the question “{asked}”; the table below lists each."
    data = _figure_table(telling, f"tab-poll-{question}", asked if asked[-1] in ".?!" else f"{asked}.", rows)
    return Figure(f"fig-poll-{question}", caption, poll(rows, telling.names), alt, data, "small")


def _figure_table(telling: Telling, anchor: str, title: str, rows: Sequence[Any]) -> Table:
    made = tuple(
        Row(
            (
                (interval(row.fielded), Break(), Small(telling.names.question(row.question) if anchor == "tab-single" else row.mode)),
                (telling.names.short(row.population), Break(), Small(telling.names.answer(row.answer))),
                (f"{_RELATION.get(row.relation, '')}{share(row.share)}{_UNIT.get(row.unit, '')}",),
                (f"{row.n:,}" if row.n else "–",),
                (row.pollster or "–", *_kept(telling, row)),
                (Sources((row.source,)), " ", Records((row.id,))),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    columns = (
        Column("Asked", width=26), Column("Of whom, and what", width=20), Column("Share", "number", 10), Column("n", "number", 6),
        Column("Pollster", width=16), Column("Source", width=22),
    )  # fmt: skip
    return Table(anchor, (Strong(title), " As printed."), columns, made, 60, max(len(rows) - MOST_ROWS, 0), rest="figures")


_RELATION: Final = {">": "more than ", "<": "less than ", "~": "about ", "max": "at most ", "change": "change of "}


def _kept(telling: Telling, row: Any) -> Text:
    """Whom a figure was kept from, on a line of its own."""
    audiences = [telling.names.the(one["audience"]) for one in row.withheld]
    return (Break(), Small(f"kept from {join(audiences)}")) if audiences else ()


# pooled series


def _pooled(telling: Telling) -> list[Block]:
    rows = [row for row in telling.measures.pooled.rows if row.n > 2]
    if not rows:
        return []
    drawn = sum(any(line.drawn for line in row.lines) for row in rows)
    several = [row for row in rows if row.voices > 1]
    text: Text = (
        f"Where several pollsters asked about the same quality, their figures can be pooled, each pollster with a leaning of its own: "
        f"{count(len(rows), 'series')}, of which {drawn} are told by two pollsters or more and have a line with its 90 per cent band. Modes "
        "that share no time are not comparable: a change of mode at one day cannot be told from a change of opinion on that day, and "
        "no line crosses it. Shares are of those who gave a view; bars are sampling error.",
    )
    ordered = sorted(rows, key=lambda row: (-row.voices, -_side_of(telling, row), -row.n))
    figures = [_pool(telling, i, row) for i, row in enumerate(ordered[: 2 * _CHARTS])]
    shown = max(min(len(several), _CHARTS), 3)
    blocks: list[Block] = [Head("pooled", "Across pollsters and modes"), Para(text), Gallery(tuple(figures[:shown]))]
    if figures[shown:]:
        blocks.append(Fold(f"{count(len(figures) - shown, 'further series')}", (Gallery(tuple(figures[shown:])),)))
    return blocks


def _side_of(telling: Telling, row: Any) -> int:
    return telling.study.side_of(row.path.split(" > ")[0]) in telling.mains


def _pool(telling: Telling, i: int, row: Any) -> Figure:
    names = telling.names
    who = names.short(row.path.split(" > ")[0])
    answer = f", “{names.answer(row.answer)}”" if row.answer else ""
    asked = f"{who}{answer}: {count(row.n, 'figure')}, {count(row.voices, 'pollster')}; "
    caption: Text = (Strong(names.topic(row.topic)), Break(), Small(asked), Records(row.records, 1))
    alt = f"{names.topic(row.topic)} as polled of {who}: {row.n} figures of {row.voices} pollsters; the table below lists each."
    return Figure(f"fig-pooled-{i + 1}", caption, pooled(row), alt, _pool_table(telling, i, row), "small")


def _pool_table(telling: Telling, i: int, row: Any) -> Table:
    made = tuple(
        Row(
            (
                (one.start if one.start == one.end else f"{one.start} to {one.end}",),
                (one.house, Break(), Small(one.mode)),
                (number(100 * one.estimate.estimate, 1),),
                (f"{number(100 * one.estimate.low, 1)} to {number(100 * one.estimate.high, 1)}",),
                (Records((one.record,)),),
            )
        )
        for line in row.lines
        for one in line.points
    )
    columns = (Column("Asked"), Column("Pollster, mode"), Column("%", "number"), Column("90 % range", "number"), Column("Record"))
    said = telling.names.prose(row.because)
    why = f" {said[0].upper()}{said[1:]}." if said else ""
    caption: Text = (Strong("Shares of those who gave a view."), why)
    return Table(f"tab-pooled-{i + 1}", caption, columns, made[:MOST_ROWS], 60)


# levels


def _levels(telling: Telling) -> list[Block]:
    rows = telling.measures.levels.rows
    blocks: list[Block] = [Head("levels", "Levels with their bands")]
    if not rows:
        return [*blocks, Para(("No placed first-order view is on record.",), kind="note")]
    drawn = sorted((row for row in rows if row.drawn), key=lambda row: (-row.voices, -row.n))
    why = Counter(reason_of(row.because) for row in rows if not row.drawn)
    text: Text = (
        f"{count(len(rows), 'series')} of a quality or a placed issue, each as one layer of one side held it. A line with its 90 per "
        f"cent band is drawn for {len(drawn)}, which at least two independent voices tell; the other {len(rows) - len(drawn)} have "
        f"only points ({join(f'{n}: {reason}' for reason, n in why.most_common(2))}). Qualities run from −1 (strongly negative) to 1 "
        "(strongly positive), issues between the positions named. Bands allow for how much voices may lean and how fast opinion may drift; "
        "diamonds are coded words, circles polls, each with a line as long as it is uncertain.",
    )
    first = Gallery(tuple(_level(telling, i, row) for i, row in enumerate(drawn[:_CHARTS])))
    blocks += [Para(text), first] if drawn else [Para(text)]
    if len(drawn) > _CHARTS:
        rest = Gallery(tuple(_level(telling, i, row) for i, row in enumerate(drawn[_CHARTS : 2 * _CHARTS], _CHARTS)))
        blocks.append(Fold(f"{count(len(rest.figures), 'further series')} with a band", (rest,)))
    return blocks


def _level(telling: Telling, i: int, row: Any) -> Figure:
    names = telling.names
    who = f"{names.short(row.side)}, {names.layer(row.layer)}" if row.layer else names.short(row.side)
    basis = f"{who}: {count(row.n, 'view')}, {count(row.voices, 'voice')}; "
    ends = _ends(telling, row)
    caption: Text = (
        Strong(names.topic(row.topic)), Break(), Small(basis), Records(row.records, 1), *((Break(), Small(ends)) if ends else ()),
    )  # fmt: skip
    alt = f"{names.topic(row.topic)} as {who} held it, with a 90 per cent band; the table below gives the numbers."
    return Figure(f"fig-level-{i + 1}", caption, level(row), alt, _level_table(i, row), "small")


def _ends(telling: Telling, row: Any) -> str:
    """What the ends of a level's scale are; a quality's are told once for all."""
    places = {one.id: one.positions for one in telling.study.declared.issues}.get(row.topic, ())
    placed = sorted((one.at, i, one.name) for i, one in enumerate(places) if one.at is not None)
    if not placed or row.kind == "quality":
        return ""
    low = next(name for at, _, name in reversed(placed) if at == placed[0][0])
    return f"{number(placed[0][0], 0)}: {low}; {number(placed[-1][0], 0)}: {placed[-1][2]}"


def _level_table(i: int, row: Any) -> Table:
    step = max(len(row.years) // 24, 1)
    made = tuple(
        Row(((str(year),), (number(one.estimate),), (number(one.low),), (number(one.high),)))
        for year, one in list(zip(row.years, row.estimates, strict=True))[::step]
    )
    columns = (Column("Year"), Column("Level", "number"), Column("Low", "number"), Column("High", "number"))
    every = "" if step == 1 else f" Every {step} years."
    return Table(f"tab-level-{i + 1}", (Strong("The level and its 90 per cent band."), every), columns, made, 40)


# doubtful figures


def doubtful(telling: Telling) -> Section:
    """The section on figures that need a second look."""
    rows = telling.measures.figures.rows
    if not rows:
        return Section("figures", "Doubtful figures", (Para(("No figure contradicts another.",), kind="note"),))
    counts = Counter(row.kind for row in rows)
    text: Text = (
        f"{count(len(rows), 'set')} of printed figures: {join(f'{n} {kind}' for kind, n in counts.items())}. Impossible: no distribution of "
        "answers satisfies all. Differing: another source prints another figure. Suspect: one numeral stands for opposite answers, or "
        "under two wordings. This says that the figures need looking at, not which of them is wrong.",
    )
    made = []
    for row in rows[:MOST_ROWS]:
        parts: list[Inline] = []
        for figure_id, figure, answer, fielded in zip(row.polls, row.figures, row.answers, row.fielded, strict=True):
            parts += [Break()] if parts else []
            parts += [f"{figure} “{telling.names.answer(answer)}”", Small(f" ({interval(fielded)}) "), Records((figure_id,))]
        made.append(
            Row(
                (
                    (telling.badge(row.kind), Break(), Small(" / ".join(telling.names.question(one) for one in row.questions))),
                    tuple(parts),
                    (why_doubtful(row),),
                    (f"{count(row.n, 'figure')}, {count(row.voices, 'voice')}", Break(), Sources(row.sources)),
                )
            )
        )
    columns = (Column("Kind", width=18), Column("Figures", width=34), Column("Why", width=32), Column("Rests on", width=16))
    table = Table("tab-figures", (Strong("Figures that need a second look. "),), columns, tuple(made), 12, max(len(rows) - MOST_ROWS, 0), rest="findings")  # fmt: skip
    return Section("figures", "Doubtful figures", (Para(text), table))
