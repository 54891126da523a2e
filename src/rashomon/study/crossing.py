"""Faults that only show when records are set against each other, against actors' lives and against the study's span.

Everything here works on whole columns: the cost is a few passes over arrays, not a step a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, Where
from rashomon.study.building import Built
from rashomon.study.columns import Ints
from rashomon.study.gathering import Gathered
from rashomon.study.parsing import Context
from rashomon.study.perspectives import Path
from rashomon.study.records import Clauses, Coded, Links, Polls, Statements
from rashomon.study.schema import Declared
from rashomon.study.times import OPEN_HI, OPEN_LO, UNKNOWN_DAY, When, format_day
from rashomon.study.vocabulary import ACYCLIC_LINKS, MAX_DEPTH, RECORD_TABLES, TABLES
from rashomon.study.words import Numbering

Mask = NDArray[np.bool_]
LIMIT = 100.5
"""Percent; answers that exclude each other may sum to this much, for printed figures are rounded."""


def cross_check(built: Built, context: Context) -> None:
    """Report every fault between records."""
    report = _Report(context.gathered)
    declared = context.declaration.declared
    _unique(built, context, report)
    for name in RECORD_TABLES:
        _times(name, getattr(built, name), declared, report)
    _sums(built.polls, declared, report)
    _clauses(built.packages, report)
    _links(built.links, report)
    _answers(built, report)
    _access(built, report)


def cross_check_statements(statements: Statements, context: Context) -> None:
    """Report the faults of statements alone that only show against the study's span, its sources and its actors' lives."""
    _times("statements", statements, context.declaration.declared, _Report(context.gathered))


class _Report:
    """Faults by table and rows."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered

    def add(self, table: str, lines: Ints, rows: Sequence[int] | NDArray[Any], fault: Fault, field: str) -> None:
        placed = replace(fault, where=Where(TABLES[table].file, None, None, field))
        if len(rows):
            self.gathered.add_lines(placed, lines[np.asarray(rows, np.intp)])


# ids


def _unique(built: Built, context: Context, report: _Report) -> None:
    index = context.index
    for name, first, later in index.twice():
        report.add(later[0], _lines(built, later[0]), [later[1]], _twice(name, first, _lines(built, first[0])), "id")
    issues = [one.id for one in context.declaration.declared.issues]
    table, row = index.find(issues)
    for i in np.flatnonzero(table >= 0).tolist():
        where = index.names[int(table[i])]
        report.add(where, _lines(built, where), [int(row[i])], _also_issue(issues[i]), "id")


def _lines(built: Built, table: str) -> Ints:
    lines: Ints = getattr(built, table).line
    return lines


def _twice(name: str, first: tuple[str, int], lines: Ints) -> Fault:
    return Fault(
        "R401",
        "The id is used by two records.",
        found=f"{name!r}, first in {TABLES[first[0]].file} on line {int(lines[first[1]])}",
        allowed="each id once in the whole study",
        remedy="Give the newer record an id of its own.",
    )


def _also_issue(name: str) -> Fault:
    return Fault(
        "R401",
        "The id is that of an issue.",
        found=repr(name),
        allowed="ids that no issue has, for both may be a topic",
        remedy="Give the record another id.",
    )


# times


def _times(name: str, table: Any, declared: Declared, report: _Report) -> None:
    when: Coded[When] = table.when
    field = "fielded" if name == "polls" else "when"
    span = declared.study.span
    off = (when.codes >= 0) & ((table.when_hi < span.lo) | (table.when_lo > span.hi))
    for code, rows in _by_code(when.codes, off):
        report.add(name, table.line, rows, _off_span(when.values[code], span), field)
    if isinstance(table, Statements):
        off = off | _lives(table, declared, off, report)
    early = (when.codes >= 0) & (table.known < table.when_lo) & ~off
    for row in np.flatnonzero(early).tolist():
        report.add(name, table.line, [row], _too_early(int(table.known[row]), when.of(row)), "known")
    _published(name, table, declared, off | early, field, report)


def _by_code(codes: Ints, mask: Mask) -> list[tuple[int, NDArray[np.intp]]]:
    """Rows under ``mask`` by their code."""
    rows = np.flatnonzero(mask)
    if not len(rows):
        return []
    rows = rows[np.argsort(codes[rows], kind="stable")]
    cuts = np.flatnonzero(codes[rows][1:] != codes[rows][:-1]) + 1
    return [(int(codes[part[0]]), np.sort(part)) for part in np.split(rows, cuts)]


