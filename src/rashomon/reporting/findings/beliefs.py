"""What the ledgers find: which beliefs about another hold, since when that could be known, and what was made of signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from rashomon.reporting.document import Finding, Strong, Text
from rashomon.reporting.findings.making import capital, finding
from rashomon.reporting.telling import CONTRADICTED, Telling, outlived, rank
from rashomon.reporting.wording import day, interval, join, unique
from rashomon.texts import count

_HELD_ON: Final = ("ignored", "discounted", "overlooked", "reinterpreted")


def verdicts(telling: Telling) -> Finding | None:
    """How many beliefs about another hold, and how many the evidence contradicts."""
    rows = telling.measures.misperceptions.rows
    if not rows:
        return None
    public, open_ = (sum(row.verdict == one for row in rows) for one in ("claimed in public only", "undetermined"))
    decided = [row for row in rows if row.verdict in (CONTRADICTED, "borne out")]
    aside = [
        f"{public} {'more ' if decided else ''}{'was' if public == 1 else 'were'} voiced in public only" if public else "",
        f"{open_} {'stays' if open_ == 1 else 'stay'} undetermined" if open_ else "",
    ]  # fmt: skip
    rest, head = join(one for one in aside if one), f"Of {count(len(rows), 'belief')} about another "
    said: Text = (*decided_beliefs(telling), f"; {rest}." if rest else ".") if decided else (f"{head}{rest}.",)
    contradicted = sorted((row for row in rows if row.verdict == CONTRADICTED), key=rank)
    return finding(telling, said, len(rows), "belief", "misperceptions", contradicted, settled=bool(decided))


def decided_beliefs(telling: Telling) -> Text:
    """How many beliefs the evidence decides, and which way: a sentence without its full stop; () where it decides none."""
    decided = [row for row in telling.measures.misperceptions.rows if row.verdict in (CONTRADICTED, "borne out")]
    if not decided:
        return ()
    wrong = sum(row.verdict == CONTRADICTED for row in decided)
    if len(decided) == 1:
        return "The only belief about another that the evidence decides is ", Strong(decided[0].verdict)
    by_side = join(one for side in unique(telling.mains) if (one := _of_side(telling, decided, side)))
    right = len(decided) - wrong
    return (
        f"Of {count(len(decided), 'belief')} about another that the evidence decides, ",
        Strong(f"{wrong} {'is' if wrong == 1 else 'are'} contradicted"),
        f" and {right or 'none'} borne out (contradicted: {by_side or 'none of the two sides’'})",
    )


def _of_side(telling: Telling, decided: Sequence[Any], side: str) -> str:
    mine = [row for row in decided if telling.study.side_of(row.holder) == side]
    wrong = sum(row.verdict == CONTRADICTED for row in mine)
    return f"{wrong} of {len(mine)} held in {telling.names.short(side)}" if mine else ""


def strongest(telling: Telling) -> Finding | None:
    """The belief that the strongest evidence contradicts."""
    rows = sorted((row for row in telling.measures.misperceptions.rows if row.verdict == CONTRADICTED), key=rank)
    if not rows:
        return None
    row = rows[0]
    held: Text = telling.names.held(row.held, row.topic)[0] if row.held else ("the evidence says otherwise",)
    since = f", knowable since {day(row.knowable_since)}" if row.knowable_since else ""
    said: Text = (
        "The most firmly contradicted: ",
        *telling.names.belief(row.path, row.modality, row.topic, row.believed),
        f", {interval(row.when)}; but ",
        *held,
        f" ({row.strength}{since}).",
    )
    return finding(telling, said, row.n, "record", "tab-beliefs-contradicted", [row])


def outlived_beliefs(telling: Telling) -> Finding | None:
    """How many contradicted beliefs were held on to after they could be seen to be wrong."""
    contradicted = [row for row in telling.measures.misperceptions.rows if row.verdict == CONTRADICTED and not row.forecast]
    dated = [row for row in contradicted if row.knowable_since]
    if not dated:
        return None
    return finding(telling, capital(late_beliefs(telling)), len(dated), "belief", "fig-beliefs", outlived(contradicted) or dated)


def late_beliefs(telling: Telling) -> Text:
    """How many contradicted beliefs outlived the evidence against them: a sentence without its full stop; () where no day is known."""
    rows = telling.measures.misperceptions.rows
    contradicted = [row for row in rows if row.verdict == CONTRADICTED and not row.forecast]
    dated = sum(bool(row.knowable_since) for row in contradicted)
    if not dated:
        return ()
    late = len(outlived(contradicted))
    of = f"of {count(len(contradicted), 'contradicted belief')} (forecasts apart), {dated} could be seen to be wrong from a day that is known"
    if dated == 1:
        return f"{of}, and ", Strong("was" if late else "was not"), " held on to after it"
    return f"{of}: ", Strong(f"{late} of these {dated}"), f" {'was' if late == 1 else 'were'} held on to after it"


def signals(telling: Telling) -> Finding | None:
    """How many moves are known to have been read, and misread, by the side addressed."""
    rows = telling.measures.signals.rows
    chances = {row.side: row for row in telling.measures.opportunities.rows if row.time == "all"}
    sides = [side for side in unique(telling.mains) if side in chances]
    if not sides:
        return None
    read = join(f"{chances[side].read} of {count(chances[side].addressed, 'move')} addressed to {telling.names.the(side)}" for side in sides)
    addressed = [(row, telling.study.side_of(row.target)) for row in rows if row.target]
    misread = [row for row, side in addressed if side in sides and _misread_by(telling, row, side)]
    text: Text = (
        f"It is on record how the side addressed read {read}; {len(misread) or 'none'} of these {'was' if len(misread) == 1 else 'were'} misread at least once. How many others were "
        "read is unknown.",
    )
    return finding(telling, text, len(rows), "move", "signals", misread)


def _misread_by(telling: Telling, row: Any, side: str) -> bool:
    """Whether a reading of a move by somebody of a side is contradicted."""
    return any(one.verdict == CONTRADICTED and telling.study.side_of(one.reader) == side for one in row.readings)


def updating(telling: Telling) -> Finding | None:
    """What holders made of signs against what they believed."""
    rows = telling.measures.updating.rows
    told = [row for row in rows if row.response != "undetermined"]
    if not rows:
        return None
    counts = Counter(row.response for row in told)
    stayed, unknown = sum(counts[one] for one in _HELD_ON), len(rows) - len(told)
    text: Text = (
        f"Faced with a sign against a belief, its holder kept to it in {stayed or 'none'} of {count(len(told), 'case')} and changed or "
        f"narrowed it in {counts['updated'] + counts['narrowed'] or 'none'}",
        f"; {count(unknown, 'more sign')} {'is' if unknown == 1 else 'are'} not known to have lain open to it then." if unknown else ".",
    )
    records = unique(id_ for row in told for id_ in (*row.statements, row.sign))
    return finding(telling, text, len(rows), "sign", "updating", (), records=records, settled=bool(told))
