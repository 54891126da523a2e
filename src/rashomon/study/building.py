"""From raw tables to typed ones: the rules that join several columns of a row."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as Folder

import numpy as np

from rashomon.errors import Fault, Where, error, listing, suggest
from rashomon.study.cells import Share
from rashomon.study.columns import Ints
from rashomon.study.indexing import RecordIndex
from rashomon.study.parsing import Context, TableReader
from rashomon.study.perspectives import Path, Stance, Topic, Verb, join_path, read_stance
from rashomon.study.records import Access, Clauses, Coded, Floats, Links, Moves, Polls, Statements, Texts
from rashomon.study.scanning import inside
from rashomon.study.tables import RawTable
from rashomon.study.times import OPEN_HI, OPEN_LO, UNKNOWN_DAY, When
from rashomon.study.vocabulary import ACCESS_KINDS, SILENT_VERBS

READABLE = ("moves", "texts", "packages")
"""Tables whose records a statement may read."""


@dataclass(frozen=True)
class Built:
    """All tables of a study."""

    statements: Statements
    polls: Polls
    moves: Moves
    packages: Clauses
    texts: Texts
    links: Links
    access: Access


def build(raw: Mapping[str, RawTable], context: Context, root: Folder) -> Built:
    """Type every table; faults go to the context's ``gathered``, and faulty cells are then blank."""
    readers = {name: TableReader(table, context) for name, table in raw.items()}
    statements = build_statements(readers["statements"])
    polls = _polls(readers["polls"])
    moves = _moves(readers["moves"])
    packages = _packages(readers["packages"])
    texts = _texts(readers["texts"], root)
    bounds = {
        "statements": (statements.known, statements.known_bound),
        "polls": (polls.known, polls.known_bound),
        "moves": (moves.known, moves.known_bound),
        "packages": (packages.known, packages.known_bound),
        "texts": (texts.known, texts.known_bound),
    }
    links = _links(readers["links"], bounds)
    return Built(statements, polls, moves, packages, texts, links, _access(readers["access"], bounds))


def _bounds(when: Coded[When]) -> tuple[Ints, Ints]:
    return when.each(lambda one: one.lo, np.int32, OPEN_LO), when.each(lambda one: one.hi, np.int32, OPEN_HI)


def _paths(reader: TableReader) -> Coded[Path]:
    actors = reader.column("path")
    verbs = reader.column("modality")
    # a modality that cannot be read is a fault already: the path is then left blank
    readable = Coded(actors.values, np.where(verbs.codes < 0, -1, actors.codes).astype(np.int32))
    return reader.combine(readable, verbs, lambda one, verb: join_path(one, verb or ()), "modality")


def _stances(reader: TableReader, topic: Coded[Topic]) -> Coded[Stance]:
    lexicon = reader.context.lexicon
    text: Coded[str] = reader.read("stance", str)
    return reader.combine(topic, text, lambda one, stance: read_stance(stance or "", one, lexicon), "stance")


def _issue_stances(reader: TableReader, issue: Coded[str]) -> Coded[Stance]:
    topics = Coded(tuple(Topic(one, "issue", issue=one) for one in issue.values), issue.codes)
    return _stances(reader, topics)


def build_statements(reader: TableReader) -> Statements:
    """Type a table of statements; faults go to the context's ``gathered``."""
    raw = reader.raw
    path, topic, when, source = _paths(reader), reader.column("topic"), reader.column("when"), reader.column("source")
    stance, stage = _stances(reader, topic), reader.column("stage")
    _require_stance(reader, path, topic, stance)
    lo, hi = _bounds(when)
    known, bound = reader.known(when, source, stage, late=False)
    return Statements(
        id=reader.ids(),
        path=path,
        topic=topic,
        stance=stance,
        when=when,
        when_lo=lo,
        when_hi=hi,
        about=reader.column("about"),
        reads=reader.records("reads", READABLE),
        known=known,
        known_bound=bound,
        known_basis=reader.column("known_basis"),
        basis=reader.column("basis"),
        via=reader.column("via"),
        hedge=reader.column("hedge"),
        stage=stage,
        extent=reader.column("extent"),
        given=reader.column("given"),
        root=reader.column("root"),
        coder=reader.column("coder"),
        certainty=reader.numbers("certainty"),
        status=reader.column("status"),
        passage=raw.text("passage"),
        quote=raw.text("quote"),
        source=source,
        locator=raw.text("locator"),
        note=raw.text("note"),
        line=raw.line,
    )


