"""What each side says in series of texts, and stops saying: words that are followed, formulas dropped and reworded."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Final

from rashomon.measuring.formulas import Change, Formula, Formulas, TextChanges, Tracked
from rashomon.reporting.document import (
    Block,
    Break,
    Bullets,
    Column,
    Em,
    Figure,
    Fold,
    Head,
    Para,
    Records,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.formula_pictures import spoken
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import band, interval, join, number, percent, unique
from rashomon.study import Estimate
from rashomon.texts import count, written_p

MOST: Final = 40
"""Formulas, drops and rewordings that the report prints of all series."""
_EACH: Final = 12
"""Formulas of the latest text of a series that the report prints of each kind."""
_MANY: Final = 20  # formulas, of which one is surprisingly silent by chance alone


def formulating(telling: Telling) -> Section | None:
    """The section on series of texts; None where the study has none."""
    result = telling.measures.formulas
    if not result.texts and not result.unread:
        return None
    blocks = [*_opening(telling, result), *_tracked(telling, result.tracked), *_latest(telling, result), *_stopped(telling, result),
              *_dropped(telling, result), *_otherwise(telling, result.changes), *_reworded(telling, result.changes),
              *_texts(telling, result)]  # fmt: skip
    return Section("formulas", "What each side says, text by text", tuple(blocks))


def _opening(telling: Telling, result: Formulas) -> list[Block]:
    counts = {name: sum(len(row.texts) for row in result.texts if row.series == name) for name in dict.fromkeys(row.series for row in result.texts)}
    listed = join(f"“{telling.names.series(name)}” ({count(n, 'text')})" for name, n in counts.items())
    rows = _many(result)
    text: Text = (
        f"{listed} {'was' if len(counts) == 1 else 'were'} compared word by word. " if counts else "No text of a series could be read. ",
        f"{count(rows, 'passage') if rows else 'No passage'} {'recur' if rows > 1 else 'recurs'} in them often enough to be called a formula. "
        "Bands are over texts, which are the thing measured; each series is one voice, its own."
        if counts else "",
    )  # fmt: skip
    blocks: list[Block] = [Para(text)]
    if result.notes:
        blocks.append(Bullets(tuple((one,) for one in result.notes)))
    if result.unread:
        told = Bullets(tuple((f"{place}: {why}",) for place, why in result.unread[:MOST]))
        blocks.append(Fold(f"{count(len(result.unread), 'text')} that could not be read", (told,)))
    return blocks


# what is followed


def _tracked(telling: Telling, rows: Sequence[Tracked]) -> list[Block]:
    if not rows:
        return []
    head = Head("spoken-of", "When each begins, changes and stops speaking of it")
    heard = [row for row in rows if row.mentions]
    blocks: list[Block] = [head]
    if heard:
        caption: Text = (Strong("Texts that speak of what is followed. "), "A mark for each text, larger the more often; the line is the series.")
        alt = "For each series and topic a line of time with a mark at each text that speaks of it; the table below gives the numbers."
        blocks.append(Figure("fig-spoken", caption, spoken(heard, telling.names), alt, None, "text"))
    made = tuple(_tracked_row(telling, row) for row in sorted(rows, key=lambda row: (not row.mentions, row.topic, row.series)))
    columns = (
        Column("Of what, in which series", width=22), Column("Texts that speak of it", width=17), Column("First and last, gaps", width=21),
        Column("How the rate changes", width=25), Column("Rests on", width=15),
    )  # fmt: skip
    note: Text = (
        Strong("Speaking of it, and not. "),
        "Shares and rates (mentions per 1,000 words) with their 90 % band over texts; a change is one that no more than one in twenty random "
        "orders of the texts would show. Words are counted, not what is meant by them.",
    )
    return [*blocks, Table("tab-spoken", note, columns, made, 12, rest="rows")]


def _tracked_row(telling: Telling, row: Tracked) -> Row:
    share = row.share
    low, high = (number(100 * one, 0) for one in (share.low, share.high))
    times: Text = ("never",)
    if row.mentions:
        gaps = join(f"{_span(telling, a, b)} ({n})" for a, b, n in row.gaps)
        silent = f"silent since, in {count(row.silent, 'text')}: {_bits(row.surprise)}" if row.silent else "to the last text"
        times = (Strong(f"{interval(row.first_when)}–{interval(row.last_when)}"), Break(), Small(silent))
        times += (Break(), Small(f"not in {gaps}")) if gaps else ()
    shown = ", ".join(row.words[:6]) + (f" and {len(row.words) - 6} more" if len(row.words) > 6 else "")
    return Row(
        (
            (Strong(row.name), Break(), Small(telling.names.series(row.series)), Break(), Small(shown)),
            (f"{row.speak} of {row.n}", Break(), Small(f"{percent(row.speak, row.n)} [{low}–{high} %]")),
            times,
            _stretches(telling, row),
            telling.basis(sum(n for _, _, n in row.mentions), "mention", 0, row.sources, row.records, 2),
        )
    )


def _stretches(telling: Telling, row: Tracked) -> Text:
    if row.verdict == "undetermined":
        return telling.badge(row.verdict), Break(), Small(telling.names.prose(row.because))
    said: list[Text] = []
    for one in row.stretches:
        rate = f"{number(one.rate.estimate)} [{band(one.rate)}]"
        said.append((f"{_years(one.first_when, one.last_when)}: ", Strong(rate), Small(f" in {one.speak} of {one.n}"), Break()))
    return (*(part for one in said for part in one), Small(f"{row.verdict}, {written_p(row.p)}"))


def _span(telling: Telling, first: str, last: str) -> str:
    return _years(*(telling.study.record(one).when.text for one in (first, last)))


def _years(first: str, last: str) -> str:
    return interval(first) if first == last else f"{interval(first)}–{interval(last)}"


def _bits(surprise: Estimate) -> str:
    return f"{number(surprise.estimate, 1)} bits [{band(surprise, 1)}]" if surprise.estimate == surprise.estimate else "–"


# the latest text


def _latest(telling: Telling, result: Formulas) -> list[Block]:
    """What the latest text of each series did with each formula that had stood, and what is new in it."""
    last = {row.series: row for row in result.texts}.values()
    blocks = [block for at, text in enumerate(last) for block in _latest_of(telling, result, text, f"tab-latest-{at + 1}")]
    head = Head("formulas-latest", "The latest text: kept, reworded, said otherwise, dropped, added")
    return [head, *blocks] if blocks else []


def _latest_of(telling: Telling, result: Formulas, text: TextChanges, anchor: str) -> list[Block]:
    became = [row for row in result.became if row.series == text.series]
    added = [row for row in result.added if row.series == text.series]
    if not became and not added:
        return []
    blocks: list[Block] = [_latest_counts(telling, text, len(added), text.series in dict(result.compared))]
    if became:
        shown = [row for _, rows in groupby(became, lambda row: row.change) for row in islice(rows, _EACH)]
        columns = columns_of((("What became of it", 14), ("Formula, as it stood before", 30), ("In this text", 30), ("Had stood in", 12), ("Rests on", 14)))
        more = text.standing + text.taken_up - len(shown)
        caption: Text = (Strong("Formulas in the latest text. "), f"The weightiest of each kind (texts × words), {_EACH} at most.")
        blocks.append(Table(anchor, caption, columns, tuple(_latest_row(telling, row) for row in shown), 10, more, rest="formulas"))
    if added:
        listed = [(row.words,) for row in added[:MOST]] + ([(f"{len(added) - MOST:,} more.",)] if len(added) > MOST else [])
        note = Para(
            ("In order. Fewer than a fifth of the runs of five words (ten characters of Japanese) of each stood in an earlier text, or stand within a formula that did; "
             "old matter in other words is new by this rule.",), kind="note",
        )  # fmt: skip
        blocks.append(Fold(f"{count(len(added), 'sentence')} new in the latest text", (note, Bullets(tuple(listed)))))
    return blocks


def _latest_counts(telling: Telling, text: TextChanges, added: int, compared: bool) -> Para:
    told = [(text.kept, "kept"), (text.reworded, "reworded")]
    told += [(text.said_otherwise, "said otherwise")] if compared else []
    became = join(f"{n:,} {what}" for n, what in (*told, (text.dropped, "left out")))
    said = f": of {count(text.standing, 'formula')} that stood in the text before {became}; " if text.standing else ": "
    new = f"{count(added, 'sentence')} {'is' if added == 1 else 'are'} new."
    head = Strong(f"{telling.names.series(text.series)}, {interval(text.when)} ")
    return Para((head, Records(text.texts, 1), f"{said}{text.taken_up:,} taken up again. {new}"))


def _latest_row(telling: Telling, row: Change) -> Row:
    here: Text = ("word for word",) if row.change == "kept" else (row.after or "–",)
    if row.gone or row.come:
        here += (Break(), *_differing(row))
    since = f"since {interval(telling.study.record(row.first).when.text)}"
    return Row(
        (
            (Strong(row.change),),
            (Em(row.before), Break(), row.within) if row.within else (Em(row.before),),
            here,
            (f"{row.stood} of {row.chances}", Break(), Small(since)),
            telling.basis(0, "", 0, row.sources, row.records, 2),
        )
    )


# formulas


def _many(result: Formulas) -> int:
    """How many formulas there are, with a row or without."""
    return len(result.rows) + sum(n for _, n in result.left_out)


def _stopped(telling: Telling, result: Formulas) -> list[Block]:
    """Formulas that have gone silent, the most surprising silence first, and how surprising one of so many would be by chance."""
    rows, many = result.rows, _many(result)
    gone = sorted((row for row in rows if row.silent), key=lambda row: (-row.surprise.low, -row.stood, row.id))
    if not rows:
        return []
    head = Head("formulas-stopped", "Formulas that are no longer said")
    if not gone:
        return [head, Para(("All of the weightiest formulas stand in the last text.",), kind="note")]
    made = tuple(_stopped_row(telling, row) for row in gone[:MOST])
    columns = columns_of((("Formula, as it last stood", 36), ("Stood in", 14), ("From, to", 14), ("Silence", 18), ("Rests on", 18)))
    rarest = (
        f" These are the rarest of many: among {count(many, 'formula')} about one silence of {number(math.log2(many), 0)} bits or more is to be "
        "expected by chance."
        if many >= _MANY else ""
    )  # fmt: skip
    caption: Text = (
        Strong("Formulas that fell silent. "),
        "Of the weightiest of each series. Bits: the surprise of so long a silence, had nothing changed; one more bit is half the chance." + rarest,
    )
    return [head, Table("tab-stopped", caption, columns, made, 10, len(gone) - len(made), rest="formulas")]


def _stopped_row(telling: Telling, row: Formula) -> Row:
    lapses = f"{count(row.lapses, 'lapse')}, {count(row.wordings, 'wording')}"
    kind = "" if row.kind == "plain" else f"{row.kind}, "
    return Row(
        (
            (Em(row.words), Break(), Small(f"{kind}{telling.names.series(row.series)}")),
            (f"{row.stood} of {row.chances}", Break(), Small(lapses)),
            (_years(row.first_when, row.last_when),),
            (count(row.silent, "text"), Break(), Small(_bits(row.surprise))),
            telling.basis(row.stood, "text", 0, row.sources, (row.first, row.last), 2),
        )
    )


def _dropped(telling: Telling, result: Formulas) -> list[Block]:
    standing, otherwise, dropped = (sum(getattr(row, name) for row in result.texts) for name in ("standing", "said_otherwise", "dropped"))
    if not standing:
        return []
    expected = sum(row.by_chance for row in result.texts)
    drops = [row for row in result.changes if row.change == "dropped"]
    out = [row for row in drops if row.verdict == "stands out"]
    text: Text = (
        f"{standing:,} times a formula stood in the text before, and {dropped + otherwise:,} times of these the next text left its words out; by the formulas’ own records "
        f"{number(expected, 0)} omissions were to be expected (what all have in common is learnt from the same texts, so that the two sums must be close). ",
        Strong(f"{count(len(out), 'omission')} {'stands' if len(out) == 1 else 'stand'} out" if out else "No single omission stands out"),
        f": {'its chance' if len(out) == 1 else 'the chance of each'}, had nothing changed, is surely below one in eight, and among so many some are."
        if out else ": of none is the chance, had nothing changed, surely below one in eight. What counts then is how long a silence lasts (above).",
        *_by_meaning(telling, result, otherwise),
    )  # fmt: skip
    columns = columns_of((("Text", 14), ("Formula left out", 36), ("Had stood in", 14), ("Verdict", 20), ("Rests on", 16)))
    chosen = sorted(drops, key=lambda row: -row.surprise.low)[:MOST]
    made = tuple(_drop_row(telling, row) for row in chosen)
    caption: Text = (Strong("Omissions. "), "The most surprising first.")
    table = Table("tab-dropped", caption, columns, made, max(len(out), 6), dropped - len(made), rest="omissions")
    return [Head("formulas-dropped", "Formulas that one text left out"), Para(text), table]


def _by_meaning(telling: Telling, result: Formulas, otherwise: int) -> Iterator[str]:
    """How many omissions are said otherwise, and of which series that was not looked for."""
    compared = dict(result.compared)
    if compared:
        found = f"{count(otherwise, 'omission')} {'is' if otherwise == 1 else 'are'}" if otherwise else "No omission is"
        yield f" {found} said otherwise, as far as a comparison of sentences by meaning ({join(unique(compared.values()))}) tells."
    others = unique(row.series for row in result.texts if row.series not in compared)
    if others:
        yield f" Whether what {join(f'“{telling.names.series(one)}”' for one in others)} left out is said in other words was not looked for."


def _otherwise(telling: Telling, changes: Sequence[Change]) -> list[Block]:
    rows = [row for row in changes if row.change == "said otherwise"]
    if not rows:
        return []
    columns = columns_of((("Text", 14), ("Formula, and its sentence before", 30), ("A sentence of this text", 28), ("Likeness", 14), ("Rests on", 14)))
    made = tuple(
        Row(
            (
                (Strong(interval(row.when)), Break(), Small(telling.names.series(row.series))),
                (Em(row.before), Break(), row.within),
                (row.after,),
                (number(row.likeness), Break(), Small(f"chance explains {number(100 * row.chance, 0)} % of such")),
                telling.basis(0, "", 0, row.sources, row.records, 2),
            )
        )
        for row in rows[:MOST]
    )
    caption: Text = (
        Strong("Said otherwise. "),
        "The sentence in which a formula had stood, and the one that means most nearly the same in a text that leaves it out. Likeness hardly tells who "
        "does what to whom, and nothing of words that went with a purpose: read both.",
    )
    return [Head("formulas-otherwise", "Formulas that were said otherwise"), Table("tab-otherwise", caption, columns, made, 6, len(rows) - len(made), rest="matches")]


def _drop_row(telling: Telling, row: Change) -> Row:
    back = f"back in {interval(telling.study.record(row.back).when.text)}" if row.back else "not since"
    because = (Break(), Small(telling.names.prose(row.because))) if row.because else ()
    return Row(
        (
            (Strong(interval(row.when)), Break(), Small(telling.names.series(row.series))),
            (Em(row.before), Break(), Small(back if row.kind == "plain" else f"{row.kind}; {back}")),
            (f"{row.stood} of {row.chances}", Break(), Small(count(row.lapses, "lapse"))),
            (telling.badge(row.verdict), Break(), Small(_bits(row.surprise)), *because),
            telling.basis(0, "", 0, row.sources, row.records, 2),
        )
    )


def _differing(row: Change) -> Text:
    """The words that went, and those that came."""
    return f"− {'; '.join(row.gone) or 'none'}", Break(), f"+ {'; '.join(row.come) or 'none'}"


def _reworded(telling: Telling, changes: Sequence[Change]) -> list[Block]:
    rows = [row for row in changes if row.change == "reworded" and row.kind != "ceremonial"]
    if not rows:
        return []
    rows.sort(key=lambda row: (-len(row.before), row.when))
    columns = columns_of((("Text", 16), ("Before", 26), ("After", 26), ("Words out, words in", 18), ("Rests on", 14)))
    made = tuple(
        Row(
            (
                (Strong(interval(row.when)), Break(), Small(telling.names.series(row.series))),
                (Em(row.before),),
                (Em(row.after),),
                _differing(row),
                telling.basis(0, "", 0, row.sources, row.records, 2),
            )
        )
        for row in rows[:MOST]
    )
    caption: Text = (Strong("Rewordings from one text to the next. "), "The longest first, courtesies left out.")
    return [Head("formulas-reworded", "Formulas that were reworded"), Table("tab-reworded", caption, columns, made, 6, len(rows) - len(made), rest="rewordings")]


def _texts(telling: Telling, result: Formulas) -> list[Block]:
    rows = result.texts
    if not any(row.standing for row in rows):
        return []
    compared = dict(result.compared)
    heads = ("Text", "Words", "Stood before", "Kept", "Reworded", "Said otherwise", "Left out", "To be expected", "Taken up again", "Begun")
    columns = (Column(heads[0], width=19), *(Column(one, "number", 9) for one in heads[1:]))
    made = tuple(
        Row(
            (
                (interval(row.when), Break(), Small(f"{telling.names.series(row.series)} "), Records(row.texts, 1)),
                *((f"{one:,}",) for one in (row.words, row.standing, row.kept, row.reworded)),
                (f"{row.said_otherwise:,}" if row.series in compared else "–",),
                (f"{row.dropped:,}",),
                (number(row.by_chance, 1),),
                *((f"{one:,}",) for one in (row.taken_up, row.begun)),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    caption: Text = (Strong("Each text against those before it. "), "How many omissions the formulas’ own records lead one to expect stands beside those there were.")
    table = Table("tab-texts", caption, columns, made, 20, len(rows) - len(made), rest="texts")
    return [Fold(f"{count(len(rows), 'text')} against those before", (table,))]
