"""The ledgers: what was believed of the other, how the other's moves were read, and what was done with signs against a belief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Fold,
    Inline,
    Link,
    More,
    Para,
    Records,
    Row,
    Section,
    Small,
    Sources,
    Strong,
    Table,
    Text,
    anchor_of,
    columns_of,
)
from rashomon.reporting.specs import beliefs
from rashomon.reporting.telling import CONTRADICTED, MOST_ROWS, Telling, rank
from rashomon.reporting.wording import day, interval, join, percent, spread, unique
from rashomon.texts import count

_ORDER: Final = ("contradicted", "borne out", "claimed in public only", "undetermined")
_RESPONSES: Final = ("overlooked", "discounted", "reinterpreted", "narrowed", "updated", "ignored", "undetermined")


def misperceptions(telling: Telling) -> Section:
    """The section on beliefs about another."""
    return Section("misperceptions", "The misperception ledger", tuple(_misperceptions(telling)))


def signals(telling: Telling) -> Section:
    """The section on moves and how they were read."""
    return Section("signals", "The signal ledger", tuple(_signals(telling)))


def updating(telling: Telling) -> Section:
    """The section on what holders did with signs against a belief."""
    return Section("updating", "What was done with signs against a belief", tuple(_updating(telling)))


# beliefs


def _misperceptions(telling: Telling) -> list[Block]:
    rows = telling.measures.misperceptions.rows
    if not rows:
        return [Para(("No belief about another is on record.",), kind="note")]
    counts = Counter(row.verdict for row in rows)
    said = join(f"{counts[verdict]} {verdict}" for verdict in _ORDER if counts[verdict])
    text: Text = (
        f"Each of {count(len(rows), 'belief')} about another is set against what that other said, did or signed on the same topic at "
        f"the same time, and against what a source says supports or refutes it: {said}. The stronger kind of evidence decides: own "
        "words and acts before witnesses, witnesses before an author’s account. Where evidence stands on both sides, the verdict is "
        "marked as disputed. A belief voiced only in public may be a pretext, and is kept apart.",
    )
    blocks: list[Block] = [Para(text), *_spans(telling, rows)]
    for verdict in _ORDER:
        of_kind = sorted((row for row in rows if row.verdict == verdict), key=rank)
        if of_kind:
            table = _belief_table(telling, verdict, of_kind)
            title = f"{verdict[0].upper()}{verdict[1:]}: {count(len(of_kind), 'belief')}"
            blocks.append(table if verdict == CONTRADICTED else Fold(title, (table,)))
    return blocks


def _spans(telling: Telling, rows: Sequence[Any]) -> list[Block]:
    found = sorted((row for row in rows if row.verdict == CONTRADICTED and not row.forecast), key=rank)[:24]
    if not found:
        return []
    caption: Text = (
        Strong("How long contradicted beliefs were held, and since when they could be known to be wrong. "),
        "Line: the time in which the belief is on record. Triangle: the first day from which what lay open to an outsider contradicts "
        "it for good; where it stands left of the line’s end, the belief outlived the evidence against it. No triangle: the day is not known.",
    )
    alt = f"Time lines of {len(found)} contradicted beliefs with the day since which each could be known to be wrong."
    return [Figure("fig-beliefs", caption, beliefs(found, telling.names), alt, None)]


def _belief_table(telling: Telling, verdict: str, rows: Sequence[Any]) -> Table:
    made = tuple(_belief_row(telling, verdict, i, row) for i, row in enumerate(rows[:MOST_ROWS]))
    columns = (
        Column("What was believed", width=28), Column("What the other held", width=24), Column("Verdict", width=16),
        Column("Knowable since", width=15), Column("Evidence", width=17),
    )  # fmt: skip
    title = {"contradicted": "Contradicted beliefs. ", "undetermined": "Beliefs that stay undetermined. "}.get(verdict, f"Beliefs {verdict}. ")
    caption: Text = (Strong(title), "Strongest evidence first, then undisputed, then more voices.")
    anchor = f"tab-beliefs-{verdict.replace(' ', '-')}"
    more = max(len(rows) - MOST_ROWS, 0)
    return Table(anchor, caption, columns, made, 12, more, rest="beliefs")


def _belief_row(telling: Telling, verdict: str, i: int, row: Any) -> Row:
    names = telling.names
    said = names.belief(row.path, row.modality, row.topic, row.believed)
    about = "speaks of the future; " if row.forecast else ""
    belief: Text = (
        *said, ".", Break(), Small(f"{about}{interval(row.when)}; told by "), Sources(row.told_by, 2), ", ",
        Records(row.statements, 2),
    )  # fmt: skip
    return Row(
        (belief, _held(telling, row), _verdict(telling, row), _knowable(row), _evidence(telling, row)),
        anchor=f"b-{verdict.split(' ')[0]}-{i + 1}",
    )


def _held(telling: Telling, row: Any) -> Text:
    if not row.held:
        return (Small("no record of the other’s own on this topic then" if not row.n else "judged by linked evidence alone"),)
    lines = telling.names.held(row.held, row.topic)
    parts = [part for line in lines[:3] for part in (*line, Break())]
    rest = [part for line in lines[3:] for part in (Break(), *line)]
    return (*parts, More(f"{len(lines) - 3} more", tuple(rest[1:]))) if rest else tuple(parts[:-1])


def _verdict(telling: Telling, row: Any) -> Text:
    parts: list[Inline] = [telling.badge(row.verdict, row.disputed), Break()]
    if row.verdict == "claimed in public only":
        parts.append(Small(f"if sincere: {row.if_sincere}"))
    elif row.n:
        parts.append(Small(row.strength))
    return tuple(parts)


def _knowable(row: Any) -> Text:
    if row.verdict == "undetermined" or row.forecast or not (row.knowable_since or row.knowable_by):
        return (Small("–"),)
    if not row.knowable_since:
        return (Small(f"day unknown, by {day(row.knowable_by)} at the latest"),)
    then = "not decided" if row.then == "undetermined" else row.then
    return (day(row.knowable_since), Break(), Small(f"{_while(row)}; {then} by what was open at the time"))


def _while(row: Any) -> str:
    """Whether the belief outlived the day on which it could be known to be wrong."""
    gap = (date.fromisoformat(row.end) - date.fromisoformat(row.knowable_since)).days
    if gap <= 0:
        return "after the belief was last on record"
    years = gap / 365.25
    return f"still held {f'{years:.1f} years' if years >= 1 else count(max(round(gap / 30.4), 1), 'month')} later"


def _evidence(telling: Telling, row: Any) -> Text:
    parts: list[Inline] = [f"{count(row.n, 'record')}, {count(row.voices, 'voice')}"]
    if row.on_account_of:
        parts += [Break(), Small("on the account of "), Sources(row.on_account_of, 2)]
    for label, ids in (("against", row.evidence_against), ("for", row.evidence_for)):
        if ids:
            parts += [Break(), Small(f"{label}: "), Records(ids, 2)]
    return tuple(parts)


# signals


def _signals(telling: Telling) -> list[Block]:
    signals = telling.measures.signals.rows
    read = [row for row in signals if row.readings]
    if not signals:
        return [Para(("No move toward another side is on record.",), kind="note")]
    misread = sum(row.misread > 0 for row in read)
    text: Text = (
        f"{count(len(signals), 'move')} toward another side {'is' if len(signals) == 1 else 'are'} on record. For {len(read)} "
        f"({percent(len(read), len(signals))}) the study also records how somebody read "
        f"{'it' if len(read) == 1 else 'them'}, and {misread} of these {'was' if misread == 1 else 'were'} misread at least once: the "
        "ledger contradicts the reading. What was read but never recorded is unknown, so each share is the least that it can be.",
    )
    blocks: list[Block] = [Para(text), *_opportunities(telling)]
    if read:
        blocks.append(_signal_table(telling, sorted(read, key=lambda row: (-row.misread, -row.n))))
    return blocks


def _opportunities(telling: Telling) -> list[Block]:
    """How many of the moves addressed to each side were read, over the whole time, and folded by period."""
    names = telling.names
    rows = sorted(telling.measures.opportunities.rows, key=lambda row: (row.side not in telling.mains, row.time != "all", row.side))
    made = tuple(
        Row(
            (
                (Strong(names.short(row.side)), Small(f", {names.period(row.time)}")),
                (str(row.addressed),),
                (str(row.read),),
                (str(row.passed_over),),
                (f"{spread(100 * row.low, 100 * row.high, 0)} %",),
                telling.basis(row.n, "reading", row.voices, (), (*row.statements, *row.unread), 1),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    columns = (
        Column("Addressed to", width=34), Column("Moves", "number", 8), Column("Read", "number", 8), Column("Overlooked", "number", 11),
        Column("Share read", "number", 14), Column("Rests on", width=25),
    )  # fmt: skip
    caption: Text = (
        Strong("Moves addressed to each side, and how many it read. "),
        "The share read lies between these bounds: what has no reading on record may or may not have been read.",
    )
    whole = sum(row.side in telling.mains and row.time == "all" for row in rows)
    return [Table("tab-opportunities", caption, columns, made, max(whole, 2), rest="rows, by period and for other sides")] if made else []


def _signal_table(telling: Telling, rows: Sequence[Any]) -> Table:
    made = tuple(_signal_row(telling, row) for row in rows[:MOST_ROWS])
    columns = (Column("Move", width=30), Column("Read as", width=55), Column("Rests on", width=15))
    caption: Text = (Strong("Moves and their readings. "), "Moves misread most often first.")
    more = max(len(rows) - MOST_ROWS, 0)
    return Table("tab-signals", caption, columns, made, 10, more, rest="moves")


def _signal_row(telling: Telling, row: Any) -> Row:
    names = telling.names
    move: Text = (
        Strong(names.record(row.move)), Break(),
        Small(f"{interval(row.when)}{', ' + row.stage if row.stage else ''} "), Records((row.move,), 1),
    )  # fmt: skip
    parts: list[Inline] = []
    for reading in row.readings:
        parts += [Break()] if parts else []
        parts += [f"{names.short(reading.reader)}: ", *names.on(reading.topic, reading.reading), " – "]
        parts += [telling.badge(reading.verdict), " ", Records((reading.statement,), 1)]
    sources = unique((row.source, *(reading.source for reading in row.readings)))
    return Row((move, tuple(parts), telling.basis(row.n, "reading", row.voices, sources)))


# updating


def _updating(telling: Telling) -> list[Block]:
    rows = telling.measures.updating.rows
    if not rows:
        return [Para(("No sign against a belief is on record.",), kind="note")]
    counts = Counter(row.response for row in rows)
    said = join(f"{counts[one]} {one}" for one in _RESPONSES if counts[one])
    text: Text = (
        f"{count(len(rows), 'time')} a record stood against a belief that was held. What its holder did with this sign: {said}. Ignored "
        "means that the sign lay open and the belief was held on to; undetermined, that it is not known to have been open while the belief "
        "was held.",
    )
    return [Para(text), _crosstab(telling, rows), Fold("Every sign and what was done with it", (_update_table(telling, rows),))]


def _crosstab(telling: Telling, rows: Sequence[Any]) -> Table:
    holders = Counter(row.holder for row in rows)
    used = [one for one in _RESPONSES if any(row.response == one for row in rows)]
    made = []
    for holder, n in holders.most_common():
        counts = Counter(row.response for row in rows if row.holder == holder)
        mine = unique(id_ for row in rows if row.holder == holder for id_ in (*row.statements, row.sign))
        cells: list[Text] = [(str(counts[one]) if counts[one] else "–",) for one in used]
        made.append(Row(((Strong(telling.names.short(holder)),), *cells, (str(n),), (Records(mine, 1),))))
    columns = [Column("Holder"), *(Column(one.capitalize(), "number") for one in used), Column("All", "number"), Column("Records")]
    caption: Text = (Strong("Responses to signs against a belief, by holder. "),)
    return Table("tab-responses", caption, tuple(columns), tuple(made[:MOST_ROWS]), 10, rest="holders")


def _update_table(telling: Telling, rows: Sequence[Any]) -> Table:
    names = telling.names
    order = {response: i for i, response in enumerate(_RESPONSES)}
    listed = sorted(rows, key=lambda row: (order.get(row.response, 9), row.sign_known or "9"))
    made = tuple(
        Row(
            (
                (Strong(names.short(row.holder)), " on ", *names.on(row.topic, row.believed)),
                (Link(names.record(row.sign), anchor_of(row.sign)), Break(), Small(day(row.sign_known) or "day unknown")),
                (Strong(row.response), Break(), Small(_why(telling, row))),
                (Records(unique((*row.statements, row.sign, *((row.shown_by,) if row.shown_by else ()))), 3),),
            )
        )
        for row in listed[:MOST_ROWS]
    )
    heads = (("Belief", 32), ("Sign against it", 26), ("Response", 26), ("Records", 16))
    columns = columns_of(heads)
    caption: Text = (Strong("The updating ledger. "), "Clear responses first.")
    more = max(len(rows) - MOST_ROWS, 0)
    return Table("tab-updating", caption, columns, made, 30, more, rest="signs")


def _why(telling: Telling, row: Any) -> str:
    """Why a response is what it is; a stance that came later is a word of the belief's own topic."""
    head, later, stance = row.because.partition("later held: ")
    return f"{head}{later}{telling.names.stance(row.topic, stance)}" if later else telling.names.prose(row.because)
