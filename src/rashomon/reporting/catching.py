"""The game of catch between the sides: what was called for and what became of it, whose turn it was, whether like meets like."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rashomon.measuring import Call, Conduct, Contest
from rashomon.reporting.catch_pictures import ball_between, calls_between, courts, outcome, window_of
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Em,
    Figure,
    Fold,
    Head,
    Inline,
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
from rashomon.reporting.reciprocal import Acts, brought_about, excitation_table, like_met
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import band, day, number, share_band, signed, span, spread
from rashomon.texts import count

_ACCOUNTS = {"all": "with inferred answers", "express": "only answers on record"}
_ACTS = Acts("dated act", "act", "of a longer time", "as fast as the sources tell of each year, so that a year told in detail")
_QUESTIONS = {
    "initiative": "Who opened more ladders",
    "unanswered": "Who left more calls without an answer",
    "reply": "Who let the other wait longer",
}


def catching(telling: Telling) -> Section | None:
    """The section; None where no two sides moved toward each other."""
    if not telling.measures.catchball.rows:
        return None
    blocks = [*_courts(telling), *_contests(telling), *_models(telling), *_thirds(telling)]
    return Section("catchball", "Catchball: call and answer", tuple(blocks))


def _main(telling: Telling) -> tuple[str, str]:
    """The two sides that the section is about: the main ones, where they moved toward each other, else those that did most."""
    result = telling.measures.catchball
    pairs = [(row.side, row.other) for row in result.rows]
    return telling.mains if telling.mains in pairs else pairs[0]


# the courts


def _courts(telling: Telling) -> list[Block]:
    result, names, main = telling.measures.catchball, telling.names, _main(telling)
    calls, window = calls_between(result, main), window_of(result)
    made = sum(row.called for row in result.rows if row.answers == "all" and {row.side, row.other} == set(main))
    text: Text = (
        f"A call is a move that asks for an answer: an offer, a proposal, a question, a demand. {names.the(main[0])} and {names.the(main[1])} made "
        f"{count(made, 'call')} upon each other that {'is' if made == 1 else 'are'} on record. Where no answer is, one is inferred: the "
        f"next move of the side called upon toward the caller, on the same issue, within {window} days, and never past an answer to "
        "something else. Inferred answers are marked, and everything is told without them too. Omissions answer nothing; a secret word to "
        "one’s own people does not either. ",
        Strong(_turn(telling)),
    )
    blocks: list[Block] = [Para(text)]
    if calls:
        caption: Text = (
            Strong("In whose court the ball lay. "),
            "A dotted line is the throw, the bar how long it stood, the mark its end (hollow: inferred); thin lines as far as dates are uncertain. What has no answer on "
            f"record counts as let fall after {window} days. Shaded: who surely held the ball.",
        )
        spec = courts(result, main, names)
        alt = f"{count(len(calls), 'call')} between the two sides by year, each in the court of the side called upon; the table holds each."
        blocks.append(Figure("fig-catchball", caption, spec, alt, None))
        blocks.append(_call_table(telling, calls))
    return [*blocks, _conduct_table(telling, main)]


def _turn(telling: Telling) -> str:
    """Whose turn it is on the day up to which all is reckoned."""
    result, names = telling.measures.catchball, telling.names
    ball = ball_between(result, _main(telling))
    if not ball:
        return "Neither called upon the other, so nobody holds the ball."
    holder, since = ball[-1].holder, f", since {day(ball[-1].start)}"
    known = {
        "nobody": f"nobody holds the ball: no call of the {window_of(result)} days before still waits for an answer",
        "both": f"both owe an answer{since}",
        "undetermined": f"whose turn it is hangs on uncertain dates{since}",
    }
    said = known.get(holder) or f"{names.the(holder)} holds the ball{since}"
    return f"On {day(result.last)}, as far as dated moves reach, {said}."


def _call_table(telling: Telling, calls: Sequence[Call]) -> Table:
    window = window_of(telling.measures.catchball)
    made = tuple(_call_row(telling, one, window) for one in calls[:MOST_ROWS])
    columns = columns_of((("When", 14), ("Who called for what", 32), ("Upon", 12), ("What became of it", 26), ("Waited, days", 16)))
    reach = day(telling.measures.catchball.last)
    caption: Text = (Strong("Calls and what became of them. "), f"In order of time; followed to {reach}, as far as dated moves reach. A call that has no answer by then counts "
                     f"as let fall after {window} days.")  # fmt: skip
    return Table("tab-calls", caption, columns, made, 8, len(calls) - len(made), rest="calls")


def _call_row(telling: Telling, call: Call, window: int) -> Row:
    names = telling.names
    said: list[Inline] = [Strong(names.short(call.caller)), f" {call.kind}"]
    said += [": ", Em(names.topic(call.issue))] if call.issue else []
    end: list[Inline] = [telling.badge(outcome(call))]
    end += [Break(), Records((call.by,))] if call.by else []
    days = f"{call.days[0]:,}" if call.days[0] == call.days[1] else f"{call.days[0]:,} to {call.days[1]:,}"
    days = f"more than {window:,}" if call.end == "let fall" else days
    return Row(((span(*call.since),), (*said, Break(), Records((call.record,))), (names.short(call.side),), tuple(end), (days,)))


def _conduct_table(telling: Telling, pair: tuple[str, str]) -> Table:
    rows = [row for row in telling.measures.catchball.rows if {row.side, row.other} == set(pair)]
    made = tuple(_conduct_row(telling, row) for row in rows)
    columns = (
        Column("Side", width=20), Column("Called upon", "number", 9), Column("Answered", "number", 13), Column("Without answer", "number", 16),
        Column("Median wait, days", "number", 16), Column("Ladders opened", "number", 12), Column("Rests on", width=14),
    )  # fmt: skip
    caption: Text = (
        Strong("How each side dealt with calls upon it. "),
        "Shares with their 90 % interval, clustered by who tells (Korn & Graubard 1998); medians by Kaplan and Meier, since some answers never "
        "came, with intervals clustered likewise; below them, the median as uncertain dates fall.",
    )
    return Table(f"tab-conduct-{pair[0]}-{pair[1]}", caption, columns, made, 4)


def _conduct_row(telling: Telling, row: Conduct) -> Row:
    share = f"{row.fallen + row.standing} of {row.called - row.withdrawn}"
    inferred = f"{row.inferred} of them inferred" if row.inferred else ""
    known = row.reply.estimate == row.reply.estimate
    wait = number(row.reply.estimate, 0) if known else "not reached"
    ends = f"as dates fall {_dated(row)}" if known and math.isfinite(row.shortest) else ""
    interval = "told by one voice: no interval" if row.called and row.because else share_band(row.left)
    return Row(
        (
            (Strong(telling.names.short(row.side)), Break(), Small(_ACCOUNTS[row.answers])),
            (str(row.called),),
            (str(row.answered), Break(), Small(inferred)),
            (share if row.called else "–", Break(), Small(interval)),
            (wait if row.called else "–", Break(), Small("; ".join(one for one in (_interval(row), ends) if one))),
            (f"{row.opened} of {row.ladders}", Break(), Small(_opened(row))),
            telling.basis(row.n, "call", row.voices, row.sources, row.records, 2),
        )
    )


def _interval(row: Conduct) -> str:
    """The interval of the median wait; where it leaves out no wait at all, that."""
    if row.reply.low == 0.0 and not math.isfinite(row.reply.high):
        return "interval: any wait"
    return f"interval {band(row.reply, 0)}" if row.reply.low == row.reply.low else ""


def _dated(row: Conduct) -> str:
    """The median as uncertain dates fall; without a longest where half may never have been answered."""
    if not math.isfinite(row.longest):
        return f"{number(row.shortest, 0)} or more"
    return spread(row.shortest, row.longest, 0)


def _opened(row: Conduct) -> str:
    return "; ".join(one for one in (share_band(row.initiative), f"{row.undetermined} undetermined" if row.undetermined else "") if one)


# who did more


def _contests(telling: Telling) -> list[Block]:
    pair = set(_main(telling))
    rows = [row for row in telling.measures.catchball.contests if {row.one, row.other} == pair]
    items = [_contest(telling, question, [row for row in rows if row.question == question]) for question in _QUESTIONS]
    columns = columns_of((("Question", 28), ("With inferred answers", 36), ("Only answers on record", 36)))
    caption: Text = (Strong("Which side did more. "), "Sides permuted within what one voice tells; the initiative by the interval of its share.")
    return [Head("initiative", "Who began, who answered, who waited"), Table("tab-contests", caption, columns, tuple(items), 3)]


def _contest(telling: Telling, question: str, rows: Sequence[Contest]) -> Row:
    cells = [_verdict(telling, row) for row in sorted(rows, key=lambda row: list(_ACCOUNTS).index(row.answers))]
    return Row(((Strong(_QUESTIONS[question]),), *cells))


def _verdict(telling: Telling, row: Contest) -> Text:
    said: list[Inline] = [telling.badge(row.verdict)]
    said += [" ", Strong(telling.names.short(row.more))] if row.more else []
    return (*said, Break(), Small(telling.names.prose(row.because)))


# models


def _models(telling: Telling) -> list[Block]:
    pair = set(_main(telling))
    result = telling.measures.catchball
    answers = [row for row in result.reciprocity if {row.side, row.other} == pair]
    moved = [row for row in result.excitation if {row.side, row.other} == pair and row.n]
    blocks: list[Block] = [Head("reciprocity", "Is like met with like, and does one move bring about another?"), Para(like_met(telling, answers))]
    if moved:
        blocks += [Para(brought_about(telling, moved, _ACTS)), excitation_table(telling, moved, "tab-excitation", _ACTS)]
    return [*blocks, _scale(telling)]


def _scale(telling: Telling) -> Fold:
    result = telling.measures.catchball
    made = tuple(Row(((kind,), (signed(score, 1),), (after,))) for kind, score, after in result.scores)
    columns = (Column("Kind of move", width=30), Column("Score", "number", 20), Column("After the code", width=50))
    caption: Text = (
        Strong("How cooperative each kind of move counts. "),
        "The numbers that Goldstein’s scale (1992) gives the nearest code of CAMEO. Other kinds count 0: their meaning hangs on what is done.",
    )
    return Fold("The scale of cooperation and conflict", (Table("tab-scale", caption, columns, made, len(made)),))


def _thirds(telling: Telling) -> list[Block]:
    main = set(_main(telling))
    pairs = dict.fromkeys((row.one, row.other) for row in telling.measures.catchball.contests if {row.one, row.other} != main)
    tables = tuple(_conduct_table(telling, pair) for pair in pairs)
    return [Fold(f"Calls and answers with thirds: {count(len(tables), 'pair')} of sides", tables)] if tables else []
