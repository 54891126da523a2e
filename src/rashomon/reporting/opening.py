"""How the report opens: what it is of, and on what evidence it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.reporting.document import Link, Strong, Text
from rashomon.reporting.findings import capital, decided_beliefs, late_beliefs, views_apart
from rashomon.reporting.naming import side_names
from rashomon.reporting.telling import Telling, why
from rashomon.reporting.wording import day, interval, join, unique
from rashomon.study import UNKNOWN_DAY, StudyData, format_day
from rashomon.study.vocabulary import RECORD_TABLES
from rashomon.texts import count


def subtitle(telling: Telling) -> str:
    """What the report is of: the sides, the years, as known when, without whom, and with what nobody accepted."""
    span = interval(telling.study.declared.study.span.text)
    seen = f"as known on {day(format_day(telling.study.day))}" if telling.study.day is not None else "with hindsight"
    without = f" · {telling.unheard}" if telling.unheard else ""
    without += f" · with {telling.unaccepted}" if telling.unaccepted else ""
    return f"One relationship, told from every side · {side_names(telling.names, _mains(telling))}, {span} · {seen}{without}"


def _mains(telling: Telling) -> list[str]:
    """The main sides, each once."""
    return [one for one in dict.fromkeys(telling.mains) if one]


def evidence(telling: Telling) -> str:
    """What the study rests on, in one sentence's worth of counts."""
    study = telling.study
    rows = study.open_rows("statements")
    deep = int(study.statements.path.each(lambda path: path.depth > 1, bool, False)[rows].sum())
    packages = study.number_of("packages", study.open_rows("packages"))
    others = ((len(study.open_rows("polls")), "poll figure"), (len(study.open_rows("moves")), "move"), (packages, "package"))
    parts = [f"{deep:,} of them about what another holds" if deep else "", telling.unaccepted]
    within = "; ".join(one for one in parts if one)
    statements = count(len(rows), "statement") + (f" ({within})" if within else "")
    listed = join([statements, *(count(n, what) for n, what in others if n)])
    return f"{listed}, coded from {count(len(_told(study)), 'source')}"


def seen(telling: Telling) -> str:
    """What the view's day hides, in a sentence: what had begun and is left out, or that nothing was open yet; "" in hindsight."""
    study = telling.study
    if study.day is None:
        return ""
    head = f"As known on {day(format_day(study.day))}"
    if not is_open(study):
        first = min((int(bound.min()) for name in RECORD_TABLES if len(bound := _bound(study, name))), default=UNKNOWN_DAY)
        begins = f"; the first record was open by {day(format_day(first))}" if first < UNKNOWN_DAY else ""
        return f"{head}: nothing in the study was open by then{begins}."
    left = sum(n for _, n in telling.measures.left_out)
    rest = f"{count(left, 'record')} that had begun by then {'is' if left == 1 else 'are'} left out, because when "
    rest += "it" if left == 1 else "they"
    return f"{head}; {rest} became known is not on record." if left else f"{head}."


def is_open(study: StudyData) -> bool:
    """Whether any record was open by the view's day."""
    return any(len(study.open_rows(name)) for name in RECORD_TABLES)


def _bound(study: StudyData, name: str) -> NDArray[np.integer[Any]]:
    """(n,) the latest day on which each record of a table became known."""
    table: Any = study.table(name)
    bound: NDArray[np.integer[Any]] = table.known_bound
    return bound


def _told(study: StudyData) -> set[str]:
    """Ids of the sources of all open records."""
    found: set[str] = set()
    for name in RECORD_TABLES:
        column: Any = getattr(study, name).source
        found |= {column.values[code] for code in set(column.codes[study.open_rows(name)].tolist()) if code >= 0}
    return found


def answer(telling: Telling) -> tuple[Text, ...]:
    """The answer in a few sentences: where they misperceived, what could have been known, what it cost, where they stand apart, and how
    far this carries; what is bold leads to its section.
    """
    beliefs = telling.measures.misperceptions.rows
    made = (
        (decided_beliefs(telling), "misperceptions"), (late_beliefs(telling), "fig-beliefs"), (_cost(telling), "windows"),
        (_apart(telling), "asymmetries"), (_undecided(beliefs, "belief"), "misperceptions"),
    )  # fmt: skip
    return (*(_leading(capital(told), anchor) for told, anchor in made if told), *_voices(telling, beliefs))


def _leading(said: Text, anchor: str) -> Text:
    """A sentence whose bold words lead to where more is told."""
    return tuple(Link(part.text, anchor) if isinstance(part, Strong) else part for part in said)


def _cost(telling: Telling) -> Text:
    """Whether misperception alone cost an agreement in the games: a sentence without its full stop; () where none is played."""
    ends = {row.game: row.verdict for row in telling.plays.windows.rows}
    n = Counter(ends.values())
    if len(ends) == 1:
        shown = Strong(f"is {'' if n['missed'] else 'not '}shown")
        rest = (f"; {_ENDS[one][0]}" for one in n if one in _ENDS)
        return ("misperception alone ", shown, " to have cost an agreement in the only modelled conflict", *rest)
    head = ("misperception alone is shown to have cost an agreement in ", Strong(f"{n['missed'] or 'none'} of {len(ends):,} modelled conflicts"))
    return (*head, *(f"; {_ENDS[one][1].format(n[one])}" for one in _ENDS if n[one])) if ends else ()


_ENDS: Final = {
    "closed": ("it would have had none even if seen truly", "{} would have had none even if seen truly"),
    "undetermined": ("premises in doubt decide it", "premises in doubt decide {}"),
    "reached": ("it ended in one", "{} ended in one"),
}
"""How a game ends that misperception alone did not spoil: of one, and of several."""


def _apart(telling: Telling) -> Text:
    """On how many comparisons two sides stand apart, and how many the record does not decide: without a full stop; () where there is none."""
    rows = [row for row in telling.measures.asymmetries.rows if row.kind != "layers"]
    said, open_ = views_apart(telling), sum(row.verdict == "undetermined" for row in rows)
    return (*said, f"; {open_:,} stay{'s' if open_ == 1 else ''} undetermined") if said and open_ else said or _undecided(rows, "comparison")


def _undecided(rows: Sequence[Any], what: str) -> Text:
    """How many rows the record does not decide, and what holds most of them back: without a full stop; () where it decides all."""
    n = sum(row.verdict == "undetermined" for row in rows)
    head = f"{n:,} of {count(len(rows), what)}" if len(rows) > 1 else f"The only {what}"
    return (Strong(head), f" {'stays' if n == 1 else 'stay'} undetermined; most often: {why(rows, 1)}") if n else ()


def _voices(telling: Telling, beliefs: Sequence[Any]) -> tuple[Text, ...]:
    """How many independent voices tell the beliefs; () where there are none."""
    if not beliefs:
        return ()
    voices = telling.study.independent_voices(unique(source for row in beliefs for source in row.told_by))
    head = "All beliefs together are" if len(beliefs) > 1 else "The belief is"
    return ((f"{head} told by {count(voices, 'independent voice')}.",),)


def abstract(telling: Telling) -> Text:
    """What was asked, and on what evidence."""
    hidden = f" {seen(telling)}" if telling.study.day is not None else ""
    return (
        f"How did {side_names(telling.names, _mains(telling))} see each other, where did they misperceive, and what could have been "
        f"known when? This report answers from {evidence(telling)}.{hidden} Each finding leads to its records, and each record to the source "
        "that tells it. Policies in force at once are both shown, uncertain dates stay intervals, and no line is drawn on one voice (an author, "
        "narrator or pollster, however much each tells) alone.",
    )
