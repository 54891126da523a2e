"""What the sections of the report share: the study, its measures, names, and the line of what a statement rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rashomon.measuring.networks import Discourse, of_layers, of_others_views
from rashomon.reporting.document import Badge, Break, Inline, Records, Sources, Text
from rashomon.reporting.naming import Names
from rashomon.reporting.wording import band, join, signed, unique
from rashomon.study import Estimate, StudyData
from rashomon.texts import count

if TYPE_CHECKING:
    from rashomon.measuring import Measures
    from rashomon.playing import Plays

MOST_ROWS: Final = 400
"""Rows of one table that a report prints; what is more is counted, and stands in the output of ``measure --json``."""

MOST_UNDECIDED: Final = 40
"""Undetermined comparisons of one kind that a report prints; why the others are undetermined is told by its counts."""

CONTRADICTED: Final = "contradicted"
_STRENGTH: Final = ("own words or acts", "witness", "author's account")

VERDICTS: Final = MappingProxyType(
    {
        "borne out": "borne",
        "answered on record": "borne",
        "contradicted": "against",
        "claimed in public only": "public",
        "undetermined": "open",
        "restated by its author": "circle",
        "apart": "apart",
        "alike": "alike",
        "differ": "apart",
        "mirror": "alike",
        "not a mirror": "apart",
        "impossible": "against",
        "differing": "apart",
        "suspect": "warning",
        "changed": "apart",
        "perhaps changed": "public",
        "responds": "apart",
        "perhaps responds": "public",
        "outlived": "warning",
        "official tone warmer": "apart",
        "official tone colder": "apart",
        "shared": "alike",
        "nearer": "alike",
        "further apart": "apart",
        "perhaps nearer": "public",
        "perhaps further apart": "public",
        "move together": "alike",
        "move apart": "apart",
        "perhaps move together": "public",
        "perhaps move apart": "public",
        "warm": "borne",
        "cold": "against",
        "balanced": "alike",
        "unbalanced": "apart",
        "silent": "apart",
        "perhaps silent": "public",
        "favoured": "borne",
        "disfavoured": "against",
        "moved": "apart",
    }
)
"""The shape of each verdict; one that is not here is told by its words alone."""


@dataclass(frozen=True)
class Telling:
    """A study, its measures and its games, to be told."""

    study: StudyData
    measures: Measures
    plays: Plays

    @cached_property
    def names(self) -> Names:
        """The names of the study."""
        return Names(self.study)

    @cached_property
    def mains(self) -> tuple[str, str]:
        """The two sides that the relationship is between: those that hold and make most, in the order declared.

        A study of fewer than two sides is given its only side twice.
        """
        study = self.study
        counts: Counter[str] = Counter()
        for column, read in ((study.statements.path, lambda path: path.holder), (study.moves.actor, str)):
            values: Sequence[Any] = column.values
            seen = Counter(column.codes.tolist())
            for code, n in seen.items():
                if code >= 0:
                    counts[study.side_of(read(values[code]))] += n
        order = [one.id for one in study.declared.sides]
        two = sorted(sorted(order, key=lambda side: -counts[side])[:2], key=order.index)
        if not two:
            return "", ""
        return two[0], two[-1]

    @cached_property
    def layers(self) -> Discourse:
        """The discourse of the layers, on which the measured networks stand."""
        return of_layers(self.study)

    @cached_property
    def others_views(self) -> Discourse:
        """The discourse of the views attributed to others."""
        return of_others_views(self.study)

    @property
    def unheard(self) -> str:
        """Whose records are left out, in words; "" where nobody's are."""
        voices = [self.names.voice(one) for one in self.study.unheard]
        return f"without {join(voices)}" if voices else ""

    @cached_property
    def machine_made(self) -> tuple[Sequence[int], Sequence[int]]:
        """Rows of the statements that count and that a machine wrote: those a person accepted, and those nobody did."""
        study = self.study
        rows = study.open_rows("statements")
        made = rows[study.statements.coder.each(lambda coder: coder in study.machines, bool, False)[rows]]
        waits = study.statements.status.each(lambda status: status == "proposed", bool, False)[made]
        return made[~waits].tolist(), made[waits].tolist()

    @property
    def unaccepted(self) -> str:
        """How many proposals count that nobody has accepted, in words; "" where none does."""
        waiting = len(self.machine_made[1])
        return f"{count(waiting, 'proposal')} of a machine that nobody has accepted" if waiting else ""

    def badge(self, verdict: str, disputed: bool = False) -> Badge:
        """A verdict as a badge."""
        kind = VERDICTS.get(verdict) or ("open" if "no " in verdict else "apart")
        return Badge(verdict, kind, disputed)

    def basis(
        self, n: int = 0, unit: str = "", voices: int = 0, sources: Iterable[str] = (), records: Iterable[str] = (),
        shown: int = 3,
    ) -> Text:  # fmt: skip
        """What a statement rests on, each on its line: counts, sources, records; what is not given is left out."""
        counts = [count(n, unit)] if unit else []
        counts += [count(voices, "voice")] if voices else []
        parts: list[Inline] = [", ".join(counts)] if counts else []
        for one in (Sources(unique(sources), 2), Records(unique(records), shown)):
            if one.ids:
                parts += [Break(), one] if parts else [one]
        return tuple(parts)

    def estimate(self, estimate: Estimate, digits: int = 2) -> str:
        """A number with its band in brackets; an en dash where nothing is estimated."""
        if estimate.estimate != estimate.estimate:
            return "–"
        shown = signed(estimate.estimate, digits)
        return f"{shown} [{band(estimate, digits)}]" if estimate.low == estimate.low else shown


