"""What holds in Japanese only on a condition: "侵攻すれば", "侵攻したら", "侵攻するなら", "侵攻すると", "侵攻した場合".

The main clause of a condition is not said to be so. These forms have others that look like them and are none: what came of what
was done ("抗議すると、…批判した"), what holds all the same ("攻撃しても"), and turns of speech ("言い換えれば").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.coding.japanese_tree import JapaneseTree
from rashomon.coding.japanese_words import QUOTING
from rashomon.coding.lexicons import words

_TURNS: Final = words("言う 言い換える 比べる 例える 見る 考える 出来る 思う 突き詰める 振り返る 有る")
"""Verbs that in "…ば" are a turn of speech where nothing is done to anybody: "できれば", "言い換えれば", "…もあれば"."""
_CASES: Final = words("場合 限り")
"""Nouns after a clause that make a condition of it."""


class Conditions:
    """The conditions of one sentence. Chunks are called by their numbers; ``i`` is a predicate."""

    def __init__(self, tree: JapaneseTree) -> None:
        self.tree, self.words, self.chunks = tree, tree.words, tree.chunks

    def conditional(self, i: int) -> bool:
        """Whether a predicate holds only on a condition: its own, or that of the clause that it goes on or goes on to."""
        if any(self._depends(i, j) for j in self.tree.below_chunk[i] if j < i):
            return not self._tells(i)
        parent = self.tree.parents[i]
        if parent == i:
            return self._shared(i)
        first = self._first_below(i)
        told = self.tree.relations[i] == "ccomp" and self._tells(parent)
        along = self.tree.relations[i] == "conj" and self.chunks[parent].kind == "predicate"
        above = (j for j in self.tree.below_chunk[parent] if j < first) if told or along else ()
        return any(self._depends(i if told else parent, j) for j in above) or self._shared(i)

    def _shared(self, i: int) -> bool:
        """Whether a predicate without a subject of its own goes on what holds on a condition: "侵攻すれば、反対し、支援する"."""
        return not self._subject(i) and any(
            self.conditional(j)
            for j in self.tree.below_chunk[i]
            if self.tree.relations[j] == "conj" and self.chunks[j].kind == "predicate" and self.chunks[j].way == "and"
        )

    def _subject(self, i: int) -> bool:
        return any(self.chunks[j].case in ("が", "は", "も") for j in self._arguments_of(i))

    def _first_below(self, i: int) -> int:
        """The first chunk of all that hang on one."""
        first = i
        for j in self.tree.below_chunk[i]:
            first = min(first, self._first_below(j))
        return first

    def _tells(self, i: int) -> bool:
        """Whether a predicate tells a clause: what is a condition before it is one of what is told."""
        clauses = any(self.tree.relations[j] == "ccomp" for j in self.tree.below_chunk[i])
        return clauses and self.words[self.chunks[i].head].lemma in QUOTING

    def _depends(self, main: int, j: int) -> bool:
        """Whether a chunk is a condition on which a predicate holds."""
        own = self.chunks[main]
        passed = self._past(main) and own.mood not in ("would", "may")
        chunk, relation = self.chunks[j], self.tree.relations[j]
        if chunk.kind == "noun":
            clauses = any(self.tree.relations[k] in ("acl", "conj") for k in self.tree.below_chunk[j])
            return self.words[chunk.head].lemma in _CASES and clauses and not passed
        if relation != "advcl":
            return False
        if chunk.way == "if":
            return not self._all_the_same(j) and not self._turn(j) and not (passed and self._sequel(j))
        plain = chunk.way == "quote" and chunk.verbal and not chunk.past and chunk.mood == ""
        apart = self.words[own.head].lemma != "為る"  # "…と、…とする"
        return plain and not passed and not own.lasting and apart and own.verbal

    def _past(self, i: int) -> bool:
        """Whether a predicate is past; of one that goes on ("捕らえ、送った") the last says so."""
        while self.chunks[i].way == "and" and self.tree.relations[i] == "conj" and self.tree.parents[i] != i:
            i = self.tree.parents[i]
        return self.chunks[i].past

    def _last(self, j: int) -> str:
        return self.words[self.chunks[j].end - 1].text

    def _all_the_same(self, j: int) -> bool:
        """Of "攻撃しても": what holds all the same."""
        return self._last(j) == "も"

    def _sequel(self, j: int) -> bool:
        """Of "抗議したら、非難した": what came of what was done; of "抗議していたら" what would have come."""
        return self._last(j) in ("たら", "だら") and not self.chunks[j].lasting

    def _turn(self, j: int) -> bool:
        chunk = self.chunks[j]
        done = any(self.chunks[k].case in ("を", "が") for k in self._arguments_of(j))
        lemma = self.words[chunk.head].lemma
        standpoint = lemma == "為る" and any(self.chunks[k].case in ("から", "に") for k in self._arguments_of(j))
        return (lemma in _TURNS and not done and chunk.verbal) or standpoint

    def _arguments_of(self, j: int) -> Iterator[int]:
        return (k for k in self.tree.below_chunk[j] if self.tree.relations[k] == "arg")
