"""How sets of events were counted, in sentences for the report and the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from rashomon.measuring import EventSeries, EventSet, EveryPair
from rashomon.reporting.naming import Names
from rashomon.reporting.wording import band, day, join, number
from rashomon.study import StudyData
from rashomon.texts import count

CAVEATS: Final = (
    "These are events as a program found them in the press, most of it in English: what was not reported, or not understood, is not "
    "here, and one meeting may be many rows. The number of papers that are read grows over the years, so a rise in events may be "
    "a rise in reporting; the share of all rows of the set stands beside each count for that reason. A band says how a mean would vary "
    "between days like these, not how well the program reads; a count has no band, for it is what was recorded."
)
ONE_READING: Final = (
    "A set is one voice: this is what it records. Cooperation is the sum of the values of a side’s events (Goldstein’s, the intensity that "
    "PLOVER’s sets print, or those of the study’s own table) for each thousand rows of the set in a month. A story is told for days after its event, and a meeting is an event of "
    "each toward the other: neither is an answer. Nor is what moves both sides, such as a crisis of some months: it looks like an answer here."
)
_SHOWN: Final = 6
_LISTED: Final = 36


def counted_words(told: EventSet) -> Iterator[str]:
    """What became of the rows of a set, which table was used, and what was odd."""
    days = f" of {day(told.first_day)} to {day(told.last_day)}" if told.first_day else ""
    yield (
        f"{told.format}, {count(told.files, 'file')}: {count(told.read, 'row')} read, {told.broken:,} broken and kept aside, "
        f"{told.kept:,} kept{days}. {count(told.ours, 'row')} between the sides; {told.same}: {count(told.events, 'event')}."
    )
    left = [
        f"{n:,} {why}" for n, why in ((told.outside, "outside the study's span"), (told.not_yet, "not known by the day")) if n
    ]
    if left:
        yield f"Left out: {join(left)}."
    yield f"Goldstein's scale: {told.goldstein}." + _differing(told)
    if told.unknown:
        listed = join(f"{code} ({n:,})" for code, n in told.unknown[:_SHOWN])
        more = f", and {len(told.unknown) - _SHOWN} more" if len(told.unknown) > _SHOWN else ""
        yield f"Codes that are none of {told.codes.upper()}, whose events count all the same: {listed}{more}."
    if told.passed_over:
        yield f"Columns that the format does not have, passed over: {join(told.passed_over)}."


def _differing(told: EventSet) -> str:
    if told.codes != "cameo":
        return ""
    if not told.differing:
        return " No code occurs on which the published tables of ICEWS and GDELT differ."
    listed = join(f"{code} ({count(n, 'event')})" for code, n in told.differing)
    return f" The published tables of ICEWS and GDELT differ on {listed}."


def every_pair_lines(found: EveryPair) -> Iterator[str]:
    """What was written, and what became of the rows, for the terminal."""
    yield f"{count(found.rows, 'row')}: {found.written[0]}"
    yield f"{count(found.read, 'row')} read, {found.broken:,} broken and kept aside, {found.kept:,} kept."
    yield from _broken(found)


def _broken(told: EventSet | EveryPair) -> Iterator[str]:
    """The first broken rows, and where all of them stand."""
    for one in told.first:
        place = one.file if one.line is None else f"{one.file}:{one.line}"
        yield from textwrap.wrap(f"broken: {place}: {one.reason}", 100, initial_indent="  ", subsequent_indent="    ")
    if told.aside:
        yield f"  All broken rows: {told.aside}"


def event_lines(found: EventSeries, study: StudyData) -> Iterator[str]:
    """Sets and series for the terminal."""
    names = Names(study)
    if not found.sets:
        yield "The study declares no events: write an [[events]] into study.toml."
        return
    for told in found.sets:
        yield f"{told.id} ({told.source})"
        for said in counted_words(told):
            yield from textwrap.wrap(said, 100, initial_indent="  ", subsequent_indent="  ")
        yield from _broken(told)
        yield ""
    for (of, source, target), rows in groupby(found.rows, lambda row: (row.set, row.source, row.target)):
        filled = [row for row in rows if row.events]
        listed = filled[-_LISTED:]
        yield f"{toward(names, source, target)} ({of}), by {found.by}:"
        if len(filled) > _LISTED:
            yield f"  … {count(len(filled) - _LISTED, found.by)} before these: --json"
        yield f"  {'period':<22} {'events':>8} {'rows':>8} {'‰ of all':>9}  {'coop.':>7} {'confl.':>7}  mean [band]"
        for row in listed:
            cooperation, conflict = row.verbal_cooperation + row.material_cooperation, row.verbal_conflict + row.material_conflict
            said = f"[{band(row.goldstein)}]" if not row.because else f"undetermined: {names.prose(row.because)}"
            yield (
                f"  {row.when:<22} {row.events:>8,} {row.rows:>8,} {number(row.share, 2):>9}  {cooperation:>7,} {conflict:>7,}  "
                f"{number(row.goldstein.estimate)} {said}"
            )
        yield ""
    for told in found.sets:
        if told.silent:
            yield from textwrap.wrap(f"{told.id}: {silent_words(told, names)}", 100, subsequent_indent="    ")
            yield ""
        yield from _like_lines(told, names)
    yield from textwrap.wrap(CAVEATS, 100)


def _like_lines(told: EventSet, names: Names) -> Iterator[str]:
    """Whether like is met with like in a set, and whether events bring about events: a line for each direction."""
    for row in told.reciprocity:
        said = f"{number(row.slope.estimate)} [{band(row.slope)}] for each point of {names.short(row.other)}" if row.lags else ""
        yield from _verdict(f"{toward(names, row.side, row.other)} ({told.id})", row.verdict, said, names.prose(row.because))
    for one in told.excitation:
        said = f"{number(one.ratio.estimate)} [{band(one.ratio)}] events for one" if one.draws else ""
        by = toward(names, one.by, one.other if one.by == one.side else one.side)
        of = f"events of {by} → events of {toward(names, one.side, one.other)} ({told.id})"
        yield from _verdict(of, one.verdict, said, names.prose(one.because))
    if told.reciprocity:
        yield from textwrap.wrap(ONE_READING, 100)
        yield ""


def silent_words(told: EventSet, names: Names) -> str:
    """The pairs of sides of which a set has no event: nothing happened, or the sides' codes are not those of the set."""
    pairs = join(toward(names, *one.split(" > ")) for one in told.silent)
    return f"No event is recorded of {pairs}. If that surprises you, compare codes in study.toml with those in the files."


def toward(names: Names, side: str, other: str) -> str:
    """A direction, in the short names of its sides."""
    return f"{names.short(side)} toward {names.short(other)}"


def _verdict(of: str, verdict: str, said: str, because: str) -> Iterator[str]:
    yield from textwrap.wrap(f"{of}: {verdict}{f' {said}' if said else ''}: {because}", 100, subsequent_indent="    ")
