"""What a comparison of two coders says on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from rashomon.coding.differing import Difference
from rashomon.coding.reliability import Agreement
from rashomon.coding.scoring import Scores
from rashomon.study import Estimate
from rashomon.texts import count, one_line

_LONG: Final = 240  # characters of a passage that are shown
_BY_TOPIC: Final = "path + topic"  # for which the topics are shown
_MOST: Final = 8  # confusions of a field that are shown


def comparison_lines(found: Agreement, scores: Scores | None = None, most: int = 10) -> Iterator[str]:
    """Agreement by field, on the units and on the words marked; the scores, if the first is a machine; then what differs.

    ``most``: how many differences are shown. Nothing is rounded to agreement: what cannot be had is "–", with why below.
    """
    a, b = found.coders
    every = found.unitising[0]
    yield f"{found.label}: {a} ({count(every.a, 'statement')}) and {b} ({every.b:,}); {len(found.pairs):,} paired by likeness."
    yield from _fields(found)
    yield from _words(found)
    yield from _confused(found)
    if scores is not None:
        yield from _scores(scores)
    yield from _differences(found, most)


def _fields(found: Agreement) -> Iterator[str]:
    level = found.rows[0].alpha.level
    yield ""
    yield _columns(("field", "pairs", "alike", "of all", "blind", f"alpha ({level:.0%})", "resampled"))
    for row in found.rows:
        shares = (_share(row.share), _share(row.of_all), _share(row.blind_share))
        yield _columns((row.field, f"{row.n:,}", *shares, _band(row.alpha), count(row.clusters, row.by)))
    yield from _why((row.field, row.because) for row in found.rows)


def _words(found: Agreement) -> Iterator[str]:
    yield ""
    if not found.spans[0].documents:
        yield f"Words marked: not compared, for {found.spans[0].because}."
        return
    first = found.spans[0]
    yield f"Words marked, in {count(first.characters, 'character')} of {count(first.documents, 'document')}:"
    yield _columns(("topic", "quotes", "", "", "", "alpha for units", "resampled"))
    for row in found.spans:
        yield _columns((row.topic, f"{row.a:,}/{row.b:,}", "", "", "", _band(row.alpha), count(row.clusters, row.by)))
    yield from _why((row.topic, row.because) for row in found.spans)


def _confused(found: Agreement) -> Iterator[str]:
    """The most frequent confusions of each field."""
    for field, rows in groupby(found.confused, lambda row: row.field):
        unlike = [row for row in rows if row.a != row.b]
        if unlike:
            yield f"\nMost often confused, {field} ({found.coders[0]} → {found.coders[1]}):"
            yield from (f"  {row.n:>4}  {row.a} → {row.b}" for row in unlike[:_MOST])


def _scores(scores: Scores) -> Iterator[str]:
    coded = f"in what {scores.person} coded: {count(scores.documents, 'document')}."
    yield f"\n{scores.machine} scored against {scores.person}, {coded}"
    yield _columns(("", "machine", "person", "right", "precision", "recall", "F1"))
    shown = [row for row in scores.rows if row.verdict == "estimated" or row.by == "all"]
    for row in shown:
        if row.by == "topic" and row.what != _BY_TOPIC:
            continue
        name = row.what if row.by == "all" else f"  {row.by} {row.of}"
        counts = (f"{row.machine:,}", f"{row.person:,}", f"{row.right:,}")
        yield _columns((name, *counts, _share(row.precision.estimate), _share(row.recall.estimate), _band(row.f1)))
    if len(shown) < len(scores.rows):
        yield "  Not shown: depths, topics and languages of which either made fewer than ten."
    if scores.elsewhere or scores.unplaced:
        yield (
            f"  Not scored: {scores.elsewhere:,} of {scores.machine} in other documents,"
            f" {scores.unplaced:,} of {scores.person} without passage or locator."
        )


def _differences(found: Agreement, most: int) -> Iterator[str]:
    single = sum(not (one.a and one.b) for one in found.differing)
    yield f"\n{count(len(found.differing) - single, 'difference')}, and {count(single, 'statement')} of one coder only."
    for one in found.differing[:most]:
        yield from beside(one, found.coders)
    if len(found.differing) > most:
        yield f"\n… and {len(found.differing) - most:,} more."
    if found.differing:
        yield f"\nDecide what counts: rashomon adjudicate STUDY {' '.join(found.coders)}"


def beside(one: Difference, coders: tuple[str, str]) -> Iterator[str]:
    """What two coders made of one passage; a star marks the cells in which they differ."""
    yield "\n" + "  ".join(filter(None, (one.passage or one.source, one_line(one.locator))))
    if one.text:
        plain = one_line(one.text)
        yield f"  “{plain if len(plain) <= _LONG else plain[:_LONG] + '…'}”"
    for coder, name, cells in ((coders[0], one.a, one.of_a), (coders[1], one.b, one.of_b)):
        said = "; ".join(
            f"{key} {'*' * (key in one.fields)}{cells[key]}" for key in cells if cells[key] or key in one.fields
        )
        yield f"  {coder}: {name}  {said}" if name else f"  {coder}: –"


def _columns(cells: Iterable[str]) -> str:
    first, *rest, last = cells
    return (f"  {first:<34}" + "".join(f"{cell:>10}" for cell in rest[:4]) + f"{rest[4]:>22}  {last}").rstrip()


def _why(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Why something is not given, once a reason."""
    reasons: dict[str, list[str]] = {}
    for name, because in rows:
        if because:
            reasons.setdefault(because, []).append(name)
    yield from (f"  {'; '.join(names)}: {because}." for because, names in reasons.items())


def _share(value: float) -> str:
    return f"{value:.2f}" if value == value else "–"


def _band(one: Estimate) -> str:
    band = f" ({one.low:.2f} to {one.high:.2f})" if one.low == one.low else ""
    return _share(one.estimate) + band
