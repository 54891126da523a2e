"""Whether like is met with like, and whether acts bring about acts, in words and a table: of moves, and of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.measuring import Excitation, Reciprocity
from rashomon.reporting.document import Break, Column, Inline, Row, Small, Strong, Table, Text
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import band, join, number
from rashomon.texts import count, written_p


@dataclass(frozen=True)
class Acts:
    """What the acts are called: ``dated``, one that is counted; ``one``, of the others those ``left`` out are; ``pace``: how fast
    they come that nothing brings about, and what is not taken for excitement for that reason.
    """

    dated: str
    one: str
    left: str
    pace: str


def like_met(telling: Telling, rows: Sequence[Reciprocity]) -> Text:
    """Reciprocity in a sentence for each side, or one for both where neither can be told."""
    head = (
        "Is like met with like? The cooperation of each side in a month is explained by its own and by the other’s in the months before "
        "(reciprocity, after Goldstein & Freeman 1990; errors after Newey & West 1987). "
    )
    reasons = {row.because for row in rows}
    if not rows or all(row.verdict == "undetermined" for row in rows):
        return (head, Strong("Undetermined: "), f"{telling.names.prose(join(sorted(reasons)) or 'no acts')}.")
    parts: list[Inline] = [head]
    for row in rows:
        parts += [telling.names.short(row.side), " ", telling.badge(row.verdict), f" {telling.estimate(row.slope)} for each point of "
                  f"{telling.names.the(row.other)} ({telling.names.prose(row.because)}). "]  # fmt: skip
    return tuple(parts)


def brought_about(telling: Telling, rows: Sequence[Excitation], acts: Acts) -> Text:
    """Over how many acts the model was fitted, and how, or why nothing can be said."""
    first = rows[0]
    left = f"; {count(first.left_out, acts.one)} {acts.left} are left out" if first.left_out else ""
    head = (
        f"Does one act bring about others, and how many? Reckoned from the days of {count(first.n, acts.dated)} (a Hawkes process){left}. What comes unasked is taken "
        f"to come {acts.pace} is not taken for excitement. "
    )
    if not first.draws:
        return (head, Strong("Undetermined: "), f"{telling.names.prose(first.because)}.")
    fitted = f"The waits from act to act are such as the model leads to expect ({written_p(first.fit)})" if first.fits else "The model does not fit"
    return (head, f"Dates were drawn {first.draws} times within what is known of them, and the results joined (Rubin’s rule). {fitted}{_delay(rows)}.")


def _delay(rows: Sequence[Excitation]) -> str:
    """After how many days what is brought about follows, where anything is."""
    if all(row.verdict != "excites" for row in rows):
        return ""
    mean, low, high = (number(one, 0) for one in rows[0].delay)
    return f"; an act that is brought about follows after {mean} days on average ({low} to {high} as dates are drawn)"


def excitation_table(telling: Telling, rows: Sequence[Excitation], anchor: str, acts: Acts) -> Table:
    """How many acts of each side an act of each brings about."""
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(names.short(row.by)), " → ", Strong(names.short(row.side)), Break(), Small("itself" if row.by == row.side else "the other")),
                (_ratio(row),),
                (f"{number(row.within)}, {number(row.between)}" if row.draws else "–",),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.n, acts.one, row.voices, row.sources),
            )
        )
        for row in rows
    )
    columns = (
        Column("An act of … brings about acts of …", width=26), Column("How many", "number", 18), Column("Error within, between drawings", "number", 16),
        Column("Verdict", width=24), Column("Rests on", width=16),
    )  # fmt: skip
    return Table(anchor, (Strong("Acts that bring about acts. "), "How many acts one act brings about (the branching ratio), with its 90 % interval; not adjusted for there being several."), columns, made, 4)


def _ratio(row: Excitation) -> str:
    return f"{number(row.ratio.estimate)} [{band(row.ratio)}]" if row.draws else "–"