def _require_stance(reader: TableReader, path: Coded[Path], topic: Coded[Topic], stance: Coded[Stance]) -> None:
    """A stance may be blank only on a record, or with a verb that says that none was taken."""
    silent = path.each(lambda one: one.verb.name in SILENT_VERBS, np.bool_, True)
    stands = topic.each(lambda one: one.kind != "record", np.bool_, False)
    blank = stance.each(lambda one: one.kind == "none", np.bool_, False)
    fault = Fault(
        "R306",
        "The cell 'stance' is blank.",
        found="a blank cell",
        allowed=f"a stance; none only on a record, or with a verb among {', '.join(sorted(SILENT_VERBS))}",
        remedy="Write what is held on the topic.",
        where=Where(),
    )
    reader.report(fault, "stance", np.flatnonzero(blank & stands & ~silent))


def _polls(reader: TableReader) -> Polls:
    raw = reader.raw
    when, source, question = reader.column("fielded"), reader.column("source"), reader.column("question")
    lo, hi = _bounds(when)
    known, bound = reader.known(when, source, None, late=False)
    unit, relation = reader.column("unit"), reader.column("relation")
    actors = reader.column("path")
    return Polls(
        id=reader.ids(),
        survey=reader.column("survey"),
        question=question,
        population=reader.column("population"),
        fielded=when,
        when_lo=lo,
        when_hi=hi,
        answer=_answers(reader, question),
        share=_shares(reader, unit, relation),
        relation=relation,
        unit=unit,
        n=reader.whole("n"),
        base=reader.column("base"),
        mode=reader.column("mode"),
        pollster=reader.column("pollster"),
        path=Coded(tuple(join_path(one, _BELIEVES) for one in actors.values), actors.codes),
        topic=reader.column("topic"),
        known=known,
        known_bound=bound,
        source=source,
        printed=raw.text("printed"),
        locator=raw.text("locator"),
        note=raw.text("note"),
        line=raw.line,
    )


def _answers(reader: TableReader, question: Coded[str]) -> Coded[str]:
    offered = {one.id: one.answers for one in reader.context.declaration.declared.poll_questions}
    answer: Coded[str] = reader.column("answer")

    def read(given: str, asked: str | None) -> str:
        known = offered.get(asked or "", ())
        if not known or given in known:
            return given
        raise error(
            "R328",
            f"The answer is not one of the question {asked!r}.",
            found=repr(given),
            allowed=listing(known, 20),
            remedy=suggest(given, known, "write one of its answers, or add this one to the question in study.toml."),
        )

    return reader.combine(answer, question, read, "answer")


def _shares(reader: TableReader, unit: Coded[str], relation: Coded[str]) -> Floats:
    """The share of each row as float64 (n,); one outside its unit is a fault (R322)."""
    share: Coded[Share] = reader.column("share")
    measure = reader.combine(unit, relation, lambda one, other: (one, other or "="), "unit")
    checked = reader.combine(share, measure, _in_unit, "share")
    return checked.each(float, np.float64, np.nan)


def _in_unit(given: Share, measure: tuple[str, str] | None) -> float:
    unit, relation = measure or ("percent", "=")
    share = given.number
    if given.percents and unit != "percent":
        raise error(
            "R322",
            "The share is in percent, and its unit is another.",
            found=f"{share:g} %, unit {unit}",
            allowed="a percent sign only where the unit is percent, or left blank",
            remedy="Take the sign away, or correct the unit.",
        )
    lo, hi = _UNIT_BOUNDS[unit]
    if unit == "percent" and relation == "change":
        lo, hi = -100.0, float("inf")  # a change of a share, in percent of what it was
    if lo <= share <= hi:
        return share
    top = "upward" if hi == float("inf") else f"to {hi:g}"
    raise error(
        "R322",
        "The share lies outside its unit.",
        found=f"{share:g} {unit}" + (f", relation {relation}" if relation != "=" else ""),
        allowed=f"{lo:g} {top}",
        remedy="Correct the number, or its unit: a difference of two shares is in points.",
    )


_BELIEVES = (Verb("believes"),)
_UNIT_BOUNDS = {"percent": (0.0, 100.0), "points": (-100.0, 100.0), "ratio": (0.0, float("inf"))}


def _moves(reader: TableReader) -> Moves:
    raw = reader.raw
    when, source, stage, issue = (reader.column(name) for name in ("when", "source", "stage", "issue"))
    lo, hi = _bounds(when)
    known, bound = reader.known(when, source, stage, late=True)
    return Moves(
        id=reader.ids(),
        when=when,
        when_lo=lo,
        when_hi=hi,
        actor=reader.column("actor"),
        target=reader.column("target"),
        kind=reader.column("kind"),
        issue=issue,
        stance=_issue_stances(reader, issue),
        given=reader.column("given"),
        amount=reader.column("amount"),
        answers=reader.records("answers"),
        stage=stage,
        mandate=reader.column("mandate"),
        hedge=reader.column("hedge"),
        basis=reader.column("basis"),
        via=reader.column("via"),
        weight=reader.numbers("weight", 1.0),
        known=known,
        known_bound=bound,
        coder=reader.column("coder"),
        certainty=reader.numbers("certainty"),
        source=source,
        locator=raw.text("locator"),
        note=raw.text("note"),
        line=raw.line,
    )


