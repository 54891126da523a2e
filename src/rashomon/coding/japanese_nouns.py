"""Japanese nouns that stand for a verb as frames: whose they are, what they are about, and whether they are denied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.coding.frames import Argument, Frame
from rashomon.coding.japanese_who import Who
from rashomon.coding.japanese_words import (
    ABSENT,
    CLAUSAL,
    CONDITIONS,
    EXISTING,
    LIGHT,
    NOMINAL,
    NOUNS,
    QUOTING,
    REFUSING,
    REVERSING,
    STANDPOINTS,
)

_ABOUT: Final = ("に対し", "について", "へ")
"""Particles after which a noun of mind has its content: "日本への期待"."""


class Nouns(Who):
    """The frames of nouns in one sentence."""

    def _noun(self, i: int) -> Frame:
        chunk = self.chunks[i]
        parent = self.tree.parents[i]
        carrier = parent if self.chunks[parent].kind == "predicate" and parent != i else -1
        content, complement = self._content(i), self._clause_of(i)
        about, carried = tuple(self._about(i)), self._only_carried(i)
        if (content is None or carried >= 0) and about and self._lemma(i) in NOUNS.predicates:
            content = about[0][1]
        linked = carrier >= 0 and chunk.case in ("は", "が") and not self.chunks[carrier].verbal and complement < 0
        if linked and content is None and self._lemma(carrier) not in EXISTING:
            content = self.argument(carrier)
        elif carrier >= 0 and content is None and complement < 0 and chunk.case in ("は", "が"):
            complement = self._said_to_be(carrier)
        if complement < 0 and self._viewed(i):
            complement = self._top(carrier)
        return Frame(
            predicate=self._lemma(i) if carried < 0 else self._lemma(carried),
            at=chunk.head,
            kind="noun",
            words=self.tree.clause(chunk.head, self.tree.QUALIFYING),
            wide=self.tree.clause(self._carried(i)),
            subject=self._owner(i, 0),
            object=content,
            obliques=about,
            complement=complement,
            over=self._over(i),
            negated=self._noun_negated(i, carrier),
            supposed=self._supposed(i) or (carrier >= 0 and self._supposed(carrier)),
            quoted=self._in_quotes(i),
        )

    def _only_carried(self, i: int) -> int:
        """Of "反対の意向" the chunk of what is meant; -1 of any other noun."""
        return next(
            (j for j in self._hung(i, "nmod") if self.chunks[j].case == "の" and self._lemma(j) in REFUSING), -1
        )

    def _carried(self, i: int) -> int:
        """The word whose clause a noun of mind is told in: of "…について…との立場を取る" the verb that carries it."""
        above, chunk = self.tree.parents[i], self.chunks[i]
        carried = above != i and chunk.case == "を" and self._lemma(above) in LIGHT
        return self.chunks[above if carried else i].head

    def _said_to_be(self, carrier: int) -> int:
        """Of "目的は島を返すことだ": the predicate that says what the noun is."""
        chunk = self.chunks[carrier]
        inside = [
            j for j in self._hung(carrier, "ccomp") if self.chunks[j].way == "nominal" and self.chunks[j].case == "に"
        ]
        if inside and self._lemma(carrier) == "有る":
            return self._top(inside[-1])  # "狙いは…することにあった"
        fact = chunk.way != "nominal" and any(self.words[at].lemma == "こと" for at in range(chunk.head + 1, chunk.end))
        return self._top(carrier) if fact and chunk.verbal else -1

    def _viewed(self, i: int) -> bool:
        """Whether a noun says in whose view the clause is: "田辺の見方では"."""
        return self._lemma(i) in STANDPOINTS and self.chunks[i].kind == "noun" and self.chunks[i].marks == ("で", "は")

    def _noun_negated(self, i: int, carrier: int) -> bool:
        chunk = self.chunks[i]
        if chunk.kind == "predicate":
            return chunk.negated
        if carrier < 0:
            return False
        absent = self._lemma(carrier) in ABSENT and chunk.case in ("は", "が", "も")
        there = self._lemma(carrier) in EXISTING and chunk.case in ("は", "が", "も")
        dropped = chunk.case == "を" and self._lemma(carrier) in REVERSING
        carried = there or (chunk.case == "を" and self._lemma(carrier) in LIGHT)
        return (absent or dropped) != (carried and self.chunks[carrier].negated)

    def _content(self, i: int) -> Argument | None:
        """What a noun of mind is about: the words before it in its compound, and what stands in "の" but its owner."""
        chunk = self.chunks[i]
        own = list(range(chunk.start, chunk.head))
        if own and self.words[own[0]].kind == "PROPN":
            own = own[1:]
        hung = [j for j in self._hung(i, "nmod") if self.chunks[j].case == "の" and not self._someone(j)]
        owners = {at for j in hung if (k := self._farther(j)) >= 0 for at in self.argument(k).words}
        words = sorted({*own, *(at for j in hung for at in self.argument(j).words)} - owners)
        heads = (*(self.chunks[j].head for j in hung), *own[-1:])
        return Argument(tuple(sorted(heads)), tuple(words)) if heads else None

    def _about(self, i: int) -> Iterator[tuple[str, Argument]]:
        for j in self._hung(i, "nmod"):
            if self.chunks[j].case in _ABOUT:
                yield self.chunks[j].case, self.argument(j)
        above = self.tree.parents[i]
        if above != i and self.chunks[i].case == "を" and self._lemma(above) in LIGHT:
            for case in ("に対し", "に", "について"):
                for j in self._arguments(above, case):
                    yield case, self.argument(j)

    def _clause_of(self, i: int) -> int:
        """The clause that says what a noun of mind is about: "…という要求", "返還する意向"; -1 if none."""
        for j in reversed(self._hung(i, "acl")):
            chunk = self.chunks[j]
            plain = self._lemma(i) in CLAUSAL and not chunk.past and self._first(j, "が", "の") < 0
            if chunk.way == "quote" or plain:
                return self._top(j)
            if chunk.way == "nominal" and chunk.adnominal:
                return self._top(j)
        return -1

    def _over(self, i: int) -> int:
        """The predicate or noun of mind above a predicate, through those that go on to it."""
        seen = i
        while self.tree.parents[seen] != seen:
            seen = self.tree.parents[seen]
            if self.chunks[seen].kind == "predicate" or self._lemma(seen) in NOMINAL:
                return self.chunks[seen].head
        return -1

    def _supposed(self, i: int) -> bool:
        """Whether a predicate stands in a condition or a question, holds on one, or says what should be; or what it is in."""
        seen, asked = i, False
        while True:
            chunk = self.chunks[seen]
            asked = asked or chunk.asking or chunk.way in ("if", "whether")
            asked = asked or (seen == i and chunk.mood == "must" and not chunk.past)
            asked = asked or self.conditions.conditional(seen)
            parent = self.tree.parents[seen]
            asked = asked or (chunk.adnominal and self._lemma(parent) in CONDITIONS) or self._only_thought_of(seen)
            inside = self.tree.relations[seen] == "conj" and self.chunks[parent].way in (
                "nominal",
                "noun",
                "if",
                "whether",
            )
            if asked or parent == seen or not (inside or self.tree.relations[seen] in ("ccomp", "acl")):
                return asked
            seen = parent

    def _only_thought_of(self, i: int) -> bool:
        """Whether a clause is told by nobody: "返還するよう、", or "返還することが前提だ", where what is past would be a fact."""
        chunk, parent = self.chunks[i], self.tree.parents[i]
        if chunk.way in ("quote", "should"):
            return self.tree.relations[i] != "ccomp" and not chunk.adnominal
        told = self._lemma(parent) in QUOTING or self._nominal(parent)
        return chunk.way == "nominal" and not chunk.adnominal and not told and not (chunk.past or chunk.lasting)

    def _in_quotes(self, i: int) -> bool:
        return self.chunks[i].head in self.tree.quoted
