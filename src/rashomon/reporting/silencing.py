"""Who is not on record on what others speak of, and what was kept back from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rashomon.measuring import Kept, Silence
from rashomon.reporting.document import (
    Block,
    Break,
    Fold,
    Head,
    Inline,
    Link,
    Para,
    Records,
    Row,
    Section,
    Small,
    Sources,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.telling import MOST_ROWS, Telling, decided_first
from rashomon.reporting.wording import interval, join, number, share_band, spelled
from rashomon.texts import adjusted_p, count

_ORDER = {"silent": 0, "perhaps silent": 1, "undetermined": 2}
_OTHERS = {"sides": "by other sides", "layers": "by its other layers", "stages": "in what it said otherwise", "sources": "in other kinds of source"}


def silencing(telling: Telling) -> Section:
    """The section on silences, gaps, and records that somebody was kept from."""
    blocks = [*_silences(telling), *_kept(telling)]
    return Section("silences", "Silences and what was kept back", tuple(blocks))


def _silences(telling: Telling) -> list[Block]:
    result = telling.measures.silences
    rows = [row for row in result.rows if row.topic]
    if not rows:
        return [Para(("No topic of one group is without a mention by another of its kind in the same time.",), kind="note"), *_gaps(telling)]
    blocks: list[Block] = [Para(_said(rows)), _table(telling, rows)]
    return [*blocks, *_gaps(telling)]


def _said(rows: Sequence[Silence]) -> Text:
    counts = Counter(row.verdict for row in rows)
    found = [row for row in rows if row.verdict != "undetermined"]
    tests = max((row.tests for row in found), default=0)
    cases = count(len(rows), "case")
    head = f"In {cases} (a topic, a group, a period) a group is not on record on a topic of which others of its kind are on record as speaking. "
    sure, perhaps = counts["silent"], counts["perhaps silent"]
    told = (
        f"{spelled(sure).capitalize() if sure else 'None'} of these silences {'are' if sure > 1 else 'is'} unlikely to be chance, given how much "
        "is on record of all else"
        + (f"; {spelled(perhaps)} would be, were no other case tried" if perhaps else "")
        + (f" ({tests:,} could have come out so)" if tests else "")
        + ". "
    )
    rest = (
        f"{counts['undetermined']:,} are undetermined: too little was said to tell, or too few voices that speak of the topic anywhere tell of "
        "the group. " if counts["undetermined"] else ""
    )  # fmt: skip
    return (head, Strong(told), rest, "What is counted is what coders wrote down of what sources told, not all that was said.")


def _table(telling: Telling, rows: Sequence[Silence]) -> Table:
    ordered = sorted(rows, key=lambda row: (_ORDER[row.verdict], row.p, -row.n))
    listed = decided_first(ordered)
    made = tuple(_row(telling, row) for row in listed)
    decided = sum(row.verdict != "undetermined" for row in listed)
    columns = columns_of((("Topic", 20), ("Not on record", 20), ("Share of it elsewhere", 16), ("Verdict", 26), ("Others rest on", 18)))
    caption: Text = (Strong("Topics on which a group is not on record. "), "Those least likely to be chance first; shares with their 90 % interval.")
    return Table("tab-silences", caption, columns, made, max(decided, 6), len(rows) - len(listed), rest="topics")


def _row(telling: Telling, row: Silence) -> Row:
    share = row.share
    band = f" [{share_band(share)}]" if share_band(share) else ""
    mine = f"0 of {row.said:,} mentions, {count(row.voices, 'voice')}"
    at_most = f"; at most {number(100 * row.most, 0)} %" if row.voices > 1 else ""
    return Row(
        (
            (Strong(telling.names.topic(row.topic)), Break(), Small(telling.names.period(row.period))),
            (_group(telling, row), Break(), Small(f"{mine}{at_most}")),
            (f"{number(100 * share.estimate, 0)} %{band}", Break(), Small(_OTHERS[row.kind])),
            (telling.badge(row.verdict), Break(), Small(_why(telling, row))),
            telling.basis(row.n, "mention", share.voices, row.sources, row.records, 2),
        )
    )


def _why(telling: Telling, row: Silence) -> str:
    return telling.names.prose(row.because) if row.verdict == "undetermined" else f"none by chance: {adjusted_p(row.p, row.p_holm, row.tests)}"


def _group(telling: Telling, row: Silence) -> str:
    names = telling.names
    if row.kind == "sides":
        return names.short(row.silent)
    if row.kind == "layers":
        return f"{names.short(row.side)}, {names.layer(row.silent)}"
    return f"{names.short(row.side)}, in {row.silent}" if row.kind == "stages" else f"sources of the kind {row.silent}"


def _gaps(telling: Telling) -> list[Block]:
    """Groups of which nothing is recorded in a time, which says nothing of what they said."""
    gaps = [row for row in telling.measures.silences.rows if not row.topic]
    if not gaps:
        return []
    by_group: dict[str, list[str]] = {}
    for row in gaps:
        by_group.setdefault(_group(telling, row), []).append(telling.names.period(row.period))
    told: Text = (
        "No silence, but gaps in what is recorded (see ", Link("what the record covers", "coverage"), "): nothing at all is on record of ",
        f"{join(f'{group} ({join(periods)})' for group, periods in by_group.items())}.",
    )  # fmt: skip
    return [Fold(f"{count(len(gaps), 'gap')} in the frame", (Para(told),))]


# records that were kept back


def _kept(telling: Telling) -> list[Block]:
    kept = telling.measures.silences.kept
    head = Head("kept-back", "What was kept back, and from whom")
    if not kept:
        return [head, Para(("Nothing is recorded of what an audience was shown or kept from.",), kind="note")]
    hidden = [row for row in kept if row.how == "withheld"]
    ended = sum(bool(row.until) for row in hidden)
    times = f", {spelled(len(hidden))} times in all" if len({row.record for row in hidden}) < len(hidden) else ""
    said = f"{_records(hidden)} kept from an audience{times}: {ended:,} until a time that is told; of {len(hidden) - ended:,} no end is told. "
    shown = [row for row in kept if row.how != "withheld"]
    more = f"{_records(shown)} shown." if shown else ""
    columns = columns_of((("Record", 34), ("Audience", 18), ("By whom", 16), ("Time", 14), ("Source", 18)))
    caption: Text = (Strong("Records and who was kept from them. "), "By audience; those of which no end is told first.")
    ordered = sorted(kept, key=lambda row: (row.how, row.audience, bool(row.until), row.line))
    made = tuple(_kept_row(telling, row) for row in ordered[:MOST_ROWS])
    return [head, Para((said, more)), Table("tab-kept-back", caption, columns, made, 12, len(kept) - len(made), rest="records")]


def _records(kept: Sequence[Kept]) -> str:
    """How many records there are in entries of access.csv, of which several may be on one."""
    n = len({row.record for row in kept})
    return f"{count(n, 'record')} {'was' if n == 1 else 'were'}"


def _kept_row(telling: Telling, row: Kept) -> Row:
    names = telling.names
    source: tuple[Any, ...] = (Sources((row.source,)), Small(f", {row.locator}" if row.locator else "")) if row.source else ("–",)
    remark: tuple[Inline, ...] = (Break(), Small(row.note)) if row.note else ()
    title = names.record(row.record)
    return Row(
        (
            (Strong(title), Break(), Records((row.record,)), *remark),
            (("kept from " if row.how == "withheld" else "shown to ") + names.the(row.audience),),
            (names.short(row.by) if row.by else "not told",),
            (_time(row),),
            source,
        ),
        anchor=f"x-{row.line}",
    )


def _time(row: Kept) -> str:
    if row.how != "withheld":
        return f"first {interval(row.since)}" if row.since else "when is not told"
    since = f"from {interval(row.since)}" if row.since else "from the first"
    return f"{since} until {interval(row.until)}" if row.until else f"{since}, no end told"
