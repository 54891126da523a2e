"""To DNA: statements of depth one on issues become DNA statements, their sources documents.

Issues whose positions have levels of agreement go to statement types of their own, one for each scale, whose agreement is a
whole number. DNA dates a statement by its document and marks it on words of it. Where the study has the text of a source and the
quote in it, the statement stands there; all others stand in documents composed for it, one for each source and time, of quotes
and notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from rashomon.errors import error
from rashomon.exchanging.cells import rows_beside, rows_of, text_of
from rashomon.exchanging.composing import COMPOSED, Composer
from rashomon.exchanging.dna_in import EXTRA, NAMED, POSITIONS, SHUNS, SIDE, stands_for
from rashomon.exchanging.dna_levels import HELD, Ends
from rashomon.exchanging.dna_projects import (
    AGREEMENT,
    CONCEPT,
    INTEGER,
    LONG,
    ORGANISATION,
    PERSON,
    Datum,
    DnaDocument,
    DnaProject,
    DnaStatement,
    as_shown,
)
from rashomon.exchanging.dna_tables import KINDS, LONGEST
from rashomon.exchanging.dna_writing import ADMIN, write_dna
from rashomon.exchanging.losing import Loss, Moved, shown
from rashomon.study import OPEN_HI, OPEN_LO, Statement, StudyData, When
from rashomon.study.schema import SECTIONS, Actor, Issue, Source

KIND: Final = "DNA Statement"
_HOLDS: Final = frozenset(
    {"wants", "demands", "minimum", "proposes", "intends", "believes", "asserts", "expects", "accepts"}
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_LOST: Final = ("reads", "given", "passage")
"""Columns whose cells name what DNA does not have."""
_GONE: Final = {
    "quality": "qualities", "series": "series of texts", "tracked": "words followed in texts", "poll_question": "poll questions",
    "hypothesis": "hypotheses", "date": "named dates", "period": "periods", "events": "sets of events",
}  # fmt: skip


def export_dna(study: StudyData, file: Path, password: str) -> Moved:
    """Write a study's statements as a database of DNA 3, whose coders all have the password. R003 where the file is there.

    Raises R935 where the password is blank.
    """
    if not password.strip():
        raise error("R935", "A database of DNA needs a password.", found="none", allowed="a password that is not blank",
                    remedy="Give one with --password, or in the environment as RASHOMON_DNA_PASSWORD.")  # fmt: skip
    project, losses = project_of(study)
    write_dna(project, file, password)
    counts = {"documents": len(project.documents), "statements": len(project.statements)}
    return Moved("dna", str(file), counts, losses)


def project_of(study: StudyData) -> tuple[DnaProject, tuple[Loss, ...]]:
    """The database that a study makes, and what of the study has no place in it."""
    exporter = _Exporter(study)
    return exporter.project(), tuple(exporter.losses)


class _Exporter:
    def __init__(self, study: StudyData) -> None:
        self.study = study
        self.losses: list[Loss] = []
        self.documents: list[DnaDocument] = []
        self.composed: dict[tuple[str, str], int] = {}  # source and time → document
        self.composer = Composer()
        self.texts: dict[str, int] = {}  # source → document with its text
        self.met: set[str] = set()  # actors of which it is told what is lost
        self.names: dict[tuple[str, str, str], str] = {}  # type, variable and id → the entity's value
        self.entities: dict[tuple[str, str], dict[str, Mapping[str, str]]] = {}
        self.kinds = {KIND: KINDS[KIND]}
        self.enter(KIND)

    def lose(self, place: str, what: str, why: str) -> None:
        self.losses.append(Loss(place, what, why))

    def enter(self, kind: str) -> None:
        """Make room for the entities of a statement type."""
        self.entities |= {(kind, one): {} for one in (PERSON, ORGANISATION, CONCEPT)}

    def project(self) -> DnaProject:
        for source in self.study.declared.sources:
            self.document(source)
        statements = [
            one for one in map(self.statement, self.study.statements.rows(), rows_of(self.study, "statements")) if one
        ]
        used = [name for name in EXTRA if any(name in one.values for one in statements)]
        for number in self.composed.values():
            self.documents[number] = replace(self.documents[number], text=self.composer.text(number))
        self.rest()
        kinds = {kind: {**variables, **dict.fromkeys(used, LONG)} for kind, variables in self.kinds.items()}
        numbered = tuple(replace(one, number=number) for number, one in enumerate(statements, 1))
        return DnaProject(tuple(self.documents), numbered, kinds, self.entities, ours=True)

    # documents

    def document(self, source: Source) -> None:
        """The document of a source whose text is in the study."""
        text = as_shown(text_of(self.study, source))
        if text:
            self.texts[source.id] = len(self.documents)
            self.documents.append(self.made(source, source.title, text, _day(source.published, source.published)))
        else:
            self.lose(
                f"source {source.id}",
                "its text",
                "it is not in the study, or is no plain text; statements stand on notes",
            )

    def made(self, source: Source, title: str, text: str, day: int, composed: str = "") -> DnaDocument:
        place = f"source {source.id}"
        author, container = "; ".join(source.authors), source.container
        notes = "\n".join(filter(None, (f"{NAMED}{source.id}", composed)))
        short = [
            self.short(place, what, one)
            for what, one in (("title", title), ("authors", author), ("container", container))
        ]
        return DnaDocument(short[0], text, (day - _EPOCH) * 86400, short[1], short[2], source.published.text[:LONGEST], notes,
                           source.kind[:LONGEST])  # fmt: skip

    def short(self, place: str, what: str, text: str, most: int = LONGEST) -> str:
        if len(text) > most:
            self.lose(place, f"{what} {shown(text)}", f"DNA holds {most} letters of it")
        return text[:most]

    def place(self, one: Statement, cells: Mapping[str, str]) -> tuple[int, int, int]:
        """The document of a statement, and where it stands in it."""
        quote = as_shown(cells.get("quote", ""))
        number = self.texts.get(one.source)
        start = self.documents[number].text.find(quote) if number is not None and quote else -1
        if number is not None and start >= 0:
            source = self.study.source(one.source)
            if (one.when.lo, one.when.hi) != (source.published.lo, source.published.hi):
                self.lose(
                    f"statement {one.id}",
                    f"time {one.when.text}",
                    f"DNA dates it {source.published.text}, as its document",
                )
            return number, start, start + len(quote)
        return self.compose(one, quote)

    def compose(self, one: Statement, quote: str) -> tuple[int, int, int]:
        """Add a statement's words to the document composed for its source and time."""
        source = self.study.source(one.source)
        key = (one.source, one.when.text)
        if key not in self.composed:
            title = self.short(f"source {source.id}", "title", source.title, LONGEST - 60) + f" ({one.when.text[:50]})"
            self.composed[key] = len(self.documents)
            self.documents.append(self.made(source, title, "", _day(one.when, source.published), COMPOSED))
        number = self.composed[key]
        self.lose(
            f"statement {one.id}",
            "its place",
            f"it stands in {self.documents[number].title!r}, made of quotes and notes",
        )
        return number, *self.composer.add(number, one, quote)

    # entities

    def kind(self, issue: Issue) -> str:
        """The statement type of an issue."""
        if not issue.levels:
            return KIND
        kind = Ends(min(issue.levels.values()), max(issue.levels.values())).label
        if kind not in self.kinds:
            self.kinds[kind] = {**KINDS[KIND], AGREEMENT: INTEGER}
            self.enter(kind)
        return kind

    def holder(self, kind: str, name: str) -> tuple[str, str]:
        """The variable and the entity of an actor or a side, in a statement type."""
        variable = ORGANISATION
        if self.study.is_side(name):
            given = {SIDE: self.study.side(name).name, "Notes": f"the side {name} itself"}
        else:
            actor = self.study.actor(name)
            variable = PERSON if actor.kind == "person" else ORGANISATION
            layer = self.study.layer(actor.layer).name if actor.layer else ""
            self.lose_of(actor)
            given = {SIDE: self.study.side(actor.side).name, "Type": layer, "Alias": "; ".join(actor.aliases)}
        return variable, self.entity(kind, variable, name, self.study.name_of(name), given)

    def lose_of(self, actor: Actor) -> None:
        """What DNA does not hold of an actor, when it is first met."""
        if actor.id in self.met:
            return
        self.met.add(actor.id)
        place = f"actor {actor.id}"
        if actor.kind not in ("person", "organisation"):
            self.lose(place, f"kind {actor.kind}", "DNA has persons and organizations")
        if actor.alive or any(role.span or role.office or role.layer for role in actor.roles):
            self.lose(place, "its life, and the offices, layers and dates of its roles", "DNA has none of actors")

    def entity(self, kind: str, variable: str, name: str, said: str, given: Mapping[str, str]) -> str:
        """The value of an entity, told apart from others, with its attributes."""
        if (kind, variable, name) not in self.names:
            taken = self.entities[kind, variable]
            value = self.short(f"{variable} {name}", "name", said)
            if value in taken:
                value = f"{value[: LONGEST - len(name) - 3]} ({name})"
            self.names[kind, variable, name] = value
            short = {key: self.short(f"{variable} {name}", key, text) for key, text in given.items() if text}
            taken[value] = short
        return self.names[kind, variable, name]

    def organisation(self, kind: str, name: str) -> str:
        """The one organization that a person is a member of; "" where there is none, or several."""
        actor = None if self.study.is_side(name) else self.study.actor(name)
        groups = (
            {role.member_of for role in actor.roles if role.member_of} if actor and actor.kind == "person" else set()
        )
        if len(groups) > 1:
            self.lose(
                f"actor {name}", f"member of {', '.join(sorted(groups))}", "DNA has no dates for it; none is written"
            )
        return self.holder(kind, next(iter(groups)))[1] if len(groups) == 1 else ""

    # statements

    def statement(self, one: Statement, cells: Mapping[str, str]) -> DnaStatement | None:
        said = f"{one.path}: {one.topic} = {one.stance}"
        issue = self.study.issue(one.topic.issue) if one.topic.kind == "issue" else None
        reason = _unfit(one, issue)
        if issue is None or reason:
            self.lose(f"statements.csv:{one.line}", f"{one.id}, {said}", f"{reason}, and was left out")
            return None
        kind = self.kind(issue)
        variable, value = self.holder(kind, one.path.holder)
        values: dict[str, Datum] = {variable: value, **self.stance(kind, issue, one)}
        if variable == PERSON:
            values[ORGANISATION] = self.organisation(kind, one.path.holder)
        values |= {name: cells[name] for name in EXTRA if cells.get(name)}
        for name in _LOST:
            if cells.get(name):
                self.lose(f"statement {one.id}", f"{name} {shown(cells[name])}", "DNA has nothing that it could name")
        document, start, stop = self.place(one, cells)
        coder = self.short(f"statement {one.id}", "coder", one.coder) or ADMIN
        return DnaStatement(0, kind, document, start, stop, coder, values)

    def stance(self, kind: str, issue: Issue, one: Statement) -> dict[str, Datum]:
        """The concept, and whether the holder agrees, or at which level: an issue with levels, or that one can only agree to, is
        one concept; of any other each position is one.
        """
        holds = stands_for(str(one.path.verb))
        if issue.levels:
            name = self.entity(kind, CONCEPT, issue.id, issue.name, {"Notes": issue.description})
            return {CONCEPT: name, AGREEMENT: issue.levels[one.stance.value]}
        if {position.id for position in issue.positions} == {name for name, _ in POSITIONS}:
            name = self.entity(kind, CONCEPT, issue.id, issue.name, {"Notes": issue.description})
            return {CONCEPT: name, AGREEMENT: holds == (one.stance.value == POSITIONS[0][0])}
        position = next(each for each in issue.positions if each.id == one.stance.value)
        name = self.entity(
            kind, CONCEPT, f"{issue.id}={position.id}", f"{issue.name}: {position.name}", {"Notes": issue.description}
        )
        return {CONCEPT: name, AGREEMENT: holds}

    # the rest

    def rest(self) -> None:
        """What of a study DNA has no table for, by kind."""
        for issue in self.study.declared.issues:
            named = [shown(one.name) for one in issue.positions if one.level is not None and one.name != str(one.level)]
            if named:
                self.lose(f"issue {issue.id}", f"names of its levels: {', '.join(named)}", "DNA has numbers alone")
        self.losses += rows_beside(self.study, "DNA has no table for them")
        declared = self.study.declared
        for attribute, told in _GONE.items():
            number = len(getattr(declared, SECTIONS[attribute][0]))
            if number:
                self.lose("study.toml", f"{number:,} {told}", "DNA has no table for them")


def _unfit(one: Statement, issue: Issue | None) -> str:
    """Why DNA has no place for a statement; "" where it has."""
    verb = one.path.verb
    if one.status != "accepted":
        return f"it is {one.status}"
    if one.path.depth > 1:
        return "DNA has no views of another's views"
    if issue is None:
        return "DNA has no such topics"
    if one.stance.kind != "position":
        return "DNA has agreement with a position alone"
    if verb.name not in _HOLDS | SHUNS or (verb.name == "avoids" and verb.negated):
        return f"{verb} neither agrees nor disagrees"
    if issue.levels and not stands_for(str(verb)):
        return f"{verb} says of no level of agreement that it is held"
    if issue.levels and issue.levels[one.stance.value] not in HELD:
        return f"DNA holds whole numbers from {HELD[0]} to {HELD[-1]}"
    return ""


def _day(when: When, otherwise: When) -> int:
    """The first day of a time, or the last where it has no beginning."""
    return next((day for day in (when.lo, when.hi, otherwise.lo, otherwise.hi) if OPEN_LO < day < OPEN_HI), _EPOCH)