def _packages(reader: TableReader) -> Clauses:
    raw = reader.raw
    when, source, stage, issue = (reader.column(name) for name in ("when", "source", "stage", "issue"))
    lo, hi = _bounds(when)
    known, bound = reader.known(when, source, stage, late=True)
    return Clauses(
        id=reader.ids(),
        clause=reader.column("clause"),
        title=reader.column("title"),
        kind=reader.column("kind"),
        when=when,
        when_lo=lo,
        when_hi=hi,
        author=reader.column("author"),
        issue=issue,
        stance=_issue_stances(reader, issue),
        giver=reader.column("giver"),
        given=reader.column("given"),
        amount=reader.column("amount"),
        deadline=reader.column("deadline"),
        stage=stage,
        mandate=reader.column("mandate"),
        known=known,
        known_bound=bound,
        source=source,
        locator=raw.text("locator"),
        note=raw.text("note"),
        line=raw.line,
    )


def _texts(reader: TableReader, root: Folder) -> Texts:
    when, source = reader.column("when"), reader.column("source")
    lo, hi = _bounds(when)
    known, bound = reader.known(when, source, None, late=True)
    return Texts(
        id=reader.ids(),
        series=reader.column("series"),
        when=when,
        when_lo=lo,
        when_hi=hi,
        author=reader.column("author"),
        title=reader.raw.text("title"),
        file=reader.read("file", lambda name: _present(root, name)),
        known=known,
        known_bound=bound,
        source=source,
        line=reader.raw.line,
    )


def _present(root: Folder, name: str) -> str:
    if os.path.isfile(inside(root, name, where=Where())):
        return name
    raise error(
        "R410",
        "The file of a text is not there.",
        found=repr(name),
        allowed="a file within the study's folder",
        remedy="Put the file there, correct its name, or leave the cell blank.",
    )


Known = Mapping[str, tuple[Ints, Ints]]


def _links(reader: TableReader, bounds: Known) -> Links:
    start, end = reader.record("from"), reader.record("to")
    kind, by = reader.column("kind"), reader.column("by")
    first, first_bound = _openness(start, reader.context.index, bounds)
    second, second_bound = _openness(end, reader.context.index, bounds)
    return Links(
        from_=start,
        kind=kind,
        to=end,
        by=by,
        known=np.maximum(first, second),
        known_bound=np.maximum(first_bound, second_bound),
        source=reader.column("source"),
        locator=reader.raw.text("locator"),
        note=reader.raw.text("note"),
        line=reader.raw.line,
    )


def _access(reader: TableReader, bounds: Known) -> Access:
    record = reader.record("record")
    known, bound = _openness(record, reader.context.index, bounds)
    return Access(
        record=record,
        audience=reader.column("audience"),
        how=_how(reader),
        from_=reader.column("from"),
        until=reader.column("until"),
        by=reader.column("by"),
        known=known,
        known_bound=bound,
        source=reader.column("source"),
        locator=reader.raw.text("locator"),
        note=reader.raw.text("note"),
        line=reader.raw.line,
    )


def _how(reader: TableReader) -> Coded[str]:
    """Whether each record was withheld or shown. It need not be said where an end is given: only what is withheld has one."""
    given: Coded[str] = reader.column("how")
    unsaid, endless = reader.blank("how"), reader.blank("until")
    fault = Fault(
        "R306",
        "It is not said whether the record was withheld or shown.",
        found="a blank cell",
        allowed="withheld or shown; blank only where until is given, for that is withheld",
        remedy="Write withheld if the audience was kept from the record, shown if it was shown it.",
        where=Where(),
    )
    reader.report(fault, "how", np.flatnonzero(unsaid & endless))
    shown = given.each(lambda one: one == "shown", np.bool_, False)
    fault = Fault(
        "R309",
        "What was shown has no end.",
        found="shown, with an until",
        allowed="until only of what was withheld: what an audience has once been shown it knows",
        remedy="Delete until, or write withheld.",
        where=Where(),
    )
    reader.report(fault, "how", np.flatnonzero(shown & ~endless))
    return Coded(ACCESS_KINDS, np.where(unsaid, 0, np.where(shown, 1, given.codes)).astype(np.int32))


def _openness(record: Coded[str], index: RecordIndex, bounds: Known) -> tuple[Ints, Ints]:
    """``known`` and ``known_bound`` of the record in each row."""
    table, row = index.find(record.values)
    known = np.full(len(record.values) + 1, UNKNOWN_DAY, np.int32)  # the last entry stands for a blank
    bound = known.copy()
    for number, name in enumerate(index.names):
        here = np.flatnonzero(table == number)
        known[here], bound[here] = (days[row[here]] for days in bounds[name])
    return known[record.codes], bound[record.codes]
