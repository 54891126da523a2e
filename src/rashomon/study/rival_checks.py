"""Faults of rival explanations in ``study.toml``: who has no rival, and names that nothing else declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from rashomon.errors import Fault, RashomonError, Where, listing, suggest
from rashomon.study.declaration_checks import no_record
from rashomon.study.declaring import Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import RecordIndex
from rashomon.study.perspectives import Lexicon, read_actors, read_stance, read_topic
from rashomon.study.schema import Expectation, Explanation, Question
from rashomon.study.vocabulary import MOVE_KINDS


def check_rivals(declaration: Declaration, index: RecordIndex, lexicon: Lexicon, gathered: Gathered) -> None:
    """Every outcome has two accounts or more; expectations name explanations, records, actors and topics that there are."""
    checks = _Checks(declaration, index, lexicon)
    for explanation in declaration.declared.explanations:
        gathered.add_all(checks.explanation(explanation))
    for expectation in declaration.declared.expectations:
        gathered.add_all(checks.expectation(expectation))


class _Checks:
    def __init__(self, declaration: Declaration, index: RecordIndex, lexicon: Lexicon) -> None:
        self.declaration, self.index, self.lexicon = declaration, index, lexicon
        declared = declaration.declared
        self.outcome_of = {one.id: one.of for one in declared.explanations}
        self.accounts = Counter(self.outcome_of.values())
        self.faulty = declaration.faulty.get("explanation", frozenset())

    def explanation(self, one: Explanation) -> Iterator[Fault]:
        if self.accounts[one.of] < 2 and not self.faulty:
            others = [of for of in self.accounts if of != one.of]
            yield Fault(
                "R584",
                f"The explanation {one.id!r} has no rival.",
                found=repr(one.of),
                allowed="two or more explanations with the same words in of",
                remedy=suggest(
                    one.of, others, "declare another explanation of this outcome, or make it a [[hypothesis]]."
                ),
                where=self.declaration.where("explanation", one.id, "of"),
            )

    def expectation(self, one: Expectation) -> Iterator[Fault]:
        where = partial(self.declaration.where, "expectation", one.id)
        if one.of not in self.outcome_of:
            if one.of not in self.faulty:
                yield _unknown("R585", "No such explanation is declared.", one.of, self.outcome_of, where("of"))
            return
        mine = self.outcome_of[one.of]
        rivals = [name for name, of in self.outcome_of.items() if of == mine and name != one.of]
        for name in one.under:
            if name not in rivals and name not in self.faulty:
                yield _unknown("R586", f"{one.of!r} has no such rival.", name, rivals, where("under", name))
        for number, name in enumerate(one.records):
            if name not in self.index:
                yield no_record(name, self.index, where("records", number))
        if one.query is not None:
            yield from self._query(one.query, partial(where, "query"))

    def _query(self, asked: Question, where: Callable[..., Where]) -> Iterator[Fault]:
        if asked.path:
            yield from _tried(partial(read_actors, asked.path, self.lexicon), where("path"))
        if asked.topic:
            yield from self._topic(asked, where)
        for number, kind in enumerate(asked.moves):
            if kind not in MOVE_KINDS:
                yield _unknown("R309", "There is no such kind of move.", kind, MOVE_KINDS, where("moves", number))

    def _topic(self, asked: Question, where: Callable[..., Where]) -> Iterator[Fault]:
        """Faults of the topic, or where it can be read of the stances on it."""
        try:
            topic = read_topic(asked.topic, self.lexicon)
        except RashomonError as problem:
            yield replace(problem.fault, where=where("topic"))
            return
        for number, stance in enumerate(asked.stance):
            yield from _tried(partial(read_stance, stance, topic, self.lexicon), where("stance", number))


def _tried(read: Callable[[], object], where: Where) -> Iterator[Fault]:
    """The fault that a reading raises, at its place in study.toml."""
    try:
        read()
    except RashomonError as problem:
        yield replace(problem.fault, where=where)


def _unknown(code: str, message: str, name: str, known: Iterable[str], where: Where) -> Fault:
    names = list(known)
    remedy = suggest(name, names, "write one that is there, or declare it.")
    return Fault(code, message, repr(name), listing(names) or "none is declared", remedy, where)