def _off_span(when: When, span: When) -> Fault:
    return Fault(
        "R404",
        "The record lies outside the study's span.",
        found=repr(when.text),
        allowed=f"within the study's span, {span.text}",
        remedy="Correct the time, or widen the span in study.toml.",
    )


def _too_early(known: int, when: When) -> Fault:
    return Fault(
        "R405",
        "The fact is known before it begins.",
        found=f"known {format_day(known)}, when {when.text!r}",
        allowed=f"a day from {format_day(when.lo)}",
        remedy="Correct known or when. If it was foreseen, when is the time at which it was said, about the time foreseen.",
    )


def _lives(table: Statements, declared: Declared, skip: Mask, report: _Report) -> Mask:
    """R403: a view held outside its holder's life, or ascribed to an actor who did not exist at the time spoken of."""
    lives = {one.id: one.alive for one in declared.actors if one.alive is not None}
    bad = np.zeros(len(table), np.bool_)
    if not lives:
        return bad
    number = {name: i for i, name in enumerate(lives)}
    spoken = _spoken(table)
    for place in range(MAX_DEPTH):
        actor = table.path.each(partial(_number_at, number, place), np.int32, -1)
        lo, hi, loose = table.when_lo, table.when_hi, table.when.each(_is_loose, np.bool_, True)
        if place:  # a view may speak of a longer time than the other lived: it need only meet that life
            lo, hi, loose = *spoken, np.ones(len(table), np.bool_)
        out = (actor >= 0) & _outside(actor, list(lives.values()), lo, hi, loose) & ~skip & ~bad
        for row in np.flatnonzero(out).tolist():
            name = table.path.of(row).actors[place]
            held = table.about[row] or table.when.of(row) if place else table.when.of(row)
            report.add("statements", table.line, [row], _no_life(name, lives[name], held, bool(place)), "when")
        bad |= out
    return bad


def _number_at(number: Mapping[str, int], place: int, path: Path) -> int:
    """The number of the actor at a place of a path; −1 where the path is shorter, or the actor has none."""
    return number.get(path.actors[place], -1) if path.depth > place else -1


def _is_loose(when: When) -> bool:
    """Whether a time need only meet a life, not lie within it."""
    return when.within or when.approximate


def _spoken(table: Statements) -> tuple[Ints, Ints]:
    """Bounds of the time that a statement speaks of: ``about``, where given, else ``when``."""
    given = table.about.codes >= 0
    lo = np.where(given, table.about.each(lambda one: one.lo, np.int32, OPEN_LO), table.when_lo)
    hi = np.where(given, table.about.each(lambda one: one.hi, np.int32, OPEN_HI), table.when_hi)
    return lo.astype(np.int32), hi.astype(np.int32)


def _outside(actor: Ints, lives: Sequence[When], lo: Ints, hi: Ints, loose: Mask) -> Mask:
    """Whether each time lo..hi lies outside the life of an actor (number in ``lives``); if in doubt, only if all of it does."""
    born = np.array([one.lo for one in lives], np.int32)[actor]
    died = np.array([one.hi for one in lives], np.int32)[actor]
    vague = np.array([one.approximate for one in lives], np.bool_)[actor]
    apart = (hi < born) | (lo > died)
    beyond = ((lo < born) & (lo != OPEN_LO)) | ((hi > died) & (hi != OPEN_HI))
    out: Mask = apart | (beyond & ~loose & ~vague)
    return out


def _no_life(name: str, life: When, held: When, ascribed: bool) -> Fault:
    return Fault(
        "R403",
        f"The view is {'ascribed to' if ascribed else 'held by'} {name!r} at a time outside that actor's life.",
        found=repr(held.text),
        allowed=f"within the life declared, {life.text}",
        remedy="Correct the time, the path, or the life in study.toml. Of one remembered, the time meant belongs in about.",
    )


def _published(name: str, table: Any, declared: Declared, skip: Mask, field: str, report: _Report) -> None:
    """R412: a source cannot report what began after it was published."""
    published = {one.id: one.published for one in declared.sources}
    last = table.source.each(lambda one: published[one].hi if one in published else UNKNOWN_DAY, np.int32, UNKNOWN_DAY)
    late = (table.when_lo > last) & ~skip
    for row in np.flatnonzero(late).tolist():
        fault = Fault(
            "R412",
            "The record begins after its source was published.",
            found=f"{table.when.of(row).text!r}, source {table.source.of(row)!r} of {published[table.source.of(row)].text}",
            allowed="what began before its source was published",
            remedy="Correct the time or the source, or the source's date in study.toml. The time of a forecast belongs in about.",
        )
        report.add(name, table.line, [row], fault, field)


