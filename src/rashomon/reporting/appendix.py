"""The appendices: every source, and every record with its locator, basis and what the coder noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rashomon.reporting.document import Entries, Entry, Head, Inline, Link, Para, Records, Section, Text, Web, anchor_of
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import day, interval, share
from rashomon.study import UNKNOWN_DAY, Clause, Move, Poll, Source, Statement, When, format_day
from rashomon.study import Link as LinkRow
from rashomon.texts import count

MOST_RECORDS: Final = 5000
"""Records that the report prints; of a larger study only those that the article leads to."""

Lines = tuple[tuple[str, Text], ...]
Cited = Mapping[str, Sequence[tuple[str, str]]]
"""Record id → the sections (anchor, title) that lead to it."""


def records(telling: Telling, cited: Cited) -> Section:
    """The appendix of records."""
    study = telling.study
    total = sum(len(study.open_rows(table)) for table in ("statements", "moves", "packages", "polls", "texts"))
    whole = total <= MOST_RECORDS
    blocks: list[Any] = [
        Para(
            (
                f"All {total:,} accepted records, as coded. " if whole else f"Of {total:,} accepted records those that the article leads to. ",
                "Notes are the coder’s. Each entry names its source and the place in it; “cited in” leads back.",
            )
        )
    ]
    for title, anchor, entries in (
        ("Statements", "records-statements", _statements(telling, cited, whole)),
        ("Moves", "records-moves", _moves(telling, cited, whole)),
        ("Packages", "records-packages", _packages(telling, cited, whole)),
        ("Poll figures", "records-polls", _polls(telling, cited, whole)),
        ("Texts", "records-texts", _texts(telling, cited, whole)),
        ("Links", "records-links", _links(telling)),
    ):
        if entries:
            blocks += [Head(anchor, f"{title} ({len(entries):,})"), Entries(tuple(entries))]
    return Section("records", "Records", tuple(blocks), "appendix")


def _rows(telling: Telling, table: str, cited: Cited, whole: bool) -> list[int]:
    at = [int(i) for i in telling.study.open_rows(table)]
    if whole:
        return at
    ids: Any = telling.study.table(table)
    wanted = {name.partition("#")[0] for name in cited}
    return [i for i in at if ids.id[i] in wanted][:MOST_RECORDS]


def _lines(*pairs: tuple[str, Inline | Text | None]) -> Lines:
    """Labelled lines; blank ones are left out."""
    return tuple((label, value if isinstance(value, tuple) else (value,)) for label, value in pairs if value not in (None, "", ()))


def _source(source: str, locator: str, telling: Telling) -> Text:
    label = telling.names.labels.get(source, source)
    place: Text = (f", {locator}",) if locator else ()
    return (Link(label, f"s-{source}"), *place)


def _known(known: int, bound: int) -> str:
    if known != UNKNOWN_DAY:
        return day(format_day(known))
    return f"by {day(format_day(bound))}, the day is not known" if bound != UNKNOWN_DAY else "on a day that is not known"


def _back(record: str, cited: Cited) -> Text:
    parts: list[Inline] = []
    for anchor, title in cited.get(record, ()):
        parts += [", "] if parts else []
        parts.append(Link(title, anchor))
    return tuple(parts)


def _time(when: When | None) -> str:
    return interval(when.text) if when is not None else ""


def _statements(telling: Telling, cited: Cited, whole: bool) -> list[Entry]:
    table = telling.study.statements
    return [_statement(telling, table.row(i), cited) for i in _rows(telling, "statements", cited, whole)]


def _statement(telling: Telling, row: Statement, cited: Cited) -> Entry:
    names = telling.names
    lines = _lines(
        ("when", _time(row.when)), ("of", _time(row.about)), ("source", _source(row.source, row.locator, telling)),
        ("via", names.prose(row.via)), ("basis", row.basis or "unstated"), ("hedge", row.hedge if row.hedge != "plain" else ""),
        ("stage", row.stage), ("extent", row.extent), ("if", names.condition(row.given)), ("root", row.root),
        ("reads", (Records(row.reads, 9),) if row.reads else ()), ("known", _known(row.known, row.known_bound)),
        ("certainty", f"{row.certainty:g}" if row.certainty == row.certainty else ""), ("coder", _coder(telling, row)),
        ("note", row.note), ("cited in", _back(row.id, cited)),
    )  # fmt: skip
    said = names.belief(str(row.path), row.path.modality, row.topic.text, row.stance.text)
    return Entry(anchor_of(row.id), row.id, (*said, "."), lines)


def _coder(telling: Telling, row: Statement) -> str:
    """Who coded a row; of a machine, that it is one, and whether a person took it in."""
    if row.coder not in telling.study.machines:
        return row.coder
    return f"{row.coder}, a machine: " + ("accepted by a person" if row.status == "accepted" else "nobody has accepted it")


def _moves(telling: Telling, cited: Cited, whole: bool) -> list[Entry]:
    table = telling.study.moves
    return [_move(telling, table.row(i), cited) for i in _rows(telling, "moves", cited, whole)]


def _move(telling: Telling, row: Move, cited: Cited) -> Entry:
    names = telling.names
    said: list[Inline] = [f"{names.short(row.actor)} {names.did(row.kind, row.target)}"]
    said += [": ", *names.on(row.issue, row.stance.text)] if row.issue else []
    lines = _lines(
        ("when", _time(row.when)), ("source", _source(row.source, row.locator, telling)), ("via", names.prose(row.via)), ("basis", row.basis or "unstated"),
        ("hedge", row.hedge if row.hedge != "plain" else ""), ("stage", row.stage), ("mandate", row.mandate), ("if", names.condition(row.given)),
        ("amount", row.amount), ("answers", (Records(row.answers, 9),) if row.answers else ()),
        ("known", _known(row.known, row.known_bound)), ("note", row.note), ("cited in", _back(row.id, cited)),
    )  # fmt: skip
    return Entry(anchor_of(row.id), row.id, (*said, "."), lines)


def _packages(telling: Telling, cited: Cited, whole: bool) -> list[Entry]:
    packages: dict[str, list[Clause]] = {}
    for clause in telling.study.packages.rows(_rows(telling, "packages", cited, whole)):
        packages.setdefault(clause.id, []).append(clause)
    found = []
    for name, clauses in packages.items():
        first = clauses[0]
        authors = ", ".join(telling.names.short(one) for one in first.author)
        lines = _lines(("kind", first.kind), ("when", _time(first.when)), ("by", authors), ("stage", first.stage),
                       ("clauses", (Records(tuple(f"{name}#{one.clause}" for one in clauses), 20),)), ("cited in", _back(name, cited)))  # fmt: skip
        found.append(Entry(anchor_of(name), name, (first.title, "."), lines))
        found += [_clause(telling, one, cited) for one in clauses]
    return found


def _clause(telling: Telling, row: Clause, cited: Cited) -> Entry:
    name = f"{row.id}#{row.clause}"
    lines = _lines(
        ("source", _source(row.source, row.locator, telling)), ("giver", telling.names.short(row.giver) if row.giver else ""),
        ("if", telling.names.condition(row.given)), ("amount", row.amount), ("deadline", _time(row.deadline)), ("mandate", row.mandate),
        ("known", _known(row.known, row.known_bound)), ("note", row.note), ("cited in", _back(name, cited)),
    )  # fmt: skip
    said = telling.names.on(row.issue, row.stance.text)
    return Entry(anchor_of(name), name, (*said, "."), lines)


def _polls(telling: Telling, cited: Cited, whole: bool) -> list[Entry]:
    table = telling.study.polls
    return [_poll(telling, table.row(i), cited) for i in _rows(telling, "polls", cited, whole)]


_RELATION: Final = {">": "more than ", "<": "less than ", "~": "about ", "max": "at most ", "change": "change of "}
_UNIT: Final = {"percent": " %", "points": " points", "ratio": ""}


def _poll(telling: Telling, row: Poll, cited: Cited) -> Entry:
    figure = f"{_RELATION.get(row.relation, '')}{share(row.share)}{_UNIT.get(row.unit, '')}"
    lines = _lines(
        ("asked", _time(row.fielded)), ("of", telling.names.short(row.population)), ("wording", telling.names.remark(row.question)), ("survey", row.survey),
        ("printed", row.printed),
        ("n", f"{row.n:,}" if row.n else ""), ("base", row.base), ("mode", row.mode), ("pollster", row.pollster),
        ("coded as", telling.names.topic(row.topic.text) if row.topic else ""), ("source", _source(row.source, row.locator, telling)),
        ("known", _known(row.known, row.known_bound)), ("note", row.note), ("cited in", _back(row.id, cited)),
    )  # fmt: skip
    asked = f"{telling.names.question(row.question)} “{telling.names.answer(row.answer)}”"
    return Entry(anchor_of(row.id), row.id, (f"{asked}: {figure}.",), lines)


def _texts(telling: Telling, cited: Cited, whole: bool) -> list[Entry]:
    found = []
    for row in telling.study.texts.rows(_rows(telling, "texts", cited, whole)):
        authors = ", ".join(telling.names.short(one) for one in row.author)
        lines = _lines(("when", _time(row.when)), ("by", authors), ("series", row.series), ("source", _source(row.source, "", telling)),
                       ("known", _known(row.known, row.known_bound)), ("cited in", _back(row.id, cited)))  # fmt: skip
        found.append(Entry(anchor_of(row.id), row.id, (row.title, "."), lines))
    return found


def _links(telling: Telling) -> list[Entry]:
    at = telling.study.open_rows("links")[:MOST_RECORDS]
    return [_link(telling, row) for row in telling.study.links.rows(at)]


def _link(telling: Telling, row: LinkRow) -> Entry:
    labels = telling.names.labels
    by: Inline = Link(labels[row.by], f"s-{row.by}") if row.by in labels else telling.names.short(row.by)
    source: Text = _source(row.source, row.locator, telling) if row.source else ()
    lines = _lines(("judged by", by), ("source", source), ("note", row.note))
    said: Text = (Records((row.from_,)), f" {row.kind.replace('-', ' ')} ", Records((row.to,)))
    return Entry(f"l-{row.line}", f"link {row.line}", said, lines)


# sources


def sources(telling: Telling) -> Section:
    """The appendix of sources: every one, with how many records rest on it."""
    study = telling.study
    used: dict[str, list[str]] = {}
    total: Counter[str] = Counter()
    for name in ("statements", "moves", "packages", "polls", "texts"):
        table: Any = study.table(name)
        for i in study.open_rows(name).tolist():
            source = table.source.of(i)
            total[source] += 1
            if total[source] <= 200:
                used.setdefault(source, []).append(f"{table.id[i]}#{table.clause.of(i)}" if name == "packages" else table.id[i])
    entries = tuple(_entry(telling, one, used.get(one.id, ()), total[one.id]) for one in study.declared.sources)
    text: Text = (f"{count(len(entries), 'source')}. A source with a narrator is told by somebody with a stake in the matter, and speaks with that voice.",)
    return Section("sources", "Sources", (Para(text), Entries(entries)), "appendix")


def _entry(telling: Telling, source: Source, used: Iterable[str], total: int) -> Entry:
    authors = ", ".join(source.authors)
    title: list[Inline] = [f"{authors}. " if authors else "", f"{source.title}. "]
    title += [f"In: {source.container}. "] if source.container else []
    title += [f"{one}. " for one in (source.publisher, interval(source.published.text), source.pages and f"pp. {source.pages}") if one]
    lines = _lines(
        ("kind", source.kind), ("narrator", telling.names.actor(source.narrator) if source.narrator else ""),
        ("at", Web(source.url, source.url) if source.url else ""), ("records", f"{total:,}" if total else "none"),
        ("", (Records(tuple(used), 4),) if used else ()),
    )  # fmt: skip
    return Entry(f"s-{source.id}", telling.names.labels[source.id], tuple(title), lines)
