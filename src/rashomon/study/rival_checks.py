"""Faults of rival explanations in ``study.toml``: who has no rival, and names that nothing else declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

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
        self.sources = {one.id for one in declared.sources} | declaration.faulty.get("source", frozenset())

    def explanation(self, one: Explanation) -> Iterator[Fault]:
        if one.source and one.source not in self.sources:
            yield Fault(
                "R209",
                "No such source is declared.",
                found=repr(one.source),
                allowed=listing(sorted(self.sources)) or "no [[source]] is declared yet",
                remedy=suggest(one.source, self.sources, "declare it as [[source]], or take it out here."),
                where=self.declaration.where("explanation", one.id, "from"),
            )
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
        place = ("expectation", one.id)
        if one.of not in self.outcome_of:
            if one.of not in self.faulty:
                yield self._unknown("R585", "No such explanation is declared.", one.of, self.outcome_of, *place, "of")
            return
        mine = self.outcome_of[one.of]
        rivals = [name for name, of in self.outcome_of.items() if of == mine and name != one.of]
        for name in one.under:
            if name not in rivals and name not in self.faulty:
                yield self._unknown("R586", f"{one.of!r} has no such rival.", name, rivals, *place, "under", name)
        for number, name in enumerate(one.records):
            if name not in self.index:
                yield no_record(name, self.index, self.declaration.where(*place, "records", number))
        if one.query is not None:
            yield from self._query(one.id, one.query)

    def _query(self, owner: str, asked: Question) -> Iterator[Fault]:
        place = ("expectation", owner, "query")
        if asked.path:
            yield from self._tried(lambda: read_actors(asked.path, self.lexicon), *place, "path")
        faults = (
            list(self._tried(lambda: read_topic(asked.topic, self.lexicon), *place, "topic")) if asked.topic else []
        )
        yield from faults
        for number, stance in enumerate(asked.stance if asked.topic and not faults else ()):
            yield from self._tried(
                lambda: read_stance(stance, read_topic(asked.topic, self.lexicon), self.lexicon),  # noqa: B023 - read at once
                *place, "stance", number,
            )  # fmt: skip
        for number, kind in enumerate(asked.moves):
            if kind not in MOVE_KINDS:
                yield self._unknown("R309", "There is no such kind of move.", kind, MOVE_KINDS, *place, "moves", number)

    def _tried(self, read: Callable[[], object], *place: str | int) -> Iterator[Fault]:
        """The fault that a reading raises, at its place in study.toml."""
        try:
            read()
        except RashomonError as problem:
            said = problem.fault
            yield Fault(said.code, said.message, said.found, said.allowed, said.remedy, self._where(*place))

    def _unknown(self, code: str, message: str, name: str, known: object, *place: str | int) -> Fault:
        names = list(known)  # type: ignore[call-overload]
        allowed = listing(names) or "none is declared"
        remedy = suggest(name, names, "write one that is there, or declare it.")
        return Fault(code, message, repr(name), allowed, remedy, self._where(*place))

    def _where(self, section: str | int, owner: str | int, *keys: str | int) -> Where:
        return self.declaration.where(str(section), str(owner), *keys)