# polls


def _sums(polls: Polls, declared: Declared, report: _Report) -> None:
    """R406: in one survey, by one source, answers of which one could be chosen sum to more than :data:`LIMIT` percent.

    Only what is certain counts: exact figures and lower bounds; of an answer printed twice the smaller.
    """
    exclusive = {one.id for one in declared.poll_questions if not one.multiple}
    lower = polls.relation.each(lambda one: one in ("=", ">"), np.bool_, False)
    percent = polls.unit.each(lambda one: one == "percent", np.bool_, False)
    single = polls.question.each(lambda one: one in exclusive, np.bool_, False)
    keys = (polls.survey, polls.question, polls.population, polls.fielded, polls.source)
    filled = np.logical_and.reduce([column.codes >= 0 for column in (*keys, polls.answer)])
    rows = np.flatnonzero(lower & percent & single & filled & np.isfinite(polls.share))
    if not len(rows):
        return
    group = _group([column.codes[rows] for column in (*keys, polls.base)])
    answer = _group([group, polls.answer.codes[rows]])
    least = np.full(int(answer.max()) + 1, np.inf)
    np.minimum.at(least, answer, polls.share[rows])
    _, first = np.unique(answer, return_index=True)
    sums = np.bincount(group[first], weights=least)
    for number in np.flatnonzero(sums > LIMIT).tolist():
        members = rows[group == number]
        report.add("polls", polls.line, members[-1:], _over(polls, members, float(sums[number])), "share")


def _group(columns: Sequence[Ints | NDArray[np.int64]]) -> NDArray[np.int64]:
    """Number of each distinct row of several code columns, for every row."""
    number = np.zeros(len(columns[0]), np.int64)
    for codes in columns:
        key = number * (int(codes.max()) + 2) + codes + 1
        number = np.unique(key, return_inverse=True)[1].astype(np.int64)
    return number


def _over(polls: Polls, rows: NDArray[np.intp], total: float) -> Fault:
    figures = ", ".join(
        f"{polls.answer.of(row)} {polls.share[row]:g} (line {polls.line[row]})" for row in rows.tolist()
    )
    return Fault(
        "R406",
        "Answers that exclude each other sum to more than 100.5 percent.",
        found=f"{total:g} percent: {figures}",
        allowed="at most 100.5 percent",
        remedy="Correct a share; name another survey or population; or set multiple = true for the question.",
    )


# packages


def _clauses(table: Clauses, report: _Report) -> None:
    if not len(table):
        return
    package = Numbering().of(table.id.names.runs).astype(np.int64)
    for field in ("title", "kind", "when", "author"):
        coded: Coded[Any] = getattr(table, field)
        usual = _usual(package, coded.codes)
        for row in np.flatnonzero((coded.codes >= 0) & (coded.codes != coded.codes[usual])).tolist():
            like = int(usual[row])
            fault = _differ(table.id[row], field, coded[row], coded[like], int(table.line[like]))
            report.add("packages", table.line, [row], fault, field)
    key = package * (len(table.clause.values) + 1) + table.clause.codes
    _, start = np.unique(key, return_index=True)
    again = table.clause.codes >= 0
    again[start] = False
    for row in np.flatnonzero(again).tolist():
        report.add("packages", table.line, [row], _same_clause(table.id[row], table.clause.of(row)), "clause")


def _usual(package: NDArray[np.int64], codes: Ints) -> NDArray[np.intp]:
    """For each row the first of its package's rows that has what most of them have; of equally many, what stands first.

    So one wrong cell is one fault, in whichever clause it stands. Blank cells (−1) count for nothing.
    """
    filled = np.flatnonzero(codes >= 0)
    pairs = package[filled] * (int(codes.max(initial=0)) + 1) + codes[filled]
    _, first, count = np.unique(pairs, return_index=True, return_counts=True)
    order = np.lexsort((first, -count, package[filled[first]]))
    packages, best = np.unique(package[filled[first[order]]], return_index=True)
    usual = np.arange(len(package))
    chosen = np.zeros(int(package.max(initial=0)) + 1, np.intp)
    chosen[packages] = filled[first[order[best]]]
    usual[filled] = chosen[package[filled]]
    return usual


