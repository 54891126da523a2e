"""What the study concludes and what it stands on: hypotheses, coverage, and how everything was measured."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
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
)
from rashomon.reporting.gamewords import orders_words
from rashomon.reporting.specs import coverage as covered
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import interval, join
from rashomon.study import Provenance, Result, format_day
from rashomon.texts import count

_VERDICTS: Final = ("borne out", "contradicted", "restated by its author", "undetermined")


def hypotheses(telling: Telling) -> Section:
    """The section on the hypotheses and their verdicts."""
    rows = telling.measures.hypotheses.rows
    if not rows:
        return Section("hypotheses", "Hypotheses", (Para(("The study declares no hypothesis.",), kind="note"),))
    counts = Counter(row.verdict for row in rows)
    text: Text = (
        f"{count(len(rows), 'hypothesis', 'hypotheses')} {'was' if len(rows) == 1 else 'were'} tried: "
        f"{join(_counted(one, counts[one]) for one in _VERDICTS if counts[one])}. A claim is never borne out by records of the source that makes "
        "it, which would be going round in a circle: it is then called restated by its author. The last line of each row says which "
        "record, were it found, would change the verdict most.",
    )
    ordered = sorted(rows, key=lambda row: _VERDICTS.index(row.verdict) if row.verdict in _VERDICTS else 9)
    made = tuple(_trial(telling, row) for row in ordered[:MOST_ROWS])
    columns = (Column("Claim", width=40), Column("Verdict", width=22), Column("Evidence", width=38))
    table = Table("tab-hypotheses", (Strong("Hypotheses and their verdicts. "),), columns, made, len(made))
    return Section("hypotheses", "Hypotheses", (Para(text), table))


def _counted(verdict: str, n: int) -> str:
    return f"{n} {verdict if n == 1 else verdict.replace('its author', 'their authors')}"


def _trial(telling: Telling, row: Any) -> Row:
    claim: list[Inline] = [Strong(row.claim), Break()]
    if row.from_:
        claim += [Small("from "), Sources((row.from_,)), Break()]
    claim += [Small(f"Test: {row.test}"), Break()] if row.test else []
    claim += [Small(f"Rival explanation: {'; '.join(row.rivals)}")] if row.rivals else []
    verdict: list[Inline] = [telling.badge(row.verdict, row.disputed), Break(), Small(telling.names.prose(row.because))]
    evidence: list[Inline] = [
        f"{count(row.n, 'record')}, {count(row.independent_voices, 'voice')} independent of the claim", Break(),
    ]  # fmt: skip
    for label, ids in (("for", row.for_), ("against", row.against)):
        named = tuple(one for one in ids if not one.startswith("check "))
        if named:
            evidence += [f"{label}: ", Records(named, 2), Break()]
    for check in row.checks:
        asked = telling.names.prose(f"{check.asked}: {check.outcome}, {check.because}")
        evidence += [Small(f"Check: {asked} "), Records(check.records, 1), Break()]
    evidence += [Small(f"Would change it most: {telling.names.prose(row.missing)}")] if row.missing else []
    return Row((tuple(claim), tuple(verdict), tuple(evidence)), anchor=f"h-{row.id}")


# coverage


def coverage(telling: Telling) -> Section:
    """The section on what is covered by the record, and what is not."""
    result = telling.measures.coverage
    if not result.rows:
        return Section("coverage", "Coverage", (Para(("Nothing is on record.",), kind="note"),))
    text: Text = (
        "What can be said depends on who was recorded. Each box counts the records that bear on a year for one layer of one side; a "
        "dot marks years with at least two voices. A view held from 1985 to 1988 bears on four years, so a row sums up to "
        "record-years, not records. Where there is no box, nothing is on record.",
    )
    blocks: list[Block] = [Para(text)]
    if any(row.time.isdigit() for row in result.rows):
        caption: Text = (Strong("Records by side, layer and year. "), "The stronger the colour, the more records. A dot: two or more voices.")
        alt = "Records that bear on each year by side and layer; the table below sums them by layer, voice and basis."
        blocks.append(Figure("fig-coverage", caption, covered(result.rows, telling.names), alt, _coverage_table(telling)))
    if result.empty:
        blocks.append(Fold(f"{count(len(result.empty), 'stretch', 'stretches')} without any record", (_empty_table(telling),)))
    if result.unplaced:
        blocks.append(Para((f"{count(result.unplaced, 'poll figure')} speak of populations that are no declared actor and have no place here.",), kind="note"))
    return Section("coverage", "What the record covers", (*blocks, *_jackknife(telling)))


def _coverage_table(telling: Telling) -> Table:
    names = telling.names
    found: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in telling.measures.coverage.rows:
        found[row.side, row.layer].append(row)
    made = tuple(
        Row(
            (
                (Strong(names.short(side)), f", {names.layer(layer) if layer else 'as a whole'}"),
                (f"{sum(one.n for one in rows):,}",),
                (str(len({one.time for one in rows})),),
                (str(len({one.voice for one in rows})),),
                (join(f"{basis} {n:,}" for basis, n in _by_basis(rows).items()),),
            )
        )
        for (side, layer), rows in found.items()
    )
    columns = (
        Column("Side and layer", width=34), Column("Record-years", "number", 12), Column("Years", "number", 8), Column("Voices", "number", 8),
        Column("By basis", width=38),
    )  # fmt: skip
    return Table("tab-coverage", (Strong("Coverage by side and layer. "),), columns, made, len(made))


def _by_basis(rows: list[Any]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for one in rows:
        counts[one.basis] += one.n
    return dict(counts.most_common())


def _empty_table(telling: Telling) -> Table:
    names = telling.names
    rows = sorted(telling.measures.coverage.empty, key=lambda one: -one.n)
    made = tuple(
        Row(((Strong(names.short(one.side)), f", {names.layer(one.layer)}"), (interval(f"{one.first}/{one.last}") if one.n > 1 else str(one.first),), (str(one.n),)))
        for one in rows[:MOST_ROWS]
    )
    columns = (Column("Side and layer", width=60), Column("From–to", width=25), Column("Years", "number", 15))
    return Table("tab-empty", (Strong("Stretches without any record. "),), columns, made, 40, max(len(rows) - MOST_ROWS, 0), rest="stretches")


# the jackknife


def _jackknife(telling: Telling) -> tuple[Block, ...]:
    """What hangs on one voice: how the counts of verdicts move, and which results change."""
    found = telling.measures.jackknife
    if not found.voices:
        return ()
    least = dict(found.provenance.parameters)["least records"]
    text: list[Inline] = [
        f"How much hangs on one voice? Each of {count(len(found.voices), 'voice')} that tell {least} records or more was left out "
        f"in turn, and the verdicts were given again"
    ]
    text += [f"; {found.untried:,} more were not tried, as the study is large"] if found.untried else []
    most = max(found.voices, key=lambda one: one.changed + one.gone)
    text += [
        f". Most hangs on {telling.names.voice(most.voice)}: without it {count(most.changed, 'result')} would be different, and "
        f"{count(most.gone, 'belief')} would not be on record. The table shows the least and the greatest count of each verdict."
    ]
    columns = (
        Column("Verdicts"), Column("All voices", "number"), Column("Least", "number"), Column("Without"),
        Column("Greatest", "number"), Column("Without"),
    )  # fmt: skip
    rows = tuple(_spread(telling, one) for one in found.counts)
    blocks: list[Block] = [
        Head("jackknife", "What hangs on one voice"), Para(tuple(text)),
        Table("tab-jackknife", (Strong("Verdicts as one voice is left out. "),), columns, rows, len(rows)),
    ]  # fmt: skip
    if found.rows:
        title = f"{count(len(found.rows), 'change')} of a result as one voice is left out"
        blocks.append(Fold(title, (_shifts(telling, found.rows),)))
    return tuple(blocks)


def _spread(telling: Telling, one: Any) -> Row:
    """A count with all voices, and the least and the greatest; who is left out is named where the count moves."""
    ends: list[Text] = []
    for n, voice in ((one.least, one.least_without), (one.greatest, one.greatest_without)):
        ends += [(f"{n:,}",), (telling.names.voice(voice) if n != one.whole else "–",)]
    return Row(((Strong(one.verdict), f", {one.measure}"), (f"{one.whole:,}",), *ends))


def _shifts(telling: Telling, rows: Sequence[Any]) -> Table:
    made = tuple(
        Row((_shifted(telling, row), (telling.names.voice(row.without),), (telling.badge(row.before),), (telling.badge(row.after),)))
        for row in rows[:MOST_ROWS]
    )
    columns = (Column("Result", width=46), Column("Without", width=20), Column("With all voices"), Column("Then"))
    return Table(
        "tab-shifts", (Strong("Results that would be different. "),), columns, made, 20, max(len(rows) - MOST_ROWS, 0), rest="changes"
    )


def _shifted(telling: Telling, row: Any) -> Text:
    """Which result changes: a belief by its record, a hypothesis by its claim, a comparison by its groups, else as it stands."""
    if row.statements:
        return (f"{telling.names.record(row.statements[0])} ", Records(row.statements, 1))
    if row.measure == "hypotheses":
        trials = telling.measures.hypotheses.rows
        claim = next(trial.claim for trial in trials if trial.id == row.item)
        return (Link(claim, f"h-{row.item}") if len(trials) <= MOST_ROWS else claim,)
    parts = re.fullmatch(r"(\S+) on (\S+), (\S+): (.+) / (.+)", row.item)
    if parts is None:
        return (row.item,)
    kind, topic, period, one, other = parts.groups()
    names = telling.names
    return (f"{names.group(one)} and {names.group(other)} on {names.topic(topic)} ({kind}), {names.period(period)}",)


# methods


def methods(telling: Telling) -> Section:
    """The section on how everything was measured."""
    study, measures = telling.study, telling.measures
    results = [(one.name.replace("_", " "), getattr(measures, one.name)) for one in fields(measures)]
    notes = [(name, result.provenance) for name, result in results if isinstance(result, Result)]
    version = notes[-1][1].version
    made = [_method(name, about) for name, about in (*(one for one in notes if one[1].n), *_played(telling))]
    idle = [name for name, about in notes if not about.n]
    columns = (
        Column("Measure", width=15), Column("Definition used", width=36), Column("Parameters", width=36), Column("Seed", "number", 7),
        Column("n", "number", 6),
    )  # fmt: skip
    seen = f"what was open by {format_day(study.day)}" if study.day is not None else "all that is known now, in hindsight"
    left = join(f"{n} {table}" for table, n in measures.left_out if n)
    used = f"Used are accepted records, and {telling.unaccepted}." if telling.unaccepted else "Only accepted records are used."
    text: Text = (
        f"Made by Rashomon {version} from the study “{study.declared.study.id}”, format {study.declared.study.format}, using {seen}"
        + (f", {telling.unheard}" if telling.unheard else "")
        + (f"; left out because it is not known when they became known: {left}" if left else "")
        + f". The same study, version and seeds give the same numbers. {used} Uncertain dates stay "
        "intervals; early, mid and late are thirds. Voices, not rows, are counted: a source with a narrator speaks with its "
        "narrator’s voice, and two sources that repeat a third are one.",
    )
    table = Table("tab-methods", (Strong("Measures, networks and games. "),), columns, tuple(made), len(made))
    rest = [Para((f"Not in the table, since the study has no records for it: {join(idle)}.",), kind="note")] if idle else []
    return Section("methods", "How it was measured", (Para(text), table, *rest))


def _method(name: str, about: Provenance) -> Row:
    parameters = "; ".join(f"{key.replace('_', ' ')} {_plain(value)}" for key, value in about.parameters if value not in (None, ""))
    seed = str(about.seed) if about.seed is not None else "–"
    return Row(((Strong(name),), (about.method,), (parameters or "–",), (seed,), (f"{about.n:,}",)))


def _played(telling: Telling) -> Iterator[tuple[str, Provenance]]:
    """How each game was played, with its orders of what is in doubt; then once what was asked of all."""
    games, windows = telling.plays.games, telling.plays.windows.provenance
    for one in games:
        about = one.solution.provenance
        told = dict(about.parameters) | {"game": "", "orders": orders_words(one)}
        yield f"game: {one.game.title}", replace(about, parameters=tuple(told.items()))
    for name, asked in (("what if", [one.what_ifs for one in games]), ("causal shares", [one.shares for one in games])):
        notes = [one.provenance for one in asked if one is not None]
        ways = {tuple(pair for pair in about.parameters if pair[0] not in ("game", "orders")): about for about in notes}
        for kept, about in ways.items():
            yield name, replace(about, parameters=kept, seed=windows.seed, n=windows.n)
    if games:
        yield "windows", replace(windows, parameters=(*windows.parameters[1:], ("games", len(games))))


def _plain(value: Any) -> str:
    """A parameter as a reader expects it: numbers without a needless point, groups as "name: a, b"."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
