"""Faults of ``study.toml`` that only show when its tables are set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rashomon.errors import Fault, RashomonError, Where, listing, suggest
from rashomon.study.declaring import FILE, Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import RecordIndex
from rashomon.study.perspectives import Lexicon, read_topic
from rashomon.study.schema import Actor, Issue
from rashomon.study.times import OPEN_HI, OPEN_LO, When


def check_declaration(declaration: Declaration, gathered: Gathered) -> None:
    """References between tables, times within lives and the span, lists without repetition, orders that hold."""
    checks = _Checks(declaration)
    gathered.add_all(checks.references())
    gathered.add_all(checks.names_twice())
    gathered.add_all(checks.times())
    gathered.add_all(checks.issues())
    gathered.add_all(checks.of_arenas())
    gathered.add_all(checks.circles())


def check_hypotheses(declaration: Declaration, index: RecordIndex, gathered: Gathered) -> None:
    """Records named by hypotheses exist."""
    for one in declaration.declared.hypotheses:
        for key in ("supports", "refutes", "independent"):
            names: tuple[str, ...] = getattr(one, key)
            for number, name in enumerate(names):
                if name not in index:
                    where = declaration.where("hypothesis", one.id, key, number)
                    gathered.add(no_record(name, index, where))


def check_campaigns(declaration: Declaration, lexicon: Lexicon, gathered: Gathered) -> None:
    """Series that campaigns name are poll questions, with an answer of theirs, or topics; each stands once."""
    declared = declaration.declared
    questions = {one.id: one.answers for one in declared.poll_questions}
    unread = declaration.faulty.get("poll_question", frozenset())
    for campaign in declared.campaigns:
        seen: set[str] = set()
        for key, names in (("aims", campaign.aims), ("controls", campaign.controls)):
            for number, name in enumerate(names):
                where = declaration.where("campaign", campaign.id, key, number)
                question = name.partition("=")[0].strip()
                if name in seen:
                    gathered.add(_same_series(name, where))
                elif question not in unread:
                    gathered.add_all(_no_series(name, questions, lexicon, where))
                seen.add(name)


def _no_series(name: str, questions: Mapping[str, Sequence[str]], lexicon: Lexicon, where: Where) -> Iterator[Fault]:
    """The fault of a name that is neither a poll question, with an answer of its own, nor a topic."""
    question, given, answer = (part.strip() for part in name.partition("="))
    if question in questions:
        answers = questions[question]
        if given and answers and answer not in answers:
            yield Fault("R571", f"{question!r} has no such answer.", repr(answer), listing(answers),
                        suggest(answer, answers, "write one of its answers."), where)  # fmt: skip
        return
    try:
        topic = read_topic(name, lexicon)
    except RashomonError as problem:
        allowed = "a poll question, question=answer, an issue, or TARGET:QUALITY"
        remedy = suggest(question, questions, problem.fault.remedy)
        yield Fault("R571", "A campaign names a series that the study does not have.", repr(name), allowed, remedy, where)
        return
    if topic.kind not in ("issue", "quality"):
        yield Fault("R571", "A campaign names a topic that is no series.", f"{name!r}, a {topic.kind}",
                    "an issue or TARGET:QUALITY", "Name what was asked, or the issue that it is about.", where)  # fmt: skip


def _same_series(name: str, where: Where) -> Fault:
    return Fault("R571", "A campaign names the same series twice.", repr(name), "each series once, as aim or as control",
                 "Take it out here: what it should move cannot show what moved besides.", where)  # fmt: skip


def outside(when: When, frame: When) -> bool:
    """Whether a time lies outside a frame: one held throughout must lie within it, one held on some day must meet it.

    Open ends claim nothing, and an approximate time need only meet the frame.
    """
    if when.hi < frame.lo or when.lo > frame.hi:
        return True
    if when.within or when.approximate or frame.approximate:
        return False
    early = when.lo < frame.lo and when.lo != OPEN_LO
    late = when.hi > frame.hi and when.hi != OPEN_HI
    return early or late


class _Checks:
    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.declared = declaration.declared
        self.sides = self._known("side", [one.id for one in self.declared.sides])
        self.layers = self._known("layer", [one.id for one in self.declared.layers])
        self.actors = self._known("actor", [one.id for one in self.declared.actors])
        self.sources = self._known("source", [one.id for one in self.declared.sources])
        self.series = self._known("series", [one.id for one in self.declared.series])
        self.arenas = self._known("arena", [one.id for one in self.declared.arenas])

    def _known(self, section: str, names: Iterable[str]) -> dict[str, None]:
        """Ids of a section, in order, those with a fault of their own included."""
        return dict.fromkeys((*names, *sorted(self.declaration.faulty.get(section, ()))))

    # references

    def references(self) -> Iterator[Fault]:
        for actor in self.declared.actors:
            yield from self._of_actor(actor)
        holders = self.actors | self.sides
        for source in self.declared.sources:
            yield from self._unknown("R208", "actor", source.narrator, holders, "source", source.id, "narrator")
        for section, claims in (("hypothesis", self.declared.hypotheses), ("explanation", self.declared.explanations)):
            for one in claims:
                yield from self._unknown("R209", "source", one.source, self.sources, section, one.id, "from")
        for campaign in self.declared.campaigns:
            place = ("campaign", campaign.id)
            yield from self._unknown("R208", "actor", campaign.by, holders, *place, "by")
            yield from self._unknown("R206", "side", campaign.toward, self.sides, *place, "toward")
            yield from self._unknown("R209", "source", campaign.source, self.sources, *place, "source")
        for tracked in self.declared.tracked:
            for number, name in enumerate(tracked.series):
                yield from self._unknown("R326", "series", name, self.series, "tracked", tracked.id, "series", number)
        for series_of in self.declared.series:
            others = {name: None for name in self.series if name != series_of.id}
            yield from self._unknown("R326", "series", series_of.control_for, others, "series", series_of.id, "control_for")
        for events in self.declared.events:
            yield from self._unknown("R209", "source", events.source, self.sources, "events", events.id, "source")
        for name in self.sides:
            if name in self.actors:
                yield self._both(name)

    def _of_actor(self, actor: Actor) -> Iterator[Fault]:
        place = ("actor", actor.id)
        yield from self._unknown("R206", "side", actor.side, self.sides, *place, "side")
        yield from self._unknown("R207", "layer", actor.layer, self.layers, *place, "layer")
        for number, role in enumerate(actor.roles):
            inner = (*place, "roles", number)
            yield from self._unknown("R207", "layer", role.layer, self.layers, *inner, "layer")
            yield from self._unknown("R208", "actor", role.member_of, self.actors, *inner, "member_of")

    def _unknown(
        self, code: str, what: str, name: str, known: Mapping[str, None], section: str, owner: str, *keys: str | int
    ) -> Iterator[Fault]:
        """The fault of a name that is not among those known; none for a blank."""
        if name and name not in known:
            declare = "write one of the positions" if what == "position" else f"declare it as [[{what}]]"
            yield Fault(
                code,
                f"No such {what} is declared.",
                found=repr(name),
                allowed=listing(known) or f"no [[{what}]] is declared yet",
                remedy=suggest(name, known, f"{declare}, or take it out here."),
                where=self.declaration.where(section, owner, *keys),
            )

    def _both(self, name: str) -> Fault:
        line = self.declaration.where("side", name, "id").line
        return Fault(
            "R204",
            "An actor has the id of a side.",
            found=f"{name!r}, the side on line {line}",
            allowed="ids that differ, for both may stand in a path",
            remedy=f"Rename the actor, such as {name}-government.",
            where=self.declaration.where("actor", name, "id"),
        )

    # lists

    def names_twice(self) -> Iterator[Fault]:
        for issue in self.declared.issues:
            yield from self._twice("issue", issue.id, "positions", [one.id for one in issue.positions])
            yield from self._twice("issue", issue.id, "facets", issue.facets)
        for quality in self.declared.qualities:
            yield from self._twice("quality", quality.id, "scale", quality.scale)
        for question in self.declared.poll_questions:
            yield from self._twice("poll_question", question.id, "answers", question.answers)
        for tracked in self.declared.tracked:
            yield from self._twice("tracked", tracked.id, "words", tracked.words)

    def _twice(self, section: str, name: str, key: str, items: Sequence[str]) -> Iterator[Fault]:
        for number, item in enumerate(items):
            if item in items[:number]:
                yield Fault(
                    "R214",
                    f"The list {key!r} of {name!r} holds the same name twice.",
                    found=repr(item),
                    allowed="each name once",
                    remedy="Rename one of the two, or delete it.",
                    where=self.declaration.where(section, name, key, number),
                )

    # times

    def times(self) -> Iterator[Fault]:
        for actor in self.declared.actors:
            for number, role in enumerate(actor.roles):
                if role.span is not None:
                    yield from self._role(actor, number, role.span)
        declared, span = self.declared, self.declared.study.span
        dated = (
            ("date", declared.dates), ("period", declared.periods), ("campaign", declared.campaigns), ("mood", declared.moods),
        )  # fmt: skip
        for key, items in dated:
            for one in items:
                if one.when.hi < span.lo or one.when.lo > span.hi:
                    where = self.declaration.where(key, one.id, "when")
                    yield _beyond("R211", f"A {key} lies outside the study's span.", one.when, span, where)

    def _role(self, actor: Actor, number: int, when: When) -> Iterator[Fault]:
        span, life = self.declared.study.span, actor.alive
        place = ("actor", actor.id, "roles", number, "span")
        if life is not None and outside(when, life):
            message = f"A role lies outside the life of {actor.id!r}."
            yield _beyond("R210", message, when, life, self.declaration.where(*place))
        elif when.hi < span.lo or when.lo > span.hi:
            yield _beyond("R211", "A role lies outside the study's span.", when, span, self.declaration.where(*place))

    # issues

    def issues(self) -> Iterator[Fault]:
        for issue in self.declared.issues:
            yield from self._order(issue)
            yield from self._levels(issue)
            names = dict.fromkeys(one.id for one in issue.positions)
            for number, position in enumerate(issue.positions):
                place = ("issue", issue.id, "positions", number, "compatible")
                for other in position.compatible:
                    yield from self._unknown("R216", "position", other, names, *place)

    def _order(self, issue: Issue) -> Iterator[Fault]:
        placed = [(number, one.at) for number, one in enumerate(issue.positions) if one.at is not None]
        steps = [second - first for (_, first), (_, second) in pairwise(placed)]
        if not issue.ordered or all(step >= 0 for step in steps) or all(step <= 0 for step in steps):
            return
        yield Fault(
            "R213",
            f"The positions of {issue.id!r} are ordered, but their places are not.",
            found=", ".join(f"{issue.positions[number].id} at {at:g}" for number, at in placed),
            allowed="places that rise, or fall, in the order of the positions",
            remedy="Put the positions in order, correct a place, or take ordered = true away.",
            where=self.declaration.where("issue", issue.id, "positions"),
        )

    def _levels(self, issue: Issue) -> Iterator[Fault]:
        levels = [one.level for one in issue.positions if one.level is not None]
        whole = len(levels) in (0, len(issue.positions))
        if whole and (issue.ordered or not levels) and all(first < second for first, second in pairwise(levels)):
            return
        shown = ", ".join(f"{one.id} at {'no level' if one.level is None else one.level}" for one in issue.positions)
        yield Fault(
            "R217",
            f"The levels of agreement of {issue.id!r} make no scale.",
            found=shown if issue.ordered else f"{shown}, without an order",
            allowed="ordered = true, and a level for each position, each higher than the one before",
            remedy="Put the positions in the order of their levels, and write ordered = true; or take all levels away.",
            where=self.declaration.where("issue", issue.id, "positions"),
        )

    # arenas

    def of_arenas(self) -> Iterator[Fault]:
        for issue in self.declared.issues:
            yield from self._unknown("R561", "arena", issue.arena, self.arenas, "issue", issue.id, "arena")
        for quality in self.declared.qualities:
            yield from self._unknown("R561", "arena", quality.arena, self.arenas, "quality", quality.id, "arena")
        first: dict[str, str] = {}
        for arena in self.declared.arenas:
            yield from self._twice("arena", arena.id, "moves", arena.moves)
            for number, kind in enumerate(arena.moves):
                other = first.setdefault(kind, arena.id)
                if other != arena.id:
                    yield self._in_two_arenas(kind, other, self.declaration.where("arena", arena.id, "moves", number))

    def _in_two_arenas(self, kind: str, other: str, where: Where) -> Fault:
        return Fault(
            "R562",
            "A kind of move belongs to two arenas.",
            found=f"{kind!r}, which belongs to {other!r} already",
            allowed="each kind of move in one arena",
            remedy="Take it out of one of the two. A move that names an issue belongs to the arena of its issue anyhow.",
            where=where,
        )

    # circles

    def circles(self) -> Iterator[Fault]:
        groups = {one.id: [role.member_of for role in one.roles if role.member_of] for one in self.declared.actors}
        done: set[str] = set()
        for name in groups:
            path: list[str] = []
            if name not in done:
                circle = _circle(name, groups, done, path)
                if circle:
                    yield self._circle(circle)

    def _circle(self, names: list[str]) -> Fault:
        return Fault(
            "R215",
            "A group is a member of itself.",
            found=" is a member of ".join([*names, names[0]]),
            allowed="members that do not contain what they are members of",
            remedy="Take away the member_of that is wrong.",
            where=self.declaration.where("actor", names[0], "roles"),
        )


def _circle(start: str, groups: dict[str, list[str]], done: set[str], path: list[str]) -> list[str]:
    """A circle that can be reached from ``start``, or nothing. Walks without recursion; marks all it has seen."""
    stack: list[tuple[str, Iterator[str]]] = [(start, iter(groups.get(start, ())))]
    path.append(start)
    while stack:
        name, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            done.add(name)
            path.pop()
            stack.pop()
        elif following in path:
            circle = path[path.index(following) :]
            done.update(path)
            return circle
        elif following not in done:
            stack.append((following, iter(groups.get(following, ()))))
            path.append(following)
    return []


def _beyond(code: str, message: str, when: When, frame: When, where: Where) -> Fault:
    return Fault(code, message, repr(when.text), f"within {frame.text}", "Correct one of the two times.", where)


def no_record(name: str, index: RecordIndex, where: Where) -> Fault:
    return Fault(
        "R402",
        "The study holds no such record.",
        found=repr(name),
        allowed="the id of a statement, poll, move, package or text",
        remedy=suggest(name, index.every(), "add the record, or take its id out here."),
        where=Where(FILE, where.line, None, where.field),
    )