def _differ(name: str, field: str, found: object, first: object, line: int) -> Fault:
    return Fault(
        "R409",
        f"Clauses of one package contradict each other in {field!r}.",
        found=f"{_shown(found)} for {name!r}",
        allowed=f"{_shown(first)}, as on line {line}",
        remedy="Write the same in every clause of the package, or give this one another id.",
    )


def _shown(value: object) -> str:
    if isinstance(value, When):
        return repr(value.text)
    return repr("; ".join(value)) if isinstance(value, tuple) else repr(value or "")


def _same_clause(name: str, clause: str) -> Fault:
    return Fault(
        "R401",
        "A clause is given twice.",
        found=f"clause {clause!r} of {name!r}",
        allowed="each clause of a package once",
        remedy="Number the clause anew, or delete one of the two.",
    )


# links


def _links(links: Links, report: _Report) -> None:
    names = list(dict.fromkeys((*links.from_.values, *links.to.values)))
    number = {name: i for i, name in enumerate(names)}
    start = links.from_.each(lambda one: number[one], np.int64, -1)
    end = links.to.each(lambda one: number[one], np.int64, -1)
    sound = (start >= 0) & (end >= 0)
    for row in np.flatnonzero(sound & (start == end)).tolist():
        report.add("links", links.line, [row], _itself(names[int(end[row])]), "to")
    for kind in ACYCLIC_LINKS:
        rows = np.flatnonzero(sound & (start != end) & (links.kind.codes == links.kind.code(kind)))
        for circle in _circles(start[rows].tolist(), end[rows].tolist()):
            last = int(rows[circle[-1]])
            path = [names[int(start[rows[i]])] for i in circle]
            report.add("links", links.line, [last], _circular(kind, path), "to")


def _circles(start: list[int], end: list[int]) -> list[list[int]]:
    """Circles in a graph, each as the numbers of its links in order; one for every set of links that close one."""
    after: dict[int, list[int]] = {}
    for link, node in enumerate(start):
        after.setdefault(node, []).append(link)
    found: list[list[int]] = []
    done: set[int] = set()
    for root in after:
        trail: list[int] = []  # links walked
        depth = {root: 0}  # nodes on the trail
        stack = [iter(after[root])] if root not in done else []
        while stack:
            link = next(stack[-1], -1)
            if link < 0:
                stack.pop()
                node = end[trail.pop()] if trail else root
                done.add(node)
                depth.pop(node, None)
            elif end[link] in depth:
                found.append([*trail[depth[end[link]] :], link])
            elif end[link] not in done:
                trail.append(link)
                depth[end[link]] = len(trail)
                stack.append(iter(after.get(end[link], ())))
    return found


def _itself(name: str) -> Fault:
    return Fault(
        "R411",
        "A record refers to itself.",
        found=repr(name),
        allowed="another record",
        remedy="Name the record that is meant.",
    )


def _circular(kind: str, names: list[str]) -> Fault:
    return Fault(
        "R407",
        f"Links of the kind {kind!r} run in a circle.",
        found=f" {kind} ".join([*names, names[0]]),
        allowed=f"{kind!r} that leads from one record to another, and never back to where it began",
        remedy="Turn round or delete the link that is wrong.",
    )


# moves and access


def _answers(built: Built, report: _Report) -> None:
    moves = built.moves
    lists = [(code, names) for code, names in enumerate(moves.answers.values) if names]
    rows = moves.id.find([name for _, names in lists for name in names])
    codes = np.repeat([code for code, _ in lists], [len(names) for _, names in lists]).astype(np.int64)
    hit = rows >= 0
    own = rows[hit][moves.answers.codes[rows[hit]] == codes[hit]]
    for row in own.tolist():
        report.add("moves", moves.line, [row], _itself(moves.id[row]), "answers")


def _access(built: Built, report: _Report) -> None:
    access = built.access
    begun = access.from_.each(lambda one: one.lo, np.int32, OPEN_LO)
    over = access.until.each(lambda one: one.hi, np.int32, OPEN_HI)
    for row in np.flatnonzero(
        (over < begun) & access.how.each(lambda one: one == "withheld", np.bool_, False)
    ).tolist():
        fault = Fault(
            "R303",
            "The withholding ends before it begins.",
            found=f"from {_shown(access.from_[row])}, until {_shown(access.until[row])}",
            allowed="until not before from",
            remedy="Correct one of the two times.",
        )
        report.add("access", access.line, [row], fault, "until")