_REASONS: Final = (
    (r"told by one voice only|one voice", "told by one voice only"),
    (r"no placed view", "one of the two has no placed view on record"),
    (r"holds zero and more", "the band holds zero"),
    (r"nothing that the other said", "nothing that the other said or did on the topic then is recorded"),
    (r"of equal strength", "evidence of equal strength on both sides"),
    (r"other dates can be set beside", "too few other dates to set beside it"),
    (r"observed (before|after)", "too little observed before or after"),
    (r"speak both before and after", "too few voices speak both before and after"),
    (r"on record (before it|after its beginning)", "too few values before or after"),
    (r"no control", "no control"),
    (r"placebo", "placebos move as much, or are too few"),
    (r"fell into the time", "other dated events fell into the time"),
    (r"common", "too few years in common"),
    (r"months? with moves can be used", "too few months with moves in which the view was observed"),
    (r"\bdocuments? .*(needed|too few)", "too few documents"),
    (r"does not vary", "one of the views does not vary"),
)


def reason_of(because: str) -> str:
    """The kind of reason that a verdict is undetermined for, without the names in it."""
    for pattern, kind in _REASONS:
        if re.search(pattern, because):
            return kind
    return because


def decided_first(rows: Sequence[Any]) -> list[Any]:
    """Rows in their order, without the undetermined ones past :data:`MOST_UNDECIDED`."""
    undecided = [row for row in rows if row.verdict == "undetermined"][MOST_UNDECIDED:]
    hidden = {id(row) for row in undecided}
    return [row for row in rows if id(row) not in hidden][:MOST_ROWS]


def reasons(rows: Iterable[Any]) -> list[tuple[str, int]]:
    """Why rows are undetermined, commonest first."""
    return Counter(reason_of(row.because) for row in rows if row.verdict == "undetermined").most_common()


def why(rows: Iterable[Any], most: int = 3) -> str:
    """The commonest reasons why rows are undetermined, each with how many rows it holds back; "" where none is."""
    return join(f"{reason} ({n:,})" for reason, n in reasons(rows)[:most])


def rank(row: Any) -> tuple[Any, ...]:
    """Order within a verdict: stronger evidence, undisputed, more voices, more evidence, earlier."""
    strength = _STRENGTH.index(row.strength) if row.strength in _STRENGTH else len(_STRENGTH)
    return strength, row.disputed, -row.voices, -row.n, row.start, row.holder, row.topic


def outlived(rows: Sequence[Any]) -> list[Any]:
    """Contradicted beliefs that were still held on the day since which they could be known to be wrong."""
    return [
        row
        for row in rows
        if row.verdict == CONTRADICTED and not row.forecast and row.knowable_since and row.knowable_since < row.end
    ]
