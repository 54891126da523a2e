"""Rival explanations of one outcome: how they stand, what each expected and what was found, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Final

from rashomon.measuring import Duel, MissingDocument, Rivals, Standing, Tested
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Head,
    Inline,
    Para,
    Row,
    Section,
    Small,
    Sources,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import join, number, unique

_ORDER: Final = ("favoured", "undetermined", "restated by its author", "disfavoured")


def rivals(telling: Telling) -> Section:
    """The section on rival explanations."""
    result = telling.measures.rivals
    if not result.rows:
        return Section("rivals", "Rival explanations", (Para(("The study declares no rival explanations.",), kind="note"),))
    blocks: list[Block] = [Para(_opening(telling, result))]
    for place, outcome in enumerate(dict.fromkeys(row.outcome for row in result.rows), 1):
        blocks += _Outcome(telling, result, outcome, place).blocks()
    return Section("rivals", "Rival explanations", tuple(blocks))


def _opening(telling: Telling, result: Rivals) -> Text:
    judges = join(unique(row.by for row in result.tests))
    prior = str(dict(result.provenance.parameters)["prior odds"])
    return (
        "What should be seen if an account of an outcome is true, and hardly otherwise? Each such expectation is one of Van Evera’s tests: a hoop "
        "(certain), a smoking gun (unique), both (doubly decisive) or neither (a straw in the wind). How certain and how unique are ",
        Strong("judgements"), f" of {judges}, not measurements" if judges else ", not measurements",
        "; they are intervals, and so is all that follows from them. A likelihood ratio says how many times likelier what was found is under the account "
        f"than under a rival. An account is favoured where it is likelier than every rival over prior odds from {prior.replace(':', ' : ')}, and two "
        "independent voices speak for it. What only its own source tells counts for nothing, nor does what was not looked for; what one voice tells "
        "weighs between its strongest piece alone and all pieces as if independent.",
    )  # fmt: skip


class _Outcome:
    """One outcome, with its accounts by letters."""

    def __init__(self, telling: Telling, result: Rivals, outcome: str, place: int) -> None:
        self.telling, self.outcome, self.place = telling, outcome, place
        self.rows: Sequence[Standing] = [row for row in result.rows if row.outcome == outcome]
        self.letters: Mapping[str, str] = {row.id: _letter(at) for at, row in enumerate(self.rows)}
        self.duels: Sequence[Duel] = [row for row in result.duels if row.outcome == outcome]
        self.tests: Sequence[Tested] = [row for row in result.tests if row.explanation in self.letters]
        self.missing: Sequence[MissingDocument] = [row for row in result.missing if row.explanation in self.letters]

    def blocks(self) -> list[Block]:
        """All that is told of the outcome."""
        out: list[Block] = [Head(f"outcome-{self.place}", self.outcome.rstrip(".")), self._said(), self._standings()]
        out += [self._tests()] if self.tests else [Para(("No account says what it expects to see.",), kind="note")]
        if self.missing:
            out += [self._most(), self._table_of_missing()]
        return out

    def _said(self) -> Para:
        best = [row for row in self.rows if row.verdict == "favoured"]
        if best:
            said: Text = (Strong(f"{best[0].claim.rstrip('.')}."), " This account is favoured over every rival: ", *self._odds(best[0].id), ".")
        else:
            said = (Strong("Which account is right is undetermined. "), f"{self._why()} (", *self._duelled(), ").")
        n = len({record for row in self.rows for record in row.records})
        sources = unique(source for row in self.rows for source in row.sources)
        return Para(said, self.telling.basis(n, "record", self.telling.study.independent_voices(sources), sources))

    def _why(self) -> str:
        even = [f"{self.letters[duel.one]} and {self.letters[duel.other]}" for duel in self.duels if _even(duel)]
        if len(even) == len(self.duels):
            return f"The {'range' if len(even) == 1 else 'ranges'} of odds between them {'holds' if len(even) == 1 else 'hold'} 1 : 1"
        return f"The odds hold 1 : 1 between {join(even)}" if even else "Too few voices tell what would decide"

    def _odds(self, name: str) -> Text:
        mine = [(duel.other, duel.odds_low, duel.odds_high) for duel in self.duels if duel.one == name]
        mine += [(duel.one, 1 / duel.odds_high, 1 / duel.odds_low) for duel in self.duels if duel.other == name]
        return (join(f"{odds_between(low, high)} against {self.letters[other]}" for other, low, high in mine),)

    def _duelled(self) -> Text:
        said = (f"{self.letters[one.one]} against {self.letters[one.other]} {odds_between(one.odds_low, one.odds_high)}" for one in self.duels)
        return ("; ".join(said),)

    def _standings(self) -> Table:
        rows = []
        for row in sorted(self.rows, key=lambda one: _ORDER.index(one.verdict)):
            claim: list[Inline] = [Strong(f"{self.letters[row.id]}. {row.claim}")]
            claim += [Break(), Small("from "), Sources((row.from_,))] if row.from_ else []
            verdict: Text = (self.telling.badge(row.verdict), Break(), Small(self._because(row)))
            basis = self.telling.basis(row.n, "expectation", 0, row.sources, row.records)
            rows.append(Row((tuple(claim), verdict, (_chances(row.low, row.high),), basis), anchor=f"x-{row.id}"))
        columns = (
            Column("Account", width=36), Column("Verdict", width=28), Column("Probability among these", width=14), Column("Rests on", width=22),
        )  # fmt: skip
        caption: Text = (Strong("The accounts. "), "Probability: if one of them is true, over all judged intervals and prior odds.")
        return Table(f"tab-rivals-{self.place}", caption, columns, tuple(rows), len(rows))

    def _because(self, row: Standing) -> str:
        """Why the verdict is so, with the letters of those that beat the account."""
        if row.verdict != "disfavoured":
            return self.telling.names.prose(row.because)
        head, colon, tail = row.because.partition(": ")
        names, semicolon, rest = tail.partition("; ")
        return f"{head}{colon}{join(self.letters[name] for name in names.split(', '))}{semicolon}{rest}"

    def _tests(self) -> Table:
        rows = tuple(Row(self._test(row), anchor=f"e-{row.id}") for row in self.tests[:MOST_ROWS])
        columns = (
            Column("Expected to be seen", width=34), Column("Test", width=18), Column("Found?", width=16), Column("Likelihood ratio", width=12),
            Column("Records", width=20),
        )  # fmt: skip
        caption: Text = (Strong("What each account expects, and what was found. "), "Ratios above 1 speak for the account, against its rivals; below 1, for them.")
        return Table(f"tab-expectations-{self.place}", caption, columns, rows, 12, max(len(self.tests) - MOST_ROWS, 0), rest="expectations")

    def _test(self, row: Tested) -> tuple[Text, ...]:
        seen: list[Inline] = [Strong(f"{self.letters[row.explanation]}: "), row.sees]
        seen += [Break(), Small(row.note)] if row.note else []
        test: Text = (
            join(row.kinds, "or") if len(row.kinds) < 4 else "any of the four", Break(),
            Small(f"certain {_chances(*row.certainty)}"), Break(), Small(f"unique {_chances(*row.uniqueness)}"),
        )  # fmt: skip
        found: list[Inline] = [row.state]
        if row.where:
            found += [Break(), Small(f"{'' if row.state == 'not found' else 'to be sought '}in {join(self._place(one) for one in row.where)}")]
        if row.state == "not found":
            found += [Break(), Small(f"a trace would survive: {_chances(*row.survives)}")]
        ratio: list[Inline] = ["–" if row.weighs == "open" else _times(row.ratio_low, row.ratio_high)]
        ratio += [Break(), Small("counts for nothing: only the source of the account that it speaks for tells it")] if row.weighs == "own source only" else []
        records = self.telling.basis(len(row.records), "record" if row.records else "", 0, row.sources, row.records)
        return tuple(seen), test, tuple(found), tuple(ratio), records or ("–",)

    def _place(self, name: str) -> str:
        return self.telling.names.labels.get(name, name)

    # what is missing

    def _most(self) -> Para:
        first = [row for row in self.missing if row.rank == 1]
        what = join(f"“{self._sees(row.id).rstrip('.')}”" for row in first)
        change = [row for row in self.missing if row.changes]
        ends = (
            f"{len(change)} of them could change a verdict alone." if change
            else "None of them alone would change a verdict: the other judgements are too wide, or the voices too few."
        )  # fmt: skip
        said: Text = (
            Strong("Which missing document would tell most? "),
            f"{what}{' (equally)' if len(first) > 1 else ''}: {_searched(first)} expected to move the probability between the two accounts that it "
            f"tells most of by {_points(first[0].worth)} (from {_points(first[0].worth_low)} to {_points(first[0].worth_high)}, as the judgements and prior "
            f"odds move). {ends}",
        )
        return Para(said)

    def _sees(self, name: str) -> str:
        return next(row.sees for row in self.tests if row.id == name)

    def _table_of_missing(self) -> Table:
        rows = tuple(Row(self._row_of_missing(row)) for row in self.missing[:MOST_ROWS])
        columns = (
            Column("Rank", "number", 6), Column("Not looked for, withheld or lost", width=34), Column("Expected shift", width=16),
            Column("Odds now", width=14), Column("If found", width=15), Column("If not", width=15),
        )  # fmt: skip
        caption: Text = (
            Strong("What is missing, by what it is expected to tell. "),
            "Shift of the probability in points, at the middle of all judgements and over their whole range; odds for the account that expects it, "
            "against the rival named.",
        )
        return Table(f"tab-missing-{self.place}", caption, columns, rows, 10, max(len(self.missing) - MOST_ROWS, 0), rest="expectations")

    def _row_of_missing(self, row: MissingDocument) -> tuple[Text, ...]:
        pair = f"{self.letters[row.explanation]} against {self.letters[row.rival]}"
        where = f"; {join(self._place(one) for one in row.where)}" if row.where else ""
        what: Text = (self._sees(row.id), Break(), Small(f"{row.state}{where}"))
        after = [
            (odds_between(*odds), *((Break(), Small(f"{self.letters[name]} favoured")) if name else ()))
            for odds, name in ((row.if_found, row.favoured_found), (row.if_absent, row.favoured_absent))
        ]  # fmt: skip
        shift: Text = (_points(row.worth), Break(), Small(f"{_points(row.worth_low)} to {_points(row.worth_high)}"))
        rank = f"{row.rank}{' =' if row.tied else ''}"
        return (rank,), what, shift, (odds_between(*row.odds), Break(), Small(pair)), *after


def _searched(first: Sequence[MissingDocument]) -> str:
    """What is expected to move a probability: a search, or what nobody can look for any more."""
    return "if it were recovered, it would be" if all(row.state == "lost" for row in first) else "looking for it is"


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _even(duel: Duel) -> bool:
    return duel.odds_low <= 1 <= duel.odds_high


def odds_between(low: float, high: float) -> str:
    """A range of odds, "1 : 160 to 36 : 1"; an en dash where there are none."""
    return "–" if math.isnan(low) else f"{_odds(low)}\u00a0to {_odds(high)}"


def _odds(value: float) -> str:
    return f"{_two(value)}\u00a0:\u00a01" if value >= 1 else f"1\u00a0:\u00a0{_two(1 / value)}"


def _times(low: float, high: float) -> str:
    return f"{_two(low)}\u00a0to\u00a0{_two(high)}"


def _two(value: float) -> str:
    """A positive number with two digits that count."""
    digits = max(0, 1 - math.floor(math.log10(value)))
    rounded = round(value, 1 - math.floor(math.log10(value)))
    return f"{rounded:,.{digits}f}" if digits and rounded != round(rounded) else f"{rounded:,.0f}"


def _chances(low: float, high: float) -> str:
    shown = [f"{100 * one:.0f}" if 0.01 <= one <= 0.99 or one in (0, 1) else "under 1" if one < 0.01 else "over 99" for one in (low, high)]
    return f"{shown[0]} to {shown[1]}\u00a0%" if " " in "".join(shown) else f"{shown[0]}–{shown[1]}\u00a0%"


def _points(value: float) -> str:
    return f"{number(100 * value, 0)}\u00a0points"
